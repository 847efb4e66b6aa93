//! Everything known, by sid, with pending edits laid on top. A confirmed value changes only by what the server said;
//! taking a pending edit away is the whole rollback.

pub(in crate::app) mod channels;
mod old;
mod reading;
mod work;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use jiff::Timestamp;

pub use self::{
    channels::{ChannelRow, Channels},
    reading::FlexKey,
    work::Failures,
};
use crate::api::{
    attributes::Attributes,
    chat::{
        channels::{Channel, ChannelPatch, NewChannel},
        invites::Invite,
        members::Member,
        memberships::{Membership, MembershipPatch},
        messages::Message,
        roles::Role,
        services::Service,
        users::User,
    },
    client::Webhooks,
    flex::{
        channels::{FlexChannel, NewFlexChannel},
        flows::FlexFlow,
    },
    remote_text::RemoteText,
    sid::{MessagingService, Sid},
};
use crate::app::{
    confirm::Confirm,
    form::Draft,
    list::{Keys, RowSet},
    notice::Problem,
    places::job::RowKey,
    ticket::{EditKey, Ticket},
};
use crate::state::{Entry, EntryId, Job, JobId, JobRow};

/// A membership's identity: the resource has no sid of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MembershipKey {
    /// Whose.
    pub user: Sid<User>,
    /// Of which channel.
    pub channel: Sid<Channel>,
}

/// A change that was sent and not answered yet.
#[derive(Debug)]
pub struct Edit {
    /// The write, or the reading that settles its outcome.
    pub ticket: Ticket,
    /// What was sent.
    pub sent: Sent,
    /// Whether webhooks are told of it.
    pub webhooks: Webhooks,
    /// What notices call it; safe to show.
    pub label: String,
    /// Where it came from, to give back what was typed if it fails.
    pub origin: Origin,
    /// How far it has come.
    pub stage: Stage,
}

impl Edit {
    /// The write that this one takes back.
    pub fn undoes(&self) -> Option<EntryId> {
        match &self.origin {
            Origin::Form(draft) => draft.undoes,
            Origin::Key | Origin::Confirm(_) => None,
        }
    }
}

/// How far a write has come.
#[derive(Debug)]
pub enum Stage {
    /// Nothing was sent yet: the resource is being read, to see what changed since it was last seen.
    Checking,
    /// It is out; true if it carries what was changed elsewhere too.
    Sent { merged: bool },
    /// Its answer was lost, for this reason, and the resource is being read again.
    Lost { why: Problem, written: Ticket },
}

/// What a write sends.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// Changed fields of a channel.
    Channel(ChannelPatch),
    /// Changed fields of a membership.
    Membership(MembershipPatch),
    /// What to make a channel of.
    NewChannel(NewChannel),
    /// What to make a Flex channel of.
    NewFlexChannel(NewFlexChannel),
    /// That it become private, for good; with the messaging service that shall carry it.
    Migration(Option<Sid<MessagingService>>),
    /// That it be deleted.
    Deletion,
}

/// Where a write came from.
#[derive(Debug)]
pub enum Origin {
    /// A key: there is nothing to give back.
    Key,
    /// A form.
    Form(Box<Draft>),
    /// A question that was answered with yes.
    Confirm(Box<Confirm>),
}

/// All resources seen so far.
#[derive(Debug, Default)]
pub struct Entities {
    services: HashMap<Sid<Service>, Service>,
    channels: Channels,
    /// Those that are known from an earlier run only.
    old: RowSet,
    /// When the listings began that those are from.
    as_of: HashMap<Sid<Service>, Timestamp>,
    users: HashMap<Sid<User>, User>,
    members: HashMap<Sid<Member>, Member>,
    memberships: HashMap<MembershipKey, Membership>,
    messages: HashMap<Sid<Message>, Message>,
    invites: HashMap<Sid<Invite>, Invite>,
    roles: HashMap<Sid<Role>, Role>,
    flex_channels: HashMap<Sid<Channel>, FlexChannel>,
    flows: HashMap<Sid<FlexFlow>, FlexFlow>,
    journal: HashMap<EntryId, Entry>,
    jobs: HashMap<JobId, Job>,
    job_rows: HashMap<RowKey, JobRow>,
    failures: BTreeMap<(JobId, Option<u32>), Failures>,
    by_identity: HashMap<(Sid<Service>, RemoteText), Sid<User>>,
    gone: HashSet<EditKey>,
    /// Those of which it is not said yet what went with them.
    just_gone: Vec<EditKey>,
    doubtful: HashSet<EditKey>,
    edits: BTreeMap<EditKey, Edit>,
    written: HashMap<EditKey, u64>,
}

