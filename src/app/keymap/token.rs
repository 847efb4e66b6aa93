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

const NAMED: &[&str] = &[
    "Enter",
    "Esc",
    "Space",
    "Tab",
    "S-Tab",
    "Backspace",
    "Delete",
    "Insert",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "Up",
    "Down",
    "Left",
    "Right",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "F11",
    "F12",
];

/// Reads a key as a person writes it.
///
/// # Errors
/// Why there is no such key, or none that every terminal can send.
pub(super) fn read(typed: &str) -> Result<String, String> {
    let key = match typed {
        "↓" => "Down",
        "↑" => "Up",
        "←" => "Left",
        "→" => "Right",
        " " => "Space",
        other => other,
    };
    if let "^m" | "^i" | "^[" | "^a" = key {
        let why = match key {
            "^m" => "old terminals send it for Enter",
            "^i" => "old terminals send it for Tab",
            "^[" => "it is Esc",
            _ => "screen and tmux often keep it for themselves",
        };
        return Err(format!("{key} cannot be used: {why}"));
    }
    let letters: Vec<char> = key.chars().collect();
    let is_key = match letters.as_slice() {
        ['^', letter] => letter.is_ascii_lowercase(),
        [first, second] if first.is_ascii_lowercase() => is_letter(*second),
        [letter] | ['A', 'l', 't', '-', letter] => is_letter(*letter),
        _ => false,
    };
    if is_key || NAMED.contains(&key) {
        return Ok(key.to_owned());
    }
    Err("expected a key such as \"j\", \"yy\", \"^d\", \"Enter\", \"Space\", \"S-Tab\", \"PgDn\", \"F5\" or \"Alt-x\""
        .to_owned())
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_graphic() || letter.is_alphanumeric()
}

/// Whether a key is a letter, or anything else that is one character of a text.
pub(super) fn is_text(key: &str) -> bool {
    key == "Space" || key.chars().count() == 1
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

    #[test]
    fn keys_are_read_as_they_are_spelled() {
        for key in ["j", "ö", "yy", "g[", "^d", "Enter", "F12", "S-Tab", "Alt-x", ":"] {
            assert_eq!(read(key).as_deref(), Ok(key));
        }
        assert_eq!(read("↓").as_deref(), Ok("Down"));
        assert_eq!(read(" ").as_deref(), Ok("Space"));
        for key in ["", "jjj", "Gx", "enter", "F13", "^D", "^", "\u{1b}", "\u{202e}", "Alt-", "^^"]
        {
            assert_eq!(read(key).is_ok(), key == "^", "{key:?}");
        }
        for (key, why) in [("^m", "Enter"), ("^i", "Tab"), ("^[", "Esc"), ("^a", "tmux")] {
            assert!(read(key).unwrap_err().contains(why));
        }
    }

    #[test]
    fn every_key_of_the_table_can_be_written_down() {
        for key in crate::app::keymap::BINDINGS.iter().flat_map(|row| row.keys) {
            assert_eq!(read(key).as_deref(), Ok(*key));
        }
    }
}
