//! A few thousand channels, column by column.

use super::{
    heap::Heap,
    strings::{END, Strings},
};
use std::borrow::Cow;

use jiff::Timestamp;

use crate::api::{chat::channels::Channel, remote_text::RemoteText, sid::Sid};
use crate::app::query::folded;

/// How many rows a chunk has. Changing a name moves the names after it, so this bounds what a change costs.
pub(in crate::app) const CHUNK: usize = 4_096;

/// Longer texts are kept whole beside the columns; what is searched is their beginning.
const LONGEST: usize = 16 * 1024;

/// The fields of fixed size, as the columns hold them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed {
    pub(super) sid: u128,
    pub(super) created: i64,
    pub(super) updated: i64,
    pub(super) members: u32,
    pub(super) messages: u32,
    pub(super) service: u16,
    pub(super) kind: u8,
}

impl Packed {
    /// Whether a row says all that the channel does.
    pub(super) fn fits(&self, channel: &Channel) -> bool {
        let Channel { friendly_name, unique_name, created_by, attributes, .. } = channel;
        let text = |text: &Option<RemoteText>| {
            text.as_ref().is_none_or(|text| text.raw().len() <= LONGEST)
        };
        let moment = |moment: Option<Timestamp>| {
            moment.is_none_or(|moment| moment.subsec_nanosecond() % 1_000 == 0)
        };
        let count = |count: Option<u64>| count.is_none_or(|count| count < u64::from(u32::MAX));
        self.service != u16::MAX
            && self.kind != u8::MAX
            && [friendly_name, unique_name, created_by].into_iter().all(text)
            && attributes.len() <= LONGEST
            && [channel.date_created, channel.date_updated].into_iter().all(moment)
            && [channel.members_count, channel.messages_count].into_iter().all(count)
    }
}

/// What a row refers to: its service and its kind, by where they stand among those that are known; which of its texts
/// there are, and which of those are the same as their folded twin.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct Places {
    pub(in crate::app) service: u16,
    pub(in crate::app) kind: u8,
    texts: u8,
}

/// A number that is counted by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Count {
    Members,
    Messages,
}

const NAME: u8 = 1;
const UNIQUE: u8 = 2;
const CREATOR: u8 = 4;
const NAME_IS_FOLDED: u8 = 8;
const UNIQUE_IS_FOLDED: u8 = 16;
const CREATOR_IS_FOLDED: u8 = 32;

/// A count as the columns hold it; what is too large is cut.
pub(super) fn count(count: Option<u64>) -> u32 {
    count.map_or(u32::MAX, |count| u32::try_from(count).unwrap_or(u32::MAX).min(u32::MAX - 1))
}

/// Channels, column by column.
#[derive(Debug, Default)]
pub(in crate::app) struct Chunk {
    sids: Vec<u128>,
    created: Vec<i64>,
    updated: Vec<i64>,
    members: Vec<u32>,
    messages: Vec<u32>,
    places: Vec<Places>,
    /// Friendly and unique name, folded.
    folded: Strings,
    /// Which of the letters from a to z are in them, a bit each.
    letters: Vec<u32>,
    /// Who made the channel, folded.
    creators: Strings,
    /// The same three as they came, where that differs.
    raw: Strings,
    attributes: Heap,
}

impl Chunk {
    /// An empty one with room for as many rows as this one has, alike in length.
    pub(super) fn for_as_many(&self) -> Self {
        let rows = self.len();
        Self {
            sids: Vec::with_capacity(rows),
            created: Vec::with_capacity(rows),
            updated: Vec::with_capacity(rows),
            members: Vec::with_capacity(rows),
            messages: Vec::with_capacity(rows),
            places: Vec::with_capacity(rows),
            folded: self.folded.for_as_many(),
            letters: Vec::with_capacity(rows),
            creators: self.creators.for_as_many(),
            raw: self.raw.for_as_many(),
            attributes: self.attributes.for_as_many(),
        }
    }

