//! Jobs on the screen: the one that lives in this console, and what is decided about it. The runtime runs it; here its
//! facts are taken in.

pub mod leave;
pub mod live;
pub mod plan;
mod question;

pub use self::{
    leave::{After, busy},
    live::{Live, Stage},
    plan::{Look, Preview, Proposal, Scope, Tally, Whence},
    question::{
        act, ask, ask_all_of, ask_set, close, is_for_many, refusal, settle, surveyed, surveying,
    },
};
use jiff::SignedDuration;

use crate::api::{
    chat::{channels::Channel, memberships::Membership, services::Service, users::User},
    sid::Sid,
};
use crate::app::{
    action::Action,
    effect::Effect,
    keymap::Context,
    list::Ask,
    model::{Model, Overlay},
    notice::{Problem, ProblemKind, Tone},
    place::Place,
    places,
    remote::Remote,
    ticket::{Lane, Reply, Ticket},
};
use crate::jobs::{run::Wish, task::Target, verify::Found};
use crate::state::{Counts, Job, JobId, RowEnd};

/// What a plan has to be told that no list on the screen tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Survey {
    /// Which channels Flex owns.
    OfFlex,
    /// All memberships of a user.
    OfUser(Sid<Service>, Sid<User>),
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Surveyed {
    /// The channels that Flex owns.
    OfFlex(Vec<Sid<Channel>>),
    /// All memberships of a user, and how many could not be read.
    OfUser(Vec<Membership>, usize),
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table for spreadsheets, and for `--from`.
    Csv,
    /// For other programs.
    Json,
}

/// With which rows a job goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Those that are left.
    Rest,
    /// Those that failed, too.
    Failures,
}

/// What happened in a running job since it was told last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct News {
    /// Rows for which a request left, and rows that ended, in that order.
    pub rows: Vec<RowNews>,
    /// How often the server asked for patience.
    pub throttled: u64,
    /// Writes a second, if that was told.
    pub rate: Option<f64>,
}

/// What happened to one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowNews {
    /// Which.
    pub nth: u64,
    /// Its sids, where it ended.
    pub target: Option<Target>,
    /// How it ended; nothing where a request has left for it.
    pub end: Option<RowEnd>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// How the rows stand, if the ledger could be read.
    pub counts: Option<Counts>,
    /// Why it could not go on.
    pub halt: Option<Problem>,
    /// What reading again found, or why it could not be found out; nothing where it was not tried.
    pub found: Option<Result<Found, String>>,
}

/// The jobs of this console.
#[derive(Debug, Default)]
pub struct Jobs {
    /// The one that runs here, or has just ended.
    pub live: Option<Live>,
    /// One that is being written down or taken.
    pub beginning: Remote<()>,
    /// What the person wants as soon as it has ended.
    pub after: Option<After>,
}

impl Jobs {
    /// The job that is at work here, be it paused.
    pub fn at_work(&self) -> Option<&Live> {
        self.live.as_ref().filter(|live| !live.is_over())
    }

    /// Whether a line at the foot tells of a job.
    pub fn shows_line(&self) -> bool {
        self.live.is_some()
    }
}

/// A job was written down or taken, and runs.
pub fn began(model: &mut Model, reply: Reply<Box<Job>>) -> Vec<Effect> {
    let ticket = reply.ticket;
    let now = model.now;
    let result = reply.result.clone();
    let mut begun = None;
    model.jobs.beginning.settle(reply, now, |_, job| begun = Some(job));
    if let Err(problem) = result {
        return not_begun(model, ticket, problem);
    }
    let Some(job) = begun else { return Vec::new() };
    let Some(live) = Live::of(&job, now) else {
        let text = format!("job {} was made by another version", job.id);
        model.notices.say(now, Tone::Bad, text);
        return vec![Effect::TellJob(Wish::Stop)];
    };
    let clears = match &model.overlay {
        Some(Overlay::Plan(proposal)) if proposal.beginning == Some(ticket) => Some(proposal.place),
        _ => None,
    };
    if let Some(place) = clears {
        model.overlay = None;
        if let Some(rows) = model.lists.rows_mut(place) {
            rows.clear_marks();
        }
    }
    let (jobs, pause) = (model.key(Action::ViewJobs), pauses(model));
    let text = format!("job {} runs · {jobs} jobs · {pause} pauses it there, ^c here", job.id);
    model.notices.say(now, Tone::Info, text);
    model.jobs.live = Some(live);
    model.entities.put_job(*job);
    read_again(model)
}

fn not_begun(model: &mut Model, ticket: Ticket, problem: Problem) -> Vec<Effect> {
    if let Some(Overlay::Plan(proposal)) = &mut model.overlay
        && proposal.beginning == Some(ticket)
    {
        proposal.beginning = None;
        proposal.problem = Some(problem);
        return Vec::new();
    }
    model.notices.say(model.now, Tone::Bad, format!("the job did not begin: {}", problem.why));
    read_again(model)
}

