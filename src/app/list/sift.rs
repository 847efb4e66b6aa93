//! Filtering: what costs little at once, what reads attributes a slice at a time.

use super::{Entry, List};
use crate::app::{
    entities::Entities,
    query::{Query, Verdict},
};

/// Rows that pass all but the conditions on attributes, and how many of them are judged.
#[derive(Debug)]
pub(super) struct Sift<K> {
    pub(super) left: Vec<K>,
    pub(super) at: usize,
}

/// The rows of these that pass what costs little.
pub(in crate::app) fn one_by_one<K: Entry>(
    query: &Query,
    rows: &[K],
    entities: &Entities,
) -> Vec<K> {
    let passes = |key: K| query.passes(|| key.folded(entities), |field| key.cell(field, entities));
    rows.iter().copied().filter(|&key| passes(key)).collect()
}

impl<K: Entry> List<K> {
    /// Judges all rows anew.
    pub(super) fn sift(&mut self, entities: &Entities) {
        self.unjudged = 0;
        self.sifting = None;
        // Its room is used again: to get as much anew would take longer than to search.
        let mut room = std::mem::take(&mut self.shown);
        room.clear();
        let rows = self.ordered();
        if self.query.is_empty() {
            room.extend_from_slice(rows);
            self.shown = room;
        } else {
            K::sift(&self.query, rows, entities, &mut room);
            let left = room;
            if self.query.reads_json() {
                self.anchor = self.anchor.or(self.held).or(self.cursor);
                self.shown = Vec::new();
                self.sifting = Some(Sift { left, at: 0 });
                self.judge(JUDGED_AT_ONCE, entities);
            } else {
                self.shown = left;
            }
        }
        self.find_cursor();
        self.count_marks();
    }

    /// Goes on reading attributes, about so many bytes.
    pub(super) fn judge(&mut self, mut bytes: usize, entities: &Entities) {
        let Some(sift) = &mut self.sifting else { return };
        while bytes > 0
            && let Some(&key) = sift.left.get(sift.at)
        {
            sift.at += 1;
            let attributes = key.attributes(entities).unwrap_or_default();
            bytes = bytes.saturating_sub(attributes.len() + LOOK_UP);
            match self.query.judge(&attributes) {
                Verdict::Passes => self.shown.push(key),
                Verdict::Fails => {}
                Verdict::Unjudged => self.unjudged += 1,
            }
        }
        if sift.at >= sift.left.len() {
            self.sifting = None;
        }
    }

    /// Those of new rows, as they are ordered, that pass.
    pub(super) fn passing(&mut self, keys: &[K], entities: &Entities) -> Vec<K> {
        if self.query.is_empty() {
            return keys.to_vec();
        }
        let mut passing = Vec::new();
        K::sift(&self.query, keys, entities, &mut passing);
        if self.query.reads_json() {
            let query = &self.query;
            let unjudged = &mut self.unjudged;
            passing.retain(|key| {
                let attributes = key.attributes(entities).unwrap_or_default();
                let verdict = query.judge(&attributes);
                *unjudged += usize::from(verdict == Verdict::Unjudged);
                verdict == Verdict::Passes
            });
        }
        passing
    }

    /// Whether a filter or a sort has more to do.
    pub(super) fn is_at_work(&self) -> bool {
        self.sifting.is_some() || self.sorting.is_some()
    }

    /// Does a slice of it.
    pub(super) fn go_on(&mut self, entities: &Entities) {
        if self.sifting.is_some() {
            self.judge(JUDGED_AT_ONCE, entities);
            self.find_cursor();
            if self.sifting.is_none() {
                self.anchor = None;
                self.count_marks();
            }
            return;
        }
        self.go_on_sorting(entities);
    }

    /// How many rows are judged, of how many that have to be; nothing when all are.
    pub(super) fn judged(&self) -> Option<(usize, usize)> {
        self.sifting.as_ref().map(|sift| (sift.at, sift.left.len()))
    }

    /// Filters anew, because what the rows say has changed.
    pub fn refilter(&mut self, entities: &Entities) {
        self.sift(entities);
    }
}

/// Bytes of attributes that are read in one go, so that a key never waits longer than a few milliseconds.
const JUDGED_AT_ONCE: usize = 300_000;
/// What looking a row up costs, in such bytes.
const LOOK_UP: usize = 100;