    /// How many rows it has.
    pub(in crate::app) fn len(&self) -> usize {
        self.sids.len()
    }

    /// The sids' numbers.
    pub(in crate::app) fn sids(&self) -> &[u128] {
        &self.sids
    }

    /// The names, folded.
    pub(in crate::app) fn folded(&self) -> &Strings {
        &self.folded
    }

    /// Which letters are in the names.
    pub(in crate::app) fn letters(&self) -> &[u32] {
        &self.letters
    }

    /// Who made the channels, folded.
    pub(in crate::app) fn creators(&self) -> &Strings {
        &self.creators
    }

    /// The kinds and services.
    pub(in crate::app) fn all_places(&self) -> &[Places] {
        &self.places
    }

    pub(in crate::app) fn sid(&self, at: usize) -> Option<Sid<Channel>> {
        self.sids.get(at).map(|sid| Sid::from_bytes(sid.to_be_bytes()))
    }

    pub(in crate::app) fn places(&self, at: usize) -> Option<Places> {
        self.places.get(at).copied()
    }

    /// Microseconds since 1970.
    pub(in crate::app) fn created(&self, at: usize) -> Option<i64> {
        self.created.get(at).copied().filter(|&micros| micros != i64::MIN)
    }

    /// Microseconds since 1970.
    pub(in crate::app) fn updated(&self, at: usize) -> Option<i64> {
        self.updated.get(at).copied().filter(|&micros| micros != i64::MIN)
    }

    pub(in crate::app) fn count(&self, of: Count, at: usize) -> Option<u32> {
        let column = match of {
            Count::Members => &self.members,
            Count::Messages => &self.messages,
        };
        column.get(at).copied().filter(|&count| count != u32::MAX)
    }

    /// The friendly name.
    pub(in crate::app) fn name(&self, at: usize) -> Option<&str> {
        self.text(at, NAME, NAME_IS_FOLDED, (&self.folded, 0), 0)
    }

    /// The unique name.
    pub(in crate::app) fn unique(&self, at: usize) -> Option<&str> {
        self.text(at, UNIQUE, UNIQUE_IS_FOLDED, (&self.folded, 1), 1)
    }

    /// Who made it.
    pub(in crate::app) fn creator(&self, at: usize) -> Option<&str> {
        self.text(at, CREATOR, CREATOR_IS_FOLDED, (&self.creators, 0), 2)
    }

    fn text<'a>(
        &'a self,
        at: usize,
        there: u8,
        is_folded: u8,
        (twin, part): (&'a Strings, usize),
        raw: usize,
    ) -> Option<&'a str> {
        let texts = self.places.get(at)?.texts;
        if texts & there == 0 {
            return None;
        }
        let differs = texts & is_folded == 0;
        Some(if differs { self.raw.text(at, raw) } else { twin.text(at, part) })
    }

    pub(in crate::app) fn attributes(&self, at: usize) -> Option<&str> {
        self.attributes.get(at)
    }

    pub(super) fn push(&mut self, packed: &Packed, channel: &Channel) {
        let texts = Texts::of(channel);
        self.sids.push(packed.sid);
        self.created.push(packed.created);
        self.updated.push(packed.updated);
        self.members.push(packed.members);
        self.messages.push(packed.messages);
        self.places.push(texts.places(packed));
        self.folded.push(&texts.names());
        self.letters.push(texts.letters());
        self.creators.push(&[&texts.folded[2]]);
        self.raw.push(&texts.raw());
        self.attributes.push(attributes(channel));
    }

    pub(super) fn replace(&mut self, at: usize, packed: &Packed, channel: &Channel) {
        let texts = Texts::of(channel);
        set(&mut self.created, at, packed.created);
        set(&mut self.updated, at, packed.updated);
        set(&mut self.members, at, packed.members);
        set(&mut self.messages, at, packed.messages);
        set(&mut self.places, at, texts.places(packed));
        self.folded.replace(at, &texts.names());
        set(&mut self.letters, at, texts.letters());
        self.creators.replace(at, &[&texts.folded[2]]);
        self.raw.replace(at, &texts.raw());
        self.attributes.replace(at, attributes(channel));
    }

    /// Gives back the room that a growing chunk keeps.
    pub(super) fn shrink(&mut self) {
        self.sids.shrink_to_fit();
        self.created.shrink_to_fit();
        self.updated.shrink_to_fit();
        self.members.shrink_to_fit();
        self.messages.shrink_to_fit();
        self.places.shrink_to_fit();
        self.folded.shrink();
        self.letters.shrink_to_fit();
        self.creators.shrink();
        self.raw.shrink();
        self.attributes.shrink();
    }

    /// How many bytes of text are held, waste included.
    #[cfg(test)]
    pub(super) fn text_size(&self) -> usize {
        let strings = [&self.folded, &self.creators, &self.raw];
        strings.iter().map(|it| it.bytes().len()).sum::<usize>() + self.attributes.size()
    }
}

