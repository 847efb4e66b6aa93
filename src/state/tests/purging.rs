//! Personal data goes when it is as old as it may become; the line stays.

use super::*;

/// The line of a write that was refused, by name.
fn refused(state: &State, now: Timestamp) -> EntryId {
    let path = format!("/v2/Services/{SERVICE}/Users/ana-1@example.org");
    let record = Record { path, label: "Ana-1".to_owned(), ..renaming() };
    let id = state.begin(&record, now).unwrap();
    let message = Some("Ana-1 is not there".to_owned());
    let told = Outcome { code: Some(20_404), status: Some(404), message, ..done() };
    state.finish(id, &Outcome { end: End::Refused, ..told }, now).unwrap();
    id
}

#[test]
fn exactly_thirty_days_are_too_old_and_a_moment_less_is_not() {
    let dir = dir();
    let state = open(dir.path());
    let (old, young) = (refused(&state, at(0)), refused(&state, at(1)));
    assert_eq!(state.purge(days(29)).unwrap(), 0);
    assert_eq!(state.purge(days(30)).unwrap(), 1);
    assert_eq!(state.purge(days(30)).unwrap(), 0, "done once");
    assert_eq!(entry(&state, young).kept, Kept::Full);
    let purged = entry(&state, old);
    let record = Record {
        path: format!("/v2/Services/{SERVICE}/Users/{{name}}"),
        label: String::new(),
        form: vec![],
        before: None,
        after: None,
        ..renaming()
    };
    assert_eq!(purged.record, record);
    assert_eq!((purged.kept, purged.message.clone()), (Kept::Nothing, None));
    assert_eq!((purged.status, purged.code), (Some(404), Some(20_404)));
    assert_eq!(purged.standing, Standing::Refused);
    assert_eq!(purged.curl("https://chat.example.org"), None);
}

#[test]
fn what_was_purged_is_in_no_file_any_more() {
    let dir = dir();
    let state = open(dir.path());
    refused(&state, at(0));
    let large =
        Record { after: Some(format!("{{\"a\":\"Ana-1{}\"}}", "y".repeat(50_000))), ..renaming() };
    state.begin(&large, at(0)).unwrap();
    state.put_draft(ACCOUNT, "k", "Ana-1", at(0)).unwrap();
    assert!(!files_with(dir.path(), "Ana-1").is_empty());
    assert_eq!(state.purge(days(31)).unwrap(), 3);
    for name in ["Ana-1", "ana-1@example.org", "Support E", "yyyyyyyy"] {
        assert_eq!(files_with(dir.path(), name), [] as [PathBuf; 0], "{name}");
    }
}

#[test]
fn opening_purges() {
    let dir = dir();
    let id = refused(&open(dir.path()), at(0));
    let week = Keeping { days: 7, ..Keeping::default() };
    let opened = |now| State::open(dir.path(), week, now).unwrap().state;
    assert_eq!(entry(&opened(days(6)), id).kept, Kept::Full);
    assert_eq!(entry(&opened(days(7)), id).kept, Kept::Nothing);
}

#[test]
fn an_answer_that_comes_after_the_purge_brings_nothing_back() {
    let dir = dir();
    let state = open(dir.path());
    let id = state.begin(&renaming(), at(0)).unwrap();
    state.purge(days(30)).unwrap();
    let message = Some("EMEA".to_owned());
    state.finish(id, &Outcome { message, ..done() }, days(30)).unwrap();
    let entry = entry(&state, id);
    assert_eq!(entry.message, None);
    assert_eq!(entry.standing, Standing::Done);
}

#[test]
fn no_days_keep_no_names_but_every_line() {
    let dir = dir();
    {
        let state = open(dir.path());
        refused(&state, at(0));
        // A clock that was ahead.
        state.put_draft(ACCOUNT, "k", "Ana-1", days(400)).unwrap();
    }
    let state = opened(dir.path(), Keeping { days: 0, bodies: Bodies::Full });
    assert!(!state.keeps_drafts());
    state.put_draft(ACCOUNT, "k", "Ana-1", at(0)).unwrap();
    assert_eq!(state.drafts(ACCOUNT).unwrap(), []);
    let id = state.begin(&renaming(), at(1)).unwrap();
    state.finish(id, &done(), at(2)).unwrap();
    let entry = entry(&state, id);
    assert_eq!((entry.kept, entry.standing), (Kept::Nothing, Standing::Done));
    assert_eq!(entry.record.sids, renaming().sids);
    drop(state);
    for name in ["Ana-1", "Support"] {
        assert_eq!(files_with(dir.path(), name), [] as [PathBuf; 0], "{name}");
    }
}

#[test]
fn times_at_the_ends_of_the_calendar_purge_without_a_fault() {
    let dir = dir();
    let state = opened(dir.path(), Keeping { days: u32::MAX, bodies: Bodies::Full });
    refused(&state, at(0));
    for now in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        assert_eq!(state.purge(now).unwrap(), 0);
    }
}
