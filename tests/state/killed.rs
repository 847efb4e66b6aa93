//! Each test starts itself again as the process that something happens to; a variable tells the two apart.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use switchboard::state::{JournalQuery, Standing};

use crate::{ACCOUNT, done, noon, open, record};

const DIR: &str = "STATE_TEST_DIR";

/// The directory to work in, in the process that was started by a test.
fn started() -> Option<PathBuf> {
    std::env::var_os(DIR).map(PathBuf::from)
}

/// Starts one test alone in a process of its own that hides no file from anybody, and waits until it is ready.
fn start(test: &str, dir: &Path) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000 && exec \"$0\" \"$@\""]).arg(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(DIR, dir);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    let ready = said.lines().any(|line| line.unwrap().contains("ready"));
    assert!(ready, "the process ended before it was ready");
    child
}

/// Says that all is done, and stays until the test is over.
fn ready() {
    let mut stdout = std::io::stdout();
    writeln!(stdout, "ready").unwrap();
    stdout.flush().unwrap();
    // Ends when the test closes the pipe, if nothing ends the process before.
    let _ = std::io::stdin().read(&mut [0]);
}

#[test]
fn a_killed_console_leaves_its_line_unfinished_and_its_draft() {
    if let Some(dir) = started() {
        let state = open(&dir);
        let first = state.begin(&record("finished"), noon()).unwrap();
        state.finish(first, &done(), noon()).unwrap();
        state.begin(&record("begun"), noon()).unwrap();
        state.put_draft(ACCOUNT, "k", "1", noon()).unwrap();
        state.put_draft(ACCOUNT, "k", "2", noon()).unwrap();
        return ready();
    }
    let dir = tempfile::tempdir().unwrap();
    let here = open(dir.path());
    let mut console =
        start("killed::a_killed_console_leaves_its_line_unfinished_and_its_draft", dir.path());
    let begun = here.list(&JournalQuery::default()).unwrap().remove(0);
    assert_eq!((begun.record.label.as_str(), begun.standing), ("begun", Standing::InFlight));
    assert_eq!(here.unfinished(ACCOUNT).unwrap(), []);
    console.kill().unwrap();
    console.wait().unwrap();
    let unfinished = here.unfinished(ACCOUNT).unwrap();
    assert_eq!(unfinished.len(), 1);
    assert_eq!((unfinished[0].id, unfinished[0].standing), (begun.id, Standing::Unfinished));
    drop(here);
    let next = open(dir.path());
    assert_eq!(next.unfinished(ACCOUNT).unwrap(), unfinished);
    assert_eq!(next.list(&JournalQuery::default()).unwrap().len(), 2);
    assert_eq!(next.take_over_drafts(ACCOUNT).unwrap()[0].text, "2");
}

#[test]
fn files_are_for_one_person_whatever_the_mask() {
    if let Some(dir) = started() {
        let state = open(&dir.join("made").join("here"));
        state.begin(&record("x"), noon()).unwrap();
        return ready();
    }
    let dir = tempfile::tempdir().unwrap();
    let mut console = start("killed::files_are_for_one_person_whatever_the_mask", dir.path());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let above = dir.path().join("made");
    let here = above.join("here");
    assert_eq!((mode(&above), mode(&here)), (0o700, 0o700));
    let files: Vec<PathBuf> =
        fs::read_dir(&here).unwrap().map(|entry| entry.unwrap().path()).collect();
    // The file, its log and shared memory, the lock, the sign of life.
    assert_eq!(files.len(), 5, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    console.kill().unwrap();
    console.wait().unwrap();
}
