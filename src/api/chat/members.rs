//! Members: a user's place in one channel, seen from the channel.

use jiff::Timestamp;

use super::channels::Channel;
use super::roles::Role;
use super::services::Service;
use super::{listing, service_path};
use crate::api::address::Address;
use crate::api::attributes::Attributes;
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::page::{NextPage, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// A member of a channel (the vendor's Member resource).
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// The channel it is in.
    pub channel_sid: Sid<Channel>,
    /// The user's identity.
    pub identity: RemoteText,
    /// What it may do in this channel.
    pub role_sid: Option<Sid<Role>>,
    /// The index of the last message it has read.
    pub last_consumed_message_index: Option<i64>,
    /// When it last read.
    pub last_consumption_timestamp: Option<Timestamp>,
    /// Its attributes.
    pub attributes: Attributes,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
}

impl Kind for Member {
    const PREFIX: &'static str = "MB";
    const NOUN: &'static str = "member";
}

impl Member {
    /// From an answer that was asked of `service` and, where its sid is known, `channel`; nothing
    /// without a sid of its own or without a channel.
    pub(in crate::api) fn read(
        fields: &Fields<'_>,
        service: Sid<Service>,
        channel: Option<Sid<Channel>>,
    ) -> Option<Self> {
        Some(Self {
            sid: fields.sid("sid")?,
            service_sid: fields.sid("service_sid").unwrap_or(service),
            channel_sid: fields.sid("channel_sid").or(channel)?,
            identity: fields.text("identity").unwrap_or_else(|| RemoteText::new("")),
            role_sid: fields.sid("role_sid"),
            last_consumed_message_index: fields.number("last_consumed_message_index"),
            last_consumption_timestamp: fields.moment("last_consumption_timestamp"),
            attributes: fields.attributes("attributes"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
        })
    }
}

/// A page of a channel's members: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    channel: &Address<Channel>,
    next: Option<&NextPage>,
) -> Result<Page<Member>, Error> {
    let path = service_path(service).word("Channels").address(channel)?.word("Members");
    let read = |fields: &Fields<'_>| Member::read(fields, service, channel.sid());
    client.read_page(&listing(path, Vec::new()), next, read).await
}
