//! The API's errors, told for a person. This is the border: beyond it there are only [`Problem`]s.

use crate::{
    api::{Certainty, Error, Refusal},
    app::notice::{Problem, ProblemKind},
};

/// Why a reading failed.
pub(crate) fn of_read(error: &Error) -> Problem {
    let kind = match error {
        Error::Unreachable { .. } | Error::TimedOut { .. } | Error::Lost { .. } => {
            ProblemKind::Offline
        }
        other => said(other),
    };
    told(kind, error)
}

/// Why a writing failed, or that nobody knows whether it did.
pub(crate) fn of_write(error: &Error) -> Problem {
    let kind = match (error, error.certainty()) {
        (_, Certainty::Unknown) => ProblemKind::OutcomeUnknown,
        (Error::Unreachable { .. }, _) => ProblemKind::Offline,
        (other, Certainty::NotApplied) => said(other),
    };
    told(kind, error)
}

fn said(error: &Error) -> ProblemKind {
    match error {
        _ if error.is_auth() => ProblemKind::Auth,
        _ if error.is_gone() => ProblemKind::Gone,
        _ if error.is_throttled() => ProblemKind::Throttled,
        Error::NotUnderstood { .. } | Error::ForeignHost { .. } | Error::Circle => {
            ProblemKind::NotUnderstood
        }
        _ => ProblemKind::Refused,
    }
}

fn told(kind: ProblemKind, error: &Error) -> Problem {
    let Error::Refused(refusal) = error else { return Problem::new(kind, error.to_string()) };
    Problem { kind, why: why(refusal), reference: Some(reference(refusal)), code: refusal.code }
}

fn why(refusal: &Refusal) -> String {
    let mut words = refusal.message.shown().text();
    for detail in refusal.details.iter().take(3) {
        words.push_str("; ");
        words.push_str(&detail.shown().text());
    }
    words
}

fn reference(refusal: &Refusal) -> String {
    let mut parts = vec![format!("status {}", refusal.status)];
    parts.extend(refusal.code.map(|code| format!("code {code}")));
    parts.extend(refusal.request_id.as_ref().map(|id| id.shown().text()));
    if refusal.tries > 1 {
        parts.push(format!("after {} tries", refusal.tries));
    }
    parts.join(", ")
}
