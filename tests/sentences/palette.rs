//! The palette, the menu and the sheet of keys at work.

use crate::desk::{CHAT_EU, Desk};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_palette_finds_what_can_be_done_and_does_it() {
    let mut desk = Desk::at_channels().await;
    desk.press(":mig");
    desk.until("the hit with its key", |frame| {
        frame.contains("▶ migrate") && frame.contains(" M │")
    })
    .await;
    desk.press("Esc");
    desk.until("the line to go", |frame| !frame.contains(":mig")).await;
    desk.press(":sort Space mess Enter");
    desk.sees("MSG▼").await;
    desk.press(":use Enter");
    desk.sees("Users 102, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_is_gone_to_by_identity_and_asked_for_once() {
    let mut desk = Desk::open().await;
    desk.sees("Chat EU").await;
    let before = desk.sandbox.requests();
    desk.press(":u Space ana.weiss");
    desk.sees("ask the server for this identity").await;
    assert_eq!(desk.sandbox.requests(), before, "no key asks the server");
    desk.press("Enter");
    desk.sees("Memberships of ana.weiss").await;
    desk.press(":channel Space no-such-channel Enter");
    desk.sees("the channel “no-such-channel” is not there").await;
    desk.press(":service Space chat Space us Enter");
    desk.sees("› Chat US › Channels").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_practice_account_goes_wrong_while_it_runs() {
    let mut desk = Desk::at_channels().await;
    desk.press(":sandbox Space offline Enter");
    desk.sees("the practice account goes wrong: offline").await;
    desk.press("r");
    desk.sees("offline").await;
    desk.press(":sandbox Space none Enter");
    desk.sees("the practice account goes wrong: none").await;
    desk.presses_until("r", "Channels 144, all loaded").await;
    desk.press(":sandbox Space 429 Space lots Enter");
    desk.sees("fault `429` wants a percentage").await;
    assert_eq!(desk.sandbox.faults().to_string(), "none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_does_what_its_key_does_and_help_runs_a_row() {
    let mut desk = Desk::at_memberships().await;
    desk.press("x");
    desk.sees("mute or unmute the membership in place").await;
    desk.press("m");
    desk.is_told("muted").await;
    desk.press("?");
    desk.sees("type to filter").await;
    desk.press("roles Enter");
    desk.sees("Roles").await;
    assert!(desk.frame().contains("Chat EU"), "{CHAT_EU}");
}
