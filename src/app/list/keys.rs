//! Sets of rows. Most are sets of keys; of channels, which can be a million, a bit each.

use std::{
    collections::HashSet,
    fmt::Debug,
    hash::{BuildHasher, Hash},
};

use crate::app::entities::ChannelRow;

/// A set of rows.
pub trait Keys<K>: Debug + Default {
    /// Puts a row in; false if it was there.
    fn insert(&mut self, key: K) -> bool;
    /// Takes a row out; false if it was not there.
    fn remove(&mut self, key: K) -> bool;
    /// Whether a row is in.
    fn contains(&self, key: K) -> bool;
    /// How many are in.
    fn len(&self) -> usize;
    /// Whether none is in.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Copy + Eq + Hash + Debug, S: BuildHasher + Default> Keys<K> for HashSet<K, S> {
    fn insert(&mut self, key: K) -> bool {
        Self::insert(self, key)
    }

    fn remove(&mut self, key: K) -> bool {
        Self::remove(self, &key)
    }

    fn contains(&self, key: K) -> bool {
        Self::contains(self, &key)
    }

    fn len(&self) -> usize {
        Self::len(self)
    }
}

/// A set of channels, a bit for each that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowSet {
    words: Vec<u64>,
    len: usize,
}

impl RowSet {
    fn place(key: ChannelRow) -> (usize, u64) {
        (key.number() / 64, 1 << (key.number() % 64))
    }
}

impl Keys<ChannelRow> for RowSet {
    fn insert(&mut self, key: ChannelRow) -> bool {
        let (at, bit) = Self::place(key);
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        let is_new = self.words.get_mut(at).is_some_and(|word| {
            let is_new = *word & bit == 0;
            *word |= bit;
            is_new
        });
        self.len += usize::from(is_new);
        is_new
    }

    fn remove(&mut self, key: ChannelRow) -> bool {
        if self.len == 0 {
            return false;
        }
        let (at, bit) = Self::place(key);
        let was_in = self.contains(key);
        if let Some(word) = self.words.get_mut(at) {
            *word &= !bit;
        }
        self.len -= usize::from(was_in);
        was_in
    }

    fn contains(&self, key: ChannelRow) -> bool {
        let (at, bit) = Self::place(key);
        self.words.get(at).is_some_and(|word| word & bit != 0)
    }

    fn len(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_are_a_set(steps in prop::collection::vec((any::<bool>(), 0_usize..300), 0..200)) {
            let mut bits = RowSet::default();
            let mut plain = HashSet::new();
            for (puts, number) in steps {
                let key = ChannelRow::numbered(number);
                if puts {
                    prop_assert_eq!(bits.insert(key), plain.insert(key));
                } else {
                    prop_assert_eq!(bits.remove(key), plain.remove(&key));
                }
                prop_assert_eq!(bits.len(), plain.len());
                prop_assert_eq!(bits.contains(key), plain.contains(&key));
            }
        }
    }
}
