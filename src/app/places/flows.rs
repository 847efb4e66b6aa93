//! The flows of Flex: what happens when a customer writes, and in which service the channels of that are.

use std::collections::HashSet;

use crate::api::{
    chat::services::Service,
    flex::flows::{FlexFlow, IntegrationType},
    page::Page,
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::{Entry, Rows},
    model::Model,
    notice::Problem,
    places::names::{self, Learnt},
    query::{Cell, Field, Kind, fold},
    ticket::Reply,
};

impl Entry for Sid<FlexFlow> {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("name", "NAME", Kind::Text),
        Field::new("from", "", Kind::Text),
        Field::new("channel", "CHANNEL", Kind::Word),
        Field::new("integration", "INTEGRATION", Kind::Word),
        Field::new("enabled", "ENABLED", Kind::Flag),
        Field::new("created", "", Kind::Moment),
        Field::new("updated", "", Kind::Moment),
        Field::new("service", "SERVICE", Kind::Text),
        Field::new("sid", "", Kind::Text),
        Field::new("longlived", "LONG-LIVED", Kind::Flag),
        Field::new("janitor", "JANITOR", Kind::Flag),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(flow) = entities.flow(self) else { return fold(&self.to_string()) };
        let raw = |text: Option<&RemoteText>| text.map_or(String::new(), |it| it.raw().to_owned());
        let (name, reached) =
            (raw(flow.friendly_name.as_ref()), raw(flow.contact_identity.as_ref()));
        let (by, how) = (flow.integration_type.name(), raw(flow.channel_type.as_ref()));
        let service = flow.chat_service_sid.map(|sid| sid.to_string()).unwrap_or_default();
        fold(&format!("{name}\n{reached}\n{by}\n{how}\n{service}\n{self}"))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(flow) = entities.flow(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(flow.friendly_name.as_ref().map(RemoteText::raw)),
            1 => Cell::text(flow.contact_identity.as_ref().map(RemoteText::raw)),
            2 => Cell::text(flow.channel_type.as_ref().map(RemoteText::raw)),
            3 => Cell::text(Some(flow.integration_type.name())),
            4 => Cell::flag(flow.enabled),
            5 => Cell::moment(flow.date_created),
            6 => Cell::moment(flow.date_updated),
            7 => Cell::owned(flow.chat_service_sid.map(|sid| sid.to_string())),
            8 => Cell::owned(Some(self.to_string())),
            9 => Cell::flag(flow.long_lived),
            10 => Cell::flag(flow.janitor_enabled),
            _ => Cell::Nothing,
        }
    }
}

/// A page of flows came.
pub fn arrived(model: &mut Model, reply: Reply<Page<FlexFlow>>) -> Vec<Effect> {
    let effects = super::arrived(
        model,
        reply,
        |lists| Some(&mut lists.flows),
        |entities, flow, _| {
            let sid = flow.sid;
            entities.put_flow(flow);
            sid
        },
    );
    names::learnt(model, Learnt::Flows);
    effects
}

/// What the account's flows say about one of them.
#[derive(Debug, Clone, Copy)]
pub enum Standing<'a> {
    /// It is there.
    Here(&'a FlexFlow),
    /// The flows are being read.
    Reading,
    /// The flows could not be read.
    Unread(Option<&'a Problem>),
    /// All flows are read, and it is not among them.
    Missing,
}

/// Looks a flow up among those of the account.
pub fn look_up(model: &Model, flow: Sid<FlexFlow>) -> Standing<'_> {
    let list = &model.lists.flows;
    match model.entities.flow(flow).filter(|_| list.holds(flow)) {
        Some(flow) => Standing::Here(flow),
        None if list.is_complete() => Standing::Missing,
        None if list.listing().problem().is_some() || list.is_stopped() => {
            Standing::Unread(list.listing().problem())
        }
        None => Standing::Reading,
    }
}

/// The service in which the flow under the cursor opens channels.
pub fn service_at_cursor(model: &Model) -> Option<Sid<Service>> {
    model.entities.flow(model.lists.flows.cursor()?)?.chat_service_sid
}

/// Whether the flow under the cursor tells no service to go to.
pub fn names_no_service(model: &Model) -> bool {
    model.lists.flows.cursor().is_some() && service_at_cursor(model).is_none()
}

/// What a flow is called; safe to show.
pub fn title(flow: &FlexFlow) -> String {
    let name = flow.friendly_name.as_ref().filter(|name| !name.is_empty());
    name.map_or_else(|| flow.sid.short(), |name| name.shown().text())
}

/// What a flow gives the customer's words to; safe to show.
pub fn integration(flow: &FlexFlow) -> String {
    match &flow.integration_type {
        IntegrationType::Other(word) if word.is_empty() => "—".to_owned(),
        IntegrationType::Other(word) => word.shown().text(),
        known => known.name().to_owned(),
    }
}
