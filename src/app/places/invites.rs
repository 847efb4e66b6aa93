//! Who was asked into a channel and has not come yet. An invite tells its role by sid; the name is joined from the
//! service's roles, which are read beside it.

use std::collections::HashSet;

use crate::api::{chat::invites::Invite, page::Page, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::Entry,
    model::Model,
    place::Place,
    query::fold,
    ticket::{Lane, Reply},
};

impl Entry for Sid<Invite> {
    type Keys = HashSet<Self>;

    fn folded(self, entities: &Entities) -> String {
        let Some(invite) = entities.invite(self) else { return fold(&self.to_string()) };
        let role = invite.role_sid.and_then(|sid| entities.role(sid));
        let role = role.and_then(|role| role.friendly_name.as_ref()).map_or("", |name| name.raw());
        let by = invite.created_by.as_ref().map_or("", |by| by.raw());
        fold(&format!("{}\n{role}\n{by}\n{self}", invite.identity.raw()))
    }
}

/// A page of invites came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Invite>>) -> Vec<Effect> {
    let Lane::List(Place::Invites(_, channel)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.invites.get_mut(&channel),
        |entities, invite, _| {
            let sid = invite.sid;
            entities.put_invite(invite);
            sid
        },
    )
}
