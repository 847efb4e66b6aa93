//! What was found in all services: channels and users, as they are found.

use std::{borrow::Cow, collections::HashSet};

use crate::api::{
    chat::{channels::Channel, services::Service, users::User},
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    entities::{ChannelRow, Entities},
    list::Entry,
    model::Model,
    place::{Place, Subject},
    places::services,
    query::{Cell, Field, Kind, fold},
};

/// One thing that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hit {
    /// A channel.
    Channel(ChannelRow),
    /// A user.
    User(Sid<User>),
}

impl Hit {
    /// The service that it lies in.
    pub fn service(self, entities: &Entities) -> Option<Sid<Service>> {
        match self {
            Self::Channel(row) => Some(entities.channel_at(row)?.service_sid),
            Self::User(user) => Some(entities.user(user)?.service_sid),
        }
    }

    /// The channel, if it is one, with its service.
    pub fn channel(self, entities: &Entities) -> Option<(Sid<Service>, Sid<Channel>)> {
        match self {
            Self::Channel(row) => Some((self.service(entities)?, entities.channel_sid(row)?)),
            Self::User(_) => None,
        }
    }

    /// Where it leads to.
    pub fn place(self, entities: &Entities) -> Option<Place> {
        let service = self.service(entities)?;
        Some(match self {
            Self::Channel(row) => Place::Channel(service, entities.channel_sid(row)?),
            Self::User(user) => Place::Memberships(service, user),
        })
    }

    /// Whose attributes these are.
    pub fn subject(self, entities: &Entities) -> Option<Subject> {
        Some(match self {
            Self::Channel(row) => Subject::Channel(entities.channel_sid(row)?),
            Self::User(user) => Subject::User(user),
        })
    }

    /// Its sid, in full.
    pub fn sid(self, entities: &Entities) -> Option<String> {
        match self {
            Self::Channel(row) => entities.channel_sid(row).map(|sid| sid.to_string()),
            Self::User(user) => Some(user.to_string()),
        }
    }

    /// What of it holds a text, which is folded; what tells it best comes first.
    pub fn matched(self, needle: &str, entities: &Entities) -> &'static str {
        let holds =
            |text: Option<&RemoteText>| text.is_some_and(|it| fold(it.raw()).contains(needle));
        let by_sid = self.sid(entities).is_some_and(|sid| fold(&sid).contains(needle));
        match self {
            Self::Channel(row) => {
                let Some(channel) = entities.channel_at(row) else { return "" };
                let names = [channel.unique_name.as_ref(), channel.friendly_name.as_ref()];
                match names.map(holds) {
                    [true, _] => "unique name",
                    [_, true] => "name",
                    _ if by_sid => "sid",
                    _ => "",
                }
            }
            Self::User(user) => {
                let Some(user) = entities.user(user) else { return "" };
                match [Some(&user.identity), user.friendly_name.as_ref()].map(holds) {
                    [true, _] => "identity",
                    [_, true] => "name",
                    _ if by_sid => "sid",
                    _ => "",
                }
            }
        }
    }
}

impl Entry for Hit {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("kind", "KIND", Kind::Word),
        Field::new("name", "NAME", Kind::Text),
        Field::new("unique", "UNIQUE, IDENTITY", Kind::Text),
        Field::new("service", "SERVICE", Kind::Text),
        Field::new("updated", "UPDATED", Kind::Moment),
        Field::new("created", "", Kind::Moment),
        Field::new("sid", "", Kind::Text),
        Field::new("attr", "", Kind::Json),
    ];

    fn folded(self, entities: &Entities) -> String {
        let of = match self {
            Self::Channel(row) => row.folded(entities),
            Self::User(user) => user.folded(entities),
        };
        let service = self.service(entities).map(|service| service.folded(entities));
        format!("{of}\n{}", service.unwrap_or_default())
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        // What both have, by the tables of theirs.
        let of = |channels: usize, users: usize| match self {
            Self::Channel(row) => row.cell(channels, entities),
            Self::User(user) => user.cell(users, entities),
        };
        match field {
            0 => Cell::text(Some(self.kind())),
            1 => of(1, 1),
            2 => of(2, 0),
            3 => {
                let service = self.service(entities).and_then(|it| entities.service(it));
                Cell::text(service.and_then(|it| it.friendly_name.as_ref()).map(RemoteText::raw))
            }
            4 => of(5, 4),
            5 => of(6, 5),
            6 => Cell::owned(self.sid(entities)),
            _ => Cell::Nothing,
        }
    }

    fn attributes(self, entities: &Entities) -> Option<Cow<'_, str>> {
        match self {
            Self::Channel(row) => row.attributes(entities),
            Self::User(user) => user.attributes(entities),
        }
    }
}

impl Hit {
    /// What it is, in a word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Channel(_) => "channel",
            Self::User(_) => "user",
        }
    }
}

/// What is under the cursor.
pub fn at_cursor(model: &Model) -> Option<Hit> {
    model.lists.found.cursor()
}

/// What the list is called; safe to show.
pub fn title(model: &Model) -> String {
    let text = model.search.as_ref().map_or("", |search| search.text());
    format!("Find “{}”", crate::api::remote_text::shown(text).text())
}

/// What the service is called in which something was found; safe to show.
pub fn service_title(model: &Model, hit: Hit) -> String {
    let service = hit.service(&model.entities);
    service.map(|service| services::title(&model.entities, service)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::{channel, service, sid, user};

    #[test]
    fn the_fields_are_those_of_channels_and_users() {
        let mut entities = Entities::default();
        entities.put_service(service(1));
        let row = Hit::Channel(entities.put_channel(channel(1, 11), 1));
        entities.put_user(user(1, 12));
        let person = Hit::User(sid(12));
        for (at, field) in Hit::FIELDS.iter().enumerate().filter(|(_, it)| it.sorts()) {
            for hit in [row, person] {
                assert_ne!(hit.cell(at, &entities), Cell::Nothing, "{} of {hit:?}", field.name);
            }
        }
        let text = |cell| match cell {
            Cell::Text(text) => text.into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(text(row.cell(1, &entities)), "Channel 11");
        assert_eq!(text(row.cell(2, &entities)), "channel-11");
        let identity = entities.user(sid(12)).map(|user| user.identity.raw().to_owned());
        assert_eq!(Some(text(person.cell(2, &entities))), identity);
        let number = |hit: Hit, at| matches!(hit.cell(at, &entities), Cell::Number(_));
        assert!([4, 5].iter().all(|&at| number(row, at) && number(person, at)));
    }

    #[test]
    fn what_matched_is_told() {
        let mut entities = Entities::default();
        let row = Hit::Channel(entities.put_channel(channel(1, 11), 1));
        let by = |needle: &str| row.matched(needle, &entities);
        assert_eq!([by("channel-1"), by("channel 1"), by("zebra")], ["unique name", "name", ""]);
        let whole = fold(&row.sid(&entities).expect("a sid"));
        assert_eq!(by(&whole), "sid");
    }
}
