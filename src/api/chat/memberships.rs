//! Memberships: the channels of one user, seen from the user. The vendor calls this resource User
//! Channel; it has no sid of its own and tells nothing of the channel but its sid.

use jiff::Timestamp;

use super::channels::Channel;
use super::members::Member;
use super::service_path;
use super::services::Service;
use super::users::User;
use crate::api::address::Address;
use crate::api::client::{Client, Deleted, Family, Listing, Pairs, Webhooks};
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{NextPage, Page};
use crate::api::path::Path;
use crate::api::remote_text::RemoteText;
use crate::api::sid::Sid;
use crate::api::wire::Fields;

/// A user's place in one channel (the vendor's User Channel resource).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Membership {
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// The user.
    pub user_sid: Sid<User>,
    /// The channel.
    pub channel_sid: Sid<Channel>,
    /// The same place seen from the channel.
    pub member_sid: Option<Sid<Member>>,
    /// Whether the user is in, or only asked.
    pub status: MembershipStatus,
    /// The index of the last message the user has read.
    pub last_consumed_message_index: Option<i64>,
    /// How many messages the user has not read.
    pub unread_messages_count: Option<i64>,
    /// Whether new messages are pushed to the user.
    pub notification_level: NotificationLevel,
}

/// Whether a user is in a channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MembershipStatus {
    /// Is a member.
    Joined,
    /// Was invited.
    Invited,
    /// Is neither. The documents spell it `notParticipating` now and `not_participating` before.
    NotParticipating,
    /// A status that the documents do not name; empty when the answer had none.
    Other(RemoteText),
}

impl MembershipStatus {
    /// The word on the wire. For [`MembershipStatus::Other`] this is text from afar as it came.
    pub fn name(&self) -> &str {
        match self {
            Self::Joined => "joined",
            Self::Invited => "invited",
            Self::NotParticipating => "notParticipating",
            Self::Other(text) => text.raw(),
        }
    }

    fn read(text: Option<RemoteText>) -> Self {
        let text = text.unwrap_or_else(|| RemoteText::new(""));
        match text.raw() {
            "joined" => Self::Joined,
            "invited" => Self::Invited,
            "notParticipating" | "not_participating" => Self::NotParticipating,
            _ => Self::Other(text),
        }
    }
}

/// Whether new messages of a channel are pushed to a user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NotificationLevel {
    /// They are.
    Default,
    /// They are not.
    Muted,
    /// A level that the documents do not name; empty when the answer had none.
    Other(RemoteText),
}

impl NotificationLevel {
    /// The word on the wire. For [`NotificationLevel::Other`] this is text from afar as it came.
    pub fn name(&self) -> &str {
        match self {
            Self::Default => "default",
            Self::Muted => "muted",
            Self::Other(text) => text.raw(),
        }
    }

    fn read(text: Option<RemoteText>) -> Self {
        let text = text.unwrap_or_else(|| RemoteText::new(""));
        match text.raw() {
            "default" => Self::Default,
            "muted" => Self::Muted,
            _ => Self::Other(text),
        }
    }
}

/// What to change of a membership; only what is given is sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MembershipPatch {
    /// Whether new messages are pushed.
    pub notification_level: Option<NotificationLevel>,
    /// What was read.
    pub last_consumed_message_index: Option<Consumed>,
    /// When the user last read.
    pub last_consumption_timestamp: Option<Timestamp>,
}

/// How far a user has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consumed {
    /// Nothing: the index becomes null, and with it the count of unread messages.
    Nothing,
    /// Up to the message with this index.
    UpTo(i64),
}

impl Consumed {
    /// The index as the resource has it.
    pub const fn index(self) -> Option<i64> {
        match self {
            Self::Nothing => None,
            Self::UpTo(index) => Some(index),
        }
    }

    /// As a form has it, where an empty value is the only null there is.
    fn written(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::UpTo(index) => index.to_string(),
        }
    }
}

impl MembershipPatch {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn form(&self) -> Pairs {
        let level = self.notification_level.as_ref().map(|level| level.name().to_owned());
        let index = self.last_consumed_message_index.map(Consumed::written);
        let moment = self.last_consumption_timestamp.map(|moment| moment.to_string());
        let texts = [
            ("NotificationLevel", level),
            ("LastConsumedMessageIndex", index),
            ("LastConsumptionTimestamp", moment),
        ];
        texts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl Membership {
    /// From an answer that was asked of `service` and, where their sids are known, `user` and
    /// `channel`; nothing if it remains unknown who is where.
    pub(in crate::api) fn read(
        fields: &Fields<'_>,
        service: Sid<Service>,
        user: Option<Sid<User>>,
        channel: Option<Sid<Channel>>,
    ) -> Option<Self> {
        // An answer that says nothing of a membership is none, whatever was asked for.
        ["channel_sid", "user_sid", "notification_level", "status"]
            .iter()
            .find_map(|name| fields.text(name))?;
        Some(Self {
            service_sid: fields.sid("service_sid").unwrap_or(service),
            user_sid: fields.sid("user_sid").or(user)?,
            channel_sid: fields.sid("channel_sid").or(channel)?,
            member_sid: fields.sid("member_sid"),
            status: MembershipStatus::read(fields.text("status")),
            last_consumed_message_index: fields.number("last_consumed_message_index"),
            unread_messages_count: fields.number("unread_messages_count"),
            notification_level: NotificationLevel::read(fields.text("notification_level")),
        })
    }
}

/// A page of a user's memberships: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    user: &Address<User>,
    next: Option<&NextPage>,
) -> Result<Page<Membership>, Error> {
    let listing = Listing {
        product: Product::Chat,
        family: Family::Memberships,
        path: memberships_path(service, user)?,
        query: Vec::new(),
    };
    let read = |fields: &Fields<'_>| Membership::read(fields, service, user.sid(), None);
    client.read_page(&listing, next, read).await
}

/// One membership, by sids or names.
pub async fn fetch(
    client: &Client,
    service: Sid<Service>,
    user: &Address<User>,
    channel: &Address<Channel>,
) -> Result<Membership, Error> {
    let path = memberships_path(service, user)?.address(channel)?;
    let read = |fields: &Fields<'_>| Membership::read(fields, service, user.sid(), channel.sid());
    client.read(Product::Chat, &path, read).await
}

/// Changes what the patch gives and answers the membership as it is then. The documents have no
/// webhooks for it.
pub async fn update(
    client: &Client,
    service: Sid<Service>,
    user: Sid<User>,
    channel: Sid<Channel>,
    patch: &MembershipPatch,
) -> Result<Membership, Error> {
    let place = memberships_path(service, &user.into())?.sid(channel);
    let read = |fields: &Fields<'_>| Membership::read(fields, service, Some(user), Some(channel));
    client.write(Product::Chat, &place, &patch.form(), Webhooks::Off, read).await
}

/// Removes the user from the channel.
pub async fn delete(
    client: &Client,
    service: Sid<Service>,
    user: Sid<User>,
    channel: Sid<Channel>,
    webhooks: Webhooks,
) -> Result<Deleted, Error> {
    let place = memberships_path(service, &user.into())?.sid(channel);
    client.delete(Product::Chat, &place, webhooks).await
}

fn memberships_path(service: Sid<Service>, user: &Address<User>) -> Result<Path, Error> {
    Ok(service_path(service).word("Users").address(user)?.word("Channels"))
}
