//! What the account holds, as rows for people and for other programs.

mod joined;
mod plain;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value as Json};

pub(crate) use self::joined::{NamedFlex, NamedMembership};
use crate::{
    api::{RemoteText, attributes::Attributes, sid::Sid},
    app::{entities::Entities, list::Entry},
};

/// A thing that is listed.
pub(crate) trait Noun: Clone + 'static {
    /// What the console's lists call it by.
    type Key: Entry;
    /// Its fields, by the documents' names, and where each is read.
    const FIELDS: &'static [Field<Self>];
    /// Those that people look at first, by their headings.
    const TABLE: &'static [(&'static str, &'static str)];

    /// Puts it where filters look.
    fn put(self, entities: &mut Entities) -> Self::Key;

    /// The names of its fields.
    fn columns() -> Vec<&'static str> {
        Self::FIELDS.iter().map(|(name, _)| *name).collect()
    }

    /// Its values, in the order of its fields.
    fn values(&self) -> Vec<Value> {
        Self::FIELDS.iter().map(|(_, read)| read(self)).collect()
    }
}

/// A field: its name, and its value in a thing.
pub(crate) type Field<T> = (&'static str, fn(&T) -> Value);

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// The server did not tell, or there is none.
    Nothing,
    /// A text as it came.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A moment.
    Moment(Timestamp),
}

impl Value {
    /// For other programs.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Moment(moment) => moment.to_string(),
        }
    }

    /// For people.
    pub(crate) fn shown(&self, zone: &TimeZone) -> String {
        match self {
            Self::Moment(moment) => {
                moment.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
            }
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            other => other.text(),
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Nothing => Json::Null,
            Self::Number(number) => Json::from(*number),
            Self::Flag(flag) => Json::from(*flag),
            Self::Text(_) | Self::Moment(_) => Json::from(self.text()),
        }
    }
}

/// A row as one JSON object.
pub(crate) fn object(columns: &[&str], values: &[Value]) -> Json {
    let fields = columns.iter().zip(values);
    Json::Object(fields.map(|(name, it)| ((*name).to_owned(), it.json())).collect::<Map<_, _>>())
}

impl<K: crate::api::sid::Kind> From<Sid<K>> for Value {
    fn from(sid: Sid<K>) -> Self {
        Self::Text(sid.to_string())
    }
}

impl From<&RemoteText> for Value {
    fn from(text: &RemoteText) -> Self {
        Self::Text(text.raw().to_owned())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Attributes> for Value {
    fn from(attributes: &Attributes) -> Self {
        if attributes.is_absent() { Self::Nothing } else { Self::from(attributes.text()) }
    }
}

impl From<Timestamp> for Value {
    fn from(moment: Timestamp) -> Self {
        Self::Moment(moment)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
