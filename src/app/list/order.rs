//! The order of a list: the server's, or by a field. Rows that come while it is sorted are put where they belong.

use super::{
    Entry, Keys, List,
    sorting::{Sort, Sorting, merge_in},
};
use crate::app::entities::Entities;

/// Rows that are sorted in one go, so that a key never waits longer than a few milliseconds.
const AT_ONCE: usize = 163_840;
/// More new rows than this are not put in one by one: everything is sorted anew.
const MANY: usize = 20_000;

impl<K: Entry> List<K> {
    /// All loaded rows, in the order in which they show.
    pub(super) fn ordered(&self) -> &[K] {
        self.order.as_deref().unwrap_or(&self.rows)
    }

    /// Begins to sort; without a sort it is the server's order again.
    pub(super) fn sort_by(&mut self, sort: Option<Sort>, entities: &Entities) {
        if let Some(sort) = sort {
            self.sorting = Some(Sorting::new(sort, self.rows.clone()));
            self.go_on_sorting(entities);
        } else {
            (self.sort, self.order, self.sorting) = (None, None, None);
            self.project(entities);
        }
    }

    /// Sorts anew, because rows or what they say have changed.
    pub(super) fn sort_again(&mut self, entities: &Entities) {
        if let Some(sort) = self.wanted_sort() {
            self.sort_by(Some(sort), entities);
        }
    }

    /// The sort that is there, or is on its way.
    pub(super) fn wanted_sort(&self) -> Option<Sort> {
        self.sorting.as_ref().map(|sorting| sorting.sort).or(self.sort)
    }

    pub(super) fn go_on_sorting(&mut self, entities: &Entities) {
        let Some(sorting) = &mut self.sorting else { return };
        if !sorting.work(AT_ONCE, entities) {
            return;
        }
        let Some(sorting) = self.sorting.take() else { return };
        let sort = sorting.sort;
        let mut order = sorting.sorted();
        // What came meanwhile stands at the end of the server's order.
        let late = self.rows.get(order.len()..).unwrap_or_default();
        put_in(&mut order, late.to_vec(), sort, entities);
        (self.sort, self.order) = (Some(sort), Some(order));
        self.project(entities);
    }

    /// Shows the rows that pass in the order that there is now.
    fn project(&mut self, entities: &Entities) {
        if self.sifting.is_some() {
            self.sift(entities);
            return;
        }
        if self.query.is_empty() {
            self.shown = self.ordered().to_vec();
        } else {
            let mut passing = K::Keys::default();
            for &key in &self.shown {
                passing.insert(key);
            }
            self.shown =
                self.ordered().iter().copied().filter(|&key| passing.contains(key)).collect();
        }
        self.find_cursor();
    }

    /// Shows rows that have just come, where they belong.
    pub(super) fn admit(&mut self, keys: &[K], entities: &Entities) {
        if keys.is_empty() {
            return;
        }
        let Some((sort, order)) = self.sort.zip(self.order.as_mut()) else {
            if let Some(sifting) = &mut self.sifting {
                K::sift(&self.query, keys, entities, &mut sifting.left);
            } else {
                let passing = self.passing(keys, entities);
                self.shown.extend(passing);
            }
            return;
        };
        put_in(order, keys.to_vec(), sort, entities);
        if self.sifting.is_some() {
            self.sift(entities);
            return;
        }
        if self.query.is_empty() {
            self.shown.clone_from(order);
            return;
        }
        let passing = self.passing(keys, entities);
        put_in(&mut self.shown, passing, sort, entities);
    }

    /// Takes rows out of the order and of what is shown.
    pub(super) fn dismiss(&mut self, gone: impl Fn(K) -> bool) {
        self.rows.retain(|&row| !gone(row));
        self.shown.retain(|&row| !gone(row));
        if let Some(order) = &mut self.order {
            order.retain(|&row| !gone(row));
        }
        if let Some(sifting) = &mut self.sifting {
            let judged = sifting.left.iter().take(sifting.at).filter(|&&row| !gone(row)).count();
            sifting.left.retain(|&row| !gone(row));
            sifting.at = judged;
        }
    }

    /// Judges those rows anew of which more is known now, and puts them where they belong.
    pub fn rejudge(&mut self, concerns: impl Fn(K) -> bool, entities: &Entities) {
        if self.query.is_empty() && self.sort.is_none() {
            return;
        }
        let changed: Vec<K> = self.rows.iter().copied().filter(|&key| concerns(key)).collect();
        if changed.is_empty() {
            return;
        }
        if self.sifting.is_some() || changed.len() > FEW {
            self.sift(entities);
            self.sort_again(entities);
            return;
        }
        if let Some((sort, order)) = self.sort.zip(self.order.as_mut()) {
            order.retain(|&row| !concerns(row));
            self.shown.retain(|&row| !concerns(row));
            put_in(order, changed.clone(), sort, entities);
            let passing = self.passing(&changed, entities);
            put_in(&mut self.shown, passing, sort, entities);
        } else {
            self.rejudge_in_place(&changed, entities);
        }
        self.find_cursor();
        self.count_marks();
    }

    fn rejudge_in_place(&mut self, changed: &[K], entities: &Entities) {
        let passing = self.passing(changed, entities);
        // What is shown stands in the order of the rows.
        let mut before = std::mem::take(&mut self.shown).into_iter().peekable();
        for &key in &self.rows {
            let was_shown = before.next_if_eq(&key).is_some();
            let shows = if changed.contains(&key) { passing.contains(&key) } else { was_shown };
            if shows {
                self.shown.push(key);
            }
        }
    }
}

/// More changed rows than this are not looked at one by one.
const FEW: usize = 64;

/// Puts rows, in the server's order, among sorted ones; equal ones stay in the server's order.
fn put_in<K: Entry>(into: &mut Vec<K>, mut new: Vec<K>, sort: Sort, entities: &Entities) {
    if new.len() > MANY {
        into.extend(new);
        return;
    }
    new.sort_by(|&one, &other| sort.compare(one, other, entities));
    merge_in(into, &new, sort, entities);
}
