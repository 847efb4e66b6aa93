//! The palette of `:`: everything that can be done here, best hit first, and what can follow a command's name. It tells
//! what stands in the list; `act::commands` carries out what is chosen.

mod actions;
mod arguments;
mod fuzzy;

pub use self::arguments::FAULTS;

use crate::app::{
    action::Action,
    model::Model,
    place::Place,
    prompt::{Asks, Prompt},
};

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is typed for it; safe to show.
    pub name: String,
    /// What it does.
    pub words: String,
    /// Its key; empty where it has none.
    pub key: String,
    /// Why it cannot be done here.
    pub why_not: Option<String>,
    /// The line that means the same.
    pub line: String,
    /// What Enter does.
    pub run: Run,
}

/// What Enter does on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// The same as a key.
    Wish(Action),
    /// Runs the row's line as a command.
    Line,
    /// Goes to the last of these places, by way of the others.
    Go(Vec<Place>),
    /// Sorts by this field; by nothing is the server's order.
    Sort(Option<usize>),
    /// Puts the line there, to be typed on.
    Fill,
}

/// What the list shows, and what was run before.
#[derive(Debug, Default)]
pub struct Palette {
    /// The rows, the best first.
    pub rows: Vec<Row>,
    /// The one that Enter runs.
    pub at: usize,
    /// The lines that were run, the oldest first.
    past: Vec<String>,
    /// Which of them stands in the line.
    recalled: Option<usize>,
}

/// Older ones are forgotten.
const LONGEST: usize = 100;

impl Palette {
    /// The row that Enter runs.
    pub fn chosen(&self) -> Option<&Row> {
        self.rows.get(self.at)
    }

    /// Remembers a line that was run.
    pub fn remember(&mut self, line: &str) {
        let line = line.trim();
        self.past.retain(|it| it != line);
        if !line.is_empty() {
            self.past.push(line.to_owned());
        }
        if self.past.len() > LONGEST {
            self.past.remove(0);
        }
    }
}

/// Opens the line with this text in it.
pub fn open(model: &mut Model, text: &str) {
    model.prompt = Some(Prompt::new(Asks::Command, text));
    model.palette.recalled = None;
    look(model);
}

/// Looks the rows up for what is typed now, the first of them chosen.
pub fn look(model: &mut Model) {
    model.palette.rows = rows(model);
    model.palette.at = 0;
}

/// Looks them up again after something has come; what was chosen stays so while it is there.
pub fn settle(model: &mut Model) {
    if typed(model).is_none() {
        return;
    }
    let chosen = model.palette.chosen().map(|row| row.line.clone());
    look(model);
    let at = model.palette.rows.iter().position(|row| Some(&row.line) == chosen.as_ref());
    model.palette.at = at.unwrap_or(0);
}

/// What is typed, while the line is open.
pub fn typed(model: &Model) -> Option<&str> {
    let prompt = model.prompt.as_ref().filter(|prompt| prompt.asks == Asks::Command)?;
    model.overlay.is_none().then(|| prompt.text())
}

fn rows(model: &Model) -> Vec<Row> {
    let Some(typed) = typed(model) else { return Vec::new() };
    let typed = typed.trim_start();
    match typed.split_once(char::is_whitespace) {
        None => actions::rows(model, typed),
        Some((name, argument)) => {
            let rows = arguments::rows(model, name, argument);
            let is_name = rows.is_empty() && argument.trim().is_empty();
            if is_name { actions::rows(model, name) } else { rows }
        }
    }
}

/// Everything that can be done here, or could be.
pub fn all(model: &Model) -> Vec<Row> {
    actions::all(model)
}

/// Moves the choice by so many rows. From the first row of an empty line up leads through what was run before.
pub fn step(model: &mut Model, by: isize) {
    let is_empty = typed(model).is_some_and(str::is_empty);
    let palette = &mut model.palette;
    let first = is_empty && palette.at == 0 && by < 0;
    let recalled = match palette.recalled {
        Some(at) if by < 0 => Some(at.saturating_sub(1)),
        Some(at) => Some(at + 1),
        None if first && !palette.past.is_empty() => Some(palette.past.len() - 1),
        None => {
            let last = palette.rows.len().saturating_sub(1);
            palette.at = palette.at.saturating_add_signed(by).min(last);
            return;
        }
    };
    let line = recalled.and_then(|at| palette.past.get(at)).cloned();
    palette.recalled = recalled.filter(|_| line.is_some());
    fill(model, &line.unwrap_or_default());
}

/// Puts a text into the line.
pub fn fill(model: &mut Model, text: &str) {
    if let Some(prompt) = &mut model.prompt {
        prompt.entry = crate::app::form::line::Entry::new(text);
    }
    look(model);
}

/// Follows what is typed: what stands in the line is not a line of before any more.
pub fn follow(model: &mut Model) {
    model.palette.recalled = None;
    look(model);
}

/// Completes the line to what is chosen; where it stands there already, chooses the next.
pub fn complete(model: &mut Model) {
    let Some(row) = model.palette.chosen() else { return };
    let line = row.line.clone();
    if typed(model).is_some_and(|typed| typed == line) {
        let last = model.palette.rows.len().saturating_sub(1);
        model.palette.at = if model.palette.at < last { model.palette.at + 1 } else { 0 };
        return;
    }
    model.palette.recalled = None;
    fill(model, &line);
}
