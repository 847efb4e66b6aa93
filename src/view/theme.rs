//! The one room that knows colours. Everything else speaks of roles.

mod finish;
mod palette;
mod rgb;

use ratatui::style::{Color, Modifier, Style};

pub(crate) use self::finish::FROM_AFAR;
pub use self::rgb::Rgb;
use crate::config::{
    Colour,
    look::{Glyphs, Paint, Role, Shade},
};

/// How many colours the terminal has, where they are told by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All there are.
    All,
    /// 256 of them.
    Indexed,
}

/// Where colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colours {
    /// There are none.
    None,
    /// The terminal's own palette.
    Named,
    /// The theme's.
    Exact(Depth),
}

/// A style for each role on the screen.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The ground, and text that no other role colours.
    pub base: Style,
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
    colours: Colours,
    glyphs: Glyphs,
}

impl Theme {
    /// Sixteen colours, as the terminal's own palette defines them.
    pub fn colour() -> Self {
        let plain = Style::new();
        let fg = |colour| plain.fg(colour);
        let bold = |colour| fg(colour).add_modifier(Modifier::BOLD);
        Self {
            base: plain,
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
            json_key: fg(Color::Cyan),
            json_string: fg(Color::Green),
            json_number: fg(Color::Yellow),
            json_word: fg(Color::Magenta),
            hit: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            colours: Colours::Named,
            glyphs: Glyphs::Unicode,
        }
    }

    /// No colour at all: weight, reverse video and glyphs carry the meaning.
    pub fn mono() -> Self {
        let plain = Style::new();
        let with = |modifier| plain.add_modifier(modifier);
        Self {
            base: plain,
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
            json_key: with(Modifier::BOLD),
            json_string: plain,
            json_number: plain,
            json_word: plain,
            hit: with(Modifier::BOLD | Modifier::UNDERLINED),
            colours: Colours::None,
            glyphs: Glyphs::Unicode,
        }
    }

    /// Light text on a dark ground.
    pub fn dark(depth: Depth) -> Self {
        palette::DARK.theme(depth)
    }

    /// Dark text on a light ground.
    pub fn light(depth: Depth) -> Self {
        palette::LIGHT.theme(depth)
    }

    /// Nothing is told by red against green.
    pub fn deuteranopia(depth: Depth) -> Self {
        palette::DEUTERANOPIA.theme(depth)
    }

    /// The strongest colours on black.
    pub fn high_contrast(depth: Depth) -> Self {
        palette::HIGH_CONTRAST.theme(depth)
    }

    /// The same, drawn with these glyphs.
    #[must_use]
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// The same with other colours for these roles; weight and lines stay. Where there are no colours there are no
    /// others either.
    #[must_use]
    pub fn with_roles(mut self, roles: &[(Role, Paint)], depth: Depth) -> Self {
        if self.colours == Colours::None {
            return self;
        }
        for (role, paint) in roles {
            let shade = colour(paint.shade, depth);
            if *role == Role::Background {
                self.base.bg = Some(shade);
                continue;
            }
            let style = self.style_of(*role);
            style.fg = Some(shade);
            if let Some(ground) = paint.ground {
                style.bg = Some(colour(ground, depth));
            }
        }
        self
    }

    fn style_of(&mut self, role: Role) -> &mut Style {
        match role {
            Role::Background | Role::Text => &mut self.base,
            Role::Dim => &mut self.dim,
            Role::Label => &mut self.label,
            Role::Title => &mut self.title,
            Role::TitleFocused => &mut self.title_focused,
            Role::Border => &mut self.border,
            Role::BorderFocused => &mut self.border_focused,
            Role::Cursor => &mut self.cursor,
            Role::CursorAway => &mut self.cursor_away,
            Role::Key => &mut self.key,
            Role::Ok => &mut self.ok,
            Role::Warn => &mut self.warn,
            Role::Bad => &mut self.bad,
            Role::Pending => &mut self.pending,
            Role::Gone => &mut self.gone,
            Role::Escaped => &mut self.escaped,
            Role::Account => &mut self.account,
            Role::Practice => &mut self.practice,
            Role::Production => &mut self.production,
            Role::Calm => &mut self.calm,
            Role::JsonKey => &mut self.json_key,
            Role::JsonString => &mut self.json_string,
            Role::JsonNumber => &mut self.json_number,
            Role::JsonWord => &mut self.json_word,
            Role::Hit => &mut self.hit,
        }
    }

    /// An account in the header: its own colour, else production's, else the usual.
    pub fn band(&self, production: bool, colour: Option<Colour>) -> Style {
        let usual = if production { self.production } else { self.account };
        let band = |(text, ground)| Style::new().fg(text).bg(ground).add_modifier(Modifier::BOLD);
        match (self.colours, colour) {
            (Colours::None, _) | (_, None) => usual,
            (Colours::Named, Some(colour)) => band(named(colour)),
            (Colours::Exact(depth), Some(colour)) => {
                let (text, ground) = exact(colour);
                band((depth.colour(text), depth.colour(ground)))
            }
        }
    }
}

/// Text and ground of a profile's colour, as the terminal's palette has them.
fn named(colour: Colour) -> (Color, Color) {
    match colour {
        Colour::Red => (Color::White, Color::Red),
        Colour::Yellow => (Color::Black, Color::Yellow),
        Colour::Green => (Color::Black, Color::Green),
        Colour::Cyan => (Color::Black, Color::Cyan),
        Colour::Blue => (Color::White, Color::Blue),
        Colour::Magenta => (Color::White, Color::Magenta),
        Colour::White => (Color::Black, Color::White),
    }
}

/// The same where the theme has its own.
fn exact(colour: Colour) -> (Rgb, Rgb) {
    let (black, white) = (Rgb::hex(0), Rgb::hex(0xff_ff_ff));
    match colour {
        Colour::Red => (white, Rgb::hex(0xb0_1e_23)),
        Colour::Yellow => (black, Rgb::hex(0xf2_c1_4e)),
        Colour::Green => (black, Rgb::hex(0x6f_c2_4a)),
        Colour::Cyan => (black, Rgb::hex(0x5c_cf_e6)),
        Colour::Blue => (white, Rgb::hex(0x25_57_a6)),
        Colour::Magenta => (white, Rgb::hex(0x8a_2f_9e)),
        Colour::White => (black, Rgb::hex(0xe6_e6_e6)),
    }
}

/// A colour that a person chose.
fn colour(shade: Shade, depth: Depth) -> Color {
    match shade {
        Shade::Own => Color::Reset,
        Shade::Named(number) => Color::Indexed(number),
        Shade::Rgb(red, green, blue) => depth.colour(Rgb(red, green, blue)),
    }
}

#[cfg(test)]
mod tests;
