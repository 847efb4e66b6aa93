//! What the panes beyond the focus show: the cursor leads, and after a short rest the panes follow. Called at the end
//! of every update; asks only for what can be seen.

use jiff::SignedDuration;

use crate::app::{
    contact,
    effect::Effect,
    layout::{self, Class},
    model::{Model, Overlay, Session},
    place::{Place, Subject},
    places::{self, flex_channel, flows, found, job, names, services, users},
    reading, save,
};

/// How long the cursor rests before the panes follow it.
pub const REST: SignedDuration = SignedDuration::from_millis(120);
const DEEPEST: usize = 2;
const TREES_KEPT: usize = 100;

/// Lets the panes follow, asks for what they lack, and keeps every cursor in view.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    if !matches!(model.session, Session::Open(_)) || layout::is_too_small(model.size) {
        return Vec::new();
    }
    let rested = model.moved_at.is_none_or(|moved| model.now.duration_since(moved) >= REST);
    if rested {
        model.moved_at = None;
        model.previews = wanted(model);
    }
    let mut effects = Vec::new();
    // What a pane shows can bring forth a further one, so panes are asked for until nothing new appears.
    for _ in 0..=DEEPEST {
        effects.extend(ensure_visible(model));
        if !rested {
            break;
        }
        let next = wanted(model);
        if next == model.previews {
            break;
        }
        model.previews = next;
    }
    fit(model);
    effects.extend(name_visible(model));
    contact::watch(model);
    save::keep_up(model);
    effects
}

/// The chain of places that the cursors lead to, from the focus on.
fn wanted(model: &Model) -> Vec<Place> {
    if layout::class(model) == Class::One {
        return Vec::new();
    }
    let focus = model.path.focus();
    let mut chain = Vec::new();
    let mut at = focus;
    while chain.len() < DEEPEST {
        let Some(next) = leads_to(model, at) else { break };
        if model.path.places().contains(&next) || chain.contains(&next) {
            break;
        }
        chain.push(next);
        at = next;
    }
    chain
}

fn leads_to(model: &Model, place: Place) -> Option<Place> {
    match place {
        Place::Services => model.lists.services.cursor().map(Place::Channels),
        Place::Channels(service) | Place::Memberships(service, _) => {
            model.channel_at(place).map(|channel| Place::Channel(service, channel))
        }
        Place::Users(service) | Place::Members(service, _) | Place::Invites(service, _) => {
            model.user_at(place).map(|user| Place::Memberships(service, user))
        }
        Place::Channel(service, channel) => Some(Place::Members(service, channel)),
        Place::Messages(service, channel) => {
            let message = model.lists.messages.get(&channel)?.cursor()?;
            Some(Place::Message(service, channel, message))
        }
        Place::Roles(service) => {
            Some(Place::Role(service, model.lists.roles.get(&service)?.cursor()?))
        }
        Place::Flex => model.lists.flex.cursor().map(|key| Place::FlexChannel(key.0)),
        Place::FlexChannel(channel) => flex_channel::leads_to(model, channel),
        Place::Flows => flows::service_at_cursor(model).map(Place::Channels),
        Place::Journal => model.lists.journal.cursor().map(Place::JournalEntry),
        Place::Found => found::at_cursor(model)?.place(&model.entities),
        Place::Jobs => model.lists.jobs.cursor().map(Place::Job),
        Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::JournalEntry(_)
        | Place::Job(_) => None,
    }
}

fn ensure_visible(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    for pane in layout::screen(model).panes {
        effects.extend(places::ensure(model, pane.place));
        match (pane.place, pane.place.rests_on()) {
            // Of its members a channel shows the first.
            (Place::Channel(..), Some(members)) => effects.extend(places::ensure(model, members)),
            (_, Some(list)) => effects.extend(places::ensure_whole(model, list)),
            (_, None) => {}
        }
        if let Place::FlexChannel(channel) = pane.place {
            effects.extend(flex_channel::ensure_parts(model, channel));
        }
        if pane.focused
            && layout::class(model) != Class::One
            && model.moved_at.is_none()
            && model.user_at(pane.place).is_none()
            && let (Some(service), Some(person)) =
                (pane.place.service(), model.person_at(pane.place))
            && !users::was_asked(model, person)
        {
            effects.extend(users::ask_person(model, service, person));
        }
    }
    // Names in the breadcrumb, for a path that starts inside a service.
    for place in model.path.places().to_vec() {
        match place {
            Place::Channels(service) | Place::Users(service) | Place::Roles(service) => {
                effects.extend(services::ensure_one(model, service));
            }
            Place::Memberships(service, user) => {
                effects
                    .extend(places::ensure(model, Place::Attributes(service, Subject::User(user))));
            }
            _ => {}
        }
    }
    effects
}

/// Tells every visible list and tree its height, and every visible tree its text.
fn fit(model: &mut Model) {
    let screen = layout::screen(model);
    for pane in &screen.panes {
        reading::clamp(model, pane.place, pane.area);
        let spread = usize::from(layout::shows_spread(model, pane));
        let spread = spread + usize::from(job::head(model, pane));
        if let Some(rows) = model.lists.rows_mut(pane.place) {
            rows.set_height(layout::list_height(pane.area).saturating_sub(spread));
        }
        let Some(subject) = Model::subject(pane.place) else { continue };
        let text = match subject {
            Subject::Channel(sid) => model.entities.channel(sid).map(|channel| channel.attributes),
            Subject::User(sid) => model.entities.user(sid).map(|user| user.attributes.clone()),
            Subject::Message(sid) => {
                model.entities.message(sid).map(|message| message.attributes.clone())
            }
        };
        let tree = model.trees.entry(subject).or_default();
        tree.load(text.as_ref().map_or("", |attributes| attributes.text()));
        let height = layout::tree_area(model, &screen, pane).map_or(0, |area| area.height);
        if let Some(tree) = model.trees.get_mut(&subject) {
            tree.set_height(usize::from(height));
        }
    }
    if let Some(Overlay::Form(draft)) = &mut model.overlay {
        for (at, row) in layout::form(model.size, draft).rows {
            if let Some(field) = draft.fields.get_mut(at) {
                field.keep_in_view(layout::text_height(row));
            }
        }
    }
    if model.trees.len() > TREES_KEPT {
        let kept: Vec<Subject> = model
            .path
            .places()
            .iter()
            .chain(&model.previews)
            .filter_map(|&place| Model::subject(place))
            .collect();
        model.trees.retain(|subject, _| kept.contains(subject));
    }
}

fn name_visible(model: &mut Model) -> Vec<Effect> {
    let panes = layout::screen(model).panes;
    panes.iter().flat_map(|pane| names::name_rows(model, pane.place)).collect()
}
