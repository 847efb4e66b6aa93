//! The person's own editor, played by shell scripts: it has the terminal while it runs, its text comes back, and nothing
//! else is lost or left behind on the way.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::{
    practice::Practice,
    pty::{Console, Start},
};

/// A script that stands for an editor; `$1` is the file, `$OUT` one in which it can tell something.
struct Script {
    dir: TempDir,
}

impl Script {
    fn new(lines: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("my editor");
        fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self { dir }
    }

    /// What is started, with this editor in its environment.
    fn edits(&self, start: Start) -> Start {
        let path = self.dir.path().to_str().unwrap();
        start
            .env("VISUAL", &format!("'{path}/my editor'"))
            .env("EDITOR", "/nowhere/never-asked")
            .env("OUT", &format!("{path}/out"))
    }

    fn console(&self) -> Console {
        at_ideas(self.edits(Start::console(&["--sandbox"])))
    }

    fn told(&self) -> String {
        fs::read_to_string(self.dir.path().join("out")).unwrap()
    }
}

/// A console whose cursor is on the channel "Ideas".
fn at_ideas(start: Start) -> Console {
    let mut console = start.open();
    go_to_ideas(&mut console);
    console
}

fn go_to_ideas(console: &mut Console) {
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("/ideas Enter");
    console.sees("1 of 144");
}

/// The files of editing that are left in the state directory.
fn left(console: &Console) -> Vec<PathBuf> {
    let entries = fs::read_dir(console.state()).unwrap().map(|entry| entry.unwrap().path());
    let dirs = entries.filter(|path| path.is_dir());
    dirs.flat_map(|dir| fs::read_dir(dir).unwrap()).map(|file| file.unwrap().path()).collect()
}

const IN_THE_FORM: &str = "what the editor wrote is in the form; ^s saves it";

/// Leaves a console with a form that was typed into.
fn leave_unsaved(mut console: Console) {
    console.press("Esc");
    console.sees("not saved; e brings back what was typed");
    console.press("q");
    console.sees("Quit?");
    console.press("y");
    assert_eq!(console.ends(), 0);
}

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
    assert_eq!(left(&console), [PathBuf::new(); 0]);
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
        assert_eq!(left(&console), [PathBuf::new(); 0], "{lines}");
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
    assert_eq!(left(&console), [PathBuf::new(); 0]);
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

/// Shows that it is ready, and writes down the line that is typed.
const READS_A_LINE: &str =
    r#"printf 'ready> '; read -r line; printf '{"line": "%s"}' "$line" > "$1""#;

