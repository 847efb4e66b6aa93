//! How the console looks, as `config.toml` tells it: a theme by name, roles in other colours, and which glyphs.

use clap::ValueEnum;
use jiff::tz::TimeZone;

use crate::config::{
    ConfigError,
    document::{Table, TextOrTable},
};

/// The themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ThemeName {
    /// Dark or light as the terminal is; its own sixteen colours where it does not tell
    #[default]
    Auto,
    /// Light text on a dark ground
    Dark,
    /// Dark text on a light ground
    Light,
    /// Blue, yellow and orange in place of green and red
    Deuteranopia,
    /// The strongest colours on black
    HighContrast,
    /// No colour at all
    Mono,
    /// The sixteen colours of the terminal's own palette, on its own ground
    Terminal,
}

impl ThemeName {
    /// By their names.
    pub const NAMES: &[(&str, Self)] = &[
        ("auto", Self::Auto),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("deuteranopia", Self::Deuteranopia),
        ("high-contrast", Self::HighContrast),
        ("mono", Self::Mono),
        ("terminal", Self::Terminal),
    ];
}

/// Which glyphs frames, marks and bars are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// All there are.
    Unicode,
    /// Those of ASCII.
    Ascii,
}

impl Glyphs {
    const NAMES: &[(&str, Self)] = &[("unicode", Self::Unicode), ("ascii", Self::Ascii)];
}

/// In which zone times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Times {
    /// In this machine's.
    #[default]
    Local,
    /// In none but UTC.
    Utc,
}

impl Times {
    const NAMES: &[(&str, Self)] = &[("local", Self::Local), ("utc", Self::Utc)];

    /// The zone.
    pub fn zone(self) -> TimeZone {
        match self {
            Self::Local => TimeZone::system(),
            Self::Utc => TimeZone::UTC,
        }
    }
}

/// One colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// The terminal's own.
    Own,
    /// One of the terminal's sixteen.
    Named(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

const SHADES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

impl Shade {
    fn parse(word: &str) -> Option<Self> {
        if word == "default" {
            return Some(Self::Own);
        }
        if let Some(digits) = word.strip_prefix('#') {
            let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
            let [_, red, green, blue] = number.to_be_bytes();
            return Some(Self::Rgb(red, green, blue));
        }
        let (name, offset) = match word.strip_prefix("bright-") {
            Some(name) => (name, 8),
            None => (word, 0),
        };
        let at = SHADES.iter().position(|shade| *shade == name)?;
        u8::try_from(at).ok().map(|at| Self::Named(at + offset))
    }
}

/// Another colour for a role, and perhaps another ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// Of the text.
    pub shade: Shade,
    /// Behind it.
    pub ground: Option<Shade>,
}

impl Paint {
    /// Reads `"COLOUR"` or `"COLOUR on COLOUR"`.
    fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (shade, ground) = match words.as_slice() {
            [shade] => (shade, None),
            [shade, "on", ground] => (shade, Some(Shade::parse(ground)?)),
            _ => return None,
        };
        Some(Self { shade: Shade::parse(shade)?, ground })
    }
}

/// What has a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Background,
    Text,
    Dim,
    Label,
    Title,
    TitleFocused,
    Border,
    BorderFocused,
    Cursor,
    CursorAway,
    Key,
    Ok,
    Warn,
    Bad,
    Pending,
    Gone,
    Escaped,
    Account,
    Practice,
    Production,
    Calm,
    JsonKey,
    JsonString,
    JsonNumber,
    JsonWord,
    Hit,
}

