//! Saved views: what was looked at once is looked at again, also by another console.

use tempfile::TempDir;

use crate::desk::{Desk, Setting};

/// The title of the list, its head and its rows, wherever the cursor is.
fn rows(frame: &str) -> Vec<String> {
    frame.replace('▶', " ").lines().skip(1).take(10).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_view_outlives_the_console_and_leads_back_from_anywhere() {
    let state = TempDir::new().unwrap();
    let begin = || Setting { state: Some(state.path().to_owned()), ..Setting::default() };
    let mut desk = Desk::with(begin()).await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("/team Enter :columns Space members Space updated Enter");
    desk.until("the columns", |frame| {
        frame.contains("MBR") && !frame.contains("UNIQUE NAME") && frame.contains("of 144")
    })
    .await;
    desk.press("s j j j j Enter");
    desk.sees("UPDATE▼").await;
    desk.press(":view Space save Space my Space teams Enter");
    desk.sees("saved the view my teams").await;
    let before = desk.frame().to_owned();
    desk.press("q");
    desk.ends().await;

    let mut desk = Desk::with(begin()).await;
    desk.sees("Services 3, all loaded").await;
    desk.press("4");
    desk.sees("Flex channels").await;
    desk.press(":view Enter");
    desk.until("the views", |frame| frame.contains(" Views ") && frame.contains("▶ my teams"))
        .await;
    desk.press("Enter");
    desk.until("the same rows", |frame| rows(frame) == rows(&before)).await;
    desk.press(":view Space delete Space my Space teams Enter");
    desk.sees("deleted the view my teams").await;
    desk.press(":view Enter");
    desk.sees(":view save NAME").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn views_that_cannot_be_read_block_nothing() {
    let state = TempDir::new().unwrap();
    std::fs::write(state.path().join("views.json"), "{").unwrap();
    let setting = Setting { state: Some(state.path().to_owned()), ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.sees("Services 3, all loaded").await;
    desk.is_told("the saved views cannot be read").await;
    desk.press(":view Space save Space x Enter");
    desk.sees("not saved: ").await;
    desk.press("Esc Enter");
    desk.sees("Channels 144, all loaded").await;
    assert_eq!(std::fs::read_to_string(state.path().join("views.json")).unwrap(), "{");
}
