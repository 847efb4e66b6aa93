use super::{Document, Kind, NodeId, SyntaxError, parse};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

fn raws(document: &Document, ids: impl Iterator<Item = NodeId>) -> Vec<&str> {
    ids.map(|id| document.raw(id)).collect()
}

/// `line:column message`.
fn problem(text: &str) -> String {
    let SyntaxError { line, column, message } = parse(text).unwrap_err();
    format!("{line}:{column} {message}")
}

#[test]
fn values_stand_where_they_were_written() {
    let text = "\n {\"a\" : [1 ,{ },\"é\"] , \"b\":null}\t";
    let document = parse(text).unwrap();
    assert_eq!(document.text(), text);
    assert_eq!(
        raws(&document, document.ids()),
        [text.trim(), "[1 ,{ },\"é\"]", "1", "{ }", "\"é\"", "null"]
    );
    let kinds: Vec<_> = document.ids().map(|id| document.kind(id)).collect();
    assert_eq!(
        kinds,
        [Kind::Object, Kind::Array, Kind::Number, Kind::Object, Kind::String, Kind::Null]
    );
    let keys: Vec<_> = document.ids().map(|id| document.raw_key(id)).collect();
    assert_eq!(keys, [None, Some("\"a\""), None, None, None, Some("\"b\"")]);
}

