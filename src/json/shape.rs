//! The same values with other spacing: over lines, or on one. Every key and scalar keeps its own bytes.

use super::{Document, Kind, NodeId, SyntaxError, parse};
use std::iter;
use thiserror::Error;

const INDENT: usize = 2;

/// By how many bytes a text that is spread over lines may be larger than four times what it was. Without a bound some
/// kilobytes of brackets, written by a stranger, become gigabytes of indentation.
const ROOM: usize = 1 << 20;

/// Why a text was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShapeError {
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// Indentation would make it many times larger.
    #[error("nested too deeply to be spread over lines")]
    TooDeep,
}

/// The text with a line for each member and item, indented by two blanks a level.
pub fn pretty(text: &str) -> Result<String, ShapeError> {
    let document = parse(text)?;
    let largest = text.len().saturating_mul(4).saturating_add(ROOM);
    Shaper::new(&document, Some(INDENT)).write(largest).ok_or(ShapeError::TooDeep)
}

/// The text without spacing.
pub fn minify(text: &str) -> Result<String, ShapeError> {
    let document = parse(text)?;
    Shaper::new(&document, None).write(text.len()).ok_or(ShapeError::TooDeep)
}

/// Where in `after` the byte `at` of `before` is, when only spacing differs: before the same character of the same value.
pub fn follow(before: &str, at: usize, after: &str) -> usize {
    let passed = solid(before).take_while(|&place| place < at).count();
    solid(after).nth(passed).unwrap_or(after.len())
}

/// The places of all bytes that are not spacing.
fn solid(text: &str) -> impl Iterator<Item = usize> {
    let (mut in_string, mut escaped) = (false, false);
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let was_in_string = in_string;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ => {}
        }
        (was_in_string || !b" \t\r\n".contains(&byte)).then_some(at)
    })
}

struct Shaper<'a> {
    document: &'a Document,
    /// Blanks a level; none keeps all on one line.
    indent: Option<usize>,
    result: String,
    open: Vec<NodeId>,
}

impl<'a> Shaper<'a> {
    fn new(document: &'a Document, indent: Option<usize>) -> Self {
        Self { document, indent, result: String::new(), open: Vec::new() }
    }

    /// `None` if it would be longer than this.
    fn write(mut self, largest: usize) -> Option<String> {
        for id in self.document.ids() {
            self.close_before(id, largest)?;
            self.begin(id);
            if self.result.len() > largest {
                return None;
            }
        }
        self.close_before(self.document.subtree_end(NodeId::ROOT), largest)?;
        Some(self.result)
    }

    fn begin(&mut self, id: NodeId) {
        let document = self.document;
        if document.parent(id).is_some() {
            if document.prev_sibling(id).is_some() {
                self.result.push(',');
            }
            self.end_line(document.depth(id));
        }
        if let Some(key) = document.raw_key(id) {
            self.result.push_str(key);
            self.result.push_str(if self.indent.is_some() { ": " } else { ":" });
        }
        match brackets(document.kind(id)) {
            None => self.result.push_str(document.raw(id)),
            Some((opening, closing)) => {
                self.result.push(opening);
                if document.child_count(id) > 0 {
                    self.open.push(id);
                } else {
                    self.result.push(closing);
                }
            }
        }
    }

    /// Closes the containers that a value is not in any more.
    fn close_before(&mut self, id: NodeId, largest: usize) -> Option<()> {
        let document = self.document;
        while let Some(container) = self.open.pop_if(|open| document.subtree_end(*open) <= id) {
            self.end_line(document.depth(container));
            self.result.extend(brackets(document.kind(container)).map(|(_, closing)| closing));
            if self.result.len() > largest {
                return None;
            }
        }
        Some(())
    }

    fn end_line(&mut self, depth: usize) {
        if let Some(indent) = self.indent {
            self.result.push('\n');
            self.result.extend(iter::repeat_n(' ', depth * indent));
        }
    }
}

fn brackets(kind: Kind) -> Option<(char, char)> {
    match kind {
        Kind::Object => Some(('{', '}')),
        Kind::Array => Some(('[', ']')),
        Kind::String | Kind::Number | Kind::Bool | Kind::Null => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ShapeError, follow, minify, pretty};
    use crate::json::{Verdict, compare, merge::tests::document, parse};
    use proptest::prelude::*;

    const TEXT: &str =
        r#" {"id":18446744073709551616,"z":1.0e+2,"a":[ ],"o" : {}, "z":[3, "x\u00e9\" ,{"]} "#;

    #[test]
    fn every_token_keeps_its_bytes_and_its_place() {
        let lines = r#"{
  "id": 18446744073709551616,
  "z": 1.0e+2,
  "a": [],
  "o": {},
  "z": [
    3,
    "x\u00e9\" ,{"
  ]
}"#;
        let line = r#"{"id":18446744073709551616,"z":1.0e+2,"a":[],"o":{},"z":[3,"x\u00e9\" ,{"]}"#;
        assert_eq!(pretty(TEXT).unwrap(), lines);
        assert_eq!(minify(TEXT).unwrap(), line);
        assert_eq!(pretty(line).unwrap(), lines);
        assert_eq!(minify(lines).unwrap(), line);
        assert_eq!(
            (pretty(" 1e5\n").unwrap(), minify("\"\"").unwrap()),
            ("1e5".into(), "\"\"".into())
        );
    }

    #[test]
    fn what_does_not_parse_is_refused_in_words() {
        let refusal = pretty("{\"a\": 1,}").unwrap_err();
        assert_eq!(refusal.to_string(), "line 1 col 8: trailing comma");
        assert_eq!(minify("").unwrap_err().to_string(), "line 1 col 1: the document is empty");
    }

    #[test]
    fn depth_is_no_trouble_until_indentation_would_swamp_the_text() {
        let nested = |n| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(minify(&pretty(&nested(500)).unwrap()).unwrap(), nested(500));
        assert_eq!(pretty(&nested(100_000)), Err(ShapeError::TooDeep));
        assert_eq!(minify(&nested(100_000)).unwrap(), nested(100_000));
    }

    #[test]
    fn a_place_is_found_again_in_the_other_shape() {
        let other = minify(TEXT).unwrap();
        for piece in ["1.0e+2", "z\":[", "x\\u", " ,{"] {
            let (at, there) = (TEXT.find(piece), other.find(piece));
            let found = at.map(|at| follow(TEXT, at, &other));
            assert!(found.is_some() && (piece == "z\":[" || found == there), "{piece}");
        }
        assert_eq!(follow(TEXT, TEXT.len(), &other), other.len());
        assert_eq!(follow(TEXT, 0, &other), 0);
        assert_eq!(follow("", 9, ""), 0);
    }

    proptest! {
        #[test]
        fn only_spacing_changes(text in document()) {
            let (lines, line) = (pretty(&text).unwrap(), minify(&text).unwrap());
            for shape in [&lines, &line] {
                let verdict = compare(&parse(&text).unwrap(), &parse(shape).unwrap()).verdict;
                prop_assert!(verdict <= Verdict::Spacing);
                prop_assert_eq!(&minify(shape).unwrap(), &line);
                prop_assert_eq!(&pretty(shape).unwrap(), &lines);
            }
            prop_assert!(line.len() <= text.len());
        }
    }
}
