//! Which values mean the same, across documents, without walking two trees side by side.
//!
//! Spacing does not count, nor the order of an object's members. All else counts as it is written:
//! `1`, `1.0` and `1e0` differ, and so do `"é"` and `"\u00e9"`. Whoever rewrote one into the other
//! meant it, and two halves of different surrogate pairs would decode to the same U+FFFD.

use super::{Document, Kind, NodeId};
use std::collections::HashMap;

/// Whether the order of an object's members counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Counts,
    Ignored,
}

/// Numbers for meanings: equal values have equal numbers, in every document that was read.
#[derive(Debug)]
pub(super) struct Meanings<'a> {
    order: Order,
    known: HashMap<Shape<'a>, u32>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Shape<'a> {
    Scalar(&'a str),
    Array(Vec<u32>),
    Object(Vec<(&'a str, u32)>),
}

impl<'a> Meanings<'a> {
    pub(super) fn new(order: Order) -> Self {
        Self { order, known: HashMap::new() }
    }

    /// Reads a document, children before the containers they are in.
    pub(super) fn read(&mut self, document: &'a Document) -> Reading<'a> {
        let mut reading = Reading { document, meanings: vec![0; document.len()] };
        for id in document.ids().rev() {
            let shape = self.shape(&reading, id);
            let next = super::scan::small(self.known.len());
            let meaning = *self.known.entry(shape).or_insert(next);
            if let Some(place) = reading.meanings.get_mut(id.index()) {
                *place = meaning;
            }
        }
        reading
    }

    fn shape(&self, reading: &Reading<'a>, id: NodeId) -> Shape<'a> {
        let document = reading.document;
        match document.kind(id) {
            Kind::Object => {
                let mut members: Vec<NodeId> = document.children(id).collect();
                if self.order == Order::Ignored {
                    // Stable: of members with one name the order does count, the last one is seen.
                    members.sort_by_cached_key(|&member| document.key(member));
                }
                let named = |member| Some((document.raw_key(member)?, reading.meaning(member)));
                Shape::Object(members.into_iter().filter_map(named).collect())
            }
            Kind::Array => {
                Shape::Array(document.children(id).map(|item| reading.meaning(item)).collect())
            }
            Kind::String | Kind::Number | Kind::Bool | Kind::Null => {
                Shape::Scalar(document.raw(id))
            }
        }
    }
}

/// A document with the meaning of each of its values.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) document: &'a Document,
    meanings: Vec<u32>,
}

impl Reading<'_> {
    fn meaning(&self, id: NodeId) -> u32 {
        self.meanings.get(id.index()).copied().unwrap_or(u32::MAX)
    }

    /// Whether a value here means what one of another reading means, and its key is spelled alike.
    pub(super) fn is_same(&self, id: NodeId, other: &Reading<'_>, its: NodeId) -> bool {
        self.meaning(id) == other.meaning(its)
            && self.document.raw_key(id) == other.document.raw_key(its)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::{Meanings, NodeId, Order};

    fn same(one: &str, other: &str, order: Order) -> bool {
        let (one, other) = (parse(one).unwrap(), parse(other).unwrap());
        let mut meanings = Meanings::new(order);
        let (one, other) = (meanings.read(&one), meanings.read(&other));
        one.is_same(NodeId::ROOT, &other, NodeId::ROOT)
    }

    #[test]
    fn spacing_never_counts_and_order_where_it_is_asked_for() {
        for (one, other) in [("[1,{}]", " [ 1 , { } ]\n"), (r#"{"a":[]}"#, "{\n\"a\" :\t[ ] }")] {
            assert!(same(one, other, Order::Counts));
            assert!(same(one, other, Order::Ignored));
        }
        let (one, other) = (r#"[{"a": 1, "b": 2}]"#, r#"[{"b": 2, "a": 1}]"#);
        assert!(same(one, other, Order::Ignored));
        assert!(!same(one, other, Order::Counts));
    }

    #[test]
    fn all_else_counts() {
        for (one, other) in [
            ("1", "1.0"),
            ("1", "1e0"),
            ("18446744073709551616", "18446744073709551617"),
            (r#""é""#, r#""\u00e9""#),
            (r#"["\ud800"]"#, r#"["\ud801"]"#),
            (r#"{"a/b": 1}"#, r#"{"a\u002fb": 1}"#),
            ("[1, 2]", "[2, 1]"),
            ("[]", "{}"),
            ("[[1], 2]", "[[1, 2]]"),
            (r#"{"a": 1, "a": 2}"#, r#"{"a": 2, "a": 1}"#),
            (r#"{"a": 1, "\u0061": 2}"#, r#"{"\u0061": 2, "a": 1}"#),
            (r#"{"a": 1, "a": 1}"#, r#"{"a": 1}"#),
            (r#"["null"]"#, "[null]"),
        ] {
            assert!(!same(one, other, Order::Ignored), "{one} {other}");
        }
    }
}