impl Entities {
    /// A service.
    pub fn service(&self, sid: Sid<Service>) -> Option<&Service> {
        self.services.get(&sid)
    }

    /// A channel, with the pending edit laid over the confirmed value.
    pub fn channel(&self, sid: Sid<Channel>) -> Option<Channel> {
        self.channel_at(self.channels.row(sid)?)
    }

    /// The same by its row.
    pub fn channel_at(&self, row: ChannelRow) -> Option<Channel> {
        self.channels.get(row).map(|confirmed| self.edited(confirmed))
    }

    /// The same without its attributes.
    pub fn face_at(&self, row: ChannelRow) -> Option<Channel> {
        self.channels.face(row).map(|confirmed| self.edited(confirmed))
    }

    fn edited(&self, confirmed: Channel) -> Channel {
        match self.edits.get(&EditKey::Channel(confirmed.sid)) {
            Some(Edit { sent: Sent::Channel(patch), .. }) => laid_over(confirmed, patch),
            _ => confirmed,
        }
    }

    /// A channel as the server last told it.
    pub fn confirmed_channel(&self, sid: Sid<Channel>) -> Option<Channel> {
        self.channels.get(self.channels.row(sid)?)
    }

    /// Whether anything is known of a channel.
    pub fn knows_channel(&self, sid: Sid<Channel>) -> bool {
        self.channels.row(sid).is_some()
    }

    /// The row of a channel.
    pub fn channel_row(&self, sid: Sid<Channel>) -> Option<ChannelRow> {
        self.channels.row(sid)
    }

    /// The channel of a row.
    pub fn channel_sid(&self, row: ChannelRow) -> Option<Sid<Channel>> {
        self.channels.sid(row)
    }

