//! Services and webhooks: objects whose parts are parameters of their own, and what goes with a service.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::Practice;

#[tokio::test]
async fn a_service_is_founded_with_roles_and_defaults() {
    let practice = Practice::new().await;
    let (_, service) = practice.post("/v2/Services", &[("FriendlyName", "Harbour")]).await;
    assert_eq!(service["friendly_name"], "Harbour");
    assert_eq!(service["limits"], json!({ "channel_members": 100, "user_channels": 250 }));
    assert_eq!(
        (&service["read_status_enabled"], &service["reachability_enabled"]),
        (&json!(true), &json!(false))
    );
    let url = service["url"].as_str().unwrap();
    let roles = practice.all(&format!("{url}/Roles")).await;
    for (key, kind) in [
        ("default_service_role_sid", "deployment"),
        ("default_channel_role_sid", "channel"),
        ("default_channel_creator_role_sid", "channel"),
    ] {
        let role = roles.iter().find(|role| role["sid"] == service[key]);
        assert_eq!(role.unwrap()["type"], kind, "{key}");
    }
    let (_, user) = practice.post(&format!("{url}/Users"), &[("Identity", "mia")]).await;
    assert_eq!(user["role_sid"], service["default_service_role_sid"]);
    let (status, channel) = practice.post(&format!("{url}/Channels"), &[]).await;
    assert_eq!((status, &channel["service_sid"]), (201, &service["sid"]));
    assert_eq!(practice.refused("/v2/Services", &[]).await, (400, 50000));
}

#[tokio::test]
async fn a_part_of_an_object_changes_alone() {
    let practice = Practice::new().await;
    let url = format!("/v2/Services/{}", practice.service().await);
    let mut wanted = practice.get(&url).await;
    let form = [("Limits.UserChannels", "7"), ("Notifications.NewMessage.Enabled", "true")];
    let (status, updated) = practice.post(&url, &form).await;
    wanted["limits"]["user_channels"] = json!(7);
    wanted["notifications"]["new_message"]["enabled"] = json!(true);
    wanted["date_updated"] = updated["date_updated"].clone();
    assert_eq!((status, &updated), (200, &wanted));
    assert_eq!(practice.get(&url).await, wanted);
    for (name, value, refusal) in [
        ("Limits.UserChannels", "1001", (400, 20422)),
        ("ReadStatusEnabled", "perhaps", (400, 20422)),
        ("DefaultServiceRoleSid", "RL00000000000000000000000000000000", (400, 50100)),
        ("Colour", "red", (400, 20161)),
    ] {
        assert_eq!(practice.refused(&url, &[(name, value)]).await, refusal, "{name}");
    }
    let hooks = practice.channel("all-hands").await + "/Webhooks";
    let form = [
        ("Type", "webhook"),
        ("Configuration.Url", "https://hooks.example.com/quay"),
        ("Configuration.Filters", "onMessageSent"),
        ("Configuration.Filters", "onMemberAdded"),
    ];
    let (_, hook) = practice.post(&hooks, &form).await;
    let filters = json!(["onMessageSent", "onMemberAdded"]);
    assert_eq!(hook["configuration"]["filters"], filters);
    let (_, hook) =
        practice.post(hook["url"].as_str().unwrap(), &[("Configuration.RetryCount", "3")]).await;
    let url = "https://hooks.example.com/quay";
    let wanted = json!({ "url": url, "filters": filters, "retry_count": 3 });
    assert_eq!(hook["configuration"], wanted);
    assert_eq!(practice.refused(&hooks, &[("Type", "pigeon")]).await, (400, 20422));
    assert_eq!(practice.refused(&hooks, &[]).await, (400, 20422));
}

#[tokio::test]
async fn a_service_takes_everything_in_it_along() {
    let practice = Practice::new().await;
    let url = format!("/v2/Services/{}", practice.service().await);
    let channel = practice.get(&practice.channel("all-hands").await).await;
    let gone = practice.request(Method::DELETE, &url).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    for below in ["", "/Channels", "/Users", "/Users/ana.weiss", "/Roles", "/Channels/all-hands"] {
        assert_eq!(practice.refusal(&format!("{url}{below}")).await, (404, 20404), "{below}");
    }
    let members = channel["links"]["members"].as_str().unwrap();
    assert_eq!(practice.refusal(members).await, (404, 20404));
    assert_eq!(practice.all("/v2/Services").await.len(), 2);
    let form = [
        ("FlexFlowSid", "FO6c853a6d26bb5a4db0c568c48cb4030e"),
        ("Identity", "visitor-1"),
        ("ChatUserFriendlyName", "Visitor One"),
        ("ChatFriendlyName", "Where is my lamp?"),
    ];
    assert_eq!(practice.refused("/v1/Channels", &form).await, (400, 20422));
}

#[tokio::test]
async fn every_link_of_every_answer_leads_somewhere() {
    let practice = Practice::new().await;
    let service = practice.get("/v2/Services").await["services"][0].clone();
    let root = service["url"].as_str().unwrap();
    let mut answers = vec![service.clone()];
    for path in ["Channels/all-hands", "Users/ana.weiss", "Users/ana.weiss/Channels/all-hands"] {
        answers.push(practice.get(&format!("{root}/{path}")).await);
    }
    let mut followed = 0;
    for answer in answers {
        for link in answer["links"].as_object().unwrap().values().filter_map(Value::as_str) {
            practice.get(link).await;
            followed += 1;
        }
    }
    assert_eq!(followed, 4 + 5 + 2 + 2);
    let bindings = practice.get(service["links"]["bindings"].as_str().unwrap()).await;
    assert_eq!((&bindings["bindings"], &bindings["meta"]["key"]), (&json!([]), &json!("bindings")));
}
