//! What is refused, with which status and code: one table a resource. A refusal changes nothing.

use serde_json::Value;

use crate::bench::{Practice, root_of};

const NO_ROLE: &str = "RL00000000000000000000000000000000";
const NO_FLOW: &str = "FO00000000000000000000000000000000";
const LIKE_CHANNEL: &str = "CH00000000000000000000000000000000";
const LIKE_USER: &str = "US00000000000000000000000000000000";
const LIKE_MEMBER: &str = "MB00000000000000000000000000000000";
const TASK: &str = "WT00000000000000000000000000000000";
const STUDIO_FLOW: &str = "FO6c853a6d26bb5a4db0c568c48cb4030e";
const TASK_FLOW: &str = "FO3572705faf795a4db0c5e49a0406f6ee";

/// A form written as one, so that a table stays readable; `*N` stands for N letters, `"*N"` for N bytes of JSON.
fn form(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let long = |value: &str| match value.strip_prefix('*').map(str::parse) {
        Some(Ok(length)) => "x".repeat(length),
        _ => match value.strip_prefix("\"*").and_then(|rest| rest.strip_suffix('"')) {
            Some(length) => format!("\"{}\"", "x".repeat(length.parse::<usize>().unwrap() - 2)),
            None => value.to_owned(),
        },
    };
    pairs.map(|pair| pair.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), long(v))).collect()
}

/// Everything that the refused writes could have changed.
async fn state(practice: &Practice, root: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    for list in [
        "/Channels?Type=public&Type=private",
        "/Users?",
        "/Roles?",
        "/Channels/all-hands/Members?",
        "/Channels/all-hands/Messages?",
        "/Channels/all-hands/Invites?",
        "/Users/ana.weiss/Channels?",
    ] {
        rows.extend(practice.all(&format!("{root}{list}&PageSize=1000")).await);
    }
    rows.extend(practice.all("/v1/Channels").await);
    rows
}

/// Tries each form at the path, and that all of it was for nothing.
async fn refuses(below: &str, table: &[(&str, u16, u64)]) {
    let practice = Practice::new().await;
    let root = root_of(&practice.channel("x").await).to_owned();
    let path = if below.starts_with("/v") { below.to_owned() } else { format!("{root}{below}") };
    let before = state(&practice, &root).await;
    for (text, status, code) in table {
        let form = form(text);
        let form: Vec<_> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let refused = practice.refused(&path, &form).await;
        assert_eq!(refused, (*status, *code), "{below}: {text}");
    }
    assert_eq!(state(&practice, &root).await, before, "{below}");
}

#[tokio::test]
async fn of_channels() {
    refuses(
        "/Channels",
        &[
            ("FriendlyName=*65", 400, 50003),
            ("UniqueName=*65", 400, 50004),
            ("Attributes=\"*16385\"", 400, 50303),
            ("Attributes={\"a\":1,}", 400, 50304),
            ("Attributes=", 400, 50304),
            (&format!("UniqueName={LIKE_CHANNEL}"), 400, 50306),
            ("UniqueName=all-hands", 409, 50307),
            ("DateCreated=soon", 400, 50308),
            ("DateUpdated=2020-02-30T00:00:00Z", 400, 50309),
            ("CreatedBy=*257", 400, 50310),
            ("Type=secret", 400, 20422),
            ("Type=", 400, 20422),
        ],
    )
    .await;
    refuses(
        "/Channels/all-hands",
        &[
            ("FriendlyName=*257", 400, 50003),
            ("UniqueName=*257", 400, 50004),
            ("UniqueName=team-orders", 409, 50307),
            ("", 400, 50347),
            ("Type=public", 400, 50347),
            ("Colour=red", 400, 50347),
            ("FriendlyName=x&Attributes={", 400, 50304),
        ],
    )
    .await;
}

#[tokio::test]
async fn of_users() {
    refuses(
        "/Users",
        &[
            ("", 400, 50204),
            ("Identity=", 400, 50204),
            ("Identity=ana.weiss", 409, 50201),
            (&format!("Identity={LIKE_USER}"), 400, 50206),
            ("Identity=*257", 400, 50207),
            ("Identity=x&FriendlyName=*257", 400, 50003),
            ("Identity=x&Attributes={", 400, 50304),
            (&format!("Identity=x&RoleSid={NO_ROLE}"), 400, 50100),
            ("Identity=x&RoleSid=admin", 400, 50100),
        ],
    )
    .await;
    refuses(
        "/Users/ana.weiss",
        &[
            ("", 400, 20161),
            ("Identity=x", 400, 20161),
            ("Attributes=\"*16385\"", 400, 50303),
            (&format!("RoleSid={NO_ROLE}"), 400, 50100),
        ],
    )
    .await;
}

