//! A list of rows with a cursor, a window and a filter. Rows are keys; what they say is asked of the entities.
//! The cursor is a key, never a row number, so that a refresh cannot move it onto another thing.

use std::{collections::HashSet, fmt::Debug, hash::Hash};

use jiff::Timestamp;

use crate::api::page::{NextPage, Page};
use crate::app::{
    entities::Entities,
    query::Query,
    remote::{Remote, Settled},
    ticket::{Lane, Reply, Ticket, Tickets},
};

/// What a row's key must offer.
pub trait Entry: Copy + Eq + Hash + Debug {
    /// All that the filter looks at, lower-cased, parts separated by line ends.
    fn folded(self, entities: &Entities) -> String;
}

/// How far a listing has come.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Extent {
    /// The page after those that are in; `None` at the end.
    pub next: Option<NextPage>,
    /// Items that could not be read because they bore no usable sid.
    pub unreadable: usize,
}

/// The rows of one place.
#[derive(Debug)]
pub struct List<K> {
    rows: Vec<K>,
    seen: HashSet<K>,
    incoming: Option<Vec<K>>,
    shown: Vec<K>,
    cursor: Option<K>,
    held: Option<K>,
    at: usize,
    top: usize,
    height: usize,
    filter: String,
    query: Query,
    listing: Remote<Extent>,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            seen: HashSet::new(),
            incoming: None,
            shown: Vec::new(),
            cursor: None,
            held: None,
            at: 0,
            top: 0,
            height: 1,
            filter: String::new(),
            query: Query::default(),
            listing: Remote::default(),
        }
    }
}

const MARGIN: usize = 3;

impl<K: Entry> List<K> {
    /// Takes in a page of keys, whose values the entities already hold.
    pub fn settle(
        &mut self,
        reply: Reply<Page<K>>,
        now: Timestamp,
        entities: &Entities,
    ) -> Settled {
        let mut keys = Vec::new();
        let starts_over = self.incoming.as_ref().is_some_and(Vec::is_empty);
        let settled = self.listing.settle(reply, now, |extent, page: Page<K>| {
            let extent = extent.get_or_insert_default();
            extent.unreadable = page.unreadable + if starts_over { 0 } else { extent.unreadable };
            extent.next = page.next;
            keys = page.items;
        });
        if settled == Settled::Fresh {
            self.append(&keys, entities);
            let ended = self.listing.value().is_some_and(|extent| extent.next.is_none());
            if ended && let Some(incoming) = self.incoming.take() {
                self.seen = incoming.iter().copied().collect();
                self.rows = incoming;
                self.refilter(entities);
            }
        }
        settled
    }

    fn append(&mut self, keys: &[K], entities: &Entities) {
        if let Some(incoming) = &mut self.incoming {
            let known: HashSet<K> = incoming.iter().copied().collect();
            incoming.extend(keys.iter().filter(|key| !known.contains(key)));
        }
        for &key in keys {
            if self.seen.insert(key) {
                self.rows.push(key);
                if self.passes(key, entities) {
                    self.shown.push(key);
                }
            }
        }
        self.find_cursor();
    }

    fn passes(&self, key: K, entities: &Entities) -> bool {
        self.query.is_empty() || self.query.matches(&key.folded(entities))
    }

    /// Finds the cursor's row again; a cursor whose row is not shown stays near where it was.
    fn find_cursor(&mut self) {
        let find = |key: K| {
            let near = self.shown.get(self.at) == Some(&key);
            if near { Some(self.at) } else { self.shown.iter().position(|&row| row == key) }
        };
        let kept = self.held.and_then(find).or_else(|| self.cursor.and_then(find));
        self.at = kept.unwrap_or_else(|| self.at.min(self.shown.len().saturating_sub(1)));
        self.cursor = self.shown.get(self.at).copied();
        self.keep_in_view();
    }

    fn keep_in_view(&mut self) {
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let lowest = self.at.saturating_sub(margin);
        let highest = (self.at + margin + 1).saturating_sub(self.height);
        self.top = self.top.min(lowest).max(highest);
        self.top = self.top.min(self.shown.len().saturating_sub(self.height));
    }

    /// The key under the cursor.
    pub fn cursor(&self) -> Option<K> {
        self.cursor
    }

    /// Puts the cursor on a row, if it is shown.
    pub fn point_at(&mut self, key: K) {
        if self.shown.contains(&key) {
            self.cursor = Some(key);
            self.find_cursor();
        }
    }

    /// The rows of the window, from the top.
    pub fn window(&self) -> &[K] {
        let end = (self.top + self.height).min(self.shown.len());
        self.shown.get(self.top..end).unwrap_or_default()
    }

    /// All rows that are loaded, whatever the filter says.
    pub fn first_rows(&self) -> &[K] {
        &self.rows
    }

