//! Every answer of every resource against the tables of [`crate::documented`]: rows of lists, single documents, and what
//! creates and updates answer.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use crate::{
    bench::{Practice, keys},
    documented::{
        CHANNEL, FLEX_CHANNEL, FLEX_FLOW, INVITE, MEMBER, MESSAGE, META, MIGRATED_CHANNEL, ROLE,
        SERVICE, Table, USER, USER_CHANNEL, WEBHOOK,
    },
};

type Form = &'static [(&'static str, &'static str)];

/// What can be done with a resource, and where. `{service}` and `{flow}` are filled in.
struct Walk {
    list: &'static str,
    key: &'static str,
    table: Table,
    create: Option<Form>,
    update: Option<Form>,
    delete: bool,
}

const ONLY_READ: Walk =
    Walk { list: "", key: "", table: "", create: None, update: None, delete: false };

const WALKS: &[Walk] = &[
    Walk {
        list: "/v2/Services",
        key: "services",
        table: SERVICE,
        create: Some(&[("FriendlyName", "Harbour")]),
        update: Some(&[("Limits.UserChannels", "7"), ("ReachabilityEnabled", "true")]),
        delete: true,
    },
    Walk {
        list: "{service}/Channels?Type=public&Type=private",
        key: "channels",
        table: CHANNEL,
        create: Some(&[("FriendlyName", "Berth 7"), ("Attributes", "{\"a\": 1}")]),
        update: Some(&[("UniqueName", "berth-7")]),
        delete: true,
    },
    Walk {
        list: "{service}/Users",
        key: "users",
        table: USER,
        create: Some(&[("Identity", "mia@harbour.example")]),
        update: Some(&[("FriendlyName", "Mia")]),
        delete: true,
    },
    Walk {
        list: "{service}/Users/ana.weiss/Channels",
        key: "channels",
        table: USER_CHANNEL,
        update: Some(&[("NotificationLevel", "muted")]),
        delete: true,
        ..ONLY_READ
    },
    // Whoever is invited, or has left: they have no member.
    Walk {
        list: "{service}/Users/hanna.lindqvist/Channels",
        key: "channels",
        table: USER_CHANNEL,
        ..ONLY_READ
    },
    Walk {
        list: "{service}/Channels/all-hands/Members",
        key: "members",
        table: MEMBER,
        create: Some(&[("Identity", "lonely.newcomer")]),
        update: Some(&[("LastConsumedMessageIndex", "3")]),
        delete: true,
    },
    Walk {
        list: "{service}/Channels/all-hands/Messages",
        key: "messages",
        table: MESSAGE,
        create: Some(&[("Body", "The ferry is late")]),
        update: Some(&[("Body", "The ferry was late"), ("LastUpdatedBy", "ana.weiss")]),
        delete: true,
    },
    Walk {
        list: "{invites}",
        key: "invites",
        table: INVITE,
        create: Some(&[("Identity", "lonely.newcomer")]),
        update: None,
        delete: true,
    },
    Walk {
        list: "{service}/Roles",
        key: "roles",
        table: ROLE,
        create: Some(&[
            ("FriendlyName", "harbour master"),
            ("Type", "channel"),
            ("Permission", "sendMessage"),
            ("Permission", "leaveChannel"),
        ]),
        update: Some(&[("Permission", "sendMessage")]),
        delete: true,
    },
    Walk {
        list: "{service}/Channels/all-hands/Webhooks",
        key: "webhooks",
        table: WEBHOOK,
        create: Some(&[
            ("Type", "webhook"),
            ("Configuration.Url", "https://hooks.example.com/quay"),
            ("Configuration.Filters", "onMessageSent"),
        ]),
        update: Some(&[("Configuration.Method", "GET")]),
        delete: true,
    },
    Walk {
        list: "/v1/Channels",
        key: "flex_chat_channels",
        table: FLEX_CHANNEL,
        create: Some(&[
            ("FlexFlowSid", "FO6c853a6d26bb5a4db0c568c48cb4030e"),
            ("Identity", "visitor-1"),
            ("ChatUserFriendlyName", "Visitor One"),
            ("ChatFriendlyName", "Where is my lamp?"),
        ]),
        update: None,
        delete: true,
    },
    Walk {
        list: "/v1/FlexFlows",
        key: "flex_flows",
        table: FLEX_FLOW,
        create: Some(&[
            ("FriendlyName", "Harbour web chat"),
            ("ChatServiceSid", "IS01b6e05a52915a4db0c5aac13790beab"),
            ("ChannelType", "web"),
            ("IntegrationType", "studio"),
            ("Integration.FlowSid", "FW00000000000000000000000000000000"),
        ]),
        update: Some(&[("Enabled", "true"), ("Integration.RetryCount", "1")]),
        delete: true,
    },
];

