//! Jobs and their rows as the ledger told them, and what a running job says of the things it is about.

use super::Entities;
use crate::api::chat::{
    channels::ChannelType,
    memberships::{Membership, NotificationLevel},
};
use crate::app::{entities::MembershipKey, jobs::RowNews, places::job::RowKey, ticket::EditKey};
use crate::jobs::task::{Deed, Target, Task};
use crate::json;
use crate::state::{Counts, Job, JobId, JobRow, RowEnd, RowState};

/// Rows of a job that failed for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Failures {
    /// How many.
    pub count: u64,
    /// What was said of the first of them.
    pub note: String,
}

impl Entities {
    /// A job.
    pub fn job(&self, id: JobId) -> Option<&Job> {
        self.jobs.get(&id)
    }

    /// Takes in a job.
    pub fn put_job(&mut self, job: Job) {
        self.jobs.insert(job.id, job);
    }

    /// How the rows of a job stand now.
    pub fn job_counts(&mut self, id: JobId, counts: Counts) {
        if let Some(job) = self.jobs.get_mut(&id) {
            job.counts = counts;
        }
    }

    /// A row of a job.
    pub fn job_row(&self, key: RowKey) -> Option<&JobRow> {
        self.job_rows.get(&key)
    }

    /// Takes in a row of a job.
    pub fn put_job_row(&mut self, id: JobId, row: JobRow) -> RowKey {
        let key = RowKey { job: id, nth: row.nth };
        self.count_failure(id, &row);
        if let Some(before) = self.job_rows.insert(key, row) {
            self.discount_failure(id, &before);
        }
        key
    }

    /// Something happened to a row of a job, if it is known here.
    pub fn row_went(&mut self, id: JobId, news: &RowNews) {
        let Some(row) = self.job_rows.get(&RowKey { job: id, nth: news.nth }) else { return };
        let mut row = row.clone();
        match &news.end {
            // What the ledger told may be newer than this.
            None if row.state == RowState::Todo => {
                row.state = RowState::Sent;
                row.tries += 1;
            }
            None => return,
            Some(end) => {
                (row.state, row.code, row.note) = (end.state, end.code, end.note.clone());
                row.tries = row.tries.max(end.tries);
            }
        }
        self.put_job_row(id, row);
    }

    fn count_failure(&mut self, id: JobId, row: &JobRow) {
        if row.state == RowState::Failed {
            let failures = self.failures.entry((id, row.code)).or_default();
            failures.count += 1;
            if failures.note.is_empty() {
                failures.note = row.note.clone().unwrap_or_default();
            }
        }
    }

    fn discount_failure(&mut self, id: JobId, row: &JobRow) {
        if row.state == RowState::Failed
            && let Some(failures) = self.failures.get_mut(&(id, row.code))
        {
            failures.count -= 1;
            if failures.count == 0 {
                self.failures.remove(&(id, row.code));
            }
        }
    }

    /// Why rows of a job failed that are known here, by the vendor's code.
    pub fn failures(&self, id: JobId) -> impl Iterator<Item = (Option<u32>, &Failures)> {
        let of = (id, None)..=(id, Some(u32::MAX));
        self.failures.range(of).map(|((_, code), failures)| (*code, failures))
    }

    /// A row of a job ended: what is known of its channel or membership follows, and no reading that was asked for
    /// before `mark` can bring the old value back.
    pub fn job_did(&mut self, task: &Task, target: Target, end: &RowEnd, mark: u64) {
        if end.state != RowState::Done {
            return;
        }
        match target {
            Target::Channel(sid) => {
                let key = EditKey::Channel(sid);
                let Some(mut channel) = self.confirmed_channel(sid) else { return };
                match &task.deed {
                    Deed::Migrate { .. } => channel.kind = ChannelType::Private,
                    Deed::Delete => {
                        self.mark_gone(key);
                        return;
                    }
                    Deed::Set { pointer, value } => {
                        let Ok(text) = json::set(channel.attributes.text(), pointer, value) else {
                            return;
                        };
                        channel.attributes = crate::api::Attributes::from_text(text);
                    }
                    Deed::Mute | Deed::Unmute => return,
                }
                self.written.insert(key, mark);
                self.channels.put(channel);
            }
            Target::Membership(user, channel) => {
                let key = MembershipKey { user, channel };
                let level = match task.deed {
                    Deed::Mute => NotificationLevel::Muted,
                    Deed::Unmute => NotificationLevel::Default,
                    _ => return,
                };
                let known: Option<&mut Membership> = self.memberships.get_mut(&key);
                let Some(membership) = known else { return };
                membership.notification_level = level;
                self.written.insert(EditKey::Membership(key), mark);
            }
        }
    }
}
