//! What the documents say about each resource, as tables: keys in order, where the values come from, what may be sent.
//!
//! Answers are built from these rows and requests are checked against them. A new resource is a new table here, its
//! paths in `route`, and its place in `world`.

use super::problem::{self as code, Known};

/// The collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Service,
    Role,
    User,
    Channel,
    /// A user in a channel: seen from the channel a member, from the user a user channel.
    Membership,
}

/// One resource as the API shows it.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    /// The name of the array in a list, which is also `meta.key`.
    pub(super) key: &'static str,
    pub(super) prefix: &'static str,
    pub(super) columns: &'static [Column],
    pub(super) filter: Option<Filter>,
    /// Said to an update that has no parameter we know.
    pub(super) nothing: &'static Known,
}

/// One key of an answer.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) key: &'static str,
    pub(super) source: Source,
    pub(super) param: Option<Param>,
}

/// Where the value of a key comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// The document, or this when it has none.
    Stored(Blank),
    /// An address below the origin; `{key}` stands for that key of the document.
    Url(&'static str),
    /// Several addresses by name; one whose keys are not all there is null.
    Links(&'static [(&'static str, &'static str)]),
    /// Settable, kept, and not shown by this resource.
    Hidden,
    Account,
    MembersCount,
    JoinedCount,
    Unread,
}

/// The value of a stored key that was never set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Blank {
    Null,
    Zero,
    Text(&'static str),
    /// The moment of creation.
    Now,
}

/// A parameter that sets a key.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) rule: Rule,
    /// Most parameters can be given at any time, some only to the first request of a resource's life.
    pub(super) only: Option<Moment>,
}

/// The two kinds of writing that take parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Create,
    Update,
}

/// What a parameter may hold.
#[derive(Debug)]
pub(super) enum Rule {
    /// Characters at most: the documents allow fewer on create than on update.
    Text {
        create: usize,
        update: usize,
        long: &'static Known,
    },
    /// The same, and nobody else in the service may have it.
    Unique {
        create: usize,
        update: usize,
        long: &'static Known,
    },
    /// JSON as text, kept byte for byte.
    Attributes,
    Date(&'static Known),
    Choice(&'static [&'static str], &'static Known),
    /// A message's index; empty means none.
    Index(&'static Known),
}

impl Rule {
    pub(super) fn is_unique(&self) -> bool {
        matches!(self, Self::Unique { .. })
    }
}

/// A repeatable list parameter that keeps the documents whose `key` has one of the values.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) name: &'static str,
    pub(super) key: &'static str,
    /// Applied when the parameter is absent.
    pub(super) default: &'static [&'static str],
    /// When given, everything else is refused.
    pub(super) known: Option<&'static [&'static str]>,
}

const fn stored(key: &'static str, blank: Blank) -> Column {
    Column { key, source: Source::Stored(blank), param: None }
}

const fn derived(key: &'static str, source: Source) -> Column {
    Column { key, source, param: None }
}

impl Column {
    const fn set_by(self, name: &'static str, rule: Rule) -> Self {
        let Self { key, source, param: _ } = self;
        Self { key, source, param: Some(Param { name, rule, only: None }) }
    }

    const fn set_once_by(self, name: &'static str, rule: Rule) -> Self {
        let Self { key, source, param: _ } = self;
        Self { key, source, param: Some(Param { name, rule, only: Some(Moment::Create) }) }
    }
}

use Blank::{Now, Null, Text, Zero};

const ACCOUNT: Column = derived("account_sid", Source::Account);
const SID: Column = stored("sid", Null);
const SERVICE_SID: Column = stored("service_sid", Null);
const CHANNEL_SID: Column = stored("channel_sid", Null);
const ATTRIBUTES: Column = stored("attributes", Text("{}"));
const CREATED: Column = stored("date_created", Now);
const UPDATED: Column = stored("date_updated", Now);
const LEVELS: &[&str] = &["default", "muted"];
const CHANNEL_TYPES: &[&str] = &["public", "private"];

pub(super) const SERVICE: &Resource = &Resource {
    kind: Kind::Service,
    key: "services",
    prefix: "IS",
    filter: None,
    nothing: code::NOTHING_TO_UPDATE,
    columns: &[
        SID,
        ACCOUNT,
        stored("friendly_name", Null),
        CREATED,
        UPDATED,
        stored("default_service_role_sid", Null),
        stored("default_channel_role_sid", Null),
        stored("default_channel_creator_role_sid", Null),
        stored("read_status_enabled", Null),
        stored("reachability_enabled", Null),
        stored("typing_indicator_timeout", Zero),
        stored("consumption_report_interval", Zero),
        stored("limits", Null),
        stored("pre_webhook_url", Null),
        stored("post_webhook_url", Null),
        stored("webhook_method", Null),
        stored("webhook_filters", Null),
        stored("pre_webhook_retry_count", Zero),
        stored("post_webhook_retry_count", Zero),
        stored("notifications", Null),
        stored("media", Null),
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
};

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
};

pub(super) const USER: &Resource = &Resource {
    kind: Kind::User,
    key: "users",
    prefix: "US",
    filter: None,
    nothing: code::NOTHING_TO_UPDATE,
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        stored("role_sid", Null),
        stored("identity", Null),
        stored("attributes", Null),
        stored("is_online", Null),
        stored("is_notifiable", Null),
        stored("friendly_name", Null),
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
};

pub(super) const ROLE: &Resource = &Resource {
    kind: Kind::Role,
    key: "roles",
    prefix: "RL",
    filter: None,
    nothing: code::NOTHING_TO_UPDATE,
    columns: &[
        SID,
        ACCOUNT,
        SERVICE_SID,
        stored("friendly_name", Null),
        stored("type", Null),
        stored("permissions", Null),
        CREATED,
        UPDATED,
        derived("url", Source::Url("/v2/Services/{service_sid}/Roles/{sid}")),
    ],
};

const CONSUMED_INDEX: Column = stored("last_consumed_message_index", Null);
const CONSUMED_AT: Column = stored("last_consumption_timestamp", Null);

pub(super) const MEMBER: &Resource = &Resource {
    kind: Kind::Membership,
    key: "members",
    prefix: "MB",
    filter: Some(Filter { name: "Identity", key: "identity", default: &[], known: None }),
    nothing: code::NOTHING_TO_UPDATE,
    columns: &[
        SID,
        ACCOUNT,
        CHANNEL_SID,
        SERVICE_SID,
        stored("identity", Null),
        stored("role_sid", Null),
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
};

pub(super) const USER_CHANNEL: &Resource = &Resource {
    kind: Kind::Membership,
    key: "channels",
    prefix: "MB",
    filter: None,
    nothing: code::NOTHING_TO_UPDATE,
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
};
