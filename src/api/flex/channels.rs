//! Flex channels: chat channels as Flex sees them. Such a channel bears the sid of its chat channel
//! and tells neither its name nor its service; both are to be had by way of its flow.

use jiff::Timestamp;

use super::flows::FlexFlow;
use super::{listing, path};
use crate::api::chat::channels::Channel;
use crate::api::chat::users::User;
use crate::api::client::{Client, Deleted, Pairs, Webhooks};
use crate::api::error::Error;
use crate::api::hosts::Product;
use crate::api::page::{NextPage, Page};
use crate::api::path::Path;
use crate::api::sid::{Sid, Task};
use crate::api::wire::Fields;

/// A chat channel that Flex has opened (the vendor's Flex Chat Channel resource).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FlexChannel {
    /// The sid of the chat channel, which is its own.
    pub sid: Sid<Channel>,
    /// The flow that opened it.
    pub flow_sid: Option<Sid<FlexFlow>>,
    /// The customer, as a user of the flow's chat service.
    pub user_sid: Option<Sid<User>>,
    /// The work that came of it, where the flow makes any.
    pub task_sid: Option<Sid<Task>>,
    /// When it was made.
    pub date_created: Option<Timestamp>,
    /// When it last changed.
    pub date_updated: Option<Timestamp>,
}

impl FlexChannel {
    /// From an answer; nothing without a sid of its own.
    pub(in crate::api) fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self {
            sid: fields.sid("sid")?,
            flow_sid: fields.sid("flex_flow_sid"),
            user_sid: fields.sid("user_sid"),
            task_sid: fields.sid("task_sid"),
            date_created: fields.moment("date_created"),
            date_updated: fields.moment("date_updated"),
        })
    }
}

/// What to make a Flex channel of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFlexChannel {
    /// The flow that opens it.
    pub flow: Sid<FlexFlow>,
    /// The identity of the customer.
    pub identity: String,
    /// The name people see of the customer.
    pub chat_user_friendly_name: String,
    /// The name people see of the channel.
    pub chat_friendly_name: String,
    /// How the customer is reached, for example a phone number.
    pub target: Option<String>,
    /// The name that programs use for the channel.
    pub chat_unique_name: Option<String>,
    /// What the customer told before, as the text of a JSON value.
    pub pre_engagement_data: Option<String>,
    /// The work it belongs to; only for flows whose integration is `task`.
    pub task_sid: Option<Sid<Task>>,
    /// What that work shall know, as the text of a JSON value.
    pub task_attributes: Option<String>,
    /// Whether it is kept open for what the customer asks next.
    pub long_lived: Option<bool>,
}

impl NewFlexChannel {
    /// With what the documents require, and nothing else.
    pub fn new(
        flow: Sid<FlexFlow>,
        identity: impl Into<String>,
        chat_user_friendly_name: impl Into<String>,
        chat_friendly_name: impl Into<String>,
    ) -> Self {
        Self {
            flow,
            identity: identity.into(),
            chat_user_friendly_name: chat_user_friendly_name.into(),
            chat_friendly_name: chat_friendly_name.into(),
            target: None,
            chat_unique_name: None,
            pre_engagement_data: None,
            task_sid: None,
            task_attributes: None,
            long_lived: None,
        }
    }

    fn form(&self) -> Pairs {
        let texts = [
            ("FlexFlowSid", Some(self.flow.to_string())),
            ("Identity", Some(self.identity.clone())),
            ("ChatUserFriendlyName", Some(self.chat_user_friendly_name.clone())),
            ("ChatFriendlyName", Some(self.chat_friendly_name.clone())),
            ("Target", self.target.clone()),
            ("ChatUniqueName", self.chat_unique_name.clone()),
            ("PreEngagementData", self.pre_engagement_data.clone()),
            ("TaskSid", self.task_sid.map(|sid| sid.to_string())),
            ("TaskAttributes", self.task_attributes.clone()),
            ("LongLived", self.long_lived.map(|yes| yes.to_string())),
        ];
        texts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// A page of the account's Flex channels: the first one, or the one that `next` leads to.
pub async fn list(client: &Client, next: Option<&NextPage>) -> Result<Page<FlexChannel>, Error> {
    client.read_page(&listing(channels_path(), Vec::new()), next, FlexChannel::read).await
}

/// One Flex channel; Flex knows no names.
pub async fn fetch(client: &Client, channel: Sid<Channel>) -> Result<FlexChannel, Error> {
    client.read(Product::Flex, &channels_path().sid(channel), FlexChannel::read).await
}

/// Opens a channel for a customer.
pub async fn create(client: &Client, new: &NewFlexChannel) -> Result<FlexChannel, Error> {
    let (path, form) = (channels_path(), new.form());
    client.write(Product::Flex, &path, &form, Webhooks::Off, FlexChannel::read).await
}

/// Deletes a Flex channel.
pub async fn delete(client: &Client, channel: Sid<Channel>) -> Result<Deleted, Error> {
    client.delete(Product::Flex, &channels_path().sid(channel), Webhooks::Off).await
}

fn channels_path() -> Path {
    path("Channels")
}
