//! Making, migrating, deleting and removing, with everything asked first and told as it turned out.

use reqwest::Method;
use switchboard::api::{Attributes, chat::channels::ChannelType};

use crate::desk::{Desk, Setting, marked};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_is_made_with_all_its_parameters() {
    let mut desk = Desk::at_channels().await;
    desk.press(
        "a Night Space shift Tab night-shift Tab Right Tab End Left \"floor\":2 Tab ana.weiss",
    );
    desk.press("Tab 2024-05-17T09:30:00Z Tab 2024-05-18T09:30:00+02:00");
    desk.sees("2024-05-18T09:30:00+02:00").await;
    desk.press("^s");
    desk.sees("created Night shift").await;
    desk.points_at("Night shift").await;
    let made = desk.channel("night-shift").await;
    assert_eq!(made.friendly_name.unwrap().raw(), "Night shift");
    assert_eq!(made.kind, ChannelType::Private);
    assert_eq!(made.attributes, Attributes::from_text(r#"{"floor":2}"#));
    assert_eq!(made.created_by.unwrap().raw(), "ana.weiss");
    assert_eq!(made.date_created.unwrap().to_string(), "2024-05-17T09:30:00Z");
    assert_eq!(made.date_updated.unwrap().to_string(), "2024-05-18T07:30:00Z");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_unique_name_comes_back_to_its_field_and_can_be_mended() {
    let mut desk = Desk::at_channels().await;
    desk.press("a Second Tab incidents ^s");
    desk.sees("✖ Unique name:").await;
    desk.sees("2/7").await;
    desk.press("-2 ^s");
    desk.sees("created Second").await;
    assert_eq!(desk.channel("incidents-2").await.friendly_name.unwrap().raw(), "Second");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_that_is_none_is_told_with_an_example() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e S-Tab ^u tomorrow ^s");
    desk.sees("write it like 2024-05-17T09:30:00Z").await;
    desk.press("^u 2024-05-17T09:30:00Z ^s");
    desk.sees("saved date updated of Incidents").await;
    let stored = desk.channel("incidents").await;
    assert_eq!(stored.date_updated.unwrap().to_string(), "2024-05-17T09:30:00Z");
}

/// Types `:delete` and the end of the sid that the question asks for.
async fn delete(desk: &mut Desk) {
    desk.press(":delete Enter");
    desk.sees("type the end of").await;
    let line = desk.frame().lines().find(|line| line.contains("type the end of")).unwrap();
    let tail = line.split("sid, ").nth(1).unwrap().chars().take(4).collect::<String>();
    desk.press(&format!("{tail} Enter"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_channel_is_struck_and_leaves_with_the_next_reading() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    delete(&mut desk).await;
    desk.sees("deleted Incidents").await;
    desk.points_at("gone").await;
    desk.press("Esc r");
    desk.sees("Channels 143, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_someone_else_deleted_counts_as_deleted() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.someone(Method::DELETE, "/incidents", &[]).await;
    delete(&mut desk).await;
    desk.sees("Incidents: it was gone already").await;
    desk.points_at("gone").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_tail_deletes_nothing() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press(":delete Space zzzz Enter");
    desk.sees("type the end of its sid").await;
    desk.press("Enter");
    desk.sees("nothing was sent: the sid ends in").await;
    desk.press("Esc");
    desk.until("the question to go", |frame| !frame.contains("type the end of")).await;
    assert_eq!(desk.channel("incidents").await.friendly_name.unwrap().raw(), "Incidents");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_channel_is_migrated_once_and_for_good() {
    let mut desk = Desk::at_channels().await;
    desk.press("/all-hands Enter");
    desk.points_at("public").await;
    desk.press("M");
    desk.sees("One way: no call makes it public again.").await;
    desk.press("y");
    desk.sees("migrated All hands: it is private now, for good").await;
    desk.points_at("private").await;
    assert_eq!(desk.channel("all-hands").await.kind, ChannelType::Private);
    desk.press("M");
    desk.sees("it is private already").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_messaging_service_that_is_refused_comes_back_with_what_was_typed() {
    let mut desk = Desk::at_channels().await;
    desk.press("/all-hands Enter");
    desk.points_at("public").await;
    desk.press("M g MG00 Enter y");
    desk.sees("a messaging service sid is MG").await;
    assert!(desk.frame().contains("MG00"), "{}", desk.frame());
    desk.press("Esc");
    assert_eq!(desk.channel("all-hands").await.kind, ChannelType::Public);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_is_removed_from_a_channel() {
    let mut desk = Desk::at_memberships().await;
    let before = desk.memberships("ana.weiss").await;
    delete(&mut desk).await;
    desk.sees("removed ana.weiss from").await;
    let after = desk.memberships("ana.weiss").await;
    assert_eq!(after, before[1..]);
    desk.press("r");
    desk.sees("Memberships of ana.weiss 50, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_membership_is_marked_read() {
    let mut desk = Desk::at_memberships().await;
    desk.press("e Tab ^u 3 Tab 2024-05-17T09:30:00Z ^s");
    desk.sees("saved last consumed index, last consumption").await;
    let stored = desk.memberships("ana.weiss").await;
    assert_eq!(stored[0].last_consumed_message_index, Some(3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flex_channel_is_made_where_its_flow_says_and_deleted() {
    let mut desk = Desk::open().await;
    desk.press("4");
    desk.sees("Flex channels 14, all loaded").await;
    desk.sees("Flex SMS").await;
    desk.press("a Tab visitor-1 Tab Visitor Tab ^s");
    desk.sees("not saved: Chat friendly name: this is required").await;
    desk.press("Web Space chat Space 1 ^s");
    desk.sees("created Web chat 1").await;
    desk.points_at("Web chat 1").await;
    desk.press("Enter");
    desk.sees("visitor-1").await;
    desk.press("Enter");
    desk.sees("attributes").await;
    desk.press("h");
    delete(&mut desk).await;
    desk.sees("deleted Web chat 1").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_is_asked_for_only_where_the_flow_makes_tasks() {
    let mut desk = Desk::with(Setting::default()).await;
    desk.press("4");
    desk.sees("Flex channels 14, all loaded").await;
    desk.sees("Flex SMS").await;
    desk.press("a");
    desk.sees("only where the flow's integration is task").await;
    desk.press("Right");
    desk.until("a task can be named", |frame| {
        frame.contains("(•) Flex SMS") && !frame.contains("only where the flow's integration")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhooks_are_off_until_switched_and_the_header_says_when_the_session_tells_them() {
    let mut desk = Desk::at_channels().await;
    desk.press("e");
    desk.sees("webhooks off").await;
    desk.press("Esc :webhooks Space on Enter");
    desk.until("the badge", |frame| frame.lines().next().unwrap().contains("webhooks on")).await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e ! ^s");
    desk.sees("saved friendly name of Incidents · webhooks told").await;
    assert!(marked(desk.frame()).contains("Incidents!"), "{}", desk.frame());
}
