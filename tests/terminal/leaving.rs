//! The terminal is always given back: on signals, while suspended, and it may change its size meanwhile.

use rustix::process::Signal;

use crate::pty::{Start, hang_up_after};

#[test]
fn signals_end_it_with_the_terminal_restored() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let console = Start::console(&["--sandbox"]).open();
        console.sees("Chat EU");
        assert!(!console.is_cooked(), "keys arrive one by one");
        console.signal(signal);
        assert_eq!(console.ends(), 130, "{signal:?}");
    }
}

#[test]
fn a_signal_at_the_very_start_leaves_no_terminal_behind_either() {
    for _ in 0..10 {
        let console = Start::console(&["--sandbox"]).open();
        console.until("the terminal to be taken", |seen| seen.screen().alternate_screen());
        console.signal(Signal::TERM);
        assert_eq!(console.ends(), 130);
    }
}

#[test]
fn it_does_not_outlive_its_terminal() {
    let status = hang_up_after(Start::console(&["--sandbox"]), "IS62ac7805839a5a4db0c5");
    assert_eq!(status.signal(), None);
    // The signal ends it, or a frame that can no longer be drawn; neither is a bug of its own.
    assert!([130, 1].contains(&status.exit_code()), "{status:?}");
}

#[test]
fn another_size_is_another_layout_and_too_small_says_so() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.sees("Chat US");
    console.resize(120, 40);
    console.until("two panes", |seen| seen.has("Services 3") && seen.has("Channels 144"));
    console.resize(20, 5);
    console.until("one line", |seen| {
        let text = seen.text();
        let mut lines = text.lines();
        lines.next() == Some("needs 40x10, is 20x5") && lines.all(|line| line.trim().is_empty())
    });
    console.resize(80, 24);
    console.until("the panes again", |seen| seen.has("Services 3") && seen.has("Chat US"));
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn painting_anew_needs_no_answer_from_the_terminal() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.sees("Services 3, all loaded");
    let before = console.now().raw.len();
    console.press("^l");
    console.until("everything once more", |seen| {
        String::from_utf8_lossy(&seen.raw[before..]).contains("IS62ac7805839a5a4db0c58401702c3710")
    });
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn suspended_it_gives_the_shell_a_terminal_and_comes_back() {
    let mut shell = Start::shell().open();
    shell.sees("shell>");
    shell.send(b"switchboard --sandbox\r");
    shell.until("the console", |seen| seen.has("Chat EU") && seen.screen().alternate_screen());
    shell.press("j");
    shell.points_at("Chat US");
    shell.press("^z");
    shell.until("the shell", |seen| {
        let screen = seen.screen();
        let freed = !screen.alternate_screen() && !screen.hide_cursor();
        let freed = freed && !seen.tells_focus();
        freed && !screen.bracketed_paste() && seen.text().matches("shell>").count() == 2
    });
    shell.send(b"echo st''ill he''re\r");
    shell.sees("still here");
    shell.resize(80, 30);
    shell.send(b"fg\r");
    shell.until("the console again, in the new size", |seen| {
        let screen = seen.screen();
        let taken = screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste();
        taken
            && seen.marked().contains("Chat US")
            && seen.text().lines().nth(26).unwrap().contains('╰')
    });
    shell.press("q");
    shell.until("the shell for good", |seen| {
        !seen.screen().alternate_screen() && seen.text().matches("shell>").count() == 4
    });
    shell.send(b"exit $?\r");
    assert_eq!(shell.ends(), 0);
}

#[test]
fn where_nobody_could_resume_it_a_suspension_changes_nothing() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.sees("Chat EU");
    console.press("^z");
    console.press("j");
    console.until("the next row", |seen| {
        seen.screen().alternate_screen() && seen.marked().contains("Chat US")
    });
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn cancelling_twice_ends_it() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.sees("Chat EU");
    console.until("all services", |seen| seen.has("all loaded"));
    console.press("^c");
    console.sees("^c again within 2 s quits");
    console.press("^c");
    assert_eq!(console.ends(), 0);
}

#[test]
fn what_the_terminal_tells_of_its_focus_is_no_key() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.points_at("Chat EU");
    assert!(console.now().tells_focus());
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("R");
    console.sees("↻ 30 s");
    console.send(b"\x1b[O");
    console.sees("↻ paused");
    console.send(b"\x1b[I");
    console.sees("↻ 30 s");
    console.press("q");
    assert_eq!(console.ends(), 0);
}
