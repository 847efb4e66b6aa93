//! What is done to each row of a job.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::api::{
    Address, Client, Error, Webhooks,
    chat::{
        channels::{self, Channel, ChannelPatch, ChannelType},
        memberships::{self, MembershipPatch, NotificationLevel},
        migration,
        services::Service,
        users::User,
    },
    client::Deleted,
    sid::{MessagingService, Sid, SidError},
};
use crate::{
    jobs::pace::DOCUMENTED,
    json::{self, SetError},
};

/// What a job does: one deed to many things of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// In which service.
    pub service: Sid<Service>,
    /// What is done.
    pub deed: Deed,
    /// Whether the service's webhooks are told, where the documents let that be said.
    pub webhooks: bool,
    /// How many writes a minute it may make at most, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writes_a_minute: Option<u32>,
}

impl Task {
    /// A deed to many things of a service, at the documented pace.
    pub fn new(service: Sid<Service>, deed: Deed, webhooks: bool) -> Self {
        Self { service, deed, webhooks, writes_a_minute: None }
    }

    /// Writes a second that it never exceeds.
    pub fn ceiling(&self) -> f64 {
        self.writes_a_minute.map_or(DOCUMENTED, |writes| f64::from(writes) / 60.0)
    }

    /// The same, at so many writes a second at most.
    #[must_use]
    pub fn at_most(self, rate: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is brought between 1 and what fits"
        )]
        let a_minute = (rate * 60.0).round().clamp(1.0, 1e9) as u32;
        Self { writes_a_minute: Some(a_minute), ..self }
    }
}

/// What is done to each row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A public channel becomes private, for good.
    Migrate {
        /// What carries it to phones.
        messaging_service: Option<Sid<MessagingService>>,
    },
    /// A membership is muted.
    Mute,
    /// A membership is unmuted.
    Unmute,
    /// One value of a channel's attributes is set.
    Set {
        /// Where: a JSON pointer.
        pointer: String,
        /// The value: JSON text.
        value: String,
    },
    /// A channel is deleted, with all that is in it.
    Delete,
}

/// Why a task that was kept cannot be gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// It is none that is known here.
    #[error("it was made by another version")]
    Unknown,
    /// What was to be written is not kept for so long.
    #[error("what it was to set is kept no more; plan it anew")]
    Forgotten,
}

/// One thing that a deed is done to. Its text is its sids, joined by `/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A channel.
    Channel(Sid<Channel>),
    /// A user's place in a channel.
    Membership(Sid<User>, Sid<Channel>),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel(channel) => write!(f, "{channel}"),
            Self::Membership(user, channel) => write!(f, "{user}/{channel}"),
        }
    }
}

impl FromStr for Target {
    type Err = SidError;

    fn from_str(text: &str) -> Result<Self, SidError> {
        match text.split_once('/') {
            None => text.parse().map(Self::Channel),
            Some((user, channel)) => Ok(Self::Membership(user.parse()?, channel.parse()?)),
        }
    }
}

/// Fields as the journal has them: parameters and their values.
pub(super) type Fields = Vec<(String, Option<String>)>;

/// What a look at one row found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// It is as it shall be.
    Done,
    /// It is not there.
    Gone,
    /// It is as it was, and can be done.
    Todo {
        /// The fields that change, as they are.
        before: Fields,
        /// And as they shall be.
        after: Fields,
    },
    /// It cannot be done, and why not.
    Unfit(String),
}

impl Deed {
    /// Sets a value, JSON text, at a pointer within attributes.
    ///
    /// # Errors
    /// When it is no JSON, or the pointer leads nowhere in any attributes.
    pub fn set(pointer: &str, value: &str) -> Result<Self, SetError> {
        if pointer.is_empty() {
            return Err(SetError::Pointer);
        }
        json::set("{}", pointer, value)?;
        Ok(Self::Set { pointer: pointer.to_owned(), value: value.trim().to_owned() })
    }

