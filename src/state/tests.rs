use std::{os::unix::fs::PermissionsExt, process::Command, thread};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

const ACCOUNT: &str = "AC00000000000000000000000000000001";

fn now() -> Timestamp {
    "2026-03-02T14:02:11Z".parse().unwrap()
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

fn opened(dir: &TempDir) -> State {
    opened_keeping(dir, Keeping::default())
}

fn opened_keeping(dir: &TempDir, keeping: Keeping) -> State {
    let opened = State::open(dir.path(), keeping, now()).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.state
}

fn fields(value: &str) -> Fields {
    vec![("FriendlyName".to_owned(), Some(value.to_owned())), ("UniqueName".to_owned(), None)]
}

fn record(name: &str) -> Record {
    Record {
        profile: "work".to_owned(),
        account: ACCOUNT.to_owned(),
        kind: "channel.update".to_owned(),
        method: "POST".to_owned(),
        path: "/v2/Services/IS1/Channels/CH1".to_owned(),
        webhooks: true,
        resource: "CH1".to_owned(),
        label: Some(name.to_owned()),
        form: Some(fields(name)),
        before: Some(fields("before")),
        after: Some(fields(name)),
        undoes: Some(EntryId(7)),
    }
}

fn ending(outcome: Outcome) -> Ending {
    Ending {
        outcome,
        status: Some(400),
        code: Some(50_300),
        message: Some("said no to Ana".to_owned()),
        request_id: Some("RQ1".to_owned()),
        millis: 12,
        made: Some("CH2".to_owned()),
    }
}

fn all(state: &State) -> Vec<Entry> {
    state.entries(&Query::default()).unwrap()
}

#[test]
fn a_line_is_there_before_the_end_and_whole_after_it() {
    let dir = TempDir::new().unwrap();
    let state = opened(&dir);
    let id = state.begin(&record("Ana"), now()).unwrap();
    let other = opened(&dir);
    let line = other.entry(id).unwrap().unwrap();
    assert_eq!((line.standing(), &line.record), (Standing::Unfinished, &record("Ana")));
    state.finish(id, &ending(Outcome::Lost), now()).unwrap();
    let line = other.entry(id).unwrap().unwrap();
    assert_eq!(line.ending, Some((now(), ending(Outcome::Lost))));
    assert_eq!(line.standing(), Standing::Unknown);
    state.settle(id, true).unwrap();
    assert_eq!(other.entry(id).unwrap().unwrap().standing(), Standing::Done);
    assert_eq!(other.entry(EntryId(99)).unwrap(), None);
}

#[test]
fn lines_are_asked_for() {
    let dir = TempDir::new().unwrap();
    let state = opened(&dir);
    let ids: Vec<_> =
        (0..6).map(|at| state.begin(&record(&at.to_string()), now() + days(at)).unwrap()).collect();
    state.finish(ids[0], &ending(Outcome::Done), now()).unwrap();
    state.finish(ids[1], &ending(Outcome::Failed), now()).unwrap();
    state.finish(ids[2], &ending(Outcome::Lost), now()).unwrap();
    state.settle(ids[3], false).unwrap();
    let asked = |query: Query| -> Vec<EntryId> {
        state.entries(&query).unwrap().into_iter().map(|entry| entry.id).collect()
    };
    let newest_first = |picks: &[usize]| picks.iter().map(|&at| ids[at]).collect::<Vec<_>>();
    assert_eq!(asked(Query::default()), newest_first(&[5, 4, 3, 2, 1, 0]));
    assert_eq!(asked(Query { open: true, ..Query::default() }), newest_first(&[5, 4, 2]));
    let since = Query { since: Some(now() + days(4)), ..Query::default() };
    assert_eq!(asked(since), newest_first(&[5, 4]));
    let page = Query { before: Some(ids[4]), limit: Some(2), ..Query::default() };
    assert_eq!(asked(page), newest_first(&[3, 2]));
    assert_eq!(asked(Query { account: Some("AC2".to_owned()), ..Query::default() }), []);
}

#[test]
fn what_is_thirty_days_old_is_wiped_and_the_line_stays() {
    let dir = TempDir::new().unwrap();
    let state = opened(&dir);
    let old = state.begin(&record("Ana"), now()).unwrap();
    state.finish(old, &ending(Outcome::Failed), now()).unwrap();
    state.put_draft(ACCOUNT, "old", "Ana", now()).unwrap();
    let young = state.begin(&record("Bea"), now() + SignedDuration::from_secs(1)).unwrap();
    state.purge(now() + days(30) - SignedDuration::from_secs(1)).unwrap();
    assert!(state.entry(old).unwrap().unwrap().has_values());
    state.purge(now() + days(30)).unwrap();
    let line = state.entry(old).unwrap().unwrap();
    let wiped = Record { label: None, form: None, before: None, after: None, ..record("Ana") };
    assert_eq!((&line.record, line.has_values()), (&wiped, false));
    let (_, ending) = line.ending.unwrap();
    assert_eq!((ending.message, ending.status), (None, Some(400)));
    assert_eq!(state.entry(young).unwrap().unwrap().record, record("Bea"));
    assert_eq!(state.drafts(ACCOUNT).unwrap(), []);
    drop(state);
    let bytes = fs::read(dir.path().join(FILE)).unwrap();
    assert!(!bytes.windows(14).any(|window| window == b"said no to Ana"), "nor in free pages");
}

#[test]
fn digests_stand_for_values_and_nothing_is_kept_for_no_days() {
    let dir = TempDir::new().unwrap();
    let state = opened_keeping(&dir, Keeping { digest: true, ..Keeping::default() });
    let id = state.begin(&record("before"), now()).unwrap();
    let line = state.entry(id).unwrap().unwrap();
    assert!(line.digest && !line.has_values());
    let (before, after) = (line.record.before.unwrap(), line.record.after.unwrap());
    assert_eq!(before[0].1, after[0].1, "what is equal has equal digests");
    assert!(before[0].1.as_ref().unwrap().starts_with("sha256:") && before[1].1.is_none());
    assert_ne!(line.record.label.as_deref(), Some("before"));

    let state = opened_keeping(&dir, Keeping { days: 0, ..Keeping::default() });
    let id = state.begin(&record("Ana"), now()).unwrap();
    state.finish(id, &ending(Outcome::Failed), now()).unwrap();
    state.put_draft(ACCOUNT, "key", "Ana", now()).unwrap();
    let line = state.entry(id).unwrap().unwrap();
    assert_eq!((line.record.label, line.record.after), (None, None));
    assert_eq!(line.ending.unwrap().1.message, None);
    assert_eq!(state.drafts(ACCOUNT).unwrap(), []);
}

#[test]
fn drafts_belong_to_an_account_and_the_last_word_counts() {
    let dir = TempDir::new().unwrap();
    let state = opened(&dir);
    state.put_draft(ACCOUNT, "a", "one", now()).unwrap();
    state.put_draft(ACCOUNT, "a", "two", now() + days(1)).unwrap();
    state.put_draft(ACCOUNT, "b", "", now()).unwrap();
    state.put_draft("AC2", "a", "other", now()).unwrap();
    let texts = |account| -> Vec<String> {
        state.drafts(account).unwrap().into_iter().map(|draft| draft.text).collect()
    };
    assert_eq!(
        (texts(ACCOUNT), texts("AC2")),
        (vec!["two".into(), String::new()], vec!["other".into()])
    );
    assert_eq!(state.draft(ACCOUNT, "a").unwrap().unwrap().saved, now() + days(1));
    state.drop_draft(ACCOUNT, "a").unwrap();
    assert_eq!(texts(ACCOUNT), [""]);
}

#[test]
fn only_the_owner_can_read_it() {
    let dir = TempDir::new().unwrap();
    let inner = dir.path().join("a/state");
    let state = State::open(&inner, Keeping::default(), now()).unwrap().state;
    state.begin(&record("Ana"), now()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    for file in fs::read_dir(&inner).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn what_cannot_be_used_is_set_aside_and_kept() {
    let newer = {
        let dir = TempDir::new().unwrap();
        drop(opened(&dir));
        let path = dir.path().join(FILE);
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 2").unwrap();
        fs::read(path).unwrap()
    };
    let truncated = {
        let dir = TempDir::new().unwrap();
        let state = opened(&dir);
        for _ in 0..50 {
            state.begin(&record(&"x".repeat(2_000)), now()).unwrap();
        }
        drop(state);
        let mut bytes = fs::read(dir.path().join(FILE)).unwrap();
        bytes.truncate(8_192);
        bytes
    };
    let cases = [
        (
            b"this is no database at all, and longer than a header of one would be: a text"
                .to_vec(),
            "damaged",
        ),
        (newer, "newer Switchboard (layout 2)"),
        (truncated, "damaged"),
    ];
    for (bytes, words) in cases {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join(FILE), &bytes).unwrap();
        let opened = State::open(dir.path(), Keeping::default(), now()).unwrap();
        let (aside, why) = opened.set_aside.expect(words);
        assert!(why.contains(words), "{why}");
        assert!(aside.file_name().unwrap().to_str().unwrap().contains("20260302T140211"));
        assert_eq!(fs::read(&aside).unwrap(), bytes, "not a byte is lost");
        let id = opened.state.begin(&record("Ana"), now()).unwrap();
        assert!(opened.state.entry(id).unwrap().is_some());
    }
}

#[test]
fn an_empty_file_is_a_fresh_one() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join(FILE), "").unwrap();
    assert_eq!(all(&opened(&dir)), []);
}

