//! What a job would do, before anything is sent: which rows will change, and why the others will not.

mod file;

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

pub use self::file::{FileError, Named, cells, csv, json, read, tsv};
use super::{
    run::AT_ONCE,
    task::{Deed, Seen, Target, Task},
};
use crate::{
    api::{
        RemoteText,
        chat::{
            channels::{Channel, ChannelType},
            memberships::{Membership, NotificationLevel},
        },
    },
    state::{NewJob, NewRow},
};

/// What is known of a thing that a job could be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub target: Target,
    /// What a person calls it.
    pub label: String,
    /// What was last seen of it.
    pub known: Known,
}

/// What was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// A channel of this kind, and whether Flex owns it.
    Channel(ChannelType, bool),
    /// A membership of this level.
    Level(NotificationLevel),
    /// It is as it shall be.
    Done,
    /// It cannot be done, for this reason.
    Blocked(String),
    /// It is not there any more.
    Gone,
    /// Nothing: it was named, and is looked at when its turn comes.
    Nothing,
    /// Somebody decided against it, with these words.
    Rejected(String),
}

/// A plan: nothing of it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is done.
    pub task: Task,
    /// Each row, in order.
    pub rows: Vec<Planned>,
}

/// One row of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub target: Target,
    /// What a person calls it.
    pub label: String,
    /// Why nothing is done to it; `None` if something is.
    pub skipped: Option<String>,
}

/// Why channels of Flex are left out of a migration.
pub const OF_FLEX: &str = "owned by Flex, which needs no migration";
/// What the reason begins with where something cannot be done.
pub const BLOCKED: &str = "blocked: ";
/// Why they are not deleted with others.
const BUSY: &str = "owned by Flex, where its conversation goes on";

/// Why channels of Flex are left out of this deed.
pub fn of_flex(deed: &Deed) -> &'static str {
    if *deed == Deed::Delete { BUSY } else { OF_FLEX }
}

impl Candidate {
    /// A channel as it was listed, and what the task finds in it.
    pub fn of_task(task: &Task, channel: &Channel, is_of_flex: bool) -> Self {
        let candidate = Self::channel(channel, is_of_flex);
        match task.seen_channel(channel) {
            Seen::Done => Self { known: Known::Done, ..candidate },
            Seen::Unfit(why) => Self { known: Known::Blocked(why), ..candidate },
            Seen::Gone | Seen::Todo { .. } => candidate,
        }
    }

    /// A channel as it was listed.
    pub fn channel(channel: &Channel, is_of_flex: bool) -> Self {
        let named = |name: &Option<RemoteText>| {
            name.as_ref().filter(|name| !name.is_empty()).map(|name| name.raw().to_owned())
        };
        let label = named(&channel.friendly_name).or_else(|| named(&channel.unique_name));
        Self {
            target: Target::Channel(channel.sid),
            label: label.unwrap_or_else(|| channel.sid.to_string()),
            known: Known::Channel(channel.kind.clone(), is_of_flex),
        }
    }

    /// A membership as it was listed.
    pub fn membership(membership: &Membership, label: String) -> Self {
        Self {
            target: Target::Membership(membership.user_sid, membership.channel_sid),
            label,
            known: Known::Level(membership.notification_level.clone()),
        }
    }
}

impl Plan {
    /// What a task would do to each of these; one that is named twice is planned once.
    pub fn of(task: Task, include_flex: bool, candidates: Vec<Candidate>) -> Self {
        let mut seen = HashSet::new();
        let rows = candidates.into_iter().filter(|candidate| seen.insert(candidate.target));
        let rows = rows.map(|candidate| Planned {
            skipped: skipped(&task.deed, include_flex, &candidate),
            target: candidate.target,
            label: candidate.label,
        });
        Self { rows: rows.collect(), task }
    }

    /// How many rows something is done to.
    pub fn count(&self) -> usize {
        self.rows.iter().filter(|row| row.skipped.is_none()).count()
    }

    /// Why others are left out, and how many for each reason; in the order of their first row.
    pub fn reasons(&self) -> Vec<(&str, usize)> {
        let mut reasons: Vec<(&str, usize)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for reason in self.rows.iter().filter_map(|row| row.skipped.as_deref()) {
            let place = *places.entry(reason).or_insert(reasons.len());
            match reasons.get_mut(place) {
                Some((_, count)) => *count += 1,
                None => reasons.push((reason, 1)),
            }
        }
        reasons
    }

    /// How long it takes at this pace, if the server answers in a tenth of a second and refuses nothing.
    pub fn estimate(&self, ceiling: f64) -> Duration {
        #[expect(clippy::cast_precision_loss, reason = "an estimate of seconds")]
        let (count, at_once) = (self.count() as f64, AT_ONCE as f64);
        let answers = at_once / 0.2;
        Duration::from_secs_f64(count / ceiling.min(answers).max(0.1))
    }

    /// The job that does it.
    pub fn job(&self, profile: String, account: String, label: String) -> NewJob {
        let row = |row: &Planned| NewRow {
            target: row.target.to_string(),
            label: row.label.clone(),
            skipped: row.skipped.clone(),
        };
        let task = serde_json::to_string(&self.task).unwrap_or_default();
        NewJob { profile, account, task, label, rows: self.rows.iter().map(row).collect() }
    }
}

fn skipped(deed: &Deed, include_flex: bool, candidate: &Candidate) -> Option<String> {
    let words = |words: &str| Some(words.to_owned());
    let of_memberships = matches!(deed, Deed::Mute | Deed::Unmute);
    match (deed, &candidate.known) {
        (_, Known::Rejected(why)) => Some(why.clone()),
        (_, Known::Blocked(why)) => Some(format!("{BLOCKED}{why}")),
        (_, Known::Gone) => words("gone"),
        (_, Known::Done)
        | (Deed::Migrate { .. }, Known::Channel(ChannelType::Private, _))
        | (Deed::Mute, Known::Level(NotificationLevel::Muted))
        | (Deed::Unmute, Known::Level(NotificationLevel::Default)) => words(deed.already()),
        (Deed::Migrate { .. }, Known::Channel(_, true)) if !include_flex => words(OF_FLEX),
        (Deed::Delete, Known::Channel(_, true)) if !include_flex => words(BUSY),
        _ => match candidate.target {
            Target::Channel(_) if of_memberships => words("a channel, not a membership"),
            Target::Membership(..) if !of_memberships => words("a membership, not a channel"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests;
