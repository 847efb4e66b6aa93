//! What was said in a channel, the newest first. A channel can hold more than anybody reads, so its pages come as the
//! cursor nears the end of those that are in.

use std::{borrow::Cow, collections::HashSet};

use crate::api::{chat::messages::Message, page::Page, remote_text::RemoteText, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::Entry,
    model::Model,
    place::Place,
    query::{Cell, Field, Kind, fold},
    ticket::{Lane, Reply},
};

impl Entry for Sid<Message> {
    type Keys = HashSet<Self>;
    const ON_DEMAND: bool = true;

    const FIELDS: &'static [Field] = &[
        Field::new("index", "INDEX", Kind::Number),
        Field::new("from", "FROM", Kind::Text),
        Field::new("body", "BODY", Kind::Text),
        Field::new("created", "WHEN", Kind::Moment),
        Field::new("edited", "", Kind::Flag),
        Field::new("media", "", Kind::Flag),
        Field::new("updated", "", Kind::Moment),
        Field::new("sid", "", Kind::Text),
        Field::new("attr", "", Kind::Json),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(message) = entities.message(self) else { return fold(&self.to_string()) };
        let raw = |text: Option<&RemoteText>| text.map_or(String::new(), |it| it.raw().to_owned());
        let file = message.media.as_ref().and_then(|media| media.filename.as_ref());
        let (from, body) = (raw(message.from.as_ref()), raw(message.body.as_ref()));
        fold(&format!("{from}\n{body}\n{}\n{self}", raw(file)))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(message) = entities.message(self) else { return Cell::Nothing };
        match field {
            0 => Cell::number(message.index),
            1 => Cell::text(message.from.as_ref().map(RemoteText::raw)),
            2 => Cell::text(message.body.as_ref().map(RemoteText::raw)),
            3 => Cell::moment(message.date_created),
            4 => Cell::flag(message.was_edited),
            5 => Cell::flag(Some(message.media.is_some())),
            6 => Cell::moment(message.date_updated),
            7 => Cell::owned(Some(self.to_string())),
            _ => Cell::Nothing,
        }
    }

    fn attributes(self, entities: &Entities) -> Option<Cow<'_, str>> {
        entities.message(self).map(|message| Cow::Borrowed(message.attributes.text()))
    }
}

/// A page of messages came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Message>>) -> Vec<Effect> {
    let Lane::List(Place::Messages(_, channel)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.messages.get_mut(&channel),
        |entities, message, _| {
            let sid = message.sid;
            entities.put_message(message);
            sid
        },
    )
}
