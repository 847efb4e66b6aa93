//! Going to what is pasted, or named when the console is started.

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

#[test]
fn a_sid_a_filter_and_a_view_can_be_begun_with() {
    let mut console = Start::console(&["--sandbox", "--filter", "unique:ideas"]).open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.until("the filtered rows", |seen| seen.has("1 of 144") && seen.has("/unique:ideas"));
    let text = console.now().text();
    let at = text.find("CH").expect("the sid at the foot");
    let sid = text[at..at + 34].to_owned();
    console.press(":view Space save Space only Space ideas Enter");
    console.sees("saved the view only ideas");
    console.press("q");
    assert_eq!(console.ends(), 0);

    let view = ["--sandbox", "--view", "only ideas"];
    let mut again = Start::console(&view).in_state(console.state()).open();
    again.until("the view", |seen| seen.has("1 of 144") && seen.has("/unique:ideas"));
    again.press("q");
    assert_eq!(again.ends(), 0);

    let mut there = Start::console(&["--sandbox", &sid]).open();
    there.until("the channel", |seen| seen.has("(root)") && seen.has("unique   ideas"));
    there.press("h");
    there.sees("Channels 144, all loaded");
    there.press("q");
    assert_eq!(there.ends(), 0);
}
