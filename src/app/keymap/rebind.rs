//! What `[keys]` in the config changes of the table, and why it cannot. Whatever is said, each context keeps its way
//! back: some keys stay what they are.

mod clash;

use super::{BINDINGS, Bound, Context, Keymap, actions, contexts, name, token};
use crate::api::remote_text::shown;
use crate::app::{
    action::Action,
    command::{COMMANDS, Does},
};
use crate::config::{Rebinding, Spot};

/// Something is odd at a place of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is odd.
    pub what: String,
}

impl Odd {
    fn at(spot: &Spot, what: impl Into<String>) -> Self {
        Self { line: spot.line, column: spot.column, what: format!("keys: {}", what.into()) }
    }
}

/// Keys that stay what they are: the way back, giving up, and help.
const FIXED: &[&str] = &["Esc", "^c", "F1"];

/// A row, what it was, and which line changed it.
#[derive(Debug, Clone)]
struct Draft {
    bound: Bound,
    before: Vec<String>,
    changed: Option<usize>,
}

impl Draft {
    fn fixed(&self) -> impl Iterator<Item = &String> {
        self.before.iter().filter(|key| FIXED.contains(&key.as_str()))
    }

    /// Whether a key came by the config.
    fn gained(&self, key: &str) -> bool {
        !self.before.iter().any(|it| it == key)
    }
}

impl Keymap {
    /// The table with these changes, and what is odd in them without being wrong.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn rebound(wishes: &[Rebinding]) -> Result<(Self, Vec<Odd>), Odd> {
        let draft = |bound: Bound| Draft { before: bound.keys.clone(), bound, changed: None };
        let mut rows: Vec<Draft> = Self::default().into_rows().into_iter().map(draft).collect();
        // What is said of one context comes after what is said of all.
        let mut order: Vec<usize> = (0..wishes.len()).collect();
        order.sort_by_key(|at| wishes.get(*at).is_some_and(|wish| wish.context.is_some()));
        for at in order {
            if let Some(wish) = wishes.get(at) {
                apply(&mut rows, at, wish)?;
            }
        }
        clash::refuse(&rows, wishes)?;
        let warnings = clash::hidden(&rows, wishes);
        Ok((Self::of(rows.into_iter().map(|row| row.bound).collect()), warnings))
    }
}

fn apply(rows: &mut Vec<Draft>, at: usize, wish: &Rebinding) -> Result<(), Odd> {
    let action = action(&wish.action)?;
    let context = wish.context.as_ref().map(context).transpose()?;
    let mut keys: Vec<(String, &Spot)> = Vec::new();
    for spot in &wish.keys {
        let key = token::read(&spot.text).map_err(|why| Odd::at(spot, why))?;
        if action == Action::FoldToDepth && !key.ends_with(|last: char| ('1'..='9').contains(&last))
        {
            return Err(Odd::at(spot, "the key of fold-to-depth ends in the depth, 1 to 9"));
        }
        if !keys.iter().any(|(known, _)| *known == key) {
            keys.push((key, spot));
        }
    }
    let meant = meant(rows, action, context, wish)?;
    let mut is_taken = keys.is_empty();
    for row in meant {
        if let Some(row) = rows.get_mut(row) {
            is_taken |= give(row, &keys, context.is_some())?;
            row.changed = Some(at);
        }
    }
    match keys.first() {
        Some((key, spot)) if !is_taken => Err(Odd::at(spot, typed_there(key, action))),
        _ => Ok(()),
    }
}

/// Gives a row its keys; false where all of them are text there, and it keeps its own.
fn give(row: &mut Draft, keys: &[(String, &Spot)], is_named: bool) -> Result<bool, Odd> {
    let types = |key: &str| row.bound.contexts.iter().any(|context| types(*context, key));
    if let Some((key, spot)) = keys.iter().find(|(key, _)| is_named && types(key)) {
        return Err(Odd::at(spot, typed_there(key, row.bound.action)));
    }
    let is_fixed = |key: &str| FIXED.contains(&key) && row.gained(key);
    if let Some((key, spot)) = keys.iter().find(|(key, _)| is_fixed(key)) {
        let why = match key.as_str() {
            "Esc" => "Esc is the way back",
            "F1" => "F1 is the way to help",
            _ => "^c is the way to give up",
        };
        return Err(Odd::at(spot, format!("{why}, and stays it")));
    }
    let mut given: Vec<String> =
        keys.iter().filter(|(key, _)| !types(key)).map(|(key, _)| key.clone()).collect();
    if given.is_empty() && !keys.is_empty() {
        return Ok(false);
    }
    let stays = row.fixed().filter(|key| !given.contains(key)).cloned().collect::<Vec<_>>();
    given.extend(stays);
    row.bound.keys = given;
    Ok(true)
}

