//! How a write can end.

use std::time::Duration;

/// What became of a request, told by who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The vendor's code for a problem.
    pub code: Option<u32>,
    /// What the vendor said of it, or why the request never left.
    pub message: Option<String>,
    /// The vendor's name for the request.
    pub request_id: Option<String>,
    /// From sending to answer, all tries together.
    pub duration: Duration,
}

/// The ways in which a request can end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The answer said so.
    Done {
        /// The sid of what was made.
        made: Option<String>,
    },
    /// The answer said no.
    Refused,
    /// It never left: nothing has changed.
    Failed,
    /// There was no answer, or only half of one: it may or may not have been done.
    Lost,
}

/// What reading again found, where the answer is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// It has been done.
    Done {
        /// The sid of what was made.
        made: Option<String>,
    },
    /// It has not been done.
    NotDone,
}

/// How a line stands, as the reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The answer is awaited by a console that still runs.
    InFlight,
    /// No answer was written: the console ended first.
    Unfinished,
    /// Done, the answer said so.
    Done,
    /// Refused, the answer said so.
    Refused,
    /// It never left.
    Failed,
    /// The answer was lost, and what became of it is not known yet.
    Unknown,
    /// The answer was not known; reading again showed that it has been done.
    SettledDone,
    /// The answer was not known; reading again showed that it has not been done.
    SettledNotDone,
}

impl Standing {
    /// As a table and an export have it.
    pub fn words(self) -> &'static str {
        match self {
            Self::InFlight => "in flight",
            Self::Unfinished => "unfinished",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::SettledDone => "settled as done",
            Self::SettledNotDone => "settled as not done",
        }
    }

    /// Whether the change was made for all that is known.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::SettledDone)
    }

    /// Whether reading again is what would tell.
    pub fn wants_reading(self) -> bool {
        matches!(self, Self::Unfinished | Self::Unknown)
    }
}

impl End {
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Lost => "lost",
        }
    }

    pub(super) fn made(&self) -> Option<&str> {
        match self {
            Self::Done { made } => made.as_deref(),
            Self::Refused | Self::Failed | Self::Lost => None,
        }
    }
}

impl Settlement {
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::NotDone => "not done",
        }
    }

    pub(super) fn made(&self) -> Option<&str> {
        match self {
            Self::Done { made } => made.as_deref(),
            Self::NotDone => None,
        }
    }
}

/// What the file says of the end, `None` where it says what no version writes.
pub(super) fn standing(
    outcome: Option<&str>,
    settled: Option<&str>,
    is_live: impl FnOnce() -> bool,
) -> Option<Standing> {
    // An answer outweighs what another console made of its absence.
    Some(match (outcome, settled) {
        (Some("done"), _) => Standing::Done,
        (Some("refused"), _) => Standing::Refused,
        (Some("failed"), _) => Standing::Failed,
        (None | Some("lost"), Some("done")) => Standing::SettledDone,
        (None | Some("lost"), Some("not done")) => Standing::SettledNotDone,
        (Some("lost"), None) => Standing::Unknown,
        (None, None) if is_live() => Standing::InFlight,
        (None, None) => Standing::Unfinished,
        _ => return None,
    })
}
