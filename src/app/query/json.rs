//! Conditions on attributes, by JSON pointer.

use super::{How, fold};
use crate::json::{self, Document, Kind};

/// What is asked of the value that a pointer leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonTest {
    /// The pointer; empty for the whole.
    pub pointer: String,
    /// What of it; nothing: that it is there.
    pub asks: Option<JsonAsk>,
}

/// What is asked of a JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum JsonAsk {
    /// That its text compares so; folded.
    Text(How, String),
    /// That it is a number between these, both included.
    Range(f64, f64),
}

// Bounds are read from digits and never are NaN.
impl Eq for JsonAsk {}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is as asked.
    Passes,
    /// It is not.
    Fails,
    /// There is text that is not JSON: nothing can be said.
    Unjudged,
}

/// The attributes, read once for all conditions.
pub(super) enum Read {
    Nothing,
    Broken,
    Json(Document),
}

pub(super) fn read(attributes: &str) -> Read {
    if attributes.is_empty() {
        return Read::Nothing;
    }
    json::parse(attributes).map_or(Read::Broken, Read::Json)
}

impl JsonTest {
    pub(super) fn of(&self, read: &Read) -> Verdict {
        let document = match read {
            Read::Nothing => return Verdict::Fails,
            Read::Broken => return Verdict::Unjudged,
            Read::Json(document) => document,
        };
        let Some(node) = document.at_pointer(&self.pointer) else { return Verdict::Fails };
        let text = || document.string_value(node).unwrap_or_else(|| document.raw(node).into());
        let passes = match &self.asks {
            None => true,
            Some(JsonAsk::Text(how, asked)) => how.passes(&fold(&text()), asked),
            Some(JsonAsk::Range(low, high)) => {
                let number = (document.kind(node) == Kind::Number)
                    .then(|| document.raw(node).parse::<f64>().ok());
                number.flatten().is_some_and(|number| (low..=high).contains(&&number))
            }
        };
        if passes { Verdict::Passes } else { Verdict::Fails }
    }
}
