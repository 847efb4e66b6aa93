//! The journal: a line for every write, on the disk before its request leaves and completed when its answer is in.

mod line;
mod outcome;
mod query;
mod record;
mod write;

use std::{fmt, num::ParseIntError, str::FromStr, time::Duration};

use jiff::Timestamp;
use serde::Serialize;

pub(super) use self::record::{Stored, nameless};
pub use self::{
    outcome::{End, Outcome, Settlement, Standing},
    query::JournalQuery,
    record::{Fields, Record, fields_of, fields_text, sids_of},
};
use crate::curl::{self, Call};

/// Which line: larger is later, and a number is never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct EntryId(i64);

impl EntryId {
    pub(super) fn new(number: i64) -> Self {
        Self(number)
    }

    pub(super) fn number(self) -> i64 {
        self.0
    }
}

/// The number of a line that a row of a job names.
pub(super) fn entry_id(number: i64) -> EntryId {
    EntryId(number)
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Typed text is not the number of a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected the number of a line of the journal")]
pub struct ParseEntryIdError(#[from] ParseIntError);

impl FromStr for EntryId {
    type Err = ParseEntryIdError;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Ok(Self(typed.parse()?))
    }
}

/// What a line still holds of names, parameters and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// All of it.
    Full,
    /// Digests (`sha256:` and 64 hex digits) in their place. The message is not kept.
    Digest,
    /// Nothing any more, or it was never to be kept.
    Nothing,
}

impl Kept {
    /// One word, as exports and the file have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Digest => "digest",
            Self::Nothing => "nothing",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        [Self::Full, Self::Digest, Self::Nothing].into_iter().find(|kept| kept.word() == word)
    }
}

/// A line as it reads now. Names and values came from afar: make them visible before they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub id: EntryId,
    /// When the request was about to leave.
    pub begun: Timestamp,
    /// What was sent. Where `kept` is not [`Kept::Full`], names and values are digests, or empty or `None`, and a name
    /// within the path reads `{name}`.
    pub record: Record,
    /// What the line still holds.
    pub kept: Kept,
    /// How it ended, as far as is known.
    pub standing: Standing,
    /// When that became known.
    pub ended: Option<Timestamp>,
    /// The HTTP status of the answer.
    pub status: Option<u16>,
    /// The vendor's code for a problem.
    pub code: Option<u32>,
    /// What the vendor said of it.
    pub message: Option<String>,
    /// The vendor's name for the request.
    pub request_id: Option<String>,
    /// From sending to answer.
    pub duration: Option<Duration>,
    /// The sid of what was made, where something was.
    pub made: Option<String>,
    /// A later write that took this one back.
    pub undone_by: Option<EntryId>,
}

impl Entry {
    /// The request as a `curl` command that asks for the secret; `base_url` is the product's host. `None` where the line
    /// does not hold what was sent any more.
    pub fn curl(&self, base_url: &str) -> Option<String> {
        let Record { method, path, form, webhooks, .. } = &self.record;
        let call = Call { method, base_url, path, form, webhooks: *webhooks };
        (self.kept == Kept::Full).then(|| curl::line(&call))
    }
}