#[test]
fn relatives() {
    let document = parse(r#"{"a": [1, {"x": 2}, 3], "b": []}"#).unwrap();
    let id = |pointer| document.at_pointer(pointer).unwrap();
    let raws = |ids: &mut dyn Iterator<Item = NodeId>| raws(&document, ids).join(" ");
    assert_eq!(raws(&mut document.children(id("/a"))), r#"1 {"x": 2} 3"#);
    assert_eq!(raws(&mut document.children(id("/b"))), "");
    assert_eq!(raws(&mut document.children(id("/a/0"))), "");
    assert_eq!(document.next_sibling(id("/a/1")), Some(id("/a/2")));
    assert_eq!(document.prev_sibling(id("/a/2")), Some(id("/a/1")));
    assert_eq!(document.prev_sibling(id("/a/0")), None);
    assert_eq!(document.next_sibling(id("/a/2")), None);
    assert_eq!(document.next_sibling(id("")), None);
    assert_eq!(document.parent(id("/a/1/x")), Some(id("/a/1")));
    assert_eq!(document.parent(id("")), None);
    assert_eq!(document.depth(id("/a/1/x")), 3);
    assert_eq!(document.index_in_parent(id("/a/2")), 2);
    assert_eq!(document.child_count(id("/a")), 3);
    assert_eq!(document.subtree_end(id("/a")), id("/b"));
}

#[test]
fn only_the_last_of_a_name_is_seen() {
    let document = parse(r#"{"a": {"x": 1, "x": 2}, "b": 0, "\u0061": {"x": 3}}"#).unwrap();
    let shadowed = document.ids().filter(|&id| document.is_shadowed(id));
    assert_eq!(raws(&document, shadowed), [r#"{"x": 1, "x": 2}"#, "1", "2"]);
}

#[test]
fn an_id_of_another_document_is_harmless() {
    let far = parse("[1, [2, 3]]").unwrap().ids().last().unwrap();
    let small = parse("0").unwrap();
    assert_eq!(small.raw(far), "");
    assert_eq!(small.children(far).count(), 0);
    assert_eq!(small.next_sibling(far), None);
    assert_eq!(small.pointer(far), "/0");
}

#[test]
fn slips_are_named_in_plain_words() {
    let cases = [
        ("", "1:1 the document is empty"),
        (" \n ", "1:1 the document is empty"),
        ("{\"a\": 1, }", "1:8 trailing comma"),
        ("[1,\n2,\n]", "2:2 trailing comma"),
        ("{\n  \"日本\": { \"b\": \"c\", },", "2:19 trailing comma"),
        ("[1,,2]", "1:4 expected a value"),
        ("{,}", "1:2 a key is missing before the comma"),
        ("{\"a\":}", "1:6 expected a value"),
        ("{\"a\":1 \"b\":2}", "1:8 a comma is missing before this"),
        ("[1 2]", "1:4 expected a comma or ]"),
        ("{\"a\":1]", "1:7 expected a comma or }"),
        ("{a: 1}", "1:2 a key must be in double quotes"),
        ("{'a': 1}", "1:2 a key must be in double quotes"),
        ("{\"a\" 1}", "1:6 expected a colon after the key"),
        ("['a']", "1:2 text must be in double quotes, not single ones"),
        ("[“a”]", "1:2 text must be in plain double quotes, not curly ones"),
        ("[1, // one\n]", "1:5 comments are not part of JSON"),
        ("[vip]", "1:2 expected a value: text must be in double quotes"),
        ("[True]", "1:2 true and false are written in small letters"),
        ("[None]", "1:2 expected a value: nothing is written null"),
        ("NaN", "1:1 JSON has no such number"),
        ("[01]", "1:2 a number cannot begin with 0"),
        ("[.5]", "1:2 a number begins with a digit or a minus"),
        ("[1.]", "1:4 expected a digit"),
        ("-", "1:2 expected a digit"),
        ("1e+", "1:4 expected a digit"),
        ("[\"a", "1:4 text ends inside a string"),
        ("[\"a\\", "1:5 text ends inside a string"),
        ("[\"a\nb\"]", "1:4 a line break inside a string: write \\n instead"),
        ("[\"a\tb\"]", "1:4 a tab inside a string: write \\t instead"),
        ("[\"\u{1b}[31m\"]", "1:3 a control character inside a string"),
        ("\"\\x\"", "1:2 unknown escape: write \\\\ for a backslash"),
        ("\"\\u12\"", "1:2 \\u needs four hexadecimal digits"),
        ("{}\n{}", "2:1 text after the end of the document"),
        ("\u{feff}{}", "1:1 there is an invisible character here"),
        ("{\n\"a\": [1,\n 2", "3:3 text ends before the [ of line 2 is closed"),
        ("{\n\"a\"", "2:4 text ends before the { of line 1 is closed"),
    ];
    for (text, expected) in cases {
        assert_eq!(problem(text), expected, "{text:?}");
    }
}

#[test]
fn a_document_nested_beyond_any_stack_is_read() {
    let n = 100_000;
    let document = parse(&format!("{}{}", "[".repeat(n), "]".repeat(n))).unwrap();
    let last = document.ids().last().unwrap();
    assert_eq!(document.depth(last), n - 1);
    assert_eq!(document.at_pointer(&document.pointer(last)), Some(last));
    let open = format!("1:{} text ends before the [ of line 1 is closed", n + 1);
    assert_eq!(problem(&"[".repeat(n)), open);
    assert_eq!(problem(&"{\"\":".repeat(n)).split(' ').nth(1), Some("text"));
}

/// Whether node `id` of the document reads as `value`, and everything below it.
fn assert_same(document: &Document, id: NodeId, value: &Value) {
    let raw = document.raw(id);
    match value {
        Value::Object(members) => {
            assert_eq!(document.kind(id), Kind::Object);
            assert_eq!(document.child_count(id), members.len());
            for (child, (key, value)) in document.children(id).zip(members) {
                assert_eq!(document.key(child).as_deref(), Some(key.as_str()));
                assert_same(document, child, value);
            }
        }
        Value::Array(items) => {
            assert_eq!(document.kind(id), Kind::Array);
            assert_eq!(document.child_count(id), items.len());
            for (child, value) in document.children(id).zip(items) {
                assert_eq!(document.key(child), None);
                assert_same(document, child, value);
            }
        }
        Value::String(text) => assert_eq!(document.string_value(id).as_deref(), Some(&**text)),
        Value::Number(number) => {
            assert_eq!((document.kind(id), raw), (Kind::Number, &*number.to_string()));
        }
        Value::Bool(value) => {
            assert_eq!((document.kind(id), raw), (Kind::Bool, &*value.to_string()));
        }
        Value::Null => assert_eq!((document.kind(id), raw), (Kind::Null, "null")),
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 100, 8, |inner| {
        let key = prop_oneof!["[ab]", any::<String>(), "[/~0-9\"\\\\]{0,3}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Text made of what JSON is made of, so that it is nearly right, or right.
fn nearly_json() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"b\":", "\\u", "\\ud800", "0", "1",
        "-", ".", "e", "E+", "12", "true", "false", "null", "nul", " ", "\n", "\t", "\r\n", "é",
        "'",
    ]);
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

fn assert_sound(text: &str) {
    let theirs = serde_json::from_str::<IgnoredAny>(text);
    match parse(text) {
        Ok(document) => {
            assert!(theirs.is_ok(), "{text:?}: {theirs:?}");
            assert_spans_nest(&document);
        }
        Err(error) => {
            assert!(theirs.is_err(), "{text:?}: {error}");
            let line = text.split('\n').nth(error.line - 1).unwrap();
            assert!((1..=line.chars().count() + 1).contains(&error.column), "{text:?}: {error}");
        }
    }
}

/// Nothing but spaces, commas, colons and brackets lies outside the keys and the scalars.
fn assert_spans_nest(document: &Document) {
    let mut at = 0;
    let between = |range| {
        let gap: &str = document.text().get(range).unwrap();
        assert!(gap.chars().all(|c| " \t\r\n,:[]{}".contains(c)), "{gap:?}");
    };
    for id in document.ids() {
        let span = document.span(id);
        if let Some(key) = document.key_span(id) {
            between(at..key.start);
            at = key.end;
        }
        between(at..span.start);
        at = span.start;
        if let Some(parent) = document.parent(id) {
            let outer = document.span(parent);
            assert!(outer.start < span.start && span.end < outer.end);
        }
        if !document.kind(id).is_container() {
            at = span.end;
        }
        let inside = document.ids().filter(|&other| document.parent(other) == Some(id));
        if document.len() < 200 {
            assert!(document.children(id).eq(inside));
        }
    }
    between(at..document.text().len());
}

proptest! {
    #[test]
    fn every_value_is_read_as_it_was_written(value in any_json(), pretty: bool) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let document = parse(&text).unwrap();
        assert_same(&document, document.root(), &value);
        assert_spans_nest(&document);
        for id in document.ids().filter(|&id| !document.is_shadowed(id)) {
            prop_assert_eq!(document.at_pointer(&document.pointer(id)), Some(id));
            prop_assert!(document.jq_path(id).starts_with('.'));
        }
    }

    #[test]
    fn any_text_is_judged_as_serde_json_judges_it(text: String) {
        assert_sound(&text);
    }

    #[test]
    fn nearly_right_text_is_judged_as_serde_json_judges_it(text in nearly_json()) {
        assert_sound(&text);
    }

    #[test]
    fn a_cut_or_spoilt_document_is_no_trouble(value in any_json(), at: usize, spoilt: char) {
        let text = value.to_string();
        let at = (0..=at % (text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap();
        assert_sound(&text[..at]);
        assert_sound(&format!("{}{spoilt}{}", &text[..at], &text[at..]));
    }

    #[test]
    fn any_pointer_is_no_trouble(value in any_json(), pointer: String, path in "(/[ab0-9~]{0,2}){0,4}") {
        let document = parse(&value.to_string()).unwrap();
        for pointer in [pointer, path] {
            if let Some(id) = document.at_pointer(&pointer) {
                prop_assert_eq!(document.pointer(id), pointer);
            }
        }
    }
}
