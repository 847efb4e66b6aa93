//! A resource's attributes: the text as it is stored, which usually is JSON. This room never parses,
//! reorders or mends it; it only finds where the text begins and ends.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::wire;

/// The text of a resource's attributes, byte for byte as stored, or nothing.
///
/// The documents show it as a JSON string holding JSON, and samples show it as an object: a string is
/// decoded to the text that it holds, anything else is kept as it was written.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Attributes(Option<Arc<str>>);

impl Attributes {
    /// Attributes that hold this text.
    pub fn from_text(text: impl Into<Arc<str>>) -> Self {
        Self(Some(text.into()))
    }

    /// No attributes: the answer had none, or null.
    pub const fn absent() -> Self {
        Self(None)
    }

    /// The text as stored, empty when absent.
    pub fn text(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether the answer had no attributes at all, which is not the same as an empty text.
    pub const fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    /// The length of the text in bytes.
    pub fn len(&self) -> usize {
        self.text().len()
    }

    /// Whether there is no text to read, absent or empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// From the value as it stands in an answer.
    pub(super) fn from_json(value: &RawValue) -> Self {
        let written = value.get();
        if written == "null" {
            return Self::absent();
        }
        if let Some(inner) = written.strip_prefix('"').and_then(|it| it.strip_suffix('"'))
            && let Some(held) = wire::unescaped(inner)
        {
            return Self::from_text(held);
        }
        // A string with half a surrogate pair cannot be held as text: keep it as it was written.
        let held = serde_json::from_str::<String>(written);
        Self::from_text(held.unwrap_or_else(|_| written.to_owned()))
    }
}

/// Attributes are personal data (the documents mark them so): only their length is told.
impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_absent() {
            return f.write_str("Attributes(absent)");
        }
        write!(f, "Attributes({} bytes)", self.len())
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|value| Self::from_json(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Attributes {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_string_is_decoded_to_its_text() {
        assert_eq!(read(r#""{ \"foo\": \"b\\u00e4r\" }""#).text(), r#"{ "foo": "b\u00e4r" }"#);
        assert_eq!(read(r#""""#), Attributes::from_text(""));
    }

    #[test]
    fn anything_else_is_kept_as_written() {
        for written in [
            r#"{ "b": 1.50, "a": 123456789012345678901234567890, "a": 2 }"#,
            "[1,  2]",
            "7",
            "true",
            r#""half a pair \ud800""#,
        ] {
            assert_eq!(read(written).text(), written);
        }
    }

    #[test]
    fn null_is_absent_and_not_empty() {
        assert_eq!(read("null"), Attributes::absent());
        assert!(read("null").is_absent());
        assert!(!read(r#""""#).is_absent());
        assert_eq!(Attributes::absent().text(), "");
    }

    #[test]
    fn debug_tells_only_the_length() {
        let attributes = Attributes::from_text(r#"{"phone":"+15005550006"}"#);
        assert_eq!(format!("{attributes:?}"), "Attributes(24 bytes)");
        assert_eq!(format!("{:?}", Attributes::absent()), "Attributes(absent)");
    }
}