#[test]
fn a_place_that_cannot_be_written_says_so() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let error = State::open(&file.join("state"), Keeping::default(), now()).unwrap_err();
    assert!(error.to_string().contains("file"), "{error}");
}

#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    let dir = TempDir::new().unwrap();
    let state = opened(&dir);
    let id = state.begin(&record("Ana"), now()).unwrap();
    state.lock().execute_batch("PRAGMA max_page_count = 1").unwrap();
    let error = state.begin(&record(&"x".repeat(100_000)), now()).unwrap_err();
    assert!(error.to_string().contains("full"), "{error}");
    state.lock().execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    state.begin(&record("Bea"), now()).unwrap();
    assert_eq!(all(&state).len(), 2);
    assert!(state.entry(id).unwrap().is_some());
}

#[test]
fn two_consoles_write_at_once() {
    let dir = TempDir::new().unwrap();
    drop(opened(&dir));
    thread::scope(|scope| {
        for who in 0..4 {
            let state = opened(&dir);
            scope.spawn(move || {
                for at in 0..25 {
                    let id = state.begin(&record(&format!("{who} {at}")), now()).unwrap();
                    state.finish(id, &ending(Outcome::Done), now()).unwrap();
                }
            });
        }
    });
    let lines = all(&opened(&dir));
    assert_eq!(lines.len(), 100);
    assert!(lines.iter().all(|line| line.standing() == Standing::Done));
}

