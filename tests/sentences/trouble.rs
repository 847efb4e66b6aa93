//! A server that fails in every way it can: the screen says what is known, and at rest it equals the server.

use crate::desk::{ANA, Desk, marked};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_for_being_busy_are_waited_out() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    desk.faults("429=30%");
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("2");
    desk.sees("Users 102, all loaded").await;
    desk.press("/ana.weiss Enter Enter");
    desk.sees("Memberships of ana.weiss 51, all loaded").await;
    mute_ten(&mut desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_in_trouble_is_tried_again_and_believed_at_rest() {
    let mut desk = Desk::at_memberships().await;
    desk.faults("500=30%");
    mute_ten(&mut desk).await;
}

/// Mutes or unmutes ten memberships at once and compares what shows at rest with what is stored.
async fn mute_ten(desk: &mut Desk) {
    desk.press("m j m j m j m j m j m j m j m j m j m");
    desk.sees("saving 1").await;
    desk.until("all answers", |frame| !frame.contains("saving ")).await;
    desk.faults("none");
    let stored = desk.memberships(ANA).await;
    let header = desk.frame().lines().position(|line| line.contains("LEVEL")).unwrap();
    let rows: Vec<&str> = desk.frame().lines().skip(header + 1).take(10).collect();
    for (row, membership) in rows.iter().zip(&stored) {
        let row = row.trim_end_matches(['│', ' ']);
        let level = membership.notification_level.name();
        assert!(row.ends_with(level), "{level} is stored:\n{}", desk.frame());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_whose_answer_is_lost_is_looked_up() {
    let mut desk = Desk::at_memberships().await;
    desk.points_at("default").await;
    desk.faults("drop-writes=100%,latency=100ms");
    desk.press("m");
    desk.sees("may or may not be saved").await;
    assert!(marked(desk.frame()).contains('…'), "still pending\n{}", desk.frame());
    desk.faults("none");
    desk.sees("(answer failed: ").await;
    desk.is_told("(answer failed: ").await;
    assert!(marked(desk.frame()).ends_with("muted"), "{}", desk.frame());
    assert_eq!(desk.first_level(ANA).await, "muted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_failed_goes_back_with_its_reason() {
    let mut desk = Desk::at_memberships().await;
    desk.points_at("default").await;
    desk.faults("500-writes=100%,latency=100ms");
    desk.press("m");
    desk.sees("may or may not be saved").await;
    desk.faults("none");
    desk.sees("not saved: ").await;
    desk.is_told("the server does not have the change (Internal").await;
    assert!(marked(desk.frame()).ends_with("default"), "{}", desk.frame());
    assert_eq!(desk.first_level(ANA).await, "default");

    desk.faults("500=100%");
    desk.press("m");
    desk.is_told("it could not be read before the change").await;
    desk.is_told("status 500").await;
    assert!(marked(desk.frame()).ends_with("default"), "{}", desk.frame());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_server_is_named_while_it_is_waited_for() {
    let mut desk = Desk::at_channels().await;
    desk.faults("429=100%");
    desk.press("r");
    desk.sees("(Twilio busy)").await;
    desk.sees("channels could not be read").await;
    desk.is_told("code 20429").await;
    assert!(desk.frame().contains("Team: orders"), "{}", desk.frame());
    desk.faults("none");
    desk.press("r");
    desk.sees("Channels 144, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_answer_is_no_answer() {
    let mut desk = Desk::open().await;
    desk.sees("Services 3, all loaded").await;
    desk.faults("cut=100%");
    desk.press("Enter");
    desk.sees("this could not be read").await;
    desk.faults("none");
    desk.press("r");
    desk.sees("Channels 144, all loaded").await;
    desk.faults("cut=100%");
    desk.press("r");
    desk.sees("Channels 144, stale since").await;
    assert!(desk.frame().contains("Team: orders"), "{}", desk.frame());
    desk.faults("none");
    desk.press("r");
    desk.sees("Channels 144, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_contact_the_rows_stay_and_come_fresh_by_themselves() {
    let mut desk = Desk::at_channels().await;
    desk.faults("offline");
    desk.press("r");
    desk.sees("offline since").await;
    assert!(desk.frame().contains("144, stale since"), "{}", desk.frame());
    assert!(desk.frame().contains("Team: orders"), "{}", desk.frame());
    desk.press("j");
    desk.points_at("Team: billing").await;
    desk.faults("none");
    desk.sees("the server answers again").await;
    desk.until("fresh rows", |frame| {
        frame.contains("Channels 144, all loaded") && !frame.contains("offline since")
    })
    .await;
    assert!(marked(desk.frame()).contains("Team: billing"), "the cursor stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_without_contact_is_given_back() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter e -typed");
    desk.sees("Incidents-typed").await;
    desk.faults("offline");
    desk.press("^s");
    desk.sees("not saved: ").await;
    desk.until("the form with what was typed", |frame| {
        frame.contains("Edit channel") && frame.contains("Incidents-typed")
    })
    .await;
    desk.faults("none");
    desk.press("^s");
    desk.sees("saved friendly name of").await;
    assert_eq!(desk.channel("incidents").await.friendly_name.unwrap().raw(), "Incidents-typed");
}
