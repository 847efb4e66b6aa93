//! Channels as they are kept when there are very many of them: fixed fields in columns, names in one text with a folded
//! twin beside it, attributes as their own bytes, in chunks of a few thousand. What goes in comes out the same; the few
//! that do not fit the columns are kept whole.

mod chunk;
mod heap;
mod search;
mod strings;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use hashbrown::HashTable;
use jiff::Timestamp;

use self::chunk::{Packed, Places};
pub(in crate::app) use self::{
    chunk::{CHUNK, Chunk, Count},
    search::Column,
};
use crate::api::{
    attributes::Attributes,
    chat::{
        channels::{Channel, ChannelType},
        services::Service,
    },
    remote_text::RemoteText,
    sid::Sid,
};

/// The number of a channel among those that are known; it stands for the sid and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelRow(u32);

impl ChannelRow {
    /// The number itself.
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// The row of this number.
    pub(in crate::app) fn numbered(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

const SHARDS: usize = 256;

/// All channels that are known.
#[derive(Debug, Default)]
pub struct Channels {
    chunks: Vec<Chunk>,
    count: usize,
    /// Row numbers by sid; the sids themselves stand in the chunks. In parts, so that growing one is short work.
    index: Vec<HashTable<u32>>,
    hasher: RandomState,
    services: Vec<Sid<Service>>,
    kinds: Vec<ChannelType>,
    /// Those that the columns cannot hold as they are: huge texts, odd numbers.
    whole: HashMap<u32, Channel>,
}

/// More kinds than this nobody sends in earnest.
const MOST_KINDS: usize = 200;

impl Channels {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The row of a sid.
    pub fn row(&self, sid: Sid<Channel>) -> Option<ChannelRow> {
        self.row_of(sid, self.hasher.hash_one(sid))
    }

    fn row_of(&self, sid: Sid<Channel>, hash: u64) -> Option<ChannelRow> {
        let table = self.index.get(shard_of(sid))?;
        table.find(hash, |&row| self.sid(ChannelRow(row)) == Some(sid)).copied().map(ChannelRow)
    }

    /// The sid of a row.
    pub fn sid(&self, row: ChannelRow) -> Option<Sid<Channel>> {
        let (chunk, at) = self.locate(row)?;
        chunk.sid(at)
    }

    /// The channel, as it was put in.
    pub fn get(&self, row: ChannelRow) -> Option<Channel> {
        if let Some(channel) = self.whole.get(&row.0) {
            return Some(channel.clone());
        }
        self.unpacked(row)
    }

    /// Takes a channel in, in place of what was known of it.
    pub fn put(&mut self, channel: Channel) -> ChannelRow {
        let packed = self.packed(&channel);
        let hash = self.hasher.hash_one(channel.sid);
        let row = if let Some(row) = self.row_of(channel.sid, hash) {
            if let Some(chunk) = self.chunks.get_mut(row.number() / CHUNK) {
                chunk.replace(row.number() % CHUNK, &packed, &channel);
            }
            row
        } else {
            self.append(&packed, &channel, hash)
        };
        if !packed.fits(&channel) {
            self.whole.insert(row.0, channel);
        } else if !self.whole.is_empty() {
            self.whole.remove(&row.0);
        }
        row
    }

    fn append(&mut self, packed: &Packed, channel: &Channel, hash: u64) -> ChannelRow {
        let row = ChannelRow::numbered(self.count);
        if self.count == self.chunks.len() * CHUNK {
            if let Some(full) = self.chunks.last_mut() {
                full.shrink();
            }
            let next = self.chunks.last().map(Chunk::for_as_many);
            self.chunks.push(next.unwrap_or_default());
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.push(packed, channel);
        }
        self.count += 1;
        if self.index.is_empty() {
            self.index.resize_with(SHARDS, HashTable::new);
        }
        let (hasher, chunks) = (&self.hasher, &self.chunks);
        let hash_of = |&row: &u32| {
            let row = ChannelRow(row).number();
            let sid = chunks.get(row / CHUNK).and_then(|chunk| chunk.sid(row % CHUNK));
            sid.map_or(0, |sid| hasher.hash_one(sid))
        };
        if let Some(table) = self.index.get_mut(shard_of(channel.sid)) {
            table.insert_unique(hash, row.0, hash_of);
        }
        row
    }

    fn packed(&mut self, channel: &Channel) -> Packed {
        Packed {
            sid: u128::from_be_bytes(channel.sid.bytes()),
            created: channel.date_created.map_or(i64::MIN, Timestamp::as_microsecond),
            updated: channel.date_updated.map_or(i64::MIN, Timestamp::as_microsecond),
            members: chunk::count(channel.members_count),
            messages: chunk::count(channel.messages_count),
            service: place_of(&mut self.services, &channel.service_sid, usize::from(u16::MAX)),
            kind: u8::try_from(place_of(&mut self.kinds, &channel.kind, MOST_KINDS))
                .unwrap_or(u8::MAX),
        }
    }

    /// The channel without its attributes: what a row shows of it, for less.
    pub fn face(&self, row: ChannelRow) -> Option<Channel> {
        if let Some(channel) = self.whole.get(&row.0) {
            return Some(Channel { attributes: Attributes::absent(), ..channel.clone() });
        }
        self.unpacked_face(row)
    }

    fn unpacked(&self, row: ChannelRow) -> Option<Channel> {
        let (chunk, at) = self.locate(row)?;
        let attributes =
            chunk.attributes(at).map_or_else(Attributes::absent, Attributes::from_text);
        Some(Channel { attributes, ..self.unpacked_face(row)? })
    }

    fn unpacked_face(&self, row: ChannelRow) -> Option<Channel> {
        let (chunk, at) = self.locate(row)?;
        let Places { service, kind, .. } = chunk.places(at)?;
        let moment = |micros: Option<i64>| Timestamp::from_microsecond(micros?).ok();
        let text = |text: Option<&str>| text.map(RemoteText::new);
        Some(Channel {
            sid: chunk.sid(at)?,
            service_sid: *self.services.get(usize::from(service))?,
            friendly_name: text(chunk.name(at)),
            unique_name: text(chunk.unique(at)),
            attributes: Attributes::absent(),
            kind: self.kinds.get(usize::from(kind))?.clone(),
            date_created: moment(chunk.created(at)),
            date_updated: moment(chunk.updated(at)),
            created_by: text(chunk.creator(at)),
            members_count: chunk.count(Count::Members, at).map(u64::from),
            messages_count: chunk.count(Count::Messages, at).map(u64::from),
        })
    }

    /// The kind of a row.
    pub(in crate::app) fn kind(&self, row: ChannelRow) -> Option<&ChannelType> {
        if let Some(channel) = self.whole.get(&row.0) {
            return Some(&channel.kind);
        }
        let (chunk, at) = self.locate(row)?;
        self.kinds.get(usize::from(chunk.places(at)?.kind))
    }

    /// The attributes of a row.
    pub(in crate::app) fn attributes(&self, row: ChannelRow) -> Option<&str> {
        if let Some(channel) = self.whole.get(&row.0) {
            return Some(channel.attributes.text());
        }
        let (chunk, at) = self.locate(row)?;
        chunk.attributes(at)
    }

    /// The rows that are kept whole: of them the columns tell less than there is.
    pub(in crate::app) fn whole_rows(&self) -> impl Iterator<Item = ChannelRow> {
        self.whole.keys().copied().map(ChannelRow)
    }

    /// The chunk of a row, and where in it the row is.
    pub(in crate::app) fn locate(&self, row: ChannelRow) -> Option<(&Chunk, usize)> {
        Some((self.chunks.get(row.number() / CHUNK)?, row.number() % CHUNK))
    }
}

fn shard_of(sid: Sid<Channel>) -> usize {
    let [.., last] = sid.bytes();
    usize::from(last) % SHARDS
}

/// Where a value stands among the few that there are, the new ones added; the last place means none of them.
fn place_of<T: Clone + PartialEq>(known: &mut Vec<T>, value: &T, most: usize) -> u16 {
    let at = known.iter().position(|it| it == value).unwrap_or_else(|| {
        if known.len() < most {
            known.push(value.clone());
            known.len() - 1
        } else {
            usize::from(u16::MAX)
        }
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}
