//! Channels: the rooms of a service, and the only resource here whose names and attributes change.

mod streams;

use jiff::Timestamp;

use super::services::Service;
use super::{listing, service_path};
use crate::api::address::Address;
use crate::api::attributes::Attributes;
use crate::api::client::{Client, Deleted, Pairs, Webhooks};
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{NextPage, Page};
use crate::api::path::Path;
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;
pub use streams::list_in_streams;

/// A channel (the vendor's Channel resource).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Channel {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// The name people see.
    pub friendly_name: Option<RemoteText>,
    /// The name that programs use in place of the sid.
    pub unique_name: Option<RemoteText>,
    /// Its attributes.
    pub attributes: Attributes,
    /// Who can find and join it.
    pub kind: ChannelType,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
    /// The identity that made it, or `system`.
    pub created_by: Option<RemoteText>,
    /// How many members it has.
    pub members_count: Option<u64>,
    /// How many messages it holds.
    pub messages_count: Option<u64>,
}

/// Who can find and join a channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChannelType {
    /// Every user of the service.
    Public,
    /// Only who was invited or added.
    Private,
    /// A kind that the documents do not name; empty when the answer had none.
    Other(RemoteText),
}

impl ChannelType {
    /// The word on the wire. For [`ChannelType::Other`] this is text from afar as it came.
    pub fn name(&self) -> &str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Other(text) => text.raw(),
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Self {
        match name {
            "public" => Self::Public,
            "private" => Self::Private,
            other => Self::Other(RemoteText::new(other)),
        }
    }

    fn read(text: Option<&RemoteText>) -> Self {
        Self::named(text.map_or("", RemoteText::raw))
    }
}

/// Who shall be able to find and join a channel: what can be asked for, while [`ChannelType`] is what
/// may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Every user of the service.
    Public,
    /// Only who was invited or added.
    Private,
}

impl Visibility {
    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }
}

/// What to make a channel of; only what is given is sent, and nothing is required.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewChannel {
    /// The name people see, up to 64 characters by the documents.
    pub friendly_name: Option<String>,
    /// The name that programs use, up to 64 characters by the documents.
    pub unique_name: Option<String>,
    /// The whole text of the attributes.
    pub attributes: Option<String>,
    /// Who can find and join it; everyone if nothing is said. Only a migration changes it later.
    pub visibility: Option<Visibility>,
    /// When it was made, if not now.
    pub date_created: Option<Timestamp>,
    /// When it last changed, if not now.
    pub date_updated: Option<Timestamp>,
    /// The identity that made it, if not `system`.
    pub created_by: Option<String>,
}

impl NewChannel {
    fn form(&self) -> Pairs {
        let texts = [
            ("FriendlyName", self.friendly_name.clone()),
            ("UniqueName", self.unique_name.clone()),
            ("Attributes", self.attributes.clone()),
            ("Type", self.visibility.map(|visibility| visibility.name().to_owned())),
            ("DateCreated", self.date_created.map(|moment| moment.to_string())),
            ("DateUpdated", self.date_updated.map(|moment| moment.to_string())),
            ("CreatedBy", self.created_by.clone()),
        ];
        texts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// What to change of a channel; only what is given is sent.
///
/// The documents give 64 characters for the names on create and 256 on update; the server decides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChannelPatch {
    /// The name people see.
    pub friendly_name: Option<String>,
    /// The name that programs use.
    pub unique_name: Option<String>,
    /// The whole text of the attributes.
    pub attributes: Option<String>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
    /// The identity that made it.
    pub created_by: Option<String>,
}

impl ChannelPatch {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn form(&self) -> Pairs {
        let texts = [
            ("FriendlyName", self.friendly_name.clone()),
            ("UniqueName", self.unique_name.clone()),
            ("Attributes", self.attributes.clone()),
            ("DateCreated", self.date_created.map(|moment| moment.to_string())),
            ("DateUpdated", self.date_updated.map(|moment| moment.to_string())),
            ("CreatedBy", self.created_by.clone()),
        ];
        texts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl Kind for Channel {
    const PREFIX: &'static str = "CH";
    const NOUN: &'static str = "channel";
}

impl Channel {
    /// From an answer that was asked of `service`; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>, service: Sid<Service>) -> Option<Self> {
        Some(Self {
            sid: fields.sid("sid")?,
            service_sid: fields.sid("service_sid").unwrap_or(service),
            friendly_name: fields.text("friendly_name"),
            unique_name: fields.text("unique_name"),
            attributes: fields.attributes("attributes"),
            kind: ChannelType::read(fields.text("type").as_ref()),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
            created_by: fields.text("created_by"),
            members_count: fields.number("members_count"),
            messages_count: fields.number("messages_count"),
        })
    }
}

/// A page of a service's channels, public and private: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    next: Option<&NextPage>,
) -> Result<Page<Channel>, Error> {
    // Without a type the documents promise public channels only.
    list_types(client, service, &[Visibility::Public, Visibility::Private], next).await
}

/// A page of a service's channels of one kind: the first one, or the one that `next` leads to.
pub async fn list_of(
    client: &Client,
    service: Sid<Service>,
    visibility: Visibility,
    next: Option<&NextPage>,
) -> Result<Page<Channel>, Error> {
    list_types(client, service, &[visibility], next).await
}

async fn list_types(
    client: &Client,
    service: Sid<Service>,
    types: &[Visibility],
    next: Option<&NextPage>,
) -> Result<Page<Channel>, Error> {
    let query = types.iter().map(|visibility| ("Type", visibility.name().to_owned())).collect();
    let listing = listing(channels_path(service), query);
    client.stream_page(&listing, next, move |fields| Channel::read(fields, service)).await
}

/// One channel, by sid or unique name.
pub async fn fetch(
    client: &Client,
    service: Sid<Service>,
    channel: &Address<Channel>,
) -> Result<Channel, Error> {
    let path = channels_path(service).address(channel)?;
    client.read(Product::Chat, &path, |fields| Channel::read(fields, service)).await
}

/// Makes a channel and answers it as it is then.
///
/// When the answer is lost, the channel may be there all the same; only a unique name keeps another
/// try from making a second one.
pub async fn create(
    client: &Client,
    service: Sid<Service>,
    new: &NewChannel,
    webhooks: Webhooks,
) -> Result<Channel, Error> {
    let read = |fields: &Fields<'_>| Channel::read(fields, service);
    client.write(Product::Chat, &channels_path(service), &new.form(), webhooks, read).await
}

/// Changes what the patch gives and answers the channel as it is then.
pub async fn update(
    client: &Client,
    service: Sid<Service>,
    channel: Sid<Channel>,
    patch: &ChannelPatch,
    webhooks: Webhooks,
) -> Result<Channel, Error> {
    let place = channels_path(service).sid(channel);
    let read = |fields: &Fields<'_>| Channel::read(fields, service);
    client.write(Product::Chat, &place, &patch.form(), webhooks, read).await
}

/// Deletes a channel, with everything said in it. Cannot be undone.
pub async fn delete(
    client: &Client,
    service: Sid<Service>,
    channel: Sid<Channel>,
    webhooks: Webhooks,
) -> Result<Deleted, Error> {
    client.delete(Product::Chat, &channels_path(service).sid(channel), webhooks).await
}

fn channels_path(service: Sid<Service>) -> Path {
    service_path(service).word("Channels")
}
