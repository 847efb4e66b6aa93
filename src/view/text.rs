//! Text on its way to the screen: made safe, measured in cells, cut at grapheme borders, never in the middle of one.

use std::borrow::Cow;

use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::api::remote_text::{self, Piece, RemoteText, Shown};
pub(crate) use crate::app::{
    moments::{age, clock, date, moment, wait},
    prose::steady,
};
use crate::view::theme::{FROM_AFAR, Theme};

/// Remote text as spans: what is escaped stands out.
pub(crate) fn remote(raw: &str, style: Style, theme: &Theme) -> Vec<Span<'static>> {
    shown(remote_text::shown(raw), style, theme)
}

/// The same of what was made visible already.
fn shown(text: Shown, style: Style, theme: &Theme) -> Vec<Span<'static>> {
    text.pieces
        .into_iter()
        .map(|piece| {
            let style = written(piece.escaped, style, theme);
            let plain = piece.escaped || piece.text.is_ascii();
            let text = if plain { piece.text } else { steady(&piece.text) };
            Span::styled(text, style)
        })
        .collect()
}

/// What is escaped is in our letters, the rest in theirs.
fn written(escaped: bool, style: Style, theme: &Theme) -> Style {
    if escaped { style.patch(theme.escaped) } else { theme.afar(style) }
}

/// A line that was made visible and steady before.
pub(crate) fn prose(line: Vec<Piece>, style: Style, theme: &Theme) -> Line<'static> {
    let span = |piece: Piece| Span::styled(piece.text, written(piece.escaped, style, theme));
    Line::from(line.into_iter().map(span).collect::<Vec<_>>())
}

/// An optional name, or a dim dash.
pub(crate) fn name(text: Option<&RemoteText>, style: Style, theme: &Theme) -> Line<'static> {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => Line::from(remote(text.raw(), style, theme)),
        None => dash(theme),
    }
}

/// The same of a name that was made visible already.
pub(crate) fn shown_name(name: Option<Shown>, style: Style, theme: &Theme) -> Line<'static> {
    match name.filter(|name| !name.pieces.is_empty()) {
        Some(name) => Line::from(shown(name, style, theme)),
        None => dash(theme),
    }
}

fn dash(theme: &Theme) -> Line<'static> {
    Line::from(Span::styled("—", theme.dim))
}

/// Words of ours. A line that is made of a text looks for the lines in it.
pub(crate) fn words(words: impl Into<Cow<'static, str>>, style: Style) -> Line<'static> {
    Line::from(Span::styled(words, style))
}

/// Cuts a line to so many cells; what was cut is told by an ellipsis.
pub(crate) fn fit(line: Line<'static>, width: usize) -> Line<'static> {
    if line.width() <= width {
        return line;
    }
    let mut left = width.saturating_sub(1);
    let mut kept = Vec::new();
    'spans: for span in &line.spans {
        let mut text = String::new();
        for grapheme in span.content.graphemes(true) {
            if grapheme.width() > left {
                kept.push(Span::styled(text, span.style));
                break 'spans;
            }
            left -= grapheme.width();
            text.push_str(grapheme);
        }
        kept.push(Span::styled(text, span.style));
    }
    if width > 0 {
        let style = kept.last().map_or(Style::new(), |span| span.style);
        let style = style.remove_modifier(FROM_AFAR);
        kept.push(Span::styled("…", style));
    }
    Line { spans: kept, ..line }
}

/// A line under the cursor: in one style, or it could not be read. Whose letters they are stays told.
pub(crate) fn under(line: Line<'static>, style: Style) -> Line<'static> {
    let under = |span: Span<'static>| {
        let kept = span.style.add_modifier & FROM_AFAR;
        Span::styled(span.content, style.add_modifier(kept))
    };
    Line::from(line.spans.into_iter().map(under).collect::<Vec<_>>())
}

/// A count in full, its thousands apart: `9,120`.
pub(crate) fn grouped(count: impl TryInto<u64>) -> String {
    let digits = count.try_into().unwrap_or(u64::MAX).to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 key`, `2 keys`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A count for a narrow column: in full below 100,000, then rounded down: `520k`, `1.2M`.
pub(crate) fn short_count(count: u64) -> String {
    match count {
        0..100_000 => grouped(count),
        100_000..1_000_000 => format!("{}k", count / 1_000),
        _ => format!("{}.{}M", count / 1_000_000, count % 1_000_000 / 100_000),
    }
}

/// What is drawn for a count that the answer did not hold: never a zero.
pub(crate) fn or_dash(count: Option<u64>, drawn: fn(u64) -> String) -> String {
    count.map_or_else(|| "—".to_owned(), drawn)
}

/// A size: `412 B`, `15.2 KiB`.
pub(crate) fn size(bytes: usize) -> String {
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let tenths = bytes * 10 / 1024;
    format!("{}.{} KiB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_never_splits_a_wide_glyph() {
        for width in 0..12 {
            let line = fit(Line::from("Sales 日本語"), width);
            assert!(line.width() <= width, "{width}: {line:?}");
        }
        assert_eq!(fit(Line::from("Sales 日本語"), 9).to_string(), "Sales 日…");
        assert_eq!(fit(Line::from("Sales"), 5).to_string(), "Sales");
    }

    #[test]
    fn counts_and_sizes_read_well() {
        assert_eq!(grouped(9_120_u64), "9,120");
        assert_eq!(grouped(214_u64), "214");
        assert_eq!(grouped(1_234_567_u64), "1,234,567");
        assert_eq!((or_dash(None, grouped), or_dash(Some(0), grouped)), ("—".into(), "0".into()));
        assert_eq!((size(412), size(15_565)), ("412 B".into(), "15.2 KiB".into()));
    }
}
