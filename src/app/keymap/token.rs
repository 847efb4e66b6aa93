//! The spelling of keys: `j`, `^d`, `Enter`, `F4`, `S-Tab`, `Alt-x`.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The name under which the table knows a key.
pub fn token(key: KeyEvent) -> String {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            format!("^{}", letter.to_ascii_lowercase())
        }
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::BackTab => "S-Tab".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::F(number) => format!("F{number}"),
        other => format!("{other:?}"),
    };
    if key.modifiers.contains(KeyModifiers::ALT) { format!("Alt-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_spelled_as_the_table_spells_them() {
        let plain = |code| token(KeyEvent::from(code));
        assert_eq!(plain(KeyCode::Char('G')), "G");
        assert_eq!(plain(KeyCode::Esc), "Esc");
        assert_eq!(plain(KeyCode::F(1)), "F1");
        assert_eq!(plain(KeyCode::PageUp), "PgUp");
        assert_eq!(token(KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL)), "^d");
        assert_eq!(token(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::ALT)), "Alt-x");
    }
}
