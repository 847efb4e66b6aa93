//! What is only read: messages, invites, roles, and what Flex has. Nothing is ever laid over it.

use super::Entities;
use crate::api::{
    chat::{channels::Channel, invites::Invite, messages::Message, roles::Role},
    flex::{channels::FlexChannel, flows::FlexFlow},
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::ticket::{EditKey, Person};
use crate::state::{Entry, EntryId};

/// A Flex channel's identity: it bears the sid of its chat channel, but is not that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlexKey(pub Sid<Channel>);

impl Entities {
    /// A message.
    pub fn message(&self, sid: Sid<Message>) -> Option<&Message> {
        self.messages.get(&sid)
    }

    /// An invite.
    pub fn invite(&self, sid: Sid<Invite>) -> Option<&Invite> {
        self.invites.get(&sid)
    }

    /// A role.
    pub fn role(&self, sid: Sid<Role>) -> Option<&Role> {
        self.roles.get(&sid)
    }

    /// A Flex channel, by the sid of its chat channel.
    pub fn flex_channel(&self, sid: Sid<Channel>) -> Option<&FlexChannel> {
        self.flex_channels.get(&sid)
    }

    /// A flow.
    pub fn flow(&self, sid: Sid<FlexFlow>) -> Option<&FlexFlow> {
        self.flows.get(&sid)
    }

    /// The identity of somebody who is told by nothing else.
    pub fn identity(&self, person: Person) -> Option<&RemoteText> {
        match person {
            Person::Member(sid) => self.member(sid).map(|member| &member.identity),
            Person::Invited(sid) => self.invite(sid).map(|invite| &invite.identity),
        }
    }

    /// A line of the journal.
    pub fn journal_entry(&self, id: EntryId) -> Option<&Entry> {
        self.journal.get(&id)
    }

    /// Takes in a line of the journal.
    pub fn put_journal_entry(&mut self, entry: Entry) {
        self.journal.insert(entry.id, entry);
    }

    /// Takes in a message.
    pub fn put_message(&mut self, message: Message) {
        self.messages.insert(message.sid, message);
    }

    /// Takes in an invite.
    pub fn put_invite(&mut self, invite: Invite) {
        self.invites.insert(invite.sid, invite);
    }

    /// Takes in a role.
    pub fn put_role(&mut self, role: Role) {
        self.roles.insert(role.sid, role);
    }

    /// Takes in a Flex channel, under the rule of a channel.
    pub fn put_flex_channel(&mut self, channel: FlexChannel, serial: u64) {
        let key = EditKey::FlexChannel(channel.sid);
        if self.is_current(key, serial) {
            self.seen(key);
            self.flex_channels.insert(channel.sid, channel);
        }
    }

    /// Takes in a flow.
    pub fn put_flow(&mut self, flow: FlexFlow) {
        self.flows.insert(flow.sid, flow);
    }
}
