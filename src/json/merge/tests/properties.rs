//! What must hold of any three texts.

use super::made::versions;
use crate::json::{Change, Document, Kind, NodeId, diff, merge, parse};
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
    let [before, after] = [&change.before, &change.after]
        .map(|text| text.as_deref().map_or_else(|| "none".into(), meaning));
    format!("{} {before} → {after}", change.pointer)
}

/// What a text was made of another.
fn changes(before: &str, after: &str) -> Vec<Change> {
    diff(&parse(before).unwrap(), &parse(after).unwrap())
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
    if let Some(text) = &change.after {
        return here.any(|id| is(id, text));
    }
    // An item's place may have been taken by the next, a member's by one in an object of the same name.
    let side = parse(side).unwrap();
    here.next().is_none() || side.ids().any(|id| side.pointer(id) == change.pointer)
}

/// Whether the value is an item, or in an item, of an array that became longer or shorter.
fn shifts(pointer: &str, changes: &[Change]) -> bool {
    changes.iter().any(|change| {
        let (parent, _) = change.pointer.rsplit_once('/').unwrap_or_default();
        (change.before.is_none() || change.after.is_none())
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
        if changes(&base, &mine).is_empty() && mine != base && theirs != base && mine != theirs {
            prop_assert_eq!((&merged.text, &merged.collisions), (&mine, &vec![String::new()]));
        }
        prop_assert_eq!(&merge(&theirs, &merged.text, &theirs).text, &merged.text);
    }

    #[test]
    fn all_of_my_changes_are_in_it_and_all_of_theirs_that_do_not_collide([base, mine, theirs] in versions()) {
        let merged = merge(&base, &mine, &theirs);
        let text = parse(&merged.text).unwrap();
        let (of_mine, of_theirs) = (changes(&base, &mine), changes(&base, &theirs));
        for change in &of_mine {
            prop_assert!(holds(&text, &mine, change), "{}", told(change));
        }
        let collides = |it: &&Change| merged.collisions.iter().any(|at| related(at, &it.pointer));
        for change in of_theirs.iter().filter(|it| !collides(it)) {
            prop_assert!(holds(&text, &theirs, change), "{}", told(change));
        }
        if merged.collisions.is_empty() {
            prop_assert_eq!(all(&changes(&base, &merged.text)), &all(&of_mine) | &all(&of_theirs));
            let again = merge(&base, &merged.text, &theirs);
            prop_assert!(again.collisions.is_empty() && changes(&again.text, &merged.text).is_empty());
        }
    }

    #[test]
    fn no_byte_changes_that_nobody_touched([base, mine, theirs] in versions()) {
        if theirs == base {
            return Ok(());
        }
        let merged = merge(&base, &mine, &theirs);
        let of_mine = changes(&base, &mine);
        let (text, right) = (parse(&merged.text).unwrap(), parse(&theirs).unwrap());
        for id in right.ids().filter(|&id| !right.is_shadowed(id)) {
            let pointer = right.pointer(id);
            let touched = of_mine.iter().any(|it| related(&it.pointer, &pointer))
                || merged.collisions.iter().any(|at| related(at, &pointer));
            if touched || shifts(&pointer, &of_mine) {
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
        let (of_mine, of_theirs) = (changes(&base, &mine), changes(&base, &theirs));
        let agreed = &all(&of_mine) & &all(&of_theirs);
        let own = |it: &&Change| !agreed.contains(&told(it));
        for left in of_mine.iter().filter(own) {
            for right in of_theirs.iter().filter(own) {
                let (one, other) = (&left.pointer, &right.pointer);
                if related(one, other) {
                    let reported = |at: &String| related(at, one) && related(at, other);
                    prop_assert!(merged.collisions.iter().any(reported), "{} and {}", told(left), told(right));
                }
            }
        }
        for at in merged.collisions.iter().filter(|_| !of_mine.is_empty()) {
            let touch = |changes: &[Change]| changes.iter().any(|it| related(&it.pointer, at));
            prop_assert!(touch(&of_mine) && touch(&of_theirs), "{}", at);
            prop_assert!(merged.collisions.iter().all(|it| it == at || !related(it, at)));
        }
    }

    #[test]
    fn any_text_is_no_trouble(base: String, mine: String, theirs: String, [one, other, _] in versions()) {
        for (base, mine, theirs) in [(&base, &mine, &theirs), (&one, &mine, &other), (&base, &one, &other)] {
            let text = merge(base, mine, theirs).text;
            prop_assert!(text == *mine || text == *theirs || parse(&text).is_ok());
        }
    }
}
