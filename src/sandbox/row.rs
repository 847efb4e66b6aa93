//! One row of a collection, stored or worked out, read without copying what is not needed.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    crop::{Crop, Field},
    table::{Doc, text},
};

/// A row as it lies in its table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'a> {
    /// A document that was seeded or written.
    Stored(&'a Doc),
    /// The row of that number, of which nothing is stored.
    Grown(&'a dyn Crop, u64),
}

impl<'a> Row<'a> {
    /// The whole document.
    pub(super) fn doc(self) -> Cow<'a, Doc> {
        match self {
            Self::Stored(doc) => Cow::Borrowed(doc),
            Self::Grown(crop, number) => Cow::Owned(crop.doc(number)),
        }
    }

    /// A text field; empty when it is absent or null.
    pub(super) fn text(self, key: &str) -> Cow<'a, str> {
        match self {
            Self::Stored(doc) => Cow::Borrowed(text(doc, key)),
            Self::Grown(crop, number) => match crop.field(number, key) {
                Some(Field::Text(text)) => text,
                _ => Cow::Borrowed(""),
            },
        }
    }

    /// A text field, if it is one.
    pub(super) fn maybe_text(self, key: &str) -> Option<Cow<'a, str>> {
        match self {
            Self::Stored(doc) => doc.get(key).and_then(Value::as_str).map(Cow::Borrowed),
            Self::Grown(crop, number) => match crop.field(number, key)? {
                Field::Text(text) => Some(text),
                _ => None,
            },
        }
    }

    /// A number that counts something.
    pub(super) fn number(self, key: &str) -> Option<u64> {
        match self {
            Self::Stored(doc) => doc.get(key).and_then(Value::as_u64),
            Self::Grown(crop, number) => match crop.field(number, key)? {
                Field::Number(number) => Some(number),
                _ => None,
            },
        }
    }

    /// Any field, if the row has it.
    pub(super) fn field(self, key: &str) -> Option<Cow<'a, Value>> {
        match self {
            Self::Stored(doc) => doc.get(key).map(Cow::Borrowed),
            Self::Grown(crop, number) => Some(Cow::Owned(crop.field(number, key)?.into())),
        }
    }
}
