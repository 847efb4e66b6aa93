//! Keys typed into a text of one line: a field, or the prompt at the foot.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

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
