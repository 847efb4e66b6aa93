//! The ledger: jobs of many writes, row by row. What is about to be sent for a row is on the disk before it leaves, and
//! what became of it after.

mod row;
mod work;

use std::{fmt, num::ParseIntError, str::FromStr};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, TransactionBehavior, params, types::Type};

pub use self::row::{JobRow, RowEnd, RowState};
use super::{Kept, State, StateError, purge::FORGET_VALUE};

/// Which job: larger is later, and a number is never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(i64);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Typed text is not the number of a job.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected the number of a job")]
pub struct ParseJobIdError(#[from] ParseIntError);

impl FromStr for JobId {
    type Err = ParseJobIdError;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Ok(Self(typed.parse()?))
    }
}

/// A job before it begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewJob {
    /// The profile in use.
    pub profile: String,
    /// The account's sid.
    pub account: String,
    /// What is done to each row: JSON text of the jobs' own making. It holds no name from afar.
    pub task: String,
    /// What a person calls it.
    pub label: String,
    /// Its rows, in order.
    pub rows: Vec<NewRow>,
}

/// One thing that a job is about, before it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// Its sids, as the task wants them.
    pub target: String,
    /// What a person calls it.
    pub label: String,
    /// Why nothing is to be done to it.
    pub skipped: Option<String>,
}

/// A job as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// When it was made.
    pub made: Timestamp,
    /// The profile with which it was made.
    pub profile: String,
    /// The account's sid.
    pub account: String,
    /// What is done to each row.
    pub task: String,
    /// What a person calls it; empty when that is kept no more.
    pub label: String,
    /// Whether a console runs it, here or elsewhere.
    pub is_running: bool,
    /// When no row was left to be done.
    pub ended: Option<Timestamp>,
    /// How its rows stand.
    pub counts: Counts,
}

/// How many rows stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Nothing was done yet.
    pub todo: u64,
    /// A request left and its end is not written.
    pub sent: u64,
    /// Done.
    pub done: u64,
    /// There was nothing to do.
    pub skipped: u64,
    /// It could not be done.
    pub failed: u64,
    /// Of those done: reading again found it so.
    pub found: u64,
    /// Of those done: reading again found it otherwise.
    pub not_found: u64,
}

impl Counts {
    /// All rows.
    pub fn all(self) -> u64 {
        self.left() + self.done + self.skipped + self.failed
    }

    /// Rows whose end is not known.
    pub fn left(self) -> u64 {
        self.todo + self.sent
    }
}

const COUNTS: &str = "
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'todo'),
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'sent'),
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'done'),
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'skipped'),
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'failed'),
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'done' AND found = 1),
    (SELECT count(*) FROM job_row WHERE job = job.id AND state = 'done' AND found = 0)";

