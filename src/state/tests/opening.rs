//! What was there before is used, or kept under another name; what cannot be used is told.

use std::{fs::OpenOptions, io::Write, os::unix::fs::PermissionsExt};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A file with one line, closed.
fn begun(dir: &Path) -> PathBuf {
    let state = open(dir);
    state.begin(&renaming(), at(1)).unwrap();
    state.path().to_owned()
}

/// Opens where a file has to be set aside.
fn reopened(dir: &Path) -> (State, SetAside) {
    let opened = State::open(dir, Keeping::default(), at(0)).unwrap();
    assert_eq!(opened.state.list(&JournalQuery::default()).unwrap(), [], "a fresh one");
    opened.state.begin(&renaming(), at(2)).unwrap();
    (opened.state, opened.set_aside.expect("the old one is set aside"))
}

#[test]
fn a_directory_is_made_on_the_way() {
    let dir = dir();
    let deep = dir.path().join("a").join("b");
    let state = open(&deep);
    state.begin(&renaming(), at(1)).unwrap();
    assert_eq!(mode(&deep), 0o700);
    assert_eq!(state.path(), deep.join("switchboard.db"));
}

#[test]
fn what_others_could_read_is_tightened_where_it_is_ours() {
    let dir = dir();
    let ours = dir.path().join("switchboard");
    let path = begun(&ours);
    fs::set_permissions(&ours, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _state = open(&ours);
    assert_eq!((mode(&ours), mode(&path)), (0o700, 0o600));
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let _state = open(dir.path());
    assert_eq!(mode(dir.path()), 0o755, "a directory that somebody named is left as it is");
}

#[test]
fn a_damaged_file_is_set_aside_and_kept() {
    let dir = dir();
    let path = begun(dir.path());
    let noise = b"this is not a database, and it is long enough to be looked at as one".repeat(9);
    fs::write(&path, &noise).unwrap();
    let (state, aside) = reopened(dir.path());
    assert_eq!(aside.why, Unusable::Damaged);
    assert_eq!(aside.path, dir.path().join("switchboard.20261101T120000Z.damaged.db"));
    assert_eq!(fs::read(&aside.path).unwrap(), noise, "byte for byte");
    let words = aside.to_string();
    assert!(words.contains("was damaged") && words.contains("damaged.db"), "{words}");
    drop(state);
    fs::write(&path, &noise).unwrap();
    let (_state, second) = reopened(dir.path());
    assert_eq!(second.path, dir.path().join("switchboard.20261101T120000Z.damaged-2.db"));
    assert_eq!(fs::read(&aside.path).unwrap(), noise, "the first is not written over");
}

#[test]
fn a_file_cut_anywhere_is_set_aside_or_was_empty() {
    let dir = dir();
    let path = begun(dir.path());
    let whole = fs::read(&path).unwrap();
    for length in [2, 99, 100, 4_096, whole.len() / 2, whole.len() - 4_096] {
        fs::write(&path, &whole[..length]).unwrap();
        let (_state, aside) = reopened(dir.path());
        assert_eq!(aside.why, Unusable::Damaged, "{length}");
        assert_eq!(fs::read(&aside.path).unwrap(), &whole[..length]);
    }
    fs::write(&path, "").unwrap();
    assert_eq!(open(dir.path()).list(&JournalQuery::default()).unwrap(), []);
}

#[test]
fn a_header_of_no_format_is_damage() {
    let dir = dir();
    let path = begun(dir.path());
    let mut bytes = fs::read(&path).unwrap();
    // The schema's format: SQLite knows 1 to 4.
    bytes[44..48].copy_from_slice(&[181; 4]);
    fs::write(&path, &bytes).unwrap();
    let (_state, aside) = reopened(dir.path());
    assert_eq!(aside.why, Unusable::Damaged);
    assert_eq!(fs::read(&aside.path).unwrap(), bytes);
}

#[test]
fn damage_within_a_page_is_found() {
    let dir = dir();
    let path = begun(dir.path());
    let mut bytes = fs::read(&path).unwrap();
    // Not the first page, which holds the header.
    bytes[4_096..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    assert_eq!(reopened(dir.path()).1.why, Unusable::Damaged);
}

#[test]
fn a_file_of_a_newer_version_or_of_another_program_is_left_whole() {
    for (change, why, word) in [
        ("PRAGMA user_version = 99", Unusable::Newer, "newer version"),
        ("PRAGMA application_id = 7", Unusable::Foreign, "not written by Switchboard"),
        ("PRAGMA user_version = -1", Unusable::Foreign, "not written by Switchboard"),
    ] {
        let dir = dir();
        let path = begun(dir.path());
        Connection::open(&path).unwrap().execute_batch(change).unwrap();
        let (_state, aside) = reopened(dir.path());
        assert_eq!(aside.why, why);
        assert!(aside.to_string().contains(word), "{aside}");
        let kept = Connection::open(&aside.path).unwrap();
        let lines: i64 =
            kept.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
        assert_eq!(lines, 1, "{change}");
    }
}

#[test]
fn the_log_of_changes_goes_with_its_file() {
    let dir = dir();
    let path = begun(dir.path());
    // A console of a newer version that has not been closed: its line is in the log only.
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 99").unwrap();
    newer.execute_batch("UPDATE journal SET label = 'only in the log'").unwrap();
    let (_state, aside) = reopened(dir.path());
    let kept = Connection::open(&aside.path).unwrap();
    let label: String = kept.query_row("SELECT label FROM journal", [], |row| row.get(0)).unwrap();
    assert_eq!(label, "only in the log");
}

#[test]
fn a_place_that_cannot_be_used_is_told_with_the_reason() {
    let dir = dir();
    let blocked = dir.path().join("file");
    fs::write(&blocked, "").unwrap();
    let told = State::open(&blocked, Keeping::default(), at(0)).unwrap_err().to_string();
    assert!(told.starts_with("cannot use the state directory") && told.contains("file"), "{told}");
    let below = blocked.join("below");
    let told = State::open(&below, Keeping::default(), at(0)).unwrap_err().to_string();
    assert!(told.contains("Not a directory"), "{told}");
    fs::create_dir(dir.path().join(file::NAME)).unwrap();
    let told = State::open(dir.path(), Keeping::default(), at(0)).unwrap_err().to_string();
    assert!(told.contains("switchboard.db") && told.contains("Is a directory"), "{told}");
}

#[test]
fn a_directory_that_cannot_be_written_is_told() {
    let dir = dir();
    begun(dir.path());
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let probe = dir.path().join("probe");
    let opened = State::open(dir.path(), Keeping::default(), at(0));
    let may_write = OpenOptions::new().create(true).append(true).open(probe).is_ok();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o700)).unwrap();
    // Permissions do not bind the superuser, who runs the tests in some places.
    match opened {
        Ok(_) => assert!(may_write, "opened without a permission to write"),
        Err(error) => assert!(error.to_string().contains("Permission denied"), "{error}"),
    }
}