    /// The state of the asking.
    pub fn listing(&self) -> &Remote<Extent> {
        &self.listing
    }
}

/// Which page to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The first. Rows that are there stay until the new listing is complete.
    First,
    /// The one after those that are in.
    More,
}

/// What can be done to any list, whatever its rows are.
pub trait Rows: Debug {
    /// Moves the cursor by so many rows.
    fn step(&mut self, by: isize);
    /// To the first row.
    fn first(&mut self);
    /// To the last row.
    fn last(&mut self);
    /// Tells how many rows the window has.
    fn set_height(&mut self, rows: usize);
    /// How many rows the window has.
    fn height(&self) -> usize;
    /// The filter as typed.
    fn filter(&self) -> &str;
    /// Filters by what was typed.
    fn set_filter(&mut self, typed: &str, entities: &Entities);
    /// Remembers the cursor's row while a filter is being typed: what is typed in between may hide it.
    fn hold(&mut self);
    /// From now on the cursor is where it is.
    fn release(&mut self);
    /// Filters anew, because what the rows say has changed.
    fn refilter(&mut self, entities: &Entities);
    /// Row number of the cursor among the shown rows, from 0.
    fn at(&self) -> usize;
    /// Row number of the window's first row.
    fn top(&self) -> usize;
    /// How many rows pass the filter.
    fn shown(&self) -> usize;
    /// How many rows are loaded.
    fn loaded(&self) -> usize;
    /// The state of the asking.
    fn extent(&self) -> &Remote<Extent>;
    /// Begins a question; `None` if there is nothing to ask, or for more while an answer is awaited.
    fn begin(
        &mut self,
        how: Ask,
        tickets: &mut Tickets,
        lane: Lane,
        now: Timestamp,
    ) -> Option<(Ticket, Option<NextPage>)>;
    /// Gives up waiting for a page. True when something was awaited.
    fn cancel(&mut self) -> bool;
    /// Whether the person gave up waiting for the rest.
    fn is_stopped(&self) -> bool;
    /// Whether everything the server has is here.
    fn is_complete(&self) -> bool;
}

impl<K: Entry> Rows for List<K> {
    fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
        self.cursor = self.shown.get(self.at).copied();
        self.held = None;
        self.keep_in_view();
    }

    fn first(&mut self) {
        self.step(isize::MIN);
    }

    fn last(&mut self) {
        self.step(isize::MAX);
    }

    fn set_height(&mut self, rows: usize) {
        if self.height != rows.max(1) {
            self.height = rows.max(1);
            self.keep_in_view();
        }
    }

    fn height(&self) -> usize {
        self.height
    }

    fn filter(&self) -> &str {
        &self.filter
    }

    fn set_filter(&mut self, typed: &str, entities: &Entities) {
        typed.clone_into(&mut self.filter);
        let query = Query::parse(typed);
        if query != self.query {
            self.query = query;
            self.refilter(entities);
        }
    }

    fn hold(&mut self) {
        self.held = self.cursor;
    }

    fn release(&mut self) {
        self.held = None;
    }

    fn refilter(&mut self, entities: &Entities) {
        let rows = std::mem::take(&mut self.rows);
        self.shown = rows.iter().copied().filter(|&key| self.passes(key, entities)).collect();
        self.rows = rows;
        self.find_cursor();
    }

    fn at(&self) -> usize {
        self.at
    }

    fn top(&self) -> usize {
        self.top
    }

    fn shown(&self) -> usize {
        self.shown.len()
    }

    fn loaded(&self) -> usize {
        self.rows.len()
    }

    fn extent(&self) -> &Remote<Extent> {
        &self.listing
    }

    fn begin(
        &mut self,
        how: Ask,
        tickets: &mut Tickets,
        lane: Lane,
        now: Timestamp,
    ) -> Option<(Ticket, Option<NextPage>)> {
        let next = match how {
            Ask::First => {
                self.listing.cancel();
                self.incoming = (!self.rows.is_empty()).then(Vec::new);
                None
            }
            Ask::More if self.listing.is_loading() => return None,
            // A new listing of which nothing is in yet begins at its start, not where the former had come to.
            Ask::More if self.incoming.as_ref().is_some_and(Vec::is_empty) => None,
            Ask::More => Some(self.listing.value()?.next.clone()?),
        };
        Some((self.listing.ask(tickets, lane, now), next))
    }

    fn cancel(&mut self) -> bool {
        self.listing.cancel()
    }

    fn is_stopped(&self) -> bool {
        self.listing.is_stopped()
    }

    fn is_complete(&self) -> bool {
        let ended = self.listing.value().is_some_and(|extent| extent.next.is_none());
        ended && self.listing.problem().is_none() && !self.listing.is_loading()
    }
}