#[test]
fn its_keys_are_its_own_and_those_after_them_reach_the_form() {
    let script = Script::new(READS_A_LINE);
    let mut console = script.console();
    console.press("E");
    console.until("the editor", |seen| {
        let screen = seen.screen();
        let freed = !screen.alternate_screen() && !screen.hide_cursor();
        freed && !screen.bracketed_paste() && seen.has("ready>")
    });
    assert!(console.is_cooked());
    console.send(b"qj3\x15?y\r12\r3");
    console.until("the line, and what was typed after it before it", |seen| {
        seen.has("1  12") && seen.has(r#"2  3{"line": "?y"}"#) && seen.has(IN_THE_FORM)
    });
    leave_unsaved(console);
}

#[test]
fn keys_typed_on_the_way_there_are_not_lost_either() {
    let script = Script::new(r#"printf '[]' > "$1""#);
    let mut console = script.console();
    console.send(b"E1234567890");
    console.until("the keys in the form", |seen| seen.has("1234567890[]"));
    leave_unsaved(console);
}

#[test]
fn every_key_goes_to_one_of_the_two_in_the_order_of_typing() {
    let script = Script::new(READS_A_LINE);
    for _ in 0..5 {
        let mut console = script.console();
        // Who reads which of them is a matter of moments.
        console.send(b"E");
        for key in b"0123456789" {
            console.send(&[*key]);
        }
        console.sees("ready>");
        console.send(b"\r");
        console.until("all keys, in order", |seen| {
            let text = seen.text();
            let typed = text.lines().filter_map(|line| line.split_once("{\"line\": \""));
            let line = typed.last().map(|(before, after)| {
                let before = before.rsplit(' ').next().unwrap_or_default();
                format!("{before}{}", after.split('"').next().unwrap_or_default())
            });
            line.as_deref() == Some("0123456789")
        });
        leave_unsaved(console);
    }
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
fn what_its_interrupt_keys_send_does_not_end_the_console() {
    // A signal between the question and the reading interrupts nothing: Enter lets the script look again.
    let script = Script::new(
        r#"trap 'caught=yes' INT QUIT
printf first; while [ -z "$caught" ]; do read -r x; done
caught=; printf second; while [ -z "$caught" ]; do read -r x; done
printf 'ready> '; while [ -z "$line" ]; do read -r line; done
printf '{"line": "%s"}' "$line" > "$1""#,
    );
    let mut console = script.console();
    console.press("E");
    console.sees("first");
    console.send(b"\x03\r");
    console.sees("second");
    console.send(b"\x1c\r");
    console.sees("ready>");
    console.send(b"still here\r");
    console.until("the form", |seen| seen.has(r#"{"line": "still here"}"#));
    leave_unsaved(console);

    let script = Script::new(READS_A_LINE);
    let mut console = script.console();
    console.press("E");
    console.sees("ready>");
    console.press("^c");
    console.sees("the editor was ended by a signal: 2");
    console.points_at("Ideas");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_terminal_that_it_leaves_in_disorder_is_put_in_order() {
    let lines = r"stty raw -echo; printf '\033[?1000h\033[?1006h'; kill -9 $$";
    let script = Script::new(lines);
    let mut console = script.console();
    console.press("E");
    console.sees("the editor was ended by a signal: 9");
    console.until("no mouse", |seen| {
        seen.screen().mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn another_size_is_noticed_when_it_is_back() {
    let script = Script::new(READS_A_LINE);
    let mut console = script.console();
    console.press("E");
    console.sees("ready>");
    console.resize(120, 40);
    console.send(b"x\r");
    console.until("a form of the new size", |seen| {
        let text = seen.text();
        let lines: Vec<&str> = text.lines().collect();
        lines[1].starts_with("╭ Edit channel")
            && lines[1].chars().count() == 120
            && lines[36].starts_with('╰')
    });
    leave_unsaved(console);
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
fn signals_end_it_with_what_was_saved_told_and_kept() {
    for signal in [Signal::TERM, Signal::HUP] {
        let script = Script::new(&format!(r#"printf '{{"saved":1}}' > "$1"; {READS_A_LINE}"#));
        let mut console = script.console();
        console.press("E");
        console.sees("ready>");
        console.signal(signal);
        console.sees("what the editor had saved is in ");
        let [file] = &left(&console)[..] else { panic!("one file is kept") };
        assert_eq!(fs::read_to_string(file).unwrap(), r#"{"saved":1}"#);
        assert_eq!(console.ends(), 130, "{signal:?}");
    }
    let script = Script::new(READS_A_LINE);
    let mut console = script.console();
    console.press("E");
    console.sees("ready>");
    console.signal(Signal::INT);
    console.signal(Signal::TERM);
    assert_eq!(console.ends(), 130);
    assert_eq!(left(&console), [PathBuf::new(); 0]);
}

#[test]
fn an_editor_that_stops_goes_on_where_there_is_no_shell_to_go_to() {
    for stop in ["kill -STOP $$", "kill -TSTP $$"] {
        let lines = format!(r#"{stop}; printf '["went on"]' > "$1""#);
        let script = Script::new(&lines);
        let mut console = script.console();
        console.press("E");
        console.sees(r#"["went on"]"#);
        leave_unsaved(console);
    }
}

#[test]
fn an_editor_that_stops_takes_the_whole_job_to_the_shell_and_back() {
    // Alone, as some do, and with all that the terminal's key would stop.
    for stop in ["kill -STOP $$", "kill -TSTP 0"] {
        let lines = format!(r#"{stop}; printf '["went on"]' > "$1""#);
        let script = Script::new(&lines);
        let mut shell = script.edits(Start::shell()).open();
        shell.sees("shell>");
        shell.send(b"switchboard --sandbox\r");
        go_to_ideas(&mut shell);
        shell.press("E");
        shell.until("the shell", |seen| {
            !seen.screen().alternate_screen() && seen.text().matches("shell>").count() == 2
        });
        shell.send(b"echo st''ill he''re\r");
        shell.sees("still here");
        shell.send(b"fg\r");
        shell.until("the form", |seen| {
            seen.screen().alternate_screen() && seen.has(r#"["went on"]"#)
        });
        shell.press("Esc");
        shell.sees("not saved; e brings back what was typed");
        shell.press("q");
        shell.sees("Quit?");
        shell.press("y");
        shell.until("the shell for good", |seen| {
            !seen.screen().alternate_screen() && seen.text().matches("shell>").count() == 4
        });
        shell.send(b"exit $?\r");
        assert_eq!(shell.ends(), 0);
    }
}
