//! The main job, with the keyboard alone, in the smallest usual terminal.

use crate::{practice::Practice, pty::Start};

#[test]
fn from_the_services_to_a_channels_attributes_and_back() {
    let mut console = Start::console(&["--sandbox"]).open();
    console.sees("Services 3, all loaded");
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.until("both types", |seen| seen.has("public ") && seen.has("private "));
    console.press("/order- Enter j j");
    console.until("the filter and the third row", |seen| {
        seen.has(" · /order-") && seen.has("3/") && !seen.has("Team: billing")
    });
    let row = console.now().marked();
    console.press("Enter");
    console.sees("(root)");
    console.until("the tree", |seen| seen.has("valid") && seen.marked().contains("(root)"));
    console.press("j");
    console.until("a pointer", |seen| {
        let text = seen.text();
        text.lines().any(|line| line.contains('╰') && line.contains(" /"))
    });
    console.press("g h");
    console.until("the channels, since the root has no parent", |seen| seen.marked() == row);
    console.press("Enter");
    console.points_at("▾ (root)");
    console.press("Space");
    console.points_at("▸ (root)");
    console.press("l");
    console.points_at("▾ (root)");
    console.press("i");
    console.sees("› Attributes");
    console.sees_no_more("── members");
    console.press("i");
    console.sees_no_more("› Attributes");
    console.press("Esc");
    console.until("the same row under the same filter", |seen| {
        seen.marked() == row && seen.has(" · /order-")
    });
    console.press("Esc");
    console.until("the same row without a filter", |seen| {
        seen.has("Channels 144, all loaded") && seen.marked() == row && !seen.has("/order-")
    });
    console.press("?");
    console.sees("Keys here");
    console.press("?");
    console.sees_no_more("Keys here");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_membership_is_muted_and_unmuted_in_place() {
    // The latency lets the pending state be seen.
    let mut console = Start::console(&["--sandbox", "--fault", "latency=150ms"]).open();
    console.points_at("Chat EU");
    console.press("2");
    console.sees("Users 102, all loaded");
    console.press("/ana.weiss Enter Enter");
    console.sees("Memberships of ana.weiss");
    console.points_at("default");
    console.press("m");
    console.until("the pending state", |seen| seen.marked().contains("default → muted …"));
    console.until("the confirmation", |seen| {
        seen.marked().ends_with("muted") && seen.has("✔") && seen.has(" muted ")
    });
    console.press("m");
    console.points_at("muted → default …");
    console.until("the confirmation", |seen| {
        seen.marked().ends_with("default") && seen.has(" unmuted ")
    });
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_channel_is_renamed_and_a_taken_name_comes_back() {
    let practice = Practice::start("0");
    let mut console = practice.console().open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    console.press("/ideas Enter");
    console.sees("1 of 144");
    console.press("e");
    console.sees("Edit channel");
    console.press("-2 ^s");
    console.sees("saved friendly name of");
    console.points_at("Ideas-2");
    assert_eq!(practice.channel("ideas").friendly_name.unwrap().raw(), "Ideas-2");

    console.press("e");
    console.sees("Edit channel");
    console.press("-3 Tab ^w coffee ^s");
    console.until("the refusal", |seen| seen.has("✖ Unique name") && seen.has("not saved: "));
    console.until("what was typed", |seen| {
        seen.has("Edit channel") && seen.has("Ideas-2-3") && seen.has(" coffee")
    });
    console.press("Esc");
    console.sees("not saved; e brings back what was typed");
    console.points_at("ideas");
    console.press("q");
    console.sees("Quit?");
    console.press("y");
    assert_eq!(console.ends(), 0);
}
