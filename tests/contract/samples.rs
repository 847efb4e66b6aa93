//! The bodies that the documents show for each call, in words of our own, given to the client by a server that knows
//! nothing else: what the practice server would never say is read here too.

use axum::Router;
use axum::http::{StatusCode, header};
use switchboard::api::chat::{
    channels, invites, members, memberships, messages, migration, roles, services, users,
};
use switchboard::api::sid::Kind;
use switchboard::api::{
    Access, Certainty, Channel, ChannelType, Client, ClientConfig, Consumed, Credentials, Error,
    FlexFlow, Hosts, IntegrationType, MembershipPatch, MembershipStatus, MessageType, NewChannel,
    NewFlexChannel, NotificationLevel, RoleType, Service, Sid, User, Webhooks, flex,
};
use tokio::net::TcpListener;

use crate::bench::home;
use crate::calls::{muted, renamed};

macro_rules! sample {
    ($status:literal, $name:literal) => {
        told($status, include_str!(concat!("../fixtures/samples/", $name, ".json"))).await
    };
    (api $status:literal, $name:literal) => {
        told($status, include_str!(concat!("../fixtures/api/", $name, ".json"))).await
    };
}

/// A client that is told this, whatever it asks.
async fn told(status: u16, body: &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let status = StatusCode::from_u16(status).unwrap();
    let answer =
        move || async move { (status, [(header::CONTENT_TYPE, "application/json")], body) };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    let config = ClientConfig {
        credentials: Credentials::auth_token(numbered(10), "secret".into()),
        hosts: Hosts::base_url(&url).unwrap(),
        access: Access::ReadWrite,
        page_size: 1000,
        timeout: std::time::Duration::from_secs(20),
        observer: None,
    };
    Client::new(config).unwrap()
}

/// The sid of kind `K` that ends in this number.
fn numbered<K: Kind>(number: u8) -> Sid<K> {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Sid::from_bytes(bytes)
}

fn berth() -> Sid<Channel> {
    numbered(7)
}

fn mia() -> Sid<User> {
    numbered(2)
}

fn harbour() -> Sid<Service> {
    numbered(1)
}

#[tokio::test]
async fn a_channel_as_the_documents_show_it() {
    let client = sample!(201, "channel_created");
    let new = NewChannel::default();
    let made = channels::create(&client, harbour(), &new, Webhooks::Off).await.unwrap();
    assert_eq!((made.sid, &made.unique_name, made.attributes.text()), (berth(), &None, "{}"));
    assert_eq!(made.friendly_name.unwrap().raw(), "The quay");

    let client = sample!(200, "channel_fetched");
    let fetched = channels::fetch(&client, harbour(), &berth().into()).await.unwrap();
    let counts = (fetched.members_count, fetched.messages_count);
    assert_eq!(counts, (Some(4_294_967_297), Some(9_007_199_254_740_993)), "past 32 and 53 bits");
    assert_eq!(fetched.date_created, "2016-05-04T03:02:01Z".parse().ok());

    let client = sample!(200, "channel_updated");
    let patch = renamed();
    let updated = channels::update(&client, harbour(), berth(), &patch, Webhooks::On);
    let updated = updated.await.unwrap();
    let kept = "{\n  \"ship\" : \"Aurora\", \"tons\": 18446744073709551616 }";
    assert_eq!(updated.attributes.text(), kept);
}

#[tokio::test]
async fn a_list_of_channels_as_the_documents_show_it() {
    let client = sample!(200, "channels_listed");
    let page = channels::list(&client, harbour(), None).await.unwrap();
    let [inline, null, bare] = page.items.as_slice() else { panic!("{page:?}") };
    let as_json: serde_json::Value = serde_json::from_str(inline.attributes.text()).unwrap();
    assert_eq!(as_json["ship"], "Aurora", "an object is read as its text");
    assert!(inline.attributes.text().contains("2.5"));
    assert!(null.attributes.is_absent());
    assert!(matches!(&null.kind, ChannelType::Other(word) if word.raw() == "broadcast"));
    assert_eq!((bare.sid, bare.members_count, &bare.friendly_name), (numbered(9), None, &None));
    assert_eq!(page.unreadable, 0);
    assert!(page.next.is_some(), "a way without a token is still the way the server named");
}

#[tokio::test]
async fn a_migrated_channel_as_the_documents_show_it() {
    let client = sample!(200, "channel_migrated");
    let migrated = migration::migrate(&client, harbour(), berth(), None, Webhooks::Off).await;
    let migrated = migrated.unwrap();
    assert_eq!(migrated.messaging_service_sid, Some(numbered(3)));
    assert_eq!((migrated.channel.sid, migrated.channel.kind), (berth(), ChannelType::Private));
}

