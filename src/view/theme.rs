//! The one room that knows colours. Everything else speaks of roles.

use ratatui::style::{Color, Modifier, Style};

use crate::config::Colour;

/// A style for each role on the screen.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// What matters less.
    pub dim: Style,
    /// Column heads and labels.
    pub label: Style,
    /// A pane's title.
    pub title: Style,
    /// The title of the pane that has the focus.
    pub title_focused: Style,
    /// A pane's frame.
    pub border: Style,
    /// The frame of the pane that has the focus.
    pub border_focused: Style,
    /// The row under the cursor, where the focus is.
    pub cursor: Style,
    /// The row under the cursor of a pane that has no focus.
    pub cursor_away: Style,
    /// A key in a hint.
    pub key: Style,
    /// Done.
    pub ok: Style,
    /// Needs attention.
    pub warn: Style,
    /// Failed.
    pub bad: Style,
    /// Sent and not confirmed.
    pub pending: Style,
    /// No longer on the server.
    pub gone: Style,
    /// Made visible: bytes that would not show by themselves.
    pub escaped: Style,
    /// A real account in the header.
    pub account: Style,
    /// The practice account in the header.
    pub practice: Style,
    /// Production in the header.
    pub production: Style,
    /// Read-only: a promise, no alarm.
    pub calm: Style,
    has_colours: bool,
    /// A JSON key.
    pub json_key: Style,
    /// A JSON string.
    pub json_string: Style,
    /// A JSON number.
    pub json_number: Style,
    /// `true`, `false` and `null`.
    pub json_word: Style,
    /// A search hit.
    pub hit: Style,
}

impl Theme {
    /// Sixteen colours, as the terminal's own palette defines them.
    pub fn colour() -> Self {
        let plain = Style::new();
        let fg = |colour| plain.fg(colour);
        let bold = |colour| fg(colour).add_modifier(Modifier::BOLD);
        Self {
            text: plain,
            dim: fg(Color::DarkGray),
            label: fg(Color::DarkGray),
            title: plain,
            title_focused: bold(Color::Cyan),
            border: fg(Color::DarkGray),
            border_focused: fg(Color::Cyan),
            cursor: fg(Color::White).bg(Color::Blue).add_modifier(Modifier::BOLD),
            cursor_away: plain.add_modifier(Modifier::BOLD),
            key: bold(Color::Cyan),
            ok: fg(Color::Green),
            warn: fg(Color::Yellow),
            bad: bold(Color::Red),
            pending: fg(Color::Yellow).add_modifier(Modifier::ITALIC),
            gone: fg(Color::DarkGray).add_modifier(Modifier::CROSSED_OUT),
            escaped: fg(Color::Magenta),
            account: fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD),
            practice: fg(Color::Black).bg(Color::Cyan).add_modifier(Modifier::BOLD),
            production: fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD),
            calm: fg(Color::Green),
            has_colours: true,
            json_key: fg(Color::Cyan),
            json_string: fg(Color::Green),
            json_number: fg(Color::Yellow),
            json_word: fg(Color::Magenta),
            hit: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// No colour at all: weight, reverse video and glyphs carry the meaning.
    pub fn mono() -> Self {
        let plain = Style::new();
        let with = |modifier| plain.add_modifier(modifier);
        Self {
            text: plain,
            dim: with(Modifier::DIM),
            label: with(Modifier::DIM),
            title: plain,
            title_focused: with(Modifier::BOLD),
            border: with(Modifier::DIM),
            border_focused: plain,
            cursor: with(Modifier::REVERSED),
            cursor_away: with(Modifier::BOLD),
            key: with(Modifier::BOLD),
            ok: plain,
            warn: with(Modifier::BOLD),
            bad: with(Modifier::BOLD | Modifier::UNDERLINED),
            pending: with(Modifier::ITALIC),
            gone: with(Modifier::DIM | Modifier::CROSSED_OUT),
            escaped: with(Modifier::UNDERLINED),
            account: with(Modifier::REVERSED | Modifier::BOLD),
            practice: with(Modifier::BOLD),
            production: with(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
            calm: plain,
            has_colours: false,
            json_key: with(Modifier::BOLD),
            json_string: plain,
            json_number: plain,
            json_word: plain,
            hit: with(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// An account in the header: its own colour, else production's, else the usual.
    pub fn band(&self, production: bool, colour: Option<Colour>) -> Style {
        let usual = if production { self.production } else { self.account };
        let Some(colour) = colour.filter(|_| self.has_colours) else { return usual };
        let (text, band) = match colour {
            Colour::Red => (Color::White, Color::Red),
            Colour::Yellow => (Color::Black, Color::Yellow),
            Colour::Green => (Color::Black, Color::Green),
            Colour::Cyan => (Color::Black, Color::Cyan),
            Colour::Blue => (Color::White, Color::Blue),
            Colour::Magenta => (Color::White, Color::Magenta),
            Colour::White => (Color::Black, Color::White),
        };
        Style::new().fg(text).bg(band).add_modifier(Modifier::BOLD)
    }
}
