//! One collection of JSON documents: in order of arrival, found by name within a scope.
//!
//! A scope is the sid of the parent (a service's channels, a channel's members, a user's memberships). Its revision
//! moves when a document comes or goes, not when one changes: page tokens hang on it.
//!
//! A table can be sown with a [`Crop`] of rows that are worked out when somebody looks. One that is written to is stored
//! from then on and keeps its place; one that is removed is remembered as gone.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use serde_json::{Map, Value};

use super::{
    crop::{Crop, Numbers},
    row::Row,
};

/// A stored document, keyed as on the wire; what can be derived is not stored.
pub(super) type Doc = Map<String, Value>;

/// A text field of a document; empty when it is absent or null.
pub(super) fn text<'a>(doc: &'a Doc, key: &str) -> &'a str {
    doc.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Where a document is listed, and under which names it is found there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) scope: String,
    pub(super) names: Vec<String>,
}

#[derive(Debug, Default)]
struct Scope {
    /// The rows that are not grown.
    order: BTreeSet<u64>,
    /// The names of all that is stored.
    names: HashMap<String, u64>,
    revision: u64,
}

/// Grown rows, and where they stand among the others: from `base` on, without a gap.
#[derive(Debug)]
struct Sown {
    crop: Box<dyn Crop>,
    base: u64,
    gone: BTreeSet<u64>,
}

impl Sown {
    fn number(&self, seq: u64) -> Option<u64> {
        seq.checked_sub(self.base).filter(|number| *number < self.crop.len())
    }

    /// The number of a row that is still there.
    fn alive(&self, seq: u64) -> Option<u64> {
        self.number(seq).filter(|_| !self.gone.contains(&seq))
    }

    fn count(&self, scope: &str) -> u64 {
        let listed = self.crop.listed(scope);
        let (first, end) = (self.base + listed.start, self.base + listed.end);
        let gone = self.gone.range(first..end.max(first));
        let gone = gone.filter(|seq| (*seq - first).is_multiple_of(listed.step.max(1)));
        listed.len().saturating_sub(gone.count() as u64)
    }
}

/// A collection. `locate` tells from the document alone where it belongs.
#[derive(Debug)]
pub(super) struct Table {
    locate: fn(&Doc) -> Vec<Place>,
    rows: BTreeMap<u64, Doc>,
    scopes: HashMap<String, Scope>,
    last: u64,
    sown: Option<Sown>,
}

impl Table {
    pub(super) fn new(locate: fn(&Doc) -> Vec<Place>) -> Self {
        Self { locate, rows: BTreeMap::new(), scopes: HashMap::new(), last: 0, sown: None }
    }

    /// Lets these rows follow all that are there. Can be done once.
    pub(super) fn sow(&mut self, crop: Box<dyn Crop>) {
        let base = self.last + 1;
        self.last += crop.len();
        self.sown = Some(Sown { crop, base, gone: BTreeSet::new() });
    }

    /// Forgets all grown rows but those that were written to.
    pub(super) fn fell(&mut self) {
        let Some(sown) = self.sown.take() else { return };
        for (seq, doc) in self.rows.range(sown.base..sown.base + sown.crop.len()) {
            for place in (self.locate)(doc) {
                self.scopes.entry(place.scope).or_default().order.insert(*seq);
            }
        }
    }

    pub(super) fn insert(&mut self, doc: Doc) -> u64 {
        self.last += 1;
        let seq = self.last;
        for place in (self.locate)(&doc) {
            let scope = self.scopes.entry(place.scope).or_default();
            scope.revision += 1;
            scope.order.insert(seq);
            scope.names.extend(place.names.into_iter().map(|name| (name, seq)));
        }
        self.rows.insert(seq, doc);
        seq
    }

    pub(super) fn remove(&mut self, seq: u64) -> Option<Doc> {
        let doc = self.row(seq)?.doc().into_owned();
        self.rows.remove(&seq);
        if let Some(sown) = self.sown.as_mut().filter(|sown| sown.number(seq).is_some()) {
            sown.gone.insert(seq);
        }
        for place in (self.locate)(&doc) {
            let scope = self.scopes.entry(place.scope).or_default();
            scope.revision += 1;
            scope.order.remove(&seq);
            for name in place.names {
                scope.names.remove(&name);
            }
        }
        Some(doc)
    }

