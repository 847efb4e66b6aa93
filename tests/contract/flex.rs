//! Flex: the channels that flows open, the chat channels they are, and the flows.

use switchboard::api::chat::{channels, memberships};
use switchboard::api::flex::{channels as flex_channels, flows};
use switchboard::api::{
    Certainty, ChannelType, Deleted, IntegrationType, MembershipStatus, NewFlexChannel,
};
use switchboard::sandbox::Options;

use crate::bench::{Bench, all, code, home, made_up, studio_flow, task_flow};

fn new() -> NewFlexChannel {
    NewFlexChannel::new(studio_flow(), "visitor / #1?", "Visitor One", "Where is my lamp?")
}

#[tokio::test]
async fn flex_channels_are_the_same_alone_and_in_a_list_of_any_pages() {
    let bench = Bench::new().await;
    let one = &bench.client;
    let (whole, pages) = all(async |next| flex_channels::list(one, next).await).await;
    assert_eq!((whole.len(), pages), (14, 1));
    for channel in &whole {
        assert_eq!(&flex_channels::fetch(one, channel.sid).await.unwrap(), channel);
    }
    let three = bench.client(|config| config.page_size = 6);
    assert_eq!(all(async |next| flex_channels::list(&three, next).await).await, (whole, 3));
}

#[tokio::test]
async fn flex_goes_on_with_a_thousand_where_chat_takes_less() {
    let bench = Bench::with(Options { max_page_size: 100, ..Options::default() }).await;
    let (page, requests) = bench.counted(channels::list(&bench.client, home(), None)).await;
    assert_eq!((page.unwrap().items.len(), requests), (100, 2));
    for _ in 0..2 {
        let (page, requests) = bench.counted(flex_channels::list(&bench.client, None)).await;
        assert_eq!((page.unwrap().items.len(), requests), (14, 1));
    }
}

#[tokio::test]
async fn a_flex_channel_is_a_chat_channel_with_its_customer_in_it() {
    let bench = Bench::new().await;
    let opened = flex_channels::create(&bench.client, &new()).await.unwrap();
    assert_eq!((opened.flow_sid, opened.task_sid), (Some(studio_flow()), None));
    assert_eq!(flex_channels::fetch(&bench.client, opened.sid).await.unwrap(), opened);
    let chat = channels::fetch(&bench.client, home(), &opened.sid.into()).await.unwrap();
    assert_eq!(chat.friendly_name.unwrap().raw(), "Where is my lamp?");
    assert_eq!((chat.kind, chat.members_count), (ChannelType::Private, Some(1)));
    let customer = bench.user("visitor / #1?").await;
    assert_eq!(opened.user_sid, Some(customer.sid));
    assert_eq!(customer.friendly_name.unwrap().raw(), "Visitor One");
    let (user, channel) = (customer.sid.into(), opened.sid.into());
    let seat = memberships::fetch(&bench.client, home(), &user, &channel).await.unwrap();
    assert_eq!(seat.status, MembershipStatus::Joined);
}

