mod around;

use super::channels::{Channel, ChannelPatch, ChannelType};
use super::members::Member;
use super::memberships::{Membership, MembershipStatus, NotificationLevel};
use super::services::Service;
use super::users::User;
use crate::api::attributes::Attributes;
use crate::api::hosts::{Hosts, Product};
use crate::api::page::{self, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

fn fields(json: &str) -> Fields<'_> {
    serde_json::from_str(json).unwrap()
}

fn sid<K: Kind>(text: &str) -> Sid<K> {
    text.parse().unwrap()
}

/// The sid of kind `K` that ends in this number.
fn numbered<K: Kind>(number: u8) -> Sid<K> {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Sid::from_bytes(bytes)
}

fn home() -> Sid<Service> {
    sid("IS0123456789abcdef0123456789abcdef")
}

#[expect(clippy::unnecessary_wraps, reason = "what it is compared to is optional")]
fn text(text: &str) -> Option<RemoteText> {
    Some(RemoteText::new(text))
}

fn page<T>(json: &str, item: impl Fn(&Fields<'_>) -> Option<T>) -> Page<T> {
    let hosts = Hosts::vendor(None, None).unwrap();
    page::read(&fields(json), &hosts, Product::Chat, item).unwrap()
}

#[test]
fn a_service() {
    let read = Service::read(&fields(include_str!("../../../tests/fixtures/api/service.json")));
    let expected = Service {
        sid: home(),
        account_sid: Some(sid("ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
        friendly_name: text("Harbour support"),
        date_created: "2021-03-04T05:06:07Z".parse().ok(),
        date_updated: None,
        read_status_enabled: Some(true),
        reachability_enabled: Some(false),
        channel_members_limit: Some(100),
        user_channels_limit: Some(250),
        pre_webhook_url: None,
        post_webhook_url: text("https://hooks.example/after"),
    };
    assert_eq!(read, Some(expected));
    assert_eq!(Service::read(&fields(r#"{"friendly_name": "no sid"}"#)), None);
}

#[test]
fn a_channel() {
    let json = include_str!("../../../tests/fixtures/api/channel.json");
    let expected = Channel {
        sid: sid("CH4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07c"),
        service_sid: home(),
        friendly_name: text("Berth 7 \u{202e}"),
        unique_name: text("berth-7"),
        attributes: Attributes::from_text(r#"{ "ship": "Aurora", "tons": 12345678901234567890 }"#),
        kind: ChannelType::Private,
        date_created: "2015-12-16T22:18:37Z".parse().ok(),
        date_updated: None,
        created_by: text("system"),
        members_count: Some(99_999_999_999),
        messages_count: Some(7),
    };
    assert_eq!(Channel::read(&fields(json), numbered(9)), Some(expected));
}

#[test]
fn channels_with_little_to_tell() {
    let json = include_str!("../../../tests/fixtures/api/channel_page.json");
    let page = page(json, |fields| Channel::read(fields, home()));
    let bare = |number, kind, attributes| Channel {
        sid: numbered(number),
        service_sid: home(),
        friendly_name: None,
        unique_name: None,
        attributes,
        kind,
        date_created: None,
        date_updated: None,
        created_by: None,
        members_count: None,
        messages_count: None,
    };
    let broadcast = ChannelType::Other(RemoteText::new("broadcast"));
    let inline = Attributes::from_text(r#"{ "b": 1.50, "a": [] }"#);
    let expected = [bare(1, ChannelType::Public, inline), bare(2, broadcast, Attributes::absent())];
    assert_eq!(page.items, expected);
    assert_eq!(page.unreadable, 1);
    let token = format!(
        "/v2/Services/{}/Channels?Type=public&PageSize=3&Page=1&PageToken=PTCH%2F1",
        home()
    );
    assert_eq!(page.next.unwrap().token(), token);
}

#[test]
fn a_user() {
    let read = User::read(&fields(include_str!("../../../tests/fixtures/api/user.json")), home());
    let expected = User {
        sid: numbered(1),
        service_sid: home(),
        identity: RemoteText::new("mia@harbour.example"),
        friendly_name: text("Mia"),
        role_sid: Some(numbered(2)),
        attributes: Attributes::absent(),
        is_online: None,
        is_notifiable: Some(true),
        date_created: "2016-03-24T21:05:19Z".parse().ok(),
        date_updated: "2016-03-24T21:05:20Z".parse().ok(),
        joined_channels_count: Some(3_000_000_000),
    };
    assert_eq!(read, Some(expected));
}

#[test]
fn a_member() {
    let json = include_str!("../../../tests/fixtures/api/member.json");
    let expected = Member {
        sid: numbered(1),
        service_sid: home(),
        channel_sid: numbered(1),
        identity: RemoteText::new("mia@harbour.example"),
        role_sid: None,
        last_consumed_message_index: Some(1 << 32),
        last_consumption_timestamp: "2016-03-24T21:05:19Z".parse().ok(),
        attributes: Attributes::from_text("{}"),
        date_created: "2016-03-24T21:05:19Z".parse().ok(),
        date_updated: None,
    };
    assert_eq!(Member::read(&fields(json), home(), None), Some(expected));
    let lost = format!(r#"{{"sid": "{}"}}"#, numbered::<Member>(1));
    assert_eq!(Member::read(&fields(&lost), home(), None), None, "in which channel?");
}

#[test]
fn memberships_in_both_spellings() {
    let json = include_str!("../../../tests/fixtures/api/membership_page.json");
    let page = page(json, |fields| Membership::read(fields, home(), Some(numbered(1)), None));
    let bare = |number, status, notification_level| Membership {
        service_sid: home(),
        user_sid: numbered(1),
        channel_sid: numbered(number),
        member_sid: None,
        status,
        last_consumed_message_index: None,
        unread_messages_count: None,
        notification_level,
    };
    let full = Membership {
        member_sid: Some(numbered(1)),
        last_consumed_message_index: Some(5),
        unread_messages_count: Some(5_000_000_000),
        ..bare(1, MembershipStatus::Joined, NotificationLevel::Muted)
    };
    let other = |text| NotificationLevel::Other(RemoteText::new(text));
    let expected = [
        full,
        bare(2, MembershipStatus::NotParticipating, NotificationLevel::Default),
        bare(3, MembershipStatus::NotParticipating, other("quiet")),
        bare(4, MembershipStatus::Invited, other("")),
    ];
    assert_eq!((page.items.as_slice(), page.unreadable), (expected.as_slice(), 1));
}

#[test]
fn a_patch_without_fields_is_empty() {
    assert!(ChannelPatch::default().is_empty());
    let cleared = ChannelPatch { unique_name: Some(String::new()), ..ChannelPatch::default() };
    assert!(!cleared.is_empty(), "clearing a name is a change");
}
