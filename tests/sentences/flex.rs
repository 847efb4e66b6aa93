//! Flex channels: named by what they join, walked through, and what they say when a part is missing.

use reqwest::Method;

use crate::desk::{Desk, NARROW, Setting, WIDE, marked};

async fn at_flex(faults: &'static str) -> Desk {
    let mut desk = Desk::with(Setting { size: NARROW, faults, ..Setting::default() }).await;
    desk.sees("Chat EU").await;
    desk.press("4");
    desk.sees("Flex channels 14, all loaded").await;
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_get_their_names_from_flow_service_and_chat_channel() {
    let mut desk = at_flex("latency=30ms").await;
    desk.points_at("+15550102000").await;
    desk.until("the first row's flow and user", |frame| {
        marked(frame).contains("Flex SMS Chan") && marked(frame).contains("visitor-4107")
    })
    .await;
    assert!(desk.frame().contains("sandbox  › Flex "), "{}", desk.frame());
    desk.press("/web Space visitor-4114 Enter");
    desk.sees("Flex channels 1 of 14, all loaded").await;
    desk.points_at("visitor-4114").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_part_leads_to_its_own_place() {
    let mut desk = at_flex("none").await;
    desk.points_at("+15550102000").await;
    desk.press("Enter");
    desk.sees("task · sms · enabled · Chat EU").await;
    desk.points_at("chat channel  +15550102000").await;
    desk.press("Enter");
    desk.sees("── members").await;
    desk.sees("Flex › +15550102000 › +15550102000").await;
    desk.press("h j Enter");
    desk.sees("Memberships of visitor-4107").await;
    desk.press("h j");
    desk.points_at("flow          Flex SMS Channel Flow").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("h j Enter");
    desk.sees("tasks belong to TaskRouter").await;
    desk.press("6");
    desk.sees("Messages of +15550102000").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_channel_that_was_removed_is_told_and_leads_nowhere() {
    let mut desk = at_flex("none").await;
    desk.points_at("+15550102000").await;
    desk.someone(Method::DELETE, "/CH2f69113af2815a4db0c5e8ab3d041028", &[]).await;
    desk.press("Enter r");
    desk.sees("the chat channel is gone: Chat EU no longer knows").await;
    desk.press("Enter");
    desk.is_told("the chat channel is gone: Chat EU no longer knows CH2f69…1028").await;
    desk.sees("Flex channel").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flows_lead_to_the_channels_of_their_service() {
    let mut desk = Desk::open().await;
    desk.sees("Chat EU").await;
    desk.press("9");
    desk.sees("Flows 2, all loaded").await;
    desk.points_at("Flex Web Channel Flow").await;
    desk.press("j");
    desk.sees("reached at +15550100999").await;
    desk.press("Enter");
    desk.sees("Flows › Chat EU › Channels").await;
    desk.sees("Channels 144, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_contact_flex_comes_back_by_itself() {
    let mut desk = at_flex("none").await;
    desk.points_at("visitor-4107").await;
    desk.faults("offline");
    desk.press("r");
    desk.sees("14, stale since").await;
    desk.faults("none");
    desk.until("fresh rows", |frame| {
        frame.contains("Flex channels 14, all loaded") && !frame.contains("offline since")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_wide_screen_the_parts_follow_the_cursor() {
    let mut desk = Desk::with(Setting { size: WIDE, ..Setting::default() }).await;
    desk.sees("Channels 144").await;
    desk.press("4");
    desk.sees("Flex channel +15550102000").await;
    desk.press("j");
    desk.sees("Flex channel Flex WebChat").await;
    desk.sees("no task").await;
}
