//! Many at once: planned, run, paused, stopped, gone on with; beside it the console stays alive.

use crate::desk::Desk;

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
    desk.sees("will migrate 3").await;
    desk.sees("Type the count to start, 3").await;
    let before = desk.public_channels().await;
    desk.press("Enter");
    desk.sees("nothing was sent: type 3 to start").await;
    desk.press("3 Enter");
    desk.sees("migrated 3 of 3; read again: all private in fact").await;
    assert_eq!(desk.public_channels().await, before - 3);
    desk.press("5");
    desk.sees("Jobs 1, all loaded").await;
    desk.press("Enter");
    desk.sees("so when read again").await;
}
