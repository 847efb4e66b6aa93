//! The secret: in no file that Switchboard wrote, and in no byte that it printed.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use memchr::memmem;

use crate::{editor::Script, practice::Practice, pty::Start};

/// All bytes of all files below a directory.
fn bytes_below(directory: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes_below(&path) } else { fs::read(path).unwrap() });
    }
    all
}

fn printed(start: &Path, practice: &Practice, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.env_clear().env("SWITCHBOARD_STATE_DIR", start).env("HOME", start);
    command.env("TWILIO_ACCOUNT_SID", &practice.account);
    command.env("TWILIO_AUTH_TOKEN", &practice.token);
    let Output { status, stdout, stderr } = command.args(arguments).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    [stdout, stderr].concat()
}

#[test]
fn it_is_in_no_file_and_in_no_byte() {
    let practice = Practice::start("0");
    // The editor looks at all it was given, and says so where everybody would see it.
    let script = Script::new("env > \"$OUT\"; cat \"$1\"; printf '{\"a\": 1}' > \"$1\"");
    let arguments = ["--base-url", &practice.url, "--log-level", "trace"];
    let start = Start::console(&arguments)
        .env("TWILIO_ACCOUNT_SID", &practice.account)
        .env("TWILIO_AUTH_TOKEN", &practice.token);
    let mut console = script.edits(start).open();
    console.goes_to("ideas");
    // A write, its line in the journal, a text by way of the editor, a draft.
    console.press("e -1 ^s");
    console.sees("saved friendly name of");
    console.press("@");
    console.sees("Journal 1, all loaded");
    console.press("Enter");
    console.sees("TWILIO_ACCOUNT_SID");
    console.press("Backspace");
    console.sees("Journal 1, all loaded");
    console.press("Backspace");
    console.points_at("Ideas-1");
    console.press("E");
    console.sees("what the editor wrote is in the form");
    console.press("^s");
    console.sees("saved attributes of");
    console.press(":info Enter");
    console.sees("This account");
    console.press("q");
    console.sees_no_more("This account");
    let (account, token) = (practice.account.clone(), practice.token.clone());
    console.press("e draft");
    console.sees("Ideas-1draft");
    let state = console.state().to_owned();
    let others: Vec<u8> = [
        &["journal", "-o", "table"][..],
        &["journal", "-o", "json"],
        &["journal", "-o", "csv"],
        &["info"],
        &["keys"],
    ]
    .iter()
    .flat_map(|arguments| printed(&state, &practice, arguments))
    .collect();
    drop(practice);
    console.press("^s");
    console.until("the form back", |seen| seen.has("offline since") && seen.has("Edit channel"));
    let files = bytes_below(&state);
    let out = bytes_below(script.path());
    console.press("^c ^c");
    console.sees("y quits");
    console.press("y");
    assert_eq!(console.ends(), 0);
    let raw = console.now().raw.clone();
    let found = |bytes: &[u8], text: &str| memmem::find(bytes, text.as_bytes()).is_some();
    assert!(found(&files, "Ideas-1"), "the search finds what is there");
    assert!(found(&out, "SWITCHBOARD_STATE_DIR"), "the editor told its environment");
    let header = STANDARD.encode(format!("{account}:{token}"));
    for (name, bytes) in
        [("a file", files), ("the editor", out), ("the screen", raw), ("a command", others)]
    {
        assert!(!found(&bytes, &token), "{name} holds the secret");
        let encoded = form_urlencoded::byte_serialize(token.as_bytes()).collect::<String>();
        assert!(!found(&bytes, &encoded), "{name} holds the secret, encoded");
        assert!(!found(&bytes, &header), "{name} holds the header that proves who asks");
    }
    assert!(!found(&bytes_below(&state), &token));
}
