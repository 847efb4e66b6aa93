//! Marks: rows that the next deed is meant for. They are keys, so no filter, sort or refresh moves them to other rows.

use super::{Entry, Keys, List};

/// What marking a range came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranged {
    /// It is marked.
    Done,
    /// No row was marked before, from which it could begin.
    NoBeginning,
    /// The row that was marked last is hidden.
    BeginningHidden,
}

impl<K: Entry> List<K> {
    /// The marked rows among those that are loaded, in the order in which they show.
    pub fn marks(&self) -> impl Iterator<Item = K> {
        self.ordered().iter().copied().filter(|&key| self.marks.contains(key))
    }

    /// The marked rows that are shown, in their order.
    pub fn shown_marks(&self) -> impl Iterator<Item = K> {
        self.shown.iter().copied().filter(|&key| self.marks.contains(key))
    }

    /// The marked rows that the filter hides.
    pub fn hidden_marks(&self) -> Vec<K> {
        if self.marks.len() == self.marked_here {
            return Vec::new();
        }
        let mut shown = K::Keys::default();
        for &key in &self.shown {
            shown.insert(key);
        }
        self.marks().filter(|&key| !shown.contains(key)).collect()
    }

    /// All rows that are shown.
    pub fn shown_rows(&self) -> &[K] {
        &self.shown
    }

    /// Whether a row is marked.
    pub fn is_marked(&self, key: K) -> bool {
        self.marks.contains(key)
    }

    pub(super) fn toggle_mark(&mut self) {
        let Some(key) = self.cursor else { return };
        if self.marks.remove(key) {
            self.marked_here -= 1;
            self.last_mark = self.last_mark.filter(|&last| last != key);
        } else {
            self.marks.insert(key);
            self.marked_here += 1;
            self.last_mark = Some(key);
        }
    }

    pub(super) fn mark_to_cursor(&mut self) -> Ranged {
        let Some(from) = self.last_mark else { return Ranged::NoBeginning };
        let Some(start) = self.shown.iter().position(|&row| row == from) else {
            return Ranged::BeginningHidden;
        };
        let (low, high) = (start.min(self.at), start.max(self.at));
        for &key in self.shown.get(low..=high).unwrap_or_default() {
            self.marked_here += usize::from(self.marks.insert(key));
        }
        self.last_mark = self.cursor;
        Ranged::Done
    }

    /// Marks all rows that are shown; none of them where all were.
    pub(super) fn mark_shown(&mut self) {
        let all = self.marked_here == self.shown.len();
        for &key in &self.shown {
            if all {
                self.marks.remove(key);
            } else {
                self.marks.insert(key);
            }
        }
        self.marked_here = if all { 0 } else { self.shown.len() };
        self.last_mark = self.cursor.filter(|_| !all);
    }

    pub(super) fn clear_marks(&mut self) {
        (self.marks, self.marked_here, self.last_mark) = (K::Keys::default(), 0, None);
    }

    /// How many marked rows are shown, counted anew.
    pub(super) fn count_marks(&mut self) {
        if self.marks.is_empty() {
            self.marked_here = 0;
            return;
        }
        let marked = |key: &&K| self.marks.contains(**key);
        self.marked_here = self.shown.iter().filter(marked).count();
    }

    /// Takes the marks off rows that are not there any more; tells how many.
    pub(in crate::app) fn unmark(&mut self, gone: impl Fn(K) -> bool) -> usize {
        if self.marks.is_empty() {
            return 0;
        }
        let lost: Vec<K> = self.marks().filter(|&key| gone(key)).collect();
        for &key in &lost {
            self.marks.remove(key);
        }
        self.last_mark = self.last_mark.filter(|key| !lost.contains(key));
        self.count_marks();
        lost.len()
    }
}
