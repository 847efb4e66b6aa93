//! What differs between two JSON texts, by JSON pointer.

use super::meaning::{Meanings, Order, Reading};
use super::members::{Members, written};
use super::{Document, Kind, NodeId, parse};
use std::fmt;

#[cfg(test)]
pub(super) mod tests;

/// How two texts compare, from the smallest difference to the largest.
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

/// What happened to a value. Texts are as written, without the spacing around them.
#[derive(Clone, PartialEq, Eq)]
pub enum ChangeKind {
    Added(String),
    Removed(String),
    /// The texts are values; where only the key is spelled in another way (`"a\u002fb"`, `"a/b"`) they are `"key": value`.
    Changed {
        before: String,
        after: String,
    },
}

/// One difference, and where.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the value is; where it was, if it was removed. Members with one name have one pointer.
    pub pointer: String,
    pub kind: ChangeKind,
}

/// The differences between two texts.
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

/// Compares two texts by what they mean: spacing and the order of members are no changes.
///
/// Numbers and strings are compared by their text: it is the truth, and two spellings of one value were not typed by
/// accident. Items are compared by index, after those that are the same at both ends. An object whose repeated names
/// are not there equally often in both is compared as one value, and so is a text that is not JSON.
pub fn diff(before: &str, after: &str) -> Diff {
    let (Ok(old), Ok(new)) = (parse(before), parse(after)) else {
        return Diff::of_wholes(before, after);
    };
    diff_documents(&old, &new)
}

/// The same, of texts that have been parsed.
pub fn diff_documents(before: &Document, after: &Document) -> Diff {
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

impl Diff {
    /// Of texts that cannot be looked into.
    fn of_wholes(before: &str, after: &str) -> Self {
        if before == after {
            let verdict = Verdict::Same;
            return Self { verdict, changes: Vec::new(), unchanged: 0, order_kept: true };
        }
        let is_blank = |text: &str| text.trim().is_empty();
        let kind = match (is_blank(before), is_blank(after)) {
            (true, false) => ChangeKind::Added(after.to_owned()),
            (false, true) => ChangeKind::Removed(before.to_owned()),
            _ => ChangeKind::Changed { before: before.to_owned(), after: after.to_owned() },
        };
        let change = Change { pointer: String::new(), kind };
        Self { verdict: Verdict::Changed, changes: vec![change], unchanged: 0, order_kept: true }
    }
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
                    self.note(document, new, ChangeKind::Added(document.raw(new).to_owned()));
                }
                Fate::Went(old) => {
                    let document = self.before.document;
                    self.note(document, old, ChangeKind::Removed(document.raw(old).to_owned()));
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
        let kind = ChangeKind::Changed { before: texts.0.to_owned(), after: texts.1.to_owned() };
        self.note(after, new, kind);
    }

    fn note(&mut self, document: &Document, id: NodeId, kind: ChangeKind) {
        self.diff.changes.push(Change { pointer: document.pointer(id), kind });
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
        self.kind.fmt(f)
    }
}

/// Without the texts.
impl fmt::Debug for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added(text) => write!(f, "Added({} bytes)", text.len()),
            Self::Removed(text) => write!(f, "Removed({} bytes)", text.len()),
            Self::Changed { before, after } => {
                write!(f, "Changed({} to {} bytes)", before.len(), after.len())
            }
        }
    }
}
