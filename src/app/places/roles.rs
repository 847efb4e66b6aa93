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
    query::{Cell, Field, Kind, fold},
    ticket::{Lane, Reply},
};

impl Entry for Sid<Role> {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("name", "NAME", Kind::Text),
        Field::new("type", "TYPE", Kind::Word),
        Field::new("permissions", "PERMISSIONS", Kind::Number),
        Field::new("created", "", Kind::Moment),
        Field::new("updated", "UPDATED", Kind::Moment),
        Field::new("sid", "", Kind::Text),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(role) = entities.role(self) else { return fold(&self.to_string()) };
        let name = role.friendly_name.as_ref().map_or("", |name| name.raw());
        let allows: Vec<&str> = role.permissions.iter().map(RemoteText::raw).collect();
        fold(&format!("{name}\n{}\n{}\n{self}", role.kind.name(), allows.join("\n")))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(role) = entities.role(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(role.friendly_name.as_ref().map(RemoteText::raw)),
            1 => Cell::text(Some(role.kind.name())),
            2 => Cell::count(u64::try_from(role.permissions.len()).ok()),
            3 => Cell::moment(role.date_created),
            4 => Cell::moment(role.date_updated),
            5 => Cell::owned(Some(self.to_string())),
            _ => Cell::Nothing,
        }
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
