//! Both streams on their way, and the one list that is made of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::stream::Stream;
use super::{END, Place, START, last_place, of_kind, place, told_as};
use crate::api::chat::channels::{Channel, Visibility, channels_path};
use crate::api::chat::services::Service;
use crate::api::client::{Client, News, Walk};
use crate::api::error::Error;
use crate::api::page::{NextPage, Page, Step, Streams};
use crate::api::sid::Sid;

/// After so many pieces of news a page is told, whatever is in it: whoever waits for it may want to stop.
const PATIENCE: usize = 16;

/// Both streams on their way.
pub(super) struct Merge {
    client: Client,
    service: Sid<Service>,
    whole: NextPage,
    descending: bool,
    /// What the page held that was read before the streams began.
    first: Arc<HashMap<[u8; 16], bool>>,
    /// The place of its last row. None that is not in it stands before.
    begin: Place,
    public: Stream,
    private: Stream,
    /// How many places a page of private rows spans, more or less.
    span: Place,
    /// How far the page goes that is to be asked for again.
    again: Option<Place>,
    /// The private rows that may come a second time therefore, and how far they go.
    twice: (HashSet<[u8; 16]>, Place),
    /// Rows of that page that were migrated since, to be told anew.
    migrated: Vec<Channel>,
    /// The last place that was told of, and what was told of it.
    told: (Place, HashSet<([u8; 16], bool)>),
    /// So many rows are worth to be told.
    enough: usize,
    /// The streams have no order in common.
    is_one: bool,
}

impl Merge {
    pub(super) fn new(client: Client, service: Sid<Service>, streams: &Streams) -> Self {
        let begin = streams.begin;
        Self {
            client,
            service,
            whole: streams.whole.clone(),
            descending: streams.descending,
            first: Arc::clone(&streams.first),
            begin,
            public: Stream::new(Visibility::Public, &streams.public, begin, streams.mark),
            private: Stream::new(
                Visibility::Private,
                &streams.private,
                begin,
                streams.private_mark,
            ),
            span: streams.span,
            again: None,
            twice: (HashSet::new(), START),
            migrated: Vec::new(),
            told: (streams.mark, streams.told.clone()),
            enough: 1,
            is_one: false,
        }
    }

    /// Whether the public stream has come so far that the next private page can be trusted.
    fn may_follow(&self) -> bool {
        let expected = || {
            // Rows stand closer here and wider there.
            let page = self.span.saturating_add(self.span / 4);
            let pages = Place::from(self.private.is_waiting()) + 1;
            self.private.end.max(self.private.mark).saturating_add(page.saturating_mul(pages))
        };
        // Where the rows turn out to stand closer than they did, a page of it is asked for again instead.
        let cannot_wait = self.public.is_full() || self.public.failure.is_some();
        self.public.end == END
            || self.public.end > self.again.unwrap_or_else(expected)
            || (cannot_wait && self.again.is_none())
    }

    fn ask(&mut self) {
        let may_follow = self.may_follow();
        if self.public.has_room() || !may_follow && !self.public.is_waiting() {
            self.public.ask(&self.client, self.service, END);
        }
        if self.private.has_room() && may_follow {
            self.private.ask(&self.client, self.service, self.public.end);
        }
    }

    async fn read(&mut self) {
        tokio::select! {
            biased;
            news = self.public.news() => match news {
                News::Way(way) => self.public.way = Some(way),
                News::Page(Ok(page)) => self.take_public(page),
                News::Page(Err(error)) => self.public.fail(error),
            },
            news = self.private.news() => match news {
                News::Way(way) => self.private.way = Some(way),
                News::Page(Ok(page)) => self.take_private(page),
                News::Page(Err(error)) => self.private.fail(error),
            },
        }
    }

    /// Takes what is told already out of a page, and finds the place of its last row. There is none where the rows are
    /// not what was asked for, or in no order.
    fn weed(&self, stream: &Stream, page: &mut Page<Channel>) -> Option<Place> {
        let is_whole =
            page.unreadable == 0 && of_kind(&page.items, stream.kind) == page.items.len();
        if stream.step == Step::Begin {
            page.items.retain(|row| !self.first.contains_key(&row.sid.bytes()));
        }
        let last = last_place(&page.items, self.descending, stream.floor).filter(|_| is_whole);
        page.items.retain(|row| {
            let is_new = place(row, self.descending).is_none_or(|place| place >= stream.mark);
            is_new && !self.told.1.contains(&told_as(row))
        });
        last
    }

