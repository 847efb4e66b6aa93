//! The members of a channel.

use std::collections::HashSet;

use crate::api::{chat::members::Member, page::Page, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::{Entities, MembershipKey},
    list::Entry,
    model::Model,
    place::Place,
    query::fold,
    ticket::{EditKey, Lane, Reply},
};

impl Entry for Sid<Member> {
    type Keys = HashSet<Self>;

    fn folded(self, entities: &Entities) -> String {
        let identity = entities.member(self).map_or("", |member| member.identity.raw());
        fold(&format!("{identity}\n{self}"))
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
