//! Walking and reading while the server takes its time.

use reqwest::Method;

use crate::desk::{ANA, CHAT_EU, Desk, NARROW, Setting, WIDE, marked};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_come_one_by_one_and_the_title_says_how_far() {
    let setting = Setting { faults: "latency=50ms", max_page_size: 50, ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.points_at("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 50 loaded, loading").await;
    desk.press("/order-");
    desk.sees(" loaded, not all").await;
    desk.sees("100 loaded, loading").await;
    desk.until("the last page", |frame| {
        frame.contains("of 144, all loaded ✔ · /order-") && !frame.contains("not all")
    })
    .await;
    desk.press("Enter Esc G");
    desk.sees(" 144/144 ").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_work_while_anything_loads() {
    let setting = Setting { size: WIDE, faults: "latency=300ms", ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.until("the channels to load beside the services", |frame| {
        frame.contains("Services 3, all loaded") && frame.contains("reading")
    })
    .await;
    desk.press("j");
    desk.until("the cursor to move meanwhile", |frame| {
        marked(frame).starts_with("Chat US") && frame.contains("reading")
    })
    .await;
    desk.sees("Channels 41, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_for_a_service_that_was_left_shows_nowhere() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    desk.faults("latency=300ms");
    desk.press("Enter h j Enter");
    desk.sees("Chat US › Channels").await;
    desk.sees("Channels 41, all loaded").await;
    desk.press("r");
    desk.sees("41 loaded, loading").await;
    desk.sees("Channels 41, all loaded").await;
    let mixed = |frame: &&String| frame.contains("Chat US ›") && frame.contains("team-orders");
    assert_eq!(desk.seen.iter().find(mixed), None);
    desk.press("h k Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.points_at("Team: orders").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_can_be_stopped_and_begun_again() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    desk.faults("latency=5s");
    desk.press("Enter");
    desk.sees("reading").await;
    desk.press("^c");
    desk.sees("stopped; r reads again").await;
    desk.faults("none");
    desk.press("r");
    desk.sees("Channels 144, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_leads_there_and_the_path_gets_its_names() {
    let user = {
        let desk = Desk::open().await;
        desk.memberships(ANA).await[0].user_sid
    };
    let address = Some(format!("https://chat.example.org/v2/Services/{CHAT_EU}/Users/{user}"));
    let mut desk = Desk::with(Setting { size: NARROW, address, ..Setting::default() }).await;
    desk.sees("Memberships of ana.weiss 51, all loaded").await;
    desk.sees("Chat EU › Users › ana.weiss").await;
    desk.points_at("Team: orders").await;
    desk.press("Enter");
    desk.sees("retention_days").await;
    desk.press("h");
    desk.sees("Memberships of ana.weiss").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_changes_while_it_is_read_is_read_again() {
    let setting = Setting { max_page_size: 50, ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.points_at("Chat EU").await;
    desk.faults("latency=400ms");
    desk.press("Enter");
    desk.sees("Channels 50 loaded, loading").await;
    desk.press("j j j");
    desk.points_at("Team: VIP desk").await;
    // The second page is on its way already; this makes the way to the third one invalid.
    desk.someone(Method::POST, "", &[("FriendlyName", "Newcomer"), ("Type", "private")]).await;
    desk.sees("the list changed on the server while it was being read").await;
    desk.faults("none");
    desk.sees("Channels 145, all loaded").await;
    desk.points_at("Team: VIP desk").await;
    desk.press("/newcomer");
    desk.points_at("Newcomer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_removed_meanwhile_is_told_and_leaves_with_the_next_reading() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter e -typed");
    desk.sees("Incidents-typed").await;
    let sid = desk.channel("incidents").await.sid;
    desk.someone(Method::DELETE, &format!("/{sid}"), &[]).await;
    desk.press("^s");
    desk.until("what was typed, given back", |frame| {
        frame.contains("Edit channel") && frame.contains("not saved: ")
    })
    .await;
    assert!(desk.frame().contains("Incidents-typed"), "{}", desk.frame());
    desk.press("Esc");
    desk.points_at("gone").await;
    desk.press("Esc r");
    desk.sees("Channels 143, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_does_not_wait_for_the_ages_and_they_follow() {
    let mut desk = Desk::with(Setting { size: NARROW, ..Setting::default() }).await;
    desk.sees("Services 3, all loaded").await;
    desk.press("Enter");
    desk.sees(" 1/144").await;
    for place in [" 2/144", " 3/144", " 4/144"] {
        // Answers of before are drawn by then.
        let second = now().as_second();
        while now().as_second() < second + 2 {
            tokio::task::yield_now().await;
        }
        desk.press("j");
        desk.sees(place).await;
        // Once for the ages, and once when the cursor has rested. A machine that sleeps for long may draw both at once.
        if desk.is_drawn_again().await && desk.is_drawn_again().await {
            return;
        }
    }
    panic!("the ages did not follow");
}

#[expect(clippy::disallowed_methods, reason = "the second is what is waited for")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
