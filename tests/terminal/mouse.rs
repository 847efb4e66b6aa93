//! The mouse on the wire: what is asked of the terminal, what it tells, and that it has its mouse back in the end.

use rustix::process::Signal;
use tempfile::TempDir;
use vt100::MouseProtocolMode;

use crate::{
    editor::{READS_A_LINE, Script},
    pty::{Console, Seen, Start},
};

/// A terminal tells cells from one on.
fn told(button: u8, (column, row): (u16, u16), end: char) -> String {
    format!("\x1b[<{button};{};{}{end}", column + 1, row + 1)
}

fn click(console: &mut Console, at: (u16, u16)) {
    let bytes = told(0, at, 'M') + &told(0, at, 'm');
    console.send(bytes.as_bytes());
}

/// The first cell of a text.
fn cell(seen: &Seen, text: &str) -> (u16, u16) {
    let lines = seen.text();
    let found =
        lines.lines().enumerate().find_map(|(row, line)| Some((line.find(text)?, row, line)));
    let (byte, row, line) = found.unwrap_or_else(|| panic!("no {text:?} in\n{lines}"));
    let column = line[..byte].chars().count();
    (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
}

fn is_on(seen: &Seen) -> bool {
    seen.screen().mouse_protocol_mode() != MouseProtocolMode::None
}

/// Whether the terminal was ever asked for a mouse.
fn was_asked(seen: &Seen) -> bool {
    let asks = |mode: &str| seen.raw.windows(mode.len()).any(|it| it == mode.as_bytes());
    ["\x1b[?9h", "\x1b[?1000h", "\x1b[?1002h", "\x1b[?1003h", "\x1b[?1006h"].into_iter().any(asks)
}

fn open(start: Start) -> Console {
    let mut console = start.open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console
}

#[test]
fn it_points_opens_sorts_scrolls_and_leads_back() {
    let mut console = open(Start::console(&["--sandbox"]));
    console.until("a mouse", is_on);
    let mode = console.now().screen().mouse_protocol_mode();
    assert_eq!(mode, MouseProtocolMode::ButtonMotion, "moves without a button are not told");
    let (column, row) = cell(&console.now(), "NAME");
    click(&mut console, (column + 1, row + 3));
    console.sees(" 3/144 ");
    click(&mut console, (column, row));
    console.sees("NAME▲");
    click(&mut console, (column, row));
    console.sees("NAME▼");
    for _ in 0..3 {
        console.send(told(65, (column, row + 3), 'M').as_bytes());
    }
    let top = console.now().text();
    console.send(told(65, (column, row + 3), 'M').repeat(200).as_bytes());
    console.sees(" 144/144 ");
    assert_ne!(console.now().text(), top);
    console.send(told(64, (column, row + 3), 'M').repeat(400).as_bytes());
    console.sees(" 1/144 ");
    let at = (column + 1, row + 2);
    console.sees("NAME▼");
    click(&mut console, at);
    console.sees(" 2/144 ");
    let name = console.now().marked();
    click(&mut console, at);
    console.sees("(root)");
    let at = cell(&console.now(), "(root)");
    click(&mut console, at);
    console.points_at("▸ (root)");
    let at = cell(&console.now(), "Channels");
    click(&mut console, at);
    console.until("the same row", |seen| seen.marked() == name && seen.has("2/144"));
    console.press("q");
    assert_eq!(console.ends(), 0);
    assert!(!is_on(&console.now()), "the terminal has its mouse back");
    assert!(was_asked(&console.now()));
}

#[test]
fn a_double_click_that_waits_for_nothing_opens() {
    let mut console = open(Start::console(&["--sandbox"]));
    let (column, row) = cell(&console.now(), "NAME");
    // All in one go: the moment of a stroke is the moment at which it came.
    let at = (column, row + 2);
    let bytes = [told(0, at, 'M'), told(0, at, 'm')].concat().repeat(2);
    console.send(bytes.as_bytes());
    console.sees("(root)");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn over_ssh_it_is_never_asked_for_until_the_person_does() {
    for (name, value) in
        [("SSH_CONNECTION", "192.0.2.7 51000 192.0.2.1 22"), ("SSH_TTY", "/dev/pts/7")]
    {
        let mut console = open(Start::console(&["--sandbox"]).env(name, value));
        assert!(!was_asked(&console.now()));
        console.press("%");
        console.sees("over SSH it begins off");
        console.until("a mouse", is_on);
        console.press("%");
        console.until("no mouse", |seen| !is_on(seen) && seen.has("the mouse is off"));
        console.press("q");
        assert_eq!(console.ends(), 0);
    }
    let mut console = open(Start::console(&["--sandbox"]).env("SSH_TTY", "/dev/pts/7"));
    console.press("q");
    assert_eq!(console.ends(), 0);
    assert!(!was_asked(&console.now()));
}

#[test]
fn the_config_and_the_command_line_tell_whether_there_is_one() {
    let with = |config: &str, arguments: &[&str], env: (&str, &str)| {
        let start = Start::console(arguments).env(env.0, env.1);
        let directory = start.state().to_owned();
        std::fs::write(directory.join("config.toml"), config).unwrap();
        let directory = directory.to_str().unwrap().to_owned();
        let mut console = open(start.env("SWITCHBOARD_CONFIG_DIR", &directory));
        console.press("q");
        assert_eq!(console.ends(), 0);
        let asked = was_asked(&console.now());
        assert!(!is_on(&console.now()));
        asked
    };
    let near = ("SHLVL", "1");
    assert!(!with("mouse = false", &["--sandbox"], near));
    assert!(with("mouse = true", &["--sandbox"], ("SSH_TTY", "/dev/pts/7")));
    assert!(!with("mouse = true", &["--sandbox", "--no-mouse"], near));
}

#[test]
fn whoever_has_the_terminal_meanwhile_has_its_mouse_too() {
    let script = Script::new(READS_A_LINE);
    let mut console = script.console();
    console.until("a mouse", is_on);
    console.press("E");
    console.until("the editor", |seen| seen.has("ready>") && !is_on(seen));
    console.press("x Enter");
    console.until("the form", |seen| seen.has("what the editor wrote") && is_on(seen));
    console.press("Esc");
    console.sees_no_more("Edit channel");
    console.press("p");
    console.until("the shell's screen", |seen| seen.has("any key goes back") && !is_on(seen));
    console.press("Enter");
    console.until("the panes", |seen| seen.has("1 of 144") && is_on(seen));
    console.press("?");
    console.until("the keys, which can be marked", |seen| seen.has("Keys here") && !is_on(seen));
    console.press("?");
    console.until("the panes", |seen| !seen.has("Keys here") && is_on(seen));
    console.signal(Signal::TERM);
    assert_eq!(console.ends(), 130);
    assert!(!is_on(&console.now()));
}

#[test]
fn it_is_off_while_the_console_is_suspended() {
    let mut shell = Start::shell().open();
    shell.sees("shell>");
    shell.press("switchboard Space --sandbox Enter");
    shell.until("the console", |seen| seen.has("Chat EU") && is_on(seen));
    shell.press("^z");
    let prompts = |seen: &Seen| seen.text().matches("shell>").count();
    shell.until("the shell", |seen| prompts(seen) == 2 && !is_on(seen));
    shell.press("fg Enter");
    shell.until("the console", |seen| seen.screen().alternate_screen() && is_on(seen));
    shell.press("q");
    shell.until("the shell", |seen| prompts(seen) == 3 && !is_on(seen));
    shell.press("exit Enter");
    shell.ends();
}

#[test]
fn a_border_that_was_moved_is_there_at_the_next_start() {
    let directory = TempDir::new().unwrap();
    let start = || Start::console(&["--sandbox"]).in_state(directory.path());
    let border = |seen: &Seen| {
        let text = seen.text();
        let line = text.lines().nth(1)?;
        let byte = line.find("╮╭")?;
        u16::try_from(line[..byte].chars().count()).ok()
    };
    let mut console = open(start());
    console.resize(120, 40);
    console.until("two panes", |seen| border(seen).is_some());
    let before = border(&console.now()).unwrap();
    let to = (before - 20, 7);
    let drag = told(0, (before, 5), 'M') + &told(32, to, 'M') + &told(0, to, 'm');
    console.send(drag.as_bytes());
    console.until("the border elsewhere", |seen| border(seen) == Some(before - 21));
    let moved = border(&console.now());
    console.press("q");
    assert_eq!(console.ends(), 0);
    let mut console = open(start());
    console.resize(120, 40);
    console.until("the border where it was left", |seen| border(seen) == moved);
    console.press("q");
    assert_eq!(console.ends(), 0);
}
