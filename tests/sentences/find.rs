//! Looking for a text in all services.

use crate::desk::{ANA, Desk, Setting, WIDE};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_and_a_user_are_found_wherever_they_are_and_enter_goes_there() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    desk.press(":find Space team-returns Enter");
    desk.sees("Find “team-returns” 1 found, 3 of 3 services searched ✔").await;
    desk.points_at("Chat EU").await;
    assert!(desk.frame().contains("unique name"), "what matched\n{}", desk.frame());
    desk.press("Enter");
    desk.until("the channel", |frame| {
        let head = frame.lines().next().unwrap_or_default();
        head.contains("Find “team-returns” › Chat EU › ")
    })
    .await;
    desk.press("h");
    desk.sees("1 found, 3 of 3").await;
    desk.press(&format!(":find Space {ANA} Enter"));
    desk.sees("found, 3 of 3 services searched ✔").await;
    desk.points_at("user").await;
    desk.press("Enter");
    desk.sees("Memberships of ana.weiss 51, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_sid_is_found_without_listing_anything() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    let sid = desk.channel("team-returns").await.sid;
    // A listing would not be answered: this must not wait for one.
    desk.press(&format!(":find Space {sid} Enter"));
    desk.sees("1 found, 3 of 3 services searched ✔").await;
    assert!(!desk.seen.iter().any(|frame| frame.contains("loading …")), "{}", desk.frame());
    desk.press("Enter");
    desk.sees("team-returns").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hits_show_as_they_come_keys_work_and_it_can_be_stopped() {
    let setting = Setting { size: WIDE, max_page_size: 100, channels: 3_000, ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.sees("Services 3, all loaded").await;
    desk.faults("latency=100ms");
    desk.press(":find Space e Enter");
    desk.until("hits while it goes on", |frame| {
        frame.contains("services searched …") && frame.contains("1/") && frame.contains("channel")
    })
    .await;
    desk.press("j j");
    desk.sees(" 3/").await;
    desk.press("^c");
    desk.sees("found · stopped, ").await;
    desk.faults("none");
    desk.press("r");
    desk.sees("3 of 3 services searched ✔").await;
    assert!(desk.frame().contains(" 3/"), "the cursor stays\n{}", desk.frame());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_fails_is_named_and_r_reads_it_again() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    desk.faults("500=100%");
    desk.press(":find Space zebra Enter");
    desk.sees("nothing so far").await;
    desk.sees("3 failed").await;
    desk.until("the services by name", |frame| {
        frame.contains("Chat EU: channels could not be read") && frame.contains("r tries again")
    })
    .await;
    desk.is_told("of Chat EU could not be read").await;
    desk.faults("none");
    desk.press("r");
    desk.sees("0 found, 3 of 3 services searched ✔").await;
    desk.sees("no channel and no user holds it").await;
}
