//! How a request ended, as the journal has it.

use crate::{
    api::{Certainty, Ended},
    state::{End, Outcome},
};

/// What the client tells of an end, in the journal's words.
pub fn outcome(ended: Ended) -> Outcome {
    let (end, message) = match ended.failure {
        None => (End::Done { made: ended.made }, None),
        // The server said no, if it said anything.
        Some((Certainty::NotApplied, why)) if ended.status.is_some() => (End::Refused, Some(why)),
        Some((Certainty::NotApplied, why)) => (End::Failed, Some(why)),
        Some((Certainty::Unknown, why)) => (End::Lost, Some(why)),
    };
    Outcome {
        end,
        status: ended.status,
        code: ended.code,
        message,
        request_id: ended.request_id,
        duration: ended.took,
    }
}
