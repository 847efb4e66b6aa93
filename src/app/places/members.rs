//! The members of a channel.

use crate::api::{chat::members::Member, page::Page, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::{Entities, MembershipKey},
    list::{Entry, List},
    model::Model,
    place::Place,
    places::users,
    remote::Remote,
    ticket::{EditKey, Lane, Reply},
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

/// Whether the member has left, by what was done or seen here.
pub fn is_gone(entities: &Entities, member: Sid<Member>) -> bool {
    let Some(member) = entities.member(member) else { return false };
    let channel = member.channel_sid;
    let user = entities.user_by_identity(member.service_sid, &member.identity);
    entities.is_gone(EditKey::Channel(channel))
        || user.is_some_and(|user| {
            entities.is_gone(EditKey::Membership(MembershipKey { user, channel }))
        })
}

/// Opens the memberships of the member under the cursor; its user is asked for first where it is not known.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let place = model.path.focus();
    let Place::Members(service, channel) = place else { return Vec::new() };
    if let Some(user) = model.user_at(place) {
        model.path.enter(Place::Memberships(service, user));
        return Vec::new();
    }
    let member = model.lists.members.get(&channel).and_then(List::cursor);
    let Some(member) = member else { return Vec::new() };
    let orders = users::ask_person(model, service, member);
    let waits = model.fetches.get(&Lane::Person(member)).is_some_and(Remote::is_loading);
    model.opening = waits.then_some((place, member));
    orders
}
