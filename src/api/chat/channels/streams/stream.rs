//! One of the two streams: what it has asked for, and what of it is in and not told.

use std::collections::VecDeque;
use std::future;

use super::{END, Place, START, place};
use crate::api::chat::channels::{Channel, Visibility, channels_path};
use crate::api::chat::listing;
use crate::api::chat::services::Service;
use crate::api::client::{Client, News, PageAside};
use crate::api::error::Error;
use crate::api::page::{NextPage, Step};
use crate::api::sid::Sid;
use crate::api::wire::Fields;

/// So many pages of a stream may be in that cannot be told yet, or one less while another is on its way.
const BUFFERED: usize = 2;
/// So many may be in while the other stream is waited for.
const FULL: usize = 10;

/// A page on its way.
struct Asked {
    page: PageAside<Channel>,
    step: Step,
    /// How far the public stream had come when it was asked for.
    guard: Place,
}

/// One of the two streams.
pub(super) struct Stream {
    pub(super) kind: Visibility,
    /// Where the next page lies.
    pub(super) step: Step,
    /// The page that is awaited, and the one after it, which is asked for as soon as the way there is known.
    asked: [Option<Asked>; 2],
    pub(super) way: Option<NextPage>,
    /// What is in and not told, each page with the step that led to it.
    pages: VecDeque<(Step, VecDeque<Channel>)>,
    /// How far the pages go that need not be asked for again.
    pub(super) floor: Place,
    /// How far it is known.
    pub(super) end: Place,
    /// Up to here its rows were told before.
    pub(super) mark: Place,
    /// Why its next page cannot be had. Nothing more is asked for.
    pub(super) failure: Option<Error>,
}

impl Stream {
    pub(super) fn new(kind: Visibility, step: &Step, begin: Place, mark: Place) -> Self {
        // What has ended before goes as far as there is anything.
        let end = if *step == Step::End { END } else { begin };
        let (step, pages) = (step.clone(), VecDeque::new());
        Self {
            kind,
            step,
            asked: [None, None],
            way: None,
            pages,
            floor: end,
            end,
            mark,
            failure: None,
        }
    }

    pub(super) fn is_waiting(&self) -> bool {
        let [awaited, _] = &self.asked;
        awaited.is_some()
    }

    pub(super) fn has_room(&self) -> bool {
        self.pages.len() + self.asked.iter().flatten().count() <= BUFFERED
    }

    /// Asks for a further page, if it is known where that lies.
    pub(super) fn ask(&mut self, client: &Client, service: Sid<Service>, guard: Place) {
        let [awaited, then] = &mut self.asked;
        let (slot, step) = match (&awaited, &then) {
            _ if self.failure.is_some() => return,
            (None, _) => (awaited, self.step.clone()),
            (Some(_), None) => (then, Step::after(self.way.take())),
            _ => return,
        };
        let next = match &step {
            Step::Begin => None,
            Step::To(next) => Some(next.clone()),
            Step::End => return,
        };
        let listing = listing(channels_path(service), vec![("Type", self.kind.name().to_owned())]);
        let item = move |fields: &Fields<'_>| Channel::read(fields, service);
        *slot = Some(Asked { page: client.page_aside(listing, next, item), step, guard });
    }

    /// Waits for what comes of the page that was asked for, for ever if none was.
    pub(super) async fn news(&mut self) -> News<Channel> {
        let [Some(awaited), _] = &mut self.asked else { return future::pending().await };
        awaited.page.news().await
    }

    /// Gives the place of the page that has come to the next one. How far the public stream had come when it was asked
    /// for.
    pub(super) fn shift(&mut self) -> Place {
        let [awaited, then] = &mut self.asked;
        let guard = awaited.take().map_or(START, |asked| asked.guard);
        *awaited = then.take();
        self.way = None;
        guard
    }

    /// Goes on behind a page, and forgets what was asked for where that led elsewhere: its begin may have been another
    /// one's, whose rest was lost.
    pub(super) fn go_on(&mut self, next: Option<NextPage>) {
        self.step = Step::after(next);
        let [awaited, _] = &self.asked;
        if awaited.as_ref().is_some_and(|asked| asked.step != self.step) {
            self.drop_asked();
        }
    }

    /// Forgets the pages that are on their way.
    pub(super) fn drop_asked(&mut self) {
        (self.asked, self.way) = ([None, None], None);
    }

    /// Takes in that the page that was asked for cannot be had.
    pub(super) fn fail(&mut self, error: Error) {
        self.drop_asked();
        self.failure = Some(error);
    }

    /// Whether as much is in as may ever be.
    pub(super) fn is_full(&self) -> bool {
        self.pages.len() >= FULL
    }

    pub(super) fn keep(&mut self, rows: VecDeque<Channel>) {
        if !rows.is_empty() {
            self.pages.push_back((self.step.clone(), rows));
        }
    }

    /// Where to go on so that everything comes that is not told.
    pub(super) fn resume(&self) -> Step {
        self.pages.front().map_or_else(|| self.step.clone(), |(step, _)| step.clone())
    }

    /// The place of the row that is to be told first.
    pub(super) fn front(&self, descending: bool) -> Option<Place> {
        self.pages.front().and_then(|(_, rows)| place(rows.front()?, descending))
    }

    pub(super) fn pop(&mut self) -> Option<Channel> {
        let (_, rows) = self.pages.front_mut()?;
        let row = rows.pop_front();
        if rows.is_empty() {
            self.pages.pop_front();
        }
        row
    }

    /// How many rows stand no further than there.
    pub(super) fn up_to(&self, limit: Place, descending: bool) -> usize {
        let is_due = |row: &Channel| place(row, descending).is_none_or(|place| place <= limit);
        self.pages.iter().map(|(_, rows)| rows.partition_point(is_due)).sum()
    }

    /// Makes one page of all that is in, in order.
    pub(super) fn sort(&mut self, descending: bool) {
        let step = self.resume();
        let mut rows: Vec<Channel> = self.pages.drain(..).flat_map(|(_, rows)| rows).collect();
        rows.sort_by_key(|row| place(row, descending));
        if !rows.is_empty() {
            self.pages.push_back((step, rows.into()));
        }
    }
}