/// Checks a body against its table, key by key and kind by kind.
fn check(body: &Value, table: Table, origin: &str, at: &str) {
    let lines = table.trim().lines().map(|line| line.split_once(' ').unwrap());
    let lines: Vec<_> = lines.map(|(key, kind)| (key, kind.trim())).collect();
    let wanted: BTreeSet<&str> = lines.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys(body), wanted, "{at}");
    for (key, kind) in lines {
        let value = &body[key];
        assert!(holds(value, kind, origin), "{at}: {key} is to be {kind} and is {value}");
    }
}

fn holds(value: &Value, kind: &str, origin: &str) -> bool {
    if let Some(kind) = kind.strip_suffix('?') {
        return value.is_null() || holds(value, kind, origin);
    }
    if let Some(links) = kind.strip_prefix('{').and_then(|kind| kind.strip_suffix('}')) {
        let names = links.split(' ').map(|name| name.trim_end_matches('?')).collect();
        return keys(value) == names
            && links.split(' ').all(|link| {
                let kind = if link.ends_with('?') { "url?" } else { "url" };
                holds(&value[link.trim_end_matches('?')], kind, origin)
            });
    }
    match (kind, value) {
        ("any", Value::Object(_)) | ("text", Value::String(_)) | ("bool", Value::Bool(_)) => true,
        ("int", Value::Number(number)) => number.is_u64(),
        ("texts", Value::Array(texts)) => texts.iter().all(Value::is_string),
        ("url", Value::String(url)) => url.starts_with(origin) && url.contains("/v"),
        ("date", Value::String(date)) => is_date(date),
        (prefix, Value::String(sid)) if kind.len() == 2 => is_sid(sid, prefix),
        (words, Value::String(word)) if words.contains('|') => {
            words.split('|').any(|known| known == word)
        }
        _ => false,
    }
}

/// `2015-12-16T22:18:37Z`, no fraction and no other zone.
fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00Z"
}

fn is_sid(text: &str, prefix: &str) -> bool {
    let hex = |rest: &str| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit());
    text.strip_prefix(prefix).is_some_and(hex)
}

/// A user as a list shows it: who is there now, only the single document tells.
fn as_listed(mut single: Value) -> Value {
    for key in ["is_online", "is_notifiable"] {
        if let Some(value) = single.get_mut(key) {
            *value = Value::Null;
        }
    }
    single
}

/// Where the list of a walk is.
async fn place(practice: &Practice, list: &str) -> String {
    let service = format!("/v2/Services/{}", practice.service().await);
    if list == "{invites}" {
        return invites(practice, &service).await;
    }
    list.replace("{service}", &service)
}

/// The invites of the first channel that has some.
async fn invites(practice: &Practice, service: &str) -> String {
    let list = format!("{service}/Channels?Type=public&Type=private&PageSize=1000");
    for channel in practice.all(&list).await {
        let path = channel["links"]["invites"].as_str().unwrap();
        if !practice.all(path).await.is_empty() {
            return path.to_owned();
        }
    }
    unreachable!("nobody is invited anywhere")
}

#[tokio::test]
async fn every_row_and_every_document_is_as_documented() {
    let practice = Practice::new().await;
    let origin = practice.server.url();
    for walk in WALKS {
        let list = place(&practice, walk.list).await;
        let page = practice.get(&list).await;
        assert_eq!(keys(&page), BTreeSet::from(["meta", walk.key]), "{list}");
        check(&page["meta"], META, &origin, &list);
        assert_eq!(page["meta"]["key"], walk.key, "{list}");
        let rows = practice.all(&list).await;
        assert!(!rows.is_empty(), "{list}");
        for row in &rows {
            check(row, walk.table, &origin, &list);
        }
        for row in rows.iter().take(20) {
            let single = practice.get(row["url"].as_str().unwrap()).await;
            check(&single, walk.table, &origin, &list);
            assert_eq!(&as_listed(single), row, "{list}");
        }
    }
}

