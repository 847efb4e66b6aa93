use super::{Change, Diff, Verdict};
use crate::json::merge::tests::versions;
use crate::json::parse;
use proptest::prelude::*;

/// `~ /a 1 → 2`, one a change.
pub(in crate::json) fn told(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|Change { pointer, before, after }| match (before, after) {
            (None, after) => format!("+ {pointer} {}", after.as_deref().unwrap_or("?")),
            (Some(before), None) => format!("- {pointer} {before}"),
            (Some(before), Some(after)) => format!("~ {pointer} {before} → {after}"),
        })
        .collect()
}

fn diff(before: &str, after: &str) -> Diff {
    super::compare(&parse(before).unwrap(), &parse(after).unwrap())
}

fn told_of(before: &str, after: &str) -> Vec<String> {
    told(&diff(before, after).changes)
}

#[test]
fn the_smallest_value_that_changed_is_named() {
    let before =
        r#"{"routing": {"queue": "tier-2", "hops": [1, 2]}, "tags": ["vip"], "old": null}"#;
    let after =
        r#"{"routing": {"owner": "ana", "queue": "tier-1", "hops": [1, {}]}, "tags": ["vip"]}"#;
    assert_eq!(
        told_of(before, after),
        [
            r#"+ /routing/owner "ana""#,
            r#"~ /routing/queue "tier-2" → "tier-1""#,
            "~ /routing/hops/1 2 → {}",
            "- /old null",
        ]
    );
    let diff = diff(before, after);
    assert_eq!((diff.verdict, diff.unchanged, diff.order_kept), (Verdict::Changed, 2, true));
}

#[test]
fn pointers_of_odd_keys() {
    assert_eq!(
        told_of(r#"{"a\u002fb": 1, "~": {"": 2}}"#, r#"{"a\u002fb": 3, "~": {"": 4}}"#),
        ["~ /a~1b 1 → 3", "~ /~0/ 2 → 4"]
    );
    let respelled = told_of(r#"{"a\u002fb": 1}"#, r#"{"a/b": 1}"#);
    assert_eq!(respelled, [r#"~ /a~1b "a\u002fb": 1 → "a/b": 1"#]);
}

#[test]
fn verdicts() {
    let text = r#"{"a": 1, "b": [{"x": 1, "y": 2}, 3]}"#;
    for (after, verdict, unchanged, order_kept) in [
        (text, Verdict::Same, 2, true),
        ("{\"a\":1,\n\"b\":[{\"x\":1,\"y\":2},3]}\n", Verdict::Spacing, 2, true),
        (r#"{"b": [{"x": 1, "y": 2}, 3], "a": 1}"#, Verdict::Order, 2, false),
        (r#"{"a": 1, "b": [{"y": 2, "x": 1}, 3]}"#, Verdict::Order, 2, false),
        (r#"{"b": [{"x": 1, "y": 2}, 3], "a": 1.0}"#, Verdict::Changed, 1, false),
        (r#"{"a": 1, "c": 0, "b": [{"x": 1, "y": 2}]}"#, Verdict::Changed, 2, true),
    ] {
        let diff = diff(text, after);
        let seen = (diff.verdict, diff.unchanged, diff.order_kept);
        assert_eq!(seen, (verdict, unchanged, order_kept), "{after}");
        assert_eq!(diff.changes.is_empty(), verdict != Verdict::Changed);
    }
    assert_eq!(diff("7", " 7 ").verdict, Verdict::Spacing);
}

#[test]
fn numbers_and_strings_differ_by_their_text() {
    assert_eq!(told_of("[1, 1]", "[1.0, 1e0]"), ["~ /0 1 → 1.0", "~ /1 1 → 1e0"]);
    assert_eq!(told_of("9007199254740993", "9007199254740992").len(), 1);
    assert_eq!(told_of(r#"["é"]"#, r#"["\u00e9"]"#), [r#"~ /0 "é" → "\u00e9""#]);
}

#[test]
fn items_that_come_and_go_do_not_change_those_around_them() {
    assert_eq!(told_of("[1, 2, 3]", "[0, 1, 2, 3]"), ["+ /0 0"]);
    assert_eq!(told_of("[1, 2, 3]", "[1, 3]"), ["- /1 2"]);
    assert_eq!(told_of("[1, 1]", "[1, 1, 1]"), ["+ /2 1"]);
    assert_eq!(told_of("[1, {\"a\": 1}, 3]", "[1, {\"a\": 2}, 4, 3]"), ["~ /1/a 1 → 2", "+ /2 4"]);
    assert_eq!(told_of("[]", "[[]]"), ["+ /0 []"]);
}

#[test]
fn no_member_of_a_repeated_name_is_lost() {
    let text = r#"{"id":18446744073709551616,"z":1,"a":2, "z":3}"#;
    let changed = |of: &str, to| told_of(text, &text.replace(of, to));
    assert_eq!(changed("\"a\":2", "\"a\":5"), ["~ /a 2 → 5"]);
    assert_eq!(changed("\"z\":1", "\"z\":5"), ["~ /z 1 → 5"]);
    assert_eq!(changed("\"z\":3", "\"z\":5"), ["~ /z 3 → 5"]);
    let without = text.replace("\"z\":1,", "");
    assert_eq!(told_of(text, &without), [format!("~  {text} → {without}")]);
    assert_eq!(told_of(r#"{"z":1,"z":2}"#, r#"{"z":2,"z":1}"#), ["~ /z 1 → 2", "~ /z 2 → 1"]);
}

#[test]
fn what_became_something_else_is_one_change() {
    assert_eq!(told_of("{}", "[]"), ["~  {} → []"]);
    assert_eq!(told_of("[{\"a\": 1}]", "[0]"), ["~ /0 {\"a\": 1} → 0"]);
    assert_eq!(told_of("1", "\"1\""), ["~  1 → \"1\""]);
}

#[test]
fn a_document_nested_beyond_any_stack_is_compared() {
    let n = 100_000;
    let text = |leaf: &str| format!("{}{leaf}{}", "[".repeat(n), "]".repeat(n));
    let diff = diff(&text("1"), &text("2"));
    assert_eq!(diff.changes.len(), 1);
    assert_eq!(diff.changes[0].pointer, "/0".repeat(n));
}

#[test]
fn a_report_tells_no_text() {
    let diff = format!("{:?}", diff(r#"{"phone": "+1"}"#, r#"{"phone": "+2"}"#));
    assert!(diff.contains("before: Some(4)") && !diff.contains("phone"), "{diff}");
}

proptest! {
    #[test]
    fn changes_are_true_of_both_texts([before, after, _] in versions()) {
        let (old, new) = (parse(&before).unwrap(), parse(&after).unwrap());
        let diff = super::compare(&old, &new);
        let all = |document: &crate::json::Document, text: &str, pointer: &str| {
            document.ids().any(|id| document.pointer(id) == pointer && document.raw(id) == text)
        };
        for Change { pointer, before, after } in &diff.changes {
            // A respelled key is told with its value.
            let is = |document, text: &Option<String>| {
                text.as_ref().is_none_or(|text| all(document, text, pointer) || parse(text).is_err())
            };
            prop_assert!(before != after && is(&old, before) && is(&new, after));
        }
        prop_assert_eq!(diff.verdict == Verdict::Same, before == after);
        prop_assert_eq!(diff.verdict == Verdict::Changed, !diff.changes.is_empty());
        let back = super::compare(&new, &old);
        prop_assert_eq!(back.changes.len(), diff.changes.len());
        prop_assert_eq!(back.unchanged, diff.unchanged);
    }
}
