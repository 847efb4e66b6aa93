//! A text being typed, and the ones it took the place of. The text area knows single edits; replacing all of it is two of
//! them, with an empty text between, so that is remembered here: one undo, one text back.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::{CursorMove, TextArea};

/// As many replaced texts are kept as the text area keeps edits.
const KEPT: usize = 50;

/// A text area with those that it replaced.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    area: TextArea<'static>,
    before: Vec<TextArea<'static>>,
    after: Vec<TextArea<'static>>,
}

impl Text {
    /// A text that may have many lines, the cursor at its start. Carriage returns stay in their lines.
    pub(super) fn new(text: &str) -> Self {
        Self { area: area(text), ..Self::default() }
    }

    /// A text of one line, the cursor at its end. A line end inside it stays in the line.
    pub(super) fn of_a_line(text: &str) -> Self {
        let mut area = TextArea::new(vec![text.to_owned()]);
        area.move_cursor(CursorMove::End);
        Self { area, ..Self::default() }
    }

    pub(super) fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    pub(super) fn area_mut(&mut self) -> &mut TextArea<'static> {
        &mut self.area
    }

    /// Types a key; whether the text changed. When no edit is left to undo, the text that was replaced comes back.
    pub(super) fn input(&mut self, key: KeyEvent) -> bool {
        let changed = self.area.input(key);
        let (from, to) = match key.code {
            KeyCode::Char('u') if key.modifiers == KeyModifiers::CONTROL => {
                (&mut self.before, &mut self.after)
            }
            KeyCode::Char('r') if key.modifiers == KeyModifiers::CONTROL => {
                (&mut self.after, &mut self.before)
            }
            _ => {
                if changed {
                    self.after.clear();
                }
                return changed;
            }
        };
        if changed {
            return true;
        }
        let Some(other) = from.pop() else { return false };
        to.push(std::mem::replace(&mut self.area, other));
        true
    }

    /// Takes in pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        self.after.clear();
        self.area.insert_str(text);
    }

    /// Puts another text in the place of this one, the cursor at a byte of it.
    pub(super) fn put(&mut self, text: &str, at: usize) {
        self.after.clear();
        if self.before.len() == KEPT {
            self.before.remove(0);
        }
        self.before.push(std::mem::replace(&mut self.area, area(text)));
        let passed = text.get(..at).unwrap_or(text);
        let line = passed.rsplit('\n').next().unwrap_or_default();
        let place = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let row = passed.bytes().filter(|byte| *byte == b'\n').count();
        self.area.move_cursor(CursorMove::Jump(place(row), place(line.chars().count())));
    }

    /// The byte of the text, its lines joined, at which the cursor is.
    pub(super) fn at(&self) -> usize {
        let (row, column) = (self.area.cursor().0, self.area.cursor().1);
        let lines = self.area.lines();
        let before: usize = lines.iter().take(row).map(|line| line.len() + 1).sum();
        let line = lines.get(row).map_or("", String::as_str);
        before + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }
}

fn area(text: &str) -> TextArea<'static> {
    TextArea::new(text.split('\n').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &mut Text, keys: &str) -> String {
        for key in keys.split(' ') {
            let key = match key.strip_prefix('^') {
                Some(key) => {
                    let code = KeyCode::Char(key.chars().next().unwrap());
                    KeyEvent::new(code, KeyModifiers::CONTROL)
                }
                None => KeyEvent::from(KeyCode::Char(key.chars().next().unwrap())),
            };
            text.input(key);
        }
        text.area().lines().join("\n")
    }

    #[test]
    fn each_replaced_text_comes_back_with_one_undo_and_goes_with_one_redo() {
        let mut text = Text::new("old");
        assert_eq!(typed(&mut text, "a"), "aold");
        text.put("new\r\n\ntext", 5);
        assert_eq!((text.area().cursor().0, text.at()), (1, 5));
        text.put("third", 2);
        assert_eq!(typed(&mut text, "x"), "thxird");
        assert_eq!(typed(&mut text, "^u"), "third");
        assert_eq!(typed(&mut text, "^u"), "new\r\n\ntext", "every byte of it");
        assert_eq!(typed(&mut text, "^u"), "aold");
        assert_eq!(typed(&mut text, "^u"), "old");
        assert_eq!(typed(&mut text, "^u"), "old", "there is nothing before");
        assert_eq!(typed(&mut text, "^r ^r ^r"), "third");
        assert_eq!(typed(&mut text, "^r"), "thxird");
        assert_eq!(
            typed(&mut text, "^u ^u ! ^r"),
            "new\r\n!\ntext",
            "typing forgets what was undone"
        );
    }

    #[test]
    fn the_cursor_goes_where_it_is_put_even_between_wide_characters() {
        let mut text = Text::new("");
        text.put("{\n \"日本\": 1}", 7);
        assert_eq!((text.area().cursor().0, text.area().cursor().1, text.at()), (1, 3, 7));
        text.put("far", 99);
        assert_eq!(text.at(), 3);
    }

    #[test]
    fn replaced_texts_do_not_pile_up_for_ever() {
        let mut text = Text::new("0");
        for n in 1..200 {
            text.put(&n.to_string(), 0);
        }
        assert_eq!(text.before.len(), KEPT);
        assert_eq!(typed(&mut text, "^u"), "198");
    }
}
