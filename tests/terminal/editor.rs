//! The person's own editor, played by shell scripts: it has the terminal while it runs, its text comes back, and nothing
//! is left behind.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempDir;

use crate::{
    practice::Practice,
    pty::{Console, Start},
};

/// A script that stands for an editor; `$1` is the file, `$OUT` one in which it can tell something.
pub(crate) struct Script {
    dir: TempDir,
}

impl Script {
    pub(crate) fn new(lines: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("my editor");
        fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self { dir }
    }

    /// The directory of the script, and of what it told.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// What is started, with this editor in its environment.
    pub(crate) fn edits(&self, start: Start) -> Start {
        let path = self.dir.path().to_str().unwrap();
        start
            .env("VISUAL", &format!("'{path}/my editor'"))
            .env("EDITOR", "/nowhere/never-asked")
            .env("OUT", &format!("{path}/out"))
    }

    pub(crate) fn console(&self) -> Console {
        at_ideas(self.edits(Start::console(&["--sandbox"])))
    }

    fn told(&self) -> String {
        fs::read_to_string(self.dir.path().join("out")).unwrap()
    }
}

/// A console whose cursor is on the channel "Ideas".
fn at_ideas(start: Start) -> Console {
    let mut console = start.open();
    console.goes_to("ideas");
    console
}

/// The files of editing that are left in the state directory.
pub(crate) fn left(console: &Console) -> Vec<PathBuf> {
    let entries = fs::read_dir(console.state()).unwrap().map(|entry| entry.unwrap().path());
    // Beside those of editing there is one of the last listings.
    let dirs = entries.filter(|path| path.is_dir() && !path.ends_with("listings"));
    let files = |dir: PathBuf| {
        let files: Vec<PathBuf> =
            fs::read_dir(&dir).unwrap().map(|file| file.unwrap().path()).collect();
        assert_ne!(files, NOTHING, "{} is left", dir.display());
        files
    };
    dirs.flat_map(files).collect()
}

pub(crate) const NOTHING: [PathBuf; 0] = [];
const IN_THE_FORM: &str = "what the editor wrote is in the form; ^s saves it";

/// Leaves a console with a form that was typed into.
pub(crate) fn leave_unsaved(mut console: Console) {
    console.press("Esc");
    console.sees("not saved; e brings back what was typed");
    console.press("q");
    console.sees("Quit?");
    console.press("y");
    assert_eq!(console.ends(), 0);
}

/// Shows that it is ready, and writes down the line that is typed.
pub(crate) const READS_A_LINE: &str =
    r#"printf 'ready> '; read -r line; printf '{"line": "%s"}' "$line" > "$1""#;

#[test]
fn attributes_go_out_come_back_and_are_saved_as_they_were_written() {
    let written = r#"{"z": 18446744073709551616,  "a": [1,
 2], "a": 3}"#;
    let script = Script::new(&format!(
        "cat \"$1\" > \"$OUT\"\n: > \"$1~\"\ncat > \"$1\" <<'END'\n{written}\nEND"
    ));
    let practice = Practice::start("0");
    let before = practice.channel("ideas").attributes.text().to_owned();
    let mut console = at_ideas(script.edits(practice.console()));
    console.press("E");
    console.until("the form", |seen| {
        seen.screen().alternate_screen() && seen.has("Edit channel") && seen.has(IN_THE_FORM)
    });
    assert_eq!(left(&console), NOTHING);
    assert_eq!(script.told(), before);
    assert_eq!(practice.channel("ideas").attributes.text(), before, "nothing is saved yet");
    console.press("^s");
    console.sees("saved attributes of");
    assert_eq!(practice.channel("ideas").attributes.text(), written);
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn an_editor_that_fails_or_changes_nothing_leaves_everything_as_it_was() {
    for (lines, told) in [
        ("printf '{}' > \"$1\"; exit 3", "the editor failed with status 3; nothing is changed"),
        ("kill -9 $$", "the editor was ended by a signal: 9"),
        ("rm \"$1\"", "the editor took its file away; nothing is changed"),
        ("echo >> \"$1\"", "the editor changed nothing"),
        ("true", "the editor changed nothing"),
    ] {
        let script = Script::new(lines);
        let mut console = script.console();
        console.press("E");
        console.sees(told);
        console.until("the list", |seen| {
            seen.screen().alternate_screen() && !seen.has("Edit channel") && seen.has("1 of 144")
        });
        assert_eq!(left(&console), NOTHING, "{lines}");
        console.press("q");
        assert_eq!(console.ends(), 0);
    }
}

