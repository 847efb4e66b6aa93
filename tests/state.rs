//! The state file as other processes see it: one that is killed, one that is started beside it, one that reads it.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "state/command.rs"]
mod command;
#[path = "state/killed.rs"]
mod killed;

use std::{path::Path, time::Duration};

use jiff::Timestamp;
use switchboard::state::{End, Keeping, Outcome, Record, State};

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";

pub(crate) fn noon() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub(crate) fn open(dir: &Path) -> State {
    let opened = State::open(dir, Keeping::default(), noon()).unwrap();
    assert_eq!(opened.set_aside, None);
    opened.state
}

pub(crate) fn record(label: &str) -> Record {
    Record {
        profile: "practice".to_owned(),
        account: ACCOUNT.to_owned(),
        kind: "channel.update".to_owned(),
        method: "POST".to_owned(),
        path: "/v2/Services/IS00000000000000000000000000000002".to_owned(),
        form: vec![("FriendlyName".to_owned(), label.to_owned())],
        webhooks: false,
        sids: vec!["CH00000000000000000000000000000003".to_owned()],
        label: label.to_owned(),
        before: None,
        after: None,
        undoes: None,
    }
}

pub(crate) fn done() -> Outcome {
    Outcome {
        end: End::Done { made: None },
        status: Some(200),
        code: None,
        message: None,
        request_id: None,
        duration: Duration::from_millis(7),
    }
}
