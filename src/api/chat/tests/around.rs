//! What is around channels and people: messages, invites, roles, and the migrated channel.

use super::super::invites::Invite;
use super::super::messages::{Media, Message, MessageType};
use super::super::migration::Migrated;
use super::super::roles::{Role, RoleType};
use super::*;

#[test]
fn messages_of_all_kinds() {
    let json = include_str!("../../../../tests/fixtures/api/message_page.json");
    let page = page(json, |fields| Message::read(fields, home(), Some(numbered(1))));
    let bare = |number, kind, media| Message {
        sid: numbered(number),
        service_sid: home(),
        channel_sid: numbered(1),
        index: None,
        from: None,
        body: None,
        kind,
        media,
        attributes: Attributes::absent(),
        was_edited: None,
        last_updated_by: None,
        date_created: None,
        date_updated: None,
    };
    let words = Message {
        index: Some(1 << 32),
        from: text("system"),
        body: text("Berth 7 is free\u{1b}[2J"),
        attributes: Attributes::from_text("{}"),
        was_edited: Some(true),
        last_updated_by: text("mia@harbour.example"),
        date_created: "2016-03-24T20:37:57Z".parse().ok(),
        date_updated: "2016-03-24T20:38:57Z".parse().ok(),
        ..bare(1, MessageType::Text, None)
    };
    let file = Media {
        sid: text("ME00000000000000000000000000000001"),
        size: Some(99_999_999_999_999),
        content_type: text("image/png"),
        filename: text("quay.png"),
    };
    let file = Message {
        index: Some(0),
        attributes: Attributes::from_text(r#"{ "seen": [] }"#),
        ..bare(2, MessageType::Media, Some(file))
    };
    let little = Media { sid: None, size: Some(12), content_type: None, filename: None };
    let other = |word| MessageType::Other(RemoteText::new(word));
    let expected = [words, file, bare(3, other("poll"), Some(little)), bare(4, other(""), None)];
    assert_eq!((page.items.as_slice(), page.unreadable), (expected.as_slice(), 1));
    let lost = format!(r#"{{"sid": "{}"}}"#, numbered::<Message>(1));
    assert_eq!(Message::read(&fields(&lost), home(), None), None, "in which channel?");
}

#[test]
fn an_invite() {
    let json = include_str!("../../../../tests/fixtures/api/invite.json");
    let expected = Invite {
        sid: numbered(1),
        service_sid: home(),
        channel_sid: numbered(1),
        identity: RemoteText::new("mia@harbour.example"),
        role_sid: Some(numbered(2)),
        created_by: text("system"),
        date_created: "2015-12-16T22:18:37Z".parse().ok(),
        date_updated: None,
    };
    assert_eq!(Invite::read(&fields(json), home(), None), Some(expected));
    let lost = format!(r#"{{"sid": "{}"}}"#, numbered::<Invite>(1));
    assert_eq!(Invite::read(&fields(&lost), home(), None), None, "to which channel?");
}

#[test]
fn roles_with_and_without_permissions() {
    let json = include_str!("../../../../tests/fixtures/api/role_page.json");
    let page = page(json, |fields| Role::read(fields, home()));
    let bare = |number, kind| Role {
        sid: numbered(number),
        service_sid: home(),
        friendly_name: None,
        kind,
        permissions: Vec::new(),
        date_created: None,
        date_updated: None,
    };
    let full = Role {
        friendly_name: text("harbour master"),
        permissions: ["createChannel", "aPermissionOfTomorrow"].map(RemoteText::new).to_vec(),
        date_created: "2016-03-03T19:47:15Z".parse().ok(),
        date_updated: "2016-03-03T19:47:15Z".parse().ok(),
        ..bare(1, RoleType::Deployment)
    };
    let other = RoleType::Other(RemoteText::new("galaxy"));
    assert_eq!(page.items, [full, bare(2, RoleType::Channel), bare(3, other)]);
}

#[test]
fn a_migrated_channel() {
    let json = include_str!("../../../../tests/fixtures/api/migrated_channel.json");
    let read = Migrated::read(&fields(json), home()).unwrap();
    assert_eq!(read.messaging_service_sid, Some(numbered(1)));
    assert_eq!((read.channel.sid, read.channel.kind), (numbered(1), ChannelType::Private));
    assert_eq!((read.channel.members_count, read.channel.messages_count), (Some(3), Some(1 << 32)));
    let bare = format!(r#"{{"sid": "{}", "type": "private"}}"#, numbered::<Channel>(1));
    assert_eq!(Migrated::read(&fields(&bare), home()).unwrap().messaging_service_sid, None);
}