#[test]
fn an_editor_that_is_not_there_is_told_by_name() {
    let start = Start::console(&["--sandbox"]).env("EDITOR", "never-installed --wait");
    let mut console = at_ideas(start);
    console.press("E");
    console.sees("the editor never-installed, which EDITOR names, is not found");
    assert_eq!(left(&console), NOTHING);
    console.press("j q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn text_that_cannot_be_taken_in_is_kept() {
    let script = Script::new(r#"printf '"\377"' > "$1""#);
    let mut console = script.console();
    console.press("E");
    console.sees("not taken in: no UTF-8 in line 1; kept as ");
    let [file] = &left(&console)[..] else { panic!("one file is kept") };
    assert_eq!(fs::read(file).unwrap(), b"\"\xff\"");
    console.press("!");
    let dir = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
    console.until("its place", |seen| {
        let words: String = seen.text().split(['│', '\n', ' ']).collect();
        words.contains(dir) && words.contains("attributes.json")
    });
    console.press("q");
    console.sees_no_more(" Messages ");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn the_editor_is_told_no_secret_and_its_file_is_the_owners_alone() {
    let script = Script::new(
        "{ env; ls -l \"$1\" | cut -c1-10; ls -ld \"${1%/*}\" | cut -c1-10; } > \"$OUT\"",
    );
    let practice = Practice::start("0");
    let start = practice.console().env("TWILIO_API_SECRET", "");
    let mut console = at_ideas(script.edits(start));
    console.press("E");
    console.sees("the editor changed nothing");
    let told = script.told();
    assert!(told.contains(&format!("TWILIO_ACCOUNT_SID={}", practice.account)), "{told}");
    assert!(!told.contains(&practice.token) && !told.contains("TWILIO_AUTH_TOKEN"), "{told}");
    assert!(!told.contains("TWILIO_API_SECRET"), "{told}");
    assert!(told.contains("\n-rw-------\ndrwx------\n"), "{told}");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_one_line_text_goes_out_too() {
    let lines = r#"case "$1" in */friendly-name.txt) echo 'Renamed  ' > "$1";; esac"#;
    for key in ["\x1bOS", "\x0f"] {
        let script = Script::new(lines);
        let mut console = script.console();
        console.press("e");
        console.sees("Edit channel");
        console.send(key.as_bytes());
        console.until("the name", |seen| seen.has("*Friendly name") && seen.has("Renamed"));
        console.sees("9 / 256");
        console.send(b"!");
        console.sees("Renamed  !");
        leave_unsaved(console);
    }
}

#[test]
fn what_the_server_has_changed_meanwhile_is_warned_of() {
    let script = Script::new(READS_A_LINE);
    let practice = Practice::start("0");
    let mut console = at_ideas(script.edits(practice.console()));
    practice.rename("ideas", "Renamed by someone else");
    console.press("E");
    console.sees("ready>");
    console.send(b"mine\r");
    console.until("the form with its warning", |seen| {
        seen.has(r#"{"line": "mine"}"#) && seen.has("changed on the server")
    });
    leave_unsaved(console);
}

#[test]
fn what_a_crash_has_left_is_removed_after_30_days() {
    let start = Start::console(&["--sandbox"]);
    let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
    for (name, age) in [("edit-old", days(31)), ("edit-fresh", days(29))] {
        let dir = start.state().join(name);
        fs::create_dir(&dir).unwrap();
        let file = dir.join("attributes.json");
        fs::write(&file, "{}").unwrap();
        let now = fs::metadata(&file).unwrap().modified().unwrap();
        for path in [file, dir] {
            fs::File::open(path).unwrap().set_modified(now - age).unwrap();
        }
    }
    let mut console = start.open();
    console.sees("Chat EU");
    assert_eq!(left(&console), [console.state().join("edit-fresh/attributes.json")]);
    console.press("q");
    assert_eq!(console.ends(), 0);
}
