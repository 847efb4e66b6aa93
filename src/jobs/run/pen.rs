//! Writes a request of a row down before it leaves, and remembers how it ended.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::blocking;
use crate::{
    api::{Ended, Outgoing, Saying, Webhooks, Witness},
    jobs::outcome::outcome,
    state::{EntryId, JobId, Outcome, Record, State, sids_of},
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
            sids: sids_of(&write.path),
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
