//! Where the person is: a path of places, from the services down. A place is a question about one thing; what it
//! remembers (cursor, filter, folds) is kept by the model under its name, so that coming back is coming back.

use crate::api::{
    chat::{channels::Channel, messages::Message, roles::Role, services::Service, users::User},
    sid::Sid,
};
use crate::config::Listed;
use crate::state::{EntryId, JobId};

/// One place on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// All services of the account.
    Services,
    /// The channels of a service.
    Channels(Sid<Service>),
    /// The users of a service.
    Users(Sid<Service>),
    /// One channel: properties, attributes, members.
    Channel(Sid<Service>, Sid<Channel>),
    /// The members of a channel.
    Members(Sid<Service>, Sid<Channel>),
    /// The channels a user belongs to.
    Memberships(Sid<Service>, Sid<User>),
    /// The attributes of something, on the whole screen.
    Attributes(Sid<Service>, Subject),
    /// What was said in a channel, the newest first.
    Messages(Sid<Service>, Sid<Channel>),
    /// One message: who said it, its whole body, its attributes.
    Message(Sid<Service>, Sid<Channel>, Sid<Message>),
    /// Who was asked into a channel and has not come yet.
    Invites(Sid<Service>, Sid<Channel>),
    /// The roles of a service.
    Roles(Sid<Service>),
    /// What one role allows.
    Role(Sid<Service>, Sid<Role>),
    /// The Flex channels of the account.
    Flex,
    /// One Flex channel and the parts it joins.
    FlexChannel(Sid<Channel>),
    /// The flows of Flex.
    Flows,
    /// Every write of this account, the newest first.
    Journal,
    /// One of them.
    JournalEntry(EntryId),
    /// What was found in all services.
    Found,
    /// The jobs of this account, the newest first.
    Jobs,
    /// The rows of one of them.
    Job(JobId),
}

/// What attributes or a form can belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A channel.
    Channel(Sid<Channel>),
    /// A user.
    User(Sid<User>),
    /// A message.
    Message(Sid<Message>),
}

impl Place {
    /// The service this place lies in.
    pub fn service(self) -> Option<Sid<Service>> {
        match self {
            Self::Services
            | Self::Flex
            | Self::FlexChannel(_)
            | Self::Flows
            | Self::Journal
            | Self::JournalEntry(_)
            | Self::Jobs
            | Self::Job(_)
            | Self::Found => None,
            Self::Channels(service)
            | Self::Users(service)
            | Self::Channel(service, _)
            | Self::Members(service, _)
            | Self::Memberships(service, _)
            | Self::Attributes(service, _)
            | Self::Messages(service, _)
            | Self::Message(service, ..)
            | Self::Invites(service, _)
            | Self::Roles(service)
            | Self::Role(service, _) => Some(service),
        }
    }

    /// Whether this place is a list of rows (the others are trees, texts and parts).
    pub fn is_list(self) -> bool {
        !matches!(
            self,
            Self::Channel(..)
                | Self::Attributes(..)
                | Self::Message(..)
                | Self::Role(..)
                | Self::FlexChannel(_)
                | Self::JournalEntry(_)
        )
    }

    /// The list that this place shows the beginning of, lies in, or takes names from.
    pub fn rests_on(self) -> Option<Self> {
        match self {
            Self::Channel(service, channel) => Some(Self::Members(service, channel)),
            Self::Message(service, channel, _) => Some(Self::Messages(service, channel)),
            Self::Invites(service, _) | Self::Role(service, _) => Some(Self::Roles(service)),
            Self::Flex | Self::FlexChannel(_) => Some(Self::Flows),
            _ => None,
        }
    }

    /// Which list it is, of those whose columns can be chosen and of which views can be saved.
    pub fn listed(self) -> Option<Listed> {
        Some(match self {
            Self::Services => Listed::Services,
            Self::Channels(_) => Listed::Channels,
            Self::Users(_) => Listed::Users,
            Self::Members(..) => Listed::Members,
            Self::Memberships(..) => Listed::Memberships,
            Self::Messages(..) => Listed::Messages,
            Self::Invites(..) => Listed::Invites,
            Self::Roles(_) => Listed::Roles,
            Self::Flex => Listed::Flex,
            Self::Flows => Listed::Flows,
            Self::Jobs => Listed::Jobs,
            Self::Journal => Listed::Journal,
            Self::Channel(..)
            | Self::Attributes(..)
            | Self::Message(..)
            | Self::Role(..)
            | Self::FlexChannel(_)
            | Self::JournalEntry(_)
            | Self::Found
            | Self::Job(_) => return None,
        })
    }

    /// Whether this place is looked into from any other, and is of none of them.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Journal | Self::Jobs | Self::Found)
    }

    /// Whether this place is a text that is read to its end; it leads nowhere.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Message(..) | Self::Role(..) | Self::JournalEntry(_))
    }
}

/// The path of places; never empty, its last place has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    places: Vec<Place>,
}

const LONGEST: usize = 64;

impl Default for Path {
    fn default() -> Self {
        Self { places: vec![Place::Services] }
    }
}

impl Path {
    /// The place that has the focus.
    pub fn focus(&self) -> Place {
        self.places.last().copied().unwrap_or(Place::Services)
    }

    /// All places, the outermost first.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Goes deeper. Walking in circles (a channel, its member, the member's channel) lengthens the path, so that coming
    /// back is always the way one came; a very long path forgets its middle.
    pub fn enter(&mut self, place: Place) {
        if self.focus() == place {
            return;
        }
        if self.places.len() >= LONGEST {
            self.places.remove(2);
        }
        self.places.push(place);
    }

    /// Comes back one place; false at the outermost.
    pub fn leave(&mut self) -> bool {
        let can = self.places.len() > 1;
        if can {
            self.places.pop();
        }
        can
    }

    /// Goes to a place to look something up: coming back from it leads to where one was.
    pub fn look_at(&mut self, place: Place) {
        match self.places.iter().position(|&it| it == place) {
            Some(at) => self.places.truncate(at + 1),
            None => self.enter(place),
        }
    }

    /// Goes to a view of a service, from wherever.
    pub fn jump(&mut self, view: Place) {
        self.places.truncate(1);
        self.places.push(view);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_back_the_way_it_came_and_has_an_end() {
        let service = Sid::from_bytes([1; 16]);
        let channel = Place::Channel(service, Sid::from_bytes([2; 16]));
        let user = Place::Memberships(service, Sid::from_bytes([3; 16]));
        let mut path = Path::default();
        for place in [Place::Channels(service), channel, user, channel] {
            path.enter(place);
        }
        path.enter(channel);
        assert_eq!(
            path.places(),
            [Place::Services, Place::Channels(service), channel, user, channel]
        );
        assert!(path.leave());
        assert_eq!(path.focus(), user);
        for _ in 0..LONGEST {
            path.enter(channel);
            path.enter(user);
        }
        assert_eq!(path.places().len(), LONGEST);
        assert_eq!(path.places()[..2], [Place::Services, Place::Channels(service)]);
        while path.leave() {}
        assert_eq!(path.focus(), Place::Services);
    }

    #[test]
    fn a_look_at_something_leads_back_to_where_one_was() {
        let service = Sid::from_bytes([1; 16]);
        let mut path = Path::default();
        path.enter(Place::Channels(service));
        path.look_at(Place::Journal);
        path.enter(Place::Flex);
        path.look_at(Place::Journal);
        assert_eq!(path.places(), [Place::Services, Place::Channels(service), Place::Journal]);
        path.leave();
        assert_eq!(path.focus(), Place::Channels(service));
    }
}
