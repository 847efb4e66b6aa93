//! Names that rows are labelled with but do not carry: joined from what is known, and fetched for the rows in view (for
//! all rows while they are filtered), a few at a time, each once.

use crate::api::{
    chat::{channels::Channel, services::Service, users::User},
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::FlexKey,
    model::Model,
    notice::ProblemKind,
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
    let mut lacking: Vec<Wanted> = Vec::new();
    // A customer can write more than once.
    for it in wanted.filter(|(_, lane)| !is_known(model, *lane) && !model.named.contains(lane)) {
        if lacking.len() + in_flight >= AT_ONCE {
            break;
        }
        if !lacking.contains(&it) {
            lacking.push(it);
        }
    }
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

/// Whether the name is there already.
pub(super) fn is_known(model: &Model, lane: Lane) -> bool {
    match lane {
        Lane::Channel(sid) => model.entities.knows_channel(sid),
        Lane::User(sid) => model.entities.user(sid).is_some(),
        _ => true,
    }
}

/// What rows may be called by now.
#[derive(Debug, Clone, Copy)]
pub(super) enum Learnt {
    Channel(Sid<Channel>),
    User(Sid<User>),
    Flows,
    Roles,
}

/// Filters anew what may be called differently now; a name that came is judged alone, for thousands can come.
pub(super) fn learnt(model: &mut Model, what: Learnt) {
    let Model { lists, entities, .. } = model;
    match what {
        Learnt::Channel(sid) => {
            for list in lists.memberships.values_mut() {
                list.rejudge(|key| key.channel == sid, entities);
            }
            lists.flex.rejudge(|key| key.0 == sid, entities);
        }
        Learnt::User(sid) => {
            let is_theirs = |key: FlexKey| {
                entities.flex_channel(key.0).is_some_and(|flex| flex.user_sid == Some(sid))
            };
            lists.flex.rejudge(is_theirs, entities);
        }
        Learnt::Flows => lists.flex.rejudge(|_| true, entities),
        Learnt::Roles => {
            for list in lists.invites.values_mut() {
                list.rejudge(|_| true, entities);
            }
        }
    }
}

/// Whether nothing more is to be learnt of a single resource, because the server does not know it.
pub fn is_gone(model: &Model, lane: Lane) -> bool {
    let problem = model.fetches.get(&lane).and_then(Remote::problem);
    problem.is_some_and(|problem| problem.kind == ProblemKind::Gone)
}
