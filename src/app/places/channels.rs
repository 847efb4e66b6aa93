//! The channels of a service.

use crate::api::{chat::channels::Channel, page::Page, remote_text::RemoteText, sid::Sid};
use crate::app::{
    effect::Effect,
    entities::{ChannelRow, Entities},
    list::{Entry, RowSet},
    model::Model,
    place::Place,
    query::fold,
    ticket::{Lane, Reply},
};

impl Entry for ChannelRow {
    type Keys = RowSet;

    fn folded(self, entities: &Entities) -> String {
        entities.channel_sid(self).map(|sid| folded(sid, entities)).unwrap_or_default()
    }
}

/// What a filter looks at where a channel is part of the row.
pub fn folded(sid: Sid<Channel>, entities: &Entities) -> String {
    let channel = entities.channel(sid);
    let name = channel.as_ref().and_then(|channel| channel.friendly_name.as_ref());
    let unique = channel.as_ref().and_then(|channel| channel.unique_name.as_ref());
    let raw = |text: Option<&RemoteText>| text.map_or(String::new(), |text| text.raw().to_owned());
    fold(&format!("{}\n{}\n{sid}", raw(name), raw(unique)))
}

/// A page of channels came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Channel>>) -> Vec<Effect> {
    let Lane::List(Place::Channels(service)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.channels.get_mut(&service),
        |entities, channel, serial| entities.put_channel(channel, serial),
    )
}

/// What a channel is called: its friendly name, else its unique name, else its sid; safe to show.
pub fn title(channel: &Channel) -> String {
    let name = channel.friendly_name.as_ref().filter(|name| !name.is_empty());
    let name = name.or_else(|| channel.unique_name.as_ref().filter(|name| !name.is_empty()));
    name.map_or_else(|| channel.sid.short(), |name| name.shown().text())
}

/// The same for a channel that may not be known.
pub fn title_of(entities: &Entities, channel: Sid<Channel>) -> String {
    entities.channel(channel).map_or_else(|| channel.short(), |channel| title(&channel))
}
