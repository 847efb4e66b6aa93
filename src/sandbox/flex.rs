//! The Flex resources of v1: channels that a flow opened, and the flows.
//!
//! A Flex channel is a chat channel seen from Flex. It bears the same sid and, by the documents, neither name nor service.

use serde_json::{Value, json};

use super::{
    births,
    chat::{ACCOUNT, CREATED, SID, UPDATED},
    places::ACCOUNT_SCOPE,
    problem::{self as code, Known, Problem},
    schema::{Blank::Null, Column, Filter, Kind, PLAIN, Resource, Rule, Source, derived, stored},
    table::{Doc, text},
    world::World,
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

const CHAT_SERVICE: Rule = Rule::Sid("IS", code::INVALID);
const WORKSPACE: Rule = Rule::Sid("WS", code::INVALID);
const WORKFLOW: Rule = Rule::Sid("WW", code::INVALID);
const CHANNEL_TYPE: Rule =
    Rule::Choice(&["web", "sms", "facebook", "whatsapp", "line", "custom"], code::INVALID);
const INTEGRATION_TYPE: Rule = Rule::Choice(&["studio", "external", "task"], code::INVALID);

/// A part of the integration: one object in the answer, one parameter each in a request.
const fn part(key: &'static str, name: &'static str, rule: Rule) -> Column {
    derived(key, Source::Hidden).set_by(name, rule)
}

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
        stored("friendly_name", Null).always_with("FriendlyName", NAME, REQUIRED),
        stored("chat_service_sid", Null).always_with("ChatServiceSid", CHAT_SERVICE, REQUIRED),
        stored("channel_type", Null).always_with("ChannelType", CHANNEL_TYPE, REQUIRED),
        stored("contact_identity", Null).set_by("ContactIdentity", NAME),
        stored("enabled", Null).set_by("Enabled", Rule::Flag),
        stored("integration_type", Null).set_by("IntegrationType", INTEGRATION_TYPE),
        stored("integration", Null),
        part("integration.flow_sid", "Integration.FlowSid", Rule::Sid("FW", code::INVALID)),
        part("integration.url", "Integration.Url", Rule::Bytes(2048, code::INVALID)),
        part("integration.workspace_sid", "Integration.WorkspaceSid", WORKSPACE),
        part("integration.workflow_sid", "Integration.WorkflowSid", WORKFLOW),
        part("integration.channel", "Integration.Channel", NAME),
        part("integration.timeout", "Integration.Timeout", Rule::Number(u32::MAX)),
        part("integration.priority", "Integration.Priority", Rule::Number(u32::MAX)),
        part("integration.creation_on_message", "Integration.CreationOnMessage", Rule::Flag),
        part("integration.retry_count", "Integration.RetryCount", Rule::Number(3)),
        stored("long_lived", Null).set_by("LongLived", Rule::Flag),
        stored("janitor_enabled", Null).set_by("JanitorEnabled", Rule::Flag),
        derived("url", Source::Url("/v1/FlexFlows/{sid}")),
    ],
    ..PLAIN
};

/// Gives a flow what the documents give it, and refuses one whose integration lacks a part that its type needs.
pub(super) fn integrated(world: &World, flow: &mut Doc) -> Result<(), Problem> {
    if world.table(Kind::Service).find(ACCOUNT_SCOPE, text(flow, "chat_service_sid")).is_none() {
        return Err(Problem::told(code::INVALID, "There is no such ChatServiceSid"));
    }
    for key in ["enabled", "long_lived", "janitor_enabled"] {
        flow.entry(key).or_insert(Value::Bool(false));
    }
    let mut integration = match flow.remove("integration") {
        Some(Value::Object(parts)) => parts,
        _ => Doc::new(),
    };
    let kind = flow.entry("integration_type").or_insert_with(|| Value::from("external"));
    let (needed, defaults): (&[_], _) = match kind.as_str() {
        Some("studio") => (&[("flow_sid", "FlowSid")], json!({ "retry_count": 3 })),
        Some("task") => (
            &[("workspace_sid", "WorkspaceSid"), ("workflow_sid", "WorkflowSid")],
            json!({ "channel": "default", "timeout": 86400, "priority": 0 }),
        ),
        _ => (&[("url", "Url")], json!({ "retry_count": 3 })),
    };
    for (key, name) in needed {
        if text(&integration, key).is_empty() {
            let message = format!("{}: Integration.{name} is required", REQUIRED.message);
            return Err(Problem::told(REQUIRED, message));
        }
    }
    for (key, value) in births::fields(defaults) {
        integration.entry(key).or_insert(value);
    }
    flow.insert("integration".to_owned(), Value::Object(integration));
    Ok(())
}
