//! The keys and kinds of every answer.

use std::collections::BTreeSet;

use crate::bench::{Practice, keys};

pub(crate) const CHANNEL_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "service_sid",
    "friendly_name",
    "unique_name",
    "attributes",
    "type",
    "date_created",
    "date_updated",
    "created_by",
    "members_count",
    "messages_count",
    "url",
    "links",
];
pub(crate) const SERVICE_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "friendly_name",
    "date_created",
    "date_updated",
    "default_service_role_sid",
    "default_channel_role_sid",
    "default_channel_creator_role_sid",
    "read_status_enabled",
    "reachability_enabled",
    "typing_indicator_timeout",
    "consumption_report_interval",
    "limits",
    "pre_webhook_url",
    "post_webhook_url",
    "webhook_method",
    "webhook_filters",
    "pre_webhook_retry_count",
    "post_webhook_retry_count",
    "notifications",
    "media",
    "url",
    "links",
];
pub(crate) const USER_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "service_sid",
    "attributes",
    "friendly_name",
    "role_sid",
    "identity",
    "is_online",
    "is_notifiable",
    "date_created",
    "date_updated",
    "joined_channels_count",
    "links",
    "url",
];
pub(crate) const USER_CHANNEL_KEYS: &[&str] = &[
    "account_sid",
    "service_sid",
    "channel_sid",
    "user_sid",
    "member_sid",
    "status",
    "last_consumed_message_index",
    "unread_messages_count",
    "links",
    "url",
    "notification_level",
];
pub(crate) const MEMBER_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "channel_sid",
    "service_sid",
    "identity",
    "date_created",
    "date_updated",
    "role_sid",
    "last_consumed_message_index",
    "last_consumption_timestamp",
    "url",
    "attributes",
];
pub(crate) const ROLE_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "service_sid",
    "friendly_name",
    "type",
    "permissions",
    "date_created",
    "date_updated",
    "url",
];

pub(crate) const MESSAGE_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "attributes",
    "service_sid",
    "to",
    "channel_sid",
    "date_created",
    "date_updated",
    "last_updated_by",
    "was_edited",
    "from",
    "body",
    "index",
    "type",
    "media",
    "url",
];
pub(crate) const INVITE_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "channel_sid",
    "service_sid",
    "identity",
    "date_created",
    "date_updated",
    "role_sid",
    "created_by",
    "url",
];
pub(crate) const WEBHOOK_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "service_sid",
    "channel_sid",
    "type",
    "url",
    "configuration",
    "date_created",
    "date_updated",
];
pub(crate) const MIGRATED_KEYS: &[&str] = &[
    "sid",
    "account_sid",
    "service_sid",
    "messaging_service_sid",
    "friendly_name",
    "unique_name",
    "attributes",
    "type",
    "date_created",
    "date_updated",
    "created_by",
    "members_count",
    "messages_count",
    "url",
];
pub(crate) const FLEX_CHANNEL_KEYS: &[&str] = &[
    "account_sid",
    "flex_flow_sid",
    "sid",
    "user_sid",
    "task_sid",
    "url",
    "date_created",
    "date_updated",
];
pub(crate) const FLEX_FLOW_KEYS: &[&str] = &[
    "account_sid",
    "date_created",
    "date_updated",
    "sid",
    "friendly_name",
    "chat_service_sid",
    "channel_type",
    "contact_identity",
    "enabled",
    "integration_type",
    "integration",
    "long_lived",
    "janitor_enabled",
    "url",
];

#[tokio::test]
async fn answers_have_exactly_the_documented_keys() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let root = format!("/v2/Services/{service}");
    let expectations = [
        ("/v2/Services".to_owned(), SERVICE_KEYS),
        (format!("{root}/Channels?Type=public&Type=private&PageSize=1000"), CHANNEL_KEYS),
        (format!("{root}/Users"), USER_KEYS),
        (format!("{root}/Roles"), ROLE_KEYS),
        (format!("{root}/Users/ana.weiss/Channels"), USER_CHANNEL_KEYS),
        (format!("{root}/Channels/all-hands/Members"), MEMBER_KEYS),
        (format!("{root}/Channels/all-hands/Messages"), MESSAGE_KEYS),
        (format!("{root}/Channels/all-hands/Webhooks"), WEBHOOK_KEYS),
        (invites(&practice, &service).await, INVITE_KEYS),
        ("/v1/Channels".to_owned(), FLEX_CHANNEL_KEYS),
        ("/v1/FlexFlows".to_owned(), FLEX_FLOW_KEYS),
    ];
    for (path, documented) in expectations {
        let rows = practice.all(&path).await;
        assert!(!rows.is_empty(), "{path}");
        for row in &rows {
            assert_eq!(keys(row), documented.iter().copied().collect(), "{path}");
            let url = row["url"].as_str().unwrap();
            assert!(url.starts_with(&practice.server.url()), "{url}");
        }
        let first = rows.first().unwrap();
        assert_eq!(&practice.get(first["url"].as_str().unwrap()).await, first, "{path}");
    }
}

/// The invites of the first channel that has some.
async fn invites(practice: &Practice, service: &str) -> String {
    let list = format!("/v2/Services/{service}/Channels?Type=public&Type=private&PageSize=1000");
    let mut paths = Vec::new();
    for channel in practice.all(&list).await {
        let path = channel["links"]["invites"].as_str().unwrap();
        if !practice.all(path).await.is_empty() {
            paths.push(path.to_owned());
            break;
        }
    }
    paths.pop().unwrap()
}

#[tokio::test]
async fn kinds_are_as_documented() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels?Type=public&Type=private&PageSize=1000");
    for channel in practice.all(&list).await {
        assert!(channel["attributes"].is_string() || channel["attributes"].is_null());
        assert!(channel["friendly_name"].is_string() || channel["friendly_name"].is_null());
        assert!(channel["members_count"].is_u64() && channel["messages_count"].is_u64());
        assert_eq!(channel["date_updated"].as_str().unwrap().len(), 20);
        let links = ["members", "messages", "invites", "webhooks", "last_message"];
        assert_eq!(keys(&channel["links"]), BTreeSet::from(links));
        assert_eq!(channel["links"]["last_message"].is_null(), channel["messages_count"] == 0);
    }
}
