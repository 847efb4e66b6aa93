//! The practice server from outside, over plain HTTP: as any client of the documents would see it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::{collections::BTreeSet, time::Duration};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use switchboard::sandbox::{Faults, Options, Sandbox, start};

const CHANNEL_KEYS: &[&str] = &[
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
const SERVICE_KEYS: &[&str] = &[
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
const USER_KEYS: &[&str] = &[
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
const USER_CHANNEL_KEYS: &[&str] = &[
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
const MEMBER_KEYS: &[&str] = &[
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
const ROLE_KEYS: &[&str] = &[
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

const MESSAGE_KEYS: &[&str] = &[
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
const INVITE_KEYS: &[&str] = &[
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
const WEBHOOK_KEYS: &[&str] = &[
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
const MIGRATED_KEYS: &[&str] = &[
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
const FLEX_CHANNEL_KEYS: &[&str] = &[
    "account_sid",
    "flex_flow_sid",
    "sid",
    "user_sid",
    "task_sid",
    "url",
    "date_created",
    "date_updated",
];
const FLEX_FLOW_KEYS: &[&str] = &[
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

/// A server and someone who may talk to it.
struct Practice {
    server: Sandbox,
    client: Client,
}

impl Practice {
    async fn new() -> Self {
        Self::with(Options::default()).await
    }

    async fn with(options: Options) -> Self {
        // The first test to come here installs it, the others find it done.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        Self { server: start(options).await.unwrap(), client }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.server.url())
        };
        let (user, password) = (self.server.account_sid(), self.server.auth_token());
        self.client.request(method, url).basic_auth(user, Some(password))
    }

    async fn get(&self, path: &str) -> Value {
        let response = self.request(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        body(response).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let response = self.request(Method::POST, path).form(form).send().await.unwrap();
        (response.status().as_u16(), body(response).await)
    }

    /// The status and code of a refused update.
    async fn refused(&self, path: &str, form: &[(&str, &str)]) -> (u16, u64) {
        let (status, body) = self.post(path, form).await;
        assert_eq!(body["status"], status, "{form:?} was taken: {body}");
        (status, body["code"].as_u64().unwrap())
    }

    async fn refusal(&self, path: &str) -> (u16, u64) {
        let response = self.request(Method::GET, path).send().await.unwrap();
        (response.status().as_u16(), body(response).await["code"].as_u64().unwrap())
    }

    /// Every row of a list, page by page.
    async fn all(&self, path: &str) -> Vec<Value> {
        let (mut rows, mut next) = (Vec::new(), Some(path.to_owned()));
        while let Some(path) = next {
            let page = self.get(&path).await;
            let key = page["meta"]["key"].as_str().unwrap();
            rows.extend(page[key].as_array().unwrap().iter().cloned());
            next = page["meta"]["next_page_url"].as_str().map(str::to_owned);
        }
        rows
    }

    async fn service(&self) -> String {
        let services = self.get("/v2/Services").await;
        services["services"][0]["sid"].as_str().unwrap().to_owned()
    }

    /// The path of a channel of the first service.
    async fn channel(&self, name: &str) -> String {
        let service = self.service().await;
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        format!("/v2/Services/{service}/Channels/{}", name.replace('+', "%20"))
    }
}

async fn body(response: Response) -> Value {
    response.json().await.unwrap()
}

fn faults(text: &str) -> Faults {
    text.parse().unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn only_the_practice_account_comes_in() {
    let practice = Practice::new().await;
    let url = format!("{}/v2/Services", practice.server.url());
    for (user, password) in [("AC0", "x"), (practice.server.account_sid(), "x")] {
        let request = practice.client.get(&url).basic_auth(user, Some(password));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
        assert_eq!(body(response).await["code"], 20003);
    }
    assert_eq!(practice.client.get(&url).send().await.unwrap().status(), 401);
    practice.get("/v2/Services").await;
    assert_eq!(practice.server.requests(), 4);
}

#[tokio::test]
async fn refusals_have_exactly_the_four_keys_and_a_request_id() {
    let practice = Practice::new().await;
    let request = practice.request(Method::GET, "/v2/Services/ISnone/Channels");
    let response = request.send().await.unwrap();
    let id = response.headers()["twilio-request-id"].to_str().unwrap().to_owned();
    assert!(id.starts_with("RQ") && id.len() == 34, "{id}");
    assert_eq!(
        body(response).await,
        json!({
            "code": 20404,
            "message": "The requested resource /Services/ISnone/Channels was not found",
            "more_info": "https://www.twilio.com/docs/errors/20404",
            "status": 404,
        })
    );
    assert_eq!(practice.refusal("/v2/Nowhere").await, (404, 20404));
    assert_eq!(practice.refusal("/").await, (404, 20404));
    let head = practice.request(Method::HEAD, "/v2/Services").send().await.unwrap();
    assert_eq!(head.status(), 405);
    let put = practice.request(Method::PUT, "/v2/Services").send().await.unwrap();
    assert_eq!((put.status().as_u16(), body(put).await["code"].clone()), (405, json!(20004)));
}

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
async fn pages_lead_forth_and_back() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels?Type=private&Type=public&PageSize=20");
    let first = practice.get(&list).await;
    let second = practice.get(first["meta"]["next_page_url"].as_str().unwrap()).await;
    let third = practice.get(second["meta"]["next_page_url"].as_str().unwrap()).await;
    for (number, page) in [&first, &second, &third].into_iter().enumerate() {
        assert_eq!(page["meta"]["page"], number);
        assert_eq!(page["meta"]["page_size"], 20);
        assert_eq!(page["meta"]["key"], "channels");
        assert_eq!(page["channels"].as_array().unwrap().len(), 20);
        let again = practice.get(page["meta"]["url"].as_str().unwrap()).await;
        assert_eq!(&again, page);
    }
    assert_eq!(first["meta"]["previous_page_url"], Value::Null);
    let back = practice.get(third["meta"]["previous_page_url"].as_str().unwrap()).await;
    assert_eq!(back["channels"], second["channels"]);
    assert_eq!(back["meta"]["page"], 1);
    let start = practice.get(third["meta"]["first_page_url"].as_str().unwrap()).await;
    assert_eq!(start, first);
    let all = practice.all(&list).await;
    let sids: BTreeSet<&str> = all.iter().filter_map(|row| row["sid"].as_str()).collect();
    assert_eq!(sids.len(), all.len());
    assert_eq!(all, practice.all(&list.replace("=20", "=1000")).await);
}

#[tokio::test]
async fn page_sizes_and_tokens_are_checked() {
    let practice = Practice::with(Options { max_page_size: 100, ..Options::default() }).await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels");
    assert_eq!(practice.refusal(&format!("{list}?PageSize=101")).await, (400, 20007));
    assert_eq!(practice.refusal(&format!("{list}?PageToken=PTnonsense")).await, (400, 21481));
    let page = practice.get(&list).await;
    assert_eq!(page["meta"]["page_size"], 50);
}

#[tokio::test]
async fn a_token_goes_stale_when_rows_come_or_go_but_not_when_they_change() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels");
    let page = practice.get(&format!("{list}?PageSize=5")).await;
    let next = page["meta"]["next_page_url"].as_str().unwrap();
    practice.post(&practice.channel("all-hands").await, &[("FriendlyName", "Everyone")]).await;
    practice.get(next).await;
    let (status, made) = practice.post(&list, &[("UniqueName", "fresh")]).await;
    assert_eq!(status, 201);
    assert_eq!(practice.refusal(next).await, (400, 21481));
    let fresh = practice.get(&format!("{list}?PageSize=5")).await;
    let next = fresh["meta"]["next_page_url"].as_str().unwrap();
    let url = made["url"].as_str().unwrap();
    let gone = practice.request(Method::DELETE, url).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(gone.bytes().await.unwrap().len(), 0);
    assert_eq!(practice.refusal(url).await, (404, 20404));
    assert_eq!(practice.refusal(next).await, (400, 21481));
}

#[tokio::test]
async fn without_a_type_only_public_channels_are_listed() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = |query: &str| format!("/v2/Services/{service}/Channels?PageSize=1000{query}");
    let types = |rows: Vec<Value>| -> BTreeSet<String> {
        rows.iter().map(|row| row["type"].as_str().unwrap().to_owned()).collect()
    };
    let (public, private) = ("public".to_owned(), "private".to_owned());
    assert_eq!(types(practice.all(&list("")).await), BTreeSet::from([public.clone()]));
    assert_eq!(
        types(practice.all(&list("&Type=private")).await),
        BTreeSet::from([private.clone()])
    );
    let both = practice.all(&list("&Type=public&Type=private")).await;
    assert_eq!(types(both), BTreeSet::from([public, private]));
    assert_eq!(practice.refusal(&list("&Type=secret")).await, (400, 20422));
}

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
async fn refusing_faults_are_answered_and_nothing_is_done() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    let before = practice.get(&path).await;
    for (fault, refusal) in [("429=100%", (429, 20429)), ("500=100%", (500, 20500))] {
        practice.server.set_faults(faults(fault));
        assert_eq!(practice.server.faults().to_string(), fault);
        let response = practice.request(Method::POST, &path).form(&[("FriendlyName", "x")]);
        let response = response.send().await.unwrap();
        assert!(!response.headers().contains_key("retry-after"), "none is documented");
        let status = response.status().as_u16();
        assert_eq!((status, body(response).await["code"].as_u64().unwrap()), refusal);
        practice.server.set_faults(Faults::default());
        assert_eq!(practice.get(&path).await, before);
    }
    let done = practice.server.requests();
    practice.server.set_faults(faults("offline"));
    let lost = practice.request(Method::POST, &path).form(&[("FriendlyName", "x")]).send().await;
    assert!(lost.unwrap_err().is_request());
    assert_eq!(practice.server.requests(), done + 1);
    practice.server.set_faults(Faults::default());
    assert_eq!(practice.get(&path).await, before);
}

#[tokio::test]
async fn spoiling_faults_strike_when_the_work_is_done() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    practice.server.set_faults(faults("drop=100%"));
    let lost = practice.request(Method::POST, &path).form(&[("FriendlyName", "dropped")]);
    assert!(lost.send().await.unwrap_err().is_request());
    practice.server.set_faults(faults("cut=100%"));
    let cut = practice.request(Method::POST, &path).form(&[("CreatedBy", "cut")]);
    let mut cut = cut.send().await.unwrap();
    assert_eq!(cut.status(), 200);
    let promised = usize::try_from(cut.content_length().unwrap()).unwrap();
    let mut came = Vec::new();
    let end = loop {
        match cut.chunk().await {
            Ok(Some(bytes)) => came.extend(bytes),
            end => break end,
        }
    };
    assert!(end.is_err(), "the end of a cut body must not look like its end");
    assert_eq!(came.len(), promised / 2);
    practice.server.set_faults(Faults::default());
    let now = practice.get(&path).await;
    assert_eq!((&now["friendly_name"], &now["created_by"]), (&json!("dropped"), &json!("cut")));
}

#[tokio::test]
async fn latency_delays_the_answer_and_not_the_work() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    practice.server.set_faults(faults("latency=3600s"));
    let slow = practice.request(Method::POST, &path).form(&[("FriendlyName", "late")]);
    let slow = slow.timeout(Duration::from_millis(500)).send().await;
    assert!(slow.unwrap_err().is_timeout());
    practice.server.set_faults(faults("latency=5ms"));
    assert_eq!(practice.get(&path).await["friendly_name"], "late");
}

#[tokio::test]
async fn a_client_that_wants_the_connection_closed_is_told_so() {
    let practice = Practice::new().await;
    let request = practice.request(Method::GET, "/v2/Services").header("Connection", "close");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["connection"], "close");
    practice.get("/v2/Services").await;
}

#[tokio::test]
async fn links_keep_to_the_host_the_client_used_if_it_is_this_machine() {
    let practice = Practice::new().await;
    let url = |host: &str| {
        let request = practice.request(Method::GET, "/v2/Services").header("Host", host.to_owned());
        async {
            body(request.send().await.unwrap()).await["meta"]["url"].as_str().unwrap().to_owned()
        }
    };
    assert!(url("localhost:4010").await.starts_with("http://localhost:4010/v2/"));
    assert!(url("evil.example").await.starts_with(&practice.server.url()));
}

#[tokio::test]
async fn a_stopped_server_is_gone() {
    let practice = Practice::new().await;
    practice.get("/v2/Services").await;
    let url = practice.server.url();
    practice.server.stop().await;
    let refused = practice.client.get(format!("{url}/v2/Services")).send().await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    let first = start(Options::default()).await.unwrap();
    let port = first.url().rsplit_once(':').unwrap().1.parse().unwrap();
    let second = start(Options { port, ..Options::default() }).await.unwrap_err();
    assert_eq!(second.to_string(), format!("cannot listen on 127.0.0.1:{port}"));
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
    let form = [("Type", "private"), ("MessagingServiceSid", "MG1")];
    assert_eq!(practice.refused(&path, &form).await, (400, 50341));
    assert_eq!(practice.refusal(&path).await, (405, 20004));
    let by_name = practice.channel("all-hands").await.replace("/v2/", "/v3/");
    assert_eq!(practice.refused(&by_name, &[("Type", "private")]).await, (404, 20404));
    let messaging = format!("MG{}", "5a4db0c5".repeat(4));
    let form = [("Type", "private"), ("MessagingServiceSid", messaging.as_str())];
    let (status, migrated) = practice.post(&path, &form).await;
    assert_eq!(status, 200);
    assert_eq!(keys(&migrated), MIGRATED_KEYS.iter().copied().collect());
    assert_eq!(migrated["messaging_service_sid"], messaging);
    assert!(migrated["url"].as_str().unwrap().ends_with(&path));
    assert_eq!(practice.get(&old).await["type"], "private");
}

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
    assert_eq!(practice.request(Method::DELETE, url).send().await.unwrap().status(), 204);
    assert_eq!(practice.get(&path).await["messages_count"], 64);
    assert_eq!(practice.get(&user).await["unread_messages_count"], unread);
}

/// The service of a channel's path.
fn root_of(channel: &str) -> &str {
    channel.split_once("/Channels/").unwrap().0
}

#[tokio::test]
async fn people_come_and_go() {
    let practice = Practice::new().await;
    let channel = practice.channel("empty-room").await;
    let members = format!("{channel}/Members");
    let users = format!("{}/Users", root_of(&channel));
    assert_eq!(practice.refused(&members, &[]).await, (400, 50204));
    let (status, member) = practice.post(&members, &[("Identity", "new/one")]).await;
    assert_eq!((status, keys(&member)), (201, MEMBER_KEYS.iter().copied().collect()));
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
async fn a_flex_channel_is_a_chat_channel_seen_from_flex() {
    let practice = Practice::new().await;
    let flows = practice.all("/v1/FlexFlows?FriendlyName=Flex%20Web+Channel%20Flow").await;
    assert_eq!(flows.len(), 1);
    let channels = practice.all("/v1/Channels?PageSize=4").await;
    let flow = flows[0]["sid"].as_str().unwrap();
    let of_flow = channels.iter().find(|row| row["flex_flow_sid"] == flow).unwrap();
    let service = flows[0]["chat_service_sid"].as_str().unwrap();
    let chat = format!("/v2/Services/{service}/Channels/{}", of_flow["sid"].as_str().unwrap());
    assert_eq!(practice.get(&chat).await["created_by"], "flex-flow");
    let hooks = practice.get(&(practice.channel("all-hands").await + "/Webhooks")).await;
    assert_eq!(hooks["meta"]["page_size"], 5);
    let too_many = practice.channel("all-hands").await + "/Webhooks?PageSize=6";
    assert_eq!(practice.refusal(&too_many).await, (400, 20007));
}

#[tokio::test]
async fn flex_opens_a_channel_for_a_customer() {
    let practice = Practice::new().await;
    let flows = practice.all("/v1/FlexFlows").await;
    let mut form = vec![
        ("FlexFlowSid", flows[0]["sid"].as_str().unwrap()),
        ("Identity", "customer-1"),
        ("ChatUserFriendlyName", "Customer"),
    ];
    assert_eq!(practice.refused("/v1/Channels", &form).await, (400, 20422));
    form.push(("ChatFriendlyName", "Where is my lamp?"));
    let (status, opened) = practice.post("/v1/Channels", &form).await;
    assert_eq!((status, keys(&opened)), (201, FLEX_CHANNEL_KEYS.iter().copied().collect()));
    let url = opened["url"].as_str().unwrap();
    assert_eq!(practice.get(url).await, opened);
    let chat = practice.channel(opened["sid"].as_str().unwrap()).await;
    let channel = practice.get(&chat).await;
    assert_eq!(channel["friendly_name"], "Where is my lamp?");
    assert_eq!(channel["members_count"], 1);
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
    assert_eq!((status, keys(&invite)), (201, INVITE_KEYS.iter().copied().collect()));
    assert_eq!(practice.refused(&invites, &form).await, (409, 50212));
    let seat = format!("{}/Users/lonely.newcomer/Channels/empty-room", root_of(&channel));
    assert_eq!(practice.get(&seat).await["status"], "invited");
    assert_eq!(practice.get(&channel).await["members_count"], 0);
    practice.post(&format!("{channel}/Members"), &form).await;
    assert_eq!(practice.get(&seat).await["status"], "joined");
    assert_eq!(practice.all(&invites).await, Vec::<Value>::new());
    assert_eq!(practice.refused(&invites, &form).await, (409, 50404));
}

#[tokio::test]
async fn a_late_answer_does_not_hold_up_the_end() {
    let practice = Practice::new().await;
    practice.server.set_faults(faults("latency=3600s"));
    let request = practice.request(Method::GET, "/v2/Services").send();
    let waiting = tokio::spawn(request);
    while practice.server.requests() == 0 {
        tokio::task::yield_now().await;
    }
    let Practice { server, client: _ } = practice;
    tokio::time::timeout(Duration::from_secs(10), server.stop()).await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().status(), 200);
}