#[test]
fn many_consoles_start_at_once() {
    for _ in 0..20 {
        let dir = TempDir::new().unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| opened(&dir).begin(&record("Ana"), now()).unwrap());
            }
        });
        assert_eq!(all(&opened(&dir)).len(), 8);
    }
}

const KILLED_IN: &str = "SWITCHBOARD_TEST_KILLED_IN";

#[test]
fn a_program_that_is_killed_leaves_the_line_unfinished() {
    let dir = TempDir::new().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "state::tests::killed_with_a_write_out", "--ignored"])
        .env(KILLED_IN, dir.path())
        .output()
        .unwrap();
    assert!(!child.status.success(), "it was killed");
    let lines = all(&opened(&dir));
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].standing(), &lines[0].record), (Standing::Unfinished, &record("Ana")));
    let open = Query { open: true, ..Query::default() };
    assert_eq!(opened(&dir).entries(&open).unwrap().len(), 1);
}

#[test]
#[ignore = "kills its own process; launched by another test"]
fn killed_with_a_write_out() {
    let dir = std::env::var(KILLED_IN).unwrap();
    let state = State::open(Path::new(&dir), Keeping::default(), now()).unwrap().state;
    state.begin(&record("Ana"), now()).unwrap();
    rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL)
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(name in any::<String>(), value in prop::option::of(any::<String>())) {
        let dir = TempDir::new().unwrap();
        let state = opened(&dir);
        let kept = Some(vec![(name.clone(), value)]);
        let record = Record { label: Some(name.clone()), before: kept.clone(), after: kept, ..record("x") };
        let id = state.begin(&record, now()).unwrap();
        prop_assert_eq!(state.entry(id).unwrap().unwrap().record, record);
        state.put_draft(&name, &name, &name, now()).unwrap();
        prop_assert_eq!(state.draft(&name, &name).unwrap().unwrap().text, name);
    }
}
