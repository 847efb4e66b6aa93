//! Reading what was said, who is invited, and what roles allow.

use ratatui::layout::Size;
use reqwest::Method;

use crate::desk::{Desk, NARROW, Setting, marked};

/// At the messages of a channel in which 1,450 were said, read in pages of fifty.
async fn at_messages() -> Desk {
    let mut desk = Desk::with(Setting { max_page_size: 50, ..Setting::default() }).await;
    desk.points_at("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("/team-returns Enter 6");
    desk.sees("Messages of Team: returns 50 loaded, more on the server").await;
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_come_as_the_reader_goes_down() {
    let mut desk = at_messages().await;
    desk.points_at("1449").await;
    desk.press("G");
    desk.sees("100 loaded, more on the server").await;
    desk.points_at("1400").await;
    desk.press("G");
    desk.sees("150 loaded, more on the server").await;
    desk.press("g T");
    desk.until("times in full", |frame| marked(frame).contains("2025-03-")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_channel_is_read_to_its_end() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter Enter");
    desk.sees("── members").await;
    desk.press("6");
    desk.sees(", all loaded ✔").await;
    assert!(desk.frame().contains("Incidents › Messages"), "{}", desk.frame());
    desk.press("Esc");
    desk.sees("── members").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filter_says_how_much_it_has_seen_and_reads_on_when_told() {
    let mut desk = at_messages().await;
    desk.press("/lamp Enter");
    desk.sees("the filter has seen the 50 that are loaded").await;
    desk.points_at("Two things: …").await;
    desk.press("/zebra Enter");
    desk.sees("no row holds lampzebra among the 50 that are loaded; j reads on").await;
    desk.press("j");
    desk.sees("among the 100 that are loaded").await;
    desk.press("Esc");
    desk.sees("Team: returns 100 loaded, more on the server").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_opens_whole_and_what_it_hides_is_made_visible() {
    let mut desk = at_messages().await;
    desk.press("j");
    desk.points_at("is this blinking").await;
    desk.press("Enter");
    desk.sees("Message 1448 of Team: returns").await;
    desk.sees("␛[5mis this blinking?␛[0m").await;
    desk.press("Esc j j j Enter");
    desk.sees("Message 1445").await;
    desk.sees("2. the invoice is wrong").await;
    desk.press("i");
    desk.sees("1445 › Attributes").await;
    desk.press("i");
    desk.sees("said     2025-").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_meanwhile_shows_at_the_top_after_a_refresh() {
    let mut desk = at_messages().await;
    let sid = desk.channel("team-returns").await.sid;
    let words = [("Body", "Anybody there?"), ("From", "ana.weiss")];
    desk.someone(Method::POST, &format!("/{sid}/Messages"), &words).await;
    desk.press("r");
    desk.sees("Anybody there?").await;
    desk.points_at("1449").await;
    desk.press("k");
    desk.points_at("1450").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_wide_screen_the_message_follows_the_cursor() {
    let size = Size::new(200, 50);
    let setting = Setting { size, max_page_size: 50, ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.points_at("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("/team-returns Enter Enter 6");
    desk.sees("more on the server").await;
    desk.press("j Enter");
    desk.sees("── body").await;
    desk.press("Esc");
    desk.sees("Messages of Team: returns").await;
    desk.press("j j");
    desk.sees("Message 1446 of Team: returns").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invite_names_its_role_and_opens_the_person() {
    let mut desk = Desk::at_channels().await;
    let sid = "CHb383ce90d6995a4db0c51b04bd1a3b0e";
    desk.press(&format!("/{sid} Enter 7"));
    desk.points_at("hanna.lindqvist").await;
    desk.sees("channel user").await;
    desk.press("Enter");
    desk.sees("Memberships of hanna.lindqvist").await;
    desk.press("Esc");
    desk.sees("Invites to").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_tell_what_they_allow() {
    let mut desk = Desk::with(Setting { size: NARROW, ..Setting::default() }).await;
    desk.sees("Chat EU").await;
    desk.press("8");
    desk.sees("Roles 4, all loaded").await;
    desk.sees("createChannel, joinChannel, editOwnUserInfo").await;
    desk.press("/admin Enter Enter");
    desk.sees("Role service admin").await;
    desk.sees("11 permissions").await;
    desk.sees("deleteAnyMessage").await;
}
