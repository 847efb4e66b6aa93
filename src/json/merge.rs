//! Two changes to one document, put together. What is written is the other side's text with this side's changes in it:
//! no byte moves that neither side touched.

use std::fmt::Write;

use super::compare::{has_same_keys, is_same, members};
use super::{Document, Kind, NodeId, parse};

/// Values deeper than this are taken as a whole; the text was written by strangers, and this room recurses.
const DEEP: usize = 100;

/// Two changes to one document, together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Both; where they collide, this side's.
    pub text: String,
    /// JSON pointers of what both sides changed, to different things.
    pub collisions: Vec<String>,
}

/// Puts together what `mine` and `theirs` made of `base`.
///
/// Texts that are no JSON, and a change of spacing or order on this side that meets a change on the other, cannot be put
/// together: they collide as a whole.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merge {
    let whole = |text: &str, collisions| Merge { text: text.to_owned(), collisions };
    if base == theirs || mine == theirs {
        return whole(mine, Vec::new());
    }
    if base == mine {
        return whole(theirs, Vec::new());
    }
    let (Ok(b), Ok(m), Ok(t)) = (parse(base), parse(mine), parse(theirs)) else {
        return whole(mine, vec![String::new()]);
    };
    if is_same(&b, NodeId::ROOT, &m, NodeId::ROOT) {
        return whole(mine, vec![String::new()]);
    }
    let mut merging = Merging { b: &b, m: &m, t: &t, collisions: Vec::new() };
    let text = merging.value(NodeId::ROOT, NodeId::ROOT, NodeId::ROOT, &mut String::new());
    let root = t.span(NodeId::ROOT);
    let (before, after) = (theirs.get(..root.start), theirs.get(root.end..));
    let text = [before.unwrap_or_default(), &text, after.unwrap_or_default()].concat();
    Merge { text, collisions: merging.collisions }
}

struct Merging<'a> {
    b: &'a Document,
    m: &'a Document,
    t: &'a Document,
    collisions: Vec<String>,
}

/// One member of an object that is being written, in its order.
enum Item {
    /// It stands there already; its value may have been merged.
    Kept(NodeId, Option<String>),
    /// It comes from this side.
    Put(NodeId),
}

