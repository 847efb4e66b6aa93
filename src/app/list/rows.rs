//! What can be done to any list, whatever its rows are.

use std::fmt::Debug;

use jiff::{Timestamp, tz::TimeZone};

use super::{Entry, Extent, Incoming, Keys, List, Memory, Ranged, Sort, Tally};
use crate::api::page::NextPage;
use crate::app::{
    entities::Entities,
    query::{Fault, Field, Query, Reader},
    remote::Remote,
    ticket::{Lane, Ticket, Tickets},
};

/// What a filter is read and judged against.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What the rows say.
    pub entities: &'a Entities,
    /// The moment from which ages count.
    pub now: Timestamp,
    /// Where a day begins.
    pub zone: &'a TimeZone,
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
    /// Puts the cursor on a row of the window, which stays where it is.
    fn select(&mut self, nth: usize);
    /// Moves the window by so many rows, and the cursor with it only where it would leave it.
    fn scroll(&mut self, by: isize);
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
    /// Filters by what was typed. What is wrong with it is told; what is right besides holds.
    ///
    /// # Errors
    /// What is wrong, and where.
    fn set_filter(&mut self, typed: &str, ground: Ground) -> Result<(), Fault>;
    /// What the rows can be asked about and sorted by.
    fn fields(&self) -> &'static [Field];
    /// Sorts by a field; nothing is the server's order.
    fn set_sort(&mut self, sort: Option<Sort>, entities: &Entities);
    /// What the rows are sorted by, or are being sorted by.
    fn sort(&self) -> Option<Sort>;
    /// Whether the rows are being sorted.
    fn is_sorting(&self) -> bool;
    /// How many rows a filter has judged, of how many; nothing when it is done.
    fn judged(&self) -> Option<(usize, usize)>;
    /// How many rows have attributes that cannot be judged.
    fn unjudged(&self) -> usize;
    /// Whether a filter or a sort has more to do.
    fn is_at_work(&self) -> bool;
    /// Does a slice of it.
    fn go_on(&mut self, entities: &Entities);
    /// How the shown rows are spread, as counted last.
    fn tally(&self) -> Option<&Tally>;
    /// Counts that, a slice at a time; true while there is more to count.
    fn tally_on(&mut self, entities: &Entities) -> bool;
    /// How many rows are marked.
    fn marked(&self) -> usize;
    /// How many of them are not shown.
    fn marked_hidden(&self) -> usize;
    /// Marks the cursor's row, or takes the mark off.
    fn toggle_mark(&mut self);
    /// Marks the rows from the one that was marked last to the cursor.
    fn mark_to_cursor(&mut self) -> Ranged;
    /// Marks all rows that are shown; again: none of them.
    fn mark_shown(&mut self);
    /// Takes all marks off.
    fn clear_marks(&mut self);
    /// How many marks went with their rows since this was asked last.
    fn take_lost_marks(&mut self) -> usize;
    /// Remembers the cursor's row while a filter is being typed: what is typed in between may hide it.
    fn hold(&mut self);
    /// From now on the cursor is where it is.
    fn release(&mut self);
    /// Row number of the cursor among the shown rows, from 0.
    fn at(&self) -> usize;
    /// Row number of the window's first row.
    fn top(&self) -> usize;
    /// How many rows pass the filter.
    fn shown(&self) -> usize;
    /// How many rows are loaded.
    fn loaded(&self) -> usize;
    /// What an earlier run left, where it stands in for a listing that is not whole yet.
    fn memory(&self) -> Option<Memory>;
    /// How many rows of a new listing are in, while the rows of the former stand in for it.
    fn read_anew(&self) -> usize;
    /// How many rows the server turned out not to list any more.
    fn struck(&self) -> usize;
    /// How often a new listing took the place of the former; then rows stand elsewhere.
    fn readings(&self) -> usize;
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
    /// Whether the next page is to be asked for by itself.
    fn wants_more(&self) -> bool;
    /// Whether the cursor stands at the end of what is loaded while the server has more, so that a wish to go further
    /// is a wish for the next page.
    fn can_read_on(&self) -> bool;
    /// Whether pages come only as the cursor nears the end of those that are in.
    fn is_on_demand(&self) -> bool;
    /// Whether the person gave up waiting for the rest.
    fn is_stopped(&self) -> bool;
    /// Whether everything the server has is here.
    fn is_complete(&self) -> bool;
}

