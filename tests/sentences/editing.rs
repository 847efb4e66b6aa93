//! Writing: what was typed is never lost, what was not touched is never changed, what is out is waited for.

use switchboard::api::chat::channels::ChannelPatch;

use crate::desk::{ANA, Desk, marked};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_under_an_open_form_keeps_what_was_typed() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.faults("latency=300ms");
    desk.press("r");
    desk.sees("loading").await;
    desk.press("e -typed");
    desk.sees("Incidents-typed").await;
    desk.until("the rows under the form", |frame| last_answer_took(frame) >= 300).await;
    desk.faults("none");
    desk.press("-more");
    desk.sees("Incidents-typed-more").await;
    desk.press("^s");
    desk.sees("saved friendly name of").await;
    let stored = desk.channel("incidents").await;
    assert_eq!(stored.friendly_name.unwrap().raw(), "Incidents-typed-more");
}

/// The milliseconds in the header.
fn last_answer_took(frame: &str) -> u32 {
    let header = frame.lines().next().unwrap_or_default().trim_end();
    let words = header.strip_suffix(" ms").and_then(|rest| rest.rsplit(' ').next());
    words.and_then(|millis| millis.parse().ok()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_by_someone_else_is_told_and_kept() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    let theirs =
        ChannelPatch { attributes: Some(r#"{"by":"them"}"#.into()), ..ChannelPatch::default() };
    desk.change("incidents", theirs).await;
    desk.faults("latency=200ms");
    desk.press("r e -mine");
    desk.sees("Incidents-mine").await;
    desk.sees("changed on the server since you opened this").await;
    assert!(desk.frame().contains("Incidents-mine"), "what was typed stays\n{}", desk.frame());
    desk.faults("none");
    desk.press("^s");
    desk.sees("saved friendly name of").await;
    let stored = desk.channel("incidents").await;
    assert_eq!(stored.friendly_name.unwrap().raw(), "Incidents-mine");
    assert_eq!(stored.attributes.text(), r#"{"by":"them"}"#, "their change is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attributes_keep_every_byte_that_was_not_edited() {
    let mut desk = Desk::at_channels().await;
    for (name, title) in [
        ("nasty-json-big", "Attributes: big numbers"),
        ("nasty-json-dup", "Attributes: duplicate keys"),
        ("nasty-json-escapes", "Attributes: escapes"),
        ("nasty-json-pretty", "Attributes: pretty"),
    ] {
        let before = desk.channel(name).await.attributes.text().to_owned();
        desk.press(&format!("/{name} Enter e"));
        desk.sees("Edit channel").await;
        desk.press("Tab Tab Space ^s");
        desk.sees(&format!("saved attributes of {title}")).await;
        assert_eq!(desk.channel(name).await.attributes.text(), format!(" {before}"));
        desk.press("Esc");
        desk.sees("Channels 144, all loaded").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn text_that_is_no_json_is_not_sent_and_not_lost() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter e");
    desk.sees("Edit channel").await;
    let before = desk.channel("incidents").await;
    desk.press("Tab Tab , ^s");
    desk.sees("Attributes:").await;
    assert!(desk.frame().contains("Edit channel") && desk.frame().contains("not JSON"));
    desk.press("Esc");
    desk.sees("not saved; e brings back what was typed").await;
    assert_eq!(desk.channel("incidents").await, before, "nothing was written");
    desk.press("e");
    desk.sees("not JSON").await;
    desk.press("F5");
    desk.sees("· valid · 2 keys").await;
    desk.press("Esc q");
    assert!(!desk.ends().await.terminated);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_asks_when_typed_text_would_be_lost() {
    let mut desk = Desk::at_channels().await;
    desk.press("e -draft Esc q");
    desk.sees("1 form holds text that was not saved").await;
    desk.press("Esc e");
    desk.sees("Team: orders-draft").await;
    desk.press("Esc q");
    desk.sees("Quit?").await;
    desk.press("y");
    desk.ends().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_waits_for_a_write_that_is_out() {
    let mut desk = Desk::at_memberships().await;
    desk.points_at("default").await;
    desk.faults("latency=500ms");
    desk.press("m q");
    desk.sees("finishing 1 save").await;
    assert!(marked(desk.frame()).contains('…'), "pending\n{}", desk.frame());
    desk.ends().await;
    desk.faults("none");
    assert_eq!(desk.first_level(ANA).await, "muted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_waits_until_the_outcome_of_a_write_is_known() {
    let mut desk = Desk::at_memberships().await;
    desk.faults("drop-writes=100%,latency=100ms");
    desk.press("m q");
    desk.sees("may or may not be saved").await;
    desk.faults("none");
    desk.ends().await;
    assert_eq!(desk.first_level(ANA).await, "muted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_is_called_off_by_a_write_that_fails() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter e -typed");
    desk.sees("Incidents-typed").await;
    desk.faults("500-writes=100%,latency=100ms");
    desk.press("^s q");
    desk.sees("may or may not be saved").await;
    desk.faults("none");
    desk.sees("not saved: ").await;
    desk.press("e");
    desk.until("what was typed", |frame| {
        frame.contains("Edit channel") && frame.contains("Incidents-typed")
    })
    .await;
    desk.press("^s");
    desk.sees("saved friendly name of").await;
    desk.press("q");
    desk.ends().await;
    assert_eq!(desk.channel("incidents").await.friendly_name.unwrap().raw(), "Incidents-typed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_change_waits_for_the_first() {
    let mut desk = Desk::at_memberships().await;
    desk.points_at("default").await;
    desk.faults("latency=300ms");
    desk.press("m m");
    desk.sees("still being saved").await;
    desk.sees(" muted ").await;
    desk.until("one change", |frame| marked(frame).ends_with("muted")).await;
    desk.press("m");
    desk.until("the next", |frame| {
        marked(frame).ends_with("default") && frame.contains("✔") && frame.contains(" unmuted ")
    })
    .await;
    desk.faults("none");
    assert_eq!(desk.first_level(ANA).await, "default");
}

fn attributes(text: String) -> ChannelPatch {
    ChannelPatch { attributes: Some(text), ..ChannelPatch::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_who_change_different_keys_both_keep_their_change() {
    let mut desk = Desk::at_channels().await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    let stored = desk.channel("incidents").await.attributes.text().to_owned();
    desk.press("e Tab Tab Right");
    desk.press(r#""mine":18446744073709551616,"#);
    desk.sees("18446744073709551616").await;
    let theirs = stored.replacen('}', r#", "theirs" : 1.0 }"#, 1);
    desk.change("incidents", attributes(theirs.clone())).await;
    desk.press("^s");
    desk.sees("what changed elsewhere is kept").await;
    let both = theirs.replacen('{', r#"{"mine":18446744073709551616,"#, 1);
    assert_eq!(desk.channel("incidents").await.attributes.text(), both);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_who_change_the_same_key_are_told_and_nothing_is_lost() {
    let mut desk = Desk::at_channels().await;
    desk.change("incidents", attributes(r#"{"a":1,"b":2}"#.to_owned())).await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e Tab Tab");
    desk.sees(r#"1  {"a":1,"b":2}"#).await;
    desk.press("End Left Left Left Left Left Left Left Backspace 7");
    desk.sees(r#"{"a":7,"b":2}"#).await;
    desk.change("incidents", attributes(r#"{"a":8,"b":3}"#.to_owned())).await;
    desk.press("^s");
    desk.sees("✖ Attributes /a: changed on both sides").await;
    desk.sees("theirs  8").await;
    assert_eq!(desk.channel("incidents").await.attributes.text(), r#"{"a":8,"b":3}"#);
    desk.press("Esc");
    desk.sees("^s save").await;
    assert!(desk.frame().contains(r#"{"a":7,"b":2}"#), "{}", desk.frame());
    desk.press("^s");
    desk.sees("yours   7").await;
    // A key that comes too soon after it is not heeded.
    desk.presses_until("Enter", "saved attributes of").await;
    assert_eq!(desk.channel("incidents").await.attributes.text(), r#"{"a":7,"b":3}"#);
}
