//! What is said to the person: problems in three parts (what happened, why, what to press) and the lines at the foot.
//! Texts here are already safe to show.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// Why something did not work, told for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind, for those who decide what to do next.
    pub kind: ProblemKind,
    /// What happened, in the reason's own words ("unique name is taken").
    pub why: String,
    /// Where to read on: vendor code, request id, link.
    pub reference: Option<String>,
    /// The vendor's error code, where there is one.
    pub code: Option<u32>,
}

/// The kinds of failure that are treated differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The credentials were refused (401).
    Auth,
    /// The vendor understood and said no.
    Refused,
    /// The resource does not exist (any more).
    Gone,
    /// The vendor is busy, even after retries.
    Throttled,
    /// The server could not be reached, or did not answer.
    Offline,
    /// The answer was not what the documents describe.
    NotUnderstood,
    /// A write left, and no answer says whether it took effect.
    OutcomeUnknown,
    /// Switchboard itself failed.
    Bug,
}

impl Problem {
    /// A problem without a reference.
    pub fn new(kind: ProblemKind, why: impl Into<String>) -> Self {
        Self { kind, why: why.into(), reference: None, code: None }
    }

    /// A failure of Switchboard itself.
    pub fn bug(why: impl Into<String>) -> Self {
        Self::new(ProblemKind::Bug, why)
    }

    /// The sentence with its reference.
    pub fn sentence(&self) -> String {
        match &self.reference {
            Some(reference) => format!("{} ({reference})", self.why),
            None => self.why.clone(),
        }
    }
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A remark.
    Info,
    /// Something succeeded.
    Ok,
    /// Something needs attention.
    Warn,
    /// Something failed.
    Bad,
}

/// One line at the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// When it was said.
    pub at: Timestamp,
    /// How loud.
    pub tone: Tone,
    /// The words.
    pub text: String,
}

/// The newest notice and those before it.
#[derive(Debug, Default)]
pub struct Notices {
    log: VecDeque<Notice>,
    shown: bool,
}

const KEPT: usize = 200;
const CALM_FOR: SignedDuration = SignedDuration::from_secs(8);

impl Notices {
    /// Says something.
    pub fn say(&mut self, at: Timestamp, tone: Tone, text: impl Into<String>) {
        self.log.push_front(Notice { at, tone, text: text.into() });
        self.log.truncate(KEPT);
        self.shown = true;
    }

    /// What stands at the foot now. Remarks and successes leave by themselves, failures stay until the next notice.
    pub fn current(&self, now: Timestamp) -> Option<&Notice> {
        let newest = self.log.front().filter(|_| self.shown)?;
        let leaves = matches!(newest.tone, Tone::Info | Tone::Ok);
        (!leaves || now.duration_since(newest.at) < CALM_FOR).then_some(newest)
    }

    /// How long until the current notice leaves by itself.
    pub fn leaves_in(&self, now: Timestamp) -> Option<SignedDuration> {
        let newest = self.current(now)?;
        matches!(newest.tone, Tone::Info | Tone::Ok)
            .then(|| CALM_FOR - now.duration_since(newest.at))
    }

    /// Clears the foot; the log keeps it.
    pub fn hide(&mut self) {
        self.shown = false;
    }

    /// All that was said, newest first.
    pub fn log(&self) -> impl Iterator<Item = &Notice> {
        self.log.iter()
    }
}
