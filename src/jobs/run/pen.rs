//! Writes a request of a row down before it leaves, and remembers how it ended.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::blocking;
use crate::{
    api::{Certainty, Ended, Outgoing, Saying, Webhooks, Witness},
    state::{End, EntryId, JobId, Outcome, Record, State},
};

/// One request of one row.
#[derive(Debug)]
pub(super) struct Pen {
    pub(super) state: Arc<State>,
    pub(super) job: JobId,
    pub(super) nth: u64,
    pub(super) record: Record,
    pub(super) now: fn() -> Timestamp,
    pub(super) page: Arc<Page>,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Page(Mutex<(Option<EntryId>, Option<Outcome>)>);

impl Page {
    /// The line, and how its request ended.
    pub(super) fn told(&self) -> Option<(EntryId, Outcome)> {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.0.zip(told.1.clone())
    }
}

impl Witness for Pen {
    fn before(&self, write: Outgoing) -> Saying<Result<(), String>> {
        let record = Record {
            method: write.method,
            path: write.path,
            webhooks: write.webhooks == Webhooks::On,
            form: write.form,
            ..self.record.clone()
        };
        let (state, job, nth, now) = (self.state.clone(), self.job, self.nth, self.now);
        let page = self.page.clone();
        Box::pin(async move {
            let begun = blocking(move || state.begin_row(job, nth, &record, now())).await;
            let entry = begun.map_err(|error| error.to_string())?;
            page.0.lock().unwrap_or_else(PoisonError::into_inner).0 = Some(entry);
            Ok(())
        })
    }

    fn after(&self, ended: Ended) -> Saying<()> {
        self.page.0.lock().unwrap_or_else(PoisonError::into_inner).1 = Some(outcome(ended));
        Box::pin(async {})
    }
}

fn outcome(ended: Ended) -> Outcome {
    let (end, message) = match ended.failure {
        None => (End::Done { made: None }, None),
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
