//! A channel as it stands in a listing's file: a line of JSON, its fields in a fixed order.

use std::borrow::Cow;

/// A channel as it was listed, with all that a row and its detail show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedChannel<'a> {
    /// Its sid.
    pub sid: Cow<'a, str>,
    /// Its type as on the wire.
    pub kind: Cow<'a, str>,
    /// Its friendly name.
    pub friendly_name: Option<Cow<'a, str>>,
    /// Its unique name.
    pub unique_name: Option<Cow<'a, str>>,
    /// Its attributes, every byte as stored.
    pub attributes: Option<Cow<'a, str>>,
    /// Who made it.
    pub created_by: Option<Cow<'a, str>>,
    /// When it was made, in microseconds since 1970.
    pub created: Option<i64>,
    /// When it last changed, in microseconds since 1970.
    pub updated: Option<i64>,
    /// How many members it has.
    pub members: Option<u64>,
    /// How many messages it holds.
    pub messages: Option<u64>,
}

/// The fields in the order in which they are written.
type Line<'a> = (
    Cow<'a, str>,
    Cow<'a, str>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<i64>,
    Option<i64>,
    Option<u64>,
    Option<u64>,
);

impl ListedChannel<'_> {
    /// Adds its line to a text.
    ///
    /// # Errors
    /// Never in practice: texts and numbers are JSON.
    pub fn write(&self, into: &mut Vec<u8>) -> serde_json::Result<()> {
        let Self { sid, kind, friendly_name, unique_name, attributes, created_by, .. } = self;
        let texts = (sid, kind, friendly_name, unique_name, attributes, created_by);
        let (sid, kind, name, unique, attributes, by) = texts;
        let (created, updated) = (self.created, self.updated);
        let line = (
            sid,
            kind,
            name,
            unique,
            attributes,
            by,
            created,
            updated,
            self.members,
            self.messages,
        );
        serde_json::to_writer(&mut *into, &line)?;
        into.push(b'\n');
        Ok(())
    }

    /// Reads a line.
    pub(super) fn read(line: &[u8]) -> serde_json::Result<ListedChannel<'static>> {
        let (
            sid,
            kind,
            friendly_name,
            unique_name,
            attributes,
            created_by,
            created,
            updated,
            members,
            messages,
        ): Line<'static> = serde_json::from_slice(line)?;
        Ok(ListedChannel {
            sid,
            kind,
            friendly_name,
            unique_name,
            attributes,
            created_by,
            created,
            updated,
            members,
            messages,
        })
    }
}
