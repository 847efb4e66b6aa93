//! The migration of a channel to Conversations, the one call of version 3: a public channel becomes
//! private, for good. There is no way back, and so none can be asked for here.

use super::channels::Channel;
use super::services::Service;
use crate::api::client::{Client, Pairs, Webhooks};
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::path::Path;
use crate::api::sid::{MessagingService, Sid};
use crate::api::wire::Fields;

/// A channel that has been migrated.
#[derive(Debug, Clone, PartialEq)]
pub struct Migrated {
    /// The channel as it is now; it keeps its sid.
    pub channel: Channel,
    /// What carries it to phones, where it has been named.
    pub messaging_service_sid: Option<Sid<MessagingService>>,
}

impl Migrated {
    /// From an answer that was asked of `service`; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>, service: Sid<Service>) -> Option<Self> {
        Some(Self {
            channel: Channel::read(fields, service)?,
            messaging_service_sid: fields.sid("messaging_service_sid"),
        })
    }
}

/// Makes a public channel private, which makes it a conversation. Cannot be undone.
///
/// The messaging service is needed only where people without an app shall take part, by SMS or
/// `WhatsApp`; it can be named later, in Conversations.
pub async fn migrate(
    client: &Client,
    service: Sid<Service>,
    channel: Sid<Channel>,
    messaging_service: Option<Sid<MessagingService>>,
    webhooks: Webhooks,
) -> Result<Migrated, Error> {
    let path = Path::new("v3").word("Services").sid(service).word("Channels").sid(channel);
    let mut form: Pairs = vec![("Type", "private".to_owned())];
    form.extend(messaging_service.map(|sid| ("MessagingServiceSid", sid.to_string())));
    let read = |fields: &Fields<'_>| Migrated::read(fields, service);
    client.write(Product::Chat, &path, &form, webhooks, read).await
}
