//! Lists that are read again by themselves, for as long as they can be seen. It waits while something lies over the
//! panes, is typed, or nobody looks at the terminal; it never asks for what is being read already; it slows down for a
//! server that is busy, and ends where the server says no.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::app::{
    action::Action,
    effect::Effect,
    layout,
    list::{Ask, Rows},
    model::{Model, Session},
    notice::{Problem, ProblemKind, Tone},
    place::Place,
    places,
};

/// A list with more rows than this would cost too many requests to be read again and again.
pub const LARGEST: usize = 2_000;
/// How often the rest is doubled, at most.
const SLOWEST: u32 = 4;

/// The lists that are read again by themselves.
#[derive(Debug)]
pub struct Auto {
    /// How long one rests between two readings.
    pub every: SignedDuration,
    watched: BTreeMap<Place, Watched>,
    /// Nobody looks at the terminal, as far as it tells.
    is_away: bool,
}

impl Default for Auto {
    fn default() -> Self {
        Self { every: SignedDuration::from_secs(30), watched: BTreeMap::new(), is_away: false }
    }
}

/// One of them.
#[derive(Debug)]
struct Watched {
    stage: Stage,
    /// Whether all of it was here before the reading that goes on.
    was_whole: bool,
    /// The server was too busy for a request of this reading.
    was_throttled: bool,
    /// How often the rest is doubled.
    slower: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Until then nothing is asked.
    Resting { until: Timestamp },
    /// Somebody asked, and the answer is on its way.
    Reading,
}

/// How it goes with a list, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// It is read again after so long.
    Every { rest: SignedDuration, is_slowed: bool },
    /// It is being read.
    Reading,
    /// It waits until somebody looks at the terminal.
    Away,
}

impl Auto {
    /// The same for another account: nothing is watched there yet.
    pub fn like(other: &Self) -> Self {
        Self { every: other.every, is_away: other.is_away, ..Self::default() }
    }

    fn rest(&self, watched: &Watched) -> SignedDuration {
        self.every.saturating_mul(1 << watched.slower.min(SLOWEST))
    }

    /// Whether no list is read again by itself.
    pub fn is_off(&self) -> bool {
        self.watched.is_empty()
    }

    /// How it goes with a list; nothing where it is not watched.
    pub fn told(&self, place: Place) -> Option<Telling> {
        let watched = self.watched.get(&place)?;
        Some(match watched.stage {
            Stage::Reading => Telling::Reading,
            Stage::Resting { .. } if self.is_away => Telling::Away,
            Stage::Resting { .. } => {
                Telling::Every { rest: self.rest(watched), is_slowed: watched.slower > 0 }
            }
        })
    }

    /// Whether a list is being read again that was all here before: the rows that show are still whole.
    pub fn is_quiet(&self, place: Place) -> bool {
        let watched = self.watched.get(&place);
        watched.is_some_and(|it| it.was_whole && it.stage == Stage::Reading)
    }
}

/// Why the list in focus cannot be read again by itself.
pub fn refusal(model: &Model) -> Option<String> {
    let focus = model.path.focus();
    if model.auto.watched.contains_key(&focus) {
        return None;
    }
    let Some(rows) = model.rows(focus).filter(|_| focus != Place::Found) else {
        let key = model.key(Action::Refresh);
        return Some(format!("only a list can be read again by itself; {key} reads once"));
    };
    if model.contact.refused.is_some() {
        let key = model.key(Action::Refresh);
        return Some(format!("the credentials were refused; {key} tries once more"));
    }
    too_large(model, rows)
}

/// Why a list costs too much.
fn too_large(model: &Model, rows: &dyn Rows) -> Option<String> {
    let key = model.key(Action::Refresh);
    let words = "with more than 2,000 rows it would cost too many requests";
    (rows.loaded() > LARGEST)
        .then(|| format!("not read again by itself: {words}; {key} reads once"))
}

/// Begins to watch the list in focus, or ends that.
pub fn toggle(model: &mut Model) {
    let (focus, now) = (model.path.focus(), model.now);
    if model.auto.watched.remove(&focus).is_some() {
        forget(model, focus);
        model.notices.say(now, Tone::Info, "no longer read again by itself");
        return;
    }
    let every = model.auto.every;
    let until = now.saturating_add(every).unwrap_or(now);
    let stage = Stage::Resting { until };
    let watched = Watched { stage, was_whole: false, was_throttled: false, slower: 0 };
    model.auto.watched.insert(focus, watched);
    let key = model.key(Action::AutoRefresh);
    let text = format!("read again every {}; {key} stops that", every_in_words(every));
    model.notices.say(now, Tone::Info, text);
}