fn typed_there(key: &str, action: Action) -> String {
    format!("{key} is typed as text where {} holds; take a key such as F5 or ^o", name(action))
}

/// Whether a key is typed into a text in a context.
fn types(context: Context, key: &str) -> bool {
    let edits = ["Backspace", "Delete", "Left", "Right", "Home", "End"].contains(&key);
    let is_pair = key.chars().count() == 2 && key.starts_with(|c: char| c.is_ascii_lowercase());
    let is_typed = token::is_text(key) || is_pair;
    match context {
        Context::Always | Context::Form => {
            is_typed || edits || ["Enter", "Up", "Down", "Insert"].contains(&key)
        }
        Context::Prompt | Context::Command | Context::Entry | Context::Help | Context::SignIn => {
            is_typed || edits
        }
        // The end of a sid, and a count.
        Context::Delete => key.len() == 1 && key.chars().all(|digit| digit.is_ascii_hexdigit()),
        Context::Plan => key.len() == 1 && key.chars().all(|digit| digit.is_ascii_digit()),
        _ => false,
    }
}

/// The rows that a line is about, made where there were none.
fn meant(
    rows: &mut Vec<Draft>,
    action: Action,
    context: Option<Context>,
    wish: &Rebinding,
) -> Result<Vec<usize>, Odd> {
    if let Some(context) = context {
        split(rows, action, context);
    }
    let is_meant = |row: &Draft| {
        let within = context.is_none_or(|context| row.bound.contexts == [context]);
        row.bound.action == action && within
    };
    let found: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| is_meant(row)).map(|(at, _)| at).collect();
    let has_row = BINDINGS.iter().any(|row| row.action == action);
    match context {
        _ if !found.is_empty() => Ok(found),
        // What only a command did so far.
        None | Some(Context::Global) if !has_row => {
            let command = COMMANDS.iter().find(|command| command.does == Does::Wish(action));
            let help = command.map_or("", |command| command.help);
            let (contexts, keys) = (vec![Context::Global], Vec::new());
            let bound = Bound { contexts, keys, action, hint: "", help, rank: 0 };
            rows.push(Draft { bound, before: Vec::new(), changed: None });
            Ok(vec![rows.len() - 1])
        }
        _ => {
            let spot = wish.context.as_ref().unwrap_or(&wish.action);
            let (action, context) = (name(action), context.map(name).unwrap_or_default());
            Err(Odd::at(spot, format!("{action} does nothing in {context}")))
        }
    }
}

/// Makes one context of a row a row of its own.
fn split(rows: &mut Vec<Draft>, action: Action, context: Context) {
    let shared = rows.iter().position(|row| {
        let contexts = &row.bound.contexts;
        row.bound.action == action && contexts.len() > 1 && contexts.contains(&context)
    });
    let Some(at) = shared else { return };
    let Some(row) = rows.get_mut(at) else { return };
    let mut own = row.clone();
    row.bound.contexts.retain(|it| *it != context);
    own.bound.contexts = vec![context];
    rows.insert(at + 1, own);
}

fn action(spot: &Spot) -> Result<Action, Odd> {
    let known = actions();
    if spot.text == name(Action::Delete) {
        return Err(Odd::at(spot, "delete has no key; it is typed, as :delete"));
    }
    let found = known.iter().find(|action| name(action) == spot.text);
    found.copied().ok_or_else(|| {
        let names = known.iter().map(name);
        Odd::at(spot, unknown("action", &spot.text, names))
    })
}

fn context(spot: &Spot) -> Result<Context, Odd> {
    let known = contexts();
    let found = known.iter().find(|context| name(context) == spot.text);
    found.copied().ok_or_else(|| {
        let names = known.iter().map(name);
        Odd::at(spot, unknown("context", &spot.text, names))
    })
}

fn unknown(what: &str, typed: &str, names: impl Iterator<Item = String>) -> String {
    let likely = names
        .map(|name| (strsim::jaro_winkler(typed, &name), name))
        .filter(|(alike, _)| *alike > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let likely = likely.map(|(_, name)| format!("; is it {name}?")).unwrap_or_default();
    let typed = shown(typed).text();
    format!("there is no {what} {typed}{likely} (switchboard keys --actions lists them)")
}

#[cfg(test)]
mod tests;
