//! What became of a write: saved, refused, or unknown and read again. "Saved" is said only when the answer equals
//! what was sent.

use crate::api::chat::{
    channels::Channel,
    memberships::{Membership, NotificationLevel},
};
use crate::app::{
    effect::Effect,
    entities::{Edit, Entities, Patch},
    model::{Model, Overlay},
    notice::{Problem, ProblemKind, Tone},
    ticket::{EditKey, Lane, Reply, Ticket},
};

/// A resource that can be written to.
pub trait Written {
    /// Takes the server's value in.
    fn put(self, entities: &mut Entities, serial: u64);
    /// The documented names of sent fields that the server answered otherwise.
    fn differing(&self, sent: &Patch) -> Vec<&'static str>;
    /// What was done, in words, for the notice.
    fn done(sent: &Patch) -> String;
}

impl Written for Channel {
    fn put(self, entities: &mut Entities, serial: u64) {
        entities.put_channel(self, serial);
    }

    fn differing(&self, sent: &Patch) -> Vec<&'static str> {
        let Patch::Channel(sent) = sent else { return Vec::new() };
        let name = self.friendly_name.as_ref().map_or("", |name| name.raw());
        let unique = self.unique_name.as_ref().map_or("", |name| name.raw());
        [
            ("friendly name", sent.friendly_name.as_deref(), name),
            ("unique name", sent.unique_name.as_deref(), unique),
            ("attributes", sent.attributes.as_deref(), self.attributes.text()),
        ]
        .into_iter()
        .filter(|(_, sent, now)| sent.is_some_and(|sent| sent != *now))
        .map(|(field, _, _)| field)
        .collect()
    }

    fn done(sent: &Patch) -> String {
        let Patch::Channel(sent) = sent else { return String::new() };
        let fields: Vec<&str> = [
            sent.friendly_name.as_ref().map(|_| "friendly name"),
            sent.unique_name.as_ref().map(|_| "unique name"),
            sent.attributes.as_ref().map(|_| "attributes"),
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("saved {} of", fields.join(", "))
    }
}

impl Written for Membership {
    fn put(self, entities: &mut Entities, serial: u64) {
        entities.put_membership(self, serial);
    }

    fn differing(&self, sent: &Patch) -> Vec<&'static str> {
        let Patch::Membership(sent) = sent else { return Vec::new() };
        let differs =
            sent.notification_level.as_ref().is_some_and(|sent| *sent != self.notification_level);
        if differs { vec!["notification level"] } else { Vec::new() }
    }

    fn done(sent: &Patch) -> String {
        let Patch::Membership(sent) = sent else { return String::new() };
        match sent.notification_level.as_ref().map(NotificationLevel::name) {
            Some("muted") => "muted".to_owned(),
            Some("default") => "unmuted".to_owned(),
            _ => "saved".to_owned(),
        }
    }
}

/// A write was answered.
pub fn answered<T: Written>(model: &mut Model, reply: Reply<T>) -> Vec<Effect> {
    match reply.result {
        Err(problem) if problem.kind == ProblemKind::OutcomeUnknown => {
            return check(model, reply.ticket, problem);
        }
        result => {
            let mark = model.tickets.mark();
            let Some((key, edit)) = model.entities.end(reply.ticket, mark) else {
                return Vec::new();
            };
            match result {
                Ok(value) => confirmed(model, key, edit, value, mark),
                Err(problem) => refused(model, key, edit, problem),
            }
        }
    }
    Vec::new()
}

fn confirmed<T: Written>(model: &mut Model, key: EditKey, edit: Edit, value: T, mark: u64) {
    let differing = value.differing(&edit.patch);
    value.put(&mut model.entities, mark);
    let label = &edit.label;
    if differing.is_empty() {
        let done = T::done(&edit.patch);
        let text = match &edit.lost {
            None => format!("{done} {label}"),
            Some(lost) => format!("{done} {label} (answer failed: {})", lost.sentence()),
        };
        model.notices.say(model.now, Tone::Ok, text);
    } else {
        let fields = differing.join(", ");
        let text = format!("{label}: the server answered another {fields} than was sent");
        let problem = Problem::new(ProblemKind::Refused, text.clone());
        model.notices.say(model.now, Tone::Warn, text);
        give_back(model, key, edit, problem);
    }
}

fn refused(model: &mut Model, key: EditKey, edit: Edit, problem: Problem) {
    if problem.kind == ProblemKind::Gone {
        model.entities.mark_gone(key);
    }
    let text = format!("not saved: {}: {}", edit.label, problem.sentence());
    model.notices.say(model.now, Tone::Bad, text);
    give_back(model, key, edit, problem);
}

/// What was typed goes back into its form; if the person is busy elsewhere, into the drafts.
fn give_back(model: &mut Model, key: EditKey, edit: Edit, problem: Problem) {
    // Whatever was not saved has to be seen before the console closes.
    let was_closing = std::mem::take(&mut model.closing);
    let Some(mut draft) = edit.draft else { return };
    draft.blame(problem);
    if model.overlay.is_none() && model.prompt.is_none() && !was_closing {
        model.overlay = Some(Overlay::Form(draft));
    } else {
        model.drafts.insert(key, *draft);
    }
}

/// The answer was lost: the resource is read again, and the row stays pending until that tells the truth.
fn check(model: &mut Model, written: Ticket, problem: Problem) -> Vec<Effect> {
    if model.contact.refused.is_some() {
        let mark = model.tickets.mark();
        let why = Problem::new(ProblemKind::Auth, "the credentials were refused");
        if let Some((key, edit)) = model.entities.end(written, mark) {
            unread(model, key, edit, why);
        }
        return Vec::new();
    }
    let Some(edit) = model.entities.edit_of(written) else { return Vec::new() };
    let Lane::Write(key) = written.lane else { return Vec::new() };
    let ticket = model.tickets.issue(Lane::Verify(key));
    edit.ticket = ticket;
    let service = edit.service;
    let (label, why) = (&edit.label, problem.sentence());
    let text = format!("may or may not be saved: {label}; reading it again ({why})");
    edit.lost = Some(problem);
    model.notices.say(model.now, Tone::Warn, text);
    vec![match key {
        EditKey::Channel(channel) => Effect::VerifyChannel { ticket, service, channel },
        EditKey::Membership(key) => Effect::VerifyMembership { ticket, service, key },
    }]
}

/// A resource was read again after a lost answer.
pub fn verified<T: Written>(model: &mut Model, reply: Reply<T>) -> Vec<Effect> {
    let mark = model.tickets.mark();
    let Some((key, edit)) = model.entities.end(reply.ticket, mark) else { return Vec::new() };
    match reply.result {
        Ok(value) if value.differing(&edit.patch).is_empty() => {
            confirmed(model, key, edit, value, mark);
        }
        Ok(value) => {
            value.put(&mut model.entities, mark);
            let lost = edit.lost.as_ref().map(Problem::sentence).unwrap_or_default();
            let why = format!("the server does not have the change ({lost})");
            refused(model, key, edit, Problem::new(ProblemKind::Offline, why));
        }
        Err(problem) => unread(model, key, edit, problem),
    }
    Vec::new()
}

fn unread(model: &mut Model, key: EditKey, edit: Edit, problem: Problem) {
    let text = format!(
        "unknown whether saved: {}; it could not be read again: {}; r reads it",
        edit.label,
        problem.sentence()
    );
    model.notices.say(model.now, Tone::Bad, text);
    model.entities.doubt(key);
    give_back(model, key, edit, problem);
}