#[tokio::test]
async fn a_flex_channel_is_made_of_all_ten() {
    let bench = Bench::new().await;
    let new = NewFlexChannel {
        flow: task_flow(),
        target: Some("+15550100001".to_owned()),
        chat_unique_name: Some("lamp / #1?".to_owned()),
        pre_engagement_data: Some(r#"{"page": "/lamps?a=b&c"}"#.to_owned()),
        task_sid: Some(made_up()),
        task_attributes: Some(r#"{"priority": 1}"#.to_owned()),
        long_lived: Some(true),
        ..new()
    };
    let opened = flex_channels::create(&bench.client, &new).await.unwrap();
    assert_eq!(opened.task_sid, Some(made_up()));
    let chat = bench.channel("lamp / #1?").await;
    assert_eq!(chat.sid, opened.sid);
    let told: serde_json::Value = serde_json::from_str(chat.attributes.text()).unwrap();
    assert_eq!(told["pre_engagement_data"], r#"{"page": "/lamps?a=b&c"}"#);
    assert_eq!((&told["long_lived"], &told["channel_type"]), (&true.into(), &"sms".into()));
}

#[tokio::test]
async fn only_a_flow_that_makes_tasks_has_one() {
    let bench = Bench::new().await;
    let tasked = NewFlexChannel { flow: task_flow(), ..new() };
    let opened = flex_channels::create(&bench.client, &tasked).await.unwrap();
    assert!(opened.task_sid.is_some());
    let wrong = NewFlexChannel { task_sid: Some(made_up()), ..new() };
    assert_eq!(code(flex_channels::create(&bench.client, &wrong).await), (400, 20422));
    let (flows, _) = all(async |next| flows::list(&bench.client, None, next).await).await;
    let (channels, _) = all(async |next| flex_channels::list(&bench.client, next).await).await;
    for channel in channels {
        let flow = flows.iter().find(|flow| Some(flow.sid) == channel.flow_sid).unwrap();
        let makes_tasks = flow.integration_type == IntegrationType::Task;
        assert_eq!(channel.task_sid.is_some(), makes_tasks, "{channel:?}");
    }
}

#[tokio::test]
async fn a_create_is_refused_in_the_words_of_the_dictionary() {
    let bench = Bench::new().await;
    let long = || "x".repeat(257);
    for (new, expected) in [
        (NewFlexChannel { flow: made_up(), ..new() }, (400, 20422)),
        (NewFlexChannel { identity: String::new(), ..new() }, (400, 50204)),
        (NewFlexChannel { identity: long(), ..new() }, (400, 50207)),
        (NewFlexChannel { chat_user_friendly_name: long(), ..new() }, (400, 50003)),
        (NewFlexChannel { chat_friendly_name: long(), ..new() }, (400, 50003)),
        (NewFlexChannel { chat_unique_name: Some(long()), ..new() }, (400, 50004)),
        (NewFlexChannel { chat_unique_name: Some("all-hands".into()), ..new() }, (409, 50307)),
        (NewFlexChannel { pre_engagement_data: Some("{".into()), ..new() }, (400, 50304)),
        (NewFlexChannel { task_attributes: Some("{".into()), ..new() }, (400, 50304)),
    ] {
        let refused = flex_channels::create(&bench.client, &new).await;
        assert_eq!(code(refused), expected, "{new:?}");
    }
    let (rows, _) = all(async |next| flex_channels::list(&bench.client, next).await).await;
    assert_eq!(rows.len(), 14, "nothing was opened");
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_has_opened_a_channel() {
    let bench = Bench::new().await;
    bench.faults("drop=100%");
    let once = NewFlexChannel { chat_unique_name: Some("once".to_owned()), ..new() };
    let lost = flex_channels::create(&bench.client, &once).await;
    assert_eq!(lost.unwrap_err().certainty(), Certainty::Unknown);
    bench.faults("none");
    let opened = bench.channel("once").await.sid;
    assert!(flex_channels::fetch(&bench.client, opened).await.is_ok());
}

#[tokio::test]
async fn either_side_can_be_gone_without_the_other() {
    let bench = Bench::new().await;
    let first = flex_channels::create(&bench.client, &new()).await.unwrap().sid;
    assert_eq!(flex_channels::delete(&bench.client, first).await.unwrap(), Deleted::Done);
    assert!(flex_channels::fetch(&bench.client, first).await.unwrap_err().is_gone());
    assert!(channels::fetch(&bench.client, home(), &first.into()).await.is_ok());
    let second = flex_channels::create(&bench.client, &new()).await.unwrap();
    let webhooks = switchboard::api::Webhooks::Off;
    let gone = channels::delete(&bench.client, home(), second.sid, webhooks).await.unwrap();
    assert_eq!(gone, Deleted::Done);
    assert_eq!(flex_channels::fetch(&bench.client, second.sid).await.unwrap(), second);
}

#[tokio::test]
async fn flows_are_listed_all_or_by_name() {
    let bench = Bench::new().await;
    let list = async |client, name: Option<&str>| {
        all(async |next| flows::list(client, name, next).await).await
    };
    let (whole, _) = list(&bench.client, None).await;
    assert_eq!(whole.len(), 2);
    let paged = bench.client(|config| config.page_size = 1);
    assert_eq!(list(&paged, None).await, (whole.clone(), 2));
    let (studio, _) = list(&bench.client, Some("Flex Web Channel Flow")).await;
    assert_eq!(studio.len(), 1);
    let flow = studio.first().unwrap();
    assert_eq!((flow.sid, flow.chat_service_sid), (studio_flow(), Some(home())));
    assert_eq!(flow.integration_type, IntegrationType::Studio);
    assert_eq!((flow.enabled, flow.long_lived), (Some(true), Some(false)));
    assert!(flow.integration.text().contains("flow_sid"));
    assert_eq!(list(&bench.client, Some("of no name")).await.0, []);
}
