//! Every theme on every screen: what is written can be read, the row under the cursor is seen, and where there are
//! only glyphs of ASCII ours are among them.

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use super::scenes::{self, Extent, State};
use crate::{
    app::model::Model,
    config::look::Glyphs,
    view::theme::{Depth, Rgb, Theme},
};

const SIZES: [Extent; 3] = [(80, 24), (120, 40), (200, 50)];

pub(super) fn themes() -> [(&'static str, Theme); 6] {
    [
        ("dark", Theme::dark(Depth::All)),
        ("light", Theme::light(Depth::All)),
        ("deuteranopia", Theme::deuteranopia(Depth::All)),
        ("high-contrast", Theme::high_contrast(Depth::All)),
        ("mono", Theme::mono()),
        ("terminal", Theme::colour()),
    ]
}

fn drawn(model: &Model, theme: &Theme) -> Buffer {
    super::frame(model, theme).0
}

fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
        _ => None,
    }
}

/// Frames are no text.
fn is_text(cell: &Cell) -> bool {
    !cell.symbol().chars().all(|letter| letter == ' ' || ('─'..='╿').contains(&letter))
}

#[test]
fn whatever_is_written_in_any_theme_can_be_read() {
    for size in SIZES {
        for (scene, model) in scenes::all(size) {
            for (name, theme) in themes() {
                let buffer = drawn(&model, &theme);
                if rgb(theme.base.fg.unwrap_or_default()).is_none() {
                    continue;
                }
                for (at, cell) in buffer.content.iter().enumerate().filter(|(_, it)| is_text(it)) {
                    let (fg, bg) = (rgb(cell.fg), rgb(cell.bg));
                    let contrast = fg.zip(bg).map_or(0.0, |(fg, bg)| fg.contrast(bg));
                    let (x, y) = buffer.pos_of(at);
                    let symbol = cell.symbol();
                    assert!(
                        contrast >= 4.5,
                        "{name}, {scene} {size:?}: {symbol} at {x},{y} {contrast:.2}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_row_under_the_cursor_is_seen_in_any_theme() {
    for size in SIZES {
        for (list, place, keys) in scenes::lists() {
            let model = scenes::list(place, keys, State::Many, size);
            for (name, theme) in themes() {
                let buffer = drawn(&model, &theme);
                let is_under = |cell: &&Cell| match theme.cursor.bg {
                    Some(ground) => cell.bg == ground,
                    None => cell.modifier.contains(Modifier::REVERSED),
                };
                let count = buffer.content.iter().filter(is_under).count();
                assert!(count >= 20, "{name}, {list} {size:?}: {count} cells");
            }
        }
    }
}

#[test]
fn without_colours_there_are_none() {
    for (scene, model) in scenes::all((120, 40)) {
        let buffer = drawn(&model, &Theme::mono());
        let is_plain = |cell: &Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
        assert!(buffer.content.iter().all(is_plain), "{scene}");
    }
}

#[test]
fn in_ascii_no_glyph_of_ours_is_any_other() {
    let theme = Theme::mono().with_glyphs(Glyphs::Ascii);
    let mut odd = Vec::new();
    for (scene, model) in scenes::all((120, 40)) {
        let buffer = drawn(&model, &theme);
        assert!(buffer.content.iter().all(|cell| !cell.modifier.contains(Modifier::RAPID_BLINK)));
        // Letters of names stay; signs and lines do not. Dashes, ellipses and brackets can stand within a longer text
        // that stays as it is.
        let is_sign = |letter: &char| {
            matches!(letter, '·' | '×' | '“' | '”' | '‹' | '›')
                || ('\u{2190}'..='\u{25ff}').contains(letter)
                || ('\u{2700}'..='\u{27bf}').contains(letter)
        };
        // The two sides of a change are one text that is theirs, with the arrow between them.
        let screen = super::lines(&buffer).replace("Billing · Ana", "a name").replace(" → ", " ");
        let signs: Vec<char> = screen.chars().filter(is_sign).collect();
        if !signs.is_empty() {
            odd.push(format!("{scene}: {signs:?}\n{screen}"));
        }
    }
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}
