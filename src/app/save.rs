//! Writing. A change is laid over the confirmed value at once, marked pending, and becomes true or goes away by the
//! server's answer. What was typed is given back whenever it was not saved.

mod outcome;

pub use self::outcome::{answered, verified};
use crate::api::chat::{
    channels::ChannelPatch,
    memberships::{MembershipPatch, NotificationLevel},
};
use crate::app::{
    effect::Effect,
    entities::{Edit, MembershipKey, Patch},
    form::{Draft, FieldName},
    model::{Model, Overlay},
    notice::Tone,
    places::{channel, channels, memberships},
    ticket::{EditKey, Lane},
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
    let kept = model.drafts.remove(&key);
    if let Some(draft) = &kept {
        let at = draft.opened_at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string();
        let text = format!("what was typed at {at} and not saved is back; F5 starts over");
        model.notices.say(model.now, Tone::Info, text);
    }
    if let Some(draft) = kept.or_else(|| blank(model, key)) {
        model.overlay = Some(Overlay::Form(Box::new(draft)));
    }
    match (key, focus.service()) {
        (EditKey::Channel(sid), Some(service)) => channel::ask(model, service, sid),
        _ => Vec::new(),
    }
}

/// Holds the open form against what is confirmed now. A form in which nothing was typed follows it, another says so.
pub fn keep_up(model: &mut Model) {
    let Some(Overlay::Form(draft)) = &mut model.overlay else { return };
    draft.compare(&model.entities);
    if !draft.changed_elsewhere || draft.is_dirty() {
        return;
    }
    let (key, at, set_aside) = (draft.key, draft.at, draft.set_aside.take());
    if let Some(mut fresh) = blank(model, key) {
        (fresh.at, fresh.set_aside) = (at, set_aside);
        model.overlay = Some(Overlay::Form(Box::new(fresh)));
    }
}

/// A form over what is confirmed now.
fn blank(model: &Model, key: EditKey) -> Option<Draft> {
    match key {
        EditKey::Channel(sid) => {
            Some(Draft::channel(model.entities.confirmed_channel(sid)?, model.now))
        }
        EditKey::Membership(key) => {
            let membership = model.entities.confirmed_membership(key)?;
            let title = format!("Edit membership of {}", memberships::title(&model.entities, key));
            Some(Draft::membership(membership.service_sid, membership, title, model.now))
        }
    }
}

/// Starts from what is stored and sets aside what was typed; with nothing typed since, brings that back.
pub fn start_over(model: &mut Model) {
    let Some(Overlay::Form(mut draft)) = model.overlay.take() else { return };
    let (form, words) = if draft.is_dirty() {
        match blank(model, draft.key) {
            Some(mut fresh) => {
                draft.set_aside = None;
                fresh.set_aside = Some(draft);
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

/// Leaves a form; what was typed is kept.
pub fn leave(model: &mut Model, draft: Draft) {
    if draft.is_dirty() {
        model.notices.say(model.now, Tone::Info, "not saved; e brings back what was typed");
        model.drafts.insert(draft.key, draft);
    }
}

/// Sends the open form's changed fields, if they may be sent.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Form(mut draft)) = model.overlay.take() else { return Vec::new() };
    if let Some(at) = draft.first_error() {
        draft.at = at;
        model.notices.say(model.now, Tone::Bad, "not saved: the attributes are not valid JSON yet");
        model.overlay = Some(Overlay::Form(draft));
        return Vec::new();
    }
    if !draft.is_dirty() {
        model.notices.say(model.now, Tone::Info, "nothing was changed, nothing was sent");
        return Vec::new();
    }
    if model.entities.edit(draft.key).is_some() {
        model.notices.say(model.now, Tone::Bad, "not saved: the last change is still being saved");
        model.overlay = Some(Overlay::Form(draft));
        return Vec::new();
    }
    draft.problem = None;
    match draft.key {
        EditKey::Channel(channel) => {
            let patch = ChannelPatch {
                friendly_name: draft.changed(FieldName::FriendlyName),
                unique_name: draft.changed(FieldName::UniqueName),
                attributes: draft.changed(FieldName::Attributes),
                ..ChannelPatch::default()
            };
            let label = channels::title_of(&model.entities, channel);
            let service = draft.service;
            let ticket = model.tickets.issue(Lane::Write(draft.key));
            let edit = Edit {
                ticket,
                patch: Patch::Channel(patch.clone()),
                service,
                label,
                draft: Some(draft),
                lost: None,
            };
            let begun = model.entities.begin(EditKey::Channel(channel), edit);
            begun.map(|()| Effect::SaveChannel { ticket, service, channel, patch })
        }
        EditKey::Membership(key) => {
            let level = draft.changed(FieldName::NotificationLevel).unwrap_or_default();
            send_level(model, key, level_of(&level), Some(draft))
        }
    }
    .into_iter()
    .collect()
}

fn level_of(word: &str) -> NotificationLevel {
    match word {
        "muted" => NotificationLevel::Muted,
        _ => NotificationLevel::Default,
    }
}

/// Mutes the membership under the cursor, or unmutes it.
pub fn mute(model: &mut Model) -> Vec<Effect> {
    let Some(key) = model.membership_at(model.path.focus()) else { return Vec::new() };
    let Some(membership) = model.entities.membership(key) else { return Vec::new() };
    let level = match membership.notification_level {
        NotificationLevel::Muted => NotificationLevel::Default,
        _ => NotificationLevel::Muted,
    };
    send_level(model, key, level, None).into_iter().collect()
}

fn send_level(
    model: &mut Model,
    key: MembershipKey,
    level: NotificationLevel,
    draft: Option<Box<Draft>>,
) -> Option<Effect> {
    let service = model.entities.confirmed_membership(key)?.service_sid;
    let patch = MembershipPatch { notification_level: Some(level), ..MembershipPatch::default() };
    let ticket = model.tickets.issue(Lane::Write(EditKey::Membership(key)));
    let edit = Edit {
        ticket,
        patch: Patch::Membership(patch.clone()),
        service,
        label: memberships::title(&model.entities, key),
        draft,
        lost: None,
    };
    model.entities.begin(EditKey::Membership(key), edit)?;
    Some(Effect::SaveMembership { ticket, service, key, patch })
}
