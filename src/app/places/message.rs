//! One message: what it is called, and its body as lines to be scrolled through.

use crate::api::{chat::messages::Message, sid::Sid};
use crate::app::entities::Entities;

/// What a message is called; safe to show.
pub fn title(entities: &Entities, message: Sid<Message>) -> String {
    let index = entities.message(message).and_then(|message| message.index);
    index.map_or_else(|| format!("Message {}", message.short()), |index| format!("Message {index}"))
}
