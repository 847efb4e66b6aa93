//! Things are found by what they are called.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::Practice;

#[tokio::test]
async fn things_are_found_by_sid_and_by_name_however_it_is_spelled() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels?Type=public&Type=private&PageSize=1000");
    for channel in practice.all(&list).await {
        let sid = channel["sid"].as_str().unwrap();
        assert_eq!(practice.get(&practice.channel(sid).await).await, channel);
        let name = channel["unique_name"].as_str();
        // Of all names only dots cannot be spelled: every URL library takes them for directories.
        if let Some(name) = name.filter(|name| *name != "..") {
            assert_eq!(practice.get(&practice.channel(name).await).await, channel, "{name}");
        }
    }
    let members = practice.channel("all-hands").await + "/Members";
    let query = "?Identity=%E7%8E%8B%E5%B0%8F%E6%98%8E&Identity=front+desk%20/%20lobby%20%232";
    let found = practice.all(&format!("{members}{query}")).await;
    let names: Vec<&str> = found.iter().filter_map(|row| row["identity"].as_str()).collect();
    assert_eq!(names, ["王小明", "front desk / lobby #2"]);
    let users = format!("/v2/Services/{service}/Users");
    let user = practice.get(&format!("{users}/front%20desk%20%2F%20lobby%20%232")).await;
    assert_eq!(user["identity"], "front desk / lobby #2");
    let by_name = practice.get(&format!("{users}/ana.weiss/Channels/all-hands")).await;
    let by_sid = format!("{users}/{}/Channels/{}", by_name["user_sid"], by_name["channel_sid"]);
    assert_eq!(practice.get(&by_sid.replace('"', "")).await, by_name);
}

/// Names that a careless server would tear apart, and how a path spells them.
const NASTY: &[(&str, &str)] = &[
    ("orders/2026/1", "orders%2F2026%2F1"),
    ("ticket #1?", "ticket%20%231%3F"),
    ("50%", "50%25"),
    ("%2F", "%252F"),
    ("a+b", "a+b"),
    ("a+b c", "a%2Bb%20c"),
    ("x=1&y;z,@:$!*'()", "x=1&y;z,@:$!*'()"),
    ("桟橋 七", "%E6%A1%9F%e6%a9%8b%20%e4%b8%83"),
    ("...", "..."),
];

#[tokio::test]
async fn a_name_of_any_letters_leads_to_a_channel_and_to_all_below_it() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let root = format!("/v2/Services/{service}");
    for (name, spelled) in NASTY {
        let path = format!("{root}/Channels/{spelled}");
        let (status, made) =
            practice.post(&format!("{root}/Channels"), &[("UniqueName", name)]).await;
        assert_eq!((status, &made["unique_name"]), (201, &json!(name)));
        assert_eq!(practice.get(&path).await, made, "{name}");
        let members = format!("{path}/Members");
        let (status, member) = practice.post(&members, &[("Identity", name)]).await;
        assert_eq!((status, &member["identity"]), (201, &json!(name)));
        assert_eq!(practice.get(&format!("{members}/{spelled}")).await, member);
        let user = practice.get(&format!("{root}/Users/{spelled}")).await;
        assert_eq!((&user["identity"], &user["joined_channels_count"]), (&json!(name), &json!(1)));
        let seat = format!("{root}/Users/{spelled}/Channels/{spelled}");
        let (status, muted) = practice.post(&seat, &[("NotificationLevel", "muted")]).await;
        assert_eq!(
            (status, &muted["user_sid"], &muted["channel_sid"]),
            (200, &user["sid"], &made["sid"])
        );
        let listed = practice.get(&format!("{members}?PageSize=1")).await;
        let url = listed["meta"]["url"].as_str().unwrap();
        assert_eq!(&practice.get(url).await, &listed, "the page is found again");
        let gone = practice.request(Method::DELETE, &path).send().await.unwrap();
        assert_eq!(gone.status(), 204, "{name}");
        assert_eq!(practice.refusal(&path).await, (404, 20404), "{name}");
    }
}

#[tokio::test]
async fn a_body_is_read_as_forms_are() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    let post = async |body: &str, kind: &str| {
        let request = practice.request(Method::POST, &path).header("Content-Type", kind.to_owned());
        let response = request.body(body.to_owned()).send().await.unwrap();
        (response.status().as_u16(), crate::bench::body(response).await)
    };
    let kind = "application/x-www-form-urlencoded";
    for (sent, name) in [
        ("FriendlyName=a+b%20c%2Bd", json!("a b c+d")),
        ("FriendlyName=first&FriendlyName=last", json!("last")),
        ("Colour=red&FriendlyName=%E5%8F%97%e4%bb%98&friendlyname=x", json!("受付")),
        ("FriendlyName=50%", json!("50%")),
        ("FriendlyName=a=b", json!("a=b")),
        ("FriendlyName=&CreatedBy=ana", Value::Null),
        ("FriendlyName&CreatedBy=ana", Value::Null),
        ("&&FriendlyName=x&", json!("x")),
    ] {
        let (status, updated) = post(sent, kind).await;
        assert_eq!((status, &updated["friendly_name"]), (200, &name), "{sent}");
    }
    let charset = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    assert_eq!(post("FriendlyName=y", charset).await.0, 200);
    for wrong in ["application/json", "multipart/form-data; boundary=x", "text/plain", ""] {
        let (status, refused) = post("FriendlyName=z", wrong).await;
        assert_eq!((status, &refused["code"]), (400, &json!(20422)), "{wrong}");
    }
    assert_eq!(practice.get(&path).await["friendly_name"], "y");
    let (status, refused) = post("", "application/json").await;
    assert_eq!((status, &refused["code"]), (400, &json!(50347)), "no body has no kind");
    let query = format!("{path}?FriendlyName=query");
    assert_eq!(practice.refused(&query, &[]).await, (400, 50347), "a query is no form");
}

#[tokio::test]
async fn parameters_that_nobody_knows_are_passed_over() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels");
    let plain = practice.get(&format!("{list}?PageSize=3")).await;
    let odd =
        practice.get(&format!("{list}?Colour=red&PageSize=3&Type=public&Type=public&=&x")).await;
    assert_eq!(odd["channels"], plain["channels"]);
    let channel = practice.channel("all-hands").await;
    assert_eq!(practice.get(&format!("{channel}?PageSize=0")).await, practice.get(&channel).await);
}
