//! Facts about the row under the cursor, in the places that are only read.

use jiff::Timestamp;

use crate::api::{
    chat::{channels::Channel, services::Service},
    remote_text::{self, RemoteText},
    sid::Sid,
};
use crate::app::{
    find,
    list::Rows,
    model::Model,
    place::Place,
    places::{
        flex_channel::{self, Part},
        found, job as job_place, names, services,
    },
};
use crate::state::{EntryId, JobId};
use crate::view::text;

/// What is known beyond the row; what matters most first, because the end of the line may be cut.
pub(super) fn only_read(model: &Model, place: Place) -> Vec<String> {
    told(model, place).unwrap_or_default()
}

fn told(model: &Model, place: Place) -> Option<Vec<String>> {
    match place {
        Place::Messages(_, channel) => message(model, channel),
        Place::Message(.., sid) => Some(vec![sid.to_string()]),
        Place::Invites(_, channel) => invite(model, channel),
        Place::Roles(service) => role(model, service),
        Place::Role(_, sid) => Some(vec![sid.to_string()]),
        Place::Flex => Some(flex(model)),
        Place::FlexChannel(channel) => part(model, channel).map(|sid| vec![sid]),
        Place::Flows => flow(model),
        Place::Found => Some(found(model)),
        Place::Journal => entry(model, model.lists.journal.cursor()?),
        Place::JournalEntry(id) => entry(model, id),
        Place::Jobs => job(model, model.lists.jobs.cursor()?),
        Place::Job(id) => row(model, id),
        _ => None,
    }
}

fn found(model: &Model) -> Vec<String> {
    let mut words = Vec::new();
    let failed = find::progress(model).failed;
    if !failed.is_empty() {
        let of = |(service, what): &(Sid<Service>, &str)| {
            format!("{} ({what})", services::title(&model.entities, *service))
        };
        let failed: Vec<String> = failed.iter().map(of).collect();
        words.push(format!("not searched: {}; r tries again", failed.join(", ")));
    }
    let hit = found::at_cursor(model);
    words.extend(hit.and_then(|hit| hit.sid(&model.entities)));
    words
}

fn entry(model: &Model, id: EntryId) -> Option<Vec<String>> {
    let of = &model.entities.journal_entry(id)?.record;
    let request = format!("{} {}", of.method, of.path);
    let sid = of.sids.first().cloned().unwrap_or_default();
    Some([&sid, &request].map(|text| remote_text::shown(text).text()).to_vec())
}

fn job(model: &Model, id: JobId) -> Option<Vec<String>> {
    let job = model.entities.job(id)?;
    let mut words = vec![format!("made {}", text::moment(job.made, &model.zone))];
    if !job.profile.is_empty() {
        words.push(format!("profile {}", remote_text::shown(&job.profile).text()));
    }
    words.extend(job.ended.map(|at| format!("ended {}", text::moment(at, &model.zone))));
    Some(words)
}

/// The sids of the row under the cursor, and all that is noted of it.
fn row(model: &Model, id: JobId) -> Option<Vec<String>> {
    let row = model.entities.job_row(model.lists.job_rows.get(&id)?.cursor()?)?;
    let mut words = vec![remote_text::shown(&row.target).text()];
    words.extend(row.code.and_then(job_place::meaning).map(str::to_owned));
    words.extend(row.note.as_ref().map(|note| remote_text::shown(note).text()));
    Some(words)
}

fn shown(text: &RemoteText) -> String {
    text.shown().text()
}

fn date(model: &Model, at: Option<Timestamp>) -> String {
    at.map_or_else(|| "—".to_owned(), |at| text::date(at, &model.zone))
}

fn message(model: &Model, channel: Sid<Channel>) -> Option<Vec<String>> {
    let list = model.lists.messages.get(&channel)?;
    let mut words = Vec::new();
    if !list.filter().is_empty() && !list.is_complete() {
        let loaded = text::grouped(list.loaded() as u64);
        let more = if list.can_read_on() { "; j reads on" } else { "" };
        words.push(format!("the filter has seen the {loaded} that are loaded{more}"));
    }
    let Some(message) = list.cursor().and_then(|sid| model.entities.message(sid)) else {
        return Some(words);
    };
    words.push(message.sid.to_string());
    let body = message.body.as_ref().map_or(0, |body| body.raw().len());
    words.push(format!("body {}", text::size(body)));
    words.push(format!("attributes {}", text::size(message.attributes.len())));
    Some(words)
}

fn invite(model: &Model, channel: Sid<Channel>) -> Option<Vec<String>> {
    let invite = model.entities.invite(model.lists.invites.get(&channel)?.cursor()?)?;
    let mut words = Vec::new();
    if model.opening.is_some() {
        words.push("looking for who is invited; Esc stays here".to_owned());
    }
    words.push(invite.sid.to_string());
    words.extend(invite.role_sid.map(|role| format!("role {role}")));
    Some(words)
}

fn role(model: &Model, service: Sid<Service>) -> Option<Vec<String>> {
    let role = model.entities.role(model.lists.roles.get(&service)?.cursor()?)?;
    let allows: Vec<String> = role.permissions.iter().map(shown).collect();
    let allows = if allows.is_empty() { "allows nothing".to_owned() } else { allows.join(", ") };
    Some(vec![allows])
}

fn flex(model: &Model) -> Vec<String> {
    let mut words = Vec::new();
    let names = names::unseen(model, Place::Flex);
    if names > 0 {
        words.push(format!("{names} rows have names not read yet: the filter cannot see them"));
    }
    let Some(flex) = model.lists.flex.cursor().and_then(|key| model.entities.flex_channel(key.0))
    else {
        return words;
    };
    words.push(flex.sid.to_string());
    words.extend(flex.task_sid.map(|task| format!("task {}", task.short())));
    words.push(format!("updated {}", date(model, flex.date_updated)));
    words
}

/// The sid of the part under the cursor, in full.
fn part(model: &Model, channel: Sid<Channel>) -> Option<String> {
    let flex = model.entities.flex_channel(channel)?;
    match flex_channel::part_at(model, channel) {
        Part::Channel => Some(flex.sid.to_string()),
        Part::User => flex.user_sid.map(|sid| sid.to_string()),
        Part::Flow => flex.flow_sid.map(|sid| sid.to_string()),
        Part::Task => flex.task_sid.map(|sid| sid.to_string()),
    }
}

fn flow(model: &Model) -> Option<Vec<String>> {
    let flow = model.entities.flow(model.lists.flows.cursor()?)?;
    let mut words = vec![flow.sid.to_string()];
    let reached = flow.contact_identity.as_ref().filter(|at| !at.is_empty());
    words.extend(reached.map(|at| format!("reached at {}", shown(at))));
    let switch = |on| match on {
        Some(true) => "on",
        Some(false) => "off",
        None => "—",
    };
    words.push(format!("long-lived {}", switch(flow.long_lived)));
    words.push(format!("janitor {}", switch(flow.janitor_enabled)));
    Some(words)
}
