//! One row of a job.

use rusqlite::{Row, types::Type};

use crate::state::{EntryId, journal};

/// How a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// Nothing was done yet.
    Todo,
    /// A request left, and its end is not written.
    Sent,
    /// Done.
    Done,
    /// There was nothing to do.
    Skipped,
    /// It could not be done.
    Failed,
}

impl RowState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Todo, Self::Sent, Self::Done, Self::Skipped, Self::Failed];

    /// One word, as exports and the file have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A row as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Its place in the job, from 0.
    pub nth: u64,
    /// Its sids, as the task wants them.
    pub target: String,
    /// What a person calls it; empty when that is kept no more.
    pub label: String,
    /// How it stands.
    pub state: RowState,
    /// How many requests left for it.
    pub tries: u32,
    /// The vendor's code for a problem.
    pub code: Option<u32>,
    /// Why it was skipped or failed.
    pub note: Option<String>,
    /// The journal's line of its last request.
    pub entry: Option<EntryId>,
    /// Whether reading again afterwards found it done.
    pub found: Option<bool>,
}

/// How a row ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowEnd {
    /// How it stands from now on.
    pub state: RowState,
    /// How many requests left for it in this run.
    pub tries: u32,
    /// The vendor's code for a problem.
    pub code: Option<u32>,
    /// Why it was skipped or failed.
    pub note: Option<String>,
}

pub(super) const COLUMNS: &str = "nth, target, label, state, tries, code, note, entry, found";

pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<JobRow> {
    let word: String = row.get(3)?;
    let state = RowState::from_word(&word).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(3, Type::Text, "an unknown state".into())
    })?;
    Ok(JobRow {
        nth: u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default(),
        target: row.get(1)?,
        label: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        state,
        tries: row.get(4)?,
        code: row.get(5)?,
        note: row.get(6)?,
        entry: row.get::<_, Option<i64>>(7)?.map(journal::entry_id),
        found: row.get(8)?,
    })
}
