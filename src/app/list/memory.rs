//! Rows that an earlier run left. They stand in until a new listing is whole; what that one does not hold stays among
//! them, to be struck, until the listing after it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Entry, Incoming, Keys, List};
use crate::app::entities::Entities;

/// What an earlier run left of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// When it was listed.
    pub as_of: Timestamp,
    /// How many rows there were.
    pub rows: usize,
}

impl<K: Entry> List<K> {
    /// What stands in for a listing that is not whole yet.
    pub fn memory(&self) -> Option<Memory> {
        self.memory
    }

    /// Whether rows of an earlier run may be taken in: they come before the server has told anything, or go on.
    pub fn may_remember(&self, memory: Memory) -> bool {
        match self.memory {
            Some(known) => known == memory,
            None => self.rows.is_empty() && self.listing.value().is_none(),
        }
    }

    /// Takes in rows of an earlier run, whose values the entities already hold.
    pub fn remember(&mut self, memory: Memory, keys: &[K], entities: &Entities) {
        if !self.may_remember(memory) {
            return;
        }
        self.memory = Some(memory);
        // The listing that is on its way takes their place.
        self.incoming.get_or_insert_with(Incoming::default);
        self.take_in(keys, entities);
    }

    /// Takes in rows that no page brought; the cursor stays.
    pub(in crate::app) fn take_in(&mut self, keys: &[K], entities: &Entities) {
        let new: Vec<K> = keys.iter().copied().filter(|&key| self.seen.insert(key)).collect();
        self.rows.extend(&new);
        self.admit(&new, entities);
        self.find_cursor();
    }

    /// How many rows of the new listing are in.
    pub(super) fn read_anew(&self) -> usize {
        self.incoming.as_ref().map_or(0, |incoming| incoming.rows.len())
    }

    /// The rows that the last listing turned out not to hold any more, once.
    pub(in crate::app) fn take_vanished(&mut self) -> Vec<K> {
        std::mem::take(&mut self.vanished)
    }

    /// Puts the rows that a new listing does not hold where they stood, if an earlier run left them.
    pub(super) fn weave_in(&mut self, incoming: &mut Incoming<K>) {
        self.struck = 0;
        if self.memory.take().is_none() {
            return;
        }
        let is_there = |key: &K| incoming.seen.contains(*key);
        let vanished: Vec<K> = self.rows.iter().copied().filter(|key| !is_there(key)).collect();
        if vanished.is_empty() {
            return;
        }
        // By the row that each stood after; of several the order stays.
        let mut after: HashMap<Option<K>, Vec<K>> = HashMap::new();
        let mut before = None;
        for &key in &self.rows {
            if is_there(&key) {
                before = Some(key);
            } else {
                after.entry(before).or_default().push(key);
            }
        }
        let fresh = std::mem::take(&mut incoming.rows);
        incoming.rows.reserve(fresh.len() + vanished.len());
        incoming.rows.extend(after.remove(&None).into_iter().flatten());
        for key in fresh {
            incoming.rows.push(key);
            incoming.rows.extend(after.remove(&Some(key)).into_iter().flatten());
        }
        for &key in &vanished {
            incoming.seen.insert(key);
        }
        self.struck = vanished.len();
        self.vanished = vanished;
    }
}
