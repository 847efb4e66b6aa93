//! The members of a channel.

use crate::api::{chat::members::Member, page::Page, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::Entry,
    model::Model,
    place::Place,
    ticket::{Lane, Reply},
};

impl Entry for Sid<Member> {
    fn folded(self, entities: &Entities) -> String {
        let identity = entities.member(self).map_or("", |member| member.identity.raw());
        format!("{identity}\n{self}").to_lowercase()
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