impl Merging<'_> {
    /// The text of a value that all three have.
    fn value(&mut self, b: NodeId, m: NodeId, t: NodeId, at: &mut String) -> String {
        if is_same(self.b, b, self.m, m) || is_same(self.m, m, self.t, t) {
            return self.t.raw(t).to_owned();
        }
        if self.t.depth(t) < DEEP {
            let kinds = [self.b.kind(b), self.m.kind(m), self.t.kind(t)];
            if kinds == [Kind::Object; 3] {
                if let Some(text) = self.object(b, m, t, at) {
                    return text;
                }
            } else if kinds == [Kind::Array; 3] {
                let count = self.t.child_count(t);
                if self.b.child_count(b) == count && self.m.child_count(m) == count {
                    return self.one_by_one(b, m, t, at);
                }
            }
        }
        if !is_same(self.b, b, self.t, t) {
            self.collisions.push(at.clone());
        }
        self.m.raw(m).to_owned()
    }

    /// Children that belong together by their places; what stands between them stays.
    fn one_by_one(&mut self, b: NodeId, m: NodeId, t: NodeId, at: &mut String) -> String {
        let (base, mine, theirs) = (self.b, self.m, self.t);
        let mut text = String::new();
        let span = theirs.span(t);
        let mut written = span.start;
        let children = base.children(b).zip(mine.children(m)).zip(theirs.children(t));
        for ((b, m), t) in children {
            let length = step(at, theirs, t);
            let value = self.value(b, m, t, at);
            at.truncate(length);
            let place = theirs.span(t);
            text.push_str(slice(theirs, written, place.start));
            text.push_str(&value);
            written = place.end;
        }
        text.push_str(slice(theirs, written, span.end));
        text
    }

    /// Members that belong together by their keys; nothing where a key that is there twice leaves that open.
    fn object(&mut self, b: NodeId, m: NodeId, t: NodeId, at: &mut String) -> Option<String> {
        let (base, mine, theirs) = (self.b, self.m, self.t);
        if has_same_keys(base, b, mine, m) && has_same_keys(mine, m, theirs, t) {
            return Some(self.one_by_one(b, m, t, at));
        }
        let (of_b, of_m, of_t) = (members(base, b)?, members(mine, m)?, members(theirs, t)?);
        let mut items = Vec::new();
        for id in theirs.children(t) {
            let length = step(at, theirs, id);
            let key = theirs.key(id)?;
            items.extend(match (of_b.get(&key), of_m.get(&key)) {
                (Some(&b), Some(&m)) => Some(Item::Kept(id, Some(self.value(b, m, id, at)))),
                (Some(&b), None) if is_same(base, b, theirs, id) => None,
                (Some(_), None) => {
                    self.collisions.push(at.clone());
                    None
                }
                (None, Some(&m)) if !is_same(mine, m, theirs, id) => {
                    self.collisions.push(at.clone());
                    Some(Item::Kept(id, Some(mine.raw(m).to_owned())))
                }
                (None, _) => Some(Item::Kept(id, None)),
            });
            at.truncate(length);
        }
        for id in
            mine.children(m).filter(|&id| mine.key(id).is_some_and(|key| !of_t.contains_key(&key)))
        {
            let length = step(at, mine, id);
            let before = mine.key(id).and_then(|key| of_b.get(&key).copied());
            match before {
                // They took it out, and it was not touched here.
                Some(before) if is_same(base, before, mine, id) => {}
                before => {
                    if before.is_some() {
                        self.collisions.push(at.clone());
                    }
                    let after = mine.prev_sibling(id).and_then(|id| mine.key(id));
                    let place =
                        items.iter().position(|item| after.is_some() && self.key(item) == after);
                    items.insert(
                        place.map_or_else(
                            || if after.is_some() { items.len() } else { 0 },
                            |at| at + 1,
                        ),
                        Item::Put(id),
                    );
                }
            }
            at.truncate(length);
        }
        Some(self.written(m, t, items))
    }

    fn key(&self, item: &Item) -> Option<std::borrow::Cow<'_, str>> {
        match item {
            Item::Kept(id, _) => self.t.key(*id),
            Item::Put(id) => self.m.key(*id),
        }
    }

    /// An object with these members, spaced as it is spaced where they stand.
    fn written(&self, m: NodeId, t: NodeId, items: Vec<Item>) -> String {
        // An empty object has no spacing of its own to follow.
        let (of, object) = if self.t.child_count(t) == 0 { (self.m, m) } else { (self.t, t) };
        let begin = |document: &Document, id| document.key_span(id).map_or(0, |span| span.start);
        let span = of.span(object);
        let mut children = of.children(object);
        let (first, second) = (children.next(), children.next());
        let open = first.map_or("{", |first| slice(of, span.start, begin(of, first)));
        let between = match (first, second) {
            (Some(first), Some(second)) => {
                slice(of, of.span(first).end, begin(of, second)).to_owned()
            }
            _ => format!(",{}", open.get(1..).unwrap_or_default()),
        };
        let last = of.children(object).last();
        let close = last.map_or("}", |last| slice(of, of.span(last).end, span.end));
        let mut text = String::new();
        for item in items {
            let own = match &item {
                Item::Kept(id, _) => self
                    .t
                    .prev_sibling(*id)
                    .map(|before| slice(self.t, self.t.span(before).end, begin(self.t, *id))),
                Item::Put(_) => None,
            };
            text.push_str(if text.is_empty() { open } else { own.unwrap_or(&between) });
            let (document, id, value) = match item {
                Item::Kept(id, value) => (self.t, id, value),
                Item::Put(id) => (self.m, id, None),
            };
            let place = document.span(id);
            text.push_str(slice(document, begin(document, id), place.start));
            text.push_str(value.as_deref().unwrap_or_else(|| document.raw(id)));
        }
        if text.is_empty() { "{}".to_owned() } else { text + close }
    }
}

/// Goes one step down; how long the pointer was before.
fn step(at: &mut String, document: &Document, id: NodeId) -> usize {
    let length = at.len();
    match document.key(id) {
        Some(key) => {
            at.push('/');
            at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        None => drop(write!(at, "/{}", document.index_in_parent(id))),
    }
    length
}

fn slice(document: &Document, from: usize, to: usize) -> &str {
    document.text().get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests;
