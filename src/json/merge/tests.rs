//! Merging by example; `properties` tries it with documents made at random.

mod made;
mod properties;
mod tables;

pub(in crate::json) use self::made::{document, versions};
use super::merge;
use crate::json::parse;

const OPENED: &str = r#"{"routing": {"queue": "tier-2", "hops": [1, 2]}, "tags": ["vip"], "id": 18446744073709551616}"#;

/// The merged text of changes that do not collide, each made by replacing a piece of text.
#[track_caller]
fn clean(base: &str, mine: (&str, &str), theirs: (&str, &str)) -> String {
    let edited = |(from, to)| {
        assert!(base.contains(from), "{from}");
        base.replacen(from, to, 1)
    };
    let merge = merge(base, &edited(mine), &edited(theirs));
    assert_eq!(merge.collisions, [""; 0]);
    merge.text
}

#[test]
fn changing_one_key_leaves_every_other_byte() {
    let base = r#"{"id":18446744073709551616,"z":1,"a":2, "z":3}"#;
    let mine = base.replace("\"a\":2", "\"a\":5");
    assert_eq!(merge(base, &mine, base).text, mine);
    let theirs = base.replace("\"z\":3", "\"z\" : 4");
    let merged = merge(base, &mine, &theirs);
    assert_eq!(merged.text, r#"{"id":18446744073709551616,"z":1,"a":5, "z" : 4}"#);
    assert_eq!(merged.collisions, [""; 0]);
}

#[test]
fn changes_of_different_values_are_both_kept() {
    let merged = clean(OPENED, ("\"tier-2\"", "\"tier-1\""), ("[\"vip\"]", "[ ]"));
    assert_eq!(merged, OPENED.replace("tier-2", "tier-1").replace("[\"vip\"]", "[ ]"));
    let merged = clean(OPENED, ("[1, 2]", "[1, 3]"), ("[1, 2]", "[0, 2]"));
    assert_eq!(merged, OPENED.replace("[1, 2]", "[0, 3]"), "items of an array as long as it was");
    let merged = clean("[[1], 2]", ("2", "3"), ("1", "1, 1"));
    assert_eq!(merged, "[[1, 1], 3]");
}

#[test]
fn the_same_change_on_both_sides_is_no_collision() {
    let merged =
        clean(OPENED, ("[\"vip\"]", "[\"vip\",\"eu\"]"), ("[\"vip\"]", "[ \"vip\", \"eu\" ]"));
    assert_eq!(merged, OPENED.replace("[\"vip\"]", "[ \"vip\", \"eu\" ]"), "as they wrote it");
    let removed = (", \"tags\": [\"vip\"]", "");
    assert_eq!(clean(OPENED, removed, removed), OPENED.replace(removed.0, ""));
    let added = ("\"routing\"", "\"new\": {}, \"routing\"");
    assert_eq!(clean(OPENED, added, added), OPENED.replace(added.0, added.1));
}

#[test]
fn what_both_changed_collides_and_is_mine() {
    let (mine, theirs) = (OPENED.replace("tier-2", "mine"), OPENED.replace("tier-2", "theirs"));
    let (mine, theirs) = (mine.replace("1, 2", "0, 2"), theirs.replace("vip", "eu"));
    let merged = merge(OPENED, &mine, &theirs);
    assert_eq!(merged.collisions, ["/routing/queue"]);
    assert_eq!(merged.text, mine.replace("vip", "eu"));
}

#[test]
fn what_one_removed_and_the_other_changed_collides() {
    let removed = OPENED.replace("\"routing\": {\"queue\": \"tier-2\", \"hops\": [1, 2]}, ", "");
    let changed = OPENED.replace("[1, 2]", "[1, 2, 3]");
    for (mine, theirs) in [(&removed, &changed), (&changed, &removed)] {
        let merged = merge(OPENED, mine, theirs);
        assert_eq!((&merged.text, merged.collisions), (mine, vec!["/routing".to_owned()]));
    }
}

#[test]
fn a_change_inside_what_the_other_replaced_collides() {
    let inner = OPENED.replace("tier-2", "tier-1");
    let outer = OPENED.replace("{\"queue\": \"tier-2\", \"hops\": [1, 2]}", "null");
    for (mine, theirs) in [(&inner, &outer), (&outer, &inner)] {
        let merged = merge(OPENED, mine, theirs);
        assert_eq!((&merged.text, merged.collisions), (mine, vec!["/routing".to_owned()]));
    }
}

#[test]
fn both_adding_one_name_collides() {
    let (mine, theirs) = (r#"{"a": 1, "b": [2]}"#, r#"{"b": 3, "a": 1}"#);
    let merged = merge(r#"{"a": 1}"#, mine, theirs);
    assert_eq!(merged.collisions, ["/b"]);
    assert_eq!(merged.text, r#"{"b": [2], "a": 1}"#);
}

#[test]
fn collisions_are_told_in_the_order_of_the_text() {
    let text = |n: u8| format!("{{\"b\":{n},\"a\":[{n},0,{{\"x\":{n}}}],\"a/~\":{n}}}");
    let merged = merge(&text(1), &text(2), &text(3));
    assert_eq!(merged.collisions, ["/b", "/a/0", "/a/2/x", "/a~1~0"]);
    assert_eq!(merged.text, text(2));
}

#[test]
fn arrays_that_grew_or_shrank_are_not_mixed() {
    let merged = merge("[1, 1]", "[1, 1, 1]", "[1, 2]");
    assert_eq!((merged.text.as_str(), merged.collisions), ("[1, 1, 1]", vec![String::new()]));
    let merged =
        merge(r#"{"a": [1], "b": 1}"#, r#"{"a": [1, 2], "b": 1}"#, r#"{"a": [1], "b": 2}"#);
    assert_eq!((merged.text.as_str(), merged.collisions.len()), (r#"{"a": [1, 2], "b": 2}"#, 0));
}

#[test]
fn an_object_with_repeated_names_loses_none() {
    let base = r#"{"z": 1, "a": 2, "z": 3}"#;
    for (mine, theirs) in [
        (r#"{"z": 1, "a": 2}"#, r#"{"z": 1, "a": 9, "z": 3}"#),
        (r#"{"z": 9, "a": 2, "z": 3}"#, r#"{"z": 1, "a": 2, "z": 9}"#),
        (r#"{"z": 1, "a": 2, "z": 3, "a": 4}"#, r#"{"z": 1, "a": 2, "z": 9}"#),
    ] {
        let merged = merge(base, mine, theirs);
        assert_eq!((merged.text.as_str(), merged.collisions), (mine, vec![String::new()]));
    }
}

#[test]
fn a_respelled_key_is_a_change() {
    let base = r#"{"a\u002fb": 1, "c": 2}"#;
    let (respelled, changed) = (base.replace("\\u002f", "/"), base.replace('1', "3"));
    let merged = merge(base, &respelled, &base.replace("\"c\": 2", "\"c\": 3"));
    assert_eq!(merged.text, r#"{"a/b": 1, "c": 3}"#);
    let merged = merge(base, &respelled, &changed);
    assert_eq!((merged.text, merged.collisions), (respelled, vec!["/a~1b".to_owned()]));
}

#[test]
fn what_is_added_follows_its_neighbour_in_the_style_of_their_text() {
    let base = r#"{"a": 1, "b": 2}"#;
    let mine = r#"{"first": 0, "a": 1, "x": {"y": 1}, "b": 2, "last": 3}"#;
    let theirs = "{\n    \"b\": 2,\n    \"new\": 0,\n    \"a\": 10\n}\n";
    assert_eq!(
        merge(base, mine, theirs).text,
        "{\n    \"first\": 0,\n    \"b\": 2,\n    \"last\": 3,\n    \"new\": 0,\n    \"a\": 10,\n    \"x\": {\"y\": 1}\n}\n"
    );
    for (theirs, merged) in [
        (r#"{"a":1,"b":9}"#, r#"{"a":1,"b":9,"c":3}"#),
        (r#"{"a":9}"#, r#"{"a":9,"c":3}"#),
        (r#"{ "a": 9 }"#, r#"{ "a": 9, "c":3 }"#),
    ] {
        let mine = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\":3\n}";
        assert_eq!(merge(base, mine, theirs).text, merged);
    }
}

#[test]
fn lines_are_indented_as_those_around_them() {
    let base = "{\n  \"o\": {},\n  \"a\": 1\n}";
    let mine = "{\n  \"o\": {\n    \"x\": [\n      1\n    ]\n  },\n  \"a\": 1,\n  \"n\": {\n    \"y\": 2\n  }\n}";
    let theirs = "{\n\t\"p\": 0,\n\t\"o\": {},\n\t\"a\": 1\n}";
    assert_eq!(
        merge(base, mine, theirs).text,
        "{\n\t\"p\": 0,\n\t\"o\": {\n\t  \"x\": [\n\t    1\n\t  ]\n\t},\n\t\"a\": 1,\n\t\"n\": {\n\t  \"y\": 2\n\t}\n}"
    );
}

#[test]
fn taking_members_out_leaves_no_comma_behind() {
    let base = "{ \"a\": 1,\n \"b\": 2,\n \"c\": 3 }";
    for (mine, merged) in [
        (r#"{"b": 2, "c": 3}"#, "{ \"b\": 2,\n \"c\": 9 }"),
        (r#"{"a": 1, "c": 3}"#, "{ \"a\": 1,\n \"c\": 9 }"),
        (r#"{"c": 3}"#, "{ \"c\": 9 }"),
        (r#"{"d": 0, "c": 3}"#, "{ \"d\": 0,\n \"c\": 9 }"),
    ] {
        assert_eq!(merge(base, mine, &base.replace('3', "9")).text, merged, "{mine}");
    }
    let theirs = "{ \"a\": 9,\n \"b\": 2,\n \"c\": 3 }";
    for (mine, merged) in
        [(r#"{"a": 1}"#, "{ \"a\": 9 }"), (r#"{"a": 1, "d": 0}"#, "{ \"a\": 9,\n \"d\": 0 }")]
    {
        assert_eq!(merge(base, mine, theirs).text, merged, "{mine}");
    }
    assert_eq!(merge(r#"[{"a": 1}, 0]"#, "[{}, 0]", r#"[{ "a": 1 }, 1]"#).text, "[{}, 1]");
    let merged = merge(r#"[{"a": 1}, 0]"#, r#"[{"b": 1}, 0]"#, r#"[{ "a": 1 }, 1]"#);
    assert_eq!(merged.text, r#"[{ "b": 1 }, 1]"#);
}

#[test]
fn spacing_alone_stays_as_typed_and_meets_no_other_change() {
    let base = r#"{"a": 1, "b": 2}"#;
    let mine = "{\"b\":2,\n\"a\":1}";
    assert_eq!(merge(base, mine, base).text, mine);
    let theirs = r#"{"a": 1, "b": 3}"#;
    let merged = merge(base, mine, theirs);
    assert_eq!((merged.text.as_str(), merged.collisions), (mine, vec![String::new()]));
    let merged = merge(base, &mine.replace('1', "9"), theirs);
    assert_eq!((merged.text.as_str(), merged.collisions), (r#"{"a": 9, "b": 3}"#, vec![]));
}

#[test]
fn texts_that_are_no_objects_or_no_json() {
    for (base, mine, theirs, text, collisions) in [
        ("1", "2", "1", "2", 0),
        ("1", "1", "2", "2", 0),
        ("1", "2", "3", "2", 1),
        ("", "{}", "", "{}", 0),
        ("", "{\"a\": 1}", "{\"b\": 1}", "{\"a\": 1}", 1),
        ("{,}", "{}", "{,}", "{}", 0),
        ("{,}", "{}", "{,,}", "{}", 1),
        ("{}", "{\"a\"", "{\"b\": 1}", "{\"a\"", 1),
        ("{,}", "{,}", "oops", "oops", 0),
        ("{,}", "{}", "{}", "{}", 0),
        ("{}", "[]", "{\"a\": 1}", "[]", 1),
    ] {
        let merged = merge(base, mine, theirs);
        assert_eq!((merged.text.as_str(), merged.collisions.len()), (text, collisions), "{base}");
        assert!(merged.collisions.iter().all(String::is_empty));
    }
}

#[test]
fn a_document_nested_beyond_any_stack_is_merged() {
    for n in [600, 50_000] {
        let text =
            |a: u8, b: u8| format!("{}{{\"a\": {a}, \"b\": {b}}}{}", "[".repeat(n), "]".repeat(n));
        let merged = merge(&text(1, 1), &text(2, 1), &text(1, 2));
        assert!(merged.text == text(2, 2) && merged.collisions.is_empty(), "{n}");
    }
}

#[test]
fn thousands_of_keys_are_merged_without_looking_at_any_twice() {
    let count = 20_000;
    let text = |change: &dyn Fn(u32) -> u32| {
        let members: Vec<_> = (0..count).map(|n| format!("\"k{n}\":{}", change(n))).collect();
        format!("{{{}}}", members.join(","))
    };
    let (base, mine) = (text(&|_| 0), text(&|n| u32::from(n % 4 == 1)));
    let theirs = text(&|n| u32::from(n % 4 >= 2));
    let merged = merge(&base, &mine, &theirs);
    // Were it quadratic, this would take minutes.
    assert!(merged.text == text(&|n| u32::from(n % 4 >= 1)) && merged.collisions.is_empty());
    let grown = base.replacen('{', &format!("{{{},", mine[1..mine.len() - 1].replace('k', "n")), 1);
    assert!(parse(&merge(&base, &grown, &theirs).text).unwrap().len() == 40_001);
}
