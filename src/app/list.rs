//! A list of rows with a cursor, a window and a filter. Rows are keys; what they say is asked of the entities.
//! The cursor is a key, never a row number, so that a refresh cannot move it onto another thing.

mod keys;
mod marks;
mod memory;
mod order;
mod rows;
mod sift;
mod sorting;
mod tally;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, fmt::Debug, hash::Hash};

use jiff::Timestamp;

pub use self::{
    keys::{Keys, RowSet},
    marks::Ranged,
    memory::Memory,
    rows::{Ask, Ground, Rows},
    sorting::Sort,
    tally::{Month, Tally},
};
use self::{sift::Sift, sorting::Sorting, tally::Counting};
pub(in crate::app) use self::{
    sift::one_by_one,
    sorting::{cell_key, number_key, text_key},
};
use crate::api::page::{NextPage, Page};
use crate::app::{
    entities::Entities,
    query::{Cell, Field, Query},
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

    /// What the rows can be asked about and sorted by.
    const FIELDS: &'static [Field];

    /// All that a bare word of the filter looks at, folded, parts separated by line ends.
    fn folded(self, entities: &Entities) -> String;

    /// What the row has in the field at this place of the table.
    fn cell(self, field: usize, entities: &Entities) -> Cell<'_>;

    /// The attributes, where there are such things.
    fn attributes(self, entities: &Entities) -> Option<Cow<'_, str>> {
        let _ = entities;
        None
    }

    /// The word that a row has in a field.
    fn word(self, field: usize, entities: &Entities) -> Option<Cow<'_, str>> {
        match self.cell(field, entities) {
            Cell::Text(word) => Some(word),
            Cell::Number(number) => {
                let name = Self::FIELDS.get(field).map_or("", |field| field.name);
                let answer = if number == 0 { "no" } else { "yes" };
                Some(Cow::Owned(format!("{name} {answer}")))
            }
            Cell::Nothing => None,
        }
    }

    /// Puts those of these rows into a list that pass what costs little of a filter.
    fn sift(query: &Query, rows: &[Self], entities: &Entities, into: &mut Vec<Self>) {
        into.extend(one_by_one(query, rows, entities));
    }

    /// The number by which the row is sorted by a field; of a text, for a part of it. Nothing where it has no value.
    fn sort_key(self, field: usize, level: usize, entities: &Entities) -> Option<u64> {
        cell_key(&self.cell(field, entities), level)
    }
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
    /// What an earlier run left, until a new listing is whole.
    memory: Option<Memory>,
    /// Rows that are not on the server any more, until that is noted.
    vanished: Vec<K>,
    /// How many of the rows that is.
    struck: usize,
    /// How often a new listing took the place of the former.
    readings: usize,
    /// The rows as they are sorted, where they are.
    order: Option<Vec<K>>,
    sort: Option<Sort>,
    sorting: Option<Sorting<K>>,
    shown: Vec<K>,
    sifting: Option<Sift<K>>,
    /// Rows whose attributes could not be judged.
    unjudged: usize,
    /// How what is shown is spread, after how many changes that was, and of how many rows.
    tally: Option<(Tally, (usize, usize))>,
    counting: Option<Counting>,
    /// How often what is shown has changed.
    changes: usize,
    marks: K::Keys,
    last_mark: Option<K>,
    marked_here: usize,
    /// Marks that went with their rows, until that is said.
    lost_marks: usize,
    cursor: Option<K>,
    held: Option<K>,
    /// The cursor's row while it is being judged.
    anchor: Option<K>,
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

impl<K: Entry> Default for Incoming<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), seen: K::Keys::default() }
    }
}

