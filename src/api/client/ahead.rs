//! The next pages of a list, asked for while those before them are still being decoded and shown. The begin of a page
//! tells the way to the next one, which is asked for while the rest of the page is on its way.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::oneshot;
use tokio::task::JoinError;
use tokio_util::task::AbortOnDropHandle;

use super::answer::Answer;
use super::send::{Herald, Request};
use super::{Client, Listing};
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{self, NextPage, Page};
use crate::api::wire::Fields;

/// What one list has asked for ahead of its reader: a few pages at most. A page that was asked for before anything else
/// was read or written is old news by the time it is wanted, and is asked for again.
#[derive(Default)]
pub struct ReadAhead(Mutex<Option<Run>>);

/// So many pages may be there or on their way before the reader asks for the first of them, and one more.
const AHEAD: usize = 2;

/// Pages that follow each other.
struct Run {
    pages: Receiver<Ahead>,
    /// The first of them, where somebody wanted to know of it without waiting.
    looked_at: Option<Ahead>,
    /// Ends with this.
    _asking: AbortOnDropHandle<()>,
}

impl Run {
    async fn take(&mut self) -> Option<Ahead> {
        match self.looked_at.take() {
            None => self.pages.recv().await,
            next => next,
        }
    }

    fn is_empty(&self) -> bool {
        self.looked_at.is_none() && self.pages.is_empty()
    }
}

/// A way through a list that needs more than to follow the server's pages.
pub(in crate::api) trait Walk<T>: Send + 'static {
    /// The next page, and the way on from there.
    fn next(&mut self) -> impl Future<Output = Result<Page<T>, Error>> + Send;
}

struct Ahead {
    way: NextPage,
    /// How many requests for anything but pages had begun or ended when it was asked for.
    others: u64,
    page: Coming,
}

/// A page that nobody waits for yet.
enum Coming {
    Asked(AbortOnDropHandle<Fetched>),
    In(Result<Box<dyn Any + Send>, Error>),
}

/// A page that was fetched and decoded. Whoever waits for it knows what it holds.
type Fetched = Result<Result<Box<dyn Any + Send>, Error>, JoinError>;

