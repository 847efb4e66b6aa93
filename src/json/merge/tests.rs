use super::super::diff;
use super::*;
use proptest::prelude::*;

fn merged(base: &str, mine: &str, theirs: &str) -> String {
    let merge = merge(base, mine, theirs);
    assert!(merge.collisions.is_empty(), "{:?}", merge.collisions);
    merge.text
}

#[test]
fn one_changed_key_leaves_every_other_byte() {
    let base = r#"{"id":18446744073709551616,"z":1,"a":2, "z":3}"#;
    let mine = r#"{"id":18446744073709551616,"z":1,"a":7, "z":3}"#;
    assert_eq!(merged(base, mine, base), mine);
    let theirs = r#"{ "id":18446744073709551616, "z":1,"a":2, "z":4 }"#;
    assert_eq!(merged(base, mine, theirs), r#"{ "id":18446744073709551616, "z":1,"a":7, "z":4 }"#);
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

/// A document as members with their texts, to be changed and written in any spacing.
#[derive(Clone, Debug)]
enum Value {
    Leaf(&'static str),
    List(Vec<Self>),
    Map(Vec<(&'static str, Self)>),
}

fn spaced(value: &Value, gap: &str) -> String {
    match value {
        Value::Leaf(text) => (*text).to_owned(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| spaced(item, gap)).collect();
            format!("[{gap}{}{gap}]", items.join(&format!(",{gap}")))
        }
        Value::Map(members) => {
            let members =
                members.iter().map(|(key, value)| format!("{key}:{gap}{}", spaced(value, gap)));
            format!("{{{gap}{}{gap}}}", members.collect::<Vec<_>>().join(&format!("{gap},{gap}")))
        }
    }
}

const KEYS: [&str; 6] = [r#""a""#, r#""b""#, r#""a\/b""#, r#""~""#, r#""é""#, r#""""#];
const LEAVES: [&str; 7] =
    ["1", "1.0", "18446744073709551616", "null", "\"x\"", "\"\\u0041\"", "false"];

fn value(twice: bool) -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(&LEAVES[..]).prop_map(Value::Leaf);
    leaf.prop_recursive(3, 24, 5, move |inner| {
        let member = (prop::sample::select(&KEYS[..]), inner.clone());
        let map = prop::collection::vec(member, 0..5).prop_map(move |mut members| {
            if !twice {
                let mut seen = std::collections::HashSet::new();
                members.retain(|(key, _)| seen.insert(*key));
            }
            Value::Map(members)
        });
        prop_oneof![prop::collection::vec(inner, 0..4).prop_map(Value::List), map]
    })
}

/// What somebody makes of a document: here and there another value, a member more or less.
fn changed(of: &Value, twice: bool) -> BoxedStrategy<Value> {
    let other = value(twice);
    let inside = match of {
        Value::Leaf(text) => Just(Value::Leaf(text)).boxed(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| changed(item, twice)).collect();
            items.prop_map(Value::List).boxed()
        }
        Value::Map(members) => {
            let kept: Vec<_> = members
                .iter()
                .map(|(key, value)| (Just(*key), changed(value, twice), prop::bool::weighted(0.85)))
                .collect();
            (kept, prop::option::weighted(0.3, (prop::sample::select(&KEYS[..]), value(twice))))
                .prop_map(|(kept, new)| {
                    let kept = kept.into_iter().filter(|(.., stays)| *stays);
                    let mut members: Vec<_> = kept.map(|(key, value, _)| (key, value)).collect();
                    if let Some(new) = new
                        && members.iter().all(|(key, _)| *key != new.0)
                    {
                        members.push(new);
                    }
                    Value::Map(members)
                })
                .boxed()
        }
    };
    prop_oneof![8 => inside, 1 => other].boxed()
}

fn three(twice: bool) -> impl Strategy<Value = [String; 3]> {
    let gaps = || prop::sample::select(&["", " ", "\n  "][..]);
    (value(twice), gaps(), gaps())
        .prop_flat_map(move |(base, gap, other)| {
            (
                Just(base.clone()),
                changed(&base, twice),
                changed(&base, twice),
                Just(gap),
                Just(other),
            )
        })
        .prop_map(|(base, mine, theirs, gap, other)| {
            [spaced(&base, gap), spaced(&mine, gap), spaced(&theirs, other)]
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_moves_that_nobody_touched([base, mine, theirs] in three(true)) {
        prop_assert_eq!(&merge(&base, &base, &theirs).text, &theirs);
        prop_assert_eq!(&merge(&base, &mine, &base).text, &mine);
        let both = merge(&base, &mine, &theirs);
        let text = parse(&both.text).expect("what is merged is JSON");
        prop_assert_eq!(&merge(&theirs, &both.text, &theirs).text, &both.text, "stable");
        let [b, m, t] = [parse(&base), parse(&mine), parse(&theirs)].map(Result::unwrap);
        if both.text == mine {
            return Ok(());
        }
        let [Some(in_b), Some(in_m), Some(in_t), Some(in_both)] =
            [members(&b, b.root()), members(&m, m.root()), members(&t, t.root()), members(&text, text.root())]
        else { return Ok(()) };
        if ![&b, &m, &t].iter().all(|it| it.kind(it.root()) == Kind::Object) {
            return Ok(());
        }
        for (key, &id) in &in_t {
            let untouched = match (in_b.get(key), in_m.get(key)) {
                (Some(&old), Some(&new)) => is_same(&b, old, &m, new),
                (None, None) => true,
                _ => false,
            };
            if untouched {
                prop_assert_eq!(in_both.get(key).map(|&it| text.raw(it)), Some(t.raw(id)), "{}", key);
            }
        }
    }

    #[test]
    fn without_a_collision_both_changes_are_in_it_and_nothing_else([base, mine, theirs] in three(false)) {
        let both = merge(&base, &mine, &theirs);
        let [b, m, t] = [parse(&base), parse(&mine), parse(&theirs)].map(Result::unwrap);
        let text = parse(&both.text).expect("what is merged is JSON");
        let of_mine = diff(&b, &m);
        let of_theirs = diff(&b, &t);
        if !both.collisions.is_empty() {
            prop_assert!(mine != base && theirs != base && mine != theirs, "no side collides alone");
            return Ok(());
        }
        let pointers = |changes: &[super::super::Change]| -> Vec<String> {
            changes.iter().map(|change| change.pointer.clone()).collect()
        };
        // Array indices shift where elements come and go; then a change has no lasting address.
        let shifts = |changes: &[super::super::Change]| changes.iter().any(|it| {
            it.pointer.rsplit('/').next().is_some_and(|last| last.parse::<usize>().is_ok()) && (it.before.is_none() || it.after.is_none())
        });
        if shifts(&of_mine) || shifts(&of_theirs) {
            return Ok(());
        }
        for (changes, document) in [(&of_mine, &m), (&of_theirs, &t)] {
            for change in changes {
                let there = text.at_pointer(&change.pointer);
                let wanted = document.at_pointer(&change.pointer);
                let (Some(there), Some(wanted)) = (there, wanted) else {
                    prop_assert_eq!(there.is_some(), wanted.is_some(), "{}", change.pointer);
                    continue;
                };
                // The other side may have changed something inside what was added here alike.
                prop_assert!(is_same(&text, there, document, wanted), "{}", change.pointer);
            }
        }
        let known = [pointers(&of_mine), pointers(&of_theirs)].concat();
        for change in diff(&b, &text) {
            prop_assert!(known.contains(&change.pointer), "{} was not asked for", change.pointer);
        }
    }

    #[test]
    fn shapes_keep_every_token([base, ..] in three(true)) {
        use super::super::{minify, pretty};
        let (small, large) = (minify(&base).unwrap(), pretty(&base).unwrap());
        prop_assert_eq!(&minify(&large).unwrap(), &small);
        prop_assert_eq!(&pretty(&small).unwrap(), &large);
        let bare = |text: &str| text.replace([' ', '\n'], "");
        prop_assert_eq!(bare(&base), bare(&small));
        prop_assert!(diff(&parse(&base).unwrap(), &parse(&large).unwrap()).is_empty());
    }
}

#[test]
fn pretty_is_what_people_expect() {
    let text = r#"{"a":[1, {"b" : "x,\"{ y"}],"c":{},"d":[ ] }"#;
    let pretty = super::super::pretty(text).unwrap();
    assert_eq!(
        pretty,
        "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x,\\\"{ y\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}"
    );
    assert_eq!(
        super::super::minify(&pretty).unwrap(),
        r#"{"a":[1,{"b":"x,\"{ y"}],"c":{},"d":[]}"#
    );
    assert!(super::super::pretty("{").is_err());
}

#[test]
fn what_differs_is_told_by_pointer() {
    let told = |before: &str, after: &str| -> Vec<String> {
        let changes = diff(&parse(before).unwrap(), &parse(after).unwrap());
        let sides = |change: &super::super::Change| {
            let [before, after] =
                [&change.before, &change.after].map(|it| it.as_deref().unwrap_or("-"));
            format!("{} {before} {after}", change.pointer)
        };
        changes.iter().map(sides).collect()
    };
    assert_eq!(
        told(r#"{"a":{"b":1},"c":2}"#, r#"{"c": 2, "a":{"b":2,"d":3}}"#),
        ["/a/b 1 2", "/a/d - 3"]
    );
    assert_eq!(told(r#"{"t":["x","y"]}"#, r#"{"t":["n","x","y"]}"#), [r#"/t/0 - "n""#]);
    assert_eq!(told("[1,2,3]", "[1,3]"), ["/1 2 -"]);
    assert_eq!(told("1", "1.0"), [" 1 1.0"], "numbers are their text");
    assert_eq!(told(r#""A/""#, r#""\u0041\/""#), [""; 0], "strings are what they stand for");
    assert_eq!(told(r#"{"z":1,"z":2}"#, r#"{"z":1,"z":3}"#), ["/z 2 3"]);
    assert_eq!(told(r#"{"a":1}"#, "[1]"), [r#" {"a":1} [1]"#]);
}