    fn take_public(&mut self, mut page: Page<Channel>) {
        self.public.shift();
        self.enough = page.items.len() / 2;
        let Some(last) = self.weed(&self.public, &mut page) else { return self.give_up() };
        self.public.keep(page.items.into());
        self.public.go_on(page.next);
        self.public.floor = last;
        self.public.end = if self.public.step == Step::End { END } else { self.public.floor };
    }

    fn take_private(&mut self, mut page: Page<Channel>) {
        let guard = self.private.shift();
        let rows = page.items.len();
        self.enough = rows / 2;
        if self.private.step == Step::Begin {
            let was_public = |row: &&Channel| self.first.get(&row.sid.bytes()) == Some(&false);
            self.migrated.extend(page.items.iter().filter(was_public).cloned());
        }
        let Some(last) = self.weed(&self.private, &mut page) else { return self.give_up() };
        let end = if page.next.is_none() { END } else { last };
        let first = page.items.first().and_then(|row| place(row, self.descending));
        if let Some(first) = first.filter(|first| *first < last && page.items.len() == rows) {
            self.span = last.saturating_sub(first);
        }
        let sids: Vec<_> = page.items.iter().map(|row| row.sid.bytes()).collect();
        page.items.retain(|row| !self.twice.0.contains(&row.sid.bytes()));
        self.private.keep(page.items.into());
        self.private.end = end;
        if !self.twice.0.is_empty() {
            self.private.sort(self.descending);
        }
        if guard == END || guard > end {
            self.again = None;
            self.private.floor = last;
            self.private.go_on(page.next);
            if end > self.twice.1 {
                self.twice = (HashSet::new(), START);
            }
        } else {
            self.private.drop_asked();
            self.again = Some(end);
            self.twice.0.extend(sids);
            self.twice.1 = end.max(self.twice.1);
        }
    }

    /// From here on the list is read as one, from where it was that: what is not told comes again.
    fn give_up(&mut self) {
        self.client.read_as_one(&channels_path(self.service));
        self.is_one = true;
    }

    /// Whether what is in is worth to be told, or is all there is.
    fn is_due(&self) -> bool {
        let is_waiting = self.public.is_waiting() || self.private.is_waiting();
        !is_waiting || self.due() >= self.enough.max(1)
    }

    /// How many rows can be told.
    fn due(&self) -> usize {
        let limit = self.limit();
        let due = |stream: &Stream| stream.up_to(limit, self.descending);
        self.migrated.len() + due(&self.public) + due(&self.private)
    }

    /// How far both streams are known.
    fn limit(&self) -> Place {
        self.public.end.min(self.private.end)
    }

    fn tell(&mut self) -> Page<Channel> {
        let limit = self.limit();
        let mut items = Vec::with_capacity(self.due());
        items.append(&mut self.migrated);
        loop {
            let public = self.public.front(self.descending);
            let private = self.private.front(self.descending);
            let from = match (public, private) {
                (Some(public), Some(private)) if private < public => &mut self.private,
                (Some(_), _) => &mut self.public,
                (None, _) => &mut self.private,
            };
            let place = from.front(self.descending);
            if place.is_none_or(|place| place > limit) {
                break;
            }
            items.extend(from.pop());
            if let (Some(place), Some(row)) = (place, items.last()) {
                note(&mut self.told, place, row);
            }
        }
        Page { items, next: self.way_on(), unreadable: 0 }
    }

    fn way_on(&self) -> Option<NextPage> {
        if self.is_one {
            return Some(self.whole.clone());
        }
        let (public, private) = (self.public.resume(), self.private.resume());
        if public == Step::End && private == Step::End {
            return None;
        }
        let (mark, told) = self.told.clone();
        Some(NextPage::of_streams(Streams {
            whole: self.whole.clone(),
            descending: self.descending,
            first: Arc::clone(&self.first),
            begin: self.begin,
            public,
            private,
            span: self.span,
            mark,
            private_mark: self.private.mark.max(mark.min(self.private.floor)),
            told,
        }))
    }
}

/// Notes that a row was told.
fn note(told: &mut (Place, HashSet<([u8; 16], bool)>), place: Place, row: &Channel) {
    if place > told.0 {
        told.0 = place;
        told.1.clear();
    }
    if place == told.0 {
        told.1.insert(told_as(row));
    }
}

impl Walk<Channel> for Merge {
    async fn next(&mut self) -> Result<Page<Channel>, Error> {
        for _ in 0..PATIENCE {
            self.ask();
            if self.is_one || self.is_due() {
                break;
            }
            self.read().await;
        }
        let has_none = !self.is_one && self.due() == 0;
        let failure = || self.public.failure.take().or_else(|| self.private.failure.take());
        match has_none.then(failure).flatten() {
            Some(failure) => Err(failure),
            None => Ok(self.tell()),
        }
    }
}
