//! The next pages of a list, asked for while those before them are still being decoded and shown.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::JoinHandle;

use super::Client;
use super::answer::Answer;
use super::send::Request;
use crate::api::error::Error;
use crate::api::hosts::Product;

/// What one list has asked for ahead of its reader: two pages at most. A page that was asked for before anything else
/// was read or written is old news by the time it is wanted, and is asked for again.
#[derive(Default)]
pub struct ReadAhead(Mutex<Option<Run>>);

/// Pages that follow each other.
struct Run {
    pages: Receiver<Ahead>,
    task: JoinHandle<()>,
}

impl Drop for Run {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Ahead {
    path: String,
    /// How many requests for anything but pages had begun or ended when it was asked for.
    others: u64,
    answer: Result<Answer, Error>,
}

impl ReadAhead {
    fn put(&self, run: Option<Run>) -> Option<Run> {
        // A panic elsewhere leaves nothing here half-done.
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *slot, run)
    }
}

#[cfg(test)]
impl ReadAhead {
    /// Whether an answer is in that nobody has waited for.
    pub(super) fn has_one(&self) -> bool {
        self.0.lock().unwrap().as_ref().is_some_and(|run| !run.pages.is_empty())
    }
}

impl fmt::Debug for ReadAhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadAhead").finish_non_exhaustive()
    }
}

impl Client {
    /// The same client, for one list that is read to its end: from its second page on the next ones are on their way
    /// while the last one is decoded. What is left in `slot` is given up when that is dropped.
    #[must_use]
    pub fn reading_ahead(&self, slot: Arc<ReadAhead>) -> Self {
        Self { ahead: Some(slot), ..self.clone() }
    }

    /// The answer to a further page, which may be on its way already.
    pub(super) async fn page_at(&self, product: Product, path: &str) -> Result<Answer, Error> {
        let Some(slot) = &self.ahead else {
            return self.send(&Request::page(product, path.to_owned())).await;
        };
        if let Some(mut run) = slot.put(None) {
            let ready = run.pages.try_recv().ok();
            let was_waiting = ready.is_some();
            let next = if was_waiting { ready } else { run.pages.recv().await };
            let next = next.filter(|next| next.path == path && next.others == self.others());
            match next.map(|next| next.answer) {
                Some(Ok(answer)) => {
                    slot.put(Some(run));
                    return Ok(answer);
                }
                // A failure of long ago says nothing about now.
                Some(Err(error)) if !was_waiting => return Err(error),
                Some(Err(_)) | None => {}
            }
        }
        let answer = self.send(&Request::page(product, path.to_owned())).await?;
        slot.put(self.run_from(product, path, &answer));
        // What this thread has spawned last would only begin once the decoding is done.
        tokio::task::yield_now().await;
        Ok(answer)
    }

    /// Asks for the pages after this one.
    fn run_from(&self, product: Product, path: &str, answer: &Answer) -> Option<Run> {
        let first = self.way_on(product, path, answer)?;
        let (sender, pages) = mpsc::channel(1);
        let client = Self { ahead: None, ..self.clone() };
        let task = tokio::spawn(async move { client.run(product, first, sender).await });
        Some(Run { pages, task })
    }

    async fn run(&self, product: Product, first: String, pages: Sender<Ahead>) {
        let mut next = Some(first);
        while let Some(path) = next {
            let others = self.others();
            let answer = self.send(&Request::page(product, path.clone())).await;
            next = answer.as_ref().ok().and_then(|answer| self.way_on(product, &path, answer));
            // Waits until there is room, which is how far ahead this goes.
            if pages.send(Ahead { path, others, answer }).await.is_err() {
                return;
            }
        }
    }

    /// Where a page leads, if one may go there and it is not that very page.
    fn way_on(&self, product: Product, path: &str, answer: &Answer) -> Option<String> {
        let next = answer.next_page(self.hosts(), product)?.seen_from(Some(path));
        next.path_and_query().ok().map(str::to_owned)
    }
}
