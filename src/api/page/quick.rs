//! Pages as the vendor writes them, `meta` first, read in one pass. Whatever is different in any way is left to the
//! patient reading in `page`, which gives the same for these.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::api::wire::{Fields, Text};

/// The meta of a page, and what was made of its rows; how many rows nothing could be made of.
pub(super) struct Quick<'a, T> {
    pub(super) meta: Fields<'a>,
    pub(super) items: Vec<T>,
    pub(super) unreadable: usize,
}

pub(super) fn read<'a, T>(
    body: &'a str,
    item: &impl Fn(&Fields<'_>) -> Option<T>,
) -> Option<Quick<'a, T>> {
    let mut reader = serde_json::Deserializer::from_str(body);
    let page = reader.deserialize_map(PageVisitor { item }).ok()?;
    reader.end().ok()?;
    Some(page)
}

struct PageVisitor<'b, F> {
    item: &'b F,
}

impl<'de, T, F: Fn(&Fields<'_>) -> Option<T>> Visitor<'de> for PageVisitor<'_, F> {
    type Value = Quick<'de, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page that begins with its meta")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let other = || A::Error::custom("not the usual page");
        if map.next_key::<Text<'de>>()?.is_none_or(|name| name.0 != "meta") {
            return Err(other());
        }
        let meta = Fields::of(map.next_value::<&RawValue>()?).ok_or_else(other)?;
        let key = meta.text("key").ok_or_else(other)?;
        let mut rows = None;
        while let Some(name) = map.next_key::<Text<'de>>()? {
            match &*name.0 {
                "meta" => return Err(other()),
                name if name != key.raw() => drop(map.next_value::<IgnoredAny>()?),
                _ if rows.is_some() => return Err(other()),
                _ => rows = Some(map.next_value_seed(RowsSeed { item: self.item })?),
            }
        }
        let (items, unreadable) = rows.ok_or_else(other)?;
        Ok(Quick { meta, items, unreadable })
    }
}

struct RowsSeed<'b, F> {
    item: &'b F,
}

impl<'de, T, F: Fn(&Fields<'_>) -> Option<T>> DeserializeSeed<'de> for RowsSeed<'_, F> {
    type Value = (Vec<T>, usize);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T, F: Fn(&Fields<'_>) -> Option<T>> Visitor<'de> for RowsSeed<'_, F> {
    type Value = (Vec<T>, usize);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
        // As many as a page has, mostly.
        let (mut items, mut unreadable) = (Vec::with_capacity(1_000), 0);
        while let Some(fields) = rows.next_element::<Fields<'de>>()? {
            match (self.item)(&fields) {
                Some(item) => items.push(item),
                None => unreadable += 1,
            }
        }
        Ok((items, unreadable))
    }
}
