//! Users: the identities known to a service.

use jiff::Timestamp;

use super::roles::Role;
use super::services::Service;
use super::{listing, service_path};
use crate::api::address::Address;
use crate::api::attributes::Attributes;
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{NextPage, Page};
use crate::api::path::Path;
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// A user of a service (the vendor's User resource).
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The service it belongs to.
    pub service_sid: Sid<Service>,
    /// The name that programs use, unique in the service.
    pub identity: RemoteText,
    /// The name people see.
    pub friendly_name: Option<RemoteText>,
    /// What it may do.
    pub role_sid: Option<Sid<Role>>,
    /// Its attributes.
    pub attributes: Attributes,
    /// Whether it is connected; unknown in lists and where reachability is off.
    pub is_online: Option<bool>,
    /// Whether it can be pushed to; unknown in lists and where reachability is off.
    pub is_notifiable: Option<bool>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
    /// How many channels it is in.
    pub joined_channels_count: Option<u64>,
}

impl Kind for User {
    const PREFIX: &'static str = "US";
    const NOUN: &'static str = "user";
}

impl User {
    /// From an answer that was asked of `service`; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>, service: Sid<Service>) -> Option<Self> {
        Some(Self {
            sid: fields.sid("sid")?,
            service_sid: fields.sid("service_sid").unwrap_or(service),
            identity: fields.text("identity").unwrap_or_else(|| RemoteText::new("")),
            friendly_name: fields.text("friendly_name"),
            role_sid: fields.sid("role_sid"),
            attributes: fields.attributes("attributes"),
            is_online: fields.truth("is_online"),
            is_notifiable: fields.truth("is_notifiable"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
            joined_channels_count: fields.number("joined_channels_count"),
        })
    }
}

/// A page of a service's users: the first one, or the one that `next` leads to.
pub async fn list(
    client: &Client,
    service: Sid<Service>,
    next: Option<&NextPage>,
) -> Result<Page<User>, Error> {
    let listing = listing(users_path(service), Vec::new());
    client.stream_page(&listing, next, move |fields| User::read(fields, service)).await
}

/// One user, by sid or identity.
pub async fn fetch(
    client: &Client,
    service: Sid<Service>,
    user: &Address<User>,
) -> Result<User, Error> {
    let path = users_path(service).address(user)?;
    client.read(Product::Chat, &path, |fields| User::read(fields, service)).await
}

fn users_path(service: Sid<Service>) -> Path {
    service_path(service).word("Users")
}
