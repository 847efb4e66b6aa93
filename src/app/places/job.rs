//! The jobs of this account, and the rows of one of them: what became of each, and what can be done about it.

use std::{borrow::Cow, collections::HashSet};

use crate::api::{chat::services::Service, page::Page, sid::Sid};
use crate::app::{
    action::Action,
    effect::Effect,
    entities::Entities,
    jobs::{self, Again, Form},
    layout::{self, Pane},
    list::{Entry, List},
    model::Model,
    notice::Tone,
    place::Place,
    query::{Cell, Field, Kind, fold},
    ticket::{Lane, Reply},
};
use crate::jobs::task::{Target, Task};
use crate::state::{Job, JobId, JobRow};

/// A row's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// Of which job.
    pub job: JobId,
    /// Its place there.
    pub nth: u64,
}

impl Entry for JobId {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("job", "JOB", Kind::Number),
        Field::new("what", "WHAT", Kind::Text),
        Field::new("standing", "STANDING", Kind::Word),
        Field::new("made", "MADE", Kind::Moment),
        Field::new("failed", "FAILED", Kind::Number),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(job) = entities.job(self) else { return self.to_string() };
        fold(&format!("{self}\n{}\n{}\n{}", deed(job), job.label, standing(job)))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(job) = entities.job(self) else { return Cell::Nothing };
        match field {
            0 => Cell::number(self.to_string().parse().ok()),
            1 => Cell::owned(Some(deed(job))),
            2 => Cell::text(Some(standing(job))),
            3 => Cell::moment(Some(job.made)),
            4 => Cell::count(Some(job.counts.failed)),
            _ => Cell::Nothing,
        }
    }
}

impl Entry for RowKey {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("state", "STATE", Kind::Word),
        Field::new("name", "NAME", Kind::Text),
        Field::new("sid", "SID", Kind::Text),
        Field::new("try", "TRY", Kind::Number),
        Field::new("code", "CODE", Kind::Number),
        Field::new("note", "NOTE", Kind::Text),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(row) = entities.job_row(self) else { return String::new() };
        let note = row.note.as_deref().unwrap_or_default();
        let code = row.code.map(|code| code.to_string()).unwrap_or_default();
        fold(&format!("{}\n{}\n{}\n{code}\n{note}", row.label, row.target, row.state.word()))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(row) = entities.job_row(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(Some(row.state.word())),
            1 => Cell::text(Some(row.label.as_str())),
            2 => Cell::text(Some(row.target.as_str())),
            3 => Cell::number(Some(i64::from(row.tries))),
            4 => Cell::number(row.code.map(i64::from)),
            5 => Cell::text(row.note.as_deref()),
            _ => Cell::Nothing,
        }
    }
}

/// A page of the jobs came.
pub fn jobs_arrived(model: &mut Model, reply: Reply<Page<Job>>) -> Vec<Effect> {
    super::arrived(
        model,
        reply,
        |lists| Some(&mut lists.jobs),
        |entities, job, _| {
            let id = job.id;
            entities.put_job(job);
            id
        },
    )
}

/// A page of a job's rows came.
pub fn arrived(model: &mut Model, reply: Reply<Page<JobRow>>) -> Vec<Effect> {
    let Lane::List(Place::Job(id)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.job_rows.get_mut(&id),
        |entities, row, _| entities.put_job_row(id, row),
    )
}

/// The task of a job, if it is known here.
pub fn task(job: &Job) -> Option<Task> {
    Task::read(&job.task).ok()
}

/// What a job does, in a word or two.
pub fn deed(job: &Job) -> String {
    task(job).map_or_else(|| "unknown".to_owned(), |task| task.deed.words())
}

/// How it stands in the ledger, in a word.
pub fn standing(job: &Job) -> &'static str {
    match job {
        job if job.is_running => "running",
        job if job.counts.left() > 0 => "stopped",
        _ => "ended",
    }
}

/// What the vendor's code of a failure means, where the documents tell it.
pub fn meaning(code: u32) -> Option<&'static str> {
    Some(match code {
        20_003 => "the credentials were refused",
        20_404 | 50_300 => "it is not there any more",
        20_429 => "too many requests",
        50_107 => "the role does not allow it",
        50_301 => "the channel's sid or name is missing",
        50_303 => "the attributes are too long",
        50_304 => "the attributes are not valid JSON",
        50_334 => "the channel is being deleted",
        50_340 => "no messaging service was named; g in the plan names one",
        50_341 => "the messaging service is not valid",
        50_342 => "the messaging service belongs to another account",
        50_347 => "parameters are missing",
        50_349 | 50_449 => "it was changed by somebody else at that moment",
        50_373 => "no messaging service is assigned to the conversation",
        50_385 => "Conversations are disabled in this region",
        50_393 => "only to private can be migrated",
        _ => return None,
    })
}

