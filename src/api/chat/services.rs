//! Services: the spaces that hold channels, users and roles.

use jiff::Timestamp;

use super::{listing, service_path, services_path};
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{NextPage, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Account, Kind, Sid};
use crate::api::wire::Fields;

/// A chat service (the vendor's Service resource).
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Its sid.
    pub sid: Sid<Self>,
    /// The account it belongs to.
    pub account_sid: Option<Sid<Account>>,
    /// Its name.
    pub friendly_name: Option<RemoteText>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
    /// Whether it counts what members have read.
    pub read_status_enabled: Option<bool>,
    /// Whether it tells who is online.
    pub reachability_enabled: Option<bool>,
    /// How many members a channel may have.
    pub channel_members_limit: Option<u64>,
    /// How many channels a user may be in.
    pub user_channels_limit: Option<u64>,
    /// The webhook called before an action.
    pub pre_webhook_url: Option<RemoteText>,
    /// The webhook called after an action.
    pub post_webhook_url: Option<RemoteText>,
}

impl Kind for Service {
    const PREFIX: &'static str = "IS";
    const NOUN: &'static str = "service";
}

impl Service {
    /// From an answer; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>) -> Option<Self> {
        let limits = fields.inner("limits");
        Some(Self {
            sid: fields.sid("sid")?,
            account_sid: fields.sid("account_sid"),
            friendly_name: fields.text("friendly_name"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
            read_status_enabled: fields.truth("read_status_enabled"),
            reachability_enabled: fields.truth("reachability_enabled"),
            channel_members_limit: limits.number("channel_members"),
            user_channels_limit: limits.number("user_channels"),
            pre_webhook_url: fields.text("pre_webhook_url"),
            post_webhook_url: fields.text("post_webhook_url"),
        })
    }
}

/// A page of the account's services: the first one, or the one that `next` leads to.
pub async fn list(client: &Client, next: Option<&NextPage>) -> Result<Page<Service>, Error> {
    client.read_page(&listing(services_path(), Vec::new()), next, Service::read).await
}

/// One service.
pub async fn fetch(client: &Client, service: Sid<Service>) -> Result<Service, Error> {
    client.read(Product::Chat, &service_path(service), Service::read).await
}
