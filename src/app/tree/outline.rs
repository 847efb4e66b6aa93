//! A document and which of its containers are folded.

use crate::json::{Document, Kind, NodeId};
use std::collections::HashMap;

/// A document of up to this many values is shown unfolded.
const SMALL: usize = 200;

/// Larger ones show their root, its members and theirs.
const DEPTH_OF_LARGE: usize = 2;

/// One visible value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub node: NodeId,
    /// 0 for the root.
    pub depth: usize,
    /// A container with something inside.
    pub foldable: bool,
    pub folded: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Outline {
    document: Document,
    /// By node; of no meaning for those that cannot be folded.
    folds: Vec<Fold>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Fold {
    #[default]
    Open,
    Closed,
}

impl Outline {
    pub(super) fn new(document: Document) -> Self {
        let small = document.len() <= SMALL;
        let mut outline = Self { folds: vec![Fold::Open; document.len()], document };
        if !small {
            outline.fold_to_depth(DEPTH_OF_LARGE);
        }
        outline
    }

    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    /// All visible rows.
    pub(super) fn rows(&self) -> Vec<Row> {
        self.rows_of(NodeId::ROOT)
    }

    /// The row of a value and those visible inside it.
    pub(super) fn rows_of(&self, id: NodeId) -> Vec<Row> {
        let end = self.document.subtree_end(id).index();
        let mut rows = Vec::new();
        let mut at = id.index();
        while let Some(node) = self.document.nth(at).filter(|_| at < end) {
            let row = self.row(node);
            rows.push(row);
            at = if row.folded { self.document.subtree_end(node).index() } else { at + 1 };
        }
        rows
    }

    fn row(&self, node: NodeId) -> Row {
        let foldable = self.document.child_count(node) > 0;
        let folded = foldable && self.fold(node) == Fold::Closed;
        Row { node, depth: self.document.depth(node), foldable, folded }
    }

    fn fold(&self, id: NodeId) -> Fold {
        self.folds.get(id.index()).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, id: NodeId, fold: Fold) {
        if let Some(place) = self.folds.get_mut(id.index()) {
            *place = fold;
        }
    }

    pub(super) fn fold_to_depth(&mut self, depth: usize) {
        let document = &self.document;
        let fold = |id| if document.depth(id) < depth { Fold::Open } else { Fold::Closed };
        self.folds = document.ids().map(fold).collect();
    }

    /// Opens whatever hides a value. `false` if nothing did.
    pub(super) fn reveal(&mut self, id: NodeId) -> bool {
        let ancestors = self.document.ancestors(id);
        let hiding: Vec<_> = ancestors.filter(|&id| self.fold(id) == Fold::Closed).collect();
        for &ancestor in &hiding {
            self.set(ancestor, Fold::Open);
        }
        !hiding.is_empty()
    }

    /// The same folds on another document, path by path, and a value's nearest survivor there.
    ///
    /// Both documents are walked together instead of comparing pointers: the pointers of a deep
    /// document are as long as it is, each.
    pub(super) fn carried_to(&self, document: Document, id: NodeId) -> (Self, NodeId) {
        let mut carried = Self::new(document);
        let mut nearest = NodeId::ROOT;
        let mut pairs = vec![(NodeId::ROOT, NodeId::ROOT)];
        while let Some((before, after)) = pairs.pop() {
            // A container is met before what is inside, so the last one met is the nearest.
            if before <= id && id < self.document.subtree_end(before) {
                nearest = after;
            }
            if self.document.child_count(before) > 0 {
                carried.set(after, self.fold(before));
                self.pair_children(before, &carried.document, after, &mut pairs);
            }
        }
        (carried, nearest)
    }

    /// Shadowed members stay out of it: then each value has one partner, and the walk is linear.
    fn pair_children(
        &self,
        before: NodeId,
        document: &Document,
        after: NodeId,
        pairs: &mut Vec<(NodeId, NodeId)>,
    ) {
        match (self.document.kind(before), document.kind(after)) {
            (Kind::Array, Kind::Array) => {
                pairs.extend(self.document.children(before).zip(document.children(after)));
            }
            (Kind::Object, Kind::Object) => {
                let keyed = document.children(after).filter_map(|id| Some((document.key(id)?, id)));
                let by_key: HashMap<_, _> = keyed.collect();
                let seen = self.document.children(before);
                let seen = seen.filter(|&id| !self.document.is_shadowed(id));
                pairs.extend(
                    seen.filter_map(|id| Some((id, *by_key.get(self.document.key(id)?.as_ref())?))),
                );
            }
            _ => {}
        }
    }
}
