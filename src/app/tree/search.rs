//! Finding text in the keys and values of a tree, or in the lines of a text.

use super::{Shown, Tree};
use crate::json::{Document, NodeId};
use memchr::memmem::Finder;

/// What is looked for and where it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    needle: String,
    /// Ascending: indices of nodes, or of lines where the text is no JSON.
    hits: Vec<usize>,
}

impl Tree {
    /// Looks for text in keys and scalar values, those inside folds too, and goes to the first hit
    /// from the cursor on. Case counts only if the needle has a capital. Returns how many hits
    /// there are.
    pub fn search(&mut self, needle: &str) -> usize {
        needle.clone_into(&mut self.search.needle);
        self.find_hits();
        let here = self.position();
        let first = self.search.hits.partition_point(|&hit| hit < here);
        self.go_to_hit(first);
        self.search.hits.len()
    }

    /// To the hit this many after the cursor, or before it if negative, round the end. Says which
    /// one of how many it is.
    pub fn search_next(&mut self, delta: isize) -> Option<(usize, usize)> {
        let total = self.search.hits.len();
        let length = isize::try_from(total).ok().filter(|&total| total > 0)?;
        let here = self.position();
        let (from, steps) = if delta > 0 {
            (self.search.hits.partition_point(|&hit| hit <= here), delta - 1)
        } else {
            (self.search.hits.partition_point(|&hit| hit < here), delta)
        };
        let target = from + steps.rem_euclid(length).unsigned_abs();
        self.go_to_hit(target);
        Some((target % total + 1, total))
    }

    /// Forgets the search.
    pub fn clear_search(&mut self) {
        self.search = Search::default();
    }

    /// What is looked for; empty if nothing is.
    pub fn search_text(&self) -> &str {
        &self.search.needle
    }

    /// Whether the key or the value of this node holds what is looked for.
    pub fn is_hit(&self, node: NodeId) -> bool {
        matches!(self.shown, Shown::Json(_)) && self.search.has(node.index())
    }

    /// The same for a line, by its number from 0, of a text that is no JSON.
    pub fn is_line_hit(&self, line: usize) -> bool {
        matches!(self.shown, Shown::Text(_)) && self.search.has(line)
    }

    /// Which hit of how many the cursor is on, from 1.
    pub fn hit_position(&self) -> Option<(usize, usize)> {
        let nth = self.search.hits.binary_search(&self.position()).ok()?;
        Some((nth + 1, self.search.hits.len()))
    }

    /// How many hits there are, those inside folds included.
    pub fn hit_count(&self) -> usize {
        self.search.hits.len()
    }

    /// After the text or the needle changed.
    pub(super) fn find_hits(&mut self) {
        let needle = &self.search.needle;
        self.search.hits = match &self.shown {
            _ if needle.is_empty() => Vec::new(),
            Shown::Empty => Vec::new(),
            Shown::Json(outline) => Pattern::new(needle).nodes(outline.document()),
            Shown::Text(broken) => {
                let mut pattern = Pattern::new(needle);
                let lines = broken.lines().iter().enumerate();
                lines.filter(|(_, line)| pattern.is_in(line)).map(|(number, _)| number).collect()
            }
        };
    }

    /// The cursor, counted as the hits are.
    fn position(&self) -> usize {
        self.node().map_or(self.cursor, NodeId::index)
    }

    /// Past the last one they begin again.
    fn go_to_hit(&mut self, nth: usize) {
        let hits = &self.search.hits;
        let Some(&hit) = hits.get(nth.checked_rem(hits.len()).unwrap_or_default()) else { return };
        match &self.shown {
            Shown::Json(outline) => {
                if let Some(node) = outline.document().nth(hit) {
                    self.go_to(node);
                }
            }
            Shown::Empty | Shown::Text(_) => self.point_at(hit),
        }
    }
}

impl Search {
    fn has(&self, position: usize) -> bool {
        self.hits.binary_search(&position).is_ok()
    }
}

/// A needle made ready for many haystacks.
struct Pattern {
    finder: Finder<'static>,
    /// Holds the haystack in small letters; none if case counts.
    folded: Option<String>,
}

impl Pattern {
    fn new(needle: &str) -> Self {
        if needle.chars().any(char::is_uppercase) {
            return Self { finder: Finder::new(needle).into_owned(), folded: None };
        }
        let mut small = String::new();
        fold(needle, &mut small);
        Self { finder: Finder::new(&small).into_owned(), folded: Some(String::new()) }
    }

    fn nodes(&mut self, document: &Document) -> Vec<usize> {
        let hits = document.ids().filter(|&id| self.is_at(document, id));
        hits.map(NodeId::index).collect()
    }

    fn is_at(&mut self, document: &Document, id: NodeId) -> bool {
        if document.key(id).is_some_and(|key| self.is_in(&key)) {
            return true;
        }
        match document.string_value(id) {
            Some(value) => self.is_in(&value),
            None => !document.kind(id).is_container() && self.is_in(document.raw(id)),
        }
    }

    fn is_in(&mut self, hay: &str) -> bool {
        let Some(folded) = &mut self.folded else {
            return self.finder.find(hay.as_bytes()).is_some();
        };
        folded.clear();
        fold(hay, folded);
        self.finder.find(folded.as_bytes()).is_some()
    }
}

fn fold(text: &str, folded: &mut String) {
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        folded.extend(text.chars().flat_map(char::to_lowercase));
    }
}
