//! Going from place to place: deeper, back, across.

use crate::app::{
    action::Action,
    effect::Effect,
    list::{Ask, List},
    model::Model,
    place::Place,
    places::{self, flex_channel, flows, found, users},
};

/// Whether a wish leads from place to place by a step.
pub(in crate::app) const fn is_walk(action: Action) -> bool {
    matches!(
        action,
        Action::Open
            | Action::Back
            | Action::Peel
            | Action::ViewChannels
            | Action::ViewUsers
            | Action::ViewMembers
            | Action::ViewMessages
            | Action::ViewInvites
            | Action::ViewRoles
            | Action::ViewFlex
            | Action::ViewFlows
            | Action::ViewJournal
            | Action::ViewJobs
            | Action::NextPane
            | Action::PrevPane
            | Action::Inspect
    )
}

pub(super) fn walk(model: &mut Model, action: Action) -> Vec<Effect> {
    let focus = model.path.focus();
    match action {
        Action::Open => return open(model),
        Action::NextPane => match focus {
            Place::Channel(service, channel) => model.path.enter(Place::Members(service, channel)),
            Place::Attributes(..) | Place::Message(..) | Place::Role(..) => {}
            _ => return open(model),
        },
        Action::Back | Action::PrevPane => back(model),
        Action::Peel => peel(model),
        Action::ViewChannels | Action::ViewUsers => {
            if let Some(service) = model.service_at(focus) {
                let channels = action == Action::ViewChannels;
                let view = if channels { Place::Channels(service) } else { Place::Users(service) };
                model.path.jump(view);
            }
        }
        Action::ViewRoles => {
            if let Some(service) = model.service_at(focus) {
                model.path.jump(Place::Roles(service));
            }
        }
        Action::ViewFlex => model.path.jump(Place::Flex),
        Action::ViewFlows => model.path.jump(Place::Flows),
        Action::ViewJournal => return journal(model),
        Action::ViewJobs => return jobs(model),
        Action::ViewMembers | Action::ViewMessages | Action::ViewInvites => {
            if let Some((service, channel)) = model.chat_channel_at(focus) {
                model.path.enter(match action {
                    Action::ViewMembers => Place::Members(service, channel),
                    Action::ViewMessages => Place::Messages(service, channel),
                    _ => Place::Invites(service, channel),
                });
            }
        }
        Action::Inspect => inspect(model),
        _ => {}
    }
    model.moved_at = None;
    Vec::new()
}

/// The journal grows with every write, so it is read again whenever it is gone to.
fn journal(model: &mut Model) -> Vec<Effect> {
    model.moved_at = None;
    model.path.look_at(Place::Journal);
    places::ask(model, Place::Journal, Ask::First)
}

/// So are the jobs: the ledger is of all consoles.
fn jobs(model: &mut Model) -> Vec<Effect> {
    model.moved_at = None;
    model.path.look_at(Place::Jobs);
    places::ask(model, Place::Jobs, Ask::First)
}

fn open(model: &mut Model) -> Vec<Effect> {
    let focus = model.path.focus();
    model.moved_at = None;
    let deeper = match focus {
        Place::Services => model.lists.services.cursor().map(Place::Channels),
        Place::Channels(service) | Place::Memberships(service, _) => {
            model.channel_at(focus).map(|channel| Place::Channel(service, channel))
        }
        Place::Users(service) => model.user_at(focus).map(|user| Place::Memberships(service, user)),
        Place::Members(..) | Place::Invites(..) => return users::open_person(model),
        Place::Messages(service, channel) => {
            let message = model.lists.messages.get(&channel).and_then(List::cursor);
            message.map(|message| Place::Message(service, channel, message))
        }
        Place::Roles(service) => {
            let role = model.lists.roles.get(&service).and_then(List::cursor);
            role.map(|role| Place::Role(service, role))
        }
        Place::Flex => model.lists.flex.cursor().map(|key| Place::FlexChannel(key.0)),
        Place::FlexChannel(channel) => flex_channel::leads_to(model, channel),
        Place::Flows => flows::service_at_cursor(model).map(Place::Channels),
        Place::Journal => model.lists.journal.cursor().map(Place::JournalEntry),
        Place::Found => found::at_cursor(model).and_then(|hit| hit.place(&model.entities)),
        Place::Jobs => model.lists.jobs.cursor().map(Place::Job),
        Place::Job(_) => return places::job::open(model),
        Place::Channel(..)
        | Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::JournalEntry(_) => None,
    };
    let Some(place) = deeper else { return Vec::new() };
    model.path.enter(place);
    match place {
        // What the list knows of the channel may be old.
        Place::Channel(..) | Place::FlexChannel(_) | Place::Job(_) => {
            places::ask(model, place, Ask::First)
        }
        _ => Vec::new(),
    }
}

pub(super) fn back(model: &mut Model) {
    let left = model.path.focus();
    if model.opening.take().is_some() || !model.path.leave() {
        return;
    }
    // Who came by an address stands on what was open, not on the first row.
    if let (Place::Channel(_, channel), Place::Channels(service)) = (left, model.path.focus())
        && let Some(row) = model.entities.channel_row(channel)
        && let Some(list) = model.lists.channels.get_mut(&service)
    {
        list.point_at(row);
    } else if let Some(service) = left.service()
        && model.path.focus() == Place::Services
    {
        model.lists.services.point_at(service);
    }
}

fn peel(model: &mut Model) {
    let focus = model.path.focus();
    if let Some(rows) = model.lists.rows_mut(focus).filter(|rows| rows.marked() > 0) {
        rows.clear_marks();
        return;
    }
    if model.rows(focus).is_some_and(|rows| !rows.filter().is_empty()) {
        // Nothing is wrong with an empty filter.
        let _ = model.filter(focus, "");
        return;
    }
    if let Some(tree) = Model::subject(focus).and_then(|of| model.trees.get_mut(&of))
        && !tree.search_text().is_empty()
    {
        tree.clear_search();
        return;
    }
    back(model);
}

fn inspect(model: &mut Model) {
    let focus = model.path.focus();
    if matches!(focus, Place::Attributes(..)) {
        model.path.leave();
        return;
    }
    if let Some((service, subject)) = model.subject_at(focus) {
        model.path.enter(Place::Attributes(service, subject));
    }
}
