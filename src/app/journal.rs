//! What the console makes of the journal: what was left in it, what it cannot be told, and the readings that settle or
//! take back a write.

use crate::{
    api::{chat::services::Service, remote_text, sid::Sid},
    app::{
        action::Action,
        drafts,
        effect::Effect,
        entities::MembershipKey,
        form::FieldName,
        jobs,
        model::Model,
        msg::Remembered,
        notice::{Problem, ProblemKind, Tone},
        places::journal as place,
        save,
        ticket::{EditKey, Lane, Ticket},
        undo,
    },
    state::{Entry, Fields},
};

/// What a reading is for, that no pane and no pending write waits for.
#[derive(Debug)]
pub enum Awaited {
    /// To take a write back.
    Undo(Box<Entry>),
    /// To tell what became of a write that was cut off.
    Settle(Box<Entry>),
}

/// Whether the journal keeps what it takes to take a write back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    /// It does.
    #[default]
    Kept,
    /// It keeps digests, or nothing.
    NotKept,
}

/// A resource was read and taken in.
#[derive(Debug, Clone, Copy)]
pub struct Told;

/// The journal was opened, or cannot be.
pub fn opened(model: &mut Model, result: Result<Remembered, String>) -> Vec<Effect> {
    let remembered = match result {
        Ok(remembered) => remembered,
        Err(why) => {
            let text = format!("no journal, so nothing can be changed: {why}");
            model.notices.say(model.now, Tone::Bad, text.clone());
            model.no_journal = Some(text);
            return Vec::new();
        }
    };
    model.origins = remembered.origins;
    model.values = if remembered.keeps_values { Values::Kept } else { Values::NotKept };
    if let Some(words) = remembered.set_aside {
        model.notices.say(model.now, Tone::Warn, words);
    }
    if remembered.keeps_drafts {
        drafts::recalled(model, remembered.drafts);
        let waiting = drafts::waiting(model);
        if !waiting.is_empty() {
            let what = waiting.join(", ");
            let text = format!("not saved in an earlier run: {what}; e (or a) brings it back");
            model.notices.say(model.now, Tone::Info, text);
        }
    }
    jobs::recalled(model, remembered.stopped);
    let mut orders = Vec::new();
    for entry in remembered.open {
        if let Some((ticket, order)) = settling(model, &entry) {
            model.awaited.insert(ticket, Awaited::Settle(Box::new(entry)));
            orders.push(order);
        } else {
            let what = what(&entry);
            let text = format!(
                "look for it, nothing can tell: {what}, cut off before its answer · @ journal"
            );
            model.notices.say(model.now, Tone::Warn, text);
        }
    }
    orders
}

/// The end of a write could not be written down.
pub fn failed(model: &mut Model, why: &str) {
    let text = format!("the journal could not be told how a write ended: {why}");
    model.notices.say(model.now, Tone::Bad, text);
}

/// The reading that tells what became of a write that was cut off.
fn settling(model: &mut Model, entry: &Entry) -> Option<(Ticket, Effect)> {
    let (service, key) = resource(entry)?;
    let ticket = model.tickets.issue(Lane::Reread(key));
    if let EditKey::NewChannel(service) = key {
        let name = FieldName::UniqueName.parameter();
        let mut sent = entry.record.shall_be().into_iter();
        let unique_name = sent.find(|(it, _)| it == name).and_then(|(_, name)| name)?;
        return Some((ticket, Effect::RereadCreated { ticket, service, unique_name }));
    }
    reading(ticket, service, key).map(|order| (ticket, order))
}

