//! Users, members, invites, and what somebody has read.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::{Practice, root_of};

#[tokio::test]
async fn counts_are_true() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let root = format!("/v2/Services/{service}");
    let hall = practice.get(&format!("{root}/Channels/all-hands")).await;
    let members = practice.all(&format!("{root}/Channels/all-hands/Members")).await;
    assert_eq!(hall["members_count"], members.len());
    assert_eq!(members.len(), 100);
    let ana = practice.get(&format!("{root}/Users/ana.weiss")).await;
    let channels = practice.all(&format!("{root}/Users/ana.weiss/Channels?PageSize=7")).await;
    assert!(channels.len() > 30);
    let joined = channels.iter().filter(|row| row["status"] == "joined").count();
    assert_eq!(ana["joined_channels_count"], joined);
    for row in &channels {
        let read = row["last_consumed_message_index"].as_u64();
        let channel = practice.get(row["links"]["channel"].as_str().unwrap()).await;
        let unread = read.map(|index| channel["messages_count"].as_u64().unwrap() - index - 1);
        assert_eq!(row["unread_messages_count"].as_u64(), unread);
        assert_eq!(row["member_sid"].is_string(), row["status"] == "joined");
        assert_eq!(row["links"]["member"].is_string(), row["status"] == "joined");
    }
    let nobody = practice.all(&format!("{root}/Users/lonely.newcomer/Channels")).await;
    assert_eq!(nobody, Vec::<Value>::new());
}

#[tokio::test]
async fn a_channel_is_muted_and_read_and_unmuted() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let path = format!("/v2/Services/{service}/Users/ana.weiss/Channels/all-hands");
    let mut wanted = practice.get(&path).await;
    for level in ["muted", "default"] {
        let (status, updated) = practice.post(&path, &[("NotificationLevel", level)]).await;
        wanted["notification_level"] = json!(level);
        assert_eq!((status, &updated), (200, &wanted));
    }
    let form =
        [("LastConsumedMessageIndex", "10"), ("LastConsumptionTimestamp", "2026-01-02T03:04:05Z")];
    let (_, updated) = practice.post(&path, &form).await;
    assert_eq!(updated["last_consumed_message_index"], 10);
    assert_eq!(updated["unread_messages_count"], 53);
    let member = practice.get(updated["links"]["member"].as_str().unwrap()).await;
    assert_eq!(member["last_consumption_timestamp"], "2026-01-02T03:04:05Z");
    let (_, cleared) = practice.post(&path, &[("LastConsumedMessageIndex", "")]).await;
    assert_eq!(cleared["last_consumed_message_index"], Value::Null);
    assert_eq!(cleared["unread_messages_count"], Value::Null);
    for (name, value, refusal) in [
        ("NotificationLevel", "loud", (400, 50210)),
        ("LastConsumedMessageIndex", "64", (400, 50406)),
        ("LastConsumedMessageIndex", "-1", (400, 50406)),
        ("LastConsumptionTimestamp", "now", (400, 50405)),
        ("Level", "muted", (400, 20161)),
    ] {
        assert_eq!(practice.refused(&path, &[(name, value)]).await, refusal, "{name}={value}");
    }
}

#[tokio::test]
async fn people_come_and_go() {
    let practice = Practice::new().await;
    let channel = practice.channel("empty-room").await;
    let members = format!("{channel}/Members");
    let users = format!("{}/Users", root_of(&channel));
    assert_eq!(practice.refused(&members, &[]).await, (400, 50204));
    let (status, member) = practice.post(&members, &[("Identity", "new/one")]).await;
    assert_eq!(status, 201);
    assert_eq!(practice.refused(&members, &[("Identity", "new/one")]).await, (409, 50404));
    assert_eq!(practice.refused(&users, &[("Identity", "new/one")]).await, (409, 50201));
    let user = practice.get(&format!("{users}/new%2Fone")).await;
    assert_eq!(user["joined_channels_count"], 1);
    assert_eq!(practice.get(&channel).await["members_count"], 1);
    let url = user["url"].as_str().unwrap();
    let (_, renamed) = practice.post(url, &[("FriendlyName", "New")]).await;
    assert_eq!(renamed["friendly_name"], "New");
    let no_role = format!("RL{}", "0".repeat(32));
    assert_eq!(practice.refused(url, &[("RoleSid", &no_role)]).await, (400, 50100));
    let seat = format!("{url}/Channels/empty-room");
    assert_eq!(practice.get(&seat).await["member_sid"], member["sid"]);
    assert_eq!(practice.request(Method::DELETE, &seat).send().await.unwrap().status(), 204);
    assert_eq!(practice.get(&channel).await["members_count"], 0);
    assert_eq!(practice.request(Method::DELETE, url).send().await.unwrap().status(), 204);
    assert_eq!(practice.refusal(url).await, (404, 20404));
}

#[tokio::test]
async fn an_invite_waits_on_the_users_list_until_it_is_taken() {
    let practice = Practice::new().await;
    let channel = practice.channel("empty-room").await;
    let invites = format!("{channel}/Invites");
    let form = [("Identity", "lonely.newcomer")];
    let (status, invite) = practice.post(&invites, &form).await;
    assert_eq!(status, 201, "{invite}");
    assert_eq!(practice.refused(&invites, &form).await, (409, 50212));
    let seat = format!("{}/Users/lonely.newcomer/Channels/empty-room", root_of(&channel));
    assert_eq!(practice.get(&seat).await["status"], "invited");
    assert_eq!(practice.get(&channel).await["members_count"], 0);
    practice.post(&format!("{channel}/Members"), &form).await;
    assert_eq!(practice.get(&seat).await["status"], "joined");
    assert_eq!(practice.all(&invites).await, Vec::<Value>::new());
    assert_eq!(practice.refused(&invites, &form).await, (409, 50404));
}
