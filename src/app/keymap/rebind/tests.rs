//! What can be said in `[keys]`.

use proptest::prelude::*;

use super::*;
use crate::app::keymap::{Lookup, SECTIONS, stacks};

type Said = &'static [(&'static str, &'static [&'static str])];

/// One wish: `list.open` or `open`, and its keys; lines count from 1, keys are columns.
fn wish(line: usize, name: &str, keys: &[&str]) -> Rebinding {
    let spot = |text: &str, column| Spot { text: text.to_owned(), line, column };
    let (context, action) = match name.split_once('.') {
        Some((context, action)) => (Some(spot(context, 1)), action),
        None => (None, name),
    };
    let keys = keys.iter().enumerate().map(|(at, key)| spot(key, 10 + at)).collect();
    Rebinding { context, action: spot(action, 2), keys }
}

fn rebound(said: &[(&str, &[&str])]) -> Result<(Keymap, Vec<Odd>), Odd> {
    let wishes: Vec<Rebinding> =
        said.iter().enumerate().map(|(at, (name, keys))| wish(at + 1, name, keys)).collect();
    Keymap::rebound(&wishes)
}

fn means(keymap: &Keymap, contexts: &[Context], key: &str) -> Option<Action> {
    match keymap.lookup(contexts, key) {
        Lookup::Found(row) => Some(row.action),
        Lookup::Prefix | Lookup::Nothing => None,
    }
}

const LIST: &[Context] = &[Context::Users, Context::List, Context::Global, Context::Always];
const FORM: &[Context] = &[Context::Form, Context::Always];

#[test]
fn an_action_gets_other_keys_or_none() {
    let (keymap, odd) =
        rebound(&[("open", &["Enter", "o"]), ("edit", &[]), ("copy-name", &["yx"])]).unwrap();
    let whats: Vec<&str> = odd.iter().map(|odd| odd.what.as_str()).collect();
    assert_eq!(
        whats,
        [
            "keys: o is export-table in jobs, so that it is not open there",
            "keys: o is export-table in job, so that it is not open there",
        ]
    );
    assert_eq!(means(&keymap, LIST, "o"), Some(Action::Open));
    assert_eq!(means(&keymap, LIST, "l"), None);
    assert_eq!(means(&keymap, LIST, "e"), None);
    assert_eq!(means(&keymap, LIST, "yx"), Some(Action::CopyName));
    assert_eq!(keymap.key_of(LIST, Action::Open), Some("Enter"));
}

#[test]
fn one_context_can_be_named() {
    let (keymap, odd) = rebound(&[("overlay.down", &["n"])]).unwrap();
    assert_eq!(odd, []);
    assert_eq!(means(&keymap, &[Context::Overlay, Context::Always], "n"), Some(Action::Down));
    assert_eq!(means(&keymap, LIST, "j"), Some(Action::Down));
    assert_eq!(means(&keymap, LIST, "n"), None);
    let (keymap, odd) = rebound(&[("list.open", &["r"])]).unwrap();
    assert_eq!(
        (means(&keymap, LIST, "r"), odd),
        (Some(Action::Open), vec![]),
        "who names it means it"
    );
}

#[test]
fn what_is_said_of_one_context_counts_more() {
    let (keymap, _) = rebound(&[("overlay.down", &["n"]), ("down", &["Down", "^n"])]).unwrap();
    assert_eq!(means(&keymap, &[Context::Review], "^n"), Some(Action::Down));
    assert_eq!(means(&keymap, &[Context::Overlay], "n"), Some(Action::Down));
    assert_eq!(means(&keymap, &[Context::Overlay], "^n"), None);
}

#[test]
fn a_command_can_get_a_key() {
    let (keymap, _) = rebound(&[("info", &["I"])]).unwrap();
    assert_eq!(means(&keymap, LIST, "I"), Some(Action::Info));
}

