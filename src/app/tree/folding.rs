//! Opening and closing the containers of a tree.

use super::outline::Fold;
use super::{Shown, Tree};
use crate::json::NodeId;

impl Tree {
    /// Unfolds, or steps to the first child. `false` if there is nothing inside.
    pub fn open(&mut self) -> bool {
        match self.rows.get(self.cursor) {
            Some(row) if row.folded => self.set_folded(self.cursor, Fold::Open),
            Some(row) if row.foldable => self.step(1),
            _ => return false,
        }
        true
    }

    /// Folds, or goes to the container. `false` where nothing is left to close: the pane is left.
    pub fn close(&mut self) -> bool {
        let Some(row) = self.rows.get(self.cursor) else { return false };
        if row.foldable && !row.folded {
            self.set_folded(self.cursor, Fold::Closed);
            return true;
        }
        let parent = self.place().and_then(|(document, node)| document.parent(node));
        let Some(parent) = parent else { return false };
        self.point_at(self.row_of(parent));
        true
    }

    /// Folds what is open, unfolds what is folded. `false` if there is nothing inside.
    pub fn toggle(&mut self) -> bool {
        match self.rows.get(self.cursor) {
            Some(row) if row.foldable && !row.folded => self.close(),
            _ => self.open(),
        }
    }

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
    fn set_folded(&mut self, row: usize, fold: Fold) {
        let Shown::Json(outline) = &mut self.shown else { return };
        let Some(node) = self.rows.get(row).map(|row| row.node) else { return };
        outline.set(node, fold);
        let end = outline.document().subtree_end(node);
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
}
