//! What differs between two documents, by JSON pointer.

use super::meaning::{Meanings, Order, Reading};
use super::members::{Members, written};
use super::{Document, Kind, NodeId};
use std::fmt;

#[cfg(test)]
pub(super) mod tests;

/// What kind of difference there is, from the smallest difference to the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Not a byte differs.
    Same,
    /// Only blanks and line ends between the values differ.
    Spacing,
    /// The order of members differs, perhaps spacing too.
    Order,
    /// Values differ.
    Changed,
}

/// One thing that differs between two documents. Texts are as written, without the spacing around them.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// Where, as a JSON pointer; of a value that was taken out, where it was before. Members with one name have one
    /// pointer.
    pub pointer: String,
    /// What stood there; nothing if it was added. Where only the key is spelled in another way (`"a\u002fb"`, `"a/b"`)
    /// both texts are `"key": value`.
    pub before: Option<String>,
    /// What stands there now; nothing if it was taken out.
    pub after: Option<String>,
}

/// How two documents compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    pub verdict: Verdict,
    /// In document order, none inside another. Empty unless the verdict is [`Verdict::Changed`].
    pub changes: Vec<Change>,
    /// Members and items that are the same in both. One counts once, whatever is in it.
    pub unchanged: usize,
    /// Whether the members that are in both stand in the same order.
    pub order_kept: bool,
}

/// What differs, in document order. A container that is there in both is not itself a change.
pub fn diff(before: &Document, after: &Document) -> Vec<Change> {
    compare(before, after).changes
}

/// Compares two documents by what they mean: spacing and the order of members are no changes.
///
/// Numbers and strings are compared by their text: it is the truth, and two spellings of one value were not typed by
/// accident. Items are compared by index, after those that are the same at both ends. An object whose repeated names
/// are not there equally often in both is compared as one value.
pub fn compare(before: &Document, after: &Document) -> Diff {
    let (mut meanings, mut orders) = (Meanings::new(Order::Ignored), Meanings::new(Order::Counts));
    let comparison = Comparison {
        before: meanings.read(before),
        after: meanings.read(after),
        ordered_before: orders.read(before),
        ordered_after: orders.read(after),
        diff: Diff { verdict: Verdict::Same, changes: Vec::new(), unchanged: 0, order_kept: true },
    };
    comparison.run()
}

struct Comparison<'a> {
    before: Reading<'a>,
    after: Reading<'a>,
    ordered_before: Reading<'a>,
    ordered_after: Reading<'a>,
    diff: Diff,
}

/// What became of a value.
enum Fate {
    Stayed(NodeId, NodeId),
    Came(NodeId),
    Went(NodeId),
}