    /// As the journal has it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Migrate { .. } => "channel.migrate",
            Self::Mute | Self::Unmute => "membership.update",
            Self::Set { .. } => "channel.update",
            Self::Delete => "channel.delete",
        }
    }

    /// In one word: "migrate", "set".
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Migrate { .. } => "migrate",
            Self::Mute => "mute",
            Self::Unmute => "unmute",
            Self::Set { .. } => "set",
            Self::Delete => "delete",
        }
    }

    /// In a word or two, before what it is done to: "migrate", "set /routing/queue".
    pub fn words(&self) -> String {
        match self {
            Self::Set { pointer, .. } => format!("set {pointer}"),
            other => other.verb().to_owned(),
        }
    }

    /// Why nothing is to be done to a row that is as it shall be.
    pub fn already(&self) -> &'static str {
        match self {
            Self::Migrate { .. } => "already private",
            Self::Mute => "already muted",
            Self::Unmute => "not muted",
            Self::Set { .. } => "already so",
            Self::Delete => "already gone",
        }
    }

    /// Whether it can be taken back.
    pub fn has_undo(&self) -> bool {
        !matches!(self, Self::Migrate { .. } | Self::Delete)
    }

    fn level(&self) -> NotificationLevel {
        if *self == Self::Mute { NotificationLevel::Muted } else { NotificationLevel::Default }
    }
}

impl Task {
    /// The task that a job's text holds.
    ///
    /// # Errors
    /// Why it cannot be done any more.
    pub fn read(text: &str) -> Result<Self, TaskError> {
        let task: Self = serde_json::from_str(text).map_err(|_unread| TaskError::Unknown)?;
        match &task.deed {
            Deed::Set { value, .. } if value.is_empty() => Err(TaskError::Forgotten),
            _ => Ok(task),
        }
    }

    /// What a row is like now.
    pub(super) async fn look(&self, client: &Client, target: Target) -> Result<Seen, Error> {
        let seen = match target {
            Target::Channel(channel) => {
                let channel = channels::fetch(client, self.service, &channel.into()).await;
                channel.map(|channel| self.seen_channel(&channel))
            }
            Target::Membership(user, channel) => {
                let (user, channel) = (Address::Sid(user), Address::Sid(channel));
                let membership = memberships::fetch(client, self.service, &user, &channel).await;
                membership.map(|membership| self.seen_level(&membership.notification_level))
            }
        };
        match seen {
            Err(error) if error.is_gone() && error.code().is_some() => Ok(Seen::Gone),
            seen => seen,
        }
    }

    /// The same of a channel that was read.
    pub(super) fn seen_channel(&self, channel: &Channel) -> Seen {
        let change = |name: &str, before: &str, after: &str| Seen::Todo {
            before: vec![(name.to_owned(), Some(before.to_owned()))],
            after: vec![(name.to_owned(), Some(after.to_owned()))],
        };
        match &self.deed {
            Deed::Migrate { .. } if channel.kind == ChannelType::Private => Seen::Done,
            Deed::Migrate { messaging_service } => {
                let mut seen = change("Type", channel.kind.name(), "private");
                if let (Seen::Todo { after, .. }, Some(sid)) = (&mut seen, messaging_service) {
                    after.push(("MessagingServiceSid".to_owned(), Some(sid.to_string())));
                }
                seen
            }
            Deed::Set { pointer, value } => {
                let text = channel.attributes.text();
                match json::set(text, pointer, value) {
                    Ok(changed) if changed == text => Seen::Done,
                    // Nothing is sent for the sake of spacing, and a server may space as it likes.
                    Ok(_) if json::holds(text, pointer, value) => Seen::Done,
                    Ok(changed) => change("Attributes", text, &changed),
                    Err(error) => Seen::Unfit(format!("attributes: {error}")),
                }
            }
            Deed::Delete => {
                let named =
                    |name: Option<&crate::api::RemoteText>| name.map(|it| it.raw().to_owned());
                let before = vec![
                    ("FriendlyName".to_owned(), named(channel.friendly_name.as_ref())),
                    ("UniqueName".to_owned(), named(channel.unique_name.as_ref())),
                    ("Type".to_owned(), Some(channel.kind.name().to_owned())),
                    ("Attributes".to_owned(), Some(channel.attributes.text().to_owned())),
                    ("CreatedBy".to_owned(), named(channel.created_by.as_ref())),
                ];
                Seen::Todo { before, after: Fields::new() }
            }
            Deed::Mute | Deed::Unmute => {
                Seen::Unfit("it is a channel, not a membership".to_owned())
            }
        }
    }

    fn seen_level(&self, level: &NotificationLevel) -> Seen {
        let wanted = self.deed.level();
        match self.deed {
            Deed::Mute | Deed::Unmute if *level == wanted => Seen::Done,
            Deed::Mute | Deed::Unmute => {
                let named = |level: &NotificationLevel| {
                    vec![("NotificationLevel".to_owned(), Some(level.name().to_owned()))]
                };
                Seen::Todo { before: named(level), after: named(&wanted) }
            }
            _ => Seen::Unfit("it is a membership, not a channel".to_owned()),
        }
    }

