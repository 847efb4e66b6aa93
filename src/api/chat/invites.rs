//! Invites: who was asked into a channel and has not come yet. They are only read here.

use jiff::Timestamp;

use super::channels::Channel;
use super::roles::Role;
use super::services::Service;
use super::{listing, service_path};
use crate::api::address::Address;
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::page::{NextPage, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// An invitation to a channel (the vendor's Invite resource).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Invite {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// The channel it leads to.
    pub channel_sid: Sid<Channel>,
    /// The identity of who was asked.
    pub identity: RemoteText,
    /// What they may do there.
    pub role_sid: Option<Sid<Role>>,
    /// The identity of who asked, or `system`.
    pub created_by: Option<RemoteText>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
}

impl Kind for Invite {
    const PREFIX: &'static str = "IN";
    const NOUN: &'static str = "invite";
}

impl Invite {
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
            created_by: fields.text("created_by"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
        })
    }
}

/// A page of a channel's invites: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    channel: &Address<Channel>,
    next: Option<&NextPage>,
) -> Result<Page<Invite>, Error> {
    let path = service_path(service).word("Channels").address(channel)?.word("Invites");
    let read = |fields: &Fields<'_>| Invite::read(fields, service, channel.sid());
    client.read_page(&listing(path, Vec::new()), next, read).await
}
