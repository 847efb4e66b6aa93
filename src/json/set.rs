//! One value put at a pointer; every other byte stays as it was.

use std::ops::Range;

use serde_json::Value;

use super::{Document, Kind, NodeId, Verdict, compare, parse, path::tokens};

/// Why a value cannot be put there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// The text that is to be changed is no JSON.
    #[error("it is not JSON")]
    Text,
    /// The value is no JSON.
    #[error("the value is not JSON; a text needs its quotes")]
    Value,
    /// The pointer is none.
    #[error("a JSON pointer begins with / (as /routing/queue)")]
    Pointer,
    /// Something on the way there holds no members.
    #[error("{0} is not an object")]
    NotAnObject(String),
}

/// The text with this value at a pointer. Objects that are missing on the way are made; an element of an array must be
/// there to be set.
///
/// # Errors
/// When text, value or pointer are not what they should be.
pub fn set(text: &str, pointer: &str, value: &str) -> Result<String, SetError> {
    let value = value.trim();
    parse(value).map_err(|_wrong| SetError::Value)?;
    let document = parse(text).map_err(|_wrong| SetError::Text)?;
    let names = tokens(pointer).ok_or(SetError::Pointer)?;
    if let Some(there) = document.at_pointer(pointer) {
        return Ok(spliced(text, document.span(there), value));
    }
    let (mut object, mut known) = (document.root(), String::new());
    for (nth, token) in pointer.split('/').skip(1).enumerate() {
        if document.kind(object) != Kind::Object {
            let place = if known.is_empty() { "the whole".to_owned() } else { known };
            return Err(SetError::NotAnObject(place));
        }
        known.extend(["/", token]);
        match document.at_pointer(&known) {
            Some(there) => object = there,
            None => {
                return Ok(added(&document, object, names.get(nth..).unwrap_or_default(), value));
            }
        }
    }
    Err(SetError::Pointer)
}

/// Whether there is a value at a pointer that means the same as this one, however either is spaced.
pub fn holds(text: &str, pointer: &str, value: &str) -> bool {
    let (Ok(document), Ok(value)) = (parse(text), parse(value)) else { return false };
    let there = document.at_pointer(pointer).and_then(|there| parse(document.raw(there)).ok());
    there.is_some_and(|there| compare(&there, &value).verdict != Verdict::Changed)
}

fn spliced(text: &str, span: Range<usize>, with: &str) -> String {
    let (before, after) = (text.get(..span.start), text.get(span.end..));
    [before.unwrap_or_default(), with, after.unwrap_or_default()].concat()
}

/// Puts a member behind the last one of an object, spaced as that is.
fn added(document: &Document, object: NodeId, names: &[String], value: &str) -> String {
    let text = document.text();
    let Some((name, inner)) = names.split_first() else { return text.to_owned() };
    let (name, value) = (Value::from(name.as_str()), nested(inner, value));
    let members: Vec<NodeId> = document.children(object).collect();
    let key = |&id: &NodeId| document.key_span(id).unwrap_or_default();
    let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let Some(last) = members.last() else {
        return spliced(text, document.span(object), &format!("{{{name}: {value}}}"));
    };
    let lead = match members.iter().rev().nth(1) {
        Some(before) => {
            let gap = between(document.span(*before).end, key(last).start);
            gap.split_once(',').map_or("", |(_, behind)| behind)
        }
        None => between(document.span(object).start + 1, key(last).start),
    };
    let lead = if lead.is_empty() && members.len() == 1 { " " } else { lead };
    let colon = between(key(last).end, document.span(*last).start);
    let end = document.span(*last).end;
    spliced(text, end..end, &format!(",{lead}{name}{colon}{value}"))
}