/// The bit of a letter from a to z.
pub(super) fn letter(byte: u8) -> Option<u32> {
    byte.is_ascii_lowercase().then(|| 1 << (byte - b'a'))
}

fn set<T>(column: &mut [T], at: usize, value: T) {
    if let Some(place) = column.get_mut(at) {
        *place = value;
    }
}

fn attributes(channel: &Channel) -> Option<&str> {
    let attributes = &channel.attributes;
    let fits = !attributes.is_absent() && attributes.len() <= LONGEST;
    fits.then(|| attributes.text())
}

/// A channel's texts, as far as they fit.
struct Texts<'a> {
    name: Option<&'a str>,
    unique: Option<&'a str>,
    creator: Option<&'a str>,
    folded: [Cow<'a, str>; 3],
}

impl<'a> Texts<'a> {
    fn of(channel: &'a Channel) -> Self {
        let fitting =
            |text: &'a Option<RemoteText>| text.as_ref().map(|text| beginning(text.raw()));
        let (name, unique) = (fitting(&channel.friendly_name), fitting(&channel.unique_name));
        let creator = fitting(&channel.created_by);
        let folded = [name, unique, creator].map(|text| folded(text.unwrap_or_default()));
        Self { name, unique, creator, folded }
    }

    fn names(&self) -> [&str; 2] {
        let [name, unique, _] = &self.folded;
        [name, unique]
    }

    fn letters(&self) -> u32 {
        let bytes = self.names().into_iter().flat_map(str::bytes);
        bytes.filter_map(letter).fold(0, |all, letter| all | letter)
    }

    /// What differs from its folded twin.
    fn raw(&self) -> [&str; 3] {
        let [name, unique, creator] = &self.folded;
        let differing = |raw: Option<&'a str>, folded: &str| raw.filter(|&raw| raw != folded);
        let pairs = [(self.name, name), (self.unique, unique), (self.creator, creator)];
        pairs.map(|(raw, folded)| differing(raw, folded).unwrap_or_default())
    }

    fn places(&self, packed: &Packed) -> Places {
        let [name, unique, creator] = &self.folded;
        let flags = [
            (self.name.is_some(), NAME),
            (self.unique.is_some(), UNIQUE),
            (self.creator.is_some(), CREATOR),
            (self.name.is_some_and(|raw| raw == name), NAME_IS_FOLDED),
            (self.unique.is_some_and(|raw| raw == unique), UNIQUE_IS_FOLDED),
            (self.creator.is_some_and(|raw| raw == creator), CREATOR_IS_FOLDED),
        ];
        let texts = flags.iter().filter(|(is_set, _)| *is_set).fold(0, |all, (_, flag)| all | flag);
        Places { service: packed.service, kind: packed.kind, texts }
    }
}

fn beginning(text: &str) -> &str {
    debug_assert!(!text.as_bytes().contains(&END), "no text holds this byte");
    if text.len() <= LONGEST {
        return text;
    }
    let end = (LONGEST - 3..=LONGEST).rev().find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}
