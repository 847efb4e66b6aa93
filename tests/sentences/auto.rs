//! A list that is read again by itself.

use crossterm::event::Event;
use jiff::SignedDuration;
use switchboard::api::chat::channels::ChannelPatch;

use crate::desk::{Desk, Setting, marked};

fn named(name: &str) -> ChannelPatch {
    ChannelPatch { friendly_name: Some(name.to_owned()), ..ChannelPatch::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_change_shows_with_a_mark_and_the_cursor_stays() {
    let refresh = SignedDuration::from_millis(200);
    let mut desk = Desk::with(Setting { refresh, ..Setting::default() }).await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("j j Space j R");
    desk.sees("↻").await;
    let cursor = marked(desk.frame()).to_owned();
    desk.change("team-billing", named("Invoices")).await;
    desk.sees("Δ 1 changed").await;
    let frame = desk.frame();
    assert!(frame.lines().any(|line| line.contains(" Δ ") && line.contains("Invoices")), "{frame}");
    assert_eq!(marked(frame), cursor);
    assert!(frame.contains("144, all loaded ✔") && frame.contains("1 marked"), "{frame}");
    // Where nobody looks, nothing is read, until somebody does.
    desk.tells(Event::FocusLost);
    desk.sees("↻ paused").await;
    desk.change("team-returns", named("Back again")).await;
    desk.tells(Event::FocusGained);
    desk.sees("Δ 2 changed").await;
    assert!(desk.frame().contains("Back again"), "{}", desk.frame());
    desk.press("R");
    desk.until("no more of it", |frame| !frame.contains('Δ') && !frame.contains('↻')).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_busy_is_asked_less_often() {
    let refresh = SignedDuration::from_millis(600);
    let mut desk = Desk::with(Setting { refresh, ..Setting::default() }).await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("R");
    desk.sees("↻ 0 s").await;
    desk.faults("429=100%");
    desk.sees("↻ 1 s").await;
    desk.faults("none");
    desk.sees("↻ 0 s").await;
}
