//! What goes over the wire to the terminal and what comes back: no byte that a stranger wrote, no colour where none is
//! wanted, every key of a burst.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{practice::Practice, pty::Start};

/// The control sequences in an output, as (parameters, final byte). Panics at any other escape.
fn sequences(raw: &str) -> Vec<(&str, char)> {
    let mut found = Vec::new();
    for piece in raw.split('\x1b').skip(1) {
        let body = piece.strip_prefix('[').unwrap_or_else(|| panic!("ESC {:?}", &piece[..1]));
        let end = body.find(|c: char| ('\x40'..='\x7e').contains(&c)).expect("a final byte");
        let (parameters, rest) = body.split_at(end);
        assert!(parameters.bytes().all(|byte| (0x20..=0x3f).contains(&byte)), "{parameters:?}");
        found.push((parameters, rest.chars().next().unwrap()));
    }
    found
}

#[test]
fn nothing_that_strangers_wrote_reaches_the_terminal_unseen() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    let last = |row: &str| format!("{row}/144");
    for page in 1..=8 {
        console.press("PgDn");
        let row = last(&(1 + page * 17).to_string());
        console.sees(&row);
    }
    console.press("PgDn");
    console.sees(&last("144"));
    // The nastiest, opened: their names in breadcrumb, title and facts, their attributes as a tree.
    console.press("/nasty Enter g");
    console.sees("1/3");
    for name in ["nasty-osc52", "nasty-rlo", "nasty-c1", "nasty-json-escapes", "nasty-json-raw"] {
        console.press("Esc");
        console.sees("Channels 144, all loaded");
        console.press("/");
        console.send(name.as_bytes());
        console.press("Enter");
        console.sees(" 1/1 ");
        console.press("Enter");
        console.sees("attributes ·");
        console.press("e");
        console.sees("Edit channel");
        console.press("Esc");
        console.sees_no_more("Edit channel");
        console.press("Backspace");
        console.sees("1 of 144");
    }
    // What is pasted comes from strangers too.
    console.press("/");
    console.paste("a\u{1b}]52;c;eA==\u{7}b\u{202e}c\u{9b}31md");
    console.sees("a␛]52;c;eA==␇b⟦202E⟧c⟦9B⟧31md");
    // What is wrong with it is told in words that hold it too.
    console.press("Enter");
    console.sees("no field “nasty-json-rawa␛]52;c;eA”");
    console.press("Esc");
    console.sees("1 of 144");
    console.press("q");
    assert_eq!(console.ends(), 0);
    let seen = console.now();
    let raw = str::from_utf8(&seen.raw).expect("UTF-8 and nothing else");
    let finals: BTreeSet<char> = sequences(raw).into_iter().map(|(_, letter)| letter).collect();
    assert!(finals.iter().all(|letter| "HJKhlm".contains(*letter)), "{finals:?}");
    let odd: BTreeSet<char> = raw
        .chars()
        .filter(|&c| c != '\x1b' && c.is_control() || is_bidi(c) || c == '\u{200b}')
        .collect();
    assert_eq!(odd, BTreeSet::new(), "controls and bidi marks");
    assert!(raw.contains('␛') && raw.contains("⟦202E⟧") && raw.contains("⟦9B⟧"), "they are told");
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn without_colour_the_cursor_row_is_reversed_and_nothing_is_coloured() {
    let mut console = Start::console(&["--sandbox"]).env("NO_COLOR", "1").open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("j e");
    console.sees("Edit channel");
    console.press("Esc");
    console.sees_no_more("Edit channel");
    let reversed = |seen: &crate::pty::Seen| {
        let at = seen.text().lines().position(|line| line.contains('▶')).expect("a cursor");
        let row = u16::try_from(at).unwrap();
        seen.screen().cell(row, 20).expect("a cell").inverse()
    };
    assert!(reversed(&console.now()), "the row under the cursor");
    console.press("q");
    assert_eq!(console.ends(), 0);
    let seen = console.now();
    let raw = str::from_utf8(&seen.raw).unwrap();
    let styles: BTreeSet<u16> = sequences(raw)
        .into_iter()
        .filter(|(_, letter)| *letter == 'm')
        .flat_map(|(parameters, _)| parameters.split([';', ':']))
        .filter_map(|parameter| parameter.parse().ok())
        .collect();
    let coloured = |code: &&u16| matches!(code, 30..=38 | 40..=48 | 58 | 90..=107);
    assert_eq!(styles.iter().find(coloured), None, "{styles:?}");
    assert!(styles.contains(&7), "{styles:?}");
}

