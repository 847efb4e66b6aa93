//! What changed from one look at a list to the next. A look is kept until a new listing has come whole, however often
//! that fails meanwhile; what changed stays marked until the cursor has been there, or all of it is forgotten.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Entry, Keys, List};
use crate::app::entities::Entities;

/// What rows were like, and which of them are not so any more.
#[derive(Debug)]
pub(super) struct Looks<K: Entry> {
    prints: HashMap<K, u64>,
    changed: K::Keys,
}

impl<K: Entry> Default for Looks<K> {
    fn default() -> Self {
        Self { prints: HashMap::new(), changed: K::Keys::default() }
    }
}

/// A number that stands for all that a row has in its fields, and for its attributes.
pub(super) fn print<K: Entry>(key: K, entities: &Entities) -> u64 {
    let mut hasher = DefaultHasher::new();
    for field in 0..K::FIELDS.len() {
        key.cell(field, entities).hash(&mut hasher);
    }
    key.attributes(entities).hash(&mut hasher);
    hasher.finish()
}

/// The same of a resource. Names that a row takes from others, and that come later, are no change of it.
pub(in crate::app) fn print_of(resource: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    resource.hash(&mut hasher);
    hasher.finish()
}

impl<K: Entry> List<K> {
    /// Remembers what the rows are like, to tell afterwards what changed; an older look that still waits for that counts.
    pub(super) fn look(&mut self, entities: &Entities) {
        // What an earlier run left is no look.
        if self.looks.prints.is_empty() && self.memory.is_none() {
            let rows = self.rows.iter();
            self.looks.prints = rows.map(|&key| (key, key.print(entities))).collect();
        }
    }

    /// Marks what is not as it was at the last look. Rows that came and went are told otherwise.
    pub(super) fn compare(&mut self, entities: &Entities) {
        let prints = std::mem::take(&mut self.looks.prints);
        let mut changed = K::Keys::default();
        for &key in &self.rows {
            let was = prints.get(&key);
            let differs = was.is_some_and(|&was| was != key.print(entities));
            if differs || self.looks.changed.contains(key) {
                changed.insert(key);
            }
        }
        self.looks.changed = changed;
    }

    /// Whether a row has changed since somebody looked at it.
    pub fn has_changed(&self, key: K) -> bool {
        self.looks.changed.contains(key)
    }

    /// How many of the shown rows have.
    pub(super) fn changed(&self) -> usize {
        if self.looks.changed.is_empty() {
            return 0;
        }
        self.shown.iter().filter(|&&key| self.has_changed(key)).count()
    }

    /// Forgets what changed; what comes is compared with what is there now.
    pub(super) fn forget_changes(&mut self) {
        self.looks = Looks::default();
    }

    /// The cursor was on a row, and has left it.
    pub(super) fn saw(&mut self, key: Option<K>) {
        if let Some(key) = key.filter(|_| key != self.cursor) {
            self.looks.changed.remove(key);
        }
    }

    /// Whether no reading is under way: the last one came as far as it should.
    pub(super) fn is_read(&self) -> bool {
        let to_its_end = !self.has_more() || K::ON_DEMAND;
        let is_idle = !self.listing.is_loading() && self.listing.problem().is_none();
        is_idle && self.incoming.is_none() && to_its_end && self.listing.value().is_some()
    }
}
