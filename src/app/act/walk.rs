//! Going from place to place: deeper, back, across.

use crate::app::{
    action::Action,
    effect::Effect,
    list::Ask,
    model::Model,
    place::{Place, Subject},
    places,
};

pub(super) fn walk(model: &mut Model, action: Action) -> Vec<Effect> {
    let focus = model.path.focus();
    match action {
        Action::Open => return open(model),
        Action::NextPane => match focus {
            Place::Channel(service, channel) => model.path.enter(Place::Members(service, channel)),
            Place::Attributes(..) => {}
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
        Action::ViewMembers => {
            if let (Some(service), Some(channel)) = (focus.service(), model.channel_at(focus)) {
                model.path.enter(Place::Members(service, channel));
            }
        }
        Action::Inspect => inspect(model),
        _ => {}
    }
    model.moved_at = None;
    Vec::new()
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
        Place::Members(..) => return places::members::open(model),
        Place::Channel(..) | Place::Attributes(..) => None,
    };
    let Some(place) = deeper else { return Vec::new() };
    model.path.enter(place);
    match place {
        // What the list knows of the channel may be old.
        Place::Channel(..) => places::ask(model, place, Ask::First),
        _ => Vec::new(),
    }
}

pub(super) fn back(model: &mut Model) {
    if model.opening.take().is_none() {
        model.path.leave();
    }
}

fn peel(model: &mut Model) {
    let focus = model.path.focus();
    if let Some(rows) = model.lists.rows_mut(focus)
        && !rows.filter().is_empty()
    {
        rows.set_filter("", &model.entities);
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
    let Some(service) = focus.service() else { return };
    let subject = match focus {
        Place::Users(_) => model.user_at(focus).map(Subject::User),
        _ => model.channel_at(focus).map(Subject::Channel),
    };
    if let Some(subject) = subject {
        model.path.enter(Place::Attributes(service, subject));
    }
}
