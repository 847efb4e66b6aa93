//! What was typed and not saved.

use super::*;

fn kept(key: &str, text: &str, seconds: i64) -> Draft {
    Draft { key: key.to_owned(), text: text.to_owned(), written: at(seconds) }
}

#[test]
fn the_last_text_of_each_form_is_kept_apart_by_account() {
    let dir = dir();
    let state = open(dir.path());
    state.put_draft(ACCOUNT, "channel/1", "first", at(1)).unwrap();
    state.put_draft(ACCOUNT, "channel/2", "other", at(2)).unwrap();
    state.put_draft("AC2", "channel/1", "elsewhere", at(3)).unwrap();
    state.put_draft(ACCOUNT, "channel/1", "second", at(4)).unwrap();
    drop(state);
    let state = open(dir.path());
    let (first, second) = (kept("channel/1", "second", 4), kept("channel/2", "other", 2));
    assert_eq!(state.drafts(ACCOUNT).unwrap(), [first.clone(), second.clone()]);
    assert_eq!(state.take_over_drafts(ACCOUNT).unwrap(), [first, second.clone()]);
    state.drop_draft(ACCOUNT, "channel/1").unwrap();
    state.drop_draft(ACCOUNT, "channel/1").unwrap();
    assert_eq!(state.drafts(ACCOUNT).unwrap(), [second]);
    assert_eq!(state.drafts("AC2").unwrap().len(), 1);
}

#[test]
fn consoles_that_run_keep_their_own_and_what_others_left_is_taken_over_once() {
    let dir = dir();
    let (first, second) = (open(dir.path()), open(dir.path()));
    first.put_draft(ACCOUNT, "channel/1", "of the first", at(1)).unwrap();
    second.put_draft(ACCOUNT, "channel/1", "of the second", at(2)).unwrap();
    second.put_draft(ACCOUNT, "channel/2", "also", at(3)).unwrap();
    first.drop_draft(ACCOUNT, "channel/2").unwrap();
    assert_eq!(first.take_over_drafts(ACCOUNT).unwrap(), [kept("channel/1", "of the first", 1)]);
    let third = open(dir.path());
    assert_eq!(third.take_over_drafts(ACCOUNT).unwrap(), []);
    drop(second);
    assert_eq!(
        third.take_over_drafts(ACCOUNT).unwrap(),
        [kept("channel/2", "also", 3), kept("channel/1", "of the second", 2)]
    );
    drop(first);
    // Of this form one is here already; the other waits until that one is saved or given up.
    assert_eq!(third.take_over_drafts(ACCOUNT).unwrap().len(), 2);
    third.drop_draft(ACCOUNT, "channel/1").unwrap();
    let left = third.take_over_drafts(ACCOUNT).unwrap();
    assert_eq!(left[1], kept("channel/1", "of the first", 1));
}

#[test]
fn drafts_go_at_thirty_days_from_their_last_writing() {
    let dir = dir();
    let state = open(dir.path());
    state.put_draft(ACCOUNT, "old", "x", at(0)).unwrap();
    state.put_draft(ACCOUNT, "touched", "x", at(0)).unwrap();
    state.put_draft(ACCOUNT, "touched", "y", at(1)).unwrap();
    state.purge(days(30)).unwrap();
    let keys: Vec<_> = state.drafts(ACCOUNT).unwrap().into_iter().map(|draft| draft.key).collect();
    assert_eq!(keys, ["touched"]);
}

#[test]
fn a_draft_leaves_the_journal_as_durable_as_it_was() {
    let dir = dir();
    let state = open(dir.path());
    let synchronous = |state: &State| {
        let read = |row: &rusqlite::Row| row.get::<_, i64>(0);
        state.connection().pragma_query_value(None, "synchronous", read).unwrap()
    };
    assert_eq!(synchronous(&state), 2, "FULL");
    state.put_draft(ACCOUNT, "k", "x", at(0)).unwrap();
    assert_eq!(synchronous(&state), 2);
    state.connection().execute_batch("PRAGMA query_only = ON").unwrap();
    let told = state.drop_draft(ACCOUNT, "k").unwrap_err();
    assert!(matches!(told, StateError::ReadOnly { .. }), "{told}");
    assert_eq!(synchronous(&state), 2, "after a failure too");
}
