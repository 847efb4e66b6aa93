//! The members of a channel.

use std::{borrow::Cow, collections::HashSet};

use crate::api::{chat::members::Member, page::Page, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::{Entities, MembershipKey},
    list::Entry,
    model::Model,
    place::Place,
    query::{Cell, Field, Kind, fold},
    ticket::{EditKey, Lane, Reply},
};

impl Entry for Sid<Member> {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("identity", "IDENTITY", Kind::Text),
        Field::new("consumed", "CONSUMED", Kind::Number),
        Field::new("seen", "CONSUMED AT", Kind::Moment),
        Field::new("created", "JOINED", Kind::Moment),
        Field::new("updated", "", Kind::Moment),
        Field::new("sid", "SID", Kind::Text),
        Field::new("attr", "", Kind::Json),
    ];

    fn folded(self, entities: &Entities) -> String {
        let identity = entities.member(self).map_or("", |member| member.identity.raw());
        fold(&format!("{identity}\n{self}"))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(member) = entities.member(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(Some(member.identity.raw())),
            1 => Cell::number(member.last_consumed_message_index),
            2 => Cell::moment(member.last_consumption_timestamp),
            3 => Cell::moment(member.date_created),
            4 => Cell::moment(member.date_updated),
            5 => Cell::owned(Some(self.to_string())),
            _ => Cell::Nothing,
        }
    }

    fn attributes(self, entities: &Entities) -> Option<Cow<'_, str>> {
        entities.member(self).map(|member| Cow::Borrowed(member.attributes.text()))
    }
}

/// A page of members came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Member>>) -> Vec<Effect> {
    let Lane::List(Place::Members(_, channel)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.members.get_mut(&channel),
        |entities, member, _| {
            let sid = member.sid;
            entities.put_member(member);
            sid
        },
    )
}

/// Whether the member has left, by what was done or seen here.
pub fn is_gone(entities: &Entities, member: Sid<Member>) -> bool {
    let of = entities.member(member).map(|member| EditKey::Channel(member.channel_sid));
    of.is_some_and(|channel| entities.is_gone(channel))
        || membership_of(entities, member).is_some_and(|key| entities.is_gone(key))
}

/// Whether a removal, or another change of the membership, is out.
pub fn is_pending(entities: &Entities, member: Sid<Member>) -> bool {
    membership_of(entities, member).is_some_and(|key| entities.edit(key).is_some())
}

/// The membership behind a member, once its user is known.
fn membership_of(entities: &Entities, member: Sid<Member>) -> Option<EditKey> {
    let member = entities.member(member)?;
    let user = entities.user_by_identity(member.service_sid, &member.identity)?;
    Some(EditKey::Membership(MembershipKey { user, channel: member.channel_sid }))
}
