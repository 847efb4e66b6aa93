//! Leaving while a job is at work: it ends first, or is stopped so that it can be gone on with, or one stays.

use crate::app::{
    action::Action,
    effect::Effect,
    model::{Model, Overlay},
    notice::Tone,
    profiles, quit,
};
use crate::jobs::run::Wish;

/// What a person wants as soon as the job has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// To quit.
    Quit,
    /// To go to the account of this profile.
    Switch(String),
}

/// Why the account or the console cannot be left at once: a job is at work here.
pub fn busy(model: &Model) -> bool {
    model.jobs.at_work().is_some() || model.jobs.beginning.is_loading()
}

/// Puts the question.
pub fn ask(model: &mut Model, then: After) {
    model.prompt = None;
    model.overlay = Some(Overlay::Leaving { then });
}

/// Answers it.
pub fn answer(model: &mut Model, answer: Action) -> Vec<Effect> {
    let Some(Overlay::Leaving { then }) = model.overlay.take() else { return Vec::new() };
    if !busy(model) {
        return go(model, then);
    }
    model.jobs.after = Some(then);
    if answer == Action::PauseAndLeave {
        return stop(model);
    }
    let text = "leaving as soon as the job has ended; q asks again";
    model.notices.say(model.now, Tone::Info, text);
    Vec::new()
}

/// Stays; what was wanted before is wanted no more.
pub fn stay(model: &mut Model) {
    model.jobs.after = None;
}

/// Tells the job to end as soon as what is out is answered.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    if let Some(live) = model.jobs.live.as_mut().filter(|live| !live.is_over()) {
        live.wish = Wish::Stop;
    }
    model.notices.say(model.now, Tone::Warn, "stopping the job; what is out ends first");
    vec![Effect::TellJob(Wish::Stop)]
}

/// The job has ended: what was wanted then.
pub(super) fn now_that_it_ended(model: &mut Model) -> Vec<Effect> {
    match model.jobs.after.take() {
        Some(then) => go(model, then),
        None => Vec::new(),
    }
}

fn go(model: &mut Model, then: After) -> Vec<Effect> {
    match then {
        After::Quit => quit::quit(model),
        After::Switch(name) => profiles::switch(model, &name).unwrap_or_else(|words| {
            model.notices.say(model.now, Tone::Bad, words);
            Vec::new()
        }),
    }
}

/// What the shell is told of a job that is left before its end.
pub fn left_behind(model: &Model) -> Option<String> {
    let live = model.jobs.live.as_ref().filter(|live| live.counts.left() > 0)?;
    let (job, counts) = (live.job, live.counts);
    let (done, all) = (counts.all() - counts.left(), counts.all());
    Some(format!(
        "job {job} stopped at {done}/{all}; the next start offers to go on, or: switchboard jobs resume {job}\n"
    ))
}
