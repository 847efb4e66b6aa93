//! What became of a write: done, refused, or unknown and read again. "Saved" is said only when the answer equals
//! what was sent.

use super::{
    check,
    send::reread as order_reread,
    written::{Written, look_where_it_would_be, participle},
};
use crate::api::client::{Deleted, Webhooks};
use crate::app::{
    action::Action,
    effect::Effect,
    entities::{Edit, Origin, Sent, Stage},
    form::Draft,
    journal::{self, Told},
    model::{Model, Overlay},
    notice::{Problem, ProblemKind, Tone},
    ticket::{EditKey, Lane, Reply, Ticket},
};

/// A write was answered.
pub fn answered<T: Written>(model: &mut Model, reply: Reply<T>) -> Vec<Effect> {
    match reply.result {
        Err(problem) if problem.kind == ProblemKind::OutcomeUnknown => {
            doubt(model, reply.ticket, problem)
        }
        result => {
            let mark = model.tickets.mark();
            let Some((key, edit)) = model.entities.end(reply.ticket, mark) else {
                return Vec::new();
            };
            match result {
                Ok(value) => confirmed(model, key, edit, &value, mark),
                Err(problem) => {
                    refused(model, key, edit, problem);
                    Vec::new()
                }
            }
        }
    }
}

pub(super) fn confirmed<T: Written>(
    model: &mut Model,
    key: EditKey,
    edit: Edit,
    value: &T,
    mark: u64,
) -> Vec<Effect> {
    let differing = value.differing(&edit.sent);
    value.put(&mut model.entities, key, mark);
    let orders = value.follow(model, key);
    if differing.is_empty() {
        let mut text = value.done(key, &edit);
        if edit.undoes().is_some() {
            text.insert_str(0, "taken back: ");
        }
        if edit.webhooks == Webhooks::On && !matches!(edit.stage, Stage::Checking) {
            text.push_str(" · webhooks told");
        }
        match &edit.stage {
            Stage::Lost { why, .. } => text = format!("{text} (answer failed: {})", why.sentence()),
            Stage::Sent { merged: true } => text.push_str(" · what changed elsewhere is kept"),
            Stage::Sent { .. } | Stage::Checking => {}
        }
        model.notices.say(model.now, Tone::Ok, text);
    } else {
        let fields = differing.join(", ");
        let text = format!("{}: the server answered another {fields} than was sent", edit.label);
        let problem = Problem::new(ProblemKind::Refused, text.clone());
        model.notices.say(model.now, Tone::Warn, text);
        model.closing = false;
        if matches!(edit.sent, Sent::NewChannel(_) | Sent::NewFlexChannel(_)) {
            // What exists by now must not be made a second time; what was typed waits for the next form.
            if let Origin::Form(draft) = edit.origin {
                model.drafts.insert(key, Draft { problem: Some(problem), ..*draft });
            }
        } else {
            give_back(model, key, edit, problem);
        }
    }
    orders
}

pub(super) fn refused(model: &mut Model, key: EditKey, edit: Edit, problem: Problem) {
    let exists = !matches!(key, EditKey::NewChannel(_) | EditKey::NewFlexChannel);
    // The other product's 404 says nothing of a channel that this one has just told of.
    let is_other =
        matches!(edit.sent, Sent::Migration(_)) && !matches!(edit.stage, Stage::Checking);
    if problem.kind == ProblemKind::Gone && exists && !is_other {
        model.entities.mark_gone(key);
    }
    let done = participle(key, &edit.sent);
    let text = format!("not {done}: {}: {}", edit.label, problem.sentence());
    model.notices.say(model.now, Tone::Bad, text);
    give_back(model, key, edit, problem);
}

/// What was typed goes back to where it was typed; if the person is busy elsewhere, it waits there for them.
pub(super) fn give_back(model: &mut Model, key: EditKey, edit: Edit, problem: Problem) {
    // Whatever was not saved has to be seen before the console closes.
    let was_closing = std::mem::take(&mut model.closing);
    let is_free = model.overlay.is_none() && model.prompt.is_none() && !was_closing;
    match edit.origin {
        // What takes a write back was not typed, and must not take the place of what was.
        Origin::Form(draft) if draft.undoes.is_some() => {}
        Origin::Form(mut draft) => {
            draft.blame(problem);
            draft.reviewed = false;
            if is_free {
                model.overlay = Some(Overlay::Form(draft));
            } else {
                model.drafts.insert(key, *draft);
            }
        }
        Origin::Confirm(mut confirm)
            if matches!(edit.sent, Sent::Migration(_)) && !model.entities.is_gone(key) =>
        {
            confirm.problem = Some(problem);
            if is_free {
                model.overlay = Some(Overlay::Confirm(confirm));
            } else {
                super::park(model, *confirm);
            }
        }
        Origin::Key | Origin::Confirm(_) => {}
    }
}

