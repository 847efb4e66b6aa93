//! `switchboard journal`, as a shell sees it.

use std::{
    path::Path,
    process::{Command, Output},
};

use switchboard::state::State;

use crate::{done, noon, open, record};

fn journal(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.env_clear().env("SWITCHBOARD_STATE_DIR", dir).env("TZ", "UTC");
    command.arg("journal").args(arguments).output().unwrap()
}

/// The exit code, standard output and standard error.
fn said(dir: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = journal(dir, arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// Two lines, in a console that still runs.
fn filled(dir: &Path) -> State {
    let state = open(dir);
    let first = state.begin(&record("Ops \u{1b}[31mroom"), noon()).unwrap();
    state.finish(first, &done(), noon()).unwrap();
    state.begin(&record("Support EU"), noon()).unwrap();
    state
}

#[test]
fn where_there_is_none_it_says_so_and_makes_none() {
    let dir = tempfile::tempdir().unwrap();
    let words = "there is no journal yet: nothing was written from here\n";
    for (form, printed) in [("table", ""), ("json", "[]\n"), ("jsonl", "")] {
        let said = said(dir.path(), &["-o", form]);
        assert_eq!(said, (0, printed.to_owned(), words.to_owned()), "{form}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_table_beside_a_running_console_shows_the_newest_last() {
    let dir = tempfile::tempdir().unwrap();
    let state = filled(dir.path());
    let (code, table, words) = said(dir.path(), &[]);
    assert_eq!((code, words.as_str()), (0, ""));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].starts_with("TIME"), "{table}");
    assert!(lines[1].contains("done") && lines[1].contains("Ops ␛[31mroom"), "{table}");
    assert!(lines[2].contains("in flight") && lines[2].contains("Support EU"), "{table}");
    assert!(lines[2].starts_with("2026-11-21 12:00:00"), "{table}");
    assert!(!table.contains('\u{1b}'));
    drop(state);
    let (_, table, _) = said(dir.path(), &[]);
    assert!(table.contains("unfinished"), "{table}");
}

#[test]
fn other_forms_hold_the_text_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let _state = filled(dir.path());
    let (_, json, _) = said(dir.path(), &["-o", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[1]["label"], "Ops \u{1b}[31mroom");
    assert_eq!(json[0]["id"], 2);
    let (_, jsonl, _) = said(dir.path(), &["--output", "jsonl", "--limit", "1"]);
    assert_eq!(jsonl.lines().count(), 1);
    let (_, csv, _) = said(dir.path(), &["-o", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&records[1][9], "Ops \u{1b}[31mroom");
    let (_, tsv, _) = said(dir.path(), &["-o", "tsv"]);
    assert!(tsv.starts_with("id\tbegun\t"), "{tsv}");
}

#[test]
fn since_narrows_and_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let _state = filled(dir.path());
    let (_, all, _) = said(dir.path(), &["-o", "jsonl", "--since", "2026-11-21T12:00:00Z"]);
    assert_eq!(all.lines().count(), 2);
    let later = said(dir.path(), &["-o", "json", "--since", "2026-11-21T12:00:01Z"]);
    assert_eq!(later, (0, "[]\n".to_owned(), "no write since then\n".to_owned()));
    for arguments in [["--since", "soon"], ["--limit", "many"], ["-o", "xml"]] {
        let (code, printed, words) = said(dir.path(), &arguments);
        assert_eq!((code, printed.as_str()), (2, ""), "{words}");
        assert!(words.contains("--help"), "{words}");
    }
}

#[test]
fn a_damaged_file_is_a_failure_and_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("switchboard.db");
    std::fs::write(&path, "no database, but of a length to be looked at as if it were one")
        .unwrap();
    let (code, printed, words) = said(dir.path(), &[]);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(words.contains("is damaged; the console sets it aside"), "{words}");
    assert!(path.exists());
}
