//! Channels: what changes them, and what does not.

use reqwest::Method;
use serde_json::json;

use crate::bench::{Practice, body};

#[tokio::test]
async fn an_update_changes_what_was_named_and_the_date() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    let mut wanted = practice.get(&path).await;
    let attributes = "{ \"b\": 18446744073709551616,\n  \"a\": 1, \"a\": \"é+%\" }";
    let form = [("FriendlyName", "Tous & all + 日本"), ("Attributes", attributes), ("X", "?")];
    let (status, updated) = practice.post(&path, &form).await;
    assert_eq!(status, 200);
    assert!(updated["date_updated"].as_str() > wanted["date_updated"].as_str());
    wanted["friendly_name"] = json!("Tous & all + 日本");
    wanted["attributes"] = json!(attributes);
    wanted["date_updated"] = updated["date_updated"].clone();
    assert_eq!(updated, wanted);
    assert_eq!(practice.get(&path).await, wanted);
    let form = [("UniqueName", "the hall"), ("DateCreated", "2020-02-29T01:00:00+01:00")];
    let (_, updated) = practice.post(&path, &form).await;
    assert_eq!(updated["date_created"], "2020-02-29T00:00:00Z");
    assert_eq!(practice.refusal(&path).await, (404, 20404), "the old name is free");
    assert_eq!(practice.get(&practice.channel("the hall").await).await, updated);
}

#[tokio::test]
async fn an_update_is_checked_as_the_dictionary_says() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    let (fits, long) = ("x".repeat(256), "x".repeat(257));
    let huge = format!("\"{}\"", "x".repeat(16 * 1024));
    let like_sid = format!("CH{}", "0".repeat(32));
    for (name, value, refusal) in [
        ("FriendlyName", long.as_str(), (400, 50003)),
        ("UniqueName", long.as_str(), (400, 50004)),
        ("UniqueName", like_sid.as_str(), (400, 50306)),
        ("UniqueName", "team-orders", (409, 50307)),
        ("Attributes", "{\"a\":1,}", (400, 50304)),
        ("Attributes", huge.as_str(), (400, 50303)),
        ("DateCreated", "soon", (400, 50308)),
        ("DateUpdated", "2020-02-30T00:00:00Z", (400, 50309)),
        ("CreatedBy", long.as_str(), (400, 50310)),
        ("Type", "private", (400, 50347)),
    ] {
        assert_eq!(practice.refused(&path, &[(name, value)]).await, refusal, "{name}={value}");
    }
    assert_eq!(practice.refused(&path, &[]).await, (400, 50347));
    assert_eq!(practice.post(&path, &[("FriendlyName", &fits)]).await.0, 200);
    assert_eq!(practice.post(&path, &[("UniqueName", "all-hands")]).await.0, 200, "its own name");
    let json = practice.request(Method::POST, &path).json(&json!({"FriendlyName": "x"}));
    let response = json.send().await.unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(body(response).await["code"], 20422);
}

#[tokio::test]
async fn a_migrated_channel_is_private_for_good() {
    let practice = Practice::new().await;
    let old = practice.channel("all-hands").await;
    let before = practice.get(&old).await;
    assert_eq!(before["type"], "public");
    let sid = before["sid"].as_str().unwrap();
    let path = practice.channel(sid).await.replace("/v2/", "/v3/");
    assert_eq!(practice.refused(&path, &[("Type", "public")]).await, (400, 50393));
    assert_eq!(practice.refused(&path, &[]).await, (400, 50347));
    assert_eq!(practice.refusal(&path).await, (405, 20004));
    let by_name = practice.channel("all-hands").await.replace("/v2/", "/v3/");
    assert_eq!(practice.refused(&by_name, &[("Type", "private")]).await, (404, 20404));
    let foreign = format!("MG{}", "5a4db0c5".repeat(4));
    for (sid, refusal) in [("", 50340), ("MG1", 50341), (foreign.as_str(), 50342)] {
        let form = [("Type", "private"), ("MessagingServiceSid", sid)];
        assert_eq!(practice.refused(&path, &form).await, (400, refusal), "{sid}");
    }
    assert_eq!(practice.get(&old).await, before, "a refusal does nothing");
    let messaging = "MG6168eb413c855a4db0c5e363ecc0c991";
    let form = [("Type", "private"), ("MessagingServiceSid", messaging)];
    let (status, migrated) = practice.post(&path, &form).await;
    assert_eq!(status, 200);
    assert_eq!(migrated["messaging_service_sid"], messaging);
    assert!(migrated["url"].as_str().unwrap().ends_with(&path));
    assert_eq!(practice.get(&old).await["type"], "private");
    // The type is no parameter of version 2: alone it is nothing, beside another it is passed over.
    assert_eq!(practice.refused(&old, &[("Type", "public")]).await, (400, 50347));
    let (status, renamed) = practice.post(&old, &[("Type", "public"), ("FriendlyName", "x")]).await;
    assert_eq!(
        (status, &renamed["type"], &renamed["friendly_name"]),
        (200, &json!("private"), &json!("x"))
    );
    assert_eq!(practice.refused(&path, &[("Type", "public")]).await, (400, 50393));
    assert_eq!(practice.get(&old).await["type"], "private");
}
