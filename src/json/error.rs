//! What is wrong with a text that is not JSON, and where.

use thiserror::Error;

/// The first thing wrong with a text, in words for whoever typed it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line} col {column}: {message}")]
pub struct SyntaxError {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Plain words, without the place.
    pub message: String,
}

impl SyntaxError {
    /// At a byte of the text; its end is a place too.
    pub(super) fn new(text: &str, at: usize, message: impl Into<String>) -> Self {
        let (line, column) = place(text, at);
        Self { line, column, message: message.into() }
    }
}

/// The line and the column, both from 1, of a byte.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let last_line = before.rsplit('\n').next().unwrap_or(before);
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
    (line, last_line.chars().count() + 1)
}

/// Names the usual slips by the character that gives them away.
pub(super) fn unexpected(found: char, expected: &'static str) -> &'static str {
    match found {
        '\'' => "text must be in double quotes, not single ones",
        '“' | '”' | '„' | '‘' | '’' => {
            "text must be in plain double quotes, not curly ones"
        }
        '/' | '#' => "comments are not part of JSON",
        '\u{a0}' => "a non-breaking space is not a space to JSON",
        '\u{feff}' | '\u{200b}' => "there is an invisible character here",
        _ => expected,
    }
}
