//! The terminal while the editor has it, and when it comes back: whose keys, which size, which modes, whose signals.

use std::fs;

use rustix::process::Signal;

use crate::{
    editor::{NOTHING, READS_A_LINE, Script, leave_unsaved, left},
    pty::Start,
};

const IN_THE_FORM: &str = "what the editor wrote is in the form";

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
            let mut typed = text.lines().filter_map(|line| line.split_once("{\"line\": \""));
            let line = typed.next_back().map(|(before, after)| {
                let before = before.rsplit(' ').next().unwrap_or_default();
                format!("{before}{}", after.split('"').next().unwrap_or_default())
            });
            line.as_deref() == Some("0123456789")
        });
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
    let mut console = script.edits(Start::console(&["--sandbox", "--no-mouse"])).open();
    console.goes_to("ideas");
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
    assert_eq!(left(&console), NOTHING);
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
        shell.goes_to("ideas");
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

#[test]
fn an_editor_that_does_not_listen_holds_up_the_end_for_a_moment_only() {
    let script = Script::new(&format!("trap '' TERM; stty raw; {READS_A_LINE}"));
    let mut console = script.console();
    console.press("E");
    console.sees("ready>");
    console.signal(Signal::TERM);
    assert_eq!(console.ends(), 130);
    assert_eq!(left(&console), NOTHING);
}
