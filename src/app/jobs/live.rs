//! The job that runs in this console, as far as it was told.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{End, RowNews};
use crate::app::notice::Tone;
use crate::jobs::{
    run::Wish,
    task::{Deed, Task},
};
use crate::state::{Counts, Job, JobId, RowState};

/// A job at work.
#[derive(Debug)]
pub struct Live {
    /// Which.
    pub job: JobId,
    /// What is done.
    pub task: Task,
    /// How its rows stand.
    pub counts: Counts,
    /// Writes a second.
    pub rate: f64,
    /// How often the server asked for patience.
    pub throttled: u64,
    /// When this run began.
    pub began: Timestamp,
    /// How many rows ended in this run.
    pub ended: u64,
    /// Rows whose request is out.
    pub out: BTreeSet<u64>,
    /// What it was told last.
    pub wish: Wish,
    /// How far it is.
    pub stage: Stage,
}

/// How far a job is.
#[derive(Debug, PartialEq)]
pub enum Stage {
    /// Rows are done.
    Running,
    /// What was done is read again.
    Verifying,
    /// It has ended, or was stopped.
    Over {
        /// When.
        at: Timestamp,
        /// How.
        end: Box<End>,
    },
}

impl Live {
    /// A job that begins now; nothing if its task is not known here.
    pub fn of(job: &Job, now: Timestamp) -> Option<Self> {
        Some(Self {
            job: job.id,
            task: Task::read(&job.task).ok()?,
            counts: job.counts,
            rate: 0.0,
            throttled: 0,
            began: now,
            ended: 0,
            out: BTreeSet::new(),
            wish: Wish::Go,
            stage: Stage::Running,
        })
    }

    /// Whether nothing of it is at work any more.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over { .. })
    }

    /// One word for what it does now.
    pub fn word(&self) -> &'static str {
        match (&self.stage, self.wish) {
            (Stage::Over { .. }, _) if self.counts.left() > 0 => "stopped",
            (Stage::Over { .. }, _) => "ended",
            (Stage::Verifying, _) => "reading again",
            (Stage::Running, Wish::Go) => "running",
            (Stage::Running, Wish::Pause) if self.out.is_empty() => "paused",
            (Stage::Running, Wish::Pause) => "pausing",
            (Stage::Running, Wish::Stop) => "stopping",
        }
    }

    /// Takes in what happened to a row.
    pub(super) fn take_in(&mut self, row: &RowNews) {
        let counts = &mut self.counts;
        let Some(end) = &row.end else {
            if self.out.insert(row.nth) && counts.todo > 0 {
                counts.todo -= 1;
                counts.sent += 1;
            }
            return;
        };
        let slot = match end.state {
            RowState::Todo | RowState::Sent => return,
            RowState::Done => &mut counts.done,
            RowState::Skipped => &mut counts.skipped,
            RowState::Failed => &mut counts.failed,
        };
        *slot += 1;
        let from = if self.out.remove(&row.nth) {
            [&mut counts.sent, &mut counts.todo]
        } else {
            [&mut counts.todo, &mut counts.sent]
        };
        if let Some(from) = from.into_iter().find(|from| **from > 0) {
            *from -= 1;
        }
        self.ended += 1;
    }

    /// How many seconds it will take, if it goes on as it does.
    pub fn eta(&self, now: Timestamp) -> Option<u64> {
        if self.wish != Wish::Go || self.stage != Stage::Running || self.ended == 0 {
            return None;
        }
        let millis = u64::try_from(now.duration_since(self.began).as_millis()).ok()?;
        Some((millis.saturating_mul(self.counts.left()) / self.ended).div_ceil(1000))
    }

    /// Rows a second so far in this run, in tenths.
    pub fn tenths(&self, now: Timestamp) -> u64 {
        let millis = u64::try_from(now.duration_since(self.began).as_millis()).unwrap_or(0);
        (self.ended * 10_000).checked_div(millis).unwrap_or(0)
    }

    /// How it ended, in words.
    pub(super) fn told(&self, end: &End) -> (Tone, String) {
        let (job, counts) = (self.job, self.counts);
        let (done, all) = (counts.all() - counts.left(), counts.all());
        if let Some(problem) = &end.halt {
            return (
                Tone::Bad,
                format!("job {job} stopped at {done}/{all}: {} · 5, then p goes on", problem.why),
            );
        }
        if counts.left() > 0 {
            return (Tone::Warn, format!("job {job} stopped at {done}/{all} · 5, then p goes on"));
        }
        let mut text =
            format!("job {job}: {} {} of {all}", participle(&self.task.deed), counts.done);
        for (count, word) in [(counts.skipped, "skipped"), (counts.failed, "failed")] {
            if count > 0 {
                text.extend([", ", word, " ", &count.to_string()]);
            }
        }
        let mut tone = if counts.failed > 0 { Tone::Warn } else { Tone::Ok };
        match &end.found {
            None => {}
            Some(Err(why)) => {
                tone = Tone::Warn;
                text.extend(["; it could not be read again: ", why]);
            }
            Some(Ok(found)) => {
                text.extend(["; ", &self.in_fact(found.so, found.read)]);
                if found.so < found.read {
                    tone = Tone::Bad;
                }
            }
        }
        text.push_str(" · 5 jobs");
        (tone, text)
    }

    /// What reading again found.
    pub fn in_fact(&self, so: usize, read: usize) -> String {
        let sample = if (read as u64) < self.counts.done { " (a sample)" } else { "" };
        let state = state(&self.task.deed);
        match read - so {
            0 => format!("read again{sample}: all {state} in fact"),
            not => format!("read again{sample}: {not} of {read} not {state} in fact"),
        }
    }
}

/// What was done to so many.
pub fn participle(deed: &Deed) -> &'static str {
    match deed {
        Deed::Migrate { .. } => "migrated",
        Deed::Mute => "muted",
        Deed::Unmute => "unmuted",
        Deed::Set { .. } => "changed",
        Deed::Delete => "deleted",
    }
}

/// What a row is when it was done.
pub fn state(deed: &Deed) -> &'static str {
    match deed {
        Deed::Migrate { .. } => "private",
        Deed::Mute => "muted",
        Deed::Unmute => "not muted",
        Deed::Set { .. } => "so",
        Deed::Delete => "gone",
    }
}
