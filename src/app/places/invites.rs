//! Who was asked into a channel and has not come yet. An invite tells its role by sid; the name is joined from the
//! service's roles, which are read beside it.

use std::collections::HashSet;

use crate::api::{chat::invites::Invite, page::Page, remote_text::RemoteText, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::{Entry, print_of},
    model::Model,
    place::Place,
    query::{Cell, Field, Kind, fold},
    ticket::{Lane, Reply},
};

impl Entry for Sid<Invite> {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("identity", "IDENTITY", Kind::Text),
        Field::new("role", "ROLE", Kind::Text),
        Field::new("by", "INVITED BY", Kind::Text),
        Field::new("created", "WHEN", Kind::Moment),
        Field::new("sid", "", Kind::Text),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(invite) = entities.invite(self) else { return fold(&self.to_string()) };
        let role = invite.role_sid.and_then(|sid| entities.role(sid));
        let role = role.and_then(|role| role.friendly_name.as_ref()).map_or("", |name| name.raw());
        let by = invite.created_by.as_ref().map_or("", |by| by.raw());
        fold(&format!("{}\n{role}\n{by}\n{self}", invite.identity.raw()))
    }

    fn print(self, entities: &Entities) -> u64 {
        print_of(&entities.invite(self))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(invite) = entities.invite(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(Some(invite.identity.raw())),
            1 => {
                let role = invite.role_sid.and_then(|sid| entities.role(sid));
                let name = role.and_then(|role| role.friendly_name.as_ref());
                Cell::text(name.map(RemoteText::raw))
            }
            2 => Cell::text(invite.created_by.as_ref().map(RemoteText::raw)),
            3 => Cell::moment(invite.date_created),
            4 => Cell::owned(Some(self.to_string())),
            _ => Cell::Nothing,
        }
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
