//! A practice account that was grown: what is worked out when somebody looks behaves as what is stored.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::Value;
use switchboard::sandbox::Options;

use crate::bench::{Practice, keys};

const CHANNELS: usize = 5000;
const USERS: usize = 400;

async fn grown() -> (Practice, String) {
    let (channels, users) = (u32::try_from(CHANNELS).unwrap(), u32::try_from(USERS).unwrap());
    let practice = Practice::with(Options { channels, users, ..Options::default() }).await;
    let root = format!("/v2/Services/{}", practice.service().await);
    (practice, root)
}

/// A name as one segment of a path.
fn spelled(name: &str) -> String {
    form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20")
}

fn sids(rows: &[Value]) -> BTreeSet<&str> {
    rows.iter().filter_map(|row| row["sid"].as_str()).collect()
}

const BOTH: &str = "Type=public&Type=private&PageSize=1000";

/// A grown channel with this many members, far from either end of the list.
fn with_members(channels: &[Value], count: u64) -> &Value {
    channels.iter().skip(2000).find(|row| row["members_count"] == count).unwrap()
}

#[tokio::test]
async fn all_pages_hold_every_row_once_and_filters_sum_up() {
    let (practice, root) = grown().await;
    let both = practice.all(&format!("{root}/Channels?{BOTH}")).await;
    assert_eq!((both.len(), sids(&both).len()), (CHANNELS, CHANNELS));
    let public = practice.all(&format!("{root}/Channels?Type=public&PageSize=300")).await;
    let private = practice.all(&format!("{root}/Channels?Type=private&PageSize=300")).await;
    assert!(public.iter().all(|row| row["type"] == "public"));
    assert!(private.iter().all(|row| row["type"] == "private"));
    assert_eq!(public.len() + private.len(), CHANNELS);
    assert!(public.len() > CHANNELS / 10 && private.len() > CHANNELS / 10);
    let small = practice.all(&format!("{root}/Channels?{}", BOTH.replace("1000", "333"))).await;
    assert_eq!(small, both, "the size of the pages changes nothing");
    let names: Vec<&str> = both.iter().filter_map(|row| row["unique_name"].as_str()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(names.len() > CHANNELS / 2 && names.len() < CHANNELS);
    let keys_of_all: BTreeSet<_> = both.iter().map(keys).collect();
    assert_eq!(keys_of_all.len(), 1, "grown rows have the keys that others have");
    let users = practice.all(&format!("{root}/Users?PageSize=1000")).await;
    assert_eq!((users.len(), sids(&users).len()), (USERS, USERS));
}

#[tokio::test]
async fn pages_of_grown_rows_lead_back() {
    let (practice, root) = grown().await;
    let list = format!("{root}/Channels?Type=private&PageSize=1000");
    let first = practice.get(&list).await;
    let second = practice.get(first["meta"]["next_page_url"].as_str().unwrap()).await;
    let third = practice.get(second["meta"]["next_page_url"].as_str().unwrap()).await;
    let back = practice.get(third["meta"]["previous_page_url"].as_str().unwrap()).await;
    assert_eq!(back["channels"], second["channels"]);
}

#[tokio::test]
async fn grown_things_are_found_by_sid_and_by_name() {
    let (practice, root) = grown().await;
    let channels = practice.all(&format!("{root}/Channels?{BOTH}")).await;
    let odd = channels.iter().filter(|row| {
        let name = row["unique_name"].as_str();
        name.is_some_and(|name| name.contains(['/', '%', '受', '+', '#']) && name != "..")
    });
    for channel in channels.iter().step_by(333).chain(odd.take(20)) {
        let sid = channel["sid"].as_str().unwrap();
        assert_eq!(&practice.get(&format!("{root}/Channels/{sid}")).await, channel);
        if let Some(name) = channel["unique_name"].as_str() {
            let found = practice.get(&format!("{root}/Channels/{}", spelled(name))).await;
            assert_eq!(&found, channel, "{name}");
        }
    }
    for user in practice.all(&format!("{root}/Users?PageSize=1000")).await.iter().step_by(37) {
        let sid = user["sid"].as_str().unwrap();
        let found = practice.get(&format!("{root}/Users/{sid}")).await;
        let identity = user["identity"].as_str().unwrap();
        let named = practice.get(&format!("{root}/Users/{}", spelled(identity))).await;
        assert_eq!((&found["identity"], &named), (&user["identity"], &found));
    }
    for nobody in ["support-lyon-99999999", "support-lyon-1", "ana.weiss.1"] {
        let list = if nobody.contains('.') { "Users" } else { "Channels" };
        let refusal = practice.refusal(&format!("{root}/{list}/{nobody}")).await;
        assert_eq!(refusal, (404, 20404), "{nobody}");
    }
}

#[tokio::test]
async fn a_grown_row_that_is_written_to_keeps_its_place_and_one_that_is_deleted_is_gone() {
    let (practice, root) = grown().await;
    let list = format!("{root}/Channels?{BOTH}");
    let before = practice.all(&list).await;
    let at = |nth: usize| format!("{root}/Channels/{}", before[nth]["sid"].as_str().unwrap());
    let named = (3000..CHANNELS).find(|nth| before[*nth]["unique_name"].is_string()).unwrap();
    let former = before[named]["unique_name"].as_str().unwrap();
    let form = [("UniqueName", "renamed"), ("FriendlyName", "Ré"), ("Attributes", "[ 1 ]")];
    assert_eq!(practice.post(&at(named), &form).await.0, 200);
    assert_eq!(practice.post(&at(100), &[("UniqueName", "renamed")]).await.0, 409);
    let migrated = (4000..CHANNELS).find(|nth| before[*nth]["type"] == "public").unwrap();
    let third = at(migrated).replace("/v2", "/v3");
    assert_eq!(practice.post(&third, &[("Type", "private")]).await.0, 200);
    let gone = practice.request(Method::DELETE, &at(2222)).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    let (_, born) = practice.post(&format!("{root}/Channels"), &[("UniqueName", "born")]).await;
    let after = practice.all(&list).await;
    let mut expected: Vec<_> = before.iter().map(|row| row["sid"].clone()).collect();
    expected.remove(2222);
    expected.push(born["sid"].clone());
    assert_eq!(after.iter().map(|row| row["sid"].clone()).collect::<Vec<_>>(), expected);
    assert_eq!(after[named - 1]["friendly_name"], "Ré");
    assert_eq!(after[named - 1]["attributes"], "[ 1 ]");
    assert_eq!(after[migrated - 1]["type"], "private");
    assert_eq!(practice.refusal(&at(2222)).await, (404, 20404));
    let former = format!("{root}/Channels/{}", spelled(former));
    assert_eq!(practice.refusal(&former).await, (404, 20404));
    let found = practice.get(&format!("{root}/Channels/renamed")).await;
    assert_eq!(found["sid"], before[named]["sid"]);
    let taken = [("UniqueName", before[101]["unique_name"].as_str().unwrap_or("born"))];
    assert_eq!(practice.post(&format!("{root}/Channels"), &taken).await.0, 409);
}

#[tokio::test]
async fn members_and_memberships_of_grown_channels_agree() {
    let (practice, root) = grown().await;
    let channels = practice.all(&format!("{root}/Channels?{BOTH}")).await;
    let mut by_channel = BTreeMap::new();
    for channel in channels.iter().skip(1000).step_by(41) {
        let sid = channel["sid"].as_str().unwrap();
        let members = practice.all(&format!("{root}/Channels/{sid}/Members")).await;
        assert_eq!(channel["members_count"], members.len());
        for member in &members {
            let identity = member["identity"].as_str().unwrap();
            let path = format!("{root}/Channels/{sid}/Members/{}", spelled(identity));
            assert_eq!(&practice.get(&path).await, member);
            let path = format!("{root}/Users/{}/Channels/{sid}", spelled(identity));
            assert_eq!(practice.get(&path).await["member_sid"], member["sid"]);
            by_channel.entry(identity.to_owned()).or_insert_with(Vec::new).push(sid.to_owned());
        }
    }
    assert!(by_channel.len() > 20, "{}", by_channel.len());
    for (identity, mine) in by_channel.iter().take(20) {
        let user = format!("{root}/Users/{}", spelled(identity));
        let seats = practice.all(&format!("{user}/Channels?PageSize=1000")).await;
        let told = practice.get(&user).await["joined_channels_count"].clone();
        let joined = seats.iter().filter(|seat| seat["status"] == "joined").count();
        assert_eq!(told, joined);
        let listed: BTreeSet<_> =
            seats.iter().filter_map(|seat| seat["channel_sid"].as_str()).collect();
        assert!(mine.iter().all(|sid| listed.contains(sid.as_str())));
    }
}

#[tokio::test]
async fn people_come_to_grown_channels_and_leave_them() {
    let (practice, root) = grown().await;
    let channels = practice.all(&format!("{root}/Channels?{BOTH}")).await;
    let channel = with_members(&channels, 5)["sid"].as_str().unwrap();
    let members = format!("{root}/Channels/{channel}/Members");
    let sitting = practice.all(&members).await;
    let first = sitting[0]["identity"].as_str().unwrap();
    let seat = format!("{root}/Users/{}/Channels/{channel}", spelled(first));
    let (status, muted) = practice.post(&seat, &[("NotificationLevel", "muted")]).await;
    assert_eq!((status, &muted["notification_level"]), (200, &Value::from("muted")));
    assert_eq!(practice.all(&members).await.len(), 5);
    let again = practice.post(&members, &[("Identity", first)]).await;
    assert_eq!(again.1["code"], 50404, "who is there does not come again");
    assert_eq!(practice.request(Method::DELETE, &seat).send().await.unwrap().status(), 204);
    assert_eq!(practice.refusal(&seat).await, (404, 20404));
    assert_eq!(practice.all(&members).await.len(), 4);
    assert_eq!(practice.post(&members, &[("Identity", first)]).await.0, 201);
    assert_eq!(practice.post(&members, &[("Identity", "nobody-yet")]).await.0, 201);
    assert_eq!(practice.all(&members).await.len(), 6);
    let user = sitting[1]["identity"].as_str().unwrap();
    let user = format!("{root}/Users/{}", spelled(user));
    assert_eq!(practice.request(Method::DELETE, &user).send().await.unwrap().status(), 204);
    assert_eq!(practice.all(&members).await.len(), 5, "who is gone sits nowhere");
    let path = format!("{root}/Channels/{channel}");
    assert_eq!(practice.get(&path).await["members_count"], 5);
    assert_eq!(practice.request(Method::DELETE, &path).send().await.unwrap().status(), 204);
    assert_eq!(practice.refusal(&members).await, (404, 20404));
}

#[tokio::test]
async fn messages_of_grown_channels_are_told_and_a_service_goes_as_a_whole() {
    let (practice, root) = grown().await;
    let channels = practice.all(&format!("{root}/Channels?{BOTH}")).await;
    let busy = channels.iter().skip(1000);
    let busy = busy.filter(|row| (30..90).contains(&row["messages_count"].as_u64().unwrap()));
    for channel in busy.take(3) {
        let sid = channel["sid"].as_str().unwrap();
        let messages = practice.all(&format!("{root}/Channels/{sid}/Messages?PageSize=1000")).await;
        assert_eq!(channel["messages_count"], messages.len());
        let last = channel["links"]["last_message"].as_str().unwrap();
        assert_eq!(&practice.get(last).await, messages.last().unwrap());
        let (_, heard) = practice.post(&format!("{root}/Channels/{sid}/Messages"), &[]).await;
        assert_eq!(heard["index"], messages.len());
    }
    let channel = with_members(&channels, 2)["sid"].as_str().unwrap();
    practice.post(&format!("{root}/Channels/{channel}"), &[("FriendlyName", "Written to")]).await;
    assert_eq!(practice.request(Method::DELETE, &root).send().await.unwrap().status(), 204);
    assert_eq!(practice.refusal(&root).await, (404, 20404));
    let path = format!("{root}/Channels/{channel}");
    assert_eq!(practice.refusal(&path).await, (404, 20404));
}

#[tokio::test]
async fn some_grown_rows_are_nasty() {
    let (practice, root) = grown().await;
    let channels = practice.all(&format!("{root}/Channels?{BOTH}")).await;
    let names = || channels.iter().filter_map(|row| row["friendly_name"].as_str());
    for part in ["\u{1b}[31m", "受付", "دعم", "👩", "\u{202e}", "\n"] {
        assert!(names().any(|name| name.contains(part)), "{part:?}");
    }
    let texts: Vec<&str> = channels.iter().filter_map(|row| row["attributes"].as_str()).collect();
    let broken = texts.iter().filter(|text| serde_json::from_str::<Value>(text).is_err()).count();
    assert!((1..CHANNELS / 50).contains(&broken), "{broken}");
    assert!(texts.iter().any(|text| text.len() > 700));
    let queued = texts.iter().filter(|text| {
        let value = serde_json::from_str::<Value>(text).unwrap_or_default();
        value.pointer("/routing/queue").is_some()
    });
    assert!(queued.count() > CHANNELS / 2);
    let years: BTreeSet<&str> =
        channels.iter().map(|row| &row["date_created"].as_str().unwrap()[..4]).collect();
    assert!(years.len() >= 10, "{years:?}");
}
