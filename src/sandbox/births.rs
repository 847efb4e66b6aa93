//! What a new document has from its surroundings, beyond the parameters it was made with.

use serde_json::{Value, json};

use super::{
    chat::CHANNEL,
    flex,
    people::{MEMBER, USER},
    places::ACCOUNT_SCOPE,
    problem::{self as code, Problem},
    schema::{Blank, Kind, Resource, Source},
    services,
    table::{Doc, text},
    world::{Spot, World},
};

/// A document of this resource below that parent: its sid, its defaults, what was sent, and its relations.
pub(super) fn document(
    world: &mut World,
    resource: &Resource,
    parent: &Spot,
    sent: Doc,
    now: &str,
) -> Result<Doc, Problem> {
    let mut doc = blank(world, resource, parent, now);
    doc.extend(sent);
    match resource.kind {
        Kind::Service => services::found(world, &mut doc, now)?,
        Kind::Webhook => webhook(parent, &mut doc),
        Kind::User => user(world, parent, &mut doc)?,
        Kind::Membership => member(world, parent, &mut doc, now)?,
        Kind::Invite => invite(world, parent, &mut doc, now)?,
        Kind::Message => message(world, parent, &mut doc),
        Kind::FlexFlow => flex::integrated(world, &mut doc)?,
        Kind::FlexChannel => flex_channel(world, &mut doc, now)?,
        _ => {}
    }
    Ok(doc)
}

fn blank(world: &mut World, resource: &Resource, parent: &Spot, now: &str) -> Doc {
    let mut doc = Doc::new();
    doc.insert("sid".to_owned(), Value::from(world.new_sid(resource.prefix)));
    doc.insert("service_sid".to_owned(), Value::from(parent.service.as_str()));
    for column in resource.columns {
        let start = match column.source {
            Source::Stored(Blank::Now) => now,
            Source::Stored(Blank::Text(text)) => text,
            _ => continue,
        };
        doc.insert(column.key.to_owned(), Value::from(start));
    }
    doc
}

fn set(doc: &mut Doc, key: &str, value: impl Into<Value>) {
    doc.insert(key.to_owned(), value.into());
}

fn user(world: &World, service: &Spot, doc: &mut Doc) -> Result<(), Problem> {
    let identity = text(doc, "identity");
    if world.table(Kind::User).find(&service.service, identity).is_some() {
        return Err(code::USER_EXISTS.into());
    }
    if !doc.contains_key("role_sid") {
        set(doc, "role_sid", default_role(world, service, "default_service_role_sid"));
    }
    if !doc.contains_key("attributes") {
        set(doc, "attributes", "{}");
    }
    Ok(())
}

fn member(world: &mut World, channel: &Spot, doc: &mut Doc, now: &str) -> Result<(), Problem> {
    let identity = text(doc, "identity").to_owned();
    let members = world.table(Kind::Membership);
    if members.find(&channel.scope, &identity).is_some() {
        return Err(code::MEMBER_EXISTS.into());
    }
    if !world.has_room(&channel.service, &channel.scope) {
        return Err(code::TOO_MANY_MEMBERS.into());
    }
    if !world.may_join(&channel.service, &identity) {
        return Err(code::TOO_MANY_CHANNELS.into());
    }
    let read = doc.get("last_consumed_message_index").and_then(Value::as_u64);
    if read.is_some_and(|index| index >= world.next_index(&channel.service, &channel.scope)) {
        return Err(code::CONSUMED_INDEX.into());
    }
    if read.is_some() && !doc.contains_key("last_consumption_timestamp") {
        set(doc, "last_consumption_timestamp", now);
    }
    world.leave_waiting_room(&channel.scope, &identity);
    set(doc, "user_sid", user_of(world, channel, &identity, now)?);
    set(doc, "channel_sid", channel.scope.as_str());
    set(doc, "member_sid", doc.get("sid").cloned());
    set(doc, "status", "joined");
    if !doc.contains_key("role_sid") {
        set(doc, "role_sid", default_role(world, channel, "default_channel_role_sid"));
    }
    Ok(())
}

/// An invite is also a membership in waiting: it is on the list of the invited user.
fn invite(world: &mut World, channel: &Spot, doc: &mut Doc, now: &str) -> Result<(), Problem> {
    let identity = text(doc, "identity").to_owned();
    if world.table(Kind::Membership).find(&channel.scope, &identity).is_some() {
        return Err(code::MEMBER_EXISTS.into());
    }
    if world.table(Kind::Invite).all(&channel.scope).any(|row| text(&row.1, "identity") == identity)
    {
        return Err(code::INVITED.into());
    }
    world.leave_waiting_room(&channel.scope, &identity);
    set(doc, "channel_sid", channel.scope.as_str());
    if !doc.contains_key("role_sid") {
        set(doc, "role_sid", default_role(world, channel, "default_channel_role_sid"));
    }
    let mut waiting = doc.clone();
    set(&mut waiting, "sid", world.new_sid("MB"));
    set(&mut waiting, "user_sid", user_of(world, channel, &identity, now)?);
    set(&mut waiting, "status", "invited");
    world.table_mut(Kind::Membership).insert(waiting);
    Ok(())
}