impl<K: Entry> Rows for List<K> {
    fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
        self.cursor = self.shown.get(self.at).copied();
        (self.held, self.anchor) = (None, None);
        self.keep_in_view();
    }

    fn select(&mut self, nth: usize) {
        Self::select(self, nth);
    }

    fn scroll(&mut self, by: isize) {
        Self::scroll(self, by);
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

    fn set_filter(&mut self, typed: &str, ground: Ground) -> Result<(), Fault> {
        let Ground { entities, now, zone } = ground;
        let reader = Reader { fields: K::FIELDS, now, zone };
        let (right, query, fault) = Query::parse_what_is_right(typed, reader);
        self.filter = right;
        if query != self.query {
            self.query = query;
            self.sift(entities);
        }
        fault.map_or(Ok(()), Err)
    }

    fn fields(&self) -> &'static [Field] {
        K::FIELDS
    }

    fn set_sort(&mut self, sort: Option<Sort>, entities: &Entities) {
        self.sort_by(sort, entities);
    }

    fn sort(&self) -> Option<Sort> {
        self.wanted_sort()
    }

    fn is_sorting(&self) -> bool {
        self.sorting.is_some()
    }

    fn judged(&self) -> Option<(usize, usize)> {
        Self::judged(self)
    }

    fn unjudged(&self) -> usize {
        self.unjudged
    }

    fn is_at_work(&self) -> bool {
        Self::is_at_work(self)
    }

    fn go_on(&mut self, entities: &Entities) {
        Self::go_on(self, entities);
    }

    fn tally(&self) -> Option<&Tally> {
        self.tallied()
    }

    fn tally_on(&mut self, entities: &Entities) -> bool {
        Self::tally_on(self, entities)
    }

    fn marked(&self) -> usize {
        self.marks.len()
    }

    fn marked_hidden(&self) -> usize {
        self.marks.len().saturating_sub(self.marked_here)
    }

    fn toggle_mark(&mut self) {
        Self::toggle_mark(self);
    }

    fn mark_to_cursor(&mut self) -> Ranged {
        Self::mark_to_cursor(self)
    }

    fn mark_shown(&mut self) {
        Self::mark_shown(self);
    }

    fn clear_marks(&mut self) {
        Self::clear_marks(self);
    }

    fn take_lost_marks(&mut self) -> usize {
        std::mem::take(&mut self.lost_marks)
    }

    fn hold(&mut self) {
        self.held = self.cursor;
    }

    fn release(&mut self) {
        self.held = None;
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

    fn memory(&self) -> Option<Memory> {
        Self::memory(self)
    }

    fn read_anew(&self) -> usize {
        Self::read_anew(self)
    }

    fn struck(&self) -> usize {
        self.struck
    }

    fn readings(&self) -> usize {
        self.readings
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
                // What was made before this listing begins is told by it.
                self.guests = K::Keys::default();
                self.incoming = (!self.rows.is_empty()).then(Incoming::default);
                None
            }
            Ask::More if self.listing.is_loading() => return None,
            // A new listing of which nothing is in yet begins at its start, not where the former had come to.
            Ask::More if self.incoming.as_ref().is_some_and(|it| it.rows.is_empty()) => None,
            Ask::More => Some(self.listing.value()?.next.clone()?),
        };
        Some((self.listing.ask(tickets, lane, now), next))
    }

    fn cancel(&mut self) -> bool {
        self.listing.cancel()
    }

    fn wants_more(&self) -> bool {
        let near_end = self.top + 2 * self.height >= self.shown.len();
        // A filter has seen what is loaded; to feed it all there is would be to load all there is.
        let by_need = self.incoming.is_some() || (near_end && self.query.is_empty());
        self.has_more()
            && (by_need || !K::ON_DEMAND)
            && !self.listing.is_stopped()
            && !self.listing.is_loading()
            && self.listing.problem().is_none()
    }

    fn can_read_on(&self) -> bool {
        let at_end = self.at + 1 >= self.shown.len();
        K::ON_DEMAND && at_end && self.has_more() && !self.listing.is_loading()
    }

    fn is_on_demand(&self) -> bool {
        K::ON_DEMAND
    }

    fn is_stopped(&self) -> bool {
        self.listing.is_stopped()
    }

    fn is_complete(&self) -> bool {
        let ended = self.listing.value().is_some_and(|extent| extent.next.is_none());
        ended && self.listing.problem().is_none() && !self.listing.is_loading()
    }
}
