//! The names of actions and contexts as `config.toml` spells them: `view-channels`, `first-run`.

use std::fmt::Debug;

use super::{BINDINGS, Context};
use crate::app::{
    action::Action,
    command::{COMMANDS, Does},
};

/// The name of an action or a context.
pub fn name(of: impl Debug) -> String {
    let mut name = String::new();
    for letter in format!("{of:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// All actions that can have a key, each once, in the order of the table.
pub fn actions() -> Vec<Action> {
    let wished = COMMANDS.iter().filter_map(|command| match command.does {
        Does::Wish(action) => Some(action),
        _ => None,
    });
    let mut all: Vec<Action> = Vec::new();
    for action in BINDINGS.iter().map(|row| row.action).chain(wished) {
        if !all.contains(&action) {
            all.push(action);
        }
    }
    all
}

/// All contexts in which a key can mean something, each once.
pub fn contexts() -> Vec<Context> {
    let mut all: Vec<Context> = Vec::new();
    for context in BINDINGS.iter().flat_map(|row| row.contexts) {
        if !all.contains(context) {
            all.push(*context);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_small_words_with_dashes() {
        assert_eq!(name(Action::ViewChannels), "view-channels");
        assert_eq!(name(Context::FirstRun), "first-run");
        assert_eq!(name(Action::Open), "open");
    }

    #[test]
    fn no_action_is_called_like_a_context_that_holds_actions() {
        let names: HashSet<String> = actions().iter().map(name).collect();
        assert_eq!(names.len(), actions().len());
    }
}
