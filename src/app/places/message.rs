//! One message: what it is called, and its body as lines to be scrolled through.

use crate::api::{
    chat::{channels::Channel, messages::Message},
    sid::Sid,
};
use crate::app::{
    entities::Entities,
    list::Rows,
    model::Model,
    prose::{self, Line},
};

/// What a message is called; safe to show.
pub fn title(entities: &Entities, message: Sid<Message>) -> String {
    format!("Message {}", number(entities, message))
}

/// The same in a word: its index, else its sid.
pub fn number(entities: &Entities, message: Sid<Message>) -> String {
    let index = entities.message(message).and_then(|message| message.index);
    index.map_or_else(|| message.short(), |index| index.to_string())
}

/// How many lines its properties take: who and when, and where there is such a thing, the change and the file.
pub fn fact_count(message: &Message) -> u16 {
    2 + u16::from(is_edited(message)) + u16::from(message.media.is_some())
}

/// Whether it was changed after it was said.
pub fn is_edited(message: &Message) -> bool {
    message.was_edited == Some(true)
}

/// The body, this wide.
pub fn lines(message: &Message, width: u16) -> Vec<Line> {
    let body = message.body.as_ref().map_or("", |body| body.raw());
    if body.is_empty() { Vec::new() } else { prose::wrapped(body, usize::from(width)) }
}

/// Whether the channel's messages were read again and no longer hold it.
pub fn is_gone(model: &Model, channel: Sid<Channel>, message: Sid<Message>) -> bool {
    let list = model.lists.messages.get(&channel);
    list.is_some_and(|list| list.loaded() > 0 && !list.holds(message))
}