#[test]
fn a_large_paste_arrives_whole_and_a_burst_of_keys_on_its_row() {
    let practice = Practice::start("0");
    let mut console = practice.console().open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("/empty-room Enter e");
    console.sees("Edit channel");
    let text = format!("{{\"note\": \"{}\"}}", "0123456789 äöü 日本 ".repeat(176));
    assert!(text.chars().count() >= 3000);
    // Select what is there, and put the text in its place.
    console.press("Tab Tab Right Right Backspace Backspace");
    console.sees("not JSON");
    console.paste(&text);
    console.sees("· valid · 1 key");
    console.press("^s");
    console.sees("saved attributes of");
    assert_eq!(practice.channel("empty-room").attributes.text(), text);

    console.press("Esc");
    console.sees("Channels 144, all loaded");
    console.press("g");
    console.sees(" 1/144 ");
    console.send("j".repeat(100).as_bytes());
    console.sees(" 101/144 ");
    console.send("j".repeat(500).as_bytes());
    console.sees(" 144/144 ");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn half_a_key_holds_nothing_up() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    let corner = |width: usize| {
        move |seen: &crate::pty::Seen| {
            let text = seen.text();
            text.lines().nth(1).and_then(|line| line.chars().nth(width - 1)) == Some('╮')
        }
    };
    // Half an arrow key, half a letter: what else happens shows meanwhile.
    for (nth, (before, first, second, after)) in [
        ("g", &b"\x1b["[..], &b"B"[..], " 2/144 "),
        ("g", b"\x1b[1;", b"1B", " 2/144 "),
        ("/", b"\xe6\x97", b"\xa5", "/日"),
    ]
    .into_iter()
    .enumerate()
    {
        console.press(before);
        console.sees(if before == "/" { "144 of 144" } else { " 1/144 " });
        console.send(first);
        for width in [90 + u16::try_from(nth).unwrap(), 80] {
            console.resize(width, 24);
            console.until("a frame of the new size", corner(width.into()));
        }
        console.send(second);
        console.sees(after);
    }
    console.press("Esc");
    console.sees("Channels 144, all loaded");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn the_log_tells_no_names_no_people_no_attributes_and_no_secrets() {
    let practice = Practice::start("0");
    let url = practice.url.as_str();
    let mut console = Start::console(&["--base-url", url, "--log-level", "trace"])
        .env("TWILIO_ACCOUNT_SID", &practice.account)
        .env("TWILIO_AUTH_TOKEN", &practice.token)
        .open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("/team-orders Enter e");
    console.sees("Edit channel");
    console.press("-typed ^s");
    console.sees("saved friendly name");
    console.press("3");
    console.sees("Members of Team: orders");
    console.points_at("ana.weiss");
    console.press("Enter");
    console.sees("Memberships of ana.weiss");
    console.points_at("Team: orders-t");
    console.press("m");
    console.until("the confirmation", |seen| seen.has("✔") && seen.has(" muted "));
    console.press("q");
    assert_eq!(console.ends(), 0);
    // The journal holds names and values, that is what it is for; but no secret is anywhere.
    let everything = console.files();
    assert!(everything.contains("SQLite"), "there is a journal");
    assert!(!everything.contains(&practice.token) && !everything.contains("Basic "));
    let log = console.log();
    assert!(log.contains("Channels"), "there is a log:\n{log}");
    let seed: Value = serde_json::from_str(include_str!("../../assets/sandbox.json")).unwrap();
    let mut private = vec![practice.token.clone(), "-typed".to_owned(), "Basic ".to_owned()];
    for (table, keys) in [
        ("services", ["friendly_name", "friendly_name", "friendly_name"]),
        ("channels", ["friendly_name", "unique_name", "attributes"]),
        ("users", ["identity", "friendly_name", "attributes"]),
    ] {
        let rows = seed[table].as_array().unwrap();
        let texts = rows.iter().flat_map(|row| keys.map(|key| row[key].as_str()));
        // Short ones could stand in any text by chance.
        private.extend(texts.flatten().filter(|text| text.len() > 6).map(str::to_owned));
    }
    let told: Vec<&String> = private.iter().filter(|text| log.contains(*text)).collect();
    assert!(told.is_empty(), "the log tells {told:?}");
}
