//! Channels: the rooms of a service, and the only resource here whose names and attributes change.

use jiff::Timestamp;

use super::services::Service;
use crate::api::attributes::Attributes;
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// A channel (the vendor's Channel resource).
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Its sid.
    pub sid: Sid<Channel>,
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
    pub members_count: u64,
    /// How many messages it holds.
    pub messages_count: u64,
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

    fn read(text: Option<RemoteText>) -> Self {
        let text = text.unwrap_or_else(|| RemoteText::new(""));
        match text.raw() {
            "public" => Self::Public,
            "private" => Self::Private,
            _ => Self::Other(text),
        }
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
            kind: ChannelType::read(fields.text("type")),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
            created_by: fields.text("created_by"),
            members_count: fields.number("members_count").unwrap_or_default(),
            messages_count: fields.number("messages_count").unwrap_or_default(),
        })
    }
}