impl<K: Entry> Default for List<K> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            seen: K::Keys::default(),
            guests: K::Keys::default(),
            incoming: None,
            memory: None,
            vanished: Vec::new(),
            struck: 0,
            readings: 0,
            order: None,
            sort: None,
            sorting: None,
            shown: Vec::new(),
            sifting: None,
            unjudged: 0,
            tally: None,
            counting: None,
            changes: 0,
            marks: K::Keys::default(),
            last_mark: None,
            marked_here: 0,
            lost_marks: 0,
            cursor: None,
            held: None,
            anchor: None,
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
                    for &row in guests {
                        incoming.push(row);
                    }
                }
                self.take_place(incoming, entities);
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
            for &key in keys {
                incoming.push(key);
            }
            // What is new stands at the top: it shows when the new listing takes the place of the old.
            if K::ON_DEMAND {
                return;
            }
        }
        let told: Vec<K> = keys.iter().copied().filter(|&key| self.guests.remove(key)).collect();
        if !told.is_empty() {
            for &key in &told {
                self.seen.remove(key);
            }
            self.dismiss(|row| told.contains(&row));
        }
        let new: Vec<K> = keys.iter().copied().filter(|&key| self.seen.insert(key)).collect();
        self.rows.extend(&new);
        if !told.is_empty() && self.sorting.is_some() {
            self.sort_again(entities);
        }
        self.admit(&new, entities);
        self.find_cursor();
        if !self.marks.is_empty() {
            self.count_marks();
        }
    }

    /// The new listing takes the place of the old one.
    fn take_place(&mut self, mut incoming: Incoming<K>, entities: &Entities) {
        self.weave_in(&mut incoming);
        self.readings += 1;
        let Incoming { rows, seen } = incoming;
        let late: Vec<K> = match &self.order {
            Some(_) => rows.iter().copied().filter(|&key| !self.seen.contains(key)).collect(),
            None => Vec::new(),
        };
        if !self.marks.is_empty() {
            self.lost_marks += self.unmark(|key| !seen.contains(key));
        }
        (self.rows, self.seen) = (rows, seen);
        // Until it is sorted anew it keeps the order that it had.
        if let Some(mut order) = self.order.take() {
            order.retain(|&key| self.seen.contains(key));
            order.extend(late);
            self.order = Some(order);
        }
        self.sift(entities);
        self.sort_again(entities);
    }

    /// Finds the cursor's row again; a cursor whose row is not shown stays near where it was.
    fn find_cursor(&mut self) {
        self.changes += 1;
        let find = |key: K| {
            let near = self.shown.get(self.at) == Some(&key);
            if near { Some(self.at) } else { self.shown.iter().position(|&row| row == key) }
        };
        let wanted = [self.held, self.anchor, self.cursor];
        let kept = wanted.into_iter().flatten().find_map(find);
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

    /// Puts the cursor on a row of the window, which stays where it is.
    fn select(&mut self, nth: usize) {
        self.at = nth.min(self.shown.len().saturating_sub(1));
        self.cursor = self.shown.get(self.at).copied();
        (self.held, self.anchor) = (None, None);
        if self.at < self.top || self.at >= self.top + self.height {
            self.keep_in_view();
        }
    }

    /// Moves the window by so many rows, and the cursor with it only where it would come too near to an edge. At an end
    /// of the list the cursor goes on alone.
    fn scroll(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(self.height);
        let top = self.top.saturating_add_signed(by).min(last);
        let rest = by.unsigned_abs() - top.abs_diff(self.top).min(by.unsigned_abs());
        self.top = top;
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let lowest = if top == 0 { 0 } else { top + margin };
        let highest = if top == last { self.shown.len() } else { top + self.height - margin };
        self.select(self.at.clamp(lowest, highest.saturating_sub(1).max(lowest)));
        if let Ok(rest) = isize::try_from(rest)
            && rest > 0
        {
            Rows::step(self, rest * by.signum());
        }
    }

    /// The key under the cursor.
    pub fn cursor(&self) -> Option<K> {
        self.cursor
    }

    /// Puts the cursor on a row, if it is shown.
    pub fn point_at(&mut self, key: K) {
        if let Some(at) = self.shown.iter().position(|&row| row == key) {
            (self.held, self.anchor) = (None, None);
            (self.cursor, self.at) = (Some(key), at);
            self.keep_in_view();
        }
    }

    /// Adds a row that was made here and puts the cursor on it, if the filter lets it through.
    pub fn add(&mut self, key: K, entities: &Entities) {
        if self.seen.insert(key) {
            self.guests.insert(key);
            self.rows.push(key);
            self.admit(&[key], entities);
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