/// Something happened in the running job.
pub fn went(model: &mut Model, id: JobId, news: News) {
    let mark = model.tickets.mark();
    let Model { jobs, entities, .. } = model;
    let Some(live) = jobs.live.as_mut().filter(|live| live.job == id) else { return };
    for row in news.rows {
        live.take_in(&row);
        entities.row_went(id, &row);
        if let (Some(target), Some(end)) = (row.target, row.end) {
            entities.job_did(&live.task, target, &end, mark);
        }
    }
    live.throttled += news.throttled;
    live.rate = news.rate.unwrap_or(live.rate);
    entities.job_counts(id, live.counts);
}

/// The run is over, and what was done is being read again.
pub fn verifies(model: &mut Model, id: JobId) {
    if let Some(live) = model.jobs.live.as_mut().filter(|live| live.job == id) {
        live.stage = Stage::Verifying;
    }
}

/// The job has ended, or is left.
pub fn ended(model: &mut Model, id: JobId, end: End) -> Vec<Effect> {
    let now = model.now;
    let Some(live) = model.jobs.live.as_mut().filter(|live| live.job == id) else {
        return Vec::new();
    };
    live.counts = end.counts.unwrap_or(live.counts);
    live.out.clear();
    let (tone, text) = live.told(&end);
    if let Some(problem) = end.halt.as_ref().filter(|it| it.kind == ProblemKind::Auth) {
        model.contact.refused = Some(problem.clone());
    }
    live.stage = Stage::Over { at: now, end: Box::new(end) };
    let counts = live.counts;
    model.entities.job_counts(id, counts);
    model.notices.say(now, tone, text);
    let mut effects = read_again(model);
    effects.extend(leave::now_that_it_ended(model));
    effects
}

/// What the ledger is asked again, where it is on the screen.
fn read_again(model: &mut Model) -> Vec<Effect> {
    let focus = model.path.focus();
    let open = |place: &Place| matches!(place, Place::Jobs | Place::Job(_));
    let seen: Vec<Place> =
        model.path.places().iter().chain(&model.previews).copied().filter(open).collect();
    let seen = if open(&focus) { seen } else { Vec::new() };
    seen.into_iter().flat_map(|place| places::ask(model, place, Ask::First)).collect()
}

/// Goes on with a job of the ledger.
pub fn resume(model: &mut Model, id: JobId, with: Again) -> Vec<Effect> {
    let ticket = model.jobs.beginning.ask(&mut model.tickets, Lane::Job, model.now);
    vec![Effect::ResumeJob { ticket, job: id, with }]
}

/// Tells the running job to pause or to go on; another one of the ledger to go on.
pub fn pause(model: &mut Model, id: JobId) -> Vec<Effect> {
    match model.jobs.live.as_mut().filter(|live| live.job == id && !live.is_over()) {
        Some(live) if live.stage == Stage::Verifying => Vec::new(),
        Some(live) if live.wish == Wish::Stop => {
            let key = pauses(model);
            let text =
                format!("job {id} is just stopping; {key} goes on with it as soon as it has");
            model.notices.say(model.now, Tone::Info, text);
            Vec::new()
        }
        Some(live) => {
            live.wish = if live.wish == Wish::Go { Wish::Pause } else { Wish::Go };
            vec![Effect::TellJob(live.wish)]
        }
        None => resume(model, id, Again::Rest),
    }
}

/// A key was pressed: an end that was on the screen for a while was seen.
pub fn seen(model: &mut Model) {
    let now = model.now;
    let was_seen = |live: &Live| match &live.stage {
        Stage::Over { at, .. } => now.duration_since(*at) >= SEEN_AFTER,
        _ => false,
    };
    if model.jobs.live.as_ref().is_some_and(was_seen) {
        model.jobs.live = None;
    }
}

/// So long an end stands at the foot at least.
const SEEN_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// A file was written, or could not be.
pub fn saved(model: &mut Model, result: Result<String, String>) {
    match result {
        Ok(path) => model.notices.say(model.now, Tone::Ok, format!("saved as {path}")),
        Err(why) => model.notices.say(model.now, Tone::Bad, format!("not saved: {why}")),
    }
}

/// The key that pauses a job, and goes on with it, where the jobs are listed.
pub(super) fn pauses(model: &Model) -> String {
    model.keymap.way_to(&[Context::Jobs, Context::List], Action::PauseJob)
}

/// Jobs were left in the ledger before they had ended.
pub fn recalled(model: &mut Model, stopped: Vec<Job>) {
    let several = stopped.len();
    let Some(job) = stopped.into_iter().next() else { return };
    let (done, all) = (job.counts.all() - job.counts.left(), job.counts.all());
    let more = if several > 1 { format!(" (and {} more)", several - 1) } else { String::new() };
    let (shows, on) = (model.key(Action::ViewJobs), pauses(model));
    let told = format!("resume? {shows} shows it, {on} goes on{more}");
    let text = format!("job {} stopped at {done}/{all}: {told}", job.id);
    model.entities.put_job(job);
    model.notices.say(model.now, Tone::Warn, text);
}