/// A resource came that was asked for to settle or to take back a write.
pub fn read(
    model: &mut Model,
    ticket: Ticket,
    awaited: Awaited,
    told: Result<Told, Problem>,
) -> Vec<Effect> {
    let Lane::Reread(key) = ticket.lane else { return Vec::new() };
    let entry = match awaited {
        Awaited::Undo(entry) => {
            undo::read(model, key, &entry, told);
            return Vec::new();
        }
        Awaited::Settle(entry) => entry,
    };
    if told.is_ok() {
        drafts::forget_saved(model, key);
    }
    let is_deletion = entry.record.kind.ends_with(".delete");
    let is_done = match &told {
        Ok(Told) if is_deletion => Some(false),
        Ok(Told) => has_all(model, key, &entry),
        Err(problem) if problem.kind == ProblemKind::Gone => Some(is_deletion),
        Err(_) => None,
    };
    let what = what(&entry);
    let (tone, words) = match (is_done, told) {
        (Some(true), _) => {
            (Tone::Ok, format!("the server has it: {what}, cut off before its answer"))
        }
        (Some(false), _) => {
            (Tone::Warn, format!("the server does not have it: {what}, cut off before its answer"))
        }
        (None, Ok(Told)) => (
            Tone::Warn,
            format!("nobody can tell, it was changed since: {what}, cut off before its answer"),
        ),
        (None, Err(problem)) => {
            let why = problem.sentence();
            (
                Tone::Bad,
                format!(
                    "not known, it could not be read: {what}, cut off before its answer: {why}"
                ),
            )
        }
    };
    let key = model.key(Action::ViewJournal);
    model.notices.say(model.now, tone, format!("{words} · {key} journal"));
    let settle = is_done.map(|is_done| Effect::SettleEntry { id: entry.id, is_done });
    settle.into_iter().collect()
}

fn what(entry: &Entry) -> String {
    let (deed, subject) = (shown(&place::deed(entry)), shown(&place::subject(entry)));
    format!("{deed} of {subject}")
}

/// Whether the server has what was sent; nothing if it has neither that nor what was there before.
fn has_all(model: &Model, key: EditKey, entry: &Entry) -> Option<bool> {
    let key = match (key, entry.record.kind.as_str()) {
        // Found by its unique name: it is there.
        (EditKey::NewChannel(_), _) => return Some(true),
        (EditKey::Channel(channel), "channel.migrate") => {
            let kind = &model.entities.confirmed_channel(channel)?.kind;
            return Some(kind.name() == "private");
        }
        (key, _) => key,
    };
    let fresh = save::blank(model, key)?;
    let holds = |fields: &Fields| {
        fields.iter().all(|(name, value)| {
            let field = FieldName::of_parameter(name).and_then(|name| fresh.field(name));
            field.is_some_and(|field| Some(field.base()) == value.as_deref())
        })
    };
    entry.record.after.as_ref()?;
    if holds(&entry.record.shall_be()) {
        return Some(true);
    }
    holds(&entry.record.was()).then_some(false)
}

/// The resource of an entry: its service, and what it is.
pub fn resource(entry: &Entry) -> Option<(Option<Sid<Service>>, EditKey)> {
    // The version of the API comes first: "/v2/Services/…".
    let (_, name) = entry.record.path.strip_prefix('/')?.split_once('/')?;
    parsed(name, entry.made.as_deref())
}

/// The same, of its name alone; `made` is the sid of what was made there.
pub fn parsed(name: &str, made: Option<&str>) -> Option<(Option<Sid<Service>>, EditKey)> {
    let parts: Vec<&str> = name.split('/').collect();
    Some(match *parts.as_slice() {
        ["Services", service, "Channels"] => {
            let service = service.parse().ok()?;
            match made {
                Some(sid) => (Some(service), EditKey::Channel(sid.parse().ok()?)),
                None => (Some(service), EditKey::NewChannel(service)),
            }
        }
        ["Services", service, "Channels", channel] => {
            (Some(service.parse().ok()?), EditKey::Channel(channel.parse().ok()?))
        }
        ["Services", service, "Users", user, "Channels", channel] => {
            let key = MembershipKey { user: user.parse().ok()?, channel: channel.parse().ok()? };
            (Some(service.parse().ok()?), EditKey::Membership(key))
        }
        ["FlexChannels"] => (None, EditKey::NewFlexChannel),
        ["FlexChannels", channel] => (None, EditKey::FlexChannel(channel.parse().ok()?)),
        _ => return None,
    })
}

/// The order that reads a resource.
pub fn reading(ticket: Ticket, service: Option<Sid<Service>>, key: EditKey) -> Option<Effect> {
    Some(match (key, service) {
        (EditKey::Channel(channel), Some(service)) => {
            Effect::RereadChannel { ticket, service, channel }
        }
        (EditKey::Membership(key), Some(service)) => {
            Effect::RereadMembership { ticket, service, key }
        }
        (EditKey::FlexChannel(channel), _) => Effect::RereadFlexChannel { ticket, channel },
        _ => return None,
    })
}

/// Text of the journal, safe to show.
pub fn shown(text: &str) -> String {
    remote_text::shown(text).text()
}
