//! A list of rows with a cursor, a window and a filter. Rows are keys; what they say is asked of the entities.
//! The cursor is a key, never a row number, so that a refresh cannot move it onto another thing.

mod keys;
mod rows;

use std::{fmt::Debug, hash::Hash};

use jiff::Timestamp;

pub use self::{
    keys::{Keys, RowSet},
    rows::{Ask, Rows},
};
use crate::api::page::{NextPage, Page};
use crate::app::{
    entities::Entities,
    query::Query,
    remote::{Remote, Settled},
    ticket::Reply,
};

/// What a row's key must offer.
pub trait Entry: Copy + Eq + Hash + Debug {
    /// How sets of such rows are kept.
    type Keys: Keys<Self>;

    /// Whether there can be far more rows than anybody reads: then a page is asked for only when the cursor or the
    /// window comes near the end of what is loaded.
    const ON_DEMAND: bool = false;

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
pub struct List<K: Entry> {
    rows: Vec<K>,
    seen: K::Keys,
    /// Rows that were made here and of which no page has told yet where they stand.
    guests: K::Keys,
    incoming: Option<Incoming<K>>,
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

/// A new listing that takes the place of the old one when it has come as far.
#[derive(Debug)]
struct Incoming<K: Entry> {
    rows: Vec<K>,
    seen: K::Keys,
}

impl<K: Entry> Incoming<K> {
    fn push(&mut self, key: K) {
        if self.seen.insert(key) {
            self.rows.push(key);
        }
    }
}

impl<K: Entry> Default for List<K> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            seen: K::Keys::default(),
            guests: K::Keys::default(),
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
        let starts_over = self.incoming.as_ref().is_some_and(|incoming| incoming.rows.is_empty());
        let settled = self.listing.settle(reply, now, |extent, page: Page<K>| {
            let extent = extent.get_or_insert_default();
            extent.unreadable = page.unreadable + if starts_over { 0 } else { extent.unreadable };
            extent.next = page.next;
            keys = page.items;
        });
        if settled == Settled::Fresh {
            self.append(&keys, entities);
            let ended = !self.has_more();
            if (ended || self.is_caught_up())
                && let Some(mut incoming) = self.incoming.take()
            {
                // What was made after its page was read is there all the same.
                if !self.guests.is_empty() {
                    let guests = self.rows.iter().filter(|&&row| self.guests.contains(row));
                    guests.for_each(|&row| incoming.push(row));
                }
                self.seen = incoming.seen;
                self.rows = incoming.rows;
                self.refilter(entities);
            }
        }
        settled
    }

    /// Whether a new listing that is not read to its end has come as far as the former one: as many rows, and among
    /// them the cursor's. A cursor that is not met again by twice as many is gone.
    fn is_caught_up(&self) -> bool {
        let Some(incoming) = self.incoming.as_ref().filter(|_| K::ON_DEMAND) else { return false };
        let met = self.cursor.is_none_or(|key| incoming.seen.contains(key));
        incoming.rows.len() >= self.rows.len() * if met { 1 } else { 2 }
    }

    fn has_more(&self) -> bool {
        self.listing.value().is_some_and(|extent| extent.next.is_some())
    }

    fn append(&mut self, keys: &[K], entities: &Entities) {
        if let Some(incoming) = &mut self.incoming {
            keys.iter().for_each(|&key| incoming.push(key));
            // What is new stands at the top: it shows when the new listing takes the place of the old.
            if K::ON_DEMAND {
                return;
            }
        }
        for &key in keys {
            if self.guests.remove(key) {
                self.seen.remove(key);
                self.rows.retain(|row| *row != key);
                self.shown.retain(|row| *row != key);
            }
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

    /// Judges those rows anew of which more is known now.
    pub fn rejudge(&mut self, concerns: impl Fn(K) -> bool, entities: &Entities) {
        if self.query.is_empty() {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        // What is shown stands in the order of the rows.
        let mut before = std::mem::take(&mut self.shown).into_iter().peekable();
        for &key in &rows {
            let was_shown = before.next_if_eq(&key).is_some();
            let shows = if concerns(key) { self.passes(key, entities) } else { was_shown };
            if shows {
                self.shown.push(key);
            }
        }
        self.rows = rows;
        self.find_cursor();
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

    /// Adds a row that was made here and puts the cursor on it, if the filter lets it through.
    pub fn add(&mut self, key: K, entities: &Entities) {
        if self.seen.insert(key) {
            self.guests.insert(key);
            self.rows.push(key);
            if self.passes(key, entities) {
                self.shown.push(key);
            }
        }
        self.point_at(key);
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

    /// Whether this row is loaded, whatever the filter says.
    pub fn holds(&self, key: K) -> bool {
        self.seen.contains(key)
    }

    /// The state of the asking.
    pub fn listing(&self) -> &Remote<Extent> {
        &self.listing
    }
}
