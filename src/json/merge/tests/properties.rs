//! What must hold of any three texts.

use super::made::versions;
use crate::json::{Change, ChangeKind, Document, Kind, NodeId, Verdict, diff, merge, parse};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A text that is the same for values that mean the same.
fn canon(document: &Document, id: NodeId) -> String {
    let children = document.children(id);
    match document.kind(id) {
        Kind::Object => {
            let key = |child| (document.key(child).unwrap(), document.raw_key(child).unwrap());
            let mut members: Vec<_> =
                children.map(|child| (key(child), canon(document, child))).collect();
            members.sort_by(|((one, _), _), ((other, _), _)| one.cmp(other));
            let members = members.iter().map(|((_, key), value)| format!("{key}:{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Kind::Array => {
            let items: Vec<_> = children.map(|child| canon(document, child)).collect();
            format!("[{}]", items.join(","))
        }
        _ => document.raw(id).to_owned(),
    }
}

/// The same of the text of a change, which may be that of a member with its key.
fn meaning(text: &str) -> String {
    let member =
        || parse(&format!("{{{text}}}")).map(|it| format!("member {}", canon(&it, NodeId::ROOT)));
    parse(text).map(|it| canon(&it, NodeId::ROOT)).or_else(|_| member()).unwrap()
}

fn told(change: &Change) -> String {
    let kind = match &change.kind {
        ChangeKind::Added(text) => format!("+ {}", meaning(text)),
        ChangeKind::Removed(text) => format!("- {}", meaning(text)),
        ChangeKind::Changed { before, after } => {
            format!("{} → {}", meaning(before), meaning(after))
        }
    };
    format!("{} {kind}", change.pointer)
}

fn all(changes: &[Change]) -> BTreeSet<String> {
    changes.iter().map(told).collect()
}

/// Whether one pointer is the other, or leads into it.
fn related(one: &str, other: &str) -> bool {
    let inside = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    inside(one, other) || inside(other, one)
}

/// Whether a change that one side made came true in a document.
fn holds(document: &Document, side: &str, change: &Change) -> bool {
    let mut here = document.ids().filter(|&id| document.pointer(id) == change.pointer);
    let is = |id: NodeId, text: &str| {
        let member = || {
            format!(
                "member {{{}:{}}}",
                document.raw_key(id).unwrap_or_default(),
                canon(document, id)
            )
        };
        canon(document, id) == meaning(text) || member() == meaning(text)
    };
    match &change.kind {
        ChangeKind::Added(text) | ChangeKind::Changed { after: text, .. } => {
            here.any(|id| is(id, text))
        }
        // An item's place may have been taken by the next, a member's by one in an object of the same name.
        ChangeKind::Removed(_) => {
            let side = parse(side).unwrap();
            here.next().is_none() || side.ids().any(|id| side.pointer(id) == change.pointer)
        }
    }
}

/// Whether the value is an item, or in an item, of an array that became longer or shorter.
fn shifts(pointer: &str, changes: &[Change]) -> bool {
    changes.iter().any(|change| {
        let (parent, _) = change.pointer.rsplit_once('/').unwrap_or_default();
        !matches!(change.kind, ChangeKind::Changed { .. })
            && pointer.starts_with(&format!("{parent}/"))
            && related(parent, pointer)
    })
}

proptest! {
    #[test]
    fn who_changes_nothing_leaves_the_other_text_as_it_is([base, mine, theirs] in versions(), any: String) {
        for text in [&base, &mine, &any] {
            prop_assert_eq!(&merge(text, text, &theirs).text, &theirs);
            prop_assert_eq!(&merge(text, &theirs, text).text, &theirs);
            prop_assert_eq!(&merge(text, &theirs, &theirs).text, &theirs);
        }
        let merged = merge(&base, &mine, &theirs);
        if merged.mine.verdict < Verdict::Changed && theirs != base {
            prop_assert_eq!(&merged.text, &theirs);
            prop_assert_eq!(merged.layout_dropped, mine != base && mine != theirs);
        }
        prop_assert_eq!(&merge(&theirs, &merged.text, &theirs).text, &merged.text);
    }

    #[test]
    fn all_of_my_changes_are_in_the_text_and_all_of_theirs_in_the_yielding_one([base, mine, theirs] in versions()) {
        let merged = merge(&base, &mine, &theirs);
        let (text, yielding) = (parse(&merged.text).unwrap(), parse(&merged.yielding).unwrap());
        for change in &merged.mine.changes {
            prop_assert!(holds(&text, &mine, change), "{}", told(change));
        }
        for change in &merged.theirs.changes {
            prop_assert!(holds(&yielding, &theirs, change), "{}", told(change));
        }
        if merged.collisions.is_empty() {
            let both = &all(&merged.mine.changes) | &all(&merged.theirs.changes);
            prop_assert_eq!(all(&diff(&base, &merged.text).changes), both);
            prop_assert_eq!(&merged.text, &merged.yielding);
            let again = merge(&base, &merged.text, &theirs);
            prop_assert!(again.collisions.is_empty());
            prop_assert!(diff(&again.text, &merged.text).changes.is_empty());
        }
    }

    #[test]
    fn no_byte_changes_that_nobody_touched([base, mine, theirs] in versions()) {
        let merged = merge(&base, &mine, &theirs);
        let (text, right) = (parse(&merged.text).unwrap(), parse(&theirs).unwrap());
        for id in right.ids().filter(|&id| !right.is_shadowed(id)) {
            let pointer = right.pointer(id);
            let touched = merged.mine.changes.iter().any(|it| related(&it.pointer, &pointer))
                || merged.collisions.iter().any(|it| related(&it.pointer, &pointer));
            if touched || shifts(&pointer, &merged.mine.changes) || theirs == base {
                continue;
            }
            let kept = text.at_pointer(&pointer);
            prop_assert_eq!(kept.map(|id| text.raw(id)), Some(right.raw(id)), "{}", pointer);
            prop_assert_eq!(kept.map(|id| text.raw_key(id)), Some(right.raw_key(id)));
        }
    }

    #[test]
    fn every_collision_is_reported_and_no_other([base, mine, theirs] in versions()) {
        let merged = merge(&base, &mine, &theirs);
        let agreed = &all(&merged.mine.changes) & &all(&merged.theirs.changes);
        let own = |it: &&Change| !agreed.contains(&told(it));
        for left in merged.mine.changes.iter().filter(own) {
            for right in merged.theirs.changes.iter().filter(own) {
                let pointers = (left.pointer.as_str(), right.pointer.as_str());
                if related(pointers.0, pointers.1) {
                    let reported = merged.collisions.iter().any(|it| {
                        related(&it.pointer, pointers.0) && related(&it.pointer, pointers.1)
                    });
                    prop_assert!(reported, "{} and {}", told(left), told(right));
                }
            }
        }
        for collision in &merged.collisions {
            let touch = |changes: &[Change]| changes.iter().any(|it| related(&it.pointer, &collision.pointer));
            prop_assert!(touch(&merged.mine.changes) && touch(&merged.theirs.changes));
            let of = |text: &Option<String>| text.as_deref().map(meaning);
            let (base, mine, theirs) = (of(&collision.base), of(&collision.mine), of(&collision.theirs));
            prop_assert!(base != mine && base != theirs && mine != theirs);
        }
    }

    #[test]
    fn any_text_is_no_trouble(base: String, mine: String, theirs: String, [one, other, _] in versions()) {
        for (base, mine, theirs) in [(&base, &mine, &theirs), (&one, &mine, &other), (&base, &one, &other)] {
            let merged = merge(base, mine, theirs);
            let text = merged.text.trim();
            prop_assert!(text == mine.trim() || text == theirs.trim() || parse(text).is_ok());
            prop_assert!(merged.collisions.is_empty() || merged.yielding == *theirs || parse(&merged.yielding).is_ok());
        }
    }
}
