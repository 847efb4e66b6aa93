//! The members of an object by name, none of them lost when names are there more than once.

use super::{Document, NodeId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// A member's name with its escapes resolved, and how many of that name come before it.
pub(super) type Name<'a> = (Cow<'a, str>, usize);

/// An object's members, in order and by name.
#[derive(Debug)]
pub(super) struct Members<'a> {
    list: Vec<(Name<'a>, NodeId)>,
    by_name: HashMap<Name<'a>, NodeId>,
    counts: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Members<'a> {
    pub(super) fn of(document: &'a Document, object: NodeId) -> Self {
        let mut counts = HashMap::new();
        let mut list = Vec::with_capacity(document.child_count(object));
        for member in document.children(object) {
            let key = document.key(member).unwrap_or_default();
            let count = counts.entry(key.clone()).or_insert(0);
            list.push(((key, *count), member));
            *count += 1;
        }
        let by_name = list.iter().cloned().collect();
        Self { list, by_name, counts }
    }

    /// In document order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Name<'a>, NodeId)> {
        self.from(0)
    }

    /// In document order, from this position on.
    pub(super) fn from(&self, position: usize) -> impl Iterator<Item = (&Name<'a>, NodeId)> {
        self.list.iter().skip(position).map(|(name, id)| (name, *id))
    }

    /// The member of that name.
    pub(super) fn get(&self, name: &Name<'_>) -> Option<NodeId> {
        self.by_name.get(name).copied()
    }

    /// The names that are there more than once.
    pub(super) fn repeated(&self) -> impl Iterator<Item = &Cow<'a, str>> {
        self.counts.iter().filter(|(_, count)| **count > 1).map(|(key, _)| key)
    }

    /// All members with this key.
    pub(super) fn with_key(&self, key: &str) -> impl Iterator<Item = NodeId> {
        let name = |count| (Cow::Borrowed(key), count);
        (0..self.count(key)).filter_map(move |count| self.get(&name(count)))
    }

    /// Whether the names that are there more than once, here or there, are there equally often: only then is it clear
    /// which member became which.
    pub(super) fn pairs_with(&self, other: &Members<'_>) -> bool {
        let both = self.repeated().map(Cow::as_ref).chain(other.repeated().map(Cow::as_ref));
        both.into_iter().all(|key| self.count(key) == other.count(key))
    }

    fn count(&self, key: &str) -> usize {
        self.counts.get(key).copied().unwrap_or_default()
    }
}

/// Where a value stands in the text, its key included.
pub(super) fn place(document: &Document, id: NodeId) -> Range<usize> {
    let span = document.span(id);
    document.key_span(id).map_or(span.start, |key| key.start)..span.end
}

/// A value as written, its key included.
pub(super) fn written(document: &Document, id: NodeId) -> &str {
    document.text().get(place(document, id)).unwrap_or_default()
}