/// What makes an item of a row, shared with the tasks that decode.
pub(in crate::api) trait Item<T>:
    Fn(&Fields<'_>) -> Option<T> + Clone + Send + Sync + 'static
{
}

impl<T, F: Fn(&Fields<'_>) -> Option<T> + Clone + Send + Sync + 'static> Item<T> for F {}

/// A page that is being read. It is given up when this is dropped.
pub(in crate::api) struct PageAside<T> {
    page: AbortOnDropHandle<Result<Page<T>, Error>>,
    way: Option<oneshot::Receiver<NextPage>>,
}

/// What has come of a page that is being read.
pub(in crate::api) enum News<T> {
    /// Where it leads, before the rest is in. This is not told of every page.
    Way(NextPage),
    /// All of it, or why it cannot be had. Nothing comes after this.
    Page(Result<Page<T>, Error>),
}

impl<T> PageAside<T> {
    /// Waits for what comes next of it. Nothing is lost when somebody stops waiting.
    pub(in crate::api) async fn news(&mut self) -> News<T> {
        if let Some(told) = &mut self.way {
            let way = tokio::select! {
                biased;
                way = told => way,
                page = &mut self.page => return News::Page(whole(page).await),
            };
            self.way = None;
            if let Ok(way) = way {
                return News::Way(way);
            }
        }
        News::Page(whole((&mut self.page).await).await)
    }
}

/// What a task came to. A panic in it goes on in who waits.
async fn whole<T>(ended: Result<T, JoinError>) -> T {
    match ended.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // Only the end of the program cancels it otherwise, and nothing is waited for then.
        Err(Err(_)) => std::future::pending().await,
    }
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
    /// Whether a page is in that nobody has waited for.
    pub(super) fn has_one(&self) -> bool {
        let mut slot = self.0.lock().unwrap();
        let Some(run) = slot.as_mut() else { return false };
        run.looked_at = run.looked_at.take().or_else(|| run.pages.try_recv().ok());
        run.looked_at.as_ref().is_some_and(|next| match &next.page {
            Coming::Asked(page) => page.is_finished(),
            Coming::In(_) => true,
        })
    }

    /// Whether there is no room for another page before one is taken.
    pub(super) fn is_full(&self) -> bool {
        self.0.lock().unwrap().as_ref().is_some_and(|run| run.pages.len() == AHEAD)
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
        if let Some(page) = self.ready(slot, next).await {
            return page;
        }
        let answer = self.send(&Request::page(product, path.to_owned())).await?;
        slot.put(self.run_from(product, path, &answer, item.clone()));
        // What this thread has spawned last would only begin once the decoding is done.
        tokio::task::yield_now().await;
        self.page_of(answer, product, Some(path), item)
    }

    /// Reads one page of a list that is walked through in a way of its own, and lets it go on ahead.
    pub(in crate::api) async fn walk_page<T: Send + 'static, W: Walk<T>>(
        &self,
        next: &NextPage,
        walk: impl FnOnce(Self) -> W,
    ) -> Result<Page<T>, Error> {
        let slot = self.ahead.as_ref();
        if let Some(slot) = slot
            && let Some(page) = self.ready(slot, next).await
        {
            return page;
        }
        let others = self.others();
        let mut walk = walk(Self { ahead: None, ..self.clone() });
        let page = walk.next().await?;
        let way = page.next.clone().filter(|way| way.streams().is_some());
        if let (Some(slot), Some(way)) = (slot, way) {
            let (sender, pages) = mpsc::channel(AHEAD);
            let walking = AbortOnDropHandle::new(tokio::spawn(go_on(walk, way, others, sender)));
            slot.put(Some(Run { pages, looked_at: None, _asking: walking }));
        }
        Ok(page)
    }

    /// The page that a way leads to, if it was asked for ahead and is still good.
    async fn ready<T: 'static>(
        &self,
        slot: &ReadAhead,
        way: &NextPage,
    ) -> Option<Result<Page<T>, Error>> {
        let mut run = slot.put(None)?;
        let was_there = !run.is_empty();
        let next = run.take().await?;
        if next.way != *way || next.others != self.others() {
            return None;
        }
        let (page, was_waiting) = match next.page {
            Coming::In(page) => (page, was_there),
            Coming::Asked(page) => {
                let was_waiting = page.is_finished();
                (page.await.ok()?.ok()?, was_waiting)
            }
        };
        let page = match page {
            // A failure of long ago says nothing about now.
            Err(error) => return (!was_waiting).then_some(Err(error)),
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
        let first = way_on(path, answer.next_page(self.hosts(), product)?)?;
        let (sender, pages) = mpsc::channel(AHEAD);
        let client = Self { ahead: None, ..self.clone() };
        let asking = tokio::spawn(async move { client.run(product, first, item, sender).await });
        let asking = AbortOnDropHandle::new(asking);
        Some(Run { pages, looked_at: None, _asking: asking })
    }

    async fn run<T: Send + 'static>(
        &self,
        product: Product,
        first: NextPage,
        item: impl Item<T>,
        pages: Sender<Ahead>,
    ) {
        let mut next = Some(first);
        while let Some(way) = next {
            let Ok(path) = way.path_and_query() else { return };
            let (told, way_on) = oneshot::channel();
            let others = self.others();
            let page = Coming::Asked(self.fetching(product, path.to_owned(), item.clone(), told));
            // Waits until there is room, which is how far ahead this goes.
            if pages.send(Ahead { way, others, page }).await.is_err() {
                return;
            }
            // Of a page that cannot be had nothing is told.
            next = way_on.await.ok();
        }
    }

    fn fetching<T: Send + 'static>(
        &self,
        product: Product,
        path: String,
        item: impl Item<T>,
        told: oneshot::Sender<NextPage>,
    ) -> AbortOnDropHandle<Fetched> {
        let client = self.clone();
        AbortOnDropHandle::new(tokio::spawn(async move {
            let herald = client.herald(product, path.clone(), told);
            let request = Request::page(product, path.clone()).heralded_by(herald);
            let answer = match client.send(&request).await {
                Ok(answer) => answer,
                Err(error) => return Ok(Err(error)),
            };
            // On a thread of its own: the threads that carry requests would send none meanwhile.
            tokio::task::spawn_blocking(move || {
                let page = client.page_of(answer, product, Some(&path), item)?;
                Ok(Box::new(page) as Box<dyn Any + Send>)
            })
            .await
        }))
    }

    /// Reads one page beside whatever else is done, and decodes it on a thread of its own.
    pub(in crate::api) fn page_aside<T: Send + 'static>(
        &self,
        listing: Listing,
        next: Option<NextPage>,
        item: impl Item<T>,
    ) -> PageAside<T> {
        let (told, way) = oneshot::channel();
        let client = self.clone();
        let page = AbortOnDropHandle::new(tokio::spawn(async move {
            let product = listing.product;
            let path = next.as_ref().map(NextPage::path_and_query).transpose()?.map(str::to_owned);
            let answer = match &path {
                None => client.first_page(&listing).await?,
                Some(path) => {
                    let herald = client.herald(product, path.clone(), told);
                    let request = Request::page(product, path.clone()).heralded_by(herald);
                    client.send(&request).await?
                }
            };
            let decoding = tokio::task::spawn_blocking(move || {
                client.page_of(answer, product, path.as_deref(), item)
            });
            whole(decoding.await).await
        }));
        PageAside { page, way: Some(way) }
    }

    /// Tells the way on as soon as it is in what has come of a page.
    fn herald(&self, product: Product, path: String, told: oneshot::Sender<NextPage>) -> Herald {
        let client = self.clone();
        let mut told = Some(told);
        Box::new(move |begin| {
            let next = page::way_on(begin, client.hosts(), product);
            let way = next.and_then(|next| way_on(&path, next));
            if let Some(way) = way
                && let Some(told) = told.take()
            {
                // Nobody may want to go there any more.
                let _ = told.send(way);
            }
            told.is_none()
        })
    }
}

/// Where a page leads, if one may go there and it is not that very page.
fn way_on(path: &str, next: NextPage) -> Option<NextPage> {
    let next = next.seen_from(Some(path));
    next.path_and_query().is_ok().then_some(next)
}

/// Walks on while there is room for what is met.
async fn go_on<T: Send + 'static>(
    mut walk: impl Walk<T>,
    first: NextPage,
    others: u64,
    pages: Sender<Ahead>,
) {
    let mut next = Some(first);
    while let Some(way) = next {
        let Ok(room) = pages.reserve().await else { return };
        let page = walk.next().await;
        // Where it leads back to the server's own pages, whoever follows those goes on.
        let way_on = page.as_ref().ok().and_then(|page| page.next.clone());
        next = way_on.filter(|way| way.streams().is_some());
        let page = Coming::In(page.map(|page| Box::new(page) as Box<dyn Any + Send>));
        room.send(Ahead { way, others, page });
    }
}
