//! Text from the network, kept apart from text of our own until it has been made visible: names are
//! written by strangers and can hold what a terminal obeys. Nothing here shortens or translates.

mod hidden;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};
use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// Text that came from afar. There is no `Display`: what is shown goes through [`RemoteText::shown`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RemoteText(Arc<str>);

impl RemoteText {
    /// Marks text as coming from afar.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The very text, for writing back, comparing and copying; never for a screen, log or file name.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// The text as it may be shown.
    pub fn shown(&self) -> Shown {
        shown(&self.0)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for RemoteText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.shown().text())
    }
}

impl<'de> Deserialize<'de> for RemoteText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// Text made visible: safe to write to a terminal, with the parts that stand for something else marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// In order; neighbours differ in `escaped`.
    pub pieces: Vec<Piece>,
}

/// A run of text to be drawn in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What to draw.
    pub text: String,
    /// Whether it stands for characters that cannot be shown as they are.
    pub escaped: bool,
}

impl Shown {
    /// Whether any part stands for something that could not be shown.
    pub fn has_escapes(&self) -> bool {
        self.pieces.iter().any(|piece| piece.escaped)
    }

    /// All pieces joined.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// How many terminal cells it takes, grapheme by grapheme as a terminal lays it out.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| cells(&piece.text)).sum()
    }

    fn push(&mut self, text: &str, escaped: bool) {
        match self.pieces.last_mut() {
            Some(last) if last.escaped == escaped => last.text.push_str(text),
            _ => self.pieces.push(Piece { text: text.to_owned(), escaped }),
        }
    }
}

/// Any text made visible, for what is not from afar but not ours either (typed text, file contents).
pub fn shown(raw: &str) -> Shown {
    let mut shown = Shown::default();
    if raw.chars().all(hidden::stands_alone) {
        if !raw.is_empty() {
            shown.push(raw, false);
        }
        return shown;
    }
    for (_, text, escaped) in shown_chars(raw) {
        shown.push(&text, escaped);
    }
    shown
}

/// Any text made visible, one grapheme or one escaped character at a time: the byte offset in `raw`
/// where it begins, what to draw, and whether that stands for something else. For cursor arithmetic.
pub fn shown_chars(raw: &str) -> impl Iterator<Item = (usize, Cow<'_, str>, bool)> {
    ShownChars { graphemes: raw.grapheme_indices(true), at: 0, rest: "" }
}

/// JSON text that means the same, in which whatever cannot be shown as it is stands as `\u` escapes.
pub fn escaped_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut pieces = shown_chars(json).peekable();
    while let Some((at, _, is_escaped)) = pieces.next() {
        let end = pieces.peek().map_or(json.len(), |(next, _, _)| *next);
        let piece = json.get(at..end).unwrap_or_default();
        if is_escaped {
            escaped.extend(piece.encode_utf16().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push_str(piece);
        }
    }
    escaped
}

struct ShownChars<'a> {
    graphemes: GraphemeIndices<'a>,
    /// Where `rest`, what is left of the current grapheme, begins.
    at: usize,
    rest: &'a str,
}

impl<'a> Iterator for ShownChars<'a> {
    type Item = (usize, Cow<'a, str>, bool);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            (self.at, self.rest) = self.graphemes.next()?;
        }
        let visible = hidden::visible_prefix(self.rest);
        let taken = match self.rest.chars().next() {
            Some(first) if visible == 0 => first.len_utf8(),
            _ => visible,
        };
        let (piece, rest) = self.rest.split_at(taken);
        let begin = self.at;
        self.at += taken;
        self.rest = rest;
        if visible == 0 {
            return Some((begin, Cow::Owned(piece.chars().map(hidden::stand_in).collect()), true));
        }
        Some((begin, Cow::Borrowed(piece), false))
    }
}

fn cells(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[cfg(test)]
mod tests;
