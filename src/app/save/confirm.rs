//! Deleting and migrating: the question first, then one write, and the row waits for the answer.

use crate::app::{
    confirm::{Confirm, Deed},
    effect::Effect,
    entities::{Origin, Sent},
    form::line::Entry,
    model::{Model, Overlay},
    notice::{Problem, ProblemKind, Tone},
    permit,
    place::Place,
    places::channel,
};

use super::send::{self, send};

/// Asks before deleting what the cursor is on; `typed` is what was typed of its sid already.
pub fn ask_delete(model: &mut Model, typed: &str) -> Vec<Effect> {
    let Some(deed) = permit::deletion_at(model) else { return Vec::new() };
    let orders = ask(model, deed);
    if let Some(Overlay::Confirm(confirm)) = &mut model.overlay
        && !typed.is_empty()
    {
        confirm.entry = Entry::new(typed);
    }
    orders
}

/// Asks before migrating the channel here.
pub fn ask_migrate(model: &mut Model) -> Vec<Effect> {
    let focus = model.path.focus();
    match (focus.service(), model.channel_at(focus)) {
        (Some(service), Some(channel)) => ask(model, Deed::Migrate(service, channel)),
        _ => Vec::new(),
    }
}

/// Puts the question, and reads the channel again meanwhile: what the list knows of it may be old.
fn ask(model: &mut Model, deed: Deed) -> Vec<Effect> {
    let parked = model.parked.iter().position(|parked| parked.deed == deed);
    let parked = parked.map(|at| model.parked.swap_remove(at));
    let mut confirm = parked.unwrap_or_else(|| Confirm::new(deed, model.webhooks));
    // Where one channel's members are listed, its sid would be the same for every row.
    confirm.by_user = matches!(model.path.focus(), Place::Members(..));
    model.overlay = Some(Overlay::Confirm(Box::new(confirm)));
    match deed {
        Deed::DeleteChannel(service, sid) | Deed::Migrate(service, sid) => {
            channel::ask(model, service, sid)
        }
        Deed::DeleteMembership(..) | Deed::DeleteFlexChannel(_) => Vec::new(),
    }
}

/// Keeps what was typed into a question for the next time it is asked.
pub fn park(model: &mut Model, confirm: Confirm) {
    model.parked.retain(|parked| parked.deed != confirm.deed);
    model.parked.push(confirm);
}

/// Leaves a line that is typed in a question, or the question; a messaging service that was typed is kept.
pub fn leave_question(model: &mut Model, confirm: Confirm) {
    if confirm.typing {
        model.overlay = Some(Overlay::Confirm(Box::new(Confirm { typing: false, ..confirm })));
    } else if matches!(confirm.deed, Deed::Migrate(..)) && !confirm.entry.text().is_empty() {
        park(model, confirm);
    }
}

/// Yes: sends what was asked about, if what has to be typed was typed.
pub(super) fn decide(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Confirm(mut confirm)) = model.overlay.take() else { return Vec::new() };
    if let Some(tail) = confirm.tail().filter(|_| !confirm.is_typed()) {
        let text = format!("nothing was sent: the sid ends in {tail}");
        model.notices.say(model.now, Tone::Warn, text);
        model.overlay = Some(Overlay::Confirm(confirm));
        return Vec::new();
    }
    let key = confirm.deed.key();
    let sent = match confirm.deed {
        Deed::Migrate(..) => match confirm.messaging_service() {
            Ok(messaging_service) => Sent::Migration(messaging_service),
            Err(error) => {
                confirm.problem = Some(Problem::new(ProblemKind::Refused, error.to_string()));
                model.overlay = Some(Overlay::Confirm(confirm));
                return Vec::new();
            }
        },
        _ => Sent::Deletion,
    };
    if sent == Sent::Deletion && model.entities.is_gone(key) {
        let label = send::label(&model.entities, key, &sent);
        let text = format!("{label}: it was gone already, so there was nothing left to do");
        model.notices.say(model.now, Tone::Ok, text);
        return Vec::new();
    }
    // The world may have moved on since the question was asked.
    if let Some(reason) = permit::of_deed(model, confirm.deed) {
        model.notices.say(model.now, Tone::Warn, format!("nothing was sent: {reason}"));
        leave_question(model, *confirm);
        return Vec::new();
    }
    let webhooks = confirm.webhooks();
    send(model, key, sent, webhooks, Origin::Confirm(confirm))
}
