//! Copying out of the console, by every road that a test can walk: OSC 52 on the wire, a tmux of its own, and below the
//! screen.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use memchr::memmem;

use crate::{
    practice::Practice,
    pty::{Console, Start},
};

/// The texts that a terminal was given for its clipboard.
fn given(raw: &[u8]) -> Vec<String> {
    let raw = String::from_utf8_lossy(raw);
    let texts = raw.split("\x1b]52;c;").skip(1);
    texts
        .map(|rest| {
            let end = rest.find(['\x07', '\x1b']).expect("an end");
            String::from_utf8(STANDARD.decode(&rest[..end]).unwrap()).unwrap()
        })
        .collect()
}

fn open(start: Start, filter: &str) -> Console {
    let mut console = start.open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press(&format!("/{filter} Enter"));
    console.sees("1 of 144");
    console
}

#[test]
fn the_terminal_is_given_the_text_itself_and_shows_it_escaped() {
    let mut console = open(Start::console(&["--sandbox"]), "nasty-osc52");
    console.press("y");
    console.sees("unique name   nasty-osc52");
    console.press("u");
    console.sees("copied unique name “nasty-osc52”, 11 characters, by OSC 52");
    console.press("yn");
    console.until("the notice", |seen| seen.has("copied name “") && seen.has("␛]52;"));
    assert_eq!(given(&console.now().raw).len(), 2, "the name is not obeyed");
    console.press("ya");
    console.sees("copied attributes");
    console.press("Enter");
    console.sees("(root)");
    console.press("yl");
    console.until("the URL", |seen| seen.has("copied URL “http://127.0.0.1"));
    console.press("q");
    assert_eq!(console.ends(), 0);
    let texts = given(&console.now().raw);
    let [unique, name, attributes, url] = texts.as_slice() else { panic!("{texts:?}") };
    assert_eq!(unique, "nasty-osc52");
    assert!(name.contains("\x1b]52;"), "as it is: {name:?}");
    assert!(attributes.starts_with('{'), "{attributes}");
    assert!(url.contains("/v2/Services/IS") && url.contains("/Channels/CH"), "{url}");
}

#[test]
fn what_is_printed_below_the_screen_is_not_obeyed_and_a_key_leads_back() {
    let mut console = open(Start::console(&["--sandbox"]), "nasty-osc52");
    console.press("p");
    console.until("the shell's screen", |seen| {
        !seen.screen().alternate_screen() && seen.has("any key goes back")
    });
    assert!(!console.now().screen().hide_cursor());
    for part in ["name:", "␛]52;", "unique name:  nasty-osc52", "sid:          CH", "attributes:"]
    {
        console.sees(part);
    }
    console.resize(100, 30);
    console.press("Enter");
    console.until("the panes", |seen| seen.screen().alternate_screen() && seen.has("1 of 144"));
    console.press("j Enter");
    console.sees("(root)");
    console.press("p");
    console.sees("any key goes back");
    console.press("^c");
    console.until("the tree", |seen| seen.screen().alternate_screen() && seen.has("(root)"));
    console.press("q");
    assert_eq!(console.ends(), 0);
    assert_eq!(given(&console.now().raw), [""; 0]);
}

#[test]
fn a_console_that_is_ended_below_the_screen_leaves_everything_in_order() {
    let mut console = open(Start::console(&["--sandbox"]), "ideas");
    console.press("p");
    console.sees("any key goes back");
    console.signal(rustix::process::Signal::TERM);
    assert_eq!(console.ends(), 130);
}

#[test]
fn the_desktops_own_tool_is_given_the_text_and_no_secret() {
    let practice = Practice::start("0");
    let start = practice.console();
    let (state, bin) = (start.state().to_owned(), start.state().join("bin"));
    fs::create_dir(&bin).unwrap();
    let tool = bin.join("xclip");
    let out = state.join("given");
    let script =
        format!("#!/bin/sh\n{{ cat; env; }} > '{0}.part'; mv '{0}.part' '{0}'\n", out.display());
    fs::write(&tool, script).unwrap();
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let mut console = open(start.env("PATH", &path).env("DISPLAY", ":7"), "ideas");
    console.press("yu");
    console.sees("by OSC 52 and xclip");
    let told = fs::read(&out).unwrap();
    assert!(told.starts_with(b"ideas"), "{}", String::from_utf8_lossy(&told));
    assert!(memmem::find(&told, b"DISPLAY=:7").is_some());
    assert!(memmem::find(&told, practice.token.as_bytes()).is_none(), "no secret");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

/// A tmux of its own, away from any that a person runs.
struct Tmux<'a> {
    dir: &'a Path,
}

impl Tmux<'_> {
    fn call(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.env_clear().env("PATH", "/usr/bin:/bin").env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8").env("TMUX_TMPDIR", self.dir);
        command.args(["-f", "/dev/null", "-S"]).arg(self.dir.join("socket"));
        command.args(arguments).output().unwrap()
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        // Its server ends with the last session already.
        let _ = self.call(&["kill-server"]);
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs this should know what was left out")]
fn in_tmux_the_text_goes_to_tmux() {
    if Command::new("tmux").arg("-V").output().is_err() {
        eprintln!("there is no tmux here: the road through it is not walked");
        return;
    }
    let start = Start::console(&["--sandbox"]);
    let dir = tempfile::tempdir().unwrap();
    let tmux = Tmux { dir: dir.path() };
    let begun = tmux.call(&["new-session", "-d", "-x", "80", "-y", "24", "cat"]);
    assert!(begun.status.success(), "{}", String::from_utf8_lossy(&begun.stderr));
    let named = tmux.call(&["display-message", "-p", "#{socket_path},#{pid},0"]);
    let named = String::from_utf8(named.stdout).unwrap();
    let mut console = open(start.env("TMUX", named.trim()), "ideas");
    console.press("yu");
    console.sees("copied unique name “ideas”, 5 characters, by tmux");
    assert_eq!(tmux.call(&["show-buffer"]).stdout, b"ideas");
    console.press("ya");
    console.sees("copied attributes");
    assert!(tmux.call(&["show-buffer"]).stdout.starts_with(b"{"));
    console.press("q");
    assert_eq!(console.ends(), 0);
    assert_eq!(given(&console.now().raw), [""; 0], "the terminal itself is not asked");
}

#[test]
fn a_tmux_that_does_not_answer_is_told() {
    let mut console =
        open(Start::console(&["--sandbox"]).env("TMUX", "/nowhere/at/all,1,0"), "ideas");
    console.press("yu");
    console.until("the failure", |seen| seen.has("not copied: tmux ") && seen.has("p prints it"));
    console.press("q");
    assert_eq!(console.ends(), 0);
}
