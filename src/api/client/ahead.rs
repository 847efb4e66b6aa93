//! The next page of a list, asked for while the one before it is still being decoded and shown.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinHandle;

use super::Client;
use super::answer::Answer;
use super::send::Request;
use crate::api::error::Error;
use crate::api::hosts::Product;

/// What one list has asked for ahead of its reader: one page at most. A page that was asked for before anything else
/// was read or written is old news by the time it is wanted, and is asked for again.
#[derive(Default)]
pub struct ReadAhead(Mutex<Option<Begun>>);

struct Begun {
    path: String,
    /// How many requests for anything but pages had begun or ended by then.
    others: u64,
    task: JoinHandle<Result<Answer, Error>>,
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ReadAhead {
    fn put(&self, begun: Option<Begun>) -> Option<Begun> {
        // A panic elsewhere leaves nothing here half-done.
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *slot, begun)
    }
}

#[cfg(test)]
impl ReadAhead {
    /// Whether the answer is in.
    pub(super) fn has_arrived(&self) -> bool {
        let slot = self.0.lock().unwrap();
        slot.as_ref().is_some_and(|begun| begun.task.is_finished())
    }
}

impl fmt::Debug for ReadAhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadAhead").finish_non_exhaustive()
    }
}

impl Client {
    /// The same client, for one list that is read to its end: from its second page on the next one is on its way
    /// while the last one is decoded. What is left in `slot` is given up when that is dropped.
    #[must_use]
    pub fn reading_ahead(&self, slot: Arc<ReadAhead>) -> Self {
        Self { ahead: Some(slot), ..self.clone() }
    }

    /// The answer to a further page, which may be on its way already.
    pub(super) async fn page_at(&self, product: Product, path: &str) -> Result<Answer, Error> {
        let begun = self.ahead.as_ref().and_then(|slot| slot.put(None));
        let begun = begun.filter(|begun| begun.path == path && begun.others == self.others());
        if let Some(mut begun) = begun {
            // A failure of long ago says nothing about now.
            let was_waiting = begun.task.is_finished();
            match (&mut begun.task).await {
                Ok(Err(error)) if !was_waiting => return Err(error),
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(_)) | Err(_) => {}
            }
        }
        self.send(&Request::page(product, path.to_owned())).await
    }

    /// Asks for the page after this one.
    pub(super) async fn read_ahead(&self, product: Product, path: &str, answer: &Answer) {
        let Some(slot) = &self.ahead else { return };
        let Some(next) = answer.next_page(self.hosts(), product) else { return };
        let Ok(next) = next.path_and_query() else { return };
        if next == path {
            return;
        }
        let request = Request::page(product, next.to_owned());
        let (client, others) = (self.clone(), self.others());
        let task = tokio::spawn(async move { client.send(&request).await });
        slot.put(Some(Begun { path: next.to_owned(), others, task }));
        // What this thread has spawned last would only begin once the decoding is done.
        tokio::task::yield_now().await;
    }
}
