//! Going to what is pasted.

use crate::pty::Start;

#[test]
fn a_pasted_sid_is_one_key_away() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("/ideas Enter");
    console.sees("1 of 144");
    let text = console.now().text();
    let at = text.find("CH").expect("the sid at the foot");
    let sid = text[at..at + 34].to_owned();
    console.press("2");
    console.sees("Users 102, all loaded");
    console.paste(&sid);
    console.until("the offer", |seen| seen.has("Go there?") && seen.has(&sid));
    console.press("Enter");
    console.until("the channel", |seen| seen.has("(root)") && seen.has("unique   ideas"));
    console.press("[");
    console.sees("Users 102, all loaded");
    console.press("-");
    console.sees("(root)");
    console.press("q");
    assert_eq!(console.ends(), 0);
}
