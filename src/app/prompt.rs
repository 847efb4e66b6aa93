//! The one-line prompt at the foot: a filter for a list, a search in a tree, a command.

use crate::app::{form::line::Entry, query::Fault};

/// What the prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Words that rows must hold.
    Filter,
    /// Text to find in a tree.
    Search,
    /// A command, by its name.
    Command,
}

/// A line being typed.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What for.
    pub asks: Asks,
    /// What stood there before, for Esc.
    pub before: String,
    /// What is typed.
    pub entry: Entry,
    /// What is wrong with it; then what was right before it still holds.
    pub fault: Option<Fault>,
}

impl Prompt {
    /// A prompt that starts with what stands there now.
    pub fn new(asks: Asks, now: &str) -> Self {
        Self { asks, before: now.to_owned(), entry: Entry::new(now), fault: None }
    }

    /// What is typed so far.
    pub fn text(&self) -> &str {
        self.entry.text()
    }
}
