//! Keys typed into a text of one line: a field, or the prompt at the foot.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::{CursorMove, TextArea};

/// A text of one line being typed.
#[derive(Debug, Clone)]
pub struct Entry {
    area: TextArea<'static>,
}

impl Entry {
    /// An entry that starts with this text, the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(vec![text.to_owned()]);
        area.move_cursor(CursorMove::End);
        Self { area }
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
        input(&mut self.area, key);
    }

    /// Takes in pasted text, its line ends as blanks.
    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(flat(text));
    }
}

/// Types a key; whether the text changed, or `None` when the key is not for a line. `^u` clears to the start, as in a
/// shell.
pub(crate) fn input(area: &mut TextArea<'static>, key: KeyEvent) -> Option<bool> {
    if matches!(key.code, KeyCode::Enter | KeyCode::Tab) || is_line_end(key) {
        return None;
    }
    if key.code == KeyCode::Char('u') && key.modifiers == KeyModifiers::CONTROL {
        return Some(area.delete_line_by_head());
    }
    Some(area.input(key))
}

/// Pasted text for one line: line ends become blanks, those at the end go.
pub(crate) fn flat(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ").trim_end().to_owned()
}

/// Terminals that tell `^m` from Enter would otherwise put a second, unseen line into a one-line text.
fn is_line_end(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('m') && key.modifiers.contains(KeyModifiers::CONTROL)
}
