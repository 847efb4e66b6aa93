//! What one change does to everything else: counts, what goes with what, names that are free again.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::{Practice, root_of};

/// A service with what one looks at before and after.
struct Place {
    practice: Practice,
    root: String,
}

impl Place {
    async fn new() -> Self {
        let practice = Practice::new().await;
        let root = root_of(&practice.channel("x").await).to_owned();
        Self { practice, root }
    }

    fn path(&self, below: &str) -> String {
        format!("{}{below}", self.root)
    }

    async fn get(&self, below: &str) -> Value {
        self.practice.get(&self.path(below)).await
    }

    async fn create(&self, below: &str, form: &[(&str, &str)]) -> Value {
        let (status, made) = self.practice.post(&self.path(below), form).await;
        assert_eq!(status, 201, "{below}: {made}");
        made
    }

    async fn delete(&self, below: &str) {
        let request = self.practice.request(Method::DELETE, &self.path(below));
        assert_eq!(request.send().await.unwrap().status(), 204, "{below}");
    }

    async fn is_gone(&self, below: &str) -> bool {
        self.practice.refusal(&self.path(below)).await == (404, 20404)
    }

    async fn sids(&self, below: &str, key: &str) -> Vec<Value> {
        let rows = self.practice.all(&self.path(below)).await;
        rows.into_iter().map(|row| row[key].clone()).collect()
    }

    /// Members and messages of a channel.
    async fn counts(&self, channel: &str) -> (u64, u64) {
        let channel = self.get(&format!("/Channels/{channel}")).await;
        let count = |key: &str| channel[key].as_u64().unwrap();
        (count("members_count"), count("messages_count"))
    }

    async fn joined(&self, user: &str) -> u64 {
        let user = self.get(&format!("/Users/{user}")).await;
        user["joined_channels_count"].as_u64().unwrap()
    }
}

#[tokio::test]
async fn counts_follow_members_and_messages() {
    let place = Place::new().await;
    place.create("/Channels", &[("UniqueName", "quay")]).await;
    let before = place.joined("ana.weiss").await;
    assert_eq!(place.counts("quay").await, (0, 0));
    place.create("/Channels/quay/Members", &[("Identity", "ana.weiss")]).await;
    place.create("/Channels/quay/Members", &[("Identity", "newcomer")]).await;
    place.create("/Channels/quay/Invites", &[("Identity", "bruno.costa")]).await;
    let said = place.create("/Channels/quay/Messages", &[("Body", "hello")]).await;
    place.create("/Channels/quay/Messages", &[("Body", "is anybody there?")]).await;
    assert_eq!(place.counts("quay").await, (2, 2), "who is invited is no member");
    assert_eq!((place.joined("ana.weiss").await, place.joined("newcomer").await), (before + 1, 1));
    place.delete("/Channels/quay/Members/newcomer").await;
    place.delete("/Users/ana.weiss/Channels/quay").await;
    place.delete(said["url"].as_str().unwrap().split_once(&place.root).unwrap().1).await;
    assert_eq!(place.counts("quay").await, (0, 1));
    assert_eq!((place.joined("ana.weiss").await, place.joined("newcomer").await), (before, 0));
}

#[tokio::test]
async fn a_channel_takes_everything_in_it_along() {
    let place = Place::new().await;
    let hall = place.get("/Channels/all-hands").await;
    let sid = hall["sid"].as_str().unwrap();
    let joined = place.joined("ana.weiss").await;
    place.create("/Channels/all-hands/Invites", &[("Identity", "lonely.newcomer")]).await;
    let parts = ["Members", "Messages", "Invites", "Webhooks"];
    let mut children = Vec::new();
    for part in parts {
        let first = place.sids(&format!("/Channels/{sid}/{part}"), "sid").await.remove(0);
        children.push(format!("/Channels/{sid}/{part}/{}", first.as_str().unwrap()));
    }
    place.delete("/Channels/all-hands").await;
    for gone in children.iter().map(String::as_str).chain([
        &format!("/Channels/{sid}"),
        "/Channels/all-hands",
        &format!("/Channels/{sid}/Members"),
        &format!("/Users/ana.weiss/Channels/{sid}"),
        &format!("/Users/lonely.newcomer/Channels/{sid}"),
    ]) {
        assert!(place.is_gone(gone).await, "{gone}");
    }
    let seats = place.sids("/Users/ana.weiss/Channels", "channel_sid").await;
    assert!(!seats.contains(&hall["sid"]));
    assert_eq!(
        place.sids("/Users/lonely.newcomer/Channels", "channel_sid").await,
        [Value::Null; 0]
    );
    assert_eq!(place.joined("ana.weiss").await, joined - 1);
    // The next of that name begins with nothing.
    place.create("/Channels", &[("UniqueName", "all-hands")]).await;
    assert_eq!(place.counts("all-hands").await, (0, 0));
    for part in parts {
        let below = place.sids(&format!("/Channels/all-hands/{part}"), "sid").await;
        assert_eq!(below, [Value::Null; 0], "{part}");
    }
}

