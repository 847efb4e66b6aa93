//! Puts members into a text that has a style of its own, and takes members out.

use crate::json::members::place;
use crate::json::{Document, NodeId};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A part of a text and what comes in its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit {
    span: Range<usize>,
    text: String,
}

/// Members to add, in order, by the member that they come behind; by none, those at the start.
pub(super) type Insertions = HashMap<Option<NodeId>, Vec<NodeId>>;

/// Makes edits of parts that do not overlap. Where one ends as an empty one begins, the empty one is later.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.span.start).unwrap_or_default());
        result.push_str(&edit.text);
        at = edit.span.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}

/// Puts a part of one text in the place of a part of another, indented as that was.
pub(super) fn replacement(from: &str, part: Range<usize>, into: &str, span: Range<usize>) -> Edit {
    let text =
        carried(from, part.clone(), || (indent_at(from, part.start), indent_at(into, span.start)));
    Edit { span, text }
}

/// Takes members out of an object, and puts in others from the same object of another document.
pub(super) fn members(
    (from, source): (&Document, NodeId),
    (into, object): (&Document, NodeId),
    dropped: &HashSet<NodeId>,
    added: &Insertions,
) -> Vec<Edit> {
    let all: Vec<NodeId> = into.children(object).collect();
    let additions = |behind| added.get(&behind).map(Vec::as_slice).unwrap_or_default();
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return vec![fill((from, source), (into, object), additions(None))];
    };
    let style = Style::of(into, object, &all);
    let write = |member: &NodeId| style.write(from, *member);
    let start = place(into, *first).start;
    let mut edits = Vec::new();
    let mut kept = all.iter().enumerate().filter(|(_, id)| !dropped.contains(id)).peekable();

    let head: Vec<String> = additions(None).iter().map(write).map(|(_, text)| text).collect();
    match kept.peek() {
        None if head.is_empty() => {
            let inner = inner(into, object);
            return vec![Edit { span: inner, text: String::new() }];
        }
        None => {
            let span = start..into.span(*last).end;
            return vec![Edit { span, text: head.join(&style.comma()) }];
        }
        Some((_, next)) => {
            let comma = style.comma();
            let text = head.iter().flat_map(|text| [text.as_str(), &comma]).collect();
            edits.push(Edit { span: start..place(into, **next).start, text });
        }
    }
    while let Some((at, id)) = kept.next() {
        let end = into.span(*id).end;
        let next = kept.peek().map_or(all.len(), |(next, _)| *next);
        let gone = all.iter().take(next).skip(at + 1).last();
        let span = end..gone.map_or(end, |gone| into.span(*gone).end);
        let behind = additions(Some(*id)).iter().map(write);
        let text = behind.map(|(lead, text)| [",", &lead, &text].concat()).collect();
        edits.push(Edit { span, text });
    }
    edits.retain(|edit| !edit.span.is_empty() || !edit.text.is_empty());
    edits
}

/// An object without members has no style: the other's is taken.
fn fill(
    (from, source): (&Document, NodeId),
    (into, object): (&Document, NodeId),
    added: &[NodeId],
) -> Edit {
    let (old, new) = (from.span(source).start, into.span(object).start);
    let indents = || (indent_at(from.text(), old), indent_at(into.text(), new));
    let before = |id| place(from, id).start - lead(from, id).len()..place(from, id).start;
    let mut text = String::new();
    for (at, &id) in added.iter().enumerate() {
        // What opens the object opens it here too, whichever member comes first.
        let first = from.children(source).next().filter(|_| at == 0);
        text.push_str(if at == 0 { "" } else { "," });
        text.push_str(&carried(from.text(), before(first.unwrap_or(id)), indents));
        text.push_str(&carried(from.text(), place(from, id), indents));
    }
    let foot = from.children(source).last().map_or(0, |last| from.span(last).end);
    text.push_str(&carried(from.text(), foot..inner(from, source).end, indents));
    Edit { span: inner(into, object), text }
}

/// How the members of an object are set apart.
struct Style<'a> {
    /// What stands before a member that is not the first, if there is one.
    between: Option<&'a str>,
    /// What stands before the first.
    open: &'a str,
    /// What stands between a colon and the value.
    colon: &'a str,
    /// The indentation of the line on which the object ends.
    indent: &'a str,
}

impl<'a> Style<'a> {
    fn of(document: &'a Document, object: NodeId, members: &[NodeId]) -> Self {
        let first = members.first().copied().unwrap_or(object);
        let span = document.span(first);
        let key = document.key_span(first).map_or(span.start, |key| key.end);
        let colon = document.text().get(key..span.start).unwrap_or_default();
        Self {
            between: members.get(1).map(|&second| lead(document, second)),
            open: lead(document, first),
            colon: colon.trim_start_matches(BLANKS).trim_start_matches(':'),
            indent: indent_at(document.text(), place(document, first).start),
        }
    }

    /// What stands before a member that is added.
    fn lead<'b>(&'b self, own: Option<&'b str>) -> &'b str {
        let here = self.between.unwrap_or(self.open);
        let own = own.filter(|own| !own.contains('\n'));
        match (own, self.between) {
            _ if here.contains('\n') => here,
            (Some(own), _) => own,
            (None, Some(between)) => between,
            (None, None) => self.colon,
        }
    }

    fn comma(&self) -> String {
        [",", self.lead(None)].concat()
    }

    /// A member of another document as it is written here, with what stands before it.
    fn write(&self, from: &Document, member: NodeId) -> (String, String) {
        // What stands before a first member says nothing about what would stand behind a comma.
        let own = from.prev_sibling(member).map(|_| lead(from, member));
        let before = self.lead(own);
        let to = before.rsplit_once('\n').map_or(self.indent, |(_, indent)| indent);
        let span = place(from, member);
        let indents = || (indent_at(from.text(), span.start), to);
        (before.to_owned(), carried(from.text(), span.clone(), indents))
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The spacing before a member or its key.
fn lead(document: &Document, id: NodeId) -> &str {
    let before = document.text().get(..place(document, id).start).unwrap_or_default();
    before.get(before.trim_end_matches(BLANKS).len()..).unwrap_or_default()
}

/// What is between the brackets.
fn inner(document: &Document, container: NodeId) -> Range<usize> {
    let span = document.span(container);
    span.start + 1..span.end.saturating_sub(1)
}

/// The blanks that the line of a byte begins with.
fn indent_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.get(line..).unwrap_or_default();
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(..blanks).unwrap_or_default()
}

/// A part of a text with one indentation for another on every line but the first. No line end is inside a JSON string,
/// so this changes nothing but spacing.
fn carried<'a>(
    text: &str,
    part: Range<usize>,
    indents: impl FnOnce() -> (&'a str, &'a str),
) -> String {
    let part = text.get(part).unwrap_or_default();
    let mut lines = part.split('\n');
    let mut result = lines.next().unwrap_or_default().to_owned();
    // Most values are one line, and looking for the indentation of each would take long in a text that is one too.
    if result.len() == part.len() {
        return result;
    }
    let (from, to) = indents();
    for line in lines {
        result.push('\n');
        match line.strip_prefix(from) {
            Some(rest) => result.extend([to, rest]),
            None => result.push_str(line),
        }
    }
    result
}
