//! One collection of JSON documents: in order of arrival, found by name within a scope.
//!
//! A scope is the sid of the parent (a service's channels, a channel's members, a user's memberships). Its revision
//! moves when a document comes or goes, not when one changes: page tokens hang on it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Bound,
};

use serde_json::{Map, Value};

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
    order: BTreeSet<u64>,
    names: HashMap<String, u64>,
    revision: u64,
}

/// A collection. `locate` tells from the document alone where it belongs.
#[derive(Debug)]
pub(super) struct Table {
    locate: fn(&Doc) -> Vec<Place>,
    rows: BTreeMap<u64, Doc>,
    scopes: HashMap<String, Scope>,
    last: u64,
}

impl Table {
    pub(super) fn new(locate: fn(&Doc) -> Vec<Place>) -> Self {
        Self { locate, rows: BTreeMap::new(), scopes: HashMap::new(), last: 0 }
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
        let doc = self.rows.remove(&seq)?;
        for place in (self.locate)(&doc) {
            let Some(scope) = self.scopes.get_mut(&place.scope) else { continue };
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
        let Some(doc) = self.rows.get_mut(&seq) else { return };
        let before = (self.locate)(doc);
        doc.extend(changes);
        let after = (self.locate)(doc);
        if before == after {
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

    pub(super) fn get(&self, seq: u64) -> Option<&Doc> {
        self.rows.get(&seq)
    }

    pub(super) fn find(&self, scope: &str, name: &str) -> Option<u64> {
        self.scopes.get(scope)?.names.get(name).copied()
    }

    /// The document of that name.
    pub(super) fn named(&self, scope: &str, name: &str) -> Option<&Doc> {
        self.get(self.find(scope, name)?)
    }

    pub(super) fn count(&self, scope: &str) -> usize {
        self.scopes.get(scope).map_or(0, |scope| scope.order.len())
    }

    pub(super) fn revision(&self, scope: &str) -> u64 {
        self.scopes.get(scope).map_or(0, |scope| scope.revision)
    }

    /// The documents of a scope within these bounds, either end first.
    pub(super) fn between(
        &self,
        scope: &str,
        bounds: (Bound<u64>, Bound<u64>),
    ) -> impl DoubleEndedIterator<Item = (u64, &Doc)> {
        let order = self.scopes.get(scope).map(|scope| scope.order.range(bounds));
        order.into_iter().flatten().filter_map(|seq| Some((*seq, self.rows.get(seq)?)))
    }

    /// All documents of a scope.
    pub(super) fn all(&self, scope: &str) -> impl DoubleEndedIterator<Item = (u64, &Doc)> {
        self.between(scope, (Bound::Unbounded, Bound::Unbounded))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn locate(doc: &Doc) -> Vec<Place> {
        let names = [text(doc, "sid"), text(doc, "name")];
        let names = names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned);
        vec![Place { scope: text(doc, "in").to_owned(), names: names.collect() }]
    }

    fn doc(value: &Value) -> Doc {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_renamed_document_is_found_by_its_new_name_only_and_keeps_its_place() {
        let mut table = Table::new(locate);
        let first = table.insert(doc(&json!({"in": "s", "sid": "1", "name": "old"})));
        let second = table.insert(doc(&json!({"in": "s", "sid": "2"})));
        let revision = table.revision("s");
        table.update(first, doc(&json!({"name": "new"})));
        assert_eq!(table.find("s", "old"), None);
        assert_eq!(table.find("s", "new"), Some(first));
        assert_eq!(table.find("s", "1"), Some(first));
        assert_eq!(table.all("s").map(|(seq, _)| seq).collect::<Vec<_>>(), [first, second]);
        assert_eq!(table.revision("s"), revision, "an update is no reason for a token to go stale");
    }

    #[test]
    fn coming_and_going_moves_the_revision() {
        let mut table = Table::new(locate);
        let seq = table.insert(doc(&json!({"in": "s", "sid": "1"})));
        let before = table.revision("s");
        table.remove(seq);
        assert_ne!(table.revision("s"), before);
        assert_eq!((table.count("s"), table.find("s", "1")), (0, None));
    }
}
