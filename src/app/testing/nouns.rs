//! Nouns with made-up sids. Every number gives one sid a kind.

use jiff::{SignedDuration, Timestamp};

use crate::api::{
    attributes::Attributes,
    chat::{
        channels::{Channel, ChannelType},
        invites::Invite,
        members::Member,
        memberships::{Membership, MembershipStatus, NotificationLevel},
        messages::{Message, MessageType},
        roles::{Role, RoleType},
        services::Service,
        users::User,
    },
    flex::{
        channels::FlexChannel,
        flows::{FlexFlow, IntegrationType},
    },
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{entities::MembershipKey, testing::start};
use crate::jobs::task::{Deed, Task};
use crate::state::{Counts, Job, JobRow, RowState};

/// The sid with this number.
pub(crate) fn sid<K>(number: u32) -> Sid<K> {
    let [a, b, c, d] = number.to_be_bytes();
    Sid::from_bytes([
        0x4b ^ d,
        0x1e,
        0x5f,
        a,
        0x2c,
        0x7d,
        b,
        0x8f,
        0x9a,
        0x0b,
        0x1c,
        0x2d,
        0,
        b,
        c,
        d,
    ])
}

fn ago(days: u32) -> Timestamp {
    start() - SignedDuration::from_hours(24 * i64::from(days))
}

fn text(text: impl AsRef<str>) -> RemoteText {
    RemoteText::new(text.as_ref())
}

/// A service.
pub(crate) fn service(number: u32) -> Service {
    Service {
        sid: sid(number),
        account_sid: None,
        friendly_name: Some(text(format!("Service {number}"))),
        date_created: Some(ago(2_000 + number)),
        date_updated: Some(ago(number)),
        read_status_enabled: Some(true),
        reachability_enabled: Some(number.is_multiple_of(2)),
        channel_members_limit: Some(100),
        user_channels_limit: Some(250),
        pre_webhook_url: None,
        post_webhook_url: None,
    }
}

/// A channel of a service; its attributes are an object of two keys.
pub(crate) fn channel(of: u32, number: u32) -> Channel {
    Channel {
        sid: sid(number),
        service_sid: sid(of),
        friendly_name: Some(text(format!("Channel {number}"))),
        unique_name: Some(text(format!("channel-{number}"))),
        attributes: Attributes::from_text(format!("{{\"number\": {number}, \"tags\": [\"a\"]}}")),
        kind: if number.is_multiple_of(3) { ChannelType::Private } else { ChannelType::Public },
        date_created: Some(ago(900)),
        date_updated: Some(ago(number % 40)),
        created_by: Some(text("system")),
        members_count: Some(2),
        messages_count: Some(u64::from(number) * 37),
    }
}

/// A channel by another name.
pub(crate) fn named(of: u32, number: u32, name: &str) -> Channel {
    Channel { friendly_name: Some(text(name)), ..channel(of, number) }
}

/// A user of a service.
pub(crate) fn user(of: u32, number: u32) -> User {
    User {
        sid: sid(number),
        service_sid: sid(of),
        identity: RemoteText::new(format!("user-{number}")),
        friendly_name: Some(text(format!("User {number}"))),
        role_sid: None,
        attributes: Attributes::from_text("{}"),
        is_online: None,
        is_notifiable: None,
        date_created: Some(ago(700)),
        date_updated: Some(ago(number % 40)),
        joined_channels_count: Some(3),
    }
}

/// The member that stands for a user in a channel.
pub(crate) fn member(of: u32, channel: u32, user: u32) -> Member {
    Member {
        sid: sid(channel * 1_000 + user),
        service_sid: sid(of),
        channel_sid: sid(channel),
        identity: RemoteText::new(format!("user-{user}")),
        role_sid: None,
        last_consumed_message_index: (user > 1).then(|| i64::from(user) * 11),
        last_consumption_timestamp: Some(ago(user)),
        attributes: Attributes::from_text("{}"),
        date_created: Some(ago(600)),
        date_updated: None,
    }
}

/// A user's place in a channel.
pub(crate) fn membership(of: u32, user: u32, channel: u32) -> Membership {
    Membership {
        service_sid: sid(of),
        user_sid: sid(user),
        channel_sid: sid(channel),
        member_sid: None,
        status: MembershipStatus::Joined,
        last_consumed_message_index: Some(7),
        unread_messages_count: Some(i64::from(channel % 10)),
        notification_level: NotificationLevel::Default,
    }
}

/// The same, with this level.
pub(crate) fn with_level(membership: &Membership, level: NotificationLevel) -> Membership {
    Membership { notification_level: level, ..membership.clone() }
}

/// The identity of a membership.
pub(crate) fn membership_key(user: u32, channel: u32) -> MembershipKey {
    MembershipKey { user: sid(user), channel: sid(channel) }
}

/// A message of a channel at an index; by its index the sid.
pub(crate) fn message(of: u32, channel: u32, index: u32) -> Message {
    Message {
        sid: sid(channel * 1_000 + index),
        service_sid: sid(of),
        channel_sid: sid(channel),
        index: Some(i64::from(index)),
        from: Some(text(format!("user-{}", index % 3))),
        body: Some(text(format!("Line {index} of what was said\nand one more"))),
        kind: MessageType::Text,
        media: None,
        attributes: Attributes::from_text("{}"),
        was_edited: Some(false),
        last_updated_by: None,
        date_created: Some(ago(300 - index.min(299))),
        date_updated: Some(ago(300 - index.min(299))),
    }
}

/// An invite of a user to a channel.
pub(crate) fn invite(of: u32, channel: u32, user: u32) -> Invite {
    Invite {
        sid: sid(channel * 1_000 + user),
        service_sid: sid(of),
        channel_sid: sid(channel),
        identity: RemoteText::new(format!("user-{user}")),
        role_sid: Some(sid(of * 10 + 1)),
        created_by: Some(text("system")),
        date_created: Some(ago(20)),
        date_updated: Some(ago(20)),
    }
}

/// A role of a service.
pub(crate) fn role(of: u32, number: u32) -> Role {
    let words = ["sendMessage", "leaveChannel", "editOwnMessage", "deleteOwnMessage"];
    Role {
        sid: sid(number),
        service_sid: sid(of),
        friendly_name: Some(text(format!("Role {number}"))),
        kind: if number.is_multiple_of(2) { RoleType::Deployment } else { RoleType::Channel },
        permissions: words.iter().take(1 + number as usize % 4).map(text).collect(),
        date_created: Some(ago(1_000)),
        date_updated: Some(ago(900)),
    }
}

/// A flow that opens channels in a service.
pub(crate) fn flow(of: u32, number: u32) -> FlexFlow {
    FlexFlow {
        sid: sid(number),
        friendly_name: Some(text(format!("Flow {number}"))),
        chat_service_sid: Some(sid(of)),
        channel_type: Some(text("web")),
        contact_identity: None,
        enabled: Some(true),
        integration_type: IntegrationType::Studio,
        integration: Attributes::from_text("{}"),
        long_lived: Some(false),
        janitor_enabled: Some(true),
        date_created: Some(ago(800)),
        date_updated: Some(ago(400)),
    }
}

/// A Flex channel that a flow opened for a user.
pub(crate) fn flex_channel(channel: u32, flow: u32, user: u32) -> FlexChannel {
    FlexChannel {
        sid: sid(channel),
        flow_sid: Some(sid(flow)),
        user_sid: Some(sid(user)),
        task_sid: channel.is_multiple_of(2).then(|| sid(channel)),
        date_created: Some(ago(100)),
        date_updated: Some(ago(50)),
    }
}

/// A job of so many rows, of which nothing was done yet.
pub(crate) fn job(number: u32, rows: u64) -> Job {
    let task = Task::new(sid(1), Deed::Migrate { messaging_service: None }, false);
    Job {
        id: number.to_string().parse().expect("a number"),
        made: "2026-03-02T13:58:00Z".parse().expect("a moment"),
        profile: "practice".to_owned(),
        account: "AC0".to_owned(),
        task: serde_json::to_string(&task).expect("JSON"),
        label: format!("{rows} in Chat EU"),
        is_running: false,
        ended: None,
        counts: Counts { todo: rows, ..Counts::default() },
    }
}

/// A row of a job that is to be done.
pub(crate) fn job_row(nth: u64) -> JobRow {
    let channel: Sid<Channel> = sid(1_001 + u32::try_from(nth).expect("a small number"));
    JobRow {
        nth,
        target: channel.to_string(),
        label: format!("Room {nth}"),
        state: RowState::Todo,
        tries: 0,
        code: None,
        note: None,
        entry: None,
        found: None,
    }
}