#[tokio::test]
async fn memberships_as_the_documents_show_them() {
    let client = sample!(200, "user_channel_fetched");
    let seat = memberships::fetch(&client, harbour(), &mia().into(), &berth().into()).await;
    let seat = seat.unwrap();
    assert_eq!((seat.user_sid, seat.channel_sid), (mia(), berth()));
    assert_eq!((seat.member_sid, seat.status), (Some(numbered(7)), MembershipStatus::Joined));
    assert_eq!(seat.unread_messages_count, Some(4_294_967_301));

    let client = sample!(200, "user_channel_updated");
    let seat = memberships::update(&client, harbour(), mia(), berth(), &muted()).await.unwrap();
    assert_eq!(seat.notification_level, NotificationLevel::Muted);
    let last_consumed_message_index = Some(Consumed::UpTo(4_294_967_296));
    let read = MembershipPatch { last_consumed_message_index, ..MembershipPatch::default() };
    let seat = memberships::update(&client, harbour(), mia(), berth(), &read).await.unwrap();
    assert_eq!(seat.last_consumed_message_index, Some(4_294_967_296));

    let client = sample!(200, "user_channels_listed");
    let page = memberships::list(&client, harbour(), &mia().into(), None).await.unwrap();
    let statuses: Vec<_> = page.items.iter().map(|seat| seat.status.name()).collect();
    let absent = "notParticipating";
    assert_eq!(statuses, ["joined", absent, absent, "invited", "banned"], "either spelling");
    assert!(matches!(page.items[4].notification_level, NotificationLevel::Other(_)));
    assert_eq!((page.items[1].unread_messages_count, page.next), (None, None));
}

#[tokio::test]
async fn flex_as_the_documents_show_it() {
    let client = sample!(201, "flex_channel_created");
    let flow: Sid<FlexFlow> = numbered(4);
    let new = NewFlexChannel::new(flow, "mia", "Mia", "Where is my lamp?");
    let opened = flex::channels::create(&client, &new).await.unwrap();
    assert_eq!((opened.flow_sid, opened.task_sid), (Some(flow), None));
    let client = sample!(200, "flex_channel_fetched");
    let fetched = flex::channels::fetch(&client, berth()).await.unwrap();
    assert_eq!((fetched.sid, fetched.task_sid), (berth(), Some(numbered(7))));
    let client = sample!(200, "flex_channels_listed");
    let page = flex::channels::list(&client, None).await.unwrap();
    assert_eq!((page.items.len(), page.unreadable, page.next), (2, 0, None));
    let client = sample!(api 200, "flex_flow_page");
    let page = flex::flows::list(&client, None, None).await.unwrap();
    let kinds: Vec<_> = page.items.iter().map(|flow| flow.integration_type.clone()).collect();
    let [task, studio, external, other] = kinds.as_slice() else { panic!("{kinds:?}") };
    let known = (IntegrationType::Task, IntegrationType::Studio, IntegrationType::External);
    assert_eq!((task.clone(), studio.clone(), external.clone()), known);
    assert!(matches!(other, IntegrationType::Other(_)));
}

#[tokio::test]
async fn the_rest_as_the_documents_show_it() {
    let client = sample!(200, "services_listed");
    let page = services::list(&client, None).await.unwrap();
    assert_eq!((page.items.len(), page.items[0].user_channels_limit), (1, Some(250)));
    let client = sample!(api 200, "service");
    assert!(services::fetch(&client, home()).await.unwrap().channel_members_limit.is_some());
    let client = sample!(200, "users_listed");
    let page = users::list(&client, harbour(), None).await.unwrap();
    assert_eq!(page.items[0].joined_channels_count, Some(4_294_967_296));
    assert!(page.items[0].attributes.is_absent());
    let client = sample!(200, "user_fetched");
    let user = users::fetch(&client, harbour(), &mia().into()).await.unwrap();
    assert_eq!((user.is_online, user.is_notifiable), (Some(true), None));
    let client = sample!(200, "members_listed");
    let page = members::list(&client, harbour(), &berth().into(), None).await.unwrap();
    assert_eq!(page.items[0].last_consumption_timestamp, None);
    let client = sample!(200, "invites_listed");
    let page = invites::list(&client, harbour(), &berth().into(), None).await.unwrap();
    assert_eq!(page.items[0].identity.raw(), "noah");
    let client = sample!(api 200, "message_page");
    let page = messages::list(&client, harbour(), &berth().into(), None).await.unwrap();
    assert_eq!((page.items[0].index, page.unreadable), (Some(4_294_967_296), 1));
    assert_eq!(page.items[1].kind, MessageType::Media);
    assert_eq!(page.items[1].media.as_ref().unwrap().size, Some(99_999_999_999_999));
    let client = sample!(api 200, "role_page");
    let page = roles::list(&client, harbour(), None).await.unwrap();
    assert_eq!(page.items[1].kind, RoleType::Channel);
    assert!(matches!(page.items[2].kind, RoleType::Other(_)));
}

#[tokio::test]
async fn refusals_in_both_shapes() {
    let client = sample!(api 404, "error_vendor");
    let error = services::fetch(&client, harbour()).await.unwrap_err();
    assert!(error.is_gone(), "{error}");
    assert_eq!((error.status(), error.code()), (Some(404), Some(20404)));
    let client = sample!(api 400, "error_rfc9457");
    let patch = renamed();
    let refused = channels::update(&client, harbour(), berth(), &patch, Webhooks::Off).await;
    let error = refused.unwrap_err();
    assert_eq!((error.code(), error.certainty()), (Some(20001), Certainty::NotApplied));
    let Error::Refused(refusal) = error else { panic!("{error}") };
    assert_eq!(refusal.message.raw(), "Two parameters are not valid.");
    assert_eq!(refusal.details.len(), 2);
}
