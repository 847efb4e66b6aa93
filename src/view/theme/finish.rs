//! The last look at a frame: whatever no role has coloured gets the theme's ground and text, and where there are no
//! glyphs but those of ASCII, ours are written in those. What strangers wrote keeps its letters.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
};

use super::Theme;
use crate::config::look::Glyphs;

/// Marks letters that are not ours on their way through a frame. Nothing here blinks, so that the bit is free; it
/// never reaches the terminal.
pub(crate) const FROM_AFAR: Modifier = Modifier::RAPID_BLINK;

impl Theme {
    /// The same style, for text that stays as it is whatever glyphs there are.
    pub(crate) fn afar(&self, style: Style) -> Style {
        match self.glyphs {
            Glyphs::Unicode => style,
            Glyphs::Ascii => style.add_modifier(FROM_AFAR),
        }
    }

    /// The same style, for what is ours and laid over what may not be.
    pub(crate) fn ours(style: Style) -> Style {
        style.remove_modifier(FROM_AFAR)
    }

    /// Finishes a frame.
    pub(crate) fn finish(&self, buffer: &mut Buffer) {
        let (text, ground) = (self.base.fg, self.base.bg);
        let is_ascii = self.glyphs == Glyphs::Ascii;
        if !is_ascii && text.is_none() && ground.is_none() {
            return;
        }
        for cell in &mut buffer.content {
            if let Some(text) = text.filter(|_| cell.fg == Color::Reset) {
                cell.fg = text;
            }
            if let Some(ground) = ground.filter(|_| cell.bg == Color::Reset) {
                cell.bg = ground;
            }
            if is_ascii {
                let ours = !cell.modifier.contains(FROM_AFAR);
                cell.modifier.remove(FROM_AFAR);
                if let Some(plain) = ascii(cell.symbol()).filter(|_| ours) {
                    cell.set_symbol(plain);
                }
            }
        }
    }
}

/// What stands for a glyph of ours.
fn ascii(glyph: &str) -> Option<&'static str> {
    Some(match glyph {
        "─" | "—" => "-",
        "│" => "|",
        "╭" | "╮" | "╰" | "╯" | "⁺" | "✔" => "+",
        "▶" | "▸" | "›" | "→" => ">",
        "‹" | "←" => "<",
        "▾" | "▼" | "↓" => "v",
        "▲" | "↑" => "^",
        "●" | "•" => "*",
        "✖" | "×" => "x",
        "Δ" => "%",
        "⚠" => "!",
        "↻" | "…" => "~",
        "·" | "░" | "▁" | "▂" => ".",
        "▃" | "▄" => ":",
        "▅" | "▆" => "=",
        "◆" | "█" | "▇" => "#",
        "“" | "”" => "\"",
        "⏎" => "E",
        "⟦" => "[",
        "⟧" => "]",
        glyph => {
            // Control characters made visible: ␛ and its like.
            let mut letters = glyph.chars();
            let letter = letters.next().filter(|_| letters.next().is_none())?;
            return ('\u{2400}'..='\u{243f}').contains(&letter).then_some("^");
        }
    })
}

#[cfg(test)]
mod tests {
    use ratatui::{buffer::Cell, layout::Rect, text::Line, widgets::Widget};

    use super::*;
    use crate::view::text;

    #[test]
    fn strangers_keep_their_letters_and_we_do_without_ours() {
        let theme = Theme::mono().with_glyphs(Glyphs::Ascii);
        let mut line = Line::styled("▶ ", theme.text);
        line.spans.extend(text::remote("a → \u{1b}b …", theme.text, &theme));
        line.push_span(" → …");
        let area = Rect::new(0, 0, 14, 1);
        let drawn = |line: Line<'static>| {
            let mut buffer = Buffer::empty(area);
            line.render(area, &mut buffer);
            theme.finish(&mut buffer);
            assert!(buffer.content.iter().all(|cell| !cell.modifier.contains(FROM_AFAR)));
            buffer.content.iter().map(Cell::symbol).collect::<String>()
        };
        assert_eq!(drawn(line.clone()), "> a → ^b … > ~");
        assert_eq!(drawn(text::fit(line, 8)), "> a → ^~      ", "the cut is ours");
    }

    #[test]
    fn what_nobody_coloured_gets_the_ground() {
        let theme = Theme::light(super::super::Depth::All);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 2, 1));
        buffer.set_string(0, 0, "x", Style::new().fg(Color::Red));
        theme.finish(&mut buffer);
        let cells: Vec<_> = buffer.content.iter().map(|it| (Some(it.fg), Some(it.bg))).collect();
        let (text, ground) = (theme.base.fg, theme.base.bg);
        assert_eq!(cells, [(Some(Color::Red), ground), (text, ground)]);
    }
}
