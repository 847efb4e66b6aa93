//! One JSON object of an answer, read field by field and leniently: a field that is missing, null or
//! of an odd kind costs itself only. Unknown fields are passed over.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::attributes::Attributes;
use super::remote_text::RemoteText;
use super::sid::{Kind, Sid};

/// The fields of one object, still as text.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// The fields of this object, or none if it is not one.
    pub(super) fn of(value: &'a RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    /// The value as written, unless it is null. Of a repeated field the last one counts.
    pub(super) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        let (_, value) = self.0.iter().rev().find(|(field, _)| field == name)?;
        (value.get() != "null").then_some(*value)
    }

    /// All fields in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }

    /// A text; a number or a truth value counts as its own text.
    pub(super) fn text(&self, name: &str) -> Option<RemoteText> {
        self.string(name).map(|text| RemoteText::new(&*text))
    }

    /// A sid of the kind wanted.
    pub(super) fn sid<K: Kind>(&self, name: &str) -> Option<Sid<K>> {
        self.string(name)?.parse().ok()
    }

    /// A whole number, also when it is written as a text.
    pub(super) fn number<N: FromStr>(&self, name: &str) -> Option<N> {
        self.string(name)?.parse().ok()
    }

    /// A truth value, also when it is written as a text.
    pub(super) fn truth(&self, name: &str) -> Option<bool> {
        self.string(name)?.parse().ok()
    }

    /// A moment: ISO 8601 as the documents say, or the older form of the vendor's first API.
    pub(super) fn moment(&self, name: &str) -> Option<Timestamp> {
        let text = self.string(name)?;
        let older = || rfc2822::DateTimeParser::new().parse_timestamp(&*text).ok();
        text.parse().ok().or_else(older)
    }

    /// The attributes, absent when there are none.
    pub(super) fn attributes(&self, name: &str) -> Attributes {
        self.raw(name).map_or_else(Attributes::absent, Attributes::from_json)
    }

    /// The texts of an array; elements of an odd kind are passed over.
    pub(super) fn texts(&self, name: &str) -> Vec<RemoteText> {
        let elements = self.raw(name).map(RawValue::get).unwrap_or_default();
        let elements = serde_json::from_str::<Vec<&RawValue>>(elements).unwrap_or_default();
        elements.into_iter().filter_map(string).map(|text| RemoteText::new(&*text)).collect()
    }

    /// An object inside this one, empty when there is none.
    pub(super) fn inner(&self, name: &str) -> Self {
        self.raw(name).and_then(Self::of).unwrap_or_default()
    }

    fn string(&self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).and_then(string)
    }
}

/// The first field of that name of an object whose rest need not be there yet.
pub(super) fn field_of<'a>(object: &'a str, name: &str) -> Option<&'a RawValue> {
    let mut found = None;
    let mut reader = serde_json::Deserializer::from_str(object);
    // It is left as soon as the field is found, which the reader takes for a failure.
    let _ = reader.deserialize_map(Seeker { name, found: &mut found });
    found
}

struct Seeker<'a, 'b> {
    name: &'b str,
    found: &'b mut Option<&'a RawValue>,
}

impl<'de> Visitor<'de> for Seeker<'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Text<'de>>()? {
            if name.0 == self.name {
                *self.found = Some(map.next_value()?);
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// A value as text, if it is one, a number or a truth value.
fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    let written = value.get();
    match written.as_bytes().first()? {
        b'"' => {
            let plain = written.get(1..written.len() - 1).and_then(unescaped);
            plain.or_else(|| serde_json::from_str::<Text<'_>>(written).ok().map(|text| text.0))
        }
        b'{' | b'[' | b'n' => None,
        _ => Some(Cow::Borrowed(written)),
    }
}

/// What stands between the quotes of a JSON string, which was read as one before. The escapes that a text of JSON is
/// full of are undone in one go; where there are others nothing is told.
pub(super) fn unescaped(written: &str) -> Option<Cow<'_, str>> {
    let Some((mut plain, mut rest)) = until_escape(written) else { return Some(written.into()) };
    let mut text = String::with_capacity(written.len());
    loop {
        text.push_str(plain);
        let (letter, after) = rest.split_at_checked(1)?;
        text.push(match letter {
            "\"" => '"',
            "\\" => '\\',
            "/" => '/',
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            _ => return None,
        });
        let Some(parts) = until_escape(after) else {
            text.push_str(after);
            return Some(text.into());
        };
        (plain, rest) = parts;
    }
}

/// What stands before and after the first backslash. There are many, close to each other, so that a plain look at each
/// byte finds them soonest.
fn until_escape(written: &str) -> Option<(&str, &str)> {
    let at = written.bytes().position(|byte| byte == b'\\')?;
    Some((written.get(..at)?, written.get(at + 1..)?))
}

/// A JSON string that borrows from the answer when nothing in it is escaped.
#[derive(serde::Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor).map(Fields)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // As many as a channel has.
        let mut fields = Vec::with_capacity(16);
        while let Some((name, value)) = map.next_entry::<Text<'de>, &RawValue>()? {
            fields.push((name.0, value));
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::api::Channel;

    fn fields(json: &str) -> Fields<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_odd_field_costs_itself_only() {
        let fields = fields(
            r#"{"n": "12", "big": 99999999999999, "odd": [1], "none": null, "yes": "true",
                "half": "\ud800", "t": "caf\u00e9", "f": 1.5, "n2": 7, "n2": 8}"#,
        );
        assert_eq!(fields.number::<u64>("n"), Some(12));
        assert_eq!(fields.number::<i64>("big"), Some(99_999_999_999_999));
        assert_eq!(fields.number::<i64>("f"), None);
        assert_eq!(fields.number::<i64>("n2"), Some(8));
        assert_eq!(fields.truth("yes"), Some(true));
        assert_eq!(fields.text("t"), Some(RemoteText::new("café")));
        assert_eq!(fields.text("n2"), Some(RemoteText::new("8")));
        for name in ["odd", "none", "half", "missing"] {
            assert_eq!(fields.text(name), None, "{name}");
        }
        assert_eq!(fields.sid::<Channel>("t"), None);
    }

    #[test]
    fn an_odd_element_costs_itself_only() {
        let fields = fields(r#"{"a": ["x", 1, null, {}, [], "\ud800", "y"], "b": "x", "c": null}"#);
        let texts = |name| fields.texts(name).iter().map(|text| text.raw().to_owned()).collect();
        let all: Vec<String> = texts("a");
        assert_eq!(all, ["x", "1", "y"]);
        for name in ["b", "c", "missing"] {
            let none: Vec<String> = texts(name);
            assert!(none.is_empty(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_as_it_was(text in any::<String>(), dense in "[\"\\\\/a\u{0}\n\u{e9}]{0,20}") {
            for text in [text, dense] {
                let written = serde_json::to_string(&text).unwrap();
                let raw: &RawValue = serde_json::from_str(&written).unwrap();
                prop_assert_eq!(string(raw).unwrap(), &*text);
                if let Some(plain) = unescaped(&written[1..written.len() - 1]) {
                    prop_assert_eq!(plain, text);
                }
            }
        }
    }

    #[test]
    fn moments_of_both_kinds() {
        let fields = fields(
            r#"{"iso": "2015-12-16T22:18:37Z", "old": "Wed, 16 Dec 2015 22:18:37 +0000", "bad": "soon"}"#,
        );
        assert_eq!(fields.moment("iso"), "2015-12-16T22:18:37Z".parse().ok());
        assert_eq!(fields.moment("old"), fields.moment("iso"));
        assert_eq!(fields.moment("bad"), None);
    }
}