    /// Lays `changes` over a document. Its names may change, its scopes must not.
    pub(super) fn update(&mut self, seq: u64, changes: Doc) {
        let Some(row) = self.row(seq) else { return };
        let mut doc = row.doc().into_owned();
        let is_new = !self.rows.contains_key(&seq);
        let before = (self.locate)(&doc);
        doc.extend(changes);
        let after = (self.locate)(&doc);
        self.rows.insert(seq, doc);
        if before == after && !is_new {
            return;
        }
        for Place { scope, names } in before {
            let Some(scope) = self.scopes.get_mut(&scope) else { continue };
            for name in names {
                scope.names.remove(&name);
            }
        }
        for Place { scope, names } in after {
            let scope = self.scopes.entry(scope).or_default();
            scope.names.extend(names.into_iter().map(|name| (name, seq)));
        }
    }

    pub(super) fn row(&self, seq: u64) -> Option<Row<'_>> {
        if let Some(doc) = self.rows.get(&seq) {
            return Some(Row::Stored(doc));
        }
        let sown = self.sown.as_ref()?;
        Some(Row::Grown(&*sown.crop, sown.alive(seq)?))
    }

    pub(super) fn get(&self, seq: u64) -> Option<Cow<'_, Doc>> {
        self.row(seq).map(Row::doc)
    }

    pub(super) fn find(&self, scope: &str, name: &str) -> Option<u64> {
        let stored = self.scopes.get(scope).and_then(|scope| scope.names.get(name));
        if let Some(seq) = stored {
            return Some(*seq);
        }
        let sown = self.sown.as_ref()?;
        let seq = sown.base + sown.crop.find(scope, name)?;
        // One that was written to bears the names that are stored, and no other.
        sown.alive(seq).filter(|_| !self.rows.contains_key(&seq)).map(|_| seq)
    }

    /// The document of that name.
    pub(super) fn named(&self, scope: &str, name: &str) -> Option<Cow<'_, Doc>> {
        self.get(self.find(scope, name)?)
    }

    /// The row of that name.
    pub(super) fn row_named(&self, scope: &str, name: &str) -> Option<Row<'_>> {
        self.row(self.find(scope, name)?)
    }

    pub(super) fn count(&self, scope: &str) -> usize {
        let grown = self.sown.as_ref().map_or(0, |sown| sown.count(scope));
        let grown = usize::try_from(grown).unwrap_or(usize::MAX);
        self.scopes.get(scope).map_or(0, |scope| scope.order.len()) + grown
    }

    pub(super) fn revision(&self, scope: &str) -> u64 {
        self.scopes.get(scope).map_or(0, |scope| scope.revision)
    }

    /// The rows of a scope within this range, either end first.
    pub(super) fn rows(
        &self,
        scope: &str,
        range: Range<u64>,
    ) -> impl DoubleEndedIterator<Item = (u64, Row<'_>)> {
        let sown = self.sown.as_ref();
        let base = sown.map_or(u64::MAX, |sown| sown.base);
        let listed = sown.map_or_else(Numbers::default, |sown| sown.crop.listed(scope));
        let (before, behind) = (range.start..range.end.min(base), range.start.max(base)..range.end);
        let order = self.scopes.get(scope).map(|scope| &scope.order);
        let stored = |range: Range<u64>| {
            order.into_iter().flat_map(move |order| {
                // A range that ends before it starts is no range to a set.
                order.range(range.start..range.end.max(range.start)).copied()
            })
        };
        let seqs = stored(before).chain(listed.between(base, range)).chain(stored(behind));
        seqs.filter_map(|seq| Some((seq, self.row(seq)?)))
    }

    /// All documents of a scope.
    pub(super) fn all(&self, scope: &str) -> impl DoubleEndedIterator<Item = (u64, Cow<'_, Doc>)> {
        let rows = self.rows(scope, 0..u64::MAX);
        rows.map(|(seq, row)| (seq, row.doc()))
    }
}

#[cfg(test)]
mod tests;
