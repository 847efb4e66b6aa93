//! Text from afar as lines of so many cells: made visible, made steady, wrapped at blanks. The core asks how many lines
//! there are, the view how they look.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::api::remote_text::{Piece, shown_chars};

/// One line, in pieces to be drawn in one style each.
pub type Line = Vec<Piece>;

/// The lines of a text. Its own line ends are kept, and what is longer than a line goes on in the next: from the last
/// blank on, or where there is none, wherever the line is full.
pub fn wrapped(raw: &str, width: usize) -> Vec<Line> {
    let width = width.max(2);
    let paragraphs = raw.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    paragraphs.flat_map(|paragraph| wrap(paragraph, width)).collect()
}

/// What cannot be broken: a grapheme, or what stands for a character.
struct Atom {
    text: String,
    escaped: bool,
    cells: usize,
}

fn wrap(paragraph: &str, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line: Vec<Atom> = Vec::new();
    let (mut used, mut after_blank) = (0, None);
    for (_, text, escaped) in shown_chars(paragraph) {
        let text = if escaped || text.is_ascii() { text.into_owned() } else { steady(&text) };
        let cells = text.graphemes(true).map(UnicodeWidthStr::width).sum();
        let is_blank = text == " " && !escaped;
        if used + cells > width && is_blank {
            // The blank at which a line ends is not seen.
            lines.push(joined(std::mem::take(&mut line)));
            (used, after_blank) = (0, None);
            continue;
        }
        if used + cells > width {
            let rest = line.split_off(after_blank.unwrap_or(line.len()));
            lines.push(joined(std::mem::replace(&mut line, rest)));
            used = line.iter().map(|atom| atom.cells).sum();
            after_blank = None;
        }
        used += cells;
        line.push(Atom { text, escaped, cells });
        if is_blank {
            after_blank = Some(line.len());
        }
    }
    lines.push(joined(line));
    lines
}

fn joined(atoms: Vec<Atom>) -> Line {
    let mut line = Line::new();
    for atom in atoms {
        match line.last_mut() {
            Some(last) if last.escaped == atom.escaped => last.text.push_str(&atom.text),
            _ => line.push(Piece { text: atom.text, escaped: atom.escaped }),
        }
    }
    line
}

/// A text with no glyph that terminals disagree about: one draws a family of emoji in two cells, another in
/// six, and every column to the right would move. Of a composed emoji its first part is drawn and a `⁺` for the rest;
/// a flag is drawn as its letters; what only chooses between text and picture is left out.
pub fn steady(text: &str) -> String {
    let is_steady = |char| {
        flag_letter(char).is_none() && !composes(char) && !matches!(char, '\u{FE0E}' | '\u{FE0F}')
    };
    if text.chars().all(is_steady) {
        return text.to_owned();
    }
    text.graphemes(true)
        .flat_map(|grapheme| {
            let mut chars = grapheme.chars();
            let first = chars.next().unwrap_or_default();
            if let (Some(one), Some(two)) =
                (flag_letter(first), chars.clone().next().and_then(flag_letter))
            {
                return vec!['⟦', one, two, '⟧'];
            }
            match flag_letter(first) {
                Some(letter) => vec!['⟦', letter, '⟧'],
                None if chars.clone().any(composes) => vec![first, '⁺'],
                None => grapheme
                    .chars()
                    .filter(|char| !matches!(char, '\u{FE0E}' | '\u{FE0F}'))
                    .collect(),
            }
        })
        .collect()
}

/// Joins, tints or boxes an emoji.
fn composes(char: char) -> bool {
    matches!(char, '\u{200D}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// The letter of half a flag.
fn flag_letter(char: char) -> Option<char> {
    let offset = u32::from(char).checked_sub(0x1F1E6).filter(|offset| *offset < 26)?;
    char::from_u32(u32::from('A') + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(raw: &str, width: usize) -> Vec<String> {
        let text = |line: &Line| line.iter().map(|piece| piece.text.as_str()).collect();
        wrapped(raw, width).iter().map(text).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_keep_their_own_ends() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("one two three", 9), ["one two ", "three"]);
        assert_eq!(lines("one\r\n\n  two\n", 80), ["one", "", "  two", ""]);
        assert_eq!(lines("unbreakable", 5), ["unbre", "akabl", "e"]);
        assert_eq!(lines("日本語 日本", 5), ["日本", "語 ", "日本"]);
        assert_eq!(lines("", 5), [""]);
    }

    #[test]
    fn no_line_is_wider_than_was_asked() {
        let raw = "Ops \u{1b}[31mroom 家族 👩\u{200D}👩\u{200D}👧 🇩🇪🇫🇷 \u{202e}gnp e\u{301}clair 1\u{FE0F}\u{20E3}";
        for width in 8..40 {
            for line in lines(raw, width) {
                let cells: usize = line.graphemes(true).map(UnicodeWidthStr::width).sum();
                assert!(cells <= width, "{width}: {line:?}");
                assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }

    #[test]
    fn composed_emoji_become_glyphs_of_certain_width() {
        for (raw, drawn) in [
            ("plain é 日本", "plain é 日本"),
            ("👩\u{200D}👩\u{200D}👧 home", "👩⁺ home"),
            ("👋🏽", "👋⁺"),
            ("❤\u{FE0F}☕", "❤☕"),
            ("🇩🇪🇫🇷", "⟦DE⟧⟦FR⟧"),
            ("1\u{FE0F}\u{20E3}", "1⁺"),
        ] {
            assert_eq!(steady(raw), drawn);
        }
    }
}
