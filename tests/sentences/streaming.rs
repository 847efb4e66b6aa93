//! Long lists: they come page by page, can be stopped, left and taken up again, and at rest hold what the server has.

use reqwest::Method;

use crate::desk::{Desk, Setting, WIDE};

/// A console on the services, before a list of 1,500 channels that comes in pages of a hundred.
async fn before_a_long_list() -> Desk {
    before(Setting { max_page_size: 100, channels: 1500, ..Setting::default() }).await
}

/// The same with 8,000 channels, far enough away for their two kinds to be asked for at once.
async fn before_a_far_list() -> Desk {
    before(Setting { channels: 8000, faults: "latency=30ms", ..Setting::default() }).await
}

async fn before(setting: Setting) -> Desk {
    let mut desk = Desk::with(Setting { size: WIDE, ..setting }).await;
    desk.sees("Services 3, all loaded").await;
    desk
}

/// Ends the console and compares its rows with what the server has, in its order.
async fn rows_equal_the_servers(mut desk: Desk) {
    desk.faults("none");
    let stored = desk.channels().await;
    desk.press("^c ^c");
    let (_, model) = desk.ends_with().await;
    let list = model.lists.channels.values().max_by_key(|list| list.first_rows().len()).unwrap();
    let sid = |&row: &_| model.entities.channel_sid(row).unwrap();
    let rows: Vec<_> = list.first_rows().iter().map(sid).collect();
    assert_eq!(rows.len(), stored.len());
    assert!(rows == stored, "other rows than the server's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_show_while_more_are_loading_and_keys_work() {
    let mut desk = before_a_long_list().await;
    desk.faults("latency=30ms");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    desk.press("j j j");
    desk.sees(" 4/").await;
    desk.sees("Channels 1,500, all loaded ✔").await;
    assert!(desk.frame().contains("4/1,500"), "the cursor stays\n{}", desk.frame());
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_was_stopped_says_where_and_r_reads_on() {
    let mut desk = before_a_long_list().await;
    desk.faults("latency=80ms");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    desk.press("^c");
    desk.sees("Channels stopped at ").await;
    desk.faults("none");
    desk.press("r");
    desk.sees("Channels 1,500, all loaded ✔").await;
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_is_left_waits_and_goes_on_when_it_is_entered_again() {
    let mut desk = before_a_long_list().await;
    desk.faults("latency=80ms");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    desk.press("h");
    desk.sees("loaded, more on the server").await;
    desk.faults("none");
    desk.press("Enter");
    desk.sees("Channels 1,500, all loaded ✔").await;
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_fails_now_and_then_loses_no_row() {
    let mut desk = before_a_long_list().await;
    desk.faults("429=20%,500=10%,cut=10%");
    desk.press("Enter");
    desk.sees("Channels 1,500, all loaded ✔").await;
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_fails_for_long_keeps_the_rows_and_is_read_on() {
    let mut desk = before_a_long_list().await;
    desk.faults("latency=50ms");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    desk.faults("500=100%");
    desk.sees("loaded, the rest could not be read").await;
    desk.is_told("channels could not be read to the end").await;
    desk.faults("none");
    desk.press("r");
    desk.sees("Channels 1,500, all loaded ✔").await;
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_come_and_go_meanwhile_begin_the_list_anew() {
    let mut desk = before_a_long_list().await;
    desk.faults("latency=50ms");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    desk.press("j j j");
    desk.someone(Method::POST, "", &[("UniqueName", "born-meanwhile")]).await;
    desk.is_told("reading it again from the start").await;
    desk.faults("none");
    desk.sees("Channels 1,501, all loaded ✔").await;
    assert!(desk.frame().contains("4/1,501"), "the cursor stays\n{}", desk.frame());
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_kinds_are_read_at_once_and_make_one_list() {
    let mut desk = before_a_far_list().await;
    let before = desk.sandbox.requests();
    desk.press("Enter");
    desk.sees("Channels 8,000, all loaded ✔").await;
    let pages = desk.sandbox.requests() - before;
    assert!(pages > 9, "one list has seven more pages, two kinds have ten: {pages}");
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_migrates_meanwhile_is_not_lost_between_the_kinds() {
    let mut desk = before_a_far_list().await;
    desk.faults("none");
    let public = desk.public_channels().await;
    desk.faults("latency=30ms");
    desk.press("Enter");
    for channel in public.iter().rev().step_by(7).take(40) {
        desk.migrates(*channel).await;
    }
    desk.sees("Channels 8,000, all loaded ✔").await;
    rows_equal_the_servers(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_kinds_at_once_lose_no_row_to_a_server_that_fails_now_and_then() {
    let mut desk = before_a_far_list().await;
    desk.faults("latency=30ms,429=10%,500=10%,cut=10%");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    desk.press("^c");
    desk.sees("Channels stopped at ").await;
    desk.press("r");
    desk.sees("Channels 8,000, all loaded ✔").await;
    rows_equal_the_servers(desk).await;
}
