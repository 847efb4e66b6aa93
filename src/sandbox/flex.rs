//! The Flex resources of v1: channels that a flow opened, and the flows.
//!
//! A Flex channel is a chat channel seen from Flex. It bears the same sid and, by the documents, neither name nor service.

use super::{
    chat::{ACCOUNT, CREATED, SID, UPDATED},
    problem::{self as code, Known},
    schema::{Blank::Null, Filter, Kind, PLAIN, Resource, Rule, Source, derived, stored},
};

const NAME: Rule = Rule::Text { create: 256, update: 256, long: code::NAME_TOO_LONG };
const UNIQUE: Rule = Rule::Unique { create: 256, update: 256, long: code::UNIQUE_TOO_LONG };
const REQUIRED: &Known = code::MISSING;

pub(super) const FLEX_CHANNEL: &Resource = &Resource {
    kind: Kind::FlexChannel,
    key: "flex_chat_channels",
    prefix: "CH",
    max_page: Some(1000),
    columns: &[
        ACCOUNT,
        stored("flex_flow_sid", Null).born_with(
            "FlexFlowSid",
            Rule::Sid("FO", code::INVALID),
            REQUIRED,
        ),
        SID,
        stored("user_sid", Null),
        stored("task_sid", Null).set_once_by("TaskSid", Rule::Sid("WT", code::INVALID)),
        derived("url", Source::Url("/v1/Channels/{sid}")),
        CREATED,
        UPDATED,
        // What the chat channel, its user and its attributes are made of.
        derived("identity", Source::Hidden).born_with("Identity", Rule::Identity, REQUIRED),
        derived("user_name", Source::Hidden).born_with("ChatUserFriendlyName", NAME, REQUIRED),
        derived("friendly_name", Source::Hidden).born_with("ChatFriendlyName", NAME, REQUIRED),
        derived("unique_name", Source::Hidden).set_once_by("ChatUniqueName", UNIQUE),
        derived("long_lived", Source::Hidden)
            .set_once_by("LongLived", Rule::Choice(&["true", "false"], code::INVALID)),
        derived("pre_engagement_data", Source::Hidden)
            .set_once_by("PreEngagementData", Rule::Attributes),
        derived("target", Source::Hidden).set_once_by("Target", NAME),
        derived("task_attributes", Source::Hidden).set_once_by("TaskAttributes", Rule::Attributes),
    ],
    ..PLAIN
};

pub(super) const FLEX_FLOW: &Resource = &Resource {
    kind: Kind::FlexFlow,
    key: "flex_flows",
    prefix: "FO",
    max_page: Some(1000),
    filter: Some(Filter { name: "FriendlyName", key: "friendly_name", default: &[], known: None }),
    columns: &[
        ACCOUNT,
        CREATED,
        UPDATED,
        SID,
        stored("friendly_name", Null),
        stored("chat_service_sid", Null),
        stored("channel_type", Null),
        stored("contact_identity", Null),
        stored("enabled", Null),
        stored("integration_type", Null),
        stored("integration", Null),
        stored("long_lived", Null),
        stored("janitor_enabled", Null),
        derived("url", Source::Url("/v1/FlexFlows/{sid}")),
    ],
    ..PLAIN
};