impl Comparison<'_> {
    fn run(mut self) -> Diff {
        let root = (NodeId::ROOT, NodeId::ROOT);
        // The root is no member: if it is the same, its values are what is unchanged.
        let mut open = match self.inside(root.0, root.1) {
            Some(fates) => fates,
            None if self.before.is_same(root.0, &self.after, root.1) => Vec::new(),
            None => vec![Fate::Stayed(root.0, root.1)],
        };
        open.reverse();
        while let Some(fate) = open.pop() {
            match fate {
                Fate::Stayed(old, new) if self.before.is_same(old, &self.after, new) => {
                    self.diff.unchanged += 1;
                    self.diff.order_kept &=
                        self.ordered_before.is_same(old, &self.ordered_after, new);
                }
                Fate::Stayed(old, new) => match self.inside(old, new) {
                    Some(fates) => open.extend(fates.into_iter().rev()),
                    None => self.changed(old, new),
                },
                Fate::Came(new) => {
                    let document = self.after.document;
                    self.note(document, new, None, Some(document.raw(new)));
                }
                Fate::Went(old) => {
                    let document = self.before.document;
                    self.note(document, old, Some(document.raw(old)), None);
                }
            }
        }
        self.diff.verdict = self.verdict();
        self.diff
    }

    fn verdict(&self) -> Verdict {
        let ordered = self.ordered_before.is_same(NodeId::ROOT, &self.ordered_after, NodeId::ROOT);
        match (self.diff.changes.is_empty(), ordered) {
            (false, _) => Verdict::Changed,
            (true, false) => Verdict::Order,
            (true, true) if self.before.document == self.after.document => Verdict::Same,
            (true, true) => Verdict::Spacing,
        }
    }

    fn changed(&mut self, old: NodeId, new: NodeId) {
        let (before, after) = (self.before.document, self.after.document);
        let respelled = before.raw_key(old) != after.raw_key(new);
        let texts = if respelled {
            (written(before, old), written(after, new))
        } else {
            (before.raw(old), after.raw(new))
        };
        self.note(after, new, Some(texts.0), Some(texts.1));
    }

    fn note(&mut self, document: &Document, id: NodeId, before: Option<&str>, after: Option<&str>) {
        self.diff.changes.push(Change {
            pointer: document.pointer(id),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        });
    }

    /// What became of the values in a container; `None` where it is compared as one value.
    fn inside(&mut self, old: NodeId, new: NodeId) -> Option<Vec<Fate>> {
        let (before, after) = (self.before.document, self.after.document);
        if before.raw_key(old) != after.raw_key(new) {
            return None;
        }
        match (before.kind(old), after.kind(new)) {
            (Kind::Object, Kind::Object) => {
                self.members(&Members::of(before, old), &Members::of(after, new))
            }
            (Kind::Array, Kind::Array) => Some(self.items(old, new)),
            _ => None,
        }
    }

    /// A member that went stands after the one that it followed.
    fn members(&mut self, old: &Members<'_>, new: &Members<'_>) -> Option<Vec<Fate>> {
        if !old.pairs_with(new) {
            return None;
        }
        let went = |from: usize| {
            let run = old.from(from).take_while(|(name, _)| new.get(name).is_none());
            run.map(|(_, id)| Fate::Went(id))
        };
        let mut fates: Vec<Fate> = went(0).collect();
        let mut last = None;
        for (name, id) in new.iter() {
            let Some(was) = old.get(name) else {
                fates.push(Fate::Came(id));
                continue;
            };
            let position = self.before.document.index_in_parent(was);
            self.diff.order_kept &= last.is_none_or(|last| last < position);
            last = Some(position);
            fates.push(Fate::Stayed(was, id));
            fates.extend(went(position + 1));
        }
        Some(fates)
    }

    /// Items that are the same at both ends stay; of what is left, one stays for one by index.
    fn items(&self, old: NodeId, new: NodeId) -> Vec<Fate> {
        let old: Vec<NodeId> = self.before.document.children(old).collect();
        let new: Vec<NodeId> = self.after.document.children(new).collect();
        let same = |(old, new): &(&NodeId, &NodeId)| self.before.is_same(**old, &self.after, **new);
        let head = old.iter().zip(&new).take_while(same).count();
        let tail = |all: &[NodeId]| all.get(head..).unwrap_or_default().to_vec();
        let (left, right) = (tail(&old), tail(&new));
        let foot = left.iter().rev().zip(right.iter().rev()).take_while(same).count();
        let (left, right) = (left.len() - foot, right.len() - foot);
        let stays = |(old, new): (&NodeId, &NodeId)| Fate::Stayed(*old, *new);
        let common = head + left.min(right);
        let mut fates: Vec<Fate> = old.iter().zip(&new).take(common).map(stays).collect();
        fates.extend(old.iter().take(head + left).skip(common).map(|id| Fate::Went(*id)));
        fates.extend(new.iter().take(head + right).skip(common).map(|id| Fate::Came(*id)));
        fates.extend(old.iter().skip(head + left).zip(new.iter().skip(head + right)).map(stays));
        fates
    }
}

/// Without pointer and texts: both are personal data, and this ends up in reports.
impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = |text: &Option<String>| text.as_ref().map(String::len);
        f.debug_struct("Change")
            .field("before", &bytes(&self.before))
            .field("after", &bytes(&self.after))
            .finish_non_exhaustive()
    }
}