/// The answer was lost: the resource is read again, and the row stays pending until that tells the truth.
fn doubt(model: &mut Model, written: Ticket, problem: Problem) -> Vec<Effect> {
    if model.contact.refused.is_some() {
        let why = Problem::new(ProblemKind::Auth, "the credentials were refused");
        return ended(model, written, why);
    }
    let Lane::Write(key) = written.lane else { return Vec::new() };
    let ticket = model.tickets.issue(Lane::Reread(key));
    let Some(edit) = model.entities.edit_of(written) else { return Vec::new() };
    let (label, done) = (edit.label.clone(), participle(key, &edit.sent));
    let sent = edit.sent.clone();
    let Some(order) = order_reread(&model.entities, ticket, key, &sent) else {
        return ended(model, written, problem);
    };
    let why = problem.sentence();
    if let Some(edit) = model.entities.edit_of(written) {
        (edit.ticket, edit.stage) = (ticket, Stage::Lost { why: problem, written });
    }
    let text = format!("may or may not be {done}: {label}; reading it again ({why})");
    model.notices.say(model.now, Tone::Warn, text);
    vec![order]
}

fn ended(model: &mut Model, written: Ticket, problem: Problem) -> Vec<Effect> {
    let mark = model.tickets.mark();
    match model.entities.end(written, mark) {
        Some((key, edit)) => unread(model, key, edit, problem),
        None => Vec::new(),
    }
}

/// A resource was read before a write, or again after a lost answer.
pub fn reread<T: Written>(model: &mut Model, reply: Reply<T>) -> Vec<Effect> {
    let mark = model.tickets.mark();
    if let (Some(awaited), Lane::Reread(key)) =
        (model.awaited.remove(&reply.ticket), reply.ticket.lane)
    {
        let told = reply.result.map(|value| {
            value.put(&mut model.entities, key, mark);
            Told
        });
        return journal::read(model, reply.ticket, awaited, told);
    }
    let Some((key, edit)) = model.entities.end(reply.ticket, mark) else { return Vec::new() };
    let (lost, written) = match &edit.stage {
        Stage::Lost { why, written } => (why.sentence(), *written),
        Stage::Checking | Stage::Sent { .. } => {
            return check::checked(model, key, edit, reply.result, mark);
        }
    };
    let not_done = |words: &str| Problem::new(ProblemKind::Offline, format!("{words} ({lost})"));
    let settled = |is_done| Effect::Settle { written, is_done };
    match (reply.result, &edit.sent) {
        (Ok(value), Sent::Deletion) if value.is_left() => {
            let mut orders = confirmed(model, key, edit, &Deleted::Done, mark);
            orders.push(settled(true));
            return orders;
        }
        (Ok(value), Sent::Deletion) => {
            value.put(&mut model.entities, key, mark);
            refused(model, key, edit, not_done("the server still has it"));
        }
        (Err(problem), Sent::Deletion) if problem.kind == ProblemKind::Gone => {
            let mut orders = confirmed(model, key, edit, &Deleted::Done, mark);
            orders.push(settled(true));
            return orders;
        }
        (Err(problem), Sent::NewChannel(_)) if problem.kind == ProblemKind::Gone => {
            refused(model, key, edit, not_done("the server does not have it"));
        }
        (Ok(value), Sent::NewChannel(_)) if value.was_there(&model.entities, &edit) => {
            value.put(&mut model.entities, key, mark);
            refused(model, key, edit, not_done("another channel has this unique name"));
        }
        (Ok(value), sent) if !value.can_tell(sent) => {
            value.put(&mut model.entities, key, mark);
            let why =
                Problem::new(ProblemKind::OutcomeUnknown, format!("no reading tells ({lost})"));
            return unread(model, key, edit, why);
        }
        (Err(problem), Sent::Channel(_) | Sent::Membership(_) | Sent::Migration(_))
            if problem.kind == ProblemKind::Gone =>
        {
            refused(model, key, edit, problem);
        }
        (Ok(value), sent) if value.differing(sent).is_empty() => {
            let mut orders = confirmed(model, key, edit, &value, mark);
            orders.push(settled(true));
            return orders;
        }
        (Ok(value), Sent::NewChannel(_)) => {
            value.put(&mut model.entities, key, mark);
            refused(model, key, edit, not_done("another channel has this unique name"));
        }
        (Ok(value), _) => {
            value.put(&mut model.entities, key, mark);
            refused(model, key, edit, not_done("the server does not have the change"));
        }
        (Err(problem), _) => return unread(model, key, edit, problem),
    }
    vec![settled(false)]
}

fn unread(model: &mut Model, key: EditKey, edit: Edit, problem: Problem) -> Vec<Effect> {
    let (done, label, why) = (participle(key, &edit.sent), &edit.label, problem.sentence());
    let is_new = matches!(key, EditKey::NewChannel(_) | EditKey::NewFlexChannel);
    let text = if is_new {
        format!("may or may not be {done}: {label} ({why}); look for it before you try again")
    } else {
        let reads = format!("{} reads it", model.key(Action::Refresh));
        format!("unknown whether {done}: {label}; it could not be read again: {why}; {reads}")
    };
    model.notices.say(model.now, Tone::Bad, text);
    if !is_new {
        model.entities.doubt(key);
    }
    give_back(model, key, edit, Problem { kind: ProblemKind::OutcomeUnknown, ..problem });
    look_where_it_would_be(model, key)
}
