//! What a place points at where more than one resource is joined: people told by identity, Flex channels, attributes.

use super::Model;
use crate::api::{
    chat::{channels::Channel, services::Service},
    sid::Sid,
};
use crate::app::{
    place::{Place, Subject},
    places::{flex, found},
    ticket::Person,
};

impl Model {
    /// Who is told by identity only, under the cursor.
    pub fn person_at(&self, place: Place) -> Option<Person> {
        match place {
            Place::Members(_, channel) => {
                self.lists.members.get(&channel)?.cursor().map(Person::Member)
            }
            Place::Invites(_, channel) => {
                self.lists.invites.get(&channel)?.cursor().map(Person::Invited)
            }
            _ => None,
        }
    }

    /// The chat channel that a place, or the row under its cursor, is about, with its service; a Flex channel stands
    /// for its chat channel.
    pub fn chat_channel_at(&self, place: Place) -> Option<(Sid<Service>, Sid<Channel>)> {
        let channel = match place {
            Place::Flex => self.lists.flex.cursor()?.0,
            Place::FlexChannel(channel) => channel,
            Place::Found => return found::at_cursor(self)?.channel(&self.entities),
            _ => return Some((place.service()?, self.channel_at(place)?)),
        };
        Some((flex::service_of(self, channel)?, channel))
    }

    /// Whose attributes can be inspected at a place, and the service it lies in.
    pub fn subject_at(&self, place: Place) -> Option<(Sid<Service>, Subject)> {
        match place {
            Place::Users(service) => Some((service, Subject::User(self.user_at(place)?))),
            Place::Found => {
                let hit = found::at_cursor(self)?;
                let service = hit.service(&self.entities)?;
                Some((service, hit.subject(&self.entities)?))
            }
            Place::Messages(service, channel) => {
                let message = self.lists.messages.get(&channel)?.cursor()?;
                Some((service, Subject::Message(message)))
            }
            Place::Message(service, _, message) => Some((service, Subject::Message(message))),
            _ => {
                let (service, channel) = self.chat_channel_at(place)?;
                Some((service, Subject::Channel(channel)))
            }
        }
    }
}