    /// The attributes of a channel's row, with the pending edit laid over them.
    pub fn attributes_at(&self, row: ChannelRow) -> Option<Cow<'_, str>> {
        let patched = || {
            let sid = self.channels.sid(row)?;
            match &self.edits.get(&EditKey::Channel(sid))?.sent {
                Sent::Channel(patch) => patch.attributes.as_deref(),
                _ => None,
            }
        };
        // Edits are few, rows are many.
        let patched = if self.edits.is_empty() { None } else { patched() };
        patched.or_else(|| self.channels.attributes(row)).map(Cow::Borrowed)
    }

    /// The rows of channels of which the columns do not tell all that shows: edits lie over them, or they are kept whole.
    pub(in crate::app) fn apart(&self) -> HashSet<ChannelRow> {
        let edited = self.edits.keys().filter_map(|key| match key {
            EditKey::Channel(sid) => self.channels.row(*sid),
            _ => None,
        });
        edited.chain(self.channels.whole_rows()).collect()
    }

    /// All channels that are known.
    pub fn channels(&self) -> &Channels {
        &self.channels
    }

    /// A user.
    pub fn user(&self, sid: Sid<User>) -> Option<&User> {
        self.users.get(&sid)
    }

    /// The user who bears this identity in this service.
    pub fn user_by_identity(
        &self,
        service: Sid<Service>,
        identity: &RemoteText,
    ) -> Option<Sid<User>> {
        self.by_identity.get(&(service, identity.clone())).copied()
    }

    /// A member.
    pub fn member(&self, sid: Sid<Member>) -> Option<&Member> {
        self.members.get(&sid)
    }

    /// A membership, with the pending edit laid over the confirmed value.
    pub fn membership(&self, key: MembershipKey) -> Option<Cow<'_, Membership>> {
        let confirmed = self.memberships.get(&key)?;
        match self.edits.get(&EditKey::Membership(key)) {
            Some(Edit { sent: Sent::Membership(patch), .. }) => {
                let mut membership = confirmed.clone();
                if let Some(level) = &patch.notification_level {
                    membership.notification_level = level.clone();
                }
                if let Some(consumed) = patch.last_consumed_message_index {
                    membership.last_consumed_message_index = consumed.index();
                }
                Some(Cow::Owned(membership))
            }
            _ => Some(Cow::Borrowed(confirmed)),
        }
    }

    /// A membership as the server last told it.
    pub fn confirmed_membership(&self, key: MembershipKey) -> Option<&Membership> {
        self.memberships.get(&key)
    }

    /// Takes in a service.
    pub fn put_service(&mut self, service: Service) {
        self.services.insert(service.sid, service);
    }

    /// Takes in a channel that was asked for at `serial`; what was asked before a later write settled is older than
    /// what that write brought, and is passed over. Tells the channel's row.
    pub fn put_channel(&mut self, channel: Channel, serial: u64) -> ChannelRow {
        let key = EditKey::Channel(channel.sid);
        if self.is_current(key, serial) {
            self.seen(key);
        } else if let Some(row) = self.channels.row(channel.sid) {
            return row;
        }
        let row = self.channels.put(channel);
        self.old.remove(row);
        row
    }

    /// Takes in a user.
    pub fn put_user(&mut self, user: User) {
        self.by_identity.insert((user.service_sid, user.identity.clone()), user.sid);
        self.users.insert(user.sid, user);
    }

    /// Takes in a member.
    pub fn put_member(&mut self, member: Member) {
        self.members.insert(member.sid, member);
    }

    /// Takes in a membership, under the same rule as [`Self::put_channel`].
    pub fn put_membership(&mut self, membership: Membership, serial: u64) {
        let key = MembershipKey { user: membership.user_sid, channel: membership.channel_sid };
        if self.is_current(EditKey::Membership(key), serial) {
            self.seen(EditKey::Membership(key));
            self.memberships.insert(key, membership);
        }
    }

    fn is_current(&self, key: EditKey, serial: u64) -> bool {
        self.written.get(&key).is_none_or(|&written| serial >= written)
    }

    /// The server told of it: it is there, as it says.
    fn seen(&mut self, key: EditKey) {
        // Mostly there are none, and of a million rows each comes here.
        for told in [&mut self.gone, &mut self.doubtful] {
            if !told.is_empty() {
                told.remove(&key);
            }
        }
    }

    /// Remembers that the server no longer knows it.
    pub fn mark_gone(&mut self, key: EditKey) {
        self.doubtful.remove(&key);
        if self.gone.insert(key) {
            self.just_gone.push(key);
        }
    }

    /// What the server was found not to know since this was asked last.
    pub(in crate::app) fn take_just_gone(&mut self) -> Vec<EditKey> {
        std::mem::take(&mut self.just_gone)
    }

    /// Remembers that nobody knows whether the last write took effect, until the resource is seen again.
    pub fn doubt(&mut self, key: EditKey) {
        self.doubtful.insert(key);
    }

    /// Whether what is shown may differ from what a lost write left on the server.
    pub fn is_doubtful(&self, key: EditKey) -> bool {
        self.doubtful.contains(&key)
    }

    /// Whether the server said it no longer exists. A channel takes its memberships with it.
    pub fn is_gone(&self, key: EditKey) -> bool {
        self.gone.contains(&key)
            || match key {
                EditKey::Membership(key) => self.gone.contains(&EditKey::Channel(key.channel)),
                _ => false,
            }
    }

    /// Lays an edit over a resource until its write is settled. One write a resource: `None` if one is out.
    pub fn begin(&mut self, key: EditKey, edit: Edit) -> Option<()> {
        if self.edits.contains_key(&key) {
            return None;
        }
        self.edits.insert(key, edit);
        Some(())
    }

    /// The edit pending on a resource.
    pub fn edit(&self, key: EditKey) -> Option<&Edit> {
        self.edits.get(&key)
    }

    /// The edit a ticket belongs to, to change its state.
    pub fn edit_of(&mut self, ticket: Ticket) -> Option<&mut Edit> {
        self.edits.values_mut().find(|edit| edit.ticket == ticket)
    }

    /// Ends the edit that `ticket` belongs to; what was asked before `mark` can no longer land on the resource.
    pub fn end(&mut self, ticket: Ticket, mark: u64) -> Option<(EditKey, Edit)> {
        let key = *self.edits.iter().find(|(_, edit)| edit.ticket == ticket)?.0;
        let edit = self.edits.remove(&key)?;
        self.written.insert(key, mark);
        Some((key, edit))
    }

    /// All edits that are pending.
    pub fn edits(&self) -> impl Iterator<Item = &Edit> {
        self.edits.values()
    }

    /// How many writes are out.
    pub fn writes_out(&self) -> usize {
        self.edits.len()
    }
}

fn laid_over(confirmed: Channel, patch: &ChannelPatch) -> Channel {
    let mut channel = confirmed;
    if let Some(name) = &patch.friendly_name {
        channel.friendly_name = Some(RemoteText::new(name.as_str()));
    }
    if let Some(name) = &patch.unique_name {
        channel.unique_name = Some(RemoteText::new(name.as_str()));
    }
    if let Some(text) = &patch.attributes {
        channel.attributes = Attributes::from_text(text.as_str());
    }
    if let Some(by) = &patch.created_by {
        channel.created_by = Some(RemoteText::new(by.as_str()));
    }
    channel.date_created = patch.date_created.or(channel.date_created);
    channel.date_updated = patch.date_updated.or(channel.date_updated);
    channel
}
