//! Contact with the server: away and back, refused, held back. Answers of any kind are noted here first.

use jiff::{SignedDuration, Timestamp};

use crate::api::client::{Traffic, Waiting};
use crate::app::{
    auto,
    effect::Effect,
    layout,
    list::Ask,
    model::{Model, Overlay, Session},
    notice::{Problem, ProblemKind, Tone},
    place::{Place, Subject},
    places::{self, flex_channel},
    remote::Remote,
    ticket::{Lane, Reply},
};

/// Notes what an answer says about the contact.
pub fn heard<T>(model: &mut Model, reply: &Reply<T>) {
    match &reply.result {
        Ok(_) => back(model),
        Err(problem) => match problem.kind {
            ProblemKind::Offline => away(model, problem),
            ProblemKind::Auth => model.contact.refused = Some(problem.clone()),
            // Nobody has heard from the server.
            ProblemKind::OutcomeUnknown | ProblemKind::Bug => {}
            ProblemKind::Refused
            | ProblemKind::Gone
            | ProblemKind::Throttled
            | ProblemKind::NotUnderstood => back(model),
        },
    }
}

fn back(model: &mut Model) {
    let contact = &mut model.contact;
    if contact.away_since.take().is_some() {
        model.notices.say(model.now, Tone::Ok, "the server answers again");
    }
    // What failed and can be seen is still to be tried again.
    if !failed_on_screen(model) {
        (model.contact.tries, model.contact.retry_at) = (0, None);
    }
}

fn away(model: &mut Model, problem: &Problem) {
    let contact = &mut model.contact;
    if contact.away_since.is_none() {
        contact.away_since = Some(model.now);
        let text = format!("the server is away: {}; what is loaded stays", problem.sentence());
        model.notices.say(model.now, Tone::Bad, text);
    }
    try_again(model);
}

/// Plans the next try, each one later than the one before.
fn try_again(model: &mut Model) {
    let contact = &mut model.contact;
    contact.retry_at.get_or_insert_with(|| {
        let seconds = 2_i64.saturating_pow(contact.tries.min(5) + 1).min(30);
        model.now + SignedDuration::from_secs(seconds)
    });
}

/// Plans a try for what failed while nobody looked and has come into view.
pub fn watch(model: &mut Model) {
    if model.contact.retry_at.is_none()
        && model.contact.refused.is_none()
        && failed_on_screen(model)
    {
        try_again(model);
    }
}

fn failed_on_screen(model: &Model) -> bool {
    seen(model).into_iter().any(|place| failed_offline(model, place).is_some())
}

/// The places that can be seen, and the lists that they rest on.
fn seen(model: &Model) -> Vec<Place> {
    let mut seen = Vec::new();
    for pane in layout::screen(model).panes {
        for place in std::iter::once(pane.place).chain(pane.place.rests_on()) {
            if !seen.contains(&place) {
                seen.push(place);
            }
        }
    }
    seen
}

/// Notes a request's fate on the wire.
pub fn traffic(model: &mut Model, traffic: &Traffic) {
    match traffic {
        Traffic::Answered { millis, .. } => {
            model.contact.answered = Some((model.now, *millis));
            model.contact.waiting = None;
        }
        Traffic::Waiting { millis, why, .. } => {
            if matches!(why, Waiting::Throttled) {
                auto::throttled(model);
            }
            let why = match why {
                Waiting::Throttled => "Twilio busy",
                Waiting::Unavailable => "server in trouble",
                Waiting::Unreachable => "no contact",
            };
            let millis = i64::try_from(*millis).unwrap_or(i64::MAX);
            let until = model.now.saturating_add(SignedDuration::from_millis(millis));
            model.contact.waiting = until.ok().map(|until| (until, why));
        }
    }
}

/// Tries again what failed for want of contact, when its time has come.
pub fn retry(model: &mut Model) -> Vec<Effect> {
    let due = model.contact.retry_at.is_some_and(|at| at <= model.now);
    if !due || !matches!(model.session, Session::Open(_)) {
        return Vec::new();
    }
    model.contact.retry_at = None;
    model.contact.tries += 1;
    let Model { fetches, named, .. } = model;
    named.retain(|lane| !fetches.get(lane).is_some_and(|fetch| is_offline(fetch.problem())));
    let mut effects = Vec::new();
    for place in seen(model) {
        let Some(how) = failed_offline(model, place) else { continue };
        effects.extend(places::ask(model, place, how));
    }
    // Nothing on the screen failed, so nothing else would notice the server's return.
    if effects.is_empty() && model.contact.away_since.is_some() {
        let focus = model.path.focus();
        effects.extend(places::ask(model, focus, Ask::First));
    }
    effects
}

fn is_offline(problem: Option<&Problem>) -> bool {
    problem.is_some_and(|problem| problem.kind == ProblemKind::Offline)
}

fn failed_offline(model: &Model, place: Place) -> Option<Ask> {
    if let Some(rows) = model.rows(place) {
        let extent = rows.extent();
        let more = extent.value().is_some_and(|extent| extent.next.is_some());
        return is_offline(extent.problem()).then_some(if more { Ask::More } else { Ask::First });
    }
    let failed = |lane: &Lane| is_offline(model.fetches.get(lane).and_then(Remote::problem));
    let lanes = match (place, Model::subject(place)) {
        (Place::FlexChannel(channel), _) => flex_channel::lanes(model, channel),
        (_, Some(Subject::Channel(channel))) => vec![Lane::Channel(channel)],
        (_, Some(Subject::User(user))) => vec![Lane::User(user)],
        (_, Some(Subject::Message(_)) | None) => return None,
    };
    lanes.iter().any(failed).then_some(Ask::First)
}

/// When the clock must be told next, while something moves: waits, spinners, notices; else on the minute, for the
/// ages in the lists.
pub fn next_tick(model: &Model) -> SignedDuration {
    let loading = model.lists_loading() || model.fetches.values().any(Remote::is_loading);
    let until = |at: Timestamp| at.duration_since(model.now);
    let mut soonest = SignedDuration::from_secs(60);
    let mut consider = |wait: SignedDuration| {
        soonest = soonest.min(wait.max(SignedDuration::from_millis(10)));
    };
    let surveys = matches!(&model.overlay, Some(Overlay::Plan(plan)) if plan.reading.is_loading());
    if loading || surveys || model.entities.writes_out() > 0 {
        consider(SignedDuration::from_millis(120));
    }
    // So that the time that is left, and an end that was seen, are told anew.
    if model.jobs.live.is_some() {
        consider(SignedDuration::from_secs(1));
    }
    if let Some(moved) = model.moved_at {
        consider(until(moved) + crate::app::preview::REST);
    }
    if let Some(wait) = model.notices.leaves_in(model.now) {
        consider(wait);
    }
    if let Some(at) = crate::app::drafts::due(model) {
        consider(until(at));
    }
    if let Some(wait) = auto::due_in(model) {
        consider(wait);
    }
    if let Some(at) = model.contact.retry_at {
        consider(until(at).min(SignedDuration::from_secs(1)));
    }
    if let Some((at, _)) = model.contact.waiting {
        consider(until(at).min(SignedDuration::from_secs(1)));
    }
    soonest
}
