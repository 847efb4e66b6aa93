//! Writing. A change is laid over the confirmed value at once, marked pending, and becomes true or goes away by the
//! server's answer. What was typed is given back whenever it was not saved.

mod check;
mod confirm;
mod outcome;
mod record;
mod review;
mod send;
mod written;

use self::send::send;
pub use self::{
    confirm::{ask_delete, ask_migrate, leave_question, park},
    outcome::{answered, reread},
    record::resource,
    review::{back_to_form, look},
};
use crate::api::{
    chat::memberships::{MembershipPatch, NotificationLevel},
    client::Webhooks,
};
use crate::app::{
    action::Action,
    drafts,
    effect::Effect,
    entities::{Origin, Sent},
    form::Draft,
    merge::{Compared, Side},
    model::{Model, Overlay},
    notice::Tone,
    permit,
    place::Place,
    places::{channel, memberships, services},
    ticket::EditKey,
};

/// Opens the form of what the person points at; text that was typed before and not saved comes back. A channel is read
/// again meanwhile: what the list knows of it may be old.
pub fn edit(model: &mut Model) -> Vec<Effect> {
    let focus = model.path.focus();
    let key = match (model.membership_at(focus), model.channel_at(focus)) {
        (Some(key), _) => EditKey::Membership(key),
        (None, Some(channel)) => EditKey::Channel(channel),
        (None, None) => return Vec::new(),
    };
    open(model, key);
    match (key, focus.service()) {
        (EditKey::Channel(sid), Some(service)) => channel::ask(model, service, sid),
        _ => Vec::new(),
    }
}

/// Opens the form for something that does not exist yet, of the kind that is listed here.
pub fn new(model: &mut Model) {
    if let Some(key) = permit::creation_at(model) {
        open(model, key);
    }
}

fn open(model: &mut Model, key: EditKey) {
    let kept = model.drafts.remove(&key).or_else(|| Some(drafts::left(model, key)?.0));
    if let Some(draft) = &kept {
        let at = draft.opened_at.to_zoned(model.zone.clone());
        let is_today = at.date() == model.now.to_zoned(model.zone.clone()).date();
        let at = at.strftime(if is_today { "%H:%M" } else { "%m-%d %H:%M" }).to_string();
        let text = if draft.is_dirty() {
            format!("typed at {at}, not saved, back · F3 changes · F5 starts over")
        } else {
            format!("this is what is stored; F5 brings back what was typed at {at}")
        };
        model.notices.say(model.now, Tone::Info, text);
    }
    if let Some(draft) = kept.or_else(|| blank(model, key)) {
        model.overlay = Some(Overlay::Form(Box::new(draft)));
    }
}

/// Holds the open form against what is confirmed now. A form in which nothing was typed follows it, another says so.
pub fn keep_up(model: &mut Model) {
    let Model { overlay, entities, .. } = model;
    let Some(Overlay::Form(draft)) = overlay else { return };
    if draft.is_new() {
        draft.follow_flow(|flow| {
            let flow = entities.flow(flow.parse().ok()?)?;
            Some(flow.integration_type.clone())
        });
        return;
    }
    let key = draft.key;
    let fresh = blank(model, key);
    let Some(Overlay::Form(draft)) = &mut model.overlay else { return };
    let Some(mut fresh) = fresh else { return };
    draft.compare(&fresh);
    if !draft.changed_elsewhere || draft.is_dirty() {
        return;
    }
    (fresh.at, fresh.set_aside, fresh.webhooks) =
        (draft.at, draft.set_aside.take(), draft.webhooks);
    fresh.keeps_aside = draft.keeps_aside;
    model.overlay = Some(Overlay::Form(Box::new(fresh)));
}

/// A form over what is confirmed now.
pub(super) fn blank(model: &Model, key: EditKey) -> Option<Draft> {
    let (webhooks, now) = (model.webhooks, model.now);
    match key {
        EditKey::Channel(sid) => {
            Some(Draft::channel(&model.entities.confirmed_channel(sid)?, webhooks, now))
        }
        EditKey::Membership(key) => {
            let membership = model.entities.confirmed_membership(key)?;
            let title = format!("Edit membership of {}", memberships::title(&model.entities, key));
            Some(Draft::membership(membership, title, now))
        }
        EditKey::NewChannel(service) => {
            let title = format!("New channel in {}", services::title(&model.entities, service));
            Some(Draft::new_channel(service, title, webhooks, now))
        }
        EditKey::NewFlexChannel => {
            let flows = model.lists.flows.first_rows();
            let flows: Vec<_> =
                flows.iter().filter_map(|&flow| model.entities.flow(flow)).collect();
            let pointed_at = match model.path.focus() {
                Place::Flows => model.lists.flows.cursor(),
                _ => None,
            };
            Draft::new_flex_channel(&flows, pointed_at, now)
        }
        EditKey::FlexChannel(_) => None,
    }
}

