//! Flex: channels seen from the flows that opened them.

use reqwest::Method;

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
