//! The services of the account.

use std::collections::HashSet;

use crate::api::{chat::services::Service, page::Page, remote_text::RemoteText, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::Entry,
    model::Model,
    query::{Cell, Field, Kind, fold},
    ticket::{Lane, Reply},
};

impl Entry for Sid<Service> {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("name", "NAME", Kind::Text),
        Field::new("sid", "SID", Kind::Text),
        Field::new("created", "CREATED", Kind::Moment),
        Field::new("reachability", "REACHABILITY", Kind::Flag),
        Field::new("updated", "", Kind::Moment),
    ];

    fn folded(self, entities: &Entities) -> String {
        let name = entities.service(self).and_then(|service| service.friendly_name.as_ref());
        fold(&format!("{}\n{self}", name.map_or("", |name| name.raw())))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(service) = entities.service(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(service.friendly_name.as_ref().map(RemoteText::raw)),
            1 => Cell::owned(Some(self.to_string())),
            2 => Cell::moment(service.date_created),
            3 => Cell::flag(service.reachability_enabled),
            4 => Cell::moment(service.date_updated),
            _ => Cell::Nothing,
        }
    }
}

/// A page of services came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Service>>) -> Vec<Effect> {
    super::arrived(
        model,
        reply,
        |lists| Some(&mut lists.services),
        |entities, service, _| {
            let sid = service.sid;
            entities.put_service(service);
            sid
        },
    )
}

/// One service came, for a path that starts inside it.
pub fn one_arrived(model: &mut Model, reply: Reply<Service>) -> Vec<Effect> {
    let lane = reply.ticket.lane;
    let mut arrived = None;
    let now = model.now;
    if let Some(remote) = model.fetches.get_mut(&lane) {
        remote.settle(reply, now, |_, service| arrived = Some(service));
    }
    if let Some(service) = arrived {
        model.entities.put_service(service);
    }
    Vec::new()
}

/// Asks for one service, if it is not known and never was asked for.
pub fn ensure_one(model: &mut Model, service: Sid<Service>) -> Vec<Effect> {
    let lane = Lane::Service(service);
    let asked = model.fetches.get(&lane).is_some_and(|remote| !remote.is_untouched());
    let listed = model.lists.services.listing().is_loading();
    if asked || listed || model.entities.service(service).is_some() {
        return Vec::new();
    }
    model.fetch(lane).map(|ticket| Effect::FetchService { ticket, service }).into_iter().collect()
}

/// What a service is called; safe to show.
pub fn title(entities: &Entities, service: Sid<Service>) -> String {
    let name = entities.service(service).and_then(|service| service.friendly_name.as_ref());
    name.map_or_else(|| service.short(), |name| name.shown().text())
}
