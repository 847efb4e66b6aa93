//! One pass over a text: the grammar of RFC 8259, what breaks it, and where each value stands.
//!
//! `serde_json` judges the same texts in the tests. It is not asked here because it tells neither
//! spans nor, for half of the usual slips, the place of the slip.

use super::error::{SyntaxError, place, unexpected};
use super::{Kind, Node};

/// Finds every value, containers before their children.
pub(super) fn scan(text: &str) -> Result<Vec<Node>, SyntaxError> {
    if u32::try_from(text.len()).is_err() {
        return Err(SyntaxError::new(text, 0, "the document is too large"));
    }
    let mut scanner = Scanner { text, at: 0, nodes: Vec::new(), open: Vec::new(), key: (0, 0) };
    scanner.run()?;
    Ok(scanner.nodes)
}

/// A place or a count as it is stored. Texts beyond 4 GiB are refused, so it always fits.
pub(super) fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    nodes: Vec<Node>,
    open: Vec<Frame>,
    /// Of the member whose value comes next.
    key: (u32, u32),
}

/// A container that is not closed yet.
struct Frame {
    id: u32,
    last_child: u32,
    kind: Kind,
}

enum Next {
    Value,
    FirstItemOrEnd,
    Item,
    CommaOrEnd,
}

impl Scanner<'_> {
    fn run(&mut self) -> Result<(), SyntaxError> {
        let mut next = Next::Value;
        loop {
            self.skip_space();
            next = match next {
                Next::Value => self.value()?,
                Next::FirstItemOrEnd if self.take_closer() => Next::CommaOrEnd,
                Next::FirstItemOrEnd | Next::Item => self.item()?,
                Next::CommaOrEnd if self.open.is_empty() => break,
                Next::CommaOrEnd => self.comma_or_end()?,
            };
        }
        match self.peek_char() {
            None => Ok(()),
            Some(found) => Err(self.wrong(unexpected(found, "text after the end of the document"))),
        }
    }

    fn value(&mut self) -> Result<Next, SyntaxError> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => return Ok(self.open(Kind::Object)),
            Some(b'[') => return Ok(self.open(Kind::Array)),
            Some(b'"') => {
                self.string()?;
                Kind::String
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                Kind::Number
            }
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => self.word()?,
            _ => return Err(self.no_value()),
        };
        self.push(kind, start);
        Ok(Next::CommaOrEnd)
    }

    /// A key and its colon, or in an array nothing: the value follows.
    fn item(&mut self) -> Result<Next, SyntaxError> {
        if self.open.last().is_none_or(|frame| frame.kind != Kind::Object) {
            return Ok(Next::Value);
        }
        match self.peek() {
            Some(b'"') => {}
            Some(b',') => return Err(self.wrong("a key is missing before the comma")),
            Some(b'}') => return Err(self.trailing_comma()),
            Some(b'/' | b'#') => return Err(self.wrong("comments are not part of JSON")),
            Some(_) => return Err(self.wrong("a key must be in double quotes")),
            None => return Err(self.cut_off()),
        }
        let start = self.at;
        self.string()?;
        self.key = (small(start), small(self.at));
        self.skip_space();
        match self.peek_char() {
            Some(':') => self.at += 1,
            Some(c) => return Err(self.wrong(unexpected(c, "expected a colon after the key"))),
            None => return Err(self.cut_off()),
        }
        Ok(Next::Value)
    }

    fn comma_or_end(&mut self) -> Result<Next, SyntaxError> {
        if self.take_closer() {
            return Ok(Next::CommaOrEnd);
        }
        let object = self.open.last().is_some_and(|frame| frame.kind == Kind::Object);
        let expected = if object { "expected a comma or }" } else { "expected a comma or ]" };
        match self.peek_char() {
            Some(',') => {
                self.at += 1;
                Ok(Next::Item)
            }
            Some('"') => Err(self.wrong("a comma is missing before this")),
            Some(found) => Err(self.wrong(unexpected(found, expected))),
            None => Err(self.cut_off()),
        }
    }

    fn take_closer(&mut self) -> bool {
        let Some(frame) = self.open.last() else { return false };
        let closer = if frame.kind == Kind::Object { b'}' } else { b']' };
        if self.peek() != Some(closer) {
            return false;
        }
        self.at += 1;
        let (id, nodes, end) = (frame.id, small(self.nodes.len()), small(self.at));
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.span.1 = end;
            node.subtree_end = nodes;
        }
        self.open.pop();
        true
    }

    fn open(&mut self, kind: Kind) -> Next {
        let start = self.at;
        self.at += 1;
        let id = self.push(kind, start);
        self.open.push(Frame { id, last_child: 0, kind });
        Next::FirstItemOrEnd
    }

    fn push(&mut self, kind: Kind, start: usize) -> u32 {
        let id = small(self.nodes.len());
        let mut node = Node {
            kind,
            depth: small(self.open.len()),
            subtree_end: id.saturating_add(1),
            span: (small(start), small(self.at)),
            key: std::mem::take(&mut self.key),
            ..super::NOWHERE
        };
        if let Some(frame) = self.open.last_mut() {
            node.parent = frame.id;
            node.previous = std::mem::replace(&mut frame.last_child, id);
            if let Some(parent) = self.nodes.get_mut(frame.id as usize) {
                node.index = parent.children;
                parent.children += 1;
            }
        }
        self.nodes.push(node);
        id
    }

    fn no_value(&self) -> SyntaxError {
        match self.peek_char() {
            Some(']') if self.before().is_some_and(|(_, b)| b == b',') => self.trailing_comma(),
            Some('+' | '.') => self.wrong("a number begins with a digit or a minus"),
            Some(found) => self.wrong(unexpected(found, "expected a value")),
            None if self.nodes.is_empty() => {
                SyntaxError::new(self.text, 0, "the document is empty")
            }
            None => self.cut_off(),
        }
    }

    /// Points at the comma: that is what has to go, and it may be lines above.
    fn trailing_comma(&self) -> SyntaxError {
        let comma = self.before().map_or(self.at, |(at, _)| at);
        SyntaxError::new(self.text, comma, "trailing comma")
    }

    /// What comes before, spaces apart.
    fn before(&self) -> Option<(usize, u8)> {
        let bytes = self.text.as_bytes().get(..self.at)?;
        let at = bytes.iter().rposition(|b| !b" \t\r\n".contains(b))?;
        Some((at, *bytes.get(at)?))
    }

    fn cut_off(&self) -> SyntaxError {
        let opened = self.open.last().and_then(|frame| self.nodes.get(frame.id as usize));
        let (line, _) = place(self.text, opened.map_or(0, |node| node.span.0 as usize));
        let bracket = if opened.is_some_and(|n| n.kind == Kind::Object) { '{' } else { '[' };
        self.wrong(format!("text ends before the {bracket} of line {line} is closed"))
    }

    pub(super) fn wrong(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError::new(self.text, self.at, message)
    }
}
