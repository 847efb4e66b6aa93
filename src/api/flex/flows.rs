//! Flex flows: what happens when a customer writes. They are only read here.

use jiff::Timestamp;

use super::{listing, path};
use crate::api::attributes::Attributes;
use crate::api::chat::services::Service;
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::page::{NextPage, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// A flow (the vendor's Flex Flow resource).
#[derive(Debug, Clone, PartialEq)]
pub struct FlexFlow {
    /// Its sid.
    pub sid: Sid<Self>,
    /// Its name.
    pub friendly_name: Option<RemoteText>,
    /// The chat service in which it opens channels.
    pub chat_service_sid: Option<Sid<Service>>,
    /// How customers write: `web`, `sms`, `facebook`, `whatsapp`, `line` or `custom`.
    pub channel_type: Option<RemoteText>,
    /// How customers reach it, for example a phone number.
    pub contact_identity: Option<RemoteText>,
    /// Whether it does anything.
    pub enabled: Option<bool>,
    /// What it gives the customer's words to.
    pub integration_type: IntegrationType,
    /// The particulars of that, an object of many shapes, as it was written.
    pub integration: Attributes,
    /// Whether its channels are kept open.
    pub long_lived: Option<bool>,
    /// Whether what it leaves behind is cleaned up.
    pub janitor_enabled: Option<bool>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
}

/// What a flow gives the customer's words to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IntegrationType {
    /// A Studio flow.
    Studio,
    /// A URL.
    External,
    /// A task, for an agent.
    Task,
    /// A kind that the documents do not name; empty when the answer had none.
    Other(RemoteText),
}

impl IntegrationType {
    /// The word on the wire. For [`IntegrationType::Other`] this is text from afar as it came.
    pub fn name(&self) -> &str {
        match self {
            Self::Studio => "studio",
            Self::External => "external",
            Self::Task => "task",
            Self::Other(text) => text.raw(),
        }
    }

    fn read(text: Option<RemoteText>) -> Self {
        let text = text.unwrap_or_else(|| RemoteText::new(""));
        match text.raw() {
            "studio" => Self::Studio,
            "external" => Self::External,
            "task" => Self::Task,
            _ => Self::Other(text),
        }
    }
}

impl Kind for FlexFlow {
    const PREFIX: &'static str = "FO";
    const NOUN: &'static str = "flow";
}

impl FlexFlow {
    /// From an answer; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self {
            sid: fields.sid("sid")?,
            friendly_name: fields.text("friendly_name"),
            chat_service_sid: fields.sid("chat_service_sid"),
            channel_type: fields.text("channel_type"),
            contact_identity: fields.text("contact_identity"),
            enabled: fields.truth("enabled"),
            integration_type: IntegrationType::read(fields.text("integration_type")),
            integration: fields.attributes("integration"),
            long_lived: fields.truth("long_lived"),
            janitor_enabled: fields.truth("janitor_enabled"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
        })
    }
}

/// A page of the account's flows, of all or of those with this friendly name: the first one, or the
/// one that `next` leads to.
pub async fn list(
    client: &Client,
    friendly_name: Option<&str>,
    next: Option<&NextPage>,
) -> Result<Page<FlexFlow>, Error> {
    let query = friendly_name.map(|name| ("FriendlyName", name.to_owned()));
    let listing = listing(path("FlexFlows"), query.into_iter().collect());
    client.read_page(&listing, next, FlexFlow::read).await
}
