//! Which wishes make sense now. Asked before acting and by the footer alike, so that no dead key is shown.

use std::borrow::Cow;

use crate::app::{
    action::Action,
    model::{Model, Overlay},
    place::{Place, Subject},
    places::{flex_channel, flows},
    ticket::EditKey,
};

/// Why a wish cannot be granted here and now; `None` when it can.
pub fn refusal(model: &Model, action: Action) -> Option<Cow<'static, str>> {
    match (action, model.path.focus()) {
        (Action::Open, Place::FlexChannel(channel)) => {
            flex_channel::refusal(model, channel).map(Cow::Owned)
        }
        _ => rule(model, action).map(Cow::Borrowed),
    }
}

fn rule(model: &Model, action: Action) -> Option<&'static str> {
    let focus = model.path.focus();
    match action {
        Action::Open if matches!(focus, Place::Flows) && flows::names_no_service(model) => {
            Some("this flow names no chat service")
        }
        Action::Open => {
            let rows = model.rows(focus);
            let empty = rows.is_none_or(|rows| rows.shown() == 0);
            let reading = rows.is_some_and(|rows| rows.extent().is_loading());
            let words = if reading { READING } else { "there is no row to open" };
            empty.then_some(words)
        }
        Action::Mute => mute(model, focus),
        Action::Edit if is_only_read(focus) => Some(EDITABLE),
        Action::Edit => edit(model, focus),
        Action::Inspect => {
            let there = matches!(focus, Place::Attributes(..)) || model.subject_at(focus).is_some();
            (!there).then_some(
                "there are no attributes here; they belong to channels, users and messages",
            )
        }
        Action::ViewMembers if matches!(focus, Place::Members(..)) => Some(HERE),
        Action::ViewMessages if matches!(focus, Place::Messages(..)) => Some(HERE),
        Action::ViewInvites if matches!(focus, Place::Invites(..)) => Some(HERE),
        Action::ViewRoles if matches!(focus, Place::Roles(_)) => Some(HERE),
        Action::ViewFlex if focus == Place::Flex => Some(HERE),
        Action::ViewFlows if focus == Place::Flows => Some(HERE),
        Action::ViewMembers => {
            of_channel(model, "members belong to a channel; open or point at one first")
        }
        Action::ViewMessages => {
            of_channel(model, "messages belong to a channel; open or point at one first")
        }
        Action::ViewInvites => {
            of_channel(model, "invites belong to a channel; open or point at one first")
        }
        Action::ViewChannels if matches!(focus, Place::Channels(_)) => Some(HERE),
        Action::ViewUsers if matches!(focus, Place::Users(_)) => Some(HERE),
        Action::ViewChannels | Action::ViewUsers | Action::ViewRoles => {
            model.service_at(focus).is_none().then_some("open a service first")
        }
        Action::Toggle | Action::Search => {
            let tree = Model::subject(focus).and_then(|of| model.trees.get(&of));
            tree.is_none_or(|tree| tree.row_count() == 0)
                .then_some("there are no attributes to look into")
        }
        Action::Save | Action::Revert if !matches!(model.overlay, Some(Overlay::Form(_))) => {
            Some("there is nothing to save")
        }
        Action::Save => model.contact.refused.is_some().then_some(REFUSED),
        Action::SearchNext | Action::SearchPrev => {
            let tree = Model::subject(focus).and_then(|of| model.trees.get(&of));
            tree.is_none_or(|tree| tree.search_text().is_empty())
                .then_some("nothing is searched for; `/` searches")
        }
        _ => None,
    }
}

fn of_channel(model: &Model, otherwise: &'static str) -> Option<&'static str> {
    model.chat_channel_at(model.path.focus()).is_none().then_some(otherwise)
}

/// Whether what is shown there has no form.
fn is_only_read(place: Place) -> bool {
    matches!(
        place,
        Place::Messages(..)
            | Place::Message(..)
            | Place::Attributes(_, Subject::Message(_))
            | Place::Invites(..)
            | Place::Roles(_)
            | Place::Role(..)
            | Place::Flex
            | Place::FlexChannel(_)
            | Place::Flows
    )
}

const EDITABLE: &str = "channels and memberships can be edited; open or point at one first";
const HERE: &str = "you are there";
const REFUSED: &str = "the credentials were refused; r tries once more";
const READING: &str = "still reading";
const PENDING: &str = "the last change here is still being saved";

fn mute(model: &Model, focus: Place) -> Option<&'static str> {
    let Some(key) = model.membership_at(focus) else {
        let reading = model.rows(focus).is_some_and(|rows| rows.extent().is_loading());
        return Some(if reading && matches!(focus, Place::Memberships(..)) {
            READING
        } else {
            "only a membership can be muted; open a user's memberships first"
        });
    };
    if model.contact.refused.is_some() {
        return Some(REFUSED);
    }
    model.entities.edit(EditKey::Membership(key)).is_some().then_some(PENDING)
}

fn edit(model: &Model, focus: Place) -> Option<&'static str> {
    if let Some(key) = model.membership_at(focus) {
        return model.entities.edit(EditKey::Membership(key)).is_some().then_some(PENDING);
    }
    match focus {
        Place::Members(..) | Place::Users(_) | Place::Services => Some(EDITABLE),
        _ => {
            let Some(channel) = model.channel_at(focus) else {
                return Some("there is no channel to edit");
            };
            if model.entities.confirmed_channel(channel).is_none() {
                return Some("the channel has not been read yet");
            }
            model.entities.edit(EditKey::Channel(channel)).is_some().then_some(PENDING)
        }
    }
}
