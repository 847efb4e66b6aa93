//! Flex: channels seen from the flows that opened them.

use reqwest::Method;
use serde_json::Value;

use crate::bench::Practice;

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
    assert_eq!(status, 201);
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
async fn a_flow_needs_the_parts_of_its_integration() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let needed =
        [("FriendlyName", "Harbour"), ("ChatServiceSid", service.as_str()), ("ChannelType", "sms")];
    let list = "/v1/FlexFlows";
    for missing in 0..3 {
        let rest: Vec<_> = (0..3).filter(|at| *at != missing).map(|at| needed[at]).collect();
        assert_eq!(practice.refused(list, &rest).await, (400, 20422), "{missing}");
    }
    let with = |more: &[(&'static str, &'static str)]| [needed.as_slice(), more].concat();
    let workspace = ("Integration.WorkspaceSid", "WS00000000000000000000000000000000");
    let workflow = ("Integration.WorkflowSid", "WW00000000000000000000000000000000");
    for wrong in [
        with(&[]),
        with(&[("IntegrationType", "studio")]),
        with(&[("IntegrationType", "task"), workspace]),
        with(&[("IntegrationType", "oracle")]),
        with(&[("Integration.Url", "https://hooks.example.com/"), ("Integration.RetryCount", "4")]),
        with(&[("ChatServiceSid", "IS00000000000000000000000000000000")]),
    ] {
        assert_eq!(practice.refused(list, &wrong).await, (400, 20422), "{wrong:?}");
    }
    let tasks = with(&[("IntegrationType", "task"), workspace, workflow]);
    let (status, flow) = practice.post(list, &tasks).await;
    assert_eq!((status, &flow["integration"]["timeout"]), (201, &Value::from(86400)));
    let sid = flow["sid"].as_str().unwrap();
    let form = [
        ("FlexFlowSid", sid),
        ("Identity", "visitor-1"),
        ("ChatUserFriendlyName", "Visitor One"),
        ("ChatFriendlyName", "Where is my lamp?"),
    ];
    let (_, opened) = practice.post("/v1/Channels", &form).await;
    assert!(opened["task_sid"].is_string(), "a flow of tasks makes one");
    let url = flow["url"].as_str().unwrap();
    let external = [("IntegrationType", "external")];
    assert_eq!(practice.refused(url, &external).await, (400, 20422), "where to?");
    assert_eq!(practice.get(url).await, flow);
    let external = [external[0], ("Integration.Url", "https://hooks.example.com/flex")];
    let (_, changed) = practice.post(url, &external).await;
    assert_eq!(changed["integration_type"], "external");
    let again = [form.as_slice(), &[("TaskSid", "WT00000000000000000000000000000000")]].concat();
    assert_eq!(practice.refused("/v1/Channels", &again).await, (400, 20422), "no task any more");
}