impl State {
    /// Writes down a job that is to be done. It is on the disk when this returns.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn plan_job(&self, job: &NewJob, now: Timestamp) -> Result<JobId, StateError> {
        self.still_there()?;
        self.planned(job, now).map_err(|error| self.told(error))
    }

    fn planned(&self, job: &NewJob, now: Timestamp) -> rusqlite::Result<JobId> {
        let named = |label: &str| self.kept() == Kept::Full && !label.is_empty();
        let kept = |label: &String| named(label).then(|| label.clone());
        let mut connection = self.connection();
        let plan = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        plan.execute(
            "INSERT INTO job (made, profile, account, task, label, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                now.as_millisecond(),
                job.profile,
                job.account,
                job.task,
                kept(&job.label),
                job.rows.iter().all(|row| row.skipped.is_some()).then(|| now.as_millisecond()),
            ],
        )?;
        let id = plan.last_insert_rowid();
        let mut insert = plan.prepare(
            "INSERT INTO job_row (job, nth, target, label, state, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (nth, row) in (0_i64..).zip(&job.rows) {
            let state = if row.skipped.is_some() { RowState::Skipped } else { RowState::Todo };
            let label = kept(&row.label);
            insert.execute(params![id, nth, row.target, label, state.word(), row.skipped])?;
        }
        drop(insert);
        plan.commit()?;
        Ok(JobId(id))
    }

    /// The jobs of an account, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn jobs(&self, account: &str) -> Result<Vec<Job>, StateError> {
        self.read_jobs("WHERE account = ?1 ORDER BY id DESC", account)
    }

    /// One job; `None` when there is none of this number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn job(&self, id: JobId) -> Result<Option<Job>, StateError> {
        Ok(self.read_jobs("WHERE id = CAST(?1 AS INTEGER)", &id.to_string())?.pop())
    }

    fn read_jobs(&self, which: &str, value: &str) -> Result<Vec<Job>, StateError> {
        let sql = format!(
            "SELECT id, made, profile, account, task, label, owner, ended, {COUNTS} FROM job {which}"
        );
        let connection = self.connection();
        let read = connection.prepare_cached(&sql).and_then(|mut select| {
            select
                .query_map([value], |row| job(row, |owner| self.live.is_live(owner)))
                .and_then(Iterator::collect)
        });
        read.map_err(|error| self.told(error))
    }

    /// Takes a job to run it. Nobody else can until it is let go, or this process ends.
    ///
    /// # Errors
    /// When another console runs it, when there is no such job, or it could not be written.
    pub fn take_job(&self, id: JobId) -> Result<(), StateError> {
        self.still_there()?;
        let mut connection = self.connection();
        let taken = (|| {
            let take = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let owner: Option<Option<String>> = take
                .query_row("SELECT owner FROM job WHERE id = ?1", [id.0], |row| row.get(0))
                .optional()?;
            let Some(owner) = owner else { return Ok(Err(StateError::NoJob(id))) };
            if owner.is_some_and(|owner| self.live.is_live(&owner)) {
                return Ok(Err(StateError::JobTaken(id)));
            }
            take.execute(
                "UPDATE job SET owner = ?2 WHERE id = ?1",
                params![id.0, self.live.session],
            )?;
            take.commit()?;
            Ok(Ok(()))
        })();
        taken.map_err(|error| self.told(error))?
    }

    /// Lets a job go that was taken here.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn leave_job(&self, id: JobId, now: Timestamp) -> Result<(), StateError> {
        let sql = "UPDATE job SET owner = NULL, ended = CASE WHEN EXISTS (SELECT 1 FROM job_row WHERE job = id \
                   AND state IN ('todo', 'sent')) THEN NULL ELSE coalesce(ended, ?3) END WHERE id = ?1 AND owner = ?2";
        let connection = self.connection();
        let left = connection.execute(sql, params![id.0, self.live.session, now.as_millisecond()]);
        // Values that are not to be kept are there for as long as they are to be written.
        let left = left.and_then(|_| match self.kept() {
            Kept::Full => Ok(0),
            _ => connection
                .execute(&format!("{FORGET_VALUE} AND id = ?1 AND ended IS NOT NULL"), [id.0]),
        });
        left.map(|_| ()).map_err(|error| self.told(error))
    }
}

fn job(row: &Row<'_>, is_live: impl Fn(&str) -> bool) -> rusqlite::Result<Job> {
    let time = |millis| {
        Timestamp::from_millisecond(millis).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(1, Type::Integer, Box::new(error))
        })
    };
    let count = |at: usize| row.get::<_, i64>(at).map(|count| u64::try_from(count).unwrap_or(0));
    let owner: Option<String> = row.get(6)?;
    Ok(Job {
        id: JobId(row.get(0)?),
        made: time(row.get(1)?)?,
        profile: row.get(2)?,
        account: row.get(3)?,
        task: row.get(4)?,
        label: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        is_running: owner.is_some_and(|owner| is_live(&owner)),
        ended: row.get::<_, Option<i64>>(7)?.map(time).transpose()?,
        counts: Counts {
            todo: count(8)?,
            sent: count(9)?,
            done: count(10)?,
            skipped: count(11)?,
            failed: count(12)?,
            found: count(13)?,
            not_found: count(14)?,
        },
    })
}
