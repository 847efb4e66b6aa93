//! Messages, their order and their number.

use reqwest::Method;
use serde_json::json;

use crate::bench::{Practice, root_of};

#[tokio::test]
async fn messages_are_told_in_both_directions_and_counted() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    let channel = practice.get(&path).await;
    let list = format!("{path}/Messages?PageSize=30");
    let messages = practice.all(&list).await;
    assert_eq!(channel["messages_count"], messages.len());
    for (index, message) in messages.iter().enumerate() {
        assert_eq!(message["index"], index);
    }
    assert_eq!(messages.last().unwrap()["url"], channel["links"]["last_message"]);
    for message in &messages {
        assert_eq!(&practice.get(message["url"].as_str().unwrap()).await, message);
    }
    assert_eq!(practice.all(&list).await, messages, "looking changes nothing");
    let mut backwards = practice.all(&format!("{list}&Order=desc")).await;
    backwards.reverse();
    assert_eq!(backwards, messages);
    let page = practice.get(&format!("{list}&Order=desc")).await;
    let second = practice.get(page["meta"]["next_page_url"].as_str().unwrap()).await;
    let back = practice.get(second["meta"]["previous_page_url"].as_str().unwrap()).await;
    assert_eq!(back["messages"], page["messages"]);

    let user = format!("{}/Users/ana.weiss/Channels/all-hands", root_of(&path));
    let unread = practice.get(&user).await["unread_messages_count"].as_u64().unwrap();
    let form = [("Body", "Hi\n日本"), ("From", "ana.weiss")];
    let (status, said) = practice.post(&format!("{path}/Messages"), &form).await;
    assert_eq!((status, &said["index"], &said["body"]), (201, &json!(64), &json!("Hi\n日本")));
    assert_eq!(practice.get(&user).await["unread_messages_count"], unread + 1);
    let channel = practice.get(&path).await;
    assert_eq!(channel["messages_count"], 65);
    assert_eq!(channel["links"]["last_message"], said["url"]);
    let url = said["url"].as_str().unwrap();
    let (_, edited) = practice.post(url, &[("Body", "Hello")]).await;
    assert_eq!((&edited["was_edited"], &edited["body"]), (&json!(true), &json!("Hello")));
    let (_, silent) = practice.post(url, &[("Body", "")]).await;
    assert_eq!(silent["body"], "");
    assert_eq!(practice.request(Method::DELETE, url).send().await.unwrap().status(), 204);
    let (_, empty) = practice.post(&format!("{path}/Messages"), &[("From", "ana.weiss")]).await;
    assert_eq!(empty["body"], "", "no text is empty text");
    let url = empty["url"].as_str().unwrap();
    assert_eq!(practice.request(Method::DELETE, url).send().await.unwrap().status(), 204);
    assert_eq!(practice.get(&path).await["messages_count"], 64);
    assert_eq!(practice.get(&user).await["unread_messages_count"], unread);
}
