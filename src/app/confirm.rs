//! The question before what cannot be undone: what will be done, with which switches, and what has to be typed or
//! pressed for it. It does nothing itself; `save` does.

use crossterm::event::KeyEvent;

use crate::api::{
    chat::{channels::Channel, services::Service},
    client::Webhooks,
    sid::{MessagingService, Sid, SidError},
};
use crate::app::{entities::MembershipKey, form::line::Entry, notice::Problem, ticket::EditKey};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Delete a channel with everything in it.
    DeleteChannel(Sid<Service>, Sid<Channel>),
    /// Remove a user from a channel.
    DeleteMembership(Sid<Service>, MembershipKey),
    /// Delete a Flex channel.
    DeleteFlexChannel(Sid<Channel>),
    /// Make a public channel private, for good.
    Migrate(Sid<Service>, Sid<Channel>),
}

impl Deed {
    /// The resource that is written to.
    pub fn key(self) -> EditKey {
        match self {
            Self::DeleteChannel(_, channel) | Self::Migrate(_, channel) => {
                EditKey::Channel(channel)
            }
            Self::DeleteMembership(_, key) => EditKey::Membership(key),
            Self::DeleteFlexChannel(channel) => EditKey::FlexChannel(channel),
        }
    }

    /// The sid whose end has to be typed; a migration is confirmed by a key.
    fn sid(self) -> Option<Sid<Channel>> {
        match self {
            Self::DeleteChannel(_, channel) | Self::DeleteFlexChannel(channel) => Some(channel),
            Self::DeleteMembership(_, key) => Some(key.channel),
            Self::Migrate(..) => None,
        }
    }

    /// Whether the documents have webhooks for it.
    fn has_webhooks(self) -> bool {
        !matches!(self, Self::DeleteFlexChannel(_))
    }
}

/// How many characters of a sid have to be typed.
pub const TAIL: usize = 4;

/// The question.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// What is asked about.
    pub deed: Deed,
    /// Whether webhooks are told; nothing where the documents have none.
    pub webhooks: Option<Webhooks>,
    /// The end of a sid, or a messaging service's sid.
    pub entry: Entry,
    /// Whether keys go to the entry, where that is optional.
    pub typing: bool,
    /// Whether a membership is told by its user's sid, not by its channel's.
    pub by_user: bool,
    /// Why it failed when it was tried, or what was typed cannot be.
    pub problem: Option<Problem>,
}

impl Confirm {
    /// A question, the webhooks as the session has them.
    pub fn new(deed: Deed, webhooks: Webhooks) -> Self {
        Self {
            deed,
            webhooks: deed.has_webhooks().then_some(webhooks),
            entry: Entry::new(""),
            typing: false,
            by_user: false,
            problem: None,
        }
    }

    /// What has to be typed.
    pub fn tail(&self) -> Option<String> {
        let sid = match self.deed {
            Deed::DeleteMembership(_, key) if self.by_user => key.user.to_string(),
            deed => deed.sid()?.to_string(),
        };
        Some(sid.chars().skip(sid.chars().count().saturating_sub(TAIL)).collect())
    }

    /// Whether what has to be typed was typed.
    pub fn is_typed(&self) -> bool {
        self.tail().is_none_or(|tail| tail.eq_ignore_ascii_case(self.entry.text().trim()))
    }

    /// The messaging service that was named, or why what was typed is none.
    ///
    /// # Errors
    /// The text is not the sid of a messaging service.
    pub fn messaging_service(&self) -> Result<Option<Sid<MessagingService>>, SidError> {
        match self.entry.text().trim() {
            "" => Ok(None),
            typed => typed.parse().map(Some),
        }
    }

    /// Whether keys without another meaning are typed.
    pub fn takes_text(&self) -> bool {
        self.typing || self.deed.sid().is_some()
    }

    /// Types a key.
    pub fn input(&mut self, key: KeyEvent) {
        self.problem = None;
        self.entry.input(key);
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        self.problem = None;
        self.entry.paste(text);
    }

    /// Whether webhooks are told.
    pub fn webhooks(&self) -> Webhooks {
        self.webhooks.unwrap_or_default()
    }
}
