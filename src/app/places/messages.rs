//! What was said in a channel, the newest first. A channel can hold more than anybody reads, so its pages come as the
//! cursor nears the end of those that are in.

use std::collections::HashSet;

use crate::api::{chat::messages::Message, page::Page, remote_text::RemoteText, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::Entry,
    model::Model,
    place::Place,
    query::fold,
    ticket::{Lane, Reply},
};

impl Entry for Sid<Message> {
    type Keys = HashSet<Self>;
    const ON_DEMAND: bool = true;

    fn folded(self, entities: &Entities) -> String {
        let Some(message) = entities.message(self) else { return fold(&self.to_string()) };
        let raw = |text: Option<&RemoteText>| text.map_or(String::new(), |it| it.raw().to_owned());
        let file = message.media.as_ref().and_then(|media| media.filename.as_ref());
        let (from, body) = (raw(message.from.as_ref()), raw(message.body.as_ref()));
        fold(&format!("{from}\n{body}\n{}\n{self}", raw(file)))
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
