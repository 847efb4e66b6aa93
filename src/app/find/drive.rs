//! What a search asks for: a few lists, or services, at a time.

use super::{Search, Sought, Standing, is_open, parts, standing};
use crate::api::{chat::services::Service, sid::Sid};
use crate::app::{
    action::Action,
    effect::Effect,
    index,
    list::{Ask, Rows},
    model::Model,
    notice::{Problem, ProblemKind, Tone},
    place::Place,
    places::{self, services},
    remote::Remote,
    ticket::Lane,
};

/// So many lists, or services, are asked at once.
const AT_ONCE: usize = 3;

/// Asks for what is still to be searched.
pub(super) fn ask_for_more(model: &mut Model) -> Vec<Effect> {
    let Some(search) = &model.search else { return Vec::new() };
    if search.is_stopped || model.contact.refused.is_some() {
        return Vec::new();
    }
    let mut effects = Vec::new();
    let services = &model.lists.services;
    if let Some(how) = next_of(search, Place::Services, Some(services)) {
        effects.extend(ask(model, Place::Services, how));
    }
    effects.extend(match model.search.as_ref().map(|search| search.sought) {
        Some(Sought::Text) => lists(model),
        Some(_) => directly(model),
        None => Vec::new(),
    });
    effects
}

fn lists(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    let places = parts(model);
    let is_loading =
        |place: &&Place| model.rows(**place).is_some_and(|rows| rows.extent().is_loading());
    let mut loading = places.iter().filter(is_loading).count();
    for place in places {
        if loading >= AT_ONCE {
            break;
        }
        let Some(search) = &model.search else { break };
        let Some(how) = next_of(search, place, model.rows(place)) else { continue };
        let asked = ask(model, place, how);
        if asked.is_empty() {
            break;
        }
        loading += 1;
        effects.extend(asked);
    }
    effects
}

/// Which page of a list is to be asked for; none while one is awaited, at its end, or after it failed.
fn next_of(search: &Search, place: Place, rows: Option<&dyn Rows>) -> Option<Ask> {
    let Some(rows) = rows else { return Some(Ask::First) };
    let extent = rows.extent();
    let (anew, again) = (search.reread.contains(&place), search.retried.contains(&place));
    let failed = extent.problem().is_some() && !again && !anew;
    if extent.is_loading() || failed || (rows.is_complete() && !anew) {
        return None;
    }
    let more = extent.value().is_some_and(|extent| extent.next.is_some());
    Some(if more && !anew { Ask::More } else { Ask::First })
}

fn ask(model: &mut Model, place: Place, how: Ask) -> Vec<Effect> {
    let untouched = model.rows(place).is_none_or(|rows| rows.extent().is_untouched());
    let recalled = if untouched { index::recall(model, place) } else { None };
    let asked = places::ask(model, place, how);
    if let Some(search) = model.search.as_mut().filter(|_| !asked.is_empty()) {
        if search.reread.remove(&place) {
            search.anew.insert(place);
        }
        search.retried.remove(&place);
    }
    recalled.into_iter().chain(asked).collect()
}

/// Asks the services for what bears the sid.
fn directly(model: &mut Model) -> Vec<Effect> {
    let Some(sought) = model.search.as_ref().map(|search| search.sought) else {
        return Vec::new();
    };
    let is_loading =
        |(lane, fetch): (&Lane, &Remote<()>)| matches!(lane, Lane::Sought(_)) && fetch.is_loading();
    let loading = model.fetches.iter().filter(|&it| is_loading(it)).count();
    let unasked = |service: &Sid<Service>| {
        model.fetches.get(&Lane::Sought(*service)).is_none_or(Remote::is_untouched)
    };
    let services = model.lists.services.first_rows().iter().copied().filter(unasked);
    let services: Vec<_> = services.take(AT_ONCE.saturating_sub(loading)).collect();
    let one = |service| {
        let ticket = model.fetch(Lane::Sought(service))?;
        match sought {
            Sought::Channel(channel) => Some(Effect::FetchChannel { ticket, service, channel }),
            Sought::User(user) => Some(Effect::FetchUser { ticket, service, user }),
            Sought::Text => None,
        }
    };
    services.into_iter().filter_map(one).collect()
}

/// A service could not be asked for a sid.
pub(super) fn told(model: &mut Model, service: Sid<Service>, problem: &Problem) {
    if !matches!(problem.kind, ProblemKind::Gone | ProblemKind::Auth | ProblemKind::Offline) {
        let of = services::title(&model.entities, service);
        let (why, key) = (problem.sentence(), model.key(Action::Refresh));
        let text = format!("{of} could not be searched: {why}; {key} tries again");
        model.notices.say(model.now, Tone::Bad, text);
    }
}

/// Forgets what was asked directly.
pub(super) fn drop_direct(model: &mut Model) -> Vec<Effect> {
    let mut aborted = Vec::new();
    model.fetches.retain(|lane, fetch| {
        let is_direct = matches!(lane, Lane::Sought(_));
        if is_direct && fetch.is_loading() {
            aborted.push(Effect::Abort(*lane));
        }
        !is_direct
    });
    aborted
}

/// Gives up waiting for what is asked for the search.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    if model.search.is_none() || !is_open(model) {
        return Vec::new();
    }
    let mut aborted = Vec::new();
    for place in std::iter::once(Place::Services).chain(parts(model)) {
        if model.rows(place).is_some() && model.lists.rows_mut(place).is_some_and(Rows::cancel) {
            aborted.push(Effect::Abort(Lane::List(place)));
        }
    }
    for (lane, fetch) in &mut model.fetches {
        if matches!(lane, Lane::Sought(_)) && fetch.cancel() {
            aborted.push(Effect::Abort(*lane));
        }
    }
    // What was not answered is asked again when the search goes on.
    model.fetches.retain(|lane, fetch| !matches!(lane, Lane::Sought(_)) || !fetch.is_stopped());
    if let Some(search) = model.search.as_mut().filter(|_| !aborted.is_empty()) {
        search.is_stopped = true;
    }
    aborted
}

/// Goes on where it was stopped, tries again what failed, and where everything was searched searches anew. What is to be
/// asked for is asked at the end of the update.
pub fn refresh(model: &mut Model) {
    let Some(search) = &mut model.search else { return };
    let was_stopped = std::mem::take(&mut search.is_stopped);
    let failed = retry(model);
    let Some(search) = model.search.as_ref().filter(|_| !was_stopped && !failed) else { return };
    let services = model.lists.services.first_rows();
    let is_searched =
        |&it: &Sid<Service>| matches!(standing(model, search, it), Standing::Searched);
    if !services.iter().all(is_searched) {
        return;
    }
    let places = parts(model);
    if let Some(search) = &mut model.search {
        search.reread.extend(places);
        search.reread.insert(Place::Services);
        search.looked.clear();
        search.is_begun = false;
    }
    drop_direct(model);
}

/// Tries again what failed; false where nothing did.
pub fn retry(model: &mut Model) -> bool {
    let has_failed =
        |place: &Place| model.rows(*place).is_some_and(|rows| rows.extent().problem().is_some());
    let places = std::iter::once(Place::Services).chain(parts(model));
    let failed: Vec<Place> = places.filter(has_failed).collect();
    let mut some = !failed.is_empty();
    if let Some(search) = &mut model.search {
        search.retried.extend(failed);
    }
    model.fetches.retain(|lane, fetch| {
        let is_answered = fetch.problem().is_none_or(|it| it.kind == ProblemKind::Gone);
        let failed = matches!(lane, Lane::Sought(_)) && !is_answered;
        some |= failed;
        !failed
    });
    some
}
