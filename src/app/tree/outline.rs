//! A document and which of its containers are folded.

use super::{Fold, Shown, Tree};
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
    folded: Vec<bool>,
}

impl Outline {
    pub(super) fn new(document: Document) -> Self {
        let small = document.len() <= SMALL;
        let mut outline = Self { folded: vec![false; document.len()], document };
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
    fn rows_of(&self, id: NodeId) -> Vec<Row> {
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
        let folded = foldable && self.is_folded(node);
        Row { node, depth: self.document.depth(node), foldable, folded }
    }

    fn is_folded(&self, id: NodeId) -> bool {
        self.folded.get(id.index()).is_some_and(|&folded| folded)
    }

    fn set(&mut self, id: NodeId, folded: bool) {
        if let Some(place) = self.folded.get_mut(id.index()) {
            *place = folded;
        }
    }

    fn fold_to_depth(&mut self, depth: usize) {
        let document = &self.document;
        self.folded.clear();
        self.folded.extend(document.ids().map(|id| document.depth(id) >= depth));
    }

    /// Opens whatever hides a value. `false` if nothing did.
    fn reveal(&mut self, id: NodeId) -> bool {
        let hiding: Vec<_> =
            self.document.ancestors(id).filter(|&ancestor| self.is_folded(ancestor)).collect();
        for &ancestor in &hiding {
            self.set(ancestor, false);
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
                carried.set(after, self.is_folded(before));
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

/// Folding.
impl Tree {
    /// Folds everything below the root.
    pub fn fold_all(&mut self) {
        self.fold_to_depth(1);
    }

    /// Unfolds everything.
    pub fn unfold_all(&mut self) {
        self.fold_to_depth(usize::MAX);
    }

    /// Unfolds down to this many levels below the root and folds what is deeper.
    pub fn fold_to_depth(&mut self, depth: usize) {
        let node = self.node().unwrap_or(NodeId::ROOT);
        let Shown::Json(outline) = &mut self.shown else { return };
        outline.fold_to_depth(depth);
        self.rows = outline.rows();
        self.point_at(self.row_of(node));
    }

    /// Replaces the rows of one container; the others stay as they are.
    pub(super) fn set_folded(&mut self, row: usize, fold: Fold) {
        let Shown::Json(outline) = &mut self.shown else { return };
        let Some(node) = self.rows.get(row).map(|row| row.node) else { return };
        outline.set(node, fold == Fold::Closed);
        let end = outline.document.subtree_end(node);
        let end = self.rows.partition_point(|row| row.node < end);
        self.rows.splice(row..end, outline.rows_of(node));
        self.scroll();
    }

    /// Puts the cursor on a value, unfolding what it is in.
    pub fn go_to(&mut self, node: NodeId) {
        let Shown::Json(outline) = &mut self.shown else { return };
        if outline.reveal(node) {
            self.rows = outline.rows();
        }
        self.point_at(self.row_of(node));
    }

    /// The row of a value, or of the fold that hides it: rows are in document order.
    pub(super) fn row_of(&self, node: NodeId) -> usize {
        self.rows.partition_point(|row| row.node <= node).saturating_sub(1)
    }

    /// Moves the window as little as the cursor needs: a step then repaints two rows.
    pub(super) fn scroll(&mut self) {
        let count = self.row_count();
        let height = self.height.max(1);
        let margin = super::MARGIN.min((height - 1) / 2);
        self.cursor = self.cursor.min(count.saturating_sub(1));
        let lowest = (self.cursor + margin + 1).saturating_sub(height);
        let highest = self.cursor.saturating_sub(margin);
        self.top = self.top.max(lowest).min(highest).min(count.saturating_sub(height));
    }
}
