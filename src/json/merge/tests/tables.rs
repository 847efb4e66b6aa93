//! Merging by example, many at a time.

use super::merge;

fn merged(base: &str, mine: &str, theirs: &str) -> String {
    let merge = merge(base, mine, theirs);
    assert!(merge.collisions.is_empty(), "{:?}", merge.collisions);
    merge.text
}

#[test]
fn different_keys_of_one_document_go_together() {
    let base = "{\n  \"routing\": {\"queue\": \"tier-2\", \"n\": 1.0},\n  \"tags\": [\"vip\", \"eu\"]\n}\n";
    let mine = base.replace("\"tier-2\"", "\"tier-1\", \"owner\": \"ana\"");
    let theirs = base.replace("vip", "gold");
    let expected = mine.replace("vip", "gold");
    assert_eq!(merged(base, &mine, &theirs), expected);
    assert_eq!(merged(base, &theirs, &mine), expected, "whoever comes second");
}

#[test]
fn members_come_and_go_in_the_spacing_they_find() {
    let cases = [
        // (base, mine, theirs, both)
        (r#"{"a":1,"b":2}"#, r#"{"b":2}"#, r#"{"a":1, "b":2, "c":3}"#, r#"{"b":2, "c":3}"#),
        (r#"{"a":1,"b":2}"#, r#"{"a":1}"#, r#"{"a": 0, "b":2}"#, r#"{"a": 0}"#),
        (r#"{"a":1}"#, "{}", r#"{"a":1,"c":3}"#, r#"{"c":3}"#),
        (r#"{"a":1}"#, r#"{"n":0,"a":1}"#, "{\n  \"a\": 2\n}", "{\n  \"n\":0,\n  \"a\": 2\n}"),
        (r#"{"a":1}"#, r#"{"a":1,"n":0}"#, "{\n  \"a\": 2\n}", "{\n  \"a\": 2,\n  \"n\":0\n}"),
        (r#"{"a":1}"#, r#"{"a":1, "n": [1]}"#, "{}", r#"{"n": [1]}"#),
        (r#"{"a":1}"#, "{}", r#"{ "a":1 , "b":2 }"#, r#"{ "b":2 }"#),
        (r#"{"a":1,"b":1}"#, r#"{"a":1}"#, r#"{"b":1}"#, "{}"),
        (
            r#"{"a":{"x":1},"b":1}"#,
            r#"{"a":{"x":2},"b":1}"#,
            r#"{"b":1,"a":{"x":1}}"#,
            r#"{"b":1,"a":{"x":2}}"#,
        ),
        ("[1,2,3]", "[9,2,3]", "[1, 2, 8]", "[9, 2, 8]"),
    ];
    for (base, mine, theirs, both) in cases {
        assert_eq!(merged(base, mine, theirs), both, "{base} {mine} {theirs}");
    }
}

#[test]
fn what_both_changed_collides_where_it_stands_and_holds_mine() {
    let cases: [(&str, &str, &str, &str, &[&str]); 9] = [
        (r#"{"a":1,"b":1}"#, r#"{"a":2,"b":2}"#, r#"{"a":3,"b":1}"#, r#"{"a":2,"b":2}"#, &["/a"]),
        (
            r#"{"a/b":{"~":1}}"#,
            r#"{"a/b":{"~":2}}"#,
            r#"{"a/b":{"~":3}}"#,
            r#"{"a/b":{"~":2}}"#,
            &["/a~1b/~0"],
        ),
        (r#"{"a":1}"#, "{}", r#"{"a":2}"#, "{}", &["/a"]),
        (r#"{"a":1}"#, r#"{"a":2}"#, "{}", r#"{"a":2}"#, &["/a"]),
        ("{}", r#"{"n":1}"#, r#"{"n":2}"#, r#"{"n":1}"#, &["/n"]),
        ("[1,2]", "[1]", "[1,3]", "[1]", &[""]),
        ("{}", "{broken", "{\"a\":1}", "{broken", &[""]),
        ("{\"a\":1}", "{ \"a\": 1 }", "{\"a\":2}", "{ \"a\": 1 }", &[""]),
        (r#"{"z":1,"z":2}"#, r#"{"z":1}"#, r#"{"z":1,"z":3}"#, r#"{"z":1}"#, &[""]),
    ];
    for (base, mine, theirs, text, collisions) in cases {
        let merge = merge(base, mine, theirs);
        assert_eq!(
            (merge.text.as_str(), merge.collisions.as_slice()),
            (text, &collisions.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..]),
            "{base} {mine} {theirs}"
        );
    }
}

#[test]
fn the_same_change_on_both_sides_is_no_collision() {
    assert_eq!(merged(r#"{"a":1}"#, r#"{"a":2}"#, r#"{ "a" : 2 }"#), r#"{ "a" : 2 }"#);
    assert_eq!(merged(r#"{"a":1,"b":1}"#, r#"{"b":2}"#, r#"{"b":1}"#), r#"{"b":2}"#);
}

#[test]
fn depth_and_size_do_no_harm() {
    let deep = |inner: &str| format!("{}{inner}{}", "[".repeat(3_000), "]".repeat(3_000));
    let merge = merge(&deep("1"), &deep("2"), &deep("3"));
    assert_eq!((merge.text, merge.collisions.len()), (deep("2"), 1));
    let wide = |value: u32| {
        let members = (0..3_000).map(|at| format!("\"k{at}\":{}", u8::from(at == value)));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let both = merged(&wide(9_999), &wide(7), &wide(2_999));
    assert_eq!(both.matches(":1").count(), 2);
}
