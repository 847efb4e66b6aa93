//! The channels of a service.

use std::borrow::Cow;

use crate::api::{
    chat::channels::{Channel, ChannelType},
    page::Page,
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::{
        ChannelRow, Entities,
        channels::{Column, Count},
    },
    index,
    list::{Entry, Keys, RowSet, cell_key, number_key, one_by_one, print_of, text_key},
    model::Model,
    place::Place,
    query::{Cell, Field, Kind, Query, fold},
    ticket::{Lane, Reply},
};

impl Entry for ChannelRow {
    type Keys = RowSet;

    const FIELDS: &'static [Field] = &[
        Field::new("type", "TYPE", Kind::Word),
        Field::new("name", "NAME", Kind::Text),
        Field::new("unique", "UNIQUE NAME", Kind::Text),
        Field::new("members", "MBR", Kind::Number),
        Field::new("messages", "MSG", Kind::Number),
        Field::new("updated", "UPDATED", Kind::Moment),
        Field::new("created", "CREATED", Kind::Moment),
        Field::new("by", "BY", Kind::Text),
        Field::new("sid", "SID", Kind::Text),
        Field::new("attr", "", Kind::Json),
    ];

    fn folded(self, entities: &Entities) -> String {
        entities.channel_sid(self).map(|sid| folded(sid, entities)).unwrap_or_default()
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(channel) = entities.channel_at(self) else { return Cell::Nothing };
        let raw = |text: Option<RemoteText>| Cell::owned(text.map(|text| text.raw().to_owned()));
        match column(field) {
            Some(Column::Kind) => Cell::owned(Some(channel.kind.name().to_owned())),
            Some(Column::Name) => raw(channel.friendly_name),
            Some(Column::Unique) => raw(channel.unique_name),
            Some(Column::Members) => Cell::count(channel.members_count),
            Some(Column::Messages) => Cell::count(channel.messages_count),
            Some(Column::Updated) => Cell::moment(channel.date_updated),
            Some(Column::Created) => Cell::moment(channel.date_created),
            Some(Column::Creator) => raw(channel.created_by),
            Some(Column::Sid) => Cell::owned(Some(channel.sid.to_string())),
            None => Cell::Nothing,
        }
    }

    fn attributes(self, entities: &Entities) -> Option<Cow<'_, str>> {
        entities.attributes_at(self)
    }

    fn print(self, entities: &Entities) -> u64 {
        print_of(&entities.channel_at(self))
    }

    fn word(self, field: usize, entities: &Entities) -> Option<Cow<'_, str>> {
        match column(field)? {
            Column::Kind => entities.channels().kind(self).map(|kind| kind.name().into()),
            _ => None,
        }
    }

    fn sift(query: &Query, rows: &[Self], entities: &Entities, into: &mut Vec<Self>) {
        if rows.len() < FEW {
            into.extend(one_by_one(query, rows, entities));
            return;
        }
        let found = entities.channels().search(query, column);
        // What the columns do not say, or not yet, is looked at itself.
        let apart = entities.apart();
        if apart.is_empty() {
            found.pick(rows, into);
            return;
        }
        let mut shown: RowSet = RowSet::default();
        rows.iter().filter(|&&row| found.holds(row) && !apart.contains(&row)).for_each(|&row| {
            shown.insert(row);
        });
        let apart: Vec<Self> = apart.into_iter().collect();
        for row in one_by_one(query, &apart, entities) {
            shown.insert(row);
        }
        into.extend(rows.iter().copied().filter(|&row| shown.contains(row)));
    }

    fn sort_key(self, field: usize, level: usize, entities: &Entities) -> Option<u64> {
        let channels = entities.channels();
        let (chunk, at) = channels.locate(self)?;
        let number = |number: Option<i64>| number.map(number_key);
        match column(field)? {
            Column::Name => text_key(chunk.folded().part(at, 0), level),
            Column::Unique => text_key(chunk.folded().part(at, 1), level),
            Column::Creator => text_key(chunk.creators().part(at, 0), level),
            Column::Members => number(chunk.count(Count::Members, at).map(i64::from)),
            Column::Messages => number(chunk.count(Count::Messages, at).map(i64::from)),
            Column::Updated => number(chunk.updated(at)),
            Column::Created => number(chunk.created(at)),
            Column::Kind => {
                cell_key(&Cell::text(channels.kind(self).map(ChannelType::name)), level)
            }
            Column::Sid => text_key(&written(channels.sid(self)?), level),
        }
    }
}

/// So few rows are looked at one by one.
const FEW: usize = 2_000;

/// A sid as it is written, folded; made without going through text, for a sort asks a million times.
fn written(sid: Sid<Channel>) -> [u8; 34] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = *b"ch00000000000000000000000000000000";
    let digits = sid.bytes().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    for (place, digit) in text.iter_mut().skip(2).zip(digits) {
        *place = DIGITS.get(usize::from(digit)).copied().unwrap_or_default();
    }
    text
}

/// Where the field of a channel stands.
fn column(field: usize) -> Option<Column> {
    Some(match field {
        0 => Column::Kind,
        1 => Column::Name,
        2 => Column::Unique,
        3 => Column::Members,
        4 => Column::Messages,
        5 => Column::Updated,
        6 => Column::Created,
        7 => Column::Creator,
        8 => Column::Sid,
        _ => return None,
    })
}

/// What a channel is called, as it came.
pub fn raw_title(entities: &Entities, sid: Sid<Channel>) -> String {
    let channel = entities.channel(sid);
    let names = channel.map(|channel| [channel.friendly_name, channel.unique_name]);
    let name = names.into_iter().flatten().flatten().find(|name| !name.is_empty());
    name.map_or_else(|| sid.to_string(), |name| name.raw().to_owned())
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
    let effects = super::arrived(
        model,
        reply,
        |lists| lists.channels.get_mut(&service),
        Entities::put_channel,
    );
    index::strike(model, service);
    effects
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
