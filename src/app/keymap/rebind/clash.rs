//! Keys that mean two things, or that nobody can press any more.

use super::{Draft, Odd};
use crate::app::{
    action::Action,
    keymap::{Context, is_prefix, name, stacks, token},
};
use crate::config::{Rebinding, Spot};

/// Refuses what leaves a key with two meanings, or quitting without any.
pub(super) fn refuse(rows: &[Draft], wishes: &[Rebinding]) -> Result<(), Odd> {
    let lost =
        rows.iter().find(|row| row.bound.action == Action::Quit && row.bound.keys.is_empty());
    if let Some(spot) = lost.and_then(|row| place(row, None, wishes)) {
        return Err(Odd::at(spot, "quit needs a key: it is the way out"));
    }
    for (first, row) in rows.iter().enumerate() {
        for other in rows.iter().skip(first + 1) {
            refuse_pair(row, other, wishes)?;
        }
    }
    for stack in stacks() {
        refuse_prefix(rows, &stack, wishes)?;
    }
    Ok(())
}

/// Two rows of one context with the same key.
fn refuse_pair(row: &Draft, other: &Draft, wishes: &[Rebinding]) -> Result<(), Odd> {
    let shared = row.bound.contexts.iter().find(|it| other.bound.contexts.contains(it));
    let key = row.bound.keys.iter().find(|key| other.bound.keys.contains(key));
    let (Some(context), Some(key)) = (shared, key) else { return Ok(()) };
    if row.bound.action == other.bound.action {
        return Ok(());
    }
    // Told at the line that gave the key away, and of two such lines at the later.
    let (told, against) = later(row, other, key);
    let Some(spot) = place(told, Some(key), wishes) else { return Ok(()) };
    let (context, against) = (name(context), name(against.bound.action));
    let what =
        format!("{key} is {against} in {context} already; give {against} another key, or none");
    Err(Odd::at(spot, what))
}

/// Of two rows that share a key the one that got it later, then the other.
fn later<'a>(row: &'a Draft, other: &'a Draft, key: &str) -> (&'a Draft, &'a Draft) {
    let gained = |row: &Draft| row.changed.filter(|_| row.gained(key));
    if gained(row) > gained(other) { (row, other) } else { (other, row) }
}

/// A key that is also the first of two.
fn refuse_prefix(rows: &[Draft], stack: &[Context], wishes: &[Rebinding]) -> Result<(), Odd> {
    let within = || {
        let holds = |row: &&Draft| row.bound.contexts.iter().any(|it| stack.contains(it));
        rows.iter().filter(holds)
    };
    for row in within() {
        for key in row.bound.keys.iter().filter(|key| token::is_text(key)) {
            let hidden = within().find_map(|other| {
                let pair = other.bound.keys.iter().find(|pair| is_prefix(key, pair))?;
                Some((other, pair))
            });
            let Some((other, pair)) = hidden else { continue };
            let (told, at) = if row.changed > other.changed { (row, key) } else { (other, pair) };
            let Some(spot) = place(told, Some(at), wishes) else { continue };
            let (action, of) = (name(row.bound.action), name(other.bound.action));
            return Err(Odd::at(spot, format!("{key} of {action} hides {pair} of {of}")));
        }
    }
    Ok(())
}

/// Keys that mean something else in a context that comes first.
pub(super) fn hidden(rows: &[Draft], wishes: &[Rebinding]) -> Vec<Odd> {
    let mut found: Vec<Odd> = Vec::new();
    for stack in stacks() {
        for (at, upper) in stack.iter().enumerate() {
            for lower in stack.iter().skip(at + 1) {
                for odd in hidden_below(rows, *upper, *lower, wishes) {
                    if !found.contains(&odd) {
                        found.push(odd);
                    }
                }
            }
        }
    }
    found.sort_by_key(|odd| (odd.line, odd.column));
    found
}

fn hidden_below(rows: &[Draft], upper: Context, lower: Context, wishes: &[Rebinding]) -> Vec<Odd> {
    let within =
        |context: Context| rows.iter().filter(move |row| row.bound.contexts.contains(&context));
    let mut found = Vec::new();
    for row in within(upper) {
        // Whoever names the context means it.
        let wish = row.changed.and_then(|at| wishes.get(at));
        if wish.is_some_and(|wish| wish.context.is_some()) {
            continue;
        }
        for other in within(lower).filter(|other| other.bound.action != row.bound.action) {
            let shared = row.bound.keys.iter().filter(|key| other.bound.keys.contains(key));
            for key in shared.filter(|key| row.gained(key) || other.gained(key)) {
                let told = if other.gained(key) { other } else { row };
                let Some(spot) = place(told, Some(key), wishes) else { continue };
                let (action, of) = (name(row.bound.action), name(other.bound.action));
                let upper = name(upper);
                let what = format!("{key} is {action} in {upper}, so that it is not {of} there");
                found.push(Odd::at(spot, what));
            }
        }
    }
    found
}

/// Where the config gave a row this key, or spoke of the row.
fn place<'a>(row: &Draft, key: Option<&str>, wishes: &'a [Rebinding]) -> Option<&'a Spot> {
    let wish = wishes.get(row.changed?)?;
    let is_key = |spot: &&Spot| token::read(&spot.text).ok().as_deref() == key;
    Some(wish.keys.iter().find(is_key).unwrap_or(&wish.action))
}
