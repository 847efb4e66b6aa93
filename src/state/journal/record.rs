//! What is about to be sent, and in which form it is kept.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, value::RawValue};

use super::{EntryId, Kept};
use crate::state::{StateError, digest};

/// Names of parameters and their values, in order; `None` stands for no value.
pub type Fields = Vec<(String, Option<String>)>;

/// Fields as JSON object text, in their order.
pub fn fields_text(fields: &Fields) -> String {
    let value = |value: &Option<String>| value.clone().map_or(Value::Null, Value::from);
    let object: Map<String, Value> =
        fields.iter().map(|(name, text)| (name.clone(), value(text))).collect();
    Value::Object(object).to_string()
}

/// Fields of JSON object text; what is not a text stands as it is written, and what is no object has none.
pub fn fields_of(text: &str) -> Fields {
    let Ok(object) = serde_json::from_str::<Map<String, Value>>(text) else { return Vec::new() };
    let text = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    };
    object.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// A write before it leaves. There is no place for credentials here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The profile in use.
    pub profile: String,
    /// The account's sid.
    pub account: String,
    /// What it does, as a word: `channel.update`, `membership.delete`, …
    pub kind: String,
    /// The HTTP method.
    pub method: String,
    /// The path on the host, from its `/`.
    pub path: String,
    /// The form parameters as sent, in order.
    pub form: Vec<(String, String)>,
    /// Whether the service's webhooks are told.
    pub webhooks: bool,
    /// What it is about, the innermost resource first; empty for one that is being made.
    pub sids: Vec<String>,
    /// What a person calls it. A name from afar.
    pub label: String,
    /// The fields that change, as they were: JSON object text, kept byte for byte.
    pub before: Option<String>,
    /// The same fields as they shall be.
    pub after: Option<String>,
    /// The line that this write takes back.
    pub undoes: Option<EntryId>,
}

impl Record {
    /// The fields that change, as they were.
    pub fn was(&self) -> Fields {
        self.before.as_deref().map(fields_of).unwrap_or_default()
    }

    /// The same fields as they shall be.
    pub fn shall_be(&self) -> Fields {
        self.after.as_deref().map(fields_of).unwrap_or_default()
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// When the path names a host (credentials could be in it), or a value is not a JSON object.
    pub(super) fn check(&self) -> Result<(), StateError> {
        if !self.path.starts_with('/') || self.path.starts_with("//") {
            return Err(StateError::Unfit("a path begins with one /, without a host"));
        }
        for fields in [&self.before, &self.after].into_iter().flatten() {
            check_fields(fields)?;
        }
        Ok(())
    }

    /// What may be kept of it.
    pub(super) fn kept(&self, kept: Kept) -> Result<Stored, StateError> {
        let path = if kept == Kept::Full { self.path.clone() } else { nameless(&self.path) };
        let sids = json(&self.sids)?;
        Ok(match kept {
            Kept::Full => Stored {
                path,
                sids,
                label: Some(self.label.clone()),
                form: Some(json(&self.form)?),
                before: self.before.clone(),
                after: self.after.clone(),
            },
            Kept::Digest => Stored {
                path,
                sids,
                label: Some(digest::of(&self.label)),
                form: Some(json(&digest::of_form(&self.form))?),
                before: self.before.as_deref().map(digested).transpose()?,
                after: self.after.as_deref().map(digested).transpose()?,
            },
            Kept::Nothing => {
                Stored { path, sids, label: None, form: None, before: None, after: None }
            }
        })
    }
}

/// The parts of a record that depend on what may be kept, as the file has them.
#[derive(Debug)]
pub(in crate::state) struct Stored {
    pub(super) path: String,
    pub(super) sids: String,
    pub(super) label: Option<String>,
    pub(super) form: Option<String>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Whether a text is a JSON object.
pub(super) fn check_fields(text: &str) -> Result<(), StateError> {
    let parsed: Result<BTreeMap<String, &RawValue>, _> = serde_json::from_str(text);
    parsed.map(|_| ()).map_err(|source| StateError::NotFields { source })
}

/// A JSON object with digests in place of its values.
pub(super) fn digested(fields: &str) -> Result<String, StateError> {
    digest::of_fields(fields).map_err(|source| StateError::NotFields { source })
}

fn json(value: &impl Serialize) -> Result<String, StateError> {
    serde_json::to_string(value).map_err(|source| StateError::NotFields { source })
}

/// A path without names: what follows a collection is a sid, or could be somebody's name.
pub(in crate::state) fn nameless(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let part = |(nth, part): (usize, &str)| {
        // "/v2/Services/IS…/Channels/CH…": an empty one, the version, then collection and name in turn.
        let is_name = nth > 2 && nth % 2 == 1;
        if is_name && !is_sid(part) { "{name}".to_owned() } else { part.to_owned() }
    };
    path.split('/').enumerate().map(part).collect::<Vec<_>>().join("/")
}

/// The sids that a path names, the innermost first.
pub fn sids_of(path: &str) -> Vec<String> {
    path.rsplit('/').filter(|part| is_sid(part)).map(str::to_owned).collect()
}

fn is_sid(part: &str) -> bool {
    part.len() == 34
        && part.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        && part.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit())
}
