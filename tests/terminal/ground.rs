//! The colour of the terminal's ground: asked for, answered in time, late or never; keys are keys all the while.

use crate::pty::{Console, Start};

const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";
const LIGHT: &[u8] = b"\x1b]11;rgb:ffff/ffff/f0f0\x1b\\";

fn start(arguments: &[&str]) -> Start {
    Start::console(arguments).env("COLORTERM", "truecolor")
}

fn has(raw: &[u8], bytes: &[u8]) -> bool {
    raw.windows(bytes.len()).any(|window| window == bytes)
}

/// The ground of the screen's first row, where nothing stands.
fn ground(console: &Console) -> vt100::Color {
    console.now().screen().cell(10, 40).expect("a cell").bgcolor()
}

#[test]
fn a_light_terminal_is_drawn_dark_on_light_and_typed_keys_count() {
    let mut console = start(&["--sandbox"]).open();
    console.until_or_killed("the question", |seen| has(&seen.raw, QUESTION));
    console.send(&[b"/st".as_slice(), LIGHT, b"ag"].concat());
    console.sees("/stag");
    assert_eq!(ground(&console), vt100::Color::Rgb(0xfb, 0xfa, 0xf7));
    console.press("Enter q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn an_answer_that_is_late_is_no_typing() {
    let mut console = start(&["--sandbox"]).open();
    console.points_at("Chat EU");
    assert_eq!(ground(&console), vt100::Color::Default, "nobody told");
    console.send(&[b"j".as_slice(), LIGHT, b"j"].concat());
    console.points_at("Staging");
    assert!(console.now().has("Services"), "no key opened anything else");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_theme_that_is_named_needs_no_asking() {
    let mut console = start(&["--sandbox", "--theme", "dark"]).env("NO_COLOR", "1").open();
    console.points_at("Chat EU");
    assert_eq!(ground(&console), vt100::Color::Rgb(0x14, 0x17, 0x1c));
    console.press("q");
    assert_eq!(console.ends(), 0);
    assert!(!has(&console.now().raw, QUESTION));
}
