//! The chat resources of v2 that are people: users, members, a user's channels, invites.

use super::{
    chat::{ACCOUNT, ATTRIBUTES, CHANNEL_SID, CREATED, SERVICE_SID, SID, UPDATED},
    problem as code,
    schema::{
        Blank::{Null, Text},
        Column, Filter, Kind, PLAIN, Resource, Rule, Source, derived, stored,
    },
};

const LEVELS: &[&str] = &["default", "muted"];
const ROLE_SID: Rule = Rule::Sid("RL", code::ROLE_NOT_FOUND);
const IDENTITY: Rule = Rule::Identity;
const USER_NAME: Rule = Rule::Text { create: 256, update: 256, long: code::NAME_TOO_LONG };

pub(super) const USER: &Resource = &Resource {
    kind: Kind::User,
    key: "users",
    prefix: "US",
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        stored("role_sid", Null).set_by("RoleSid", ROLE_SID),
        stored("identity", Null).born_with("Identity", IDENTITY, code::IDENTITY_MISSING),
        stored("attributes", Null).set_by("Attributes", Rule::Attributes),
        derived("is_online", Source::Presence),
        derived("is_notifiable", Source::Presence),
        stored("friendly_name", Null).set_by("FriendlyName", USER_NAME),
        CREATED,
        UPDATED,
        derived("joined_channels_count", Source::JoinedCount),
        derived(
            "links",
            Source::Links(&[
                ("user_channels", "/v2/Services/{service_sid}/Users/{sid}/Channels"),
                ("user_bindings", "/v2/Services/{service_sid}/Users/{sid}/Bindings"),
            ]),
        ),
        derived("url", Source::Url("/v2/Services/{service_sid}/Users/{sid}")),
    ],
    ..PLAIN
};

const CONSUMED_INDEX: Column = stored("last_consumed_message_index", Null);
const CONSUMED_AT: Column = stored("last_consumption_timestamp", Null);

pub(super) const MEMBER: &Resource = &Resource {
    kind: Kind::Membership,
    key: "members",
    prefix: "MB",
    filter: Some(Filter { name: "Identity", key: "identity", default: &[], known: None }),
    columns: &[
        SID,
        ACCOUNT,
        CHANNEL_SID,
        SERVICE_SID,
        stored("identity", Null).born_with("Identity", IDENTITY, code::IDENTITY_MISSING),
        stored("role_sid", Null).set_by("RoleSid", ROLE_SID),
        CONSUMED_INDEX.set_by("LastConsumedMessageIndex", Rule::Index(code::CONSUMED_INDEX)),
        CONSUMED_AT.set_by("LastConsumptionTimestamp", Rule::Date(code::CONSUMED_AT)),
        CREATED.set_by("DateCreated", Rule::Date(code::DATE_CREATED)),
        UPDATED.set_by("DateUpdated", Rule::Date(code::DATE_UPDATED)),
        ATTRIBUTES.set_by("Attributes", Rule::Attributes),
        derived(
            "url",
            Source::Url("/v2/Services/{service_sid}/Channels/{channel_sid}/Members/{sid}"),
        ),
    ],
    ..PLAIN
};

pub(super) const USER_CHANNEL: &Resource = &Resource {
    kind: Kind::Membership,
    key: "channels",
    prefix: "MB",
    newer_max_page: Some(50),
    columns: &[
        ACCOUNT,
        SERVICE_SID,
        CHANNEL_SID,
        stored("user_sid", Null),
        stored("member_sid", Null),
        stored("status", Text("joined")),
        CONSUMED_INDEX.set_by("LastConsumedMessageIndex", Rule::Index(code::CONSUMED_INDEX)),
        derived("last_consumption_timestamp", Source::Hidden)
            .set_by("LastConsumptionTimestamp", Rule::Date(code::CONSUMED_AT)),
        derived("unread_messages_count", Source::Unread),
        stored("notification_level", Text("default"))
            .set_by("NotificationLevel", Rule::Choice(LEVELS, code::LEVEL)),
        derived(
            "url",
            Source::Url("/v2/Services/{service_sid}/Users/{user_sid}/Channels/{channel_sid}"),
        ),
        derived(
            "links",
            Source::Links(&[
                ("channel", "/v2/Services/{service_sid}/Channels/{channel_sid}"),
                (
                    "member",
                    "/v2/Services/{service_sid}/Channels/{channel_sid}/Members/{member_sid}",
                ),
            ]),
        ),
    ],
    ..PLAIN
};

pub(super) const INVITE: &Resource = &Resource {
    kind: Kind::Invite,
    key: "invites",
    prefix: "IN",
    filter: Some(Filter { name: "Identity", key: "identity", default: &[], known: None }),
    columns: &[
        SID,
        ACCOUNT,
        CHANNEL_SID,
        SERVICE_SID,
        stored("identity", Null).born_with("Identity", IDENTITY, code::IDENTITY_MISSING),
        CREATED,
        UPDATED,
        stored("role_sid", Null).set_by("RoleSid", ROLE_SID),
        stored("created_by", Text("system")),
        derived(
            "url",
            Source::Url("/v2/Services/{service_sid}/Channels/{channel_sid}/Invites/{sid}"),
        ),
    ],
    ..PLAIN
};
