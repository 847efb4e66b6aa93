//! A disk on which nothing more can be written: no journal, no write; everything can still be read.

use crate::{
    practice::Practice,
    pty::{Console, Start},
};

/// A console none of whose files may become longer than so many blocks of 512 bytes.
fn at_ideas(practice: &Practice, blocks: u32) -> Console {
    let binary = env!("CARGO_BIN_EXE_switchboard");
    let line =
        format!("trap '' XFSZ; ulimit -f {blocks}; exec '{binary}' --base-url {}", practice.url);
    let start = Start::shell_line(&line)
        .env("TWILIO_ACCOUNT_SID", &practice.account)
        .env("TWILIO_AUTH_TOKEN", &practice.token);
    let mut console = start.open();
    console.goes_to("ideas");
    console
}

#[test]
fn a_disk_that_is_full_from_the_start_leaves_everything_readable() {
    let practice = Practice::start("0");
    let mut console = at_ideas(&practice, 0);
    console.press("e");
    console.sees("no journal, so nothing can be changed");
    console.press("Enter");
    console.sees("attributes ·");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_disk_that_fills_up_lets_no_write_leave() {
    let practice = Practice::start("0");
    let mut console = at_ideas(&practice, 400);
    let mut saved = String::from("Ideas");
    // Each write takes some of what is left.
    for _ in 0..12 {
        console.press("e");
        console.sees("Edit channel");
        console.send(b"x");
        console
            .until("the text", |seen| seen.has("Edit channel") && seen.has(&format!("{saved}x")));
        console.press("^s");
        console.until("an end of the write", |seen| {
            seen.has(&format!("saved friendly name of {saved}")) || seen.has("switchboard.db")
        });
        if console.now().has("switchboard.db") {
            break;
        }
        saved.push('x');
        console.points_at(&saved);
    }
    console.sees("switchboard.db");
    assert_eq!(practice.channel("ideas").friendly_name.unwrap().raw(), saved);
    console.press("Esc");
    console.press("q");
    console.press("y");
}