/// A rest in words.
pub fn every_in_words(rest: SignedDuration) -> String {
    let seconds = rest.as_secs();
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// The person reads the list themselves: what changed before was seen.
pub fn forget(model: &mut Model, place: Place) {
    if model.rows(place).is_some()
        && let Some(rows) = model.lists.rows_mut(place)
    {
        rows.forget_changes();
    }
}

/// The terminal says whether it has the focus, or shows it by a key.
pub fn looked_at(model: &mut Model, is_looked_at: bool) {
    model.auto.is_away = !is_looked_at;
}

/// A request was held back because the server is busy.
pub fn throttled(model: &mut Model) {
    for watched in model.auto.watched.values_mut() {
        watched.was_throttled |= watched.stage == Stage::Reading;
    }
}

/// Whether everything waits: nothing may move under a form or a question, and nobody reads what nobody sees.
fn is_held(model: &Model) -> bool {
    let contact = &model.contact;
    model.auto.is_away
        || model.overlay.is_some()
        || model.prompt.is_some()
        || model.closing
        || contact.refused.is_some()
        || contact.away_since.is_some()
        || !matches!(model.session, Session::Open(_))
}

/// The lists that can be seen and rest, with the moment until when.
fn resting(model: &Model) -> Vec<(Place, Timestamp)> {
    if model.auto.watched.is_empty() || is_held(model) {
        return Vec::new();
    }
    let panes = layout::screen(model).panes;
    let is_seen = |place: &Place| {
        model.path.places().contains(place) && panes.iter().any(|pane| pane.place == *place)
    };
    let watched = model.auto.watched.iter().filter(|(place, _)| is_seen(place));
    let resting = watched.filter_map(|(&place, watched)| match watched.stage {
        Stage::Resting { until } => Some((place, until)),
        Stage::Reading => None,
    });
    resting.collect()
}

/// How long until a list is to be read; nothing while none is.
pub fn due_in(model: &Model) -> Option<SignedDuration> {
    resting(model).into_iter().map(|(_, until)| until.duration_since(model.now)).min()
}

/// Reads what is due.
pub fn tick(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (place, until) in resting(model) {
        if until > model.now {
            continue;
        }
        // What came meanwhile may be too much.
        if let Some(words) = model.rows(place).and_then(|rows| too_large(model, rows)) {
            stop(model, place, words);
            continue;
        }
        if !is_being_read(model, place) {
            effects.extend(places::ask(model, place, Ask::First));
        }
        // Where there was nothing to ask for it is not asked at every turn.
        rest(model, place);
    }
    effects
}

fn is_being_read(model: &Model, place: Place) -> bool {
    model.rows(place).is_some_and(|rows| rows.extent().is_loading())
}

fn rest(model: &mut Model, place: Place) {
    let Model { auto, now, .. } = model;
    let Some(rest) = auto.watched.get(&place).map(|watched| auto.rest(watched)) else { return };
    if let Some(watched) = auto.watched.get_mut(&place) {
        watched.stage = Stage::Resting { until: now.saturating_add(rest).unwrap_or(*now) };
    }
}

fn stop(model: &mut Model, place: Place, words: String) {
    model.auto.watched.remove(&place);
    model.notices.say(model.now, Tone::Warn, words);
}

/// Follows the readings, whoever began them.
pub fn settle(model: &mut Model) {
    if model.auto.watched.is_empty() {
        return;
    }
    if let Some(problem) = model.contact.refused.clone() {
        model.auto.watched.clear();
        let text = format!("nothing is read again by itself any more: {}", problem.sentence());
        model.notices.say(model.now, Tone::Bad, text);
        return;
    }
    let watched: Vec<(Place, Stage)> =
        model.auto.watched.iter().map(|(place, it)| (*place, it.stage)).collect();
    for (place, stage) in watched {
        let is_loading = is_being_read(model, place);
        match stage {
            Stage::Resting { .. } if is_loading => begin(model, place),
            Stage::Resting { .. } => {
                let is_whole = model.rows(place).is_some_and(Rows::is_complete);
                if let Some(watched) = model.auto.watched.get_mut(&place) {
                    watched.was_whole = is_whole;
                }
            }
            Stage::Reading if is_loading => {}
            Stage::Reading => end(model, place),
        }
    }
}

/// A reading has begun.
fn begin(model: &mut Model, place: Place) {
    let Model { lists, entities, auto, .. } = model;
    if let Some(rows) = lists.rows_mut(place) {
        rows.look(entities);
    }
    if let Some(watched) = auto.watched.get_mut(&place) {
        (watched.stage, watched.was_throttled) = (Stage::Reading, false);
    }
}

/// Nothing is on its way any more: the reading has ended, was stopped, failed, or goes on when its place is seen again.
fn end(model: &mut Model, place: Place) {
    let Some(rows) = model.rows(place) else { return };
    if rows.is_stopped() {
        let words = "no longer read again by itself, for the reading was stopped";
        return stop(model, place, words.to_owned());
    }
    if let Some(problem) = rows.extent().problem().cloned() {
        return failed(model, place, &problem);
    }
    if !rows.is_read() {
        return;
    }
    if let Some(words) = too_large(model, rows) {
        forget(model, place);
        return stop(model, place, words);
    }
    let Model { lists, entities, auto, .. } = model;
    if let Some(rows) = lists.rows_mut(place) {
        rows.compare(entities);
    }
    if let Some(watched) = auto.watched.get_mut(&place) {
        watched.slower = if watched.was_throttled { (watched.slower + 1).min(SLOWEST) } else { 0 };
    }
    rest(model, place);
}

fn failed(model: &mut Model, place: Place, problem: &Problem) {
    let says_no = matches!(
        problem.kind,
        ProblemKind::Auth | ProblemKind::Refused | ProblemKind::Gone | ProblemKind::Bug
    );
    if says_no {
        let words = format!("no longer read again by itself: {}", problem.sentence());
        return stop(model, place, words);
    }
    if let Some(watched) = model.auto.watched.get_mut(&place) {
        watched.slower = (watched.slower + 1).min(SLOWEST);
    }
    rest(model, place);
}
