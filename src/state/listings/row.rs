//! A channel as it stands in a listing's file: its length in four bytes, then its fields in their order.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How many bytes tell a row's length, the lowest first.
pub(super) const LENGTH: usize = 4;

/// A channel as it was listed, with all that a row and its detail show.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListedChannel<'a> {
    /// The number that its sid spells.
    pub sid: [u8; 16],
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

impl ListedChannel<'_> {
    /// Adds it to the bytes of a listing.
    ///
    /// # Errors
    /// When it is too long for its length to be told.
    pub fn write(&self, into: &mut Vec<u8>) -> Result<(), postcard::Error> {
        let start = into.len();
        into.extend_from_slice(&[0; LENGTH]);
        postcard::to_io(self, &mut *into)?;
        let length = u32::try_from(into.len() - start - LENGTH)
            .map_err(|_too_long| postcard::Error::SerializeBufferFull)?;
        if let Some(place) = into.get_mut(start..start + LENGTH) {
            place.copy_from_slice(&length.to_le_bytes());
        }
        Ok(())
    }

    /// Reads one from the bytes after its length.
    pub(super) fn read(row: &[u8]) -> Result<ListedChannel<'static>, postcard::Error> {
        postcard::from_bytes(row)
    }
}
