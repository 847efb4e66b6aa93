//! A TOML file with the places of its values, so that what is wrong can be pointed at. Values are taken out by name; a
//! name that nobody took is not known. No error holds a value.

use std::{ops::Range, path::Path};

use secrecy::SecretString;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    api::remote_text::shown,
    config::{ConfigError, keys::Spot, profile::Told},
};

/// The text of a file, to find places in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    path: &'a Path,
    text: &'a str,
}

impl<'a> Source<'a> {
    pub(super) const fn new(path: &'a Path, text: &'a str) -> Self {
        Self { path, text }
    }

    /// The outermost table.
    pub(super) fn parse(self) -> Result<Table<'a>, ConfigError> {
        match DeTable::parse(self.text) {
            Ok(table) => Ok(Table::of(self, None, table.into_inner())),
            // Only the message: what the error displays shows the line, and with it a secret perhaps.
            Err(error) => Err(self.at(error.span().unwrap_or(0..0).start, error.message())),
        }
    }

    /// An error at a byte of the text.
    pub(super) fn at(self, byte: usize, what: impl Into<String>) -> ConfigError {
        let (line, column) = self.place(byte);
        ConfigError::At { file: self.path.display().to_string(), line, column, what: what.into() }
    }

    fn place(self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte.min(self.text.len())).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    /// The path as a shell takes it.
    pub(super) fn quoted_path(self) -> String {
        format!("'{}'", self.path.display().to_string().replace('\'', r"'\''"))
    }

    /// The file, in full.
    pub(super) fn full_name(self) -> String {
        self.path.display().to_string()
    }

    /// A word at a byte of the text.
    fn spot(self, text: &str, byte: usize) -> Spot {
        let (line, column) = self.place(byte);
        Spot { text: text.to_owned(), line, column }
    }

    fn name(self) -> String {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_default()
    }
}

/// A value with its place.
pub(super) struct Found<T> {
    pub(super) value: T,
    key: String,
    at: Range<usize>,
}

impl<T> Found<T> {
    pub(super) fn map<U>(self, to: impl FnOnce(T) -> U) -> Found<U> {
        Found { value: to(self.value), key: self.key, at: self.at }
    }
}

/// A table, its values taken out one by one.
pub(super) struct Table<'a> {
    pub(super) source: Source<'a>,
    name: Option<String>,
    values: Vec<Entry<'a>>,
}

/// A value that can be told in short or in full.
pub(super) enum TextOrTable<'a> {
    /// Not a table, at least.
    Text,
    /// A table.
    Table(Table<'a>),
}

struct Entry<'a> {
    key: String,
    key_at: Range<usize>,
    value: DeValue<'a>,
    at: Range<usize>,
}

impl<'a> Table<'a> {
    fn of(source: Source<'a>, name: Option<String>, table: DeTable<'a>) -> Self {
        let entry = |(key, value): (Spanned<_>, Spanned<_>)| {
            let (key_at, at) = (key.span(), value.span());
            let key: std::borrow::Cow<str> = key.into_inner();
            Entry { key: key.into_owned(), key_at, value: value.into_inner(), at }
        };
        Self { source, name, values: table.into_iter().map(entry).collect() }
    }

    /// An error about a value that was found.
    pub(super) fn odd<T>(&self, found: &Found<T>, what: &str) -> ConfigError {
        self.source.at(found.at.start, format!("{}: {what}", self.spelled(&found.key)))
    }

    /// The same value with who told it.
    pub(super) fn told<T>(&self, found: Found<T>) -> Told<T> {
        let (line, _) = self.source.place(found.at.start);
        Told { value: found.value, by: format!("{} line {line}", self.source.name()) }
    }

    /// The key in full, made visible.
    fn spelled(&self, key: &str) -> String {
        let key = shown(key).text();
        self.name.as_ref().map_or_else(|| key.clone(), |name| format!("{name}.{key}"))
    }

