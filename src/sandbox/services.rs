//! Services, what a new one has from the start, and the bindings that nobody here has.

use serde_json::{Value, json};

use super::{
    births,
    chat::{ACCOUNT, CREATED, ROLE, SID, UPDATED},
    problem::{self as code, Problem},
    schema::{
        Blank::{Null, Zero},
        Column, Kind, PLAIN, Resource, Rule, Source, derived, stored,
    },
    table::{Doc, text},
    world::{Spot, World},
};

const NAME: Rule = Rule::Text { create: 256, update: 256, long: code::NAME_TOO_LONG };
const ROLE_SID: Rule = Rule::Sid("RL", code::ROLE_NOT_FOUND);
const URL: Rule = Rule::Text { create: 2048, update: 2048, long: code::INVALID };
const METHOD: Rule = Rule::Choice(&["GET", "POST"], code::INVALID);

/// A part of an object in the answer that is a parameter of its own in a request.
const fn part(key: &'static str, name: &'static str, rule: Rule) -> Column {
    derived(key, Source::Hidden).changed_by(name, rule)
}

pub(super) const SERVICE: &Resource = &Resource {
    kind: Kind::Service,
    key: "services",
    prefix: "IS",
    columns: &[
        SID,
        ACCOUNT,
        stored("friendly_name", Null).always_with("FriendlyName", NAME, code::NAME_MISSING),
        CREATED,
        UPDATED,
        stored("default_service_role_sid", Null).changed_by("DefaultServiceRoleSid", ROLE_SID),
        stored("default_channel_role_sid", Null).changed_by("DefaultChannelRoleSid", ROLE_SID),
        stored("default_channel_creator_role_sid", Null)
            .changed_by("DefaultChannelCreatorRoleSid", ROLE_SID),
        stored("read_status_enabled", Null).changed_by("ReadStatusEnabled", Rule::Flag),
        stored("reachability_enabled", Null).changed_by("ReachabilityEnabled", Rule::Flag),
        stored("typing_indicator_timeout", Zero)
            .changed_by("TypingIndicatorTimeout", Rule::Number(u32::MAX)),
        stored("consumption_report_interval", Zero)
            .changed_by("ConsumptionReportInterval", Rule::Number(u32::MAX)),
        stored("limits", Null),
        part("limits.channel_members", "Limits.ChannelMembers", Rule::Number(1000)),
        part("limits.user_channels", "Limits.UserChannels", Rule::Number(1000)),
        stored("pre_webhook_url", Null).changed_by("PreWebhookUrl", URL),
        stored("post_webhook_url", Null).changed_by("PostWebhookUrl", URL),
        stored("webhook_method", Null).changed_by("WebhookMethod", METHOD),
        stored("webhook_filters", Null).changed_by("WebhookFilters", Rule::Repeated),
        stored("pre_webhook_retry_count", Zero).changed_by("PreWebhookRetryCount", Rule::Number(3)),
        stored("post_webhook_retry_count", Zero)
            .changed_by("PostWebhookRetryCount", Rule::Number(3)),
        stored("notifications", Null),
        part("notifications.log_enabled", "Notifications.LogEnabled", Rule::Flag),
        part("notifications.new_message.enabled", "Notifications.NewMessage.Enabled", Rule::Flag),
        stored("media", Null),
        part("media.compatibility_message", "Media.CompatibilityMessage", NAME),
        derived("url", Source::Url("/v2/Services/{sid}")),
        derived(
            "links",
            Source::Links(&[
                ("channels", "/v2/Services/{sid}/Channels"),
                ("users", "/v2/Services/{sid}/Users"),
                ("roles", "/v2/Services/{sid}/Roles"),
                ("bindings", "/v2/Services/{sid}/Bindings"),
            ]),
        ),
    ],
    ..PLAIN
};

/// Devices that get push notifications. They come from the vendor's mobile libraries, so there are none.
pub(super) const BINDING: &Resource = &Resource {
    kind: Kind::Binding,
    key: "bindings",
    prefix: "BS",
    newer_max_page: Some(50),
    ..PLAIN
};

/// Name, type and permissions of the roles that every service is founded with, the default ones first.
const ROLES: [(&str, &str, &[&str]); 4] = [
    ("service user", "deployment", &["createChannel", "joinChannel", "editOwnUserInfo"]),
    ("channel user", "channel", &["sendMessage", "leaveChannel", "editOwnMessage"]),
    ("channel admin", "channel", &["sendMessage", "leaveChannel", "inviteMember", "removeMember"]),
    ("service admin", "deployment", &["createChannel", "joinChannel", "destroyChannel"]),
];

/// Gives a new service its roles and the documented defaults.
pub(super) fn found(world: &mut World, doc: &mut Doc, now: &str) -> Result<(), Problem> {
    let sid = text(doc, "sid").to_owned();
    let inside = Spot { service: sid.clone(), scope: sid, seq: 0 };
    let mut roles = Vec::new();
    for (name, kind, permissions) in ROLES {
        let sent = json!({ "friendly_name": name, "type": kind, "permissions": permissions });
        let role = births::document(world, ROLE, &inside, births::fields(sent), now)?;
        roles.push(text(&role, "sid").to_owned());
        world.table_mut(Kind::Role).insert(role);
    }
    let [user, channel_user, channel_admin, _] = roles.as_slice() else { return Ok(()) };
    let defaults = json!({
        "default_service_role_sid": user,
        "default_channel_role_sid": channel_user,
        "default_channel_creator_role_sid": channel_admin,
        "read_status_enabled": true,
        "reachability_enabled": false,
        "typing_indicator_timeout": 5,
        "consumption_report_interval": 10,
        "limits": { "channel_members": 100, "user_channels": 250 },
        "webhook_method": "POST",
        "notifications": { "log_enabled": false },
        "media": { "size_limit_mb": 150, "compatibility_message": Value::Null },
    });
    doc.extend(births::fields(defaults));
    Ok(())
}
