//! The one-line prompt at the foot: a filter for a list, a search in a tree.

use crossterm::event::KeyEvent;
use tui_textarea::{CursorMove, TextArea};

use crate::app::form::line;

/// What the prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Words that rows must hold.
    Filter,
    /// Text to find in a tree.
    Search,
}

/// A line being typed.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What for.
    pub asks: Asks,
    /// What stood there before, for Esc.
    pub before: String,
    area: TextArea<'static>,
}

impl Prompt {
    /// A prompt that starts with what stands there now.
    pub fn new(asks: Asks, now: &str) -> Self {
        let mut area = TextArea::new(vec![now.to_owned()]);
        area.move_cursor(CursorMove::End);
        Self { asks, before: now.to_owned(), area }
    }

    /// What is typed so far.
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Column of the cursor, in characters.
    pub fn column(&self) -> usize {
        self.area.cursor().1
    }

    /// Types a key.
    pub fn input(&mut self, key: KeyEvent) {
        line::input(&mut self.area, key);
    }

    /// Takes in pasted text, its line ends as blanks.
    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(line::flat(text));
    }
}
