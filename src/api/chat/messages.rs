//! Messages: what is said in a channel. They are only read here.

use jiff::Timestamp;

use super::channels::Channel;
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

/// A message in a channel (the vendor's Message resource).
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// The channel it was said in.
    pub channel_sid: Sid<Channel>,
    /// Its place in the channel, counted from 0; gaps are where messages were deleted.
    pub index: Option<i64>,
    /// The identity that said it, or `system`.
    pub from: Option<RemoteText>,
    /// What was said.
    pub body: Option<RemoteText>,
    /// Whether it is words or a file.
    pub kind: MessageType,
    /// The file, where it is one.
    pub media: Option<Media>,
    /// Its attributes.
    pub attributes: Attributes,
    /// Whether it was changed after it was said.
    pub was_edited: Option<bool>,
    /// The identity that last changed it.
    pub last_updated_by: Option<RemoteText>,
    /// When it was said.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
}

/// What a message is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MessageType {
    /// Words.
    Text,
    /// A file.
    Media,
    /// A kind that the documents do not name; empty when the answer had none.
    Other(RemoteText),
}

impl MessageType {
    /// The word on the wire. For [`MessageType::Other`] this is text from afar as it came.
    pub fn name(&self) -> &str {
        match self {
            Self::Text => "text",
            Self::Media => "media",
            Self::Other(text) => text.raw(),
        }
    }

    fn read(text: Option<RemoteText>) -> Self {
        let text = text.unwrap_or_else(|| RemoteText::new(""));
        match text.raw() {
            "text" => Self::Text,
            "media" => Self::Media,
            _ => Self::Other(text),
        }
    }
}

/// A file in a message. The file itself lies with another product of the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its sid there.
    pub sid: Option<RemoteText>,
    /// Its bytes, which can be more than 32 bits count.
    pub size: Option<u64>,
    /// What it says it is, such as `image/png`.
    pub content_type: Option<RemoteText>,
    /// What its sender called it.
    pub filename: Option<RemoteText>,
}

impl Kind for Message {
    const PREFIX: &'static str = "IM";
    const NOUN: &'static str = "message";
}

impl Message {
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
            index: fields.number("index"),
            from: fields.text("from"),
            body: fields.text("body"),
            kind: MessageType::read(fields.text("type")),
            media: fields.raw("media").and_then(Fields::of).map(|media| Media::read(&media)),
            attributes: fields.attributes("attributes"),
            was_edited: fields.truth("was_edited"),
            last_updated_by: fields.text("last_updated_by"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
        })
    }
}

impl Media {
    fn read(fields: &Fields<'_>) -> Self {
        Self {
            sid: fields.text("sid"),
            size: fields.number("size"),
            content_type: fields.text("content_type"),
            filename: fields.text("filename"),
        }
    }
}

/// A page of a channel's messages, newest first: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    channel: &Address<Channel>,
    next: Option<&NextPage>,
) -> Result<Page<Message>, Error> {
    let path = service_path(service).word("Channels").address(channel)?.word("Messages");
    let read = |fields: &Fields<'_>| Message::read(fields, service, channel.sid());
    client.read_page(&listing(path, vec![("Order", "desc".to_owned())]), next, read).await
}
