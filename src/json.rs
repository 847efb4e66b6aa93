//! A JSON document as text: parsing validates it and finds its spans, folds and pointers.
//!
//! The text is the truth. Nothing here keeps a parsed value in its place, because a round trip through one re-sorts
//! keys, cuts big numbers and drops duplicate keys: what is written, `merge` and `shape` write by moving slices of the
//! text. Nothing here recurses either: the text was written by strangers and may be nested a million deep.

mod compare;
mod decode;
mod error;
mod meaning;
mod members;
mod merge;
mod number;
mod path;
mod scan;
mod set;
mod shape;
#[cfg(test)]
mod tests;
mod token;
mod warning;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

pub use compare::{Change, Diff, Verdict, compare, diff};
pub use error::SyntaxError;
pub use merge::{Merge, merge};
pub use set::{SetError, holds, set};
pub use shape::{ShapeError, follow, minify, pretty};
pub use warning::Warning;

/// Checks that the text is one JSON value and finds where its parts are.
pub fn parse(text: &str) -> Result<Document, SyntaxError> {
    let nodes = scan::scan(text)?;
    let mut document = Document { text: text.into(), nodes: nodes.into() };
    document.shadow_duplicates();
    Ok(document)
}

/// One value of a document, by its place in the text: a container comes before its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The outermost value.
    pub const ROOT: Self = Self(0);

    /// The position in document order, 0 for the root.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Object,
    Array,
    String,
    Number,
    Bool,
    Null,
}

impl Kind {
    /// Whether it can have children.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Object | Self::Array)
    }
}

/// A valid JSON text and where its values are.
#[derive(Clone)]
pub struct Document {
    text: Arc<str>,
    nodes: Arc<[Node]>,
}

/// 32-bit places keep a megabyte of `[0,0,…` below thirty of nodes.
#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    shadowed: bool,
    parent: u32,
    depth: u32,
    index: u32,
    children: u32,
    /// The root cannot be a sibling, so 0 says there is none.
    previous: u32,
    subtree_end: u32,
    span: (u32, u32),
    /// With its quotes, so an empty one says there is no key.
    key: (u32, u32),
}

/// What an id of another, longer document gives: no text, no relatives, no panic.
const NOWHERE: Node = Node {
    kind: Kind::Null,
    shadowed: false,
    parent: 0,
    depth: 0,
    index: 0,
    children: 0,
    previous: 0,
    subtree_end: 0,
    span: (0, 0),
    key: (0, 0),
};

impl Document {
    /// The whole text, as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The outermost value.
    pub fn root(&self) -> NodeId {
        NodeId::ROOT
    }

    /// How many values there are, the root and the containers among them.
    #[expect(clippy::len_without_is_empty, reason = "a document has at least its root")]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The value at this position in document order.
    pub fn nth(&self, index: usize) -> Option<NodeId> {
        u32::try_from(index).ok().filter(|_| index < self.nodes.len()).map(NodeId)
    }

    /// Every value, in document order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..scan::small(self.nodes.len())).map(NodeId)
    }

    /// What the value is.
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// The container the value is in; none for the root.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        (id != NodeId::ROOT).then(|| NodeId(self.node(id).parent))
    }

    /// The container the value is in, the one around that, and so on to the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        iter::successors(self.parent(id), |&ancestor| self.parent(ancestor))
    }

    /// The values directly inside a container.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let first = (self.child_count(id) > 0).then(|| NodeId(id.0.saturating_add(1)));
        iter::successors(first, |&child| self.next_sibling(child))
    }

    /// How many values are directly inside.
    pub fn child_count(&self, id: NodeId) -> usize {
        self.node(id).children as usize
    }

    /// How many containers the value is in: 0 for the root.
    pub fn depth(&self, id: NodeId) -> usize {
        self.node(id).depth as usize
    }

    /// Where the value stands in the text, its key not included.
    pub fn span(&self, id: NodeId) -> Range<usize> {
        range(self.node(id).span)
    }

    /// The value as written.
    pub fn raw(&self, id: NodeId) -> &str {
        self.slice(self.span(id))
    }

    /// The key of an object's member, its escapes resolved.
    pub fn key(&self, id: NodeId) -> Option<Cow<'_, str>> {
        self.raw_key(id).map(decode::string)
    }

    /// The key as written, with its quotes.
    pub fn raw_key(&self, id: NodeId) -> Option<&str> {
        self.key_span(id).map(|span| self.slice(span))
    }

    /// Where the key stands in the text, its quotes included.
    pub fn key_span(&self, id: NodeId) -> Option<Range<usize>> {
        Some(range(self.node(id).key)).filter(|span| !span.is_empty())
    }

    /// The position among the container's values, from 0.
    pub fn index_in_parent(&self, id: NodeId) -> usize {
        self.node(id).index as usize
    }

    /// The text a string stands for; none for other kinds. A lone surrogate becomes U+FFFD.
    pub fn string_value(&self, id: NodeId) -> Option<Cow<'_, str>> {
        (self.kind(id) == Kind::String).then(|| decode::string(self.raw(id)))
    }

    /// The next value in the same container.
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        let end = self.subtree_end(id);
        (id < end && end < self.subtree_end(self.parent(id)?)).then_some(end)
    }

    /// The value before it in the same container.
    pub fn prev_sibling(&self, id: NodeId) -> Option<NodeId> {
        Some(NodeId(self.node(id).previous)).filter(|&id| id != NodeId::ROOT)
    }

    /// The first id after the value and everything inside it; for the last value of the document
    /// that is `len()`, an id of nothing.
    pub fn subtree_end(&self, id: NodeId) -> NodeId {
        NodeId(self.node(id).subtree_end)
    }

    /// Whether a later member of the same name hides the value, or a container it is in.
    pub fn is_shadowed(&self, id: NodeId) -> bool {
        self.node(id).shadowed
    }

    /// Whether the value is a number that most programs would change by reading it.
    pub fn is_big_number(&self, id: NodeId) -> bool {
        self.kind(id) == Kind::Number && number::is_lossy(self.raw(id))
    }

    fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id.index()).unwrap_or(&NOWHERE)
    }

    fn slice(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// Of members with one name parsers keep the last, so the earlier ones are shadowed. One map
    /// for the whole document keeps this linear whatever its shape.
    fn shadow_duplicates(&mut self) {
        let mut last: HashMap<(u32, Cow<'_, str>), NodeId> = HashMap::new();
        let mut hidden = Vec::new();
        for id in self.ids() {
            let Some(key) = self.key(id) else { continue };
            hidden.extend(last.insert((self.node(id).parent, key), id));
        }
        if hidden.is_empty() {
            return;
        }
        let mut nodes = self.nodes.to_vec();
        hidden.sort_unstable();
        let mut end = 0;
        for id in hidden {
            let subtree = id.index().max(end)..self.subtree_end(id).index().max(end);
            end = subtree.end;
            for node in nodes.get_mut(subtree).unwrap_or_default() {
                node.shadowed = true;
            }
        }
        self.nodes = nodes.into();
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Document {}

/// Without the text: it is personal data, and this ends up in reports.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.text.len())
            .field("nodes", &self.nodes.len())
            .finish()
    }
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}