#[test]
fn a_full_disk_refuses_to_begin_and_keeps_what_was_there() {
    let dir = dir();
    let state = open(dir.path());
    let first = state.begin(&renaming(), at(1)).unwrap();
    state.connection().execute_batch("PRAGMA max_page_count = 1").unwrap();
    let large = Record { label: "x".repeat(100_000), ..renaming() };
    let told = state.begin(&large, at(2)).unwrap_err();
    assert!(matches!(told, StateError::Full { .. }), "{told}");
    assert!(told.to_string().contains("the disk is full"), "{told}");
    let text = "x".repeat(100_000);
    let told = state.put_draft(ACCOUNT, "k", &text, at(2)).unwrap_err();
    assert!(matches!(told, StateError::Full { .. }), "{told}");
    state.finish(first, &done(), at(3)).unwrap();
    assert_eq!(state.list(&JournalQuery::default()).unwrap(), [entry(&state, first)]);
    state.connection().execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    state.begin(&large, at(4)).unwrap();
}

#[test]
fn a_file_that_was_taken_away_takes_no_more_lines() {
    let dir = dir();
    let state = open(dir.path());
    state.begin(&renaming(), at(1)).unwrap();
    fs::remove_file(state.path()).unwrap();
    let told = state.begin(&renaming(), at(2)).unwrap_err();
    assert!(told.to_string().contains("was moved or deleted"), "{told}");
    let told = state.put_draft(ACCOUNT, "k", "", at(2)).unwrap_err();
    assert!(matches!(told, StateError::Moved { .. }), "{told}");
    fs::write(state.path(), "").unwrap();
    let told = state.begin(&renaming(), at(2)).unwrap_err();
    assert!(matches!(told, StateError::Moved { .. }), "another file of that name: {told}");
}

#[test]
fn a_look_makes_nothing_and_sets_nothing_aside() {
    let dir = dir();
    assert!(State::existing(dir.path()).unwrap().is_none());
    assert!(State::existing(&dir.path().join("nowhere")).unwrap().is_none());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    let path = begun(dir.path());
    let looking = State::existing(dir.path()).unwrap().unwrap();
    assert_eq!(looking.list(&JournalQuery::default()).unwrap().len(), 1);
    drop(looking);
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(newer);
    let told = State::existing(dir.path()).unwrap_err();
    assert!(matches!(told, StateError::Newer { .. }), "{told}");
    OpenOptions::new().write(true).open(&path).unwrap().write_all(&[0; 64]).unwrap();
    let told = State::existing(dir.path()).unwrap_err();
    assert!(matches!(told, StateError::Damaged { .. }), "{told}");
    assert!(path.exists());
}