/// Whoever becomes a member is a user from then on.
fn user_of(world: &mut World, at: &Spot, identity: &str, now: &str) -> Result<String, Problem> {
    if let Some(user) = world.table(Kind::User).named(&at.service, identity) {
        return Ok(text(&user, "sid").to_owned());
    }
    let sent = Doc::from_iter([("identity".to_owned(), json!(identity))]);
    let user = document(world, USER, at, sent, now)?;
    let sid = text(&user, "sid").to_owned();
    world.table_mut(Kind::User).insert(user);
    Ok(sid)
}

fn message(world: &mut World, channel: &Spot, doc: &mut Doc) {
    set(doc, "index", world.next_index(&channel.service, &channel.scope));
    set(doc, "channel_sid", channel.scope.as_str());
    set(doc, "to", channel.scope.as_str());
    set(doc, "was_edited", false);
    world.heard(&channel.service, &channel.scope);
}

fn webhook(channel: &Spot, doc: &mut Doc) {
    set(doc, "channel_sid", channel.scope.as_str());
    doc.entry("configuration").or_insert_with(|| json!({}));
}

fn default_role(world: &World, at: &Spot, which: &str) -> Option<Value> {
    let service = world.table(Kind::Service).named(ACCOUNT_SCOPE, &at.service)?;
    service.get(which).cloned()
}

/// Flex opens a channel of the flow's chat service for the customer, and lets the customer in.
fn flex_channel(world: &mut World, doc: &mut Doc, now: &str) -> Result<(), Problem> {
    let flow = world.table(Kind::FlexFlow).named(ACCOUNT_SCOPE, text(doc, "flex_flow_sid"));
    let flow = flow.ok_or_else(|| Problem::told(code::INVALID, "There is no such FlexFlowSid"))?;
    let service = text(&flow, "chat_service_sid").to_owned();
    let kind = flow.get("channel_type").cloned();
    let makes_tasks = text(&flow, "integration_type") == "task";
    if world.table(Kind::Service).find(ACCOUNT_SCOPE, &service).is_none() {
        return Err(Problem::told(code::INVALID, "The chat service of the flow is gone"));
    }
    if world.table(Kind::Channel).find(&service, text(doc, "unique_name")).is_some() {
        return Err(code::UNIQUE_EXISTS.into());
    }
    if !world.may_join(&service, text(doc, "identity")) {
        return Err(code::TOO_MANY_CHANNELS.into());
    }
    if doc.contains_key("task_sid") && !makes_tasks {
        let message = "TaskSid is only valid when the integration type of the flow is task";
        return Err(Problem::told(code::INVALID, message));
    }
    let attributes = json!({
        "status": "ACTIVE",
        "long_lived": text(doc, "long_lived") == "true",
        "from": doc.get("user_name"),
        "channel_type": kind,
        "pre_engagement_data": doc.get("pre_engagement_data"),
    });
    let chat = json!({
        "friendly_name": doc.get("friendly_name"),
        "unique_name": doc.get("unique_name"),
        "attributes": attributes.to_string(),
        "type": "private",
        "created_by": "flex-flow",
    });
    if makes_tasks && !doc.contains_key("task_sid") {
        set(doc, "task_sid", world.new_sid("WT"));
    }
    let below = Spot { service, ..Spot::default() };
    customer(world, &below, doc, now)?;
    let identity = doc.get("identity").cloned();
    let chat = document(world, CHANNEL, &below, fields(chat), now)?;
    let scope = text(&chat, "sid").to_owned();
    let seq = world.table_mut(Kind::Channel).insert(chat);
    let inside = Spot { scope, seq, ..below };
    let sent = fields(json!({ "identity": identity }));
    let member = document(world, MEMBER, &inside, sent, now)?;
    set(doc, "user_sid", text(&member, "user_sid"));
    set(doc, "sid", inside.scope);
    world.table_mut(Kind::Membership).insert(member);
    Ok(())
}

/// Who writes to Flex for the first time becomes a user of that name.
fn customer(world: &mut World, at: &Spot, flex: &Doc, now: &str) -> Result<(), Problem> {
    if world.table(Kind::User).find(&at.service, text(flex, "identity")).is_some() {
        return Ok(());
    }
    let sent = json!({
        "identity": flex.get("identity"),
        "friendly_name": flex.get("user_name"),
    });
    let user = document(world, USER, at, fields(sent), now)?;
    world.table_mut(Kind::User).insert(user);
    Ok(())
}

pub(super) fn fields(value: Value) -> Doc {
    match value {
        Value::Object(fields) => fields,
        _ => Doc::new(),
    }
}
