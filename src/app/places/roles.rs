//! The roles of a service.

use std::collections::HashSet;

use crate::api::{
    chat::roles::{Role, RoleType},
    page::Page,
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::Entry,
    model::Model,
    place::Place,
    places::names::{self, Learnt},
    query::fold,
    ticket::{Lane, Reply},
};

impl Entry for Sid<Role> {
    type Keys = HashSet<Self>;

    fn folded(self, entities: &Entities) -> String {
        let Some(role) = entities.role(self) else { return fold(&self.to_string()) };
        let name = role.friendly_name.as_ref().map_or("", |name| name.raw());
        let allows: Vec<&str> = role.permissions.iter().map(RemoteText::raw).collect();
        fold(&format!("{name}\n{}\n{}\n{self}", role.kind.name(), allows.join("\n")))
    }
}

/// A page of roles came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Role>>) -> Vec<Effect> {
    let Lane::List(Place::Roles(service)) = reply.ticket.lane else { return Vec::new() };
    let effects = super::arrived(
        model,
        reply,
        |lists| lists.roles.get_mut(&service),
        |entities, role, _| {
            let sid = role.sid;
            entities.put_role(role);
            sid
        },
    );
    names::learnt(model, Learnt::Roles);
    effects
}

/// What a role is called; safe to show.
pub fn title(entities: &Entities, role: Sid<Role>) -> String {
    let name = entities.role(role).and_then(|role| role.friendly_name.as_ref());
    let name = name.filter(|name| !name.is_empty());
    name.map_or_else(|| role.short(), |name| name.shown().text())
}

/// Where a role counts; safe to show.
pub fn kind(role: &Role) -> String {
    match &role.kind {
        RoleType::Other(word) => word.shown().text(),
        known => known.name().to_owned(),
    }
}
