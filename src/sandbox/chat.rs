//! The chat resources of v2 that are no people and no services, and the one call of v3 that migrates a channel.

use super::{
    problem as code,
    schema::{
        Blank::{Now, Null, Text, Zero},
        Column, Filter, Kind, PLAIN, Resource, Rule, Source, derived, stored,
    },
};

pub(super) const ACCOUNT: Column = derived("account_sid", Source::Account);
pub(super) const SID: Column = stored("sid", Null);
pub(super) const SERVICE_SID: Column = stored("service_sid", Null);
pub(super) const CHANNEL_SID: Column = stored("channel_sid", Null);
pub(super) const ATTRIBUTES: Column = stored("attributes", Text("{}"));
pub(super) const CREATED: Column = stored("date_created", Now);
pub(super) const UPDATED: Column = stored("date_updated", Now);
const CHANNEL_TYPES: &[&str] = &["public", "private"];

const CHANNEL_NAME: Rule = Rule::Text { create: 64, update: 256, long: code::NAME_TOO_LONG };
const CHANNEL_UNIQUE: Rule = Rule::Unique { create: 64, update: 256, long: code::UNIQUE_TOO_LONG };
const AUTHOR: Rule = Rule::Text { create: 256, update: 256, long: code::AUTHOR_TOO_LONG };

pub(super) const CHANNEL: &Resource = &Resource {
    kind: Kind::Channel,
    key: "channels",
    prefix: "CH",
    filter: Some(Filter {
        name: "Type",
        key: "type",
        default: &["public"],
        known: Some(CHANNEL_TYPES),
    }),
    nothing: code::CHANNEL_NOTHING,
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        stored("friendly_name", Null).set_by("FriendlyName", CHANNEL_NAME),
        stored("unique_name", Null).set_by("UniqueName", CHANNEL_UNIQUE),
        ATTRIBUTES.set_by("Attributes", Rule::Attributes),
        stored("type", Text("public"))
            .set_once_by("Type", Rule::Choice(CHANNEL_TYPES, code::INVALID)),
        CREATED.set_by("DateCreated", Rule::Date(code::DATE_CREATED)),
        UPDATED.set_by("DateUpdated", Rule::Date(code::DATE_UPDATED)),
        stored("created_by", Text("system")).set_by("CreatedBy", AUTHOR),
        derived("members_count", Source::MembersCount),
        stored("messages_count", Zero),
        derived("url", Source::Url("/v2/Services/{service_sid}/Channels/{sid}")),
        derived(
            "links",
            Source::Links(&[
                ("members", "/v2/Services/{service_sid}/Channels/{sid}/Members"),
                ("messages", "/v2/Services/{service_sid}/Channels/{sid}/Messages"),
                ("invites", "/v2/Services/{service_sid}/Channels/{sid}/Invites"),
                ("webhooks", "/v2/Services/{service_sid}/Channels/{sid}/Webhooks"),
                (
                    "last_message",
                    "/v2/Services/{service_sid}/Channels/{sid}/Messages/{last_message_sid}",
                ),
            ]),
        ),
    ],
    ..PLAIN
};

const ROLE_NAME: Rule = Rule::Text { create: 64, update: 64, long: code::NAME_TOO_LONG };

pub(super) const ROLE: &Resource = &Resource {
    kind: Kind::Role,
    key: "roles",
    prefix: "RL",
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        stored("friendly_name", Null).born_with("FriendlyName", ROLE_NAME, code::NAME_MISSING),
        stored("type", Null).born_with(
            "Type",
            Rule::Choice(&["channel", "deployment"], code::ROLE_TYPE),
            code::MISSING,
        ),
        stored("permissions", Null).always_with("Permission", Rule::Repeated, code::MISSING),
        CREATED,
        UPDATED,
        derived("url", Source::Url("/v2/Services/{service_sid}/Roles/{sid}")),
    ],
    ..PLAIN
};

pub(super) const CHANNEL_V3: &Resource = &Resource {
    kind: Kind::Channel,
    key: "channels",
    prefix: "CH",
    nothing: code::CHANNEL_NOTHING,
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        stored("messaging_service_sid", Null).set_by("MessagingServiceSid", Rule::MessagingService),
        stored("friendly_name", Null),
        stored("unique_name", Null),
        ATTRIBUTES,
        stored("type", Text("public"))
            .set_by("Type", Rule::Choice(&["private"], code::PRIVATE_ONLY)),
        CREATED,
        UPDATED,
        stored("created_by", Text("system")),
        derived("members_count", Source::MembersCount),
        stored("messages_count", Zero),
        derived("url", Source::Url("/v3/Services/{service_sid}/Channels/{sid}")),
    ],
    ..PLAIN
};

const BODY: Rule = Rule::Bytes(32 * 1024, code::BODY_TOO_LONG);

pub(super) const MESSAGE: &Resource = &Resource {
    kind: Kind::Message,
    key: "messages",
    prefix: "IM",
    ordered: true,
    columns: &[
        SID,
        ACCOUNT,
        ATTRIBUTES.set_by("Attributes", Rule::Attributes),
        SERVICE_SID,
        stored("to", Null),
        CHANNEL_SID,
        CREATED.set_by("DateCreated", Rule::Date(code::DATE_CREATED)),
        UPDATED.set_by("DateUpdated", Rule::Date(code::DATE_UPDATED)),
        stored("last_updated_by", Null).set_by("LastUpdatedBy", AUTHOR),
        stored("was_edited", Null),
        stored("from", Text("system")).set_by("From", AUTHOR),
        stored("body", Text("")).set_by("Body", BODY),
        stored("index", Zero),
        stored("type", Text("text")),
        stored("media", Null),
        derived(
            "url",
            Source::Url("/v2/Services/{service_sid}/Channels/{channel_sid}/Messages/{sid}"),
        ),
    ],
    ..PLAIN
};

pub(super) const WEBHOOK: &Resource = &Resource {
    kind: Kind::Webhook,
    key: "webhooks",
    prefix: "WH",
    max_page: Some(5),
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        CHANNEL_SID,
        stored("type", Null).born_with(
            "Type",
            Rule::Choice(&["webhook", "trigger", "studio"], code::INVALID),
            code::MISSING,
        ),
        derived(
            "url",
            Source::Url("/v2/Services/{service_sid}/Channels/{channel_sid}/Webhooks/{sid}"),
        ),
        stored("configuration", Null),
        CREATED,
        UPDATED,
        // One object in the answer, one parameter each in a request.
        derived("configuration.url", Source::Hidden)
            .set_by("Configuration.Url", Rule::Bytes(2048, code::INVALID)),
        derived("configuration.method", Source::Hidden)
            .set_by("Configuration.Method", Rule::Choice(&["GET", "POST"], code::INVALID)),
        derived("configuration.filters", Source::Hidden)
            .set_by("Configuration.Filters", Rule::Repeated),
        derived("configuration.triggers", Source::Hidden)
            .set_by("Configuration.Triggers", Rule::Repeated),
        derived("configuration.flow_sid", Source::Hidden)
            .set_by("Configuration.FlowSid", Rule::Sid("FW", code::INVALID)),
        derived("configuration.retry_count", Source::Hidden)
            .set_by("Configuration.RetryCount", Rule::Number(3)),
    ],
    ..PLAIN
};