/// The roles by their names, and what each is for.
pub const ROLES: &[(&str, Role, &str)] = &[
    ("background", Role::Background, "The ground of the whole screen."),
    ("text", Role::Text, "Plain text."),
    ("dim", Role::Dim, "What matters less."),
    ("label", Role::Label, "Column heads and labels."),
    ("title", Role::Title, "A pane's title."),
    ("title_focused", Role::TitleFocused, "The title of the pane that has the focus."),
    ("border", Role::Border, "A pane's frame."),
    ("border_focused", Role::BorderFocused, "The frame of the pane that has the focus."),
    ("cursor", Role::Cursor, "The row under the cursor."),
    ("cursor_away", Role::CursorAway, "The same in a pane that has no focus."),
    ("key", Role::Key, "A key in a hint."),
    ("ok", Role::Ok, "Done."),
    ("warn", Role::Warn, "Needs attention."),
    ("bad", Role::Bad, "Failed."),
    ("pending", Role::Pending, "Sent and not confirmed."),
    ("gone", Role::Gone, "No longer on the server."),
    ("escaped", Role::Escaped, "Bytes that would not show by themselves."),
    ("account", Role::Account, "A real account in the header."),
    ("practice", Role::Practice, "The practice account in the header."),
    ("production", Role::Production, "Production in the header."),
    ("calm", Role::Calm, "That an account is read-only."),
    ("json_key", Role::JsonKey, "A key in the attributes."),
    ("json_string", Role::JsonString, "A text in the attributes."),
    ("json_number", Role::JsonNumber, "A number in the attributes."),
    ("json_word", Role::JsonWord, "true, false and null in the attributes."),
    ("hit", Role::Hit, "What was searched for and found."),
];

/// How the console shall look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The theme, where one is named.
    pub theme: Option<ThemeName>,
    /// Roles in other colours than the theme's.
    pub roles: Vec<(Role, Paint)>,
    /// Which glyphs, where it is said.
    pub glyphs: Option<Glyphs>,
    /// Whether there is a mouse, where it is said.
    pub mouse: Option<bool>,
    /// In which zone times are shown.
    pub times: Times,
}

/// Takes `theme`, `glyphs`, `mouse` and `times` out of the file.
pub(super) fn take(root: &mut Table, warnings: &mut Vec<String>) -> Result<Look, ConfigError> {
    let glyphs = root.word("glyphs", Glyphs::NAMES)?.map(|found| found.value);
    let mouse = root.truth("mouse")?.map(|found| found.value);
    let times = root.word("times", Times::NAMES)?.map(|found| found.value).unwrap_or_default();
    let mut look = Look { glyphs, mouse, times, ..Look::default() };
    match root.text_or_table("theme")? {
        Some(TextOrTable::Text) => {
            look.theme = root.word("theme", ThemeName::NAMES)?.map(|found| found.value);
        }
        Some(TextOrTable::Table(mut table)) => {
            look.theme = table.word("name", ThemeName::NAMES)?.map(|found| found.value);
            for (name, role, _) in ROLES {
                let Some(found) = table.text(name)? else { continue };
                let Some(paint) = Paint::parse(&found.value) else {
                    let what = "expected a colour such as \"#5ccfe6\", \"bright-red\" or \"default\", and behind it \
                                perhaps another: \"white on #2a5caa\"";
                    return Err(table.odd(&found, what));
                };
                look.roles.push((*role, paint));
            }
            warnings.extend(table.unknown());
        }
        None => {}
    }
    Ok(look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_nothing_else_is() {
        let paint = |shade, ground| Some(Paint { shade, ground });
        assert_eq!(Paint::parse("#5ccfe6"), paint(Shade::Rgb(0x5c, 0xcf, 0xe6), None));
        assert_eq!(Paint::parse("bright-red"), paint(Shade::Named(9), None));
        let ground = Some(Shade::Rgb(0, 0, 255));
        assert_eq!(Paint::parse("white  on #0000FF"), paint(Shade::Named(7), ground));
        assert_eq!(Paint::parse("default on black"), paint(Shade::Own, Some(Shade::Named(0))));
        for odd in ["", "#fff", "#+12345", "#12345é", "pink", "red blue", "on red", "red on"] {
            assert_eq!(Paint::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_command_line_and_the_file_call_themes_the_same() {
        for (name, theme) in ThemeName::NAMES {
            assert_eq!(ThemeName::from_str(name, false), Ok(*theme));
        }
        assert_eq!(ThemeName::NAMES.len(), ThemeName::value_variants().len());
    }
}