    fn take<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl FnOnce(DeValue<'a>) -> Option<T>,
    ) -> Result<Option<Found<T>>, ConfigError> {
        #[cfg(test)]
        assert!(super::options::is_known(self.name.as_deref(), key), "{key} is in no manual");
        let Some(at) = self.values.iter().position(|entry| entry.key == key) else {
            return Ok(None);
        };
        let entry = self.values.swap_remove(at);
        let kind = kind(&entry.value);
        if let Some(value) = read(entry.value) {
            return Ok(Some(Found { value, key: entry.key, at: entry.at }));
        }
        let what = format!("{}: expected {expected}, found {kind}", self.spelled(key));
        Err(self.source.at(entry.at.start, what))
    }

    /// Text that says something.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<Found<String>>, ConfigError> {
        let found = self.take(key, "text in quotes", |value| match value {
            DeValue::String(text) => Some(text.into_owned()),
            _ => None,
        })?;
        match found {
            Some(found) if found.value.trim().is_empty() => {
                Err(self.odd(&found, "expected text, found nothing between the quotes"))
            }
            found => Ok(found),
        }
    }

    /// Text that must not be shown.
    pub(super) fn secret(&mut self, key: &str) -> Result<Option<Found<SecretString>>, ConfigError> {
        Ok(self.text(key)?.map(|found| found.map(SecretString::from)))
    }

    /// `true` or `false`.
    pub(super) fn truth(&mut self, key: &str) -> Result<Option<Found<bool>>, ConfigError> {
        self.take(key, "true or false", |value| match value {
            DeValue::Boolean(truth) => Some(truth),
            _ => None,
        })
    }

    /// A whole number within these bounds.
    pub(super) fn number(
        &mut self,
        key: &str,
        (least, most): (u32, u32),
    ) -> Result<Option<Found<u32>>, ConfigError> {
        let expected = format!("a whole number from {least} to {most}");
        let found = self.take(key, &expected, |value| match value {
            DeValue::Integer(digits) => Some(digits),
            _ => None,
        })?;
        let Some(found) = found else { return Ok(None) };
        let number = u32::from_str_radix(found.value.as_str(), found.value.radix());
        match number {
            Ok(value) if (least..=most).contains(&value) => Ok(Some(found.map(|_digits| value))),
            _ => Err(self.odd(&found, &format!("expected {expected}"))),
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &str,
        words: &[(&str, T)],
    ) -> Result<Option<Found<T>>, ConfigError> {
        let Some(found) = self.text(key)? else { return Ok(None) };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == found.value) {
            return Ok(Some(found.map(|_word| *value)));
        }
        let known: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        Err(self.odd(&found, &format!("expected {}", known.join(" or "))))
    }

    /// A list of texts, at least one.
    pub(super) fn texts(&mut self, key: &str) -> Result<Option<Found<Vec<String>>>, ConfigError> {
        let read = |value: DeValue<'a>| match value {
            DeValue::Array(items) if !items.is_empty() => {
                let text = |item: Spanned<DeValue<'a>>| match item.into_inner() {
                    DeValue::String(text) => Some(text.into_owned()),
                    _ => None,
                };
                items.into_iter().map(text).collect()
            }
            _ => None,
        };
        self.take(key, "a list of texts such as [\"pass\", \"show\", \"twilio\"]", read)
    }

    /// A list of names, at least one, each with its place.
    pub(super) fn names(&mut self, key: &str) -> Result<Option<Vec<Found<String>>>, ConfigError> {
        let name = key.to_owned();
        let read = |value: DeValue<'a>| match value {
            DeValue::Array(items) if !items.is_empty() => {
                let text = |item: Spanned<DeValue<'a>>| {
                    let at = item.span();
                    match item.into_inner() {
                        DeValue::String(text) => {
                            Some(Found { value: text.into_owned(), key: name.clone(), at })
                        }
                        _ => None,
                    }
                };
                items.into_iter().map(text).collect()
            }
            _ => None,
        };
        let found = self.take(key, "a list of names such as [\"name\", \"updated\"]", read)?;
        Ok(found.map(|found| found.value))
    }

    /// What may be text or a table of its own. A table is taken, text is only looked at.
    pub(super) fn text_or_table(
        &mut self,
        key: &str,
    ) -> Result<Option<TextOrTable<'a>>, ConfigError> {
        let is_table = |entry: &Entry| matches!(entry.value, DeValue::Table(_));
        match self.values.iter().find(|entry| entry.key == key) {
            None => return Ok(None),
            Some(entry) if !is_table(entry) => return Ok(Some(TextOrTable::Text)),
            Some(_) => {}
        }
        Ok(self.table(key)?.map(TextOrTable::Table))
    }

    /// A table of its own.
    pub(super) fn table(&mut self, key: &str) -> Result<Option<Self>, ConfigError> {
        let source = self.source;
        let name = self.spelled(key);
        let found = self.take(key, "a table", |value| match value {
            DeValue::Table(table) => Some(Self::of(source, Some(name), table)),
            _ => None,
        })?;
        Ok(found.map(|found| found.value))
    }

    /// Whether a table stands under this name.
    pub(super) fn holds_table(&self, key: &str) -> bool {
        let is_table = |entry: &Entry| matches!(entry.value, DeValue::Table(_));
        self.values.iter().any(|entry| entry.key == key && is_table(entry))
    }

    /// All names that nobody took, in the order of the file.
    pub(super) fn spots(&self) -> Vec<Spot> {
        let mut left: Vec<&Entry> = self.values.iter().collect();
        left.sort_by_key(|entry| entry.key_at.start);
        left.iter().map(|entry| self.source.spot(&entry.key, entry.key_at.start)).collect()
    }

    /// Keys to press: one, or a list of them that may be empty.
    pub(super) fn keys(&mut self, name: &Spot) -> Result<Vec<Spot>, ConfigError> {
        let source = self.source;
        let at = self.values.iter().find(|entry| entry.key == name.text).map(|entry| &entry.at);
        let whole = at.map_or(0, |at| at.start);
        let read = |value: DeValue<'a>| match value {
            DeValue::String(key) => Some(vec![source.spot(&key, whole)]),
            DeValue::Array(items) => {
                let key = |item: Spanned<DeValue<'a>>| {
                    let at = item.span().start;
                    match item.into_inner() {
                        DeValue::String(key) => Some(source.spot(&key, at)),
                        _ => None,
                    }
                };
                items.into_iter().map(key).collect()
            }
            _ => None,
        };
        let expected = "a key such as \"j\", or a list of them such as [\"j\", \"Down\"]";
        let found = self.take(&name.text, expected, read)?;
        Ok(found.map(|found| found.value).unwrap_or_default())
    }

    /// The tables of a table, by name, each with the place of its name.
    pub(super) fn tables(&mut self, key: &str) -> Result<Vec<(String, usize, Self)>, ConfigError> {
        let source = self.source;
        let found =
            self.take(key, "a table for each profile, [profiles.NAME]", |value| match value {
                DeValue::Table(table) => Some(Self::of(source, None, table)),
                _ => None,
            })?;
        let Some(mut outer) = found.map(|found| found.value) else { return Ok(Vec::new()) };
        outer.values.sort_by_key(|entry| entry.key_at.start);
        let inner = |entry: Entry<'a>| {
            let DeValue::Table(table) = entry.value else {
                let what = format!("{key}: expected a table for each profile, [{key}.NAME]");
                return Err(source.at(entry.at.start, what));
            };
            let name = format!("{key}.{}", shown(&entry.key).text());
            Ok((entry.key, entry.key_at.start, Self::of(source, Some(name), table)))
        };
        outer.values.into_iter().map(inner).collect()
    }

    /// What nobody took, as warnings.
    pub(super) fn unknown(self) -> Vec<String> {
        let mut left: Vec<&Entry> = self.values.iter().collect();
        left.sort_by_key(|entry| entry.key_at.start);
        let warning = |entry: &Entry| {
            let what = format!("{} is not known and does nothing", self.spelled(&entry.key));
            let (line, column) = self.source.place(entry.key_at.start);
            format!("{}, line {line}, column {column}: {what}", self.source.name())
        };
        left.into_iter().map(warning).collect()
    }
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list of something else",
        DeValue::Table(_) => "a table",
    }
}
