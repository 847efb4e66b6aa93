//! Which columns each list shows: as a saved view or `:columns` says, else as the config does, else the usual ones.

use std::collections::HashMap;

use crate::{
    app::{list::Rows, model::Model, notice::Tone, place::Place, query::Field},
    config::{Columns, Listed},
};

/// The columns that were chosen.
#[derive(Debug, Default)]
pub struct Chosen {
    /// By the config, for every list of a kind.
    pub by_config: Columns,
    /// In this session, for one list.
    here: HashMap<Place, Vec<&'static str>>,
}

impl Chosen {
    /// The heads of the columns that a list shows, in their order; none where its columns cannot be chosen.
    pub fn of(&self, place: Place) -> Vec<&'static str> {
        let Some(of) = place.listed() else { return Vec::new() };
        of.shown(self.here(place).or_else(|| self.by_config.chosen(of)))
    }

    /// Those that were chosen for this very list.
    pub fn here(&self, place: Place) -> Option<&[&'static str]> {
        self.here.get(&place).map(Vec::as_slice)
    }

    /// Chooses them for a list; nothing leaves it to the config again.
    pub fn choose(&mut self, place: Place, titles: Option<Vec<&'static str>>) {
        match titles.filter(|titles| !titles.is_empty()) {
            Some(titles) => drop(self.here.insert(place, titles)),
            None => drop(self.here.remove(&place)),
        }
    }
}

/// `:columns`: shows these, separated by commas or blanks; without any those of the config, or the usual ones.
///
/// # Errors
/// Which of them there is not.
pub fn command(model: &mut Model, argument: &str) -> Result<(), String> {
    let place = model.path.focus();
    let Some(of) = place.listed() else {
        return Err("the columns of this cannot be chosen".to_owned());
    };
    model.columns.choose(place, Some(titles(of, argument)?));
    if argument.is_empty() {
        let text = format!("the usual columns again; {of} have {}", of.names());
        model.notices.say(model.now, Tone::Info, text);
    }
    Ok(())
}

/// What was typed, as heads. Names of two words stand between commas.
fn titles(of: Listed, typed: &str) -> Result<Vec<&'static str>, String> {
    if typed.contains(',') {
        return of.titles(typed.split(',').map(str::trim).filter(|name| !name.is_empty()));
    }
    of.titles(typed.split_whitespace())
}

/// The fields that a list can be sorted by, each with its place in the table: those of the columns it shows first, in
/// their order.
pub fn sortable(model: &Model, place: Place) -> Vec<(usize, &'static Field)> {
    let fields = model.rows(place).map(Rows::fields).unwrap_or_default();
    let shown = model.columns.of(place);
    let rank = |field: &Field| {
        let at = shown.iter().position(|title| *title == field.title);
        at.unwrap_or(shown.len())
    };
    let mut sortable: Vec<_> = fields.iter().enumerate().filter(|(_, it)| it.sorts()).collect();
    sortable.sort_by_key(|(_, field)| rank(field));
    sortable
}

/// Whether a list shows a field in one of its columns.
pub fn shows(model: &Model, place: Place, field: &Field) -> bool {
    let is_chosen = place.listed().is_none() || model.columns.of(place).contains(&field.title);
    !field.title.is_empty() && is_chosen
}
