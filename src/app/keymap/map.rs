//! The keys that are in force: the table, and over it what the person's config says.

use std::collections::HashMap;

use super::{BINDINGS, Context, first_press, is_prefix, names, spelled};
use crate::app::action::Action;

/// A row of the table with the keys that are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Where it holds.
    pub contexts: Vec<Context>,
    /// The keys.
    pub keys: Vec<String>,
    /// What is wished for.
    pub action: Action,
    /// A word or two for the footer.
    pub hint: &'static str,
    /// A line for help and manual.
    pub help: &'static str,
    /// Which hints go first.
    pub rank: u8,
}

/// What a key means.
#[derive(Debug, Clone, Copy)]
pub enum Lookup<'a> {
    /// This row.
    Found(&'a Bound),
    /// The beginning of a longer one.
    Prefix,
    /// Nothing.
    Nothing,
}

/// All keys that are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    rows: Vec<Bound>,
    /// Where in the table each key stands.
    places: HashMap<String, Vec<usize>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bound = |row: &super::Binding| Bound {
            contexts: row.contexts.to_vec(),
            keys: row.keys.iter().map(|key| (*key).to_owned()).collect(),
            action: row.action,
            hint: row.hint,
            help: row.help,
            rank: row.rank,
        };
        Self::of(BINDINGS.iter().map(bound).collect())
    }
}

impl Keymap {
    /// These rows.
    pub(super) fn of(rows: Vec<Bound>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            for key in &row.keys {
                places.entry(key.clone()).or_default().push(at);
            }
        }
        Self { rows, places }
    }

    /// The same, to be changed.
    pub(super) fn into_rows(self) -> Vec<Bound> {
        self.rows
    }

    /// All rows, in the order of the table.
    pub fn rows(&self) -> &[Bound] {
        &self.rows
    }

    /// The rows that hold in one of these contexts.
    pub fn within(&self, contexts: &[Context]) -> impl Iterator<Item = &Bound> {
        self.rows.iter().filter(move |row| row.contexts.iter().any(|of| contexts.contains(of)))
    }

    /// Looks a key (after what was pressed before it, if that was a prefix) up in the contexts, the topmost first.
    pub fn lookup(&self, contexts: &[Context], pressed: &str) -> Lookup<'_> {
        let holding = |context: &Context| {
            let places = self.places.get(pressed)?.iter();
            places.filter_map(|&at| self.rows.get(at)).find(|row| row.contexts.contains(context))
        };
        if let Some(row) = contexts.iter().find_map(holding) {
            return Lookup::Found(row);
        }
        let begins = |row: &Bound| row.keys.iter().any(|key| is_prefix(pressed, key));
        if self.within(contexts).any(begins) { Lookup::Prefix } else { Lookup::Nothing }
    }

    /// What can follow a key that is pressed: each key with its row.
    pub fn after(&self, contexts: &[Context], prefix: &str) -> Vec<(&str, &Bound)> {
        self.within(contexts)
            .flat_map(|row| row.keys.iter().map(move |key| (key.as_str(), row)))
            .filter(|(key, _)| is_prefix(prefix, key))
            .filter_map(|(key, row)| Some((key.strip_prefix(prefix)?, row)))
            .collect()
    }

    /// The first key of a row that means it in these contexts; what lies above may have the others.
    fn meant<'a>(&'a self, contexts: &[Context], row: &'a Bound) -> Option<&'a str> {
        let means = |key: &&String| matches!(self.lookup(contexts, key), Lookup::Found(found) if found.action == row.action);
        row.keys.iter().find(means).map(String::as_str)
    }

    /// The key of a row that is told where there is room for one: of two that are pressed one after the other the first.
    /// Tells also whether another has to follow.
    pub fn hint_key<'a>(&'a self, contexts: &[Context], row: &'a Bound) -> Option<(&'a str, bool)> {
        let key = self.meant(contexts, row)?;
        let first = first_press(key);
        Some((first, first != spelled(key)))
    }

    /// How one gets there from here, as people read it: the key in these contexts, else the first of any, else by name.
    pub fn way_to(&self, contexts: &[Context], action: Action) -> String {
        let elsewhere = || {
            let mut rows = self.rows.iter().filter(|row| row.action == action);
            rows.find_map(|row| row.keys.first()).map(|key| spelled(key))
        };
        let key = self.key_of(contexts, action).or_else(elsewhere);
        key.map_or_else(|| format!(":{}", names::name(action)), str::to_owned)
    }

    /// The first key that means this in these contexts, as people read it.
    pub fn key_of(&self, contexts: &[Context], action: Action) -> Option<&str> {
        let mut rows = self.within(contexts).filter(|row| row.action == action);
        rows.find_map(|row| self.meant(contexts, row)).map(spelled)
    }
}