#[test]
fn letters_stay_text_where_text_is_typed() {
    let (keymap, _) = rebound(&[("help", &["H"]), ("leave", &["X"])]).unwrap();
    assert_eq!(means(&keymap, LIST, "H"), Some(Action::Help));
    assert_eq!(means(&keymap, FORM, "H"), None);
    assert_eq!(means(&keymap, FORM, "X"), None);
    assert_eq!(means(&keymap, FORM, "Esc"), Some(Action::Leave));
    assert_eq!(means(&keymap, FORM, "F1"), Some(Action::Help));
    assert_eq!(means(&keymap, &[Context::Quit], "X"), Some(Action::Leave));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let told = |said: &[(&str, &[&str])]| {
        let odd = rebound(said).unwrap_err();
        format!("{}:{} {}", odd.line, odd.column, odd.what)
    };
    let wrong: &[(Said, &str)] = &[
        (&[("opne", &["o"])], "1:2 keys: there is no action opne; is it open? (switchboard keys"),
        (&[("lisp.open", &["o"])], "1:1 keys: there is no context lisp; is it list?"),
        (&[("list.save", &["o"])], "1:1 keys: save does nothing in list"),
        (&[("open", &["o", "Entre"])], "1:11 keys: expected a key such as"),
        (&[("open", &["^m"])], "1:10 keys: ^m cannot be used: old terminals send it for Enter"),
        (&[("mute", &["e"])], "1:10 keys: e is edit in global already; give edit another key"),
        (&[("mute", &["%"]), ("edit", &["%"])], "2:10 keys: % is mute in global already"),
        (&[("edit", &["%"]), ("mute", &["%"])], "2:10 keys: % is edit in global already"),
        (&[("mute", &["y"])], "1:10 keys: y of mute hides yy of copy-sid"),
        (&[("list.open", &["gg"])], "1:10 keys: g of top hides gg of open"),
        (&[("save", &["s"])], "1:10 keys: s is typed as text where save holds"),
        (&[("form.leave", &["F9", "x"])], "1:11 keys: x is typed as text where leave holds"),
        (&[("delete.switch-webhooks", &["d"])], "1:10 keys: d is typed as text"),
        (&[("cancel", &["Enter"])], "1:10 keys: Enter is typed as text where cancel holds"),
        (&[("open", &["Esc"])], "1:10 keys: Esc is the way back, and stays it"),
        (&[("open", &["F1"])], "1:10 keys: F1 is the way to help"),
        (&[("quit", &[])], "1:2 keys: quit needs a key"),
        (&[("first-run.quit", &[])], "1:2 keys: quit needs a key"),
        (&[("delete", &["D"])], "1:2 keys: delete has no key; it is typed"),
        (&[("fold-to-depth", &["zz"])], "1:10 keys: the key of fold-to-depth ends in the depth"),
        (&[("\u{1b}[31m", &[])], "there is no action ␛[31m (switchboard"),
    ];
    for (said, words) in wrong {
        assert!(told(said).contains(words), "{said:?}\n{}", told(said));
    }
}

#[test]
fn a_key_that_is_hidden_is_warned_of() {
    let (_, odd) = rebound(&[("mute", &["s"])]).unwrap();
    assert_eq!(odd.len(), 1);
    assert_eq!(odd[0].what, "keys: s is sort-by in list, so that it is not mute there");
    assert_eq!((odd[0].line, odd[0].column), (1, 10));
}

#[test]
fn esc_and_help_stay_whatever_is_taken_away() {
    let none: &[&str] = &[];
    let said: Vec<(String, &[&str])> = actions()
        .iter()
        .map(name)
        .filter(|it| !["quit", "delete"].contains(&it.as_str()))
        .map(|it| (it, none))
        .collect();
    let said: Vec<(&str, &[&str])> =
        said.iter().map(|(name, keys)| (name.as_str(), *keys)).collect();
    let (keymap, _) = rebound(&said).unwrap();
    assert_leads_back(&keymap);
}

fn assert_leads_back(keymap: &Keymap) {
    let default = Keymap::default();
    for stack in stacks() {
        for key in FIXED {
            assert_eq!(means(keymap, &stack, key), means(&default, &stack, key), "{stack:?} {key}");
        }
        let quits = keymap.within(&stack).filter(|row| row.action == Action::Quit);
        assert!(quits.into_iter().all(|row| !row.keys.is_empty()), "{stack:?}");
    }
}

#[test]
fn the_sections_tell_all_contexts() {
    for context in contexts() {
        assert!(SECTIONS.iter().any(|(_, of)| of.contains(&context)), "{context:?}");
    }
}

fn said() -> impl Strategy<Value = (String, Vec<String>)> {
    let actions: Vec<String> = actions().iter().map(name).collect();
    let contexts: Vec<String> = contexts().iter().map(name).collect();
    let bound: Vec<String> =
        BINDINGS.iter().flat_map(|row| row.keys).map(|key| (*key).to_owned()).collect();
    let key = prop_oneof![
        3 => prop::sample::select(bound),
        2 => "[A-Z%&$,;]",
        1 => "[a-z][a-z]",
        1 => "\\^[a-z]",
        1 => "(F[0-9]{1,2}|Alt-[a-z]|\\PC{0,3})",
    ];
    let name = prop_oneof![
        6 => prop::sample::select(actions.clone()),
        4 => (prop::sample::select(contexts), prop::sample::select(actions))
            .prop_map(|(context, action)| format!("{context}.{action}")),
        1 => "\\PC{0,8}",
    ];
    (name, prop::collection::vec(key, 0..3))
}

proptest! {
    #[test]
    fn any_table_loads_or_is_refused_with_its_place(said in prop::collection::vec(said(), 1..4)) {
        let wishes: Vec<Rebinding> = said
            .iter()
            .enumerate()
            .map(|(at, (name, keys))| {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                wish(at + 1, name, &keys)
            })
            .collect();
        match Keymap::rebound(&wishes) {
            Err(odd) => {
                prop_assert!((1..=said.len()).contains(&odd.line) && odd.column > 0);
                prop_assert!(!odd.what.contains(|c: char| c.is_control()));
            }
            Ok((keymap, _)) => {
                assert_leads_back(&keymap);
                for context in contexts() {
                    let mut seen = std::collections::HashMap::new();
                    for row in keymap.within(&[context]) {
                        for key in &row.keys {
                            let before = seen.insert(key, row.action);
                            prop_assert!(before.is_none_or(|it| it == row.action), "{context:?} {key}");
                            prop_assert!(!types(context, key) || row_default(row.action, key));
                        }
                    }
                }
            }
        }
    }
}

/// The table itself gives some keys that are typed elsewhere.
fn row_default(action: Action, key: &str) -> bool {
    BINDINGS.iter().any(|row| row.action == action && row.keys.contains(&key))
}
