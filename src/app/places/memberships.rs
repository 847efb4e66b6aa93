//! The channels a user belongs to. The API tells each by its channel's sid only; names are joined, see
//! [`names`](super::names).

use std::collections::HashSet;

use crate::api::{
    chat::{memberships::Membership, services::Service, users::User},
    page::Page,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::{Entities, MembershipKey},
    list::{Entry, print_of},
    model::Model,
    place::Place,
    places::{channels, names::Wanted},
    query::{Cell, Field, Kind, fold},
    ticket::{Lane, Reply},
};

impl Entry for MembershipKey {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("channel", "CHANNEL", Kind::Text),
        Field::new("status", "STATUS", Kind::Word),
        Field::new("unread", "UNREAD", Kind::Number),
        Field::new("consumed", "CONSUMED", Kind::Number),
        Field::new("level", "LEVEL", Kind::Word),
        Field::new("sid", "SID", Kind::Text),
    ];

    fn folded(self, entities: &Entities) -> String {
        let level =
            entities.membership(self).map(|known| known.notification_level.name().to_owned());
        let level = level.unwrap_or_default();
        format!("{}\n{}", channels::folded(self.channel, entities), fold(&level))
    }

    fn print(self, entities: &Entities) -> u64 {
        print_of(&entities.membership(self))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let membership = entities.membership(self);
        let of = membership.as_ref();
        match field {
            0 => Cell::owned(Some(channels::raw_title(entities, self.channel))),
            1 => Cell::owned(of.map(|it| it.status.name().to_owned())),
            2 => Cell::number(of.and_then(|it| it.unread_messages_count)),
            3 => Cell::number(of.and_then(|it| it.last_consumed_message_index)),
            4 => Cell::owned(of.map(|it| it.notification_level.name().to_owned())),
            5 => Cell::owned(Some(self.channel.to_string())),
            _ => Cell::Nothing,
        }
    }
}

/// A page of memberships came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Membership>>) -> Vec<Effect> {
    let Lane::List(Place::Memberships(_, user)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.memberships.get_mut(&user),
        |entities, membership, serial| {
            let key = MembershipKey { user: membership.user_sid, channel: membership.channel_sid };
            entities.put_membership(membership, serial);
            key
        },
    )
}

/// What the rows in view, or all rows, take their names from.
pub(super) fn names(
    model: &Model,
    service: Sid<Service>,
    user: Sid<User>,
    all: bool,
) -> impl Iterator<Item = Wanted> {
    let list = model.lists.memberships.get(&user);
    let rows = list.map(|list| if all { list.first_rows() } else { list.window() });
    rows.unwrap_or_default().iter().map(move |key| (service, Lane::Channel(key.channel)))
}

/// How many rows have a channel whose name is not known.
pub(super) fn unseen(model: &Model, user: Sid<User>) -> usize {
    let known = |key: &&MembershipKey| model.entities.knows_channel(key.channel);
    let list = model.lists.memberships.get(&user);
    list.map_or(0, |list| list.first_rows().iter().filter(|key| !known(key)).count())
}

/// What a membership is called; safe to show.
pub fn title(entities: &Entities, key: MembershipKey) -> String {
    let channel = channels::title_of(entities, key.channel);
    let user = super::users::title(entities, key.user);
    format!("{user} in {channel}")
}
