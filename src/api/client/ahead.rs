//! The next pages of a list, asked for while those before them are still being decoded and shown.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::JoinHandle;

use super::answer::Answer;
use super::send::Request;
use super::{Client, Listing};
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{NextPage, Page};
use crate::api::wire::Fields;

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
    page: Result<Decoding, Error>,
}

/// A page being decoded beside the next request. Whoever waits for it knows what it holds.
type Decoding = JoinHandle<Result<Box<dyn Any + Send>, Error>>;

/// What makes an item of a row, shared with the tasks that decode.
pub(in crate::api) trait Item<T>:
    Fn(&Fields<'_>) -> Option<T> + Clone + Send + Sync + 'static
{
}

impl<T, F: Fn(&Fields<'_>) -> Option<T> + Clone + Send + Sync + 'static> Item<T> for F {}

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

    /// Reads one page of a list that may be read ahead.
    pub(in crate::api) async fn stream_page<T: Send + 'static>(
        &self,
        listing: &Listing,
        next: Option<&NextPage>,
        item: impl Item<T>,
    ) -> Result<Page<T>, Error> {
        // The first page is on the screen before the second is asked for.
        let (Some(slot), Some(next)) = (&self.ahead, next) else {
            return self.read_page(listing, next, item).await;
        };
        let (product, path) = (listing.product, next.path_and_query()?);
        if let Some(page) = self.ready(slot, path).await {
            return page;
        }
        let answer = self.send(&Request::page(product, path.to_owned())).await?;
        slot.put(self.run_from(product, path, &answer, item.clone()));
        // What this thread has spawned last would only begin once the decoding is done.
        tokio::task::yield_now().await;
        self.page_of(&answer, product, Some(path), item)
    }

    /// The page at a path, if it was asked for ahead and is still good.
    async fn ready<T: 'static>(
        &self,
        slot: &ReadAhead,
        path: &str,
    ) -> Option<Result<Page<T>, Error>> {
        let mut run = slot.put(None)?;
        let ready = run.pages.try_recv().ok();
        let was_waiting = ready.is_some();
        let next = if was_waiting { ready } else { run.pages.recv().await }?;
        if next.path != path || next.others != self.others() {
            return None;
        }
        let page = match next.page {
            // A failure of long ago says nothing about now.
            Err(error) => return (!was_waiting).then_some(Err(error)),
            Ok(decoding) => decoding.await.ok()?,
        };
        let page = match page {
            Err(error) => return Some(Err(error)),
            Ok(page) => *page.downcast().ok()?,
        };
        slot.put(Some(run));
        Some(Ok(page))
    }

    /// Asks for the pages after this one.
    fn run_from<T: Send + 'static>(
        &self,
        product: Product,
        path: &str,
        answer: &Answer,
        item: impl Item<T>,
    ) -> Option<Run> {
        let first = self.way_on(product, path, answer)?;
        let (sender, pages) = mpsc::channel(1);
        let client = Self { ahead: None, ..self.clone() };
        let task = tokio::spawn(async move { client.run(product, first, item, sender).await });
        Some(Run { pages, task })
    }

    async fn run<T: Send + 'static>(
        &self,
        product: Product,
        first: String,
        item: impl Item<T>,
        pages: Sender<Ahead>,
    ) {
        let mut next = Some(first);
        while let Some(path) = next {
            let others = self.others();
            let answer = self.send(&Request::page(product, path.clone())).await;
            next = answer.as_ref().ok().and_then(|answer| self.way_on(product, &path, answer));
            let page =
                answer.map(|answer| self.decoding(product, path.clone(), answer, item.clone()));
            // Waits until there is room, which is how far ahead this goes.
            if pages.send(Ahead { path, others, page }).await.is_err() {
                return;
            }
        }
    }

    fn decoding<T: Send + 'static>(
        &self,
        product: Product,
        path: String,
        answer: Answer,
        item: impl Item<T>,
    ) -> Decoding {
        let client = self.clone();
        // On a thread of its own: the threads that carry requests would send none meanwhile.
        tokio::task::spawn_blocking(move || {
            let page = client.page_of(&answer, product, Some(&path), item)?;
            Ok(Box::new(page) as Box<dyn Any + Send>)
        })
    }

    /// Where a page leads, if one may go there and it is not that very page.
    fn way_on(&self, product: Product, path: &str, answer: &Answer) -> Option<String> {
        let next = answer.next_page(self.hosts(), product)?.seen_from(Some(path));
        next.path_and_query().ok().map(str::to_owned)
    }
}
