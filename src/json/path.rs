//! Paths to a value: RFC 6901 pointers there and back, and jq's.

use super::{Document, Kind, NodeId};
use std::fmt::Write;
use std::iter;

impl Document {
    /// The JSON pointer of a value; empty for the root. That of a shadowed member leads to the
    /// member that shadows it.
    pub fn pointer(&self, id: NodeId) -> String {
        let mut pointer = String::new();
        for step in self.steps(id) {
            pointer.push('/');
            match self.key(step) {
                Some(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                None => push_index(&mut pointer, self.index_in_parent(step)),
            }
        }
        pointer
    }

    /// The value that a JSON pointer names. Of members with one name it is the last, as parsers
    /// have it.
    pub fn at_pointer(&self, pointer: &str) -> Option<NodeId> {
        if pointer.is_empty() {
            return Some(self.root());
        }
        let tokens = pointer.strip_prefix('/')?.split('/');
        tokens.into_iter().try_fold(self.root(), |id, token| self.child_at(id, token))
    }

    /// The path as jq writes it: `.routing.queue`, `.tags[0]`, `.["odd key"]`.
    pub fn jq_path(&self, id: NodeId) -> String {
        let mut path = String::new();
        for step in self.steps(id) {
            match (self.key(step), self.raw_key(step)) {
                (Some(key), _) if is_identifier(&key) => {
                    path.push('.');
                    path.push_str(&key);
                }
                // As written: a JSON string is a jq string, and escapes stay escapes.
                (_, Some(raw)) => push_bracketed(&mut path, raw),
                _ => push_bracketed(&mut path, &self.index_in_parent(step).to_string()),
            }
        }
        if path.is_empty() {
            path.push('.');
        }
        path
    }

    /// The values from below the root down to this one.
    fn steps(&self, id: NodeId) -> Vec<NodeId> {
        let mut steps: Vec<NodeId> = iter::once(id).chain(self.ancestors(id)).collect();
        steps.pop();
        steps.reverse();
        steps
    }

    fn child_at(&self, id: NodeId, token: &str) -> Option<NodeId> {
        match self.kind(id) {
            Kind::Object => {
                let name = unescape(token)?;
                self.children(id).filter(|&child| self.key(child).is_some_and(|k| k == name)).last()
            }
            Kind::Array => self.children(id).nth(index(token)?),
            _ => None,
        }
    }
}

/// The names and indices of a pointer, none for the root; `None` where it is no pointer.
pub(super) fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    pointer.strip_prefix('/')?.split('/').map(unescape).collect()
}

/// jq before 1.7 does not know `.a.["b"]`, so only a leading bracket has a dot before it.
fn push_bracketed(path: &mut String, inside: &str) {
    if path.is_empty() {
        path.push('.');
    }
    path.push('[');
    path.push_str(inside);
    path.push(']');
}

fn push_index(pointer: &mut String, index: usize) {
    // Writing to a string cannot fail.
    let _ = write!(pointer, "{index}");
}

fn is_identifier(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// An index has no sign and no leading zero.
fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || !token.starts_with(['0', '+']);
    plain.then(|| token.parse().ok())?
}

/// `None` where a tilde is not part of `~0` or `~1`.
fn unescape(token: &str) -> Option<String> {
    let mut parts = token.split('~');
    let mut name = parts.next()?.to_owned();
    for part in parts {
        let (escape, rest) = part.split_at_checked(1)?;
        name.push(match escape {
            "0" => '~',
            "1" => '/',
            _ => return None,
        });
        name.push_str(rest);
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::super::{Document, parse};

    fn document() -> Document {
        let text = r#"{"routing": {"queue": "x"}, "tags": ["vip", ["eu"]], "odd key": {"k": 0},
            "": 1, "a/b~c": 2, "~1": 3, "é\"": 4, "\u0061b": 5, "twice": 6, "twice": 7}"#;
        parse(text).unwrap()
    }

    #[test]
    fn pointers_and_jq_paths() {
        let document = document();
        let paths: Vec<_> =
            document.ids().map(|id| (document.pointer(id), document.jq_path(id))).collect();
        let expected = [
            ("", "."),
            ("/routing", ".routing"),
            ("/routing/queue", ".routing.queue"),
            ("/tags", ".tags"),
            ("/tags/0", ".tags[0]"),
            ("/tags/1", ".tags[1]"),
            ("/tags/1/0", ".tags[1][0]"),
            ("/odd key", r#".["odd key"]"#),
            ("/odd key/k", r#".["odd key"].k"#),
            ("/", r#".[""]"#),
            ("/a~1b~0c", r#".["a/b~c"]"#),
            ("/~01", r#".["~1"]"#),
            ("/é\"", r#".["é\""]"#),
            ("/ab", ".ab"),
            ("/twice", ".twice"),
            ("/twice", ".twice"),
        ];
        assert_eq!(paths, expected.map(|(p, j)| (p.to_owned(), j.to_owned())));
    }

    #[test]
    fn a_nested_odd_key_and_a_root_array() {
        let document = parse(r#"[{"a": {"b c": 0}}]"#).unwrap();
        let last = document.ids().last().unwrap();
        assert_eq!(document.jq_path(last), r#".[0].a["b c"]"#);
    }

    #[test]
    fn pointers_lead_back_and_the_last_duplicate_wins() {
        let document = document();
        for id in document.ids().filter(|&id| !document.is_shadowed(id)) {
            assert_eq!(document.at_pointer(&document.pointer(id)), Some(id));
        }
        assert_eq!(document.raw(document.at_pointer("/twice").unwrap()), "7");
    }

    #[test]
    fn pointers_to_nothing() {
        let pointers = [
            "routing",
            "/nope",
            "/tags/2",
            "/tags/-",
            "/tags/00",
            "/tags/+1",
            "/tags/",
            "/~1b",
            "/~2",
            "/a/b~",
            "/~é",
            "/routing/queue/0",
            "/tags/99999999999999999999",
        ];
        for pointer in pointers {
            assert_eq!(document().at_pointer(pointer), None, "{pointer}");
        }
    }
}
