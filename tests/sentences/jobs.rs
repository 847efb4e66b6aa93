//! Many at once: planned, run, paused, stopped, gone on with; beside it the console stays alive.

use crate::desk::{Desk, Setting};

/// Filters the channels to public ones that Flex does not own, and marks the first three of those that match.
async fn with_three_marks(desk: &mut Desk) {
    desk.press("/type=public Enter");
    desk.sees("/type=public").await;
    desk.press("Space Space Space");
    desk.sees("3 marked").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_marked_channels_are_private_at_rest() {
    let mut desk = Desk::at_channels().await;
    with_three_marks(&mut desk).await;
    desk.press("M");
    desk.until("the plan", |frame| frame.contains("will migrate 3") && !frame.contains("reading"))
        .await;
    desk.sees("Type the count to start, 3").await;
    let before = desk.public_channels().await.len();
    desk.press("Enter");
    desk.sees("nothing was sent: type 3 to start").await;
    desk.press("3 Enter");
    desk.sees("migrated 3 of 3; read again: all private in fact").await;
    assert_eq!(desk.public_channels().await.len(), before - 3);
    desk.press("5");
    desk.sees("Jobs 1, all loaded").await;
    desk.press("Enter");
    desk.sees("so when read again").await;
}

/// Plans all public channels, which takes a few seconds, and starts.
async fn start_many(desk: &mut Desk) {
    desk.press("/type=public Enter M");
    desk.until("the plan", |frame| frame.contains("Type the count") && !frame.contains("reading"))
        .await;
    let line = desk.frame().lines().find(|line| line.contains("Type the count")).unwrap();
    let count = line.split("start, ").nth(1).unwrap().split(':').next().unwrap().to_owned();
    desk.press(&format!("{count} Enter"));
    desk.sees("job 1 runs").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_paused_and_goes_on_and_keys_stay_alive() {
    let mut desk = Desk::at_channels().await;
    start_many(&mut desk).await;
    desk.press("^c");
    desk.sees("  paused").await;
    desk.press("j");
    desk.sees(" 2/").await;
    desk.press("5");
    desk.sees("Jobs 1, all loaded").await;
    desk.press("p");
    desk.until("the end", |frame| frame.contains("100 %") && frame.contains(" ended ")).await;
    desk.is_told("read again: all private in fact").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_quits_is_asked_and_the_next_start_offers_to_go_on() {
    let mut desk = Desk::at_channels().await;
    start_many(&mut desk).await;
    desk.press("q");
    desk.sees(" Quit? ").await;
    desk.press("Esc");
    desk.until("the question to go", |frame| !frame.contains(" Quit? ")).await;
    desk.press("q p");
    let ended = desk.ends().await;
    let print = ended.print.unwrap_or_default();
    assert!(print.contains("switchboard jobs resume 1"), "{print}");
    let state = Some(desk.state.clone());
    let mut next = Desk::with(Setting { state, ..Setting::default() }).await;
    next.is_told("job 1 stopped at").await;
    next.press("5");
    next.sees("Jobs 1, all loaded").await;
    next.press("p");
    next.until("the end", |frame| frame.contains("100 %") && frame.contains(" ended ")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_consoles_do_not_run_one_job() {
    let mut first = Desk::at_channels().await;
    start_many(&mut first).await;
    first.press("^c");
    first.sees("  paused").await;
    let state = Some(first.state.clone());
    let mut second = Desk::with(Setting { state, ..Setting::default() }).await;
    second.sees("Chat EU").await;
    second.press("5");
    second.sees("elsewhere").await;
    second.press("p");
    second.sees("another console runs it").await;
    first.press("^c");
    first.sees("stopped at").await;
    second.press("r");
    second.sees("stopped ").await;
    second.press("p");
    second.until("the end", |frame| frame.contains("100 %") && frame.contains(" ended ")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marked_memberships_are_muted_in_one_go() {
    let mut desk = Desk::at_memberships().await;
    desk.press("Space Space Space");
    desk.sees("3 marked").await;
    desk.press("m");
    desk.sees("· plan ·").await;
    desk.press("Enter");
    desk.sees("job 1").await;
    desk.is_told("read again: all muted in fact").await;
    let memberships = desk.memberships("ana.weiss").await;
    let muted = |nth: usize| memberships[nth].notification_level.name() == "muted";
    assert!(muted(0) && muted(1) && muted(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_set_in_marked_channels_and_others_are_deleted() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("Space :set Space /routing/queue Space \"tier-9\" Enter");
    desk.sees("will set 1").await;
    desk.sees("\"tier-9\"").await;
    desk.press("Enter");
    desk.sees("▸ job 1").await;
    desk.is_told("job 1: changed 1 of 1").await;
    assert!(desk.channel("incidents").await.attributes.text().contains("tier-9"));
    let before = desk.channels().await.len();
    desk.press("Space :delete Enter");
    desk.sees("There is no undo").await;
    desk.until("the plan", |frame| frame.contains("will delete 1") && !frame.contains("reading"))
        .await;
    desk.press("1 Enter");
    desk.sees("▸ job 2").await;
    desk.is_told("job 2: deleted 1 of 1").await;
    assert_eq!(desk.channels().await.len(), before - 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_that_a_filter_hides_are_looked_at_first() {
    let mut desk = Desk::at_channels().await;
    desk.press("Space Space Space");
    desk.sees("3 marked").await;
    desk.press("/type=public Enter");
    desk.sees("hidden").await;
    desk.press("M");
    desk.sees("marked rows that the filter hides").await;
    desk.press("Enter");
    desk.sees("and were looked through").await;
}
