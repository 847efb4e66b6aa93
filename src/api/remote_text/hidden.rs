//! Which characters may reach a screen as they are, and what stands in for the others. Decides one
//! grapheme at a time and knows nothing of styles.

use unicode_width::UnicodeWidthChar;

const ZERO_WIDTH_JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';

/// More marks than this on one base are not writing any more: they paint over the neighbouring lines.
const MARKS_AT_MOST: usize = 4;

/// How many bytes of this grapheme, from its begin, can be shown as they are; 0 means that its first
/// character needs a stand-in.
///
/// A grapheme can hide a lot behind its base: joiners, fillers, a hundred marks. What follows a
/// stand-in is judged anew, so that a mark cannot settle on the stand-in either.
pub(super) fn visible_prefix(grapheme: &str) -> usize {
    let mut chars = grapheme.char_indices().peekable();
    let Some((_, first)) = chars.next().filter(|&(_, first)| stands_alone(first)) else {
        return 0;
    };
    let (mut before, mut marks) = (first, 0);
    while let Some((at, char)) = chars.next() {
        let after = chars.peek().map(|&(_, after)| after);
        if !joins(before, char, after) {
            if is_hidden(char) {
                return at;
            }
            if char.width() == Some(0) {
                marks += 1;
            }
            if marks > MARKS_AT_MOST {
                return at;
            }
        }
        before = char;
    }
    grapheme.len()
}

/// What is drawn in place of a character that is not shown: its control picture, or its number.
pub(super) fn stand_in(char: char) -> String {
    match u32::from(char) {
        code @ 0..=0x1F => char::from_u32(0x2400 + code).unwrap_or('␦').to_string(),
        0x7F => "␡".to_owned(),
        code => format!("⟦{code:02X}⟧"),
    }
}

/// Whether a character shows as it is wherever it stands: a text of none but such is shown as it is.
pub(super) fn stands_alone(char: char) -> bool {
    matches!(char, ' '..='~') || (!is_hidden(char) && char.width().is_some_and(|width| width > 0))
}

/// Whether an invisible character does its proper work between its neighbours: a joiner inside an
/// emoji, a choice between its text and its picture, a keycap.
fn joins(before: char, char: char, after: Option<char>) -> bool {
    match char {
        ZERO_WIDTH_JOINER => {
            let held =
                is_pictograph(before) || matches!(before, '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}');
            held && after.is_some_and(is_pictograph)
        }
        '\u{FE0E}' | '\u{FE0F}' => {
            let keycap = matches!(before, '0'..='9' | '#' | '*') && after == Some(KEYCAP);
            keycap || is_pictograph(before)
        }
        _ => false,
    }
}

/// Characters that a terminal obeys, that reorder or hide their neighbours, or that take no cell of
/// their own: controls, bidi marks and overrides, joiners, fillers, selectors, tags.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(u32::from(char),
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
            | 0xE0000..=0xE0FFF)
}

/// Close to the standard's `Extended_Pictographic`: the same blocks, a few plain symbols more. What
/// may join is decided by the grapheme rules first; this only rules other scripts out.
fn is_pictograph(char: char) -> bool {
    matches!(u32::from(char),
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x2199 | 0x21A9..=0x21AA
        | 0x231A..=0x231B | 0x2328 | 0x2388 | 0x23CF | 0x23E9..=0x23F3 | 0x23F8..=0x23FA | 0x24C2
        | 0x25AA..=0x25AB | 0x25B6 | 0x25C0 | 0x25FB..=0x25FE | 0x2600..=0x27BF
        | 0x2934..=0x2935 | 0x2B05..=0x2B07 | 0x2B1B..=0x2B1C | 0x2B50 | 0x2B55 | 0x3030 | 0x303D
        | 0x3297 | 0x3299 | 0x1F000..=0x1F1E5 | 0x1F200..=0x1F3FA | 0x1F400..=0x1FAFF
        | 0x1FC00..=0x1FFFD)
}
