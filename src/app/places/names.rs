//! Names that rows are labelled with but do not carry: joined from what is known, and fetched for the rows in view (for
//! all rows while they are filtered), a few at a time, each once.

use crate::api::{chat::services::Service, sid::Sid};
use crate::app::{
    effect::Effect,
    model::Model,
    place::Place,
    places::{channel, flex, memberships, users},
    remote::Remote,
    ticket::Lane,
};

/// How many names are fetched at once.
const AT_ONCE: usize = 4;

/// What a row takes a name from, and the service it lies in.
pub(super) type Wanted = (Sid<Service>, Lane);

/// Asks for the names that the rows in view lack.
pub fn name_rows(model: &mut Model, place: Place) -> Vec<Effect> {
    let is_name = |lane: &Lane| matches!(lane, Lane::Channel(_) | Lane::User(_));
    let in_flight =
        model.fetches.iter().filter(|(lane, fetch)| is_name(lane) && fetch.is_loading()).count();
    // A filter can only see names that are known, so it needs them all.
    let all = model.rows(place).is_some_and(|rows| !rows.filter().is_empty());
    let wanted: Box<dyn Iterator<Item = Wanted> + '_> = match place {
        Place::Memberships(service, user) => {
            Box::new(memberships::names(model, service, user, all))
        }
        Place::Flex => Box::new(flex::names(model, all)),
        _ => return Vec::new(),
    };
    let lacking: Vec<Wanted> = wanted
        .filter(|(_, lane)| !is_known(model, *lane) && !model.named.contains(lane))
        .take(AT_ONCE.saturating_sub(in_flight))
        .collect();
    let mut effects = Vec::new();
    for (service, lane) in lacking {
        model.named.insert(lane);
        match lane {
            Lane::Channel(sid) => effects.extend(channel::ask(model, service, sid)),
            Lane::User(sid) => effects.extend(users::ask_one(model, service, sid)),
            _ => {}
        }
    }
    effects
}

/// How many rows a filter cannot judge yet, because the names they are shown by are not known.
pub fn unseen(model: &Model, place: Place) -> usize {
    if model.rows(place).is_none_or(|rows| rows.filter().is_empty()) {
        return 0;
    }
    match place {
        Place::Memberships(_, user) => memberships::unseen(model, user),
        Place::Flex => flex::unseen(model),
        _ => 0,
    }
}

fn is_known(model: &Model, lane: Lane) -> bool {
    match lane {
        Lane::Channel(sid) => model.entities.confirmed_channel(sid).is_some(),
        Lane::User(sid) => model.entities.user(sid).is_some(),
        _ => true,
    }
}

/// Filters anew the lists whose rows may be called differently now.
pub(super) fn learnt(model: &mut Model) {
    let Model { lists, entities, .. } = model;
    for list in lists.memberships.values_mut() {
        refilter(list, entities);
    }
    for list in lists.invites.values_mut() {
        refilter(list, entities);
    }
    refilter(&mut lists.flex, entities);
}

fn refilter(rows: &mut dyn crate::app::list::Rows, entities: &crate::app::entities::Entities) {
    if !rows.filter().is_empty() {
        rows.refilter(entities);
    }
}

/// Whether nothing more is to be learnt of a single resource, because the server does not know it.
pub fn is_gone(model: &Model, lane: Lane) -> bool {
    let problem = model.fetches.get(&lane).and_then(Remote::problem);
    problem.is_some_and(|problem| problem.kind == crate::app::notice::ProblemKind::Gone)
}