/// How many lines stand over the rows of a job: how it goes, and why rows failed.
pub fn head(model: &Model, pane: &Pane) -> u16 {
    let Place::Job(id) = pane.place else { return 0 };
    let height = layout::inside(pane.area).height;
    if height < 8 {
        return 1;
    }
    let failures = u16::try_from(model.entities.failures(id).count()).unwrap_or(u16::MAX);
    1 + failures.min(MOST_REASONS).min(height / 4)
}

/// So many reasons are told at most.
const MOST_REASONS: u16 = 4;

/// The job that a place, or the row under its cursor, is about.
fn at(model: &Model) -> Option<JobId> {
    match model.path.focus() {
        Place::Jobs => model.lists.jobs.cursor(),
        Place::Job(id) => Some(id),
        _ => None,
    }
}

/// Why nothing can be done about a job here.
pub fn refusal(model: &Model, action: Action) -> Option<Cow<'static, str>> {
    let words = |words: &'static str| Some(Cow::Borrowed(words));
    if matches!(action, Action::ExportTable | Action::ExportJson) && model.overlay.is_some() {
        return None;
    }
    let Some(job) = at(model).and_then(|id| model.entities.job(id)) else {
        return words("there is no job here; 5 lists them");
    };
    let is_live = model.jobs.at_work().is_some_and(|live| live.job == job.id);
    let elsewhere = || job.is_running && !is_live;
    let other = || model.jobs.at_work().filter(|live| live.job != job.id);
    match action {
        Action::PauseJob | Action::RetryFailures => {
            if model.jobs.beginning.is_loading() {
                return words("a job is just beginning");
            }
            if let Some(live) = other() {
                let text = format!("job {} is at work here: one at a time", live.job);
                return Some(Cow::Owned(text));
            }
            if elsewhere() && model.jobs.live.as_ref().is_none_or(|live| live.job != job.id) {
                return words("another console runs it, as far as was read; r reads again");
            }
            if action == Action::RetryFailures {
                if is_live {
                    return words("it is still at work");
                }
                return (job.counts.failed == 0).then(|| "no row failed".into());
            }
            let is_over = !is_live && job.counts.left() == 0;
            is_over.then(|| "nothing of it is left to be done".into())
        }
        Action::FailuresOnly if !matches!(model.path.focus(), Place::Job(_)) => {
            words("open the job first")
        }
        _ => None,
    }
}

/// Carries out a wish about the job here.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(id) = at(model) else { return Vec::new() };
    match action {
        Action::PauseJob => jobs::pause(model, id),
        Action::RetryFailures => jobs::resume(model, id, Again::Failures),
        Action::FailuresOnly => {
            failures_only(model, id);
            Vec::new()
        }
        Action::ExportTable => vec![Effect::SaveReport { job: id, form: Form::Csv }],
        Action::ExportJson => vec![Effect::SaveReport { job: id, form: Form::Json }],
        _ => Vec::new(),
    }
}

/// The filter under which only failures show.
const FAILURES: &str = "state:failed";

fn failures_only(model: &mut Model, id: JobId) {
    let place = Place::Job(id);
    let is_on = model.rows(place).is_some_and(|rows| rows.filter() == FAILURES);
    // Nothing is wrong with either.
    let _ = model.filter(place, if is_on { "" } else { FAILURES });
}

/// Goes to what the row under the cursor is about.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Place::Job(id) = model.path.focus() else { return Vec::new() };
    let row = model.lists.job_rows.get(&id).and_then(List::cursor);
    let row = row.and_then(|key| model.entities.job_row(key));
    let service: Option<Sid<Service>> =
        model.entities.job(id).and_then(task).map(|task| task.service);
    let target = row.and_then(|row| row.target.parse::<Target>().ok());
    let place = match (service, target) {
        (Some(service), Some(Target::Channel(channel))) => Place::Channel(service, channel),
        (Some(service), Some(Target::Membership(user, _))) => Place::Memberships(service, user),
        _ => {
            model.notices.say(model.now, Tone::Info, "what it is about cannot be read");
            return Vec::new();
        }
    };
    model.path.enter(place);
    match place {
        Place::Channel(..) => super::ask(model, place, crate::app::list::Ask::First),
        _ => Vec::new(),
    }
}
