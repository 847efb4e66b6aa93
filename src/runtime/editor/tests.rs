#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::os::unix::{fs::PermissionsExt, process::ExitStatusExt};

use super::*;

fn state() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn sheet(state: &TempDir, text: &str) -> Sheet {
    Editor::new(Some(state.path().join("deep/state")), |_| None, [])
        .lay_out("attributes.json", text)
        .unwrap()
}

fn ended(raw: i32) -> End {
    End::Editor(ExitStatus::from_raw(raw))
}

/// How many files and directories lie in the state directory.
fn left(state: &TempDir) -> usize {
    fs::read_dir(state.path().join("deep/state")).unwrap().count()
}

#[test]
fn the_file_is_the_owners_alone_and_gone_afterwards_with_all_beside_it() {
    let state = state();
    let sheet = sheet(&state, "{}");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(sheet.path()), 0o600);
    assert_eq!(mode(sheet.dir.path()), 0o700);
    assert_eq!(fs::read_to_string(sheet.path()).unwrap(), "{}");
    fs::write(sheet.path().with_extension("json~"), "a copy").unwrap();
    fs::write(sheet.path(), "{\"a\":1}\r\n").unwrap();
    assert_eq!(sheet.take_in(Ok(ended(0))).unwrap(), "{\"a\":1}\r\n");
    assert_eq!(left(&state), 0);
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let state = state();
    let failed = |raw, text: &str| {
        let sheet = sheet(&state, "{}");
        fs::write(sheet.path(), text).unwrap();
        sheet.take_in(Ok(ended(raw))).unwrap_err()
    };
    assert_eq!(failed(3 << 8, "{1}"), "the editor failed with status 3; nothing is changed");
    let told = failed(9, "{}\n");
    assert!(told.starts_with("the editor was ended by a signal: 9"), "{told}");
    assert!(told.ends_with("; nothing is changed"), "{told}");
    assert_eq!(left(&state), 0);
    let told = failed(9, "{\"typed\": 1}");
    assert!(told.contains("; what it had saved is not taken in; kept as "), "{told}");
    let path = told.rsplit(" kept as ").next().unwrap();
    assert_eq!(fs::read_to_string(path).unwrap(), "{\"typed\": 1}");
}

#[test]
fn a_file_that_is_gone_or_no_file_any_more_changes_nothing() {
    let state = state();
    let gone = sheet(&state, "{}");
    fs::remove_file(gone.path()).unwrap();
    let told = gone.take_in(Ok(ended(0))).unwrap_err();
    assert_eq!(told, "the editor took its file away; nothing is changed");
    assert_eq!(left(&state), 0);
    let other = sheet(&state, "{}");
    fs::remove_file(other.path()).unwrap();
    fs::create_dir(other.path()).unwrap();
    assert!(other.take_in(Ok(ended(0))).unwrap_err().contains("it is no file any more"));
}

#[test]
fn what_cannot_be_taken_in_is_kept_and_its_place_told() {
    let state = state();
    for (bytes, why) in [
        (b"{\n\xff}".to_vec(), "not taken in: no UTF-8 in line 2; kept as "),
        (vec![b'1'; 1024 * 1024 + 1], "not taken in: more than 1 MiB; kept as "),
    ] {
        let sheet = sheet(&state, "{}");
        fs::write(sheet.path(), &bytes).unwrap();
        let told = sheet.take_in(Ok(ended(0))).unwrap_err();
        let path = told.strip_prefix(why).unwrap();
        assert_eq!(fs::read(path).unwrap(), bytes);
    }
    let lost = sheet(&state, "{}").take_in(Err(io::Error::other("nobody knows it"))).unwrap_err();
    let path = lost.strip_prefix("the editor is lost: nobody knows it; kept as ").unwrap();
    assert_eq!(fs::read(path).unwrap(), b"{}");
    let largest = sheet(&state, "{}");
    fs::write(largest.path(), vec![b'1'; 1024 * 1024]).unwrap();
    assert_eq!(largest.take_in(Ok(ended(0))).unwrap().len(), 1024 * 1024);
}

#[test]
fn being_ended_keeps_only_what_was_changed() {
    let state = state();
    assert_eq!(sheet(&state, "{}").abandon(), None);
    assert_eq!(left(&state), 0);
    let sheet = sheet(&state, "{}");
    fs::write(sheet.path(), "{\"a\":1}").unwrap();
    let told = sheet.abandon().unwrap();
    let path = told.strip_prefix("what the editor had saved is in ").unwrap().trim_end();
    assert_eq!(fs::read_to_string(path).unwrap(), "{\"a\":1}");
}

#[test]
fn without_a_state_directory_the_words_name_its_variable() {
    let told = Editor::new(None, |_| None, []).lay_out("a.json", "").unwrap_err();
    assert!(told.contains("SWITCHBOARD_STATE_DIR"), "{told}");
}

#[test]
fn only_our_old_leftovers_are_purged() {
    let state = state();
    let dir = state.path();
    for name in ["edit-old", "edit-fresh", "other"] {
        fs::create_dir(dir.join(name)).unwrap();
        fs::write(dir.join(name).join("attributes.json"), "{}").unwrap();
    }
    fs::write(dir.join("edit-file"), "").unwrap();
    let begun = fs::metadata(dir).unwrap().modified().unwrap();
    let day = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
    let age = |name: &str, days| {
        let of = |path: PathBuf| fs::File::open(path).unwrap().set_modified(begun - day(days));
        of(dir.join(name).join("attributes.json")).unwrap();
        of(dir.join(name)).unwrap();
    };
    age("edit-old", 30);
    age("edit-fresh", 29);
    age("other", 300);
    purge(dir, begun);
    let is_there = |name: &str| dir.join(name).exists();
    assert!(!is_there("edit-old"));
    assert!(is_there("edit-fresh") && is_there("other") && is_there("edit-file"));
    purge(&dir.join("nowhere"), begun);
}