/// A value within objects of one member each.
fn nested(names: &[String], value: &str) -> String {
    names.iter().rev().fold(value.to_owned(), |inner, name| {
        format!("{{{}: {inner}}}", Value::from(name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_value_changes() {
        let text = r#"{"id":18446744073709551616,"z":1,"a":2, "z":3}"#;
        for (pointer, value, expected) in [
            ("/a", "\"x\"", r#"{"id":18446744073709551616,"z":1,"a":"x", "z":3}"#),
            ("/z", " 4 ", r#"{"id":18446744073709551616,"z":1,"a":2, "z":4}"#),
            ("", "[]", "[]"),
        ] {
            assert_eq!(set(text, pointer, value).as_deref(), Ok(expected), "{pointer}");
        }
        let text = "{\n  \"tags\": [\"vip\", \"eu\"]\n}\n";
        let changed = "{\n  \"tags\": [\"vip\", \"us\"]\n}\n";
        assert_eq!(set(text, "/tags/1", "\"us\"").as_deref(), Ok(changed));
    }

    #[test]
    fn what_is_missing_on_the_way_is_made() {
        for (text, pointer, expected) in [
            ("{}", "/routing/queue", r#"{"routing": {"queue": 1}}"#),
            (
                r#"{"routing": {"owner": "ana"}}"#,
                "/routing/queue",
                r#"{"routing": {"owner": "ana", "queue": 1}}"#,
            ),
            (r#"{"a~b":{}}"#, "/a~0b/c~1d", r#"{"a~b":{"c/d": 1}}"#),
            ("{\n  \"a\": 1\n}", "/b", "{\n  \"a\": 1,\n  \"b\": 1\n}"),
            (r#"{"z":1,"z":2}"#, "/b", r#"{"z":1,"z":2,"b":1}"#),
            (r#"{"a": 1 , "c" :2}"#, "/b", r#"{"a": 1 , "c" :2, "b" :1}"#),
            ("{ }", "/b", r#"{"b": 1}"#),
        ] {
            let changed = set(text, pointer, "1").unwrap();
            assert_eq!(changed, expected, "{pointer}");
        }
    }

    #[test]
    fn a_value_is_there_however_it_is_spaced() {
        let text = r#"{"a": {"b": [1,  2], "c": "x"}, "n": 1}"#;
        for (pointer, value, is_there) in [
            ("/a", r#" {"c":"x","b":[1,2]} "#, true),
            ("/a/b", "[1,2]", true),
            ("/a/b", "[2,1]", false),
            ("/n", "1.0", false),
            ("/n/x", "1", false),
            ("/m", "1", false),
            ("/n", "1,", false),
        ] {
            assert_eq!(holds(text, pointer, value), is_there, "{pointer} {value}");
        }
        assert!(!holds("{", "", "{"));
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (text, pointer, value, why) in [
            ("{", "/a", "1", "it is not JSON"),
            ("{}", "/a", "x", "the value is not JSON; a text needs its quotes"),
            ("{}", "a", "1", "a JSON pointer begins with / (as /routing/queue)"),
            ("{}", "/a~", "1", "a JSON pointer begins with / (as /routing/queue)"),
            ("[1]", "/1", "1", "the whole is not an object"),
            (r#"{"a": "b"}"#, "/a/b", "1", "/a is not an object"),
            (r#"{"a": [1]}"#, "/a/7", "1", "/a is not an object"),
        ] {
            assert_eq!(set(text, pointer, value).unwrap_err().to_string(), why, "{text} {pointer}");
        }
    }

    proptest! {
        #[test]
        fn what_was_set_is_there_and_setting_it_again_changes_nothing(
            keys in proptest::collection::vec("[a-c/~ ]{1,3}", 1..4),
            others in proptest::collection::btree_map("[a-e]{1,2}", 0..9_u8, 0..5),
        ) {
            let text = serde_json::to_string(&others).unwrap();
            let escape = |key: &String| format!("/{}", key.replace('~', "~0").replace('/', "~1"));
            let pointer: String = keys.iter().map(escape).collect();
            match set(&text, &pointer, "\"new\"") {
                Ok(changed) => {
                    let read: Value = serde_json::from_str(&changed).unwrap();
                    prop_assert_eq!(read.pointer(&pointer), Some(&serde_json::json!("new")));
                    for (name, value) in others.iter().filter(|(name, _)| **name != keys[0]) {
                        prop_assert_eq!(&read[name], &serde_json::json!(value));
                    }
                    prop_assert_eq!(set(&changed, &pointer, "\"new\"").unwrap(), changed);
                }
                Err(error) => {
                    prop_assert!(matches!(error, SetError::NotAnObject(_)) && others.contains_key(&keys[0]));
                }
            }
        }
    }
}
