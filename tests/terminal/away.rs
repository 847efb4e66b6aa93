//! A server that goes away and comes back.

use crate::practice::Practice;

#[test]
fn rows_outlive_the_server_and_are_fresh_again_by_themselves() {
    let practice = Practice::start("0");
    let port = practice.port();
    let mut console = practice.console().open();
    console.points_at("Chat EU");
    console.press("Enter");
    console.sees("Channels 144, all loaded");
    drop(practice);
    console.press("r");
    console.until("what is loaded, called stale", |seen| {
        seen.has("Channels 144, stale since")
            && seen.has("offline since")
            && seen.has("Team: orders")
    });
    let practice = Practice::start(&port);
    console.until("the server's return", |seen| {
        seen.has("Channels 144, all loaded") && !seen.has("offline since")
    });
    console.sees("the server answers again");
    console.press("q");
    assert_eq!(console.ends(), 0);
    drop(practice);
}