#[tokio::test]
async fn a_user_leaves_every_channel_and_every_invite() {
    let place = Place::new().await;
    let (before, _) = place.counts("all-hands").await;
    place.create("/Channels", &[("UniqueName", "quay")]).await;
    place.create("/Channels/quay/Invites", &[("Identity", "ana.weiss")]).await;
    let ana = place.get("/Users/ana.weiss").await;
    place.delete("/Users/ana.weiss").await;
    let sid = ana["sid"].as_str().unwrap();
    for gone in [
        "/Users/ana.weiss",
        &format!("/Users/{sid}"),
        "/Users/ana.weiss/Channels",
        "/Channels/all-hands/Members/ana.weiss",
    ] {
        assert!(place.is_gone(gone).await, "{gone}");
    }
    assert_eq!(place.counts("all-hands").await.0, before - 1);
    assert_eq!(place.sids("/Channels/quay/Invites", "sid").await, [Value::Null; 0]);
    // Whoever comes with that name later is somebody else.
    place.create("/Channels/quay/Invites", &[("Identity", "ana.weiss")]).await;
    let again = place.get("/Users/ana.weiss").await;
    assert_ne!(again["sid"], ana["sid"]);
    assert_eq!(again["joined_channels_count"], 0);
}

#[tokio::test]
async fn a_unique_name_is_unique_in_its_service_and_free_when_given_up() {
    let place = Place::new().await;
    let other = place.practice.get("/v2/Services").await["services"][1]["url"].clone();
    let other = format!("{}/Channels", other.as_str().unwrap());
    let create =
        async |list: &str, name: &str| place.practice.post(list, &[("UniqueName", name)]).await;
    let here = place.path("/Channels");
    let first = create(&here, "quay").await.1;
    let refused = create(&here, "quay").await;
    assert_eq!((refused.0, &refused.1["code"]), (409, &json!(50307)));
    let (status, abroad) = create(&other, "quay").await;
    assert_eq!(status, 201, "another service has names of its own");
    let second = create(&here, "pier").await.1;
    let rename = [("UniqueName", "quay")];
    let path = second["url"].as_str().unwrap();
    assert_eq!(place.practice.refused(path, &rename).await, (409, 50307));
    assert_eq!(place.get("/Channels/pier").await, second, "a refusal changes nothing");
    assert_eq!(create(&here, "Quay").await.0, 201, "letters differ by their case");
    // Renamed, cleared, deleted: each time the old name is free.
    place.practice.post(first["url"].as_str().unwrap(), &[("UniqueName", "dock")]).await;
    assert_eq!(place.practice.post(path, &rename).await.0, 200);
    assert_eq!(place.get("/Channels/quay").await["sid"], second["sid"]);
    assert!(place.is_gone("/Channels/pier").await);
    place.practice.post(path, &[("UniqueName", "")]).await;
    assert!(place.is_gone("/Channels/quay").await);
    let third = create(&here, "quay").await;
    assert_eq!(third.0, 201);
    place.delete("/Channels/quay").await;
    assert_eq!(create(&here, "quay").await.0, 201);
    assert_eq!(place.practice.get(abroad["url"].as_str().unwrap()).await, abroad);
}

#[tokio::test]
async fn a_service_limits_the_members_of_a_channel() {
    let place = Place::new().await;
    let service = place.practice.get(&place.root).await;
    let limit = service["limits"]["channel_members"].as_u64().unwrap();
    place.create("/Channels", &[("UniqueName", "quay")]).await;
    for number in 0..limit {
        place.create("/Channels/quay/Members", &[("Identity", &number.to_string())]).await;
    }
    let form = [("Identity", "one.more")];
    let members = place.path("/Channels/quay/Members");
    assert_eq!(place.practice.refused(&members, &form).await, (403, 50403));
    assert!(place.is_gone("/Users/one.more").await, "a refusal makes no user");
    place.create("/Channels/quay/Invites", &[("Identity", "one.more")]).await;
    assert_eq!(place.practice.refused(&members, &form).await, (403, 50403));
    let seat = place.get("/Users/one.more/Channels/quay").await;
    assert_eq!(seat["status"], "invited", "and takes no invite");
    place.delete("/Channels/quay/Members/0").await;
    place.create("/Channels/quay/Members", &form).await;
    assert_eq!(place.counts("quay").await.0, limit);
}

