//! Roles: what users and members may do. They are only read here.

use jiff::Timestamp;

use super::services::Service;
use super::{listing, service_path};
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::page::{NextPage, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// A named set of permissions (the vendor's Role resource).
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// Its name.
    pub friendly_name: Option<RemoteText>,
    /// Where it counts.
    pub kind: RoleType,
    /// What it allows, in the vendor's words.
    pub permissions: Vec<RemoteText>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
}

/// Where a role counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RoleType {
    /// For a member, in one channel.
    Channel,
    /// For a user, in the whole service.
    Deployment,
    /// A kind that the documents do not name; empty when the answer had none.
    Other(RemoteText),
}

impl RoleType {
    /// The word on the wire. For [`RoleType::Other`] this is text from afar as it came.
    pub fn name(&self) -> &str {
        match self {
            Self::Channel => "channel",
            Self::Deployment => "deployment",
            Self::Other(text) => text.raw(),
        }
    }

    fn read(text: Option<RemoteText>) -> Self {
        let text = text.unwrap_or_else(|| RemoteText::new(""));
        match text.raw() {
            "channel" => Self::Channel,
            "deployment" => Self::Deployment,
            _ => Self::Other(text),
        }
    }
}

impl Kind for Role {
    const PREFIX: &'static str = "RL";
    const NOUN: &'static str = "role";
}

impl Role {
    /// From an answer that was asked of `service`; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>, service: Sid<Service>) -> Option<Self> {
        Some(Self {
            sid: fields.sid("sid")?,
            service_sid: fields.sid("service_sid").unwrap_or(service),
            friendly_name: fields.text("friendly_name"),
            kind: RoleType::read(fields.text("type")),
            permissions: fields.texts("permissions"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
        })
    }
}

/// A page of a service's roles: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    next: Option<&NextPage>,
) -> Result<Page<Role>, Error> {
    let listing = listing(service_path(service).word("Roles"), Vec::new());
    client.read_page(&listing, next, |fields| Role::read(fields, service)).await
}
