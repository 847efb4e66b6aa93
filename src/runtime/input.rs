//! Terminal events as facts: one spelling for every key, releases left out.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;

use crate::app::msg::Msg;

/// The fact an event stands for, if it is one.
pub fn fact(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => normalised(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Pasted(text)),
        Event::Resize(width, height) => Some(Msg::Resized(Size::new(width, height))),
        Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

/// Terminals differ in whether a capital letter carries SHIFT, and some tell releases.
fn normalised(mut key: KeyEvent) -> Option<KeyEvent> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    key.kind = KeyEventKind::Press;
    if matches!(key.code, KeyCode::Char(_)) {
        key.modifiers.remove(KeyModifiers::SHIFT);
    }
    Some(KeyEvent::new(key.code, key.modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_goes_and_releases_are_dropped() {
        let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        let plain = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::NONE);
        assert_eq!(fact(Event::Key(shifted)), Some(Msg::Key(plain)));
        let release = KeyEvent { kind: KeyEventKind::Release, ..plain };
        assert_eq!(fact(Event::Key(release)), None);
        assert_eq!(fact(Event::FocusLost), None);
    }
}