#[tokio::test]
async fn of_members() {
    refuses(
        "/Channels/all-hands/Members",
        &[
            ("", 400, 50204),
            ("Identity=ana.weiss", 409, 50404),
            (&format!("Identity={LIKE_MEMBER}"), 400, 50206),
            ("Identity=*257", 400, 50207),
            (&format!("Identity=x&RoleSid={NO_ROLE}"), 400, 50100),
            ("Identity=x&LastConsumptionTimestamp=now", 400, 50405),
            ("Identity=x&LastConsumedMessageIndex=64", 400, 50406),
            ("Identity=x&DateCreated=soon", 400, 50308),
            ("Identity=x&DateUpdated=soon", 400, 50309),
            ("Identity=x&Attributes={", 400, 50304),
        ],
    )
    .await;
    let table = [
        ("", 400, 20161),
        ("LastConsumptionTimestamp=now", 400, 50405),
        ("LastConsumedMessageIndex=64", 400, 50406),
        ("LastConsumedMessageIndex=-1", 400, 50406),
        ("LastConsumedMessageIndex=first", 400, 50406),
    ];
    refuses("/Channels/all-hands/Members/ana.weiss", &table).await;
    refuses("/Users/ana.weiss/Channels/all-hands", &table).await;
    let levels = [("NotificationLevel=loud", 400, 50210), ("NotificationLevel=", 400, 50210)];
    refuses("/Users/ana.weiss/Channels/all-hands", &levels).await;
}

#[tokio::test]
async fn of_messages_and_invites() {
    refuses(
        "/Channels/all-hands/Messages",
        &[
            ("Body=*32769", 400, 50504),
            ("Body=x&Attributes={", 400, 50304),
            ("Body=x&From=*257", 400, 50310),
            ("Body=x&DateCreated=soon", 400, 50308),
            ("Body=x&DateUpdated=soon", 400, 50309),
        ],
    )
    .await;
    refuses(
        "/Channels/all-hands/Invites",
        &[
            ("", 400, 50204),
            ("Identity=ana.weiss", 409, 50404),
            (&format!("Identity=x&RoleSid={NO_ROLE}"), 400, 50100),
        ],
    )
    .await;
}

#[tokio::test]
async fn of_roles() {
    refuses(
        "/Roles",
        &[
            ("Type=channel&Permission=sendMessage", 400, 50000),
            ("FriendlyName=&Type=channel&Permission=sendMessage", 400, 50000),
            ("FriendlyName=*65&Type=channel&Permission=sendMessage", 400, 50003),
            ("FriendlyName=x&Permission=sendMessage", 400, 20422),
            ("FriendlyName=x&Type=galaxy&Permission=sendMessage", 400, 50105),
            ("FriendlyName=x&Type=channel", 400, 20422),
        ],
    )
    .await;
}

#[tokio::test]
async fn of_flex() {
    let given = "Identity=x&ChatUserFriendlyName=x&ChatFriendlyName=x";
    let of = |flow: &str, more: &str| format!("FlexFlowSid={flow}&{given}{more}");
    let studio = |more: &str| of(STUDIO_FLOW, more);
    refuses(
        "/v1/Channels",
        &[
            (given, 400, 20422),
            (&of(NO_FLOW, ""), 400, 20422),
            (&of("flow", ""), 400, 20422),
            (&studio("&Identity="), 400, 50204),
            (&studio("&Identity=*257"), 400, 50207),
            (&studio("&ChatUserFriendlyName="), 400, 20422),
            (&studio("&ChatFriendlyName="), 400, 20422),
            (&studio("&ChatFriendlyName=*257"), 400, 50003),
            (&studio("&ChatUniqueName=*257"), 400, 50004),
            (&studio(&format!("&ChatUniqueName={LIKE_CHANNEL}")), 400, 50306),
            (&studio("&ChatUniqueName=all-hands"), 409, 50307),
            (&studio("&PreEngagementData={"), 400, 50304),
            (&studio(&format!("&TaskSid={TASK}")), 400, 20422),
            (&studio("&LongLived=perhaps"), 400, 20422),
            (&of(TASK_FLOW, "&TaskSid=task"), 400, 20422),
            (&of(TASK_FLOW, "&TaskAttributes={"), 400, 50304),
        ],
    )
    .await;
}

#[tokio::test]
async fn and_the_words_name_what_is_missing() {
    let practice = Practice::new().await;
    let all = [
        ("FlexFlowSid", STUDIO_FLOW),
        ("Identity", "x"),
        ("ChatUserFriendlyName", "x"),
        ("ChatFriendlyName", "x"),
    ];
    for (missing, _) in all {
        let rest: Vec<_> = all.into_iter().filter(|(name, _)| *name != missing).collect();
        let (status, refused) = practice.post("/v1/Channels", &rest).await;
        assert_eq!((status, &refused["code"]), (400, &Value::from(20422)), "{missing}");
        let words = refused["message"].as_str().unwrap();
        assert!(words.contains(missing), "{missing}: {words}");
    }
}
