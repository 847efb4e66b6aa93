//! Leaving, and giving up waiting. Typed text and writes that are out are not left behind unasked.

use jiff::SignedDuration;

use crate::app::{
    action::Action,
    effect::Effect,
    entities::Stage,
    find,
    form::Draft,
    goto,
    jobs::{self, After, Stage as JobStage},
    model::{Model, Overlay, Session},
    notice::Tone,
    place::Place,
    places::flex_channel,
    profiles,
    remote::Remote,
    ticket::Lane,
};

use crate::jobs::run::Wish;

const TWICE_WITHIN: SignedDuration = SignedDuration::from_secs(2);

/// Quits, unless typed text would be lost or writes are out.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    if unsaved(model) > 0 {
        let draft = match model.overlay.take() {
            Some(Overlay::Form(draft) | Overlay::Help { form: Some(draft), .. }) => Some(draft),
            Some(Overlay::Review(review)) => Some(review.draft),
            _ => None,
        };
        if let Some(draft) = draft.filter(|draft| draft.holds_typed()) {
            model.drafts.insert(draft.key, *draft);
        }
        model.prompt = None;
        model.overlay = Some(Overlay::Quit);
        return Vec::new();
    }
    quit_anyway(model)
}

/// How many forms hold text that was not saved.
pub fn unsaved(model: &Model) -> usize {
    let open = model.overlay.as_ref().and_then(Overlay::form).is_some_and(Draft::holds_typed);
    model.drafts.values().filter(|draft| draft.holds_typed()).count() + usize::from(open)
}

/// Quits as soon as the writes that are out are answered.
pub fn quit_anyway(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    if jobs::busy(model) {
        jobs::leave::ask(model, After::Quit);
        return Vec::new();
    }
    if model.entities.writes_out() == 0 {
        return vec![Effect::Exit { print: jobs::leave::left_behind(model) }];
    }
    model.closing = true;
    let out = model.entities.writes_out();
    let saves = if out == 1 { "1 save".to_owned() } else { format!("{out} saves") };
    model.notices.say(model.now, Tone::Warn, format!("finishing {saves}; ^c twice drops them"));
    Vec::new()
}

/// What has to be said when there is no time to wait for the writes that are out.
pub fn left_behind(model: &Model) -> Option<String> {
    let labels = |checking: bool| {
        let edits = model.entities.edits();
        let edits = edits.filter(|edit| matches!(edit.stage, Stage::Checking) == checking);
        edits.map(|edit| edit.label.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut text = String::new();
    for (labels, words) in [(labels(false), "may or may not be"), (labels(true), "not")] {
        if !labels.is_empty() {
            text = format!("{text}switchboard was ended while saving; {words} saved: {labels}\n");
        }
    }
    text.extend(jobs::leave::left_behind(model));
    (!text.is_empty()).then_some(text)
}

/// Exits once nothing is out any more.
pub fn when_done(model: &Model) -> Option<Effect> {
    let done = model.closing && model.entities.writes_out() == 0;
    done.then(|| Effect::Exit { print: jobs::leave::left_behind(model) })
}

/// Gives up what is awaited here; with nothing to give up, the second time within two seconds quits.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    if model.profiles.target().is_some() {
        return profiles::leave(model);
    }
    let aborted = stop_reading(model);
    if !aborted.is_empty() {
        let text = format!("stopped; {} reads again", model.key(Action::Refresh));
        model.notices.say(model.now, Tone::Info, text);
        return aborted;
    }
    if let Some(told) = hold_job(model) {
        return told;
    }
    let twice =
        model.cancelled_at.is_some_and(|before| model.now.duration_since(before) < TWICE_WITHIN);
    if twice && (unsaved(model) == 0 || matches!(model.overlay, Some(Overlay::Quit))) {
        return vec![Effect::Exit { print: left_behind(model) }];
    }
    if twice {
        return quit(model);
    }
    model.cancelled_at = Some(model.now);
    model.notices.say(model.now, Tone::Info, "^c again within 2 s quits");
    Vec::new()
}

/// Pauses the job that is at work; one that is paused is stopped.
fn hold_job(model: &mut Model) -> Option<Vec<Effect>> {
    let live = model.jobs.live.as_mut().filter(|live| live.stage == JobStage::Running)?;
    let (wish, words) = match live.wish {
        Wish::Go => (Wish::Pause, "paused · p goes on in 5 jobs, ^c again stops the job"),
        Wish::Pause => (Wish::Stop, "stopped when what is out has ended · it can be gone on with"),
        Wish::Stop => return None,
    };
    live.wish = wish;
    let text = format!("job {} {words}", live.job);
    model.notices.say(model.now, Tone::Warn, text);
    Some(vec![Effect::TellJob(wish)])
}

fn stop_reading(model: &mut Model) -> Vec<Effect> {
    if matches!(model.session, Session::FirstRun { .. }) {
        return Vec::new();
    }
    if let Some(stopped) = goto::stop(model) {
        return vec![stopped];
    }
    let place = model.path.focus();
    if place == Place::Found {
        return find::stop(model);
    }
    let mut aborted = Vec::new();
    let beside = place.rests_on().filter(|_| !matches!(place, Place::Channel(..)));
    for list in std::iter::once(place).chain(beside) {
        if let Some(rows) = model.lists.rows_mut(list)
            && rows.cancel()
        {
            aborted.push(Effect::Abort(Lane::List(list)));
        }
    }
    if let Some((_, person)) = model.opening.take() {
        let lane = Lane::Person(person);
        if model.fetches.get_mut(&lane).is_some_and(Remote::cancel) {
            aborted.push(Effect::Abort(lane));
        }
    }
    let lanes = match place {
        Place::Channel(_, channel) => vec![Lane::Channel(channel)],
        Place::FlexChannel(channel) => flex_channel::lanes(model, channel),
        _ => Vec::new(),
    };
    for lane in lanes {
        if model.fetches.get_mut(&lane).is_some_and(Remote::cancel) {
            aborted.push(Effect::Abort(lane));
        }
    }
    aborted
}
