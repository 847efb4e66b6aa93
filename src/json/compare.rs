//! What two documents have in common by meaning: spacing and the order of keys do not count, numbers are compared as
//! they are written, because the text is the truth.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Document, Kind, NodeId};

/// One thing that differs between two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, as a JSON pointer; of an element that was taken out, where it was before.
    pub pointer: String,
    /// What stood there, as written; nothing if it was added.
    pub before: Option<String>,
    /// What stands there now, as written; nothing if it was taken out.
    pub after: Option<String>,
}

/// What differs, in the order of the documents. A container that is there in both is not itself a change.
pub fn diff(before: &Document, after: &Document) -> Vec<Change> {
    let mut changes = Vec::new();
    walk(before, NodeId::ROOT, after, NodeId::ROOT, &mut |found| {
        changes.push(match found {
            Found::Removed(id) => Change {
                pointer: before.pointer(id),
                before: Some(before.raw(id).to_owned()),
                after: None,
            },
            Found::Added(id) => Change {
                pointer: after.pointer(id),
                before: None,
                after: Some(after.raw(id).to_owned()),
            },
            Found::Changed(old, new) => Change {
                pointer: after.pointer(new),
                before: Some(before.raw(old).to_owned()),
                after: Some(after.raw(new).to_owned()),
            },
        });
        true
    });
    changes
}

/// Whether two values mean the same.
pub(super) fn is_same(one: &Document, a: NodeId, other: &Document, b: NodeId) -> bool {
    let mut same = true;
    walk(one, a, other, b, &mut |_| {
        same = false;
        false
    });
    same
}

enum Found {
    Removed(NodeId),
    Added(NodeId),
    Changed(NodeId, NodeId),
}

/// Goes through both values side by side and tells what differs, until told to stop.
fn walk(
    one: &Document,
    a: NodeId,
    other: &Document,
    b: NodeId,
    tell: &mut impl FnMut(Found) -> bool,
) {
    let mut waiting = vec![(Some(a), Some(b))];
    while let Some(pair) = waiting.pop() {
        let found = match pair {
            (Some(a), Some(b)) => match pairs(one, a, other, b) {
                Some(pairs) => {
                    waiting.extend(pairs.into_iter().rev());
                    continue;
                }
                None if is_same_alone(one, a, other, b) => continue,
                None => Found::Changed(a, b),
            },
            (Some(a), None) => Found::Removed(a),
            (None, Some(b)) => Found::Added(b),
            (None, None) => continue,
        };
        if !tell(found) {
            return;
        }
    }
}

type Pair = (Option<NodeId>, Option<NodeId>);

/// The children of two containers that can be compared one by one; nothing for anything else.
fn pairs(one: &Document, a: NodeId, other: &Document, b: NodeId) -> Option<Vec<Pair>> {
    match (one.kind(a), other.kind(b)) {
        (Kind::Array, Kind::Array) => Some(elements(one, a, other, b)),
        (Kind::Object, Kind::Object) => {
            if has_same_keys(one, a, other, b) {
                let (a, b) = (one.children(a), other.children(b));
                return Some(a.zip(b).map(|(a, b)| (Some(a), Some(b))).collect());
            }
            let (mine, theirs) = (members(one, a)?, members(other, b)?);
            let before = one.children(a).map(|id| {
                let partner = one.key(id).and_then(|key| theirs.get(&key).copied());
                (Some(id), partner)
            });
            let added = other
                .children(b)
                .filter(|&id| other.key(id).is_some_and(|key| !mine.contains_key(&key)));
            Some(before.chain(added.map(|id| (None, Some(id)))).collect())
        }
        _ => None,
    }
}

/// Elements by place; where one array is longer, what is equal at both ends is passed over first, so that an element
/// put in at the front does not make all of them differ.
fn elements(one: &Document, a: NodeId, other: &Document, b: NodeId) -> Vec<Pair> {
    let (before, after): (Vec<_>, Vec<_>) =
        (one.children(a).collect(), other.children(b).collect());
    let by_place = |before: &[NodeId], after: &[NodeId]| -> Vec<Pair> {
        let many = before.len().max(after.len());
        (0..many).map(|at| (before.get(at).copied(), after.get(at).copied())).collect()
    };
    if before.len() == after.len() {
        return by_place(&before, &after);
    }
    let is_equal = |(a, b): &(&NodeId, &NodeId)| is_same_leaf(one, **a, other, **b);
    let head = before.iter().zip(&after).take_while(is_equal).count();
    let rest = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(is_equal).count();
    let middle = |all: &[NodeId]| all.get(head..all.len() - tail).unwrap_or_default().to_vec();
    by_place(&middle(&before), &middle(&after))
}

/// Whether two elements are written alike; spacing inside them is not looked through.
fn is_same_leaf(one: &Document, a: NodeId, other: &Document, b: NodeId) -> bool {
    one.raw(a) == other.raw(b) || is_same_alone(one, a, other, b)
}

/// Whether two values without children to compare mean the same. A string that is no text, half of a surrogate pair,
/// is the same only as itself.
fn is_same_alone(one: &Document, a: NodeId, other: &Document, b: NodeId) -> bool {
    let is_text = |text: &str| !text.contains('\u{FFFD}');
    one.raw(a) == other.raw(b)
        || matches!(
            (one.string_value(a), other.string_value(b)),
            (Some(a), Some(b)) if a == b && is_text(&a)
        )
}

/// Whether two objects have the same keys in the same order; then their members belong together one by one, even
/// where a key is there twice.
pub(super) fn has_same_keys(one: &Document, a: NodeId, other: &Document, b: NodeId) -> bool {
    one.child_count(a) == other.child_count(b)
        && one.children(a).zip(other.children(b)).all(|(a, b)| one.key(a) == other.key(b))
}

/// The members of an object by key; nothing if a key is there twice.
pub(super) fn members(
    document: &Document,
    object: NodeId,
) -> Option<HashMap<Cow<'_, str>, NodeId>> {
    let keys = document.children(object).filter_map(|id| Some((document.key(id)?, id)));
    let members: HashMap<_, _> = keys.collect();
    (members.len() == document.child_count(object)).then_some(members)
}