    /// Does it to one row, whose change was found by [`Task::look`]. Tells what the row is like by the answer.
    pub(super) async fn act(
        &self,
        client: &Client,
        target: Target,
        after: &Fields,
    ) -> Result<Seen, Error> {
        let webhooks = if self.webhooks { Webhooks::On } else { Webhooks::Off };
        match (&self.deed, target) {
            (Deed::Migrate { messaging_service }, Target::Channel(channel)) => {
                let to = *messaging_service;
                let migrated =
                    migration::migrate(client, self.service, channel, to, webhooks).await?;
                Ok(self.seen_channel(&migrated.channel))
            }
            (Deed::Set { .. }, Target::Channel(channel)) => {
                let attributes = after.first().and_then(|(_, value)| value.clone());
                let patch = ChannelPatch { attributes, ..ChannelPatch::default() };
                let changed =
                    channels::update(client, self.service, channel, &patch, webhooks).await?;
                Ok(self.seen_channel(&changed))
            }
            (Deed::Delete, Target::Channel(channel)) => {
                match channels::delete(client, self.service, channel, webhooks).await? {
                    Deleted::Done => Ok(Seen::Done),
                    Deleted::AlreadyGone => Ok(Seen::Gone),
                }
            }
            (Deed::Mute | Deed::Unmute, Target::Membership(user, channel)) => {
                let notification_level = Some(self.deed.level());
                let patch = MembershipPatch { notification_level, ..MembershipPatch::default() };
                let changed =
                    memberships::update(client, self.service, user, channel, &patch).await?;
                Ok(self.seen_level(&changed.notification_level))
            }
            (_, _) => Ok(Seen::Unfit("it is not what this job is about".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api::attributes::Attributes, app::testing};

    #[test]
    fn targets_and_tasks_come_back_from_their_text() {
        let (user, channel) = (Sid::from_bytes([1; 16]), Sid::from_bytes([2; 16]));
        for target in [Target::Channel(channel), Target::Membership(user, channel)] {
            assert_eq!(target.to_string().parse(), Ok(target));
        }
        assert!("US01/CH02".parse::<Target>().is_err() && "".parse::<Target>().is_err());
        let deeds = [
            Deed::Migrate { messaging_service: Some(Sid::from_bytes([3; 16])) },
            Deed::Mute,
            Deed::Set { pointer: "/a".to_owned(), value: "18446744073709551616".to_owned() },
            Deed::Delete,
        ];
        for deed in deeds {
            let task = Task::new(Sid::from_bytes([4; 16]), deed, true);
            let text = serde_json::to_string(&task).unwrap();
            assert_eq!(Task::read(&text), Ok(task), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_set_anywhere_is_no_deed() {
        let set = |pointer, value| Deed::set(pointer, value).map_err(|error| error.to_string());
        let pointer = "a JSON pointer begins with / (as /routing/queue)".to_owned();
        assert_eq!(set("", "1"), Err(pointer.clone()));
        assert_eq!(set("routing", "1"), Err(pointer));
        assert!(set("/a", "tier-1").unwrap_err().contains("quotes"));
        let value = "18446744073709551616".to_owned();
        assert_eq!(
            set("/a", " 18446744073709551616 "),
            Ok(Deed::Set { pointer: "/a".into(), value })
        );
    }

    #[test]
    fn a_task_says_what_it_finds_in_a_channel() {
        let seen = |attributes: &str, value: &str| {
            let task = Task {
                service: Sid::from_bytes([4; 16]),
                writes_a_minute: None,
                deed: Deed::set("/a/b", value).unwrap(),
                webhooks: false,
            };
            let attributes = Attributes::from_text(attributes);
            task.seen_channel(&Channel { attributes, ..testing::channel(1, 1) })
        };
        let text = r#"{"a": {"b": [1, 2]}, "id": 18446744073709551616}"#;
        assert_eq!(seen(text, "[1,2]"), Seen::Done);
        let Seen::Todo { after, .. } = seen(text, "[2]") else { panic!("it is not so yet") };
        assert_eq!(after[0].1.as_deref(), Some(r#"{"a": {"b": [2]}, "id": 18446744073709551616}"#));
        let unfit = |why: &str| Seen::Unfit(format!("attributes: {why}"));
        assert_eq!(seen("{", "1"), unfit("it is not JSON"));
        assert_eq!(seen(r#"{"a": 7}"#, "1"), unfit("/a is not an object"));
    }
}
