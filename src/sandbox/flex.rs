//! The Flex resources of v1: channels that a flow opened, and the flows.
//!
//! A Flex channel is a chat channel seen from Flex. It bears the same sid and, by the documents, neither name nor service.

use super::{
    chat::{ACCOUNT, CREATED, SID, UPDATED},
    schema::{Blank::Null, Filter, Kind, PLAIN, Resource, Source, derived, stored},
};

pub(super) const FLEX_CHANNEL: &Resource = &Resource {
    kind: Kind::FlexChannel,
    key: "flex_chat_channels",
    prefix: "CH",
    max_page: Some(1000),
    columns: &[
        ACCOUNT,
        stored("flex_flow_sid", Null),
        SID,
        stored("user_sid", Null),
        stored("task_sid", Null),
        derived("url", Source::Url("/v1/Channels/{sid}")),
        CREATED,
        UPDATED,
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
