//! Lines are found by what they are about.

use super::*;

fn found(state: &State, query: &JournalQuery) -> Vec<i64> {
    state.list(query).unwrap().iter().map(|entry| entry.id.number()).collect()
}

/// Four lines: two accounts, two profiles, two channels, one of them unfinished.
fn filled(dir: &Path) -> State {
    let state = open(dir);
    let other = "CH0000000000000000000000000000000f".to_owned();
    let records = [
        renaming(),
        Record { account: "AC2".to_owned(), ..renaming() },
        Record { profile: "other".to_owned(), label: "Füllung".to_owned(), ..renaming() },
        Record { sids: vec![other], kind: "channel.delete".to_owned(), ..renaming() },
    ];
    for (nth, record) in records.into_iter().enumerate() {
        let id = state.begin(&record, at(10 * i64::try_from(nth).unwrap())).unwrap();
        if nth != 1 {
            let told = Outcome { code: Some(50_307), ..outcome(End::Refused) };
            state.finish(id, &told, at(100)).unwrap();
        }
    }
    state
}

#[test]
fn each_condition_narrows() {
    let dir = dir();
    let state = filled(dir.path());
    let all = JournalQuery::default;
    let text = |text: &str| JournalQuery { text: Some(text.to_owned()), ..all() };
    let cases = [
        (all(), vec![4, 3, 2, 1]),
        (JournalQuery { since: Some(at(10)), ..all() }, vec![4, 3, 2]),
        (JournalQuery { until: Some(at(10)), ..all() }, vec![1]),
        (JournalQuery { account: Some("AC2".to_owned()), ..all() }, vec![2]),
        (JournalQuery { profile: Some("other".to_owned()), ..all() }, vec![3]),
        (JournalQuery { resource: Some(CHANNEL.to_owned()), ..all() }, vec![3, 2, 1]),
        (JournalQuery { resource: Some("CH".to_owned()), ..all() }, vec![]),
        (JournalQuery { only_unfinished: true, ..all() }, vec![2]),
        (JournalQuery { limit: Some(0), ..all() }, vec![]),
        (JournalQuery { limit: Some(2), ..all() }, vec![4, 3]),
        (JournalQuery { limit: Some(2), before: Some(EntryId::new(3)), ..all() }, vec![2, 1]),
        (text("füLLung"), vec![3]),
        (text("CHANNEL.DELETE"), vec![4]),
        (text("emea"), vec![4, 3, 2, 1]),
        (text("5030"), vec![4, 3, 1]),
        (text("%"), vec![]),
        (JournalQuery { limit: Some(1), ..text("emea") }, vec![4]),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&state, &query), expected, "{query:?}");
    }
}

#[test]
fn an_empty_journal_has_no_lines() {
    let dir = dir();
    assert_eq!(open(dir.path()).list(&JournalQuery::default()).unwrap(), []);
}

#[test]
fn what_no_version_writes_is_told_as_damage() {
    let dir = dir();
    let state = filled(dir.path());
    for change in
        ["SET sids = '{'", "SET begun = 1 << 60", "SET settled = 'perhaps'", "SET status = 70000"]
    {
        let whole = state.connection();
        whole
            .execute_batch(&format!("SAVEPOINT whole; UPDATE journal {change} WHERE id = 2"))
            .unwrap();
        drop(whole);
        let told = state.list(&JournalQuery::default()).unwrap_err().to_string();
        assert!(told.contains("is damaged"), "{change}: {told}");
        state.connection().execute_batch("ROLLBACK TO whole; RELEASE whole").unwrap();
    }
}