/// Starts from what is stored and sets aside what was typed; with nothing typed since, brings that back.
pub fn start_over(model: &mut Model) {
    let Some(Overlay::Form(mut draft)) = model.overlay.take() else { return };
    let (form, words) = if draft.is_dirty() {
        match blank(model, draft.key) {
            Some(mut fresh) => {
                // What was set aside before comes back first, and then this.
                let mut aside = draft.set_aside.take();
                last(&mut aside).replace(draft);
                fresh.set_aside = aside;
                (Box::new(fresh), "started over; F5 again brings back what was typed, Esc drops it")
            }
            None => (draft, "there is nothing stored to start from"),
        }
    } else {
        match draft.set_aside.take() {
            Some(typed) => (typed, "what was typed is back"),
            None => (draft, "nothing was typed yet"),
        }
    };
    model.overlay = Some(Overlay::Form(form));
    model.notices.say(model.now, Tone::Info, words);
}

/// The end of what is set aside, one text behind the other.
fn last(mut aside: &mut Option<Box<Draft>>) -> &mut Option<Box<Draft>> {
    while aside.is_some() {
        aside = match aside {
            Some(draft) => &mut draft.set_aside,
            None => break,
        };
    }
    aside
}

/// Leaves a form; what was typed is kept.
pub fn leave(model: &mut Model, draft: Draft) {
    if draft.undoes.is_some() {
        model.notices.say(model.now, Tone::Info, "not taken back");
        return;
    }
    if draft.is_dirty() {
        let key = if draft.is_new() { "a" } else { "e" };
        let text = format!("not saved; {key} brings back what was typed");
        model.notices.say(model.now, Tone::Info, text);
    }
    if draft.holds_typed() {
        model.drafts.insert(draft.key, draft);
    }
}

/// Sends the open form's changed fields, if they may be sent.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(mut draft)) = model.overlay.take() else { return Vec::new() };
    if let Some((at, why)) = draft.first_error() {
        draft.at = at;
        let label = draft.fields.get(at).map_or("", |field| field.name.label());
        model.notices.say(model.now, Tone::Bad, format!("not saved: {label}: {why}"));
        model.overlay = Some(Overlay::Form(draft));
        return Vec::new();
    }
    if !draft.is_dirty() {
        let text = if draft.is_new() {
            "nothing was typed, nothing was sent"
        } else {
            "nothing was changed, nothing was sent"
        };
        model.notices.say(model.now, Tone::Info, text);
        return Vec::new();
    }
    if model.entities.edit(draft.key).is_some() {
        model.notices.say(model.now, Tone::Bad, "not saved: the last change is still being saved");
        model.overlay = Some(Overlay::Form(draft));
        return Vec::new();
    }
    let Some(sent) = draft.sent() else { return Vec::new() };
    draft.problem = None;
    let (key, webhooks) = (draft.key, draft.webhooks.unwrap_or_default());
    send(model, key, sent, webhooks, Origin::Form(draft))
}

/// Answers what lies over the panes: a question, or the last look before a write.
pub fn decide(model: &mut Model, answer: Action) -> Vec<Effect> {
    if review::is_unseen(model) {
        let text = "this has only just come up: look first, then press it again";
        model.notices.say(model.now, Tone::Warn, text);
        return Vec::new();
    }
    match (answer, &model.overlay) {
        (Action::MineOnly, _) => review::save(model, Side::Mine),
        (Action::TakeTheirs, _) => {
            review::take_theirs(model);
            Vec::new()
        }
        (Action::Confirm, Some(Overlay::Review(_))) => review::save(model, Side::Merged),
        (Action::Confirm, Some(Overlay::Confirm(_))) => confirm::decide(model),
        _ => Vec::new(),
    }
}

/// Shows what a form would change before it is saved.
pub(super) fn review(model: &mut Model, draft: Box<Draft>, compared: Vec<Compared>) {
    review::show(model, draft, compared);
}

/// Switches whether webhooks are told of what the open form or question would write.
pub fn switch_webhooks(model: &mut Model) {
    if let Some(Overlay::Plan(proposal)) = &mut model.overlay {
        proposal.switch_webhooks();
        return;
    }
    let webhooks = match &mut model.overlay {
        Some(Overlay::Form(draft)) => &mut draft.webhooks,
        Some(Overlay::Confirm(confirm)) => &mut confirm.webhooks,
        Some(Overlay::Review(review)) => &mut review.draft.webhooks,
        _ => return,
    };
    *webhooks = webhooks.map(Webhooks::switched);
}

/// Mutes the membership under the cursor, or unmutes it.
pub fn mute(model: &mut Model) -> Vec<Effect> {
    let Some(key) = model.membership_at(model.path.focus()) else { return Vec::new() };
    let Some(membership) = model.entities.membership(key) else { return Vec::new() };
    let level = match membership.notification_level {
        NotificationLevel::Muted => NotificationLevel::Default,
        _ => NotificationLevel::Muted,
    };
    let patch = MembershipPatch { notification_level: Some(level), ..MembershipPatch::default() };
    let sent = Sent::Membership(patch);
    send(model, EditKey::Membership(key), sent, model.webhooks, Origin::Key)
}
