//! Questions and their identity: every request carries a ticket, every answer brings it back.
//! This room knows nothing of what is asked.

use crate::api::{
    chat::{channels::Channel, invites::Invite, members::Member, services::Service, users::User},
    sid::Sid,
};
use crate::app::{entities::MembershipKey, notice::Problem, place::Place};

/// What a question is about. One question a lane at a time: a newer read replaces the older, a write is never replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Starting the practice account.
    Connect,
    /// Making a client for another account.
    Switch,
    /// The rows of a place.
    List(Place),
    /// What an earlier run listed of a service's channels.
    Index(Sid<Service>),
    /// What bears a sid, in one of all services.
    Sought(Sid<Service>),
    /// A user or a channel in this service that is looked up by its name.
    Named(Sid<Service>),
    /// One channel.
    Channel(Sid<Channel>),
    /// One service.
    Service(Sid<Service>),
    /// One user.
    User(Sid<User>),
    /// The user behind a member or an invite, addressed by identity.
    Person(Person),
    /// One Flex channel.
    FlexChannel(Sid<Channel>),
    /// What the journal kept of the account.
    Recall,
    /// The last write that was not taken back yet.
    Undoable,
    /// What a plan has to know that no list tells.
    Survey,
    /// A job that begins.
    Job,
    /// A write to one resource.
    Write(EditKey),
    /// The reading that follows a write whose outcome is unknown.
    Reread(EditKey),
}

/// Somebody who is told by identity only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// A member of a channel.
    Member(Sid<Member>),
    /// Somebody who was asked into a channel.
    Invited(Sid<Invite>),
}

/// The resource a write is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKey {
    /// A channel.
    Channel(Sid<Channel>),
    /// A user's membership of a channel.
    Membership(MembershipKey),
    /// A channel that is being made in a service.
    NewChannel(Sid<Service>),
    /// A Flex channel; it shares its sid with its chat channel.
    FlexChannel(Sid<Channel>),
    /// A Flex channel that is being made.
    NewFlexChannel,
}

/// The identity of one question. Serials only grow, so two tickets also say which was asked first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// What was asked.
    pub lane: Lane,
    /// When it was asked, in asking order.
    pub serial: u64,
}

/// Gives out tickets.
#[derive(Debug, Default)]
pub struct Tickets {
    last: u64,
}

impl Tickets {
    /// A ticket newer than every other.
    pub fn issue(&mut self, lane: Lane) -> Ticket {
        Ticket { lane, serial: self.mark() }
    }

    /// A point in asking order: all tickets before it are older, all after it newer.
    pub fn mark(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

/// The answer to the question that bears the same ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply<T> {
    /// The question.
    pub ticket: Ticket,
    /// What came of it.
    pub result: Result<T, Problem>,
}