#[tokio::test]
async fn a_service_limits_the_channels_of_a_user() {
    let place = Place::new().await;
    let service = place.practice.get(&place.root).await;
    let limit = service["limits"]["user_channels"].as_u64().unwrap();
    place.create("/Users", &[("Identity", "mia")]).await;
    let form = [("Identity", "mia")];
    let mut last = String::new();
    for _ in 0..limit {
        let channel = place.create("/Channels", &[]).await;
        last = format!("/Channels/{}/Members", channel["sid"].as_str().unwrap());
        place.create(&last, &form).await;
    }
    assert_eq!(place.joined("mia").await, limit);
    place.create("/Channels", &[("UniqueName", "one-more")]).await;
    let members = place.path("/Channels/one-more/Members");
    assert_eq!(place.practice.refused(&members, &form).await, (403, 50208));
    assert_eq!(place.counts("one-more").await, (0, 0));
    let flex = [
        ("FlexFlowSid", "FO6c853a6d26bb5a4db0c568c48cb4030e"),
        ("Identity", "mia"),
        ("ChatUserFriendlyName", "Mia"),
        ("ChatFriendlyName", "Where is my lamp?"),
        ("ChatUniqueName", "lamp"),
    ];
    assert_eq!(place.practice.refused("/v1/Channels", &flex).await, (403, 50208));
    assert!(place.is_gone("/Channels/lamp").await, "nothing is left half made");
    place.delete(&format!("{last}/mia")).await;
    place.create("/Channels/one-more/Members", &form).await;
}

#[tokio::test]
async fn a_message_keeps_its_index_when_others_go() {
    let place = Place::new().await;
    place.create("/Channels", &[("UniqueName", "quay")]).await;
    place.create("/Channels/quay/Members", &[("Identity", "mia")]).await;
    for number in 0..4 {
        place.create("/Channels/quay/Messages", &[("Body", &number.to_string())]).await;
    }
    let sids = place.sids("/Channels/quay/Messages", "sid").await;
    let seat = place.path("/Users/mia/Channels/quay");
    let (_, read) = place.practice.post(&seat, &[("LastConsumedMessageIndex", "1")]).await;
    assert_eq!(read["unread_messages_count"], 2);
    for at in [0, 3] {
        place.delete(&format!("/Channels/quay/Messages/{}", sids[at].as_str().unwrap())).await;
    }
    assert_eq!(place.sids("/Channels/quay/Messages", "index").await, [1, 2]);
    assert_eq!(place.practice.get(&seat).await["unread_messages_count"], 1);
    let next = place.create("/Channels/quay/Messages", &[("Body", "4")]).await;
    assert_eq!(next["index"], 4, "no index is given twice");
    assert_eq!(place.get("/Channels/quay").await["links"]["last_message"], next["url"]);
}

#[tokio::test]
async fn of_many_at_once_one_gets_the_name() {
    let place = Place::new().await;
    let list = place.path("/Channels");
    let create = || place.practice.post(&list, &[("UniqueName", "quay")]);
    let mut made = 0;
    for (status, answer) in join_all((0..20).map(|_| create())).await {
        match status {
            201 => made += 1,
            _ => assert_eq!((status, &answer["code"]), (409, &json!(50307))),
        }
    }
    assert_eq!(made, 1);
    let quay = place.path("/Channels/quay");
    let join = |number: u32| {
        let (members, number) = (format!("{quay}/Members"), number.to_string());
        let practice = &place.practice;
        async move { practice.post(&members, &[("Identity", &number)]).await.0 }
    };
    let say = || async { place.practice.post(&format!("{quay}/Messages"), &[("Body", "x")]).await };
    join_all((0..20).map(join)).await;
    let said = join_all((0..20).map(|_| say())).await;
    assert_eq!(place.counts("quay").await, (20, 20));
    let indices: BTreeSet<_> = said.iter().map(|(_, said)| said["index"].as_u64()).collect();
    assert_eq!(indices, (0..20).map(Some).collect(), "no index is given twice");
}
