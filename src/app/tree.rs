//! A JSON document folded, searched and pointed at: the state of a tree pane.
//!
//! What is folded and where the cursor stands belongs to paths, not to rows, so that a document
//! fetched anew keeps both. Whatever text comes out of here is as remote as it came in: the view
//! escapes it.

mod folding;
mod lines;
mod outline;
mod search;
mod summary;
#[cfg(test)]
mod tests;

use crate::json::{self, Document, NodeId, SyntaxError};
use std::mem;

use lines::Broken;
use outline::Outline;
use search::Search;

pub use lines::Lines;
pub use outline::Row;
pub use summary::{Piece, Summary, summary};

/// Rows kept between the cursor and the edge of the pane, where it is high enough.
const MARGIN: usize = 3;

/// The state of one tree pane.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    shown: Shown,
    /// The last valid document and the cursor in it, for when the text is valid again.
    kept: Option<(Outline, NodeId)>,
    rows: Vec<Row>,
    cursor: usize,
    top: usize,
    height: usize,
    search: Search,
}

#[derive(Clone, Debug, Default)]
enum Shown {
    #[default]
    Empty,
    Json(Outline),
    Text(Broken),
}

/// What the pane has to show.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Nothing, or nothing but spaces.
    Empty,
    /// A valid document: the rows of the tree.
    Json(&'a Document),
    /// Text that is not JSON, as it is, and what is wrong with it.
    Text { error: &'a SyntaxError, lines: Lines<'a> },
}

impl Tree {
    /// A pane without a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows this text. Folds, cursor and search survive: a path keeps its fold, and the cursor
    /// goes to where it was, or to the nearest container that is still there.
    pub fn load(&mut self, text: &str) {
        if self.text() == text {
            return;
        }
        let line_on_screen = self.cursor - self.top;
        let node = self.node();
        let before = mem::take(&mut self.shown);
        let line = if matches!(before, Shown::Text(_)) { self.cursor } else { 0 };
        if let (Shown::Json(outline), Some(node)) = (before, node) {
            self.kept = Some((outline, node));
        }
        self.rows.clear();
        self.cursor = line;
        if !text.trim().is_empty() {
            match json::parse(text) {
                Ok(document) => self.show(document),
                Err(error) => self.shown = Shown::Text(Broken::new(text, error)),
            }
        }
        self.top = self.cursor.saturating_sub(line_on_screen);
        self.find_hits();
        self.scroll();
    }

    fn show(&mut self, document: Document) {
        let (outline, node) = match self.kept.take() {
            Some((before, node)) => before.carried_to(document, node),
            None => (Outline::new(document), NodeId::ROOT),
        };
        self.rows = outline.rows();
        self.shown = Shown::Json(outline);
        self.cursor = self.row_of(node);
    }

    /// The text that is shown; empty where there is nothing to show.
    pub fn text(&self) -> &str {
        match &self.shown {
            Shown::Empty => "",
            Shown::Json(outline) => outline.document().text(),
            Shown::Text(broken) => broken.text(),
        }
    }

    /// What to show: a tree, lines, or that there is nothing.
    pub fn content(&self) -> Content<'_> {
        match &self.shown {
            Shown::Empty => Content::Empty,
            Shown::Json(outline) => Content::Json(outline.document()),
            Shown::Text(broken) => Content::Text { error: broken.error(), lines: broken.lines() },
        }
    }

    /// The rows of a valid document, those inside a fold left out.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many rows there are to scroll through: rows of a tree, or lines of a text.
    pub fn row_count(&self) -> usize {
        match &self.shown {
            Shown::Empty => 0,
            Shown::Json(_) => self.rows.len(),
            Shown::Text(broken) => broken.lines().len(),
        }
    }

    /// The row the cursor is on.
    pub fn cursor_row(&self) -> usize {
        self.cursor
    }

    /// The first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The value the cursor is on; none where there is no tree.
    pub fn node(&self) -> Option<NodeId> {
        self.rows.get(self.cursor).map(|row| row.node)
    }

    /// The JSON pointer of the cursor's row; empty for the root.
    pub fn pointer(&self) -> String {
        self.place().map_or_else(String::new, |(document, node)| document.pointer(node))
    }

    /// The jq path of the cursor's row; `.` for the root.
    pub fn jq_path(&self) -> String {
        self.place().map_or_else(|| ".".to_owned(), |(document, node)| document.jq_path(node))
    }

    fn place(&self) -> Option<(&Document, NodeId)> {
        let Shown::Json(outline) = &self.shown else { return None };
        Some((outline.document(), self.node()?))
    }

    /// Moves the cursor by rows, as far as there are any.
    pub fn step(&mut self, delta: isize) {
        self.cursor = self.cursor.saturating_add_signed(delta);
        self.scroll();
    }

    /// Puts the cursor on this row, or on the last one.
    pub fn point_at(&mut self, row: usize) {
        self.cursor = row;
        self.scroll();
    }

    /// Puts the cursor on a row of the window, which stays where it is.
    pub fn select(&mut self, row: usize) {
        let (top, height) = (self.top, self.height.max(1));
        self.point_at(row);
        if (top..top + height).contains(&self.cursor) {
            self.top = top;
        }
    }

    /// Moves the window by rows, and the cursor with it where it would come too near to an edge. At an end the cursor
    /// goes on alone.
    pub fn scroll_by(&mut self, by: isize) {
        let height = self.height.max(1);
        let last = self.row_count().saturating_sub(height);
        let top = self.top.saturating_add_signed(by).min(last);
        let rest = by.unsigned_abs() - top.abs_diff(self.top).min(by.unsigned_abs());
        self.top = top;
        let margin = MARGIN.min((height - 1) / 2);
        let lowest = if top == 0 { 0 } else { top + margin };
        let highest = if top == last { self.row_count() } else { top + height - margin };
        self.cursor = self.cursor.clamp(lowest, highest.saturating_sub(1).max(lowest));
        if let Ok(rest) = isize::try_from(rest)
            && rest > 0
        {
            self.step(rest * by.signum());
        }
    }

    /// To the first row.
    pub fn first(&mut self) {
        self.point_at(0);
    }

    /// To the last row.
    pub fn last(&mut self) {
        self.point_at(usize::MAX);
    }

    /// To an earlier or later value of the same container; in plain text, by lines.
    pub fn sibling(&mut self, delta: isize) {
        let Some((document, node)) = self.place() else { return self.step(delta) };
        let step = if delta < 0 { Document::prev_sibling } else { Document::next_sibling };
        let siblings = std::iter::successors(Some(node), |&node| step(document, node));
        let target = siblings.take(delta.unsigned_abs().saturating_add(1)).last();
        self.point_at(self.row_of(target.unwrap_or(node)));
    }

    /// How many rows the pane shows. The cursor stays inside.
    pub fn set_height(&mut self, rows: usize) {
        self.height = rows;
        self.scroll();
    }

    /// The row of a value, or of the fold that hides it: rows are in document order.
    fn row_of(&self, node: NodeId) -> usize {
        self.rows.partition_point(|row| row.node <= node).saturating_sub(1)
    }

    /// Moves the window as little as the cursor needs: a step then repaints two rows.
    fn scroll(&mut self) {
        let count = self.row_count();
        let height = self.height.max(1);
        let margin = MARGIN.min((height - 1) / 2);
        self.cursor = self.cursor.min(count.saturating_sub(1));
        let lowest = (self.cursor + margin + 1).saturating_sub(height);
        let highest = self.cursor.saturating_sub(margin);
        self.top = self.top.max(lowest).min(highest).min(count.saturating_sub(height));
    }
}
