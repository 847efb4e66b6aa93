//! Text that is not JSON, shown as the lines it has.

use crate::json::SyntaxError;
use std::fmt;
use std::sync::Arc;

/// A text that does not parse, and why.
#[derive(Clone)]
pub(super) struct Broken {
    text: Arc<str>,
    /// Where each line begins; never empty.
    starts: Vec<usize>,
    error: SyntaxError,
}

impl Broken {
    pub(super) fn new(text: &str, error: SyntaxError) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(newlines.map(|at| at + 1)).collect();
        Self { text: text.into(), starts, error }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn error(&self) -> &SyntaxError {
        &self.error
    }

    pub(super) fn lines(&self) -> Lines<'_> {
        Lines { text: &self.text, starts: &self.starts }
    }
}

/// Without the text: it is personal data.
impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Broken")
            .field("bytes", &self.text.len())
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// The lines of a text, any of them at no cost. A newline at the end begins one more, empty line:
/// the error may point there.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    text: &'a str,
    starts: &'a [usize],
}

impl<'a> Lines<'a> {
    /// How many there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "even an empty text has a line")]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// A line by its number from 0, without its line break.
    pub fn get(&self, index: usize) -> Option<&'a str> {
        let start = *self.starts.get(index)?;
        let line = match self.starts.get(index + 1) {
            Some(next) => self.text.get(start..next - 1)?,
            None => self.text.get(start..)?,
        };
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let lines = *self;
        (0..lines.len()).filter_map(move |index| lines.get(index))
    }
}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("len", &self.len()).finish_non_exhaustive()
    }
}
