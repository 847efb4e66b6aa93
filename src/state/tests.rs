mod digests;
mod drafts;
mod finding;
mod hostile;
mod jobs;
mod lines;
mod opening;
mod purging;
mod together;
mod views;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::*;

pub(super) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(super) const SERVICE: &str = "IS00000000000000000000000000000002";
pub(super) const CHANNEL: &str = "CH00000000000000000000000000000003";

/// A moment, so many seconds after the first.
pub(super) fn at(seconds: i64) -> Timestamp {
    let begin: Timestamp = "2026-11-01T12:00:00Z".parse().unwrap();
    begin.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

pub(super) fn days(days: i64) -> Timestamp {
    at(days * 24 * 60 * 60)
}

pub(super) fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub(super) fn open(dir: &Path) -> State {
    opened(dir, Keeping::default())
}

pub(super) fn opened(dir: &Path, keeping: Keeping) -> State {
    let opened = State::open(dir, keeping, at(0)).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.state
}

/// The renaming of a channel.
pub(super) fn renaming() -> Record {
    Record {
        profile: "practice".to_owned(),
        account: ACCOUNT.to_owned(),
        kind: "channel.update".to_owned(),
        method: "POST".to_owned(),
        path: format!("/v2/Services/{SERVICE}/Channels/{CHANNEL}"),
        form: vec![("FriendlyName".to_owned(), "Support EMEA".to_owned())],
        webhooks: true,
        sids: vec![CHANNEL.to_owned(), SERVICE.to_owned()],
        label: "Support EU".to_owned(),
        before: Some(r#"{"friendly_name": "Support EU"}"#.to_owned()),
        after: Some(r#"{"friendly_name":"Support EMEA" }"#.to_owned()),
        undoes: None,
    }
}

pub(super) fn outcome(end: End) -> Outcome {
    Outcome {
        end,
        status: Some(200),
        code: None,
        message: None,
        request_id: Some("RQ17".to_owned()),
        duration: Duration::from_millis(48),
    }
}

pub(super) fn done() -> Outcome {
    outcome(End::Done { made: Some(CHANNEL.to_owned()) })
}

pub(super) fn lost() -> Outcome {
    Outcome { status: None, request_id: None, ..outcome(End::Lost) }
}

pub(super) fn entry(state: &State, id: EntryId) -> Entry {
    state.get(id).unwrap().unwrap()
}

/// Every file of a directory whose bytes hold a text.
pub(super) fn files_with(dir: &Path, text: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| memchr::memmem::find(&fs::read(path).unwrap(), text.as_bytes()).is_some())
        .collect()
}