#[tokio::test]
async fn every_write_answers_as_documented() {
    for walk in WALKS {
        let practice = Practice::new().await;
        let origin = practice.server.url();
        let list = place(&practice, walk.list).await;
        let mut url = practice.get(&list).await[walk.key][0]["url"].as_str().unwrap().to_owned();
        if let Some(form) = walk.create {
            let collection = list.split('?').next().unwrap();
            let (status, made) = practice.post(collection, form).await;
            assert_eq!(status, 201, "{list}: {made}");
            check(&made, walk.table, &origin, &list);
            url = made["url"].as_str().unwrap().to_owned();
            assert_eq!(practice.get(&url).await, made, "{list}");
        }
        if let Some(form) = walk.update {
            let (status, updated) = practice.post(&url, form).await;
            assert_eq!(status, 200, "{list}: {updated}");
            check(&updated, walk.table, &origin, &list);
            assert_eq!(practice.get(&url).await, updated, "{list}");
        }
        if walk.delete {
            let gone = practice.request(Method::DELETE, &url).send().await.unwrap();
            assert_eq!(gone.status(), 204, "{list}");
            assert!(!gone.headers().contains_key("content-type"), "{list}");
            assert_eq!(gone.bytes().await.unwrap().len(), 0, "{list}");
            assert_eq!(practice.refusal(&url).await, (404, 20404), "{list}");
        }
    }
}

#[tokio::test]
async fn a_migration_answers_as_documented() {
    let practice = Practice::new().await;
    let origin = practice.server.url();
    let channel = practice.get(&practice.channel("all-hands").await).await;
    let path = channel["url"].as_str().unwrap().replace("/v2/", "/v3/");
    for form in [
        &[("Type", "private")][..],
        &[("Type", "private"), ("MessagingServiceSid", "MG6168eb413c855a4db0c5e363ecc0c991")],
    ] {
        let (status, migrated) = practice.post(&path, form).await;
        assert_eq!(status, 200, "{migrated}");
        check(&migrated, MIGRATED_CHANNEL, &origin, &path);
        assert_eq!(migrated["url"], path);
        let messaging = form.get(1).map(|(_, sid)| *sid);
        assert_eq!(migrated["messaging_service_sid"].as_str(), messaging);
    }
}

/// Text that happens to be JSON stays text, whatever it holds.
#[tokio::test]
async fn attributes_are_text_in_every_resource() {
    let practice = Practice::new().await;
    let service = format!("/v2/Services/{}", practice.service().await);
    let attributes = "{ \"b\": 18446744073709551616,\n \"a\": 1.50, \"a\": \"é+%&\" }";
    for path in [
        format!("{service}/Channels/all-hands"),
        format!("{service}/Users/ana.weiss"),
        format!("{service}/Channels/all-hands/Members/ana.weiss"),
        practice.get(&format!("{service}/Channels/all-hands/Messages")).await["messages"][0]["url"]
            .as_str()
            .unwrap()
            .to_owned(),
    ] {
        let (status, updated) = practice.post(&path, &[("Attributes", attributes)]).await;
        assert_eq!((status, updated["attributes"].as_str()), (200, Some(attributes)), "{path}");
        assert_eq!(practice.get(&path).await["attributes"], attributes, "{path}");
        let refused = practice.refused(&path, &[("Attributes", "{\"a\":}")]).await;
        assert_eq!(refused, (400, 50304), "{path}");
    }
}

#[tokio::test]
async fn who_is_online_only_the_user_alone_tells_and_only_where_that_is_watched() {
    let practice = Practice::new().await;
    let services = practice.all("/v2/Services").await;
    let (mut seen, mut unwatched) = (BTreeSet::new(), 0);
    for service in services {
        let users = service["links"]["users"].as_str().unwrap();
        for row in practice.all(&format!("{users}?PageSize=1000")).await {
            assert!(row["is_online"].is_null() && row["is_notifiable"].is_null(), "{row}");
            let user = practice.get(row["url"].as_str().unwrap()).await;
            if service["reachability_enabled"] == true {
                seen.insert((user["is_online"].as_bool(), user["is_notifiable"].as_bool()));
            } else {
                assert!(user["is_online"].is_null() && user["is_notifiable"].is_null(), "{user}");
                unwatched += 1;
            }
        }
    }
    assert!(seen.contains(&(Some(true), Some(true))) && seen.contains(&(Some(false), Some(true))));
    assert!(unwatched > 0);
}

#[tokio::test]
async fn last_message_and_member_are_linked_if_there_are_any() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels?Type=public&Type=private&PageSize=1000");
    let channels = practice.all(&list).await;
    for channel in &channels {
        assert_eq!(channel["links"]["last_message"].is_null(), channel["messages_count"] == 0);
    }
    assert!(channels.iter().any(|channel| channel["messages_count"] == 0));
    let seats = format!("/v2/Services/{service}/Users/hanna.lindqvist/Channels");
    for seat in practice.all(&seats).await {
        assert_eq!(seat["links"]["member"].is_null(), seat["status"] != "joined");
    }
}
