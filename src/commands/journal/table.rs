//! The journal for people: columns, the newest last, nothing in it that a terminal would obey.

use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::{
    api::remote_text::shown,
    state::{Entry, Kept},
};

const HEADER: [&str; 8] = ["TIME", "STANDING", "WHAT", "NAME", "SID", "STATUS", "CODE", "LINE"];

/// The most cells that a column takes; sids are whole, to be copied.
const WIDEST: usize = 34;

/// Nothing at all where there is no line.
pub(super) fn text(found: &[Entry], zone: &TimeZone) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut rows = vec![HEADER.map(str::to_owned)];
    rows.extend(found.iter().rev().map(|entry| row(entry, zone)));
    let widths: Vec<usize> = (0..HEADER.len())
        .map(|column| rows.iter().map(|row| row.get(column).map_or(0, |cell| cell.width())).max())
        .map(Option::unwrap_or_default)
        .collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn row(entry: &Entry, zone: &TimeZone) -> [String; 8] {
    let record = &entry.record;
    let time = entry.begun.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let name = match entry.kept {
        Kept::Full => cut(&shown(&record.label).text()),
        Kept::Digest => "(digest)".to_owned(),
        Kept::Nothing => "(not kept)".to_owned(),
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        time,
        entry.standing.words().to_owned(),
        what(entry),
        name,
        record.sids.first().map(|sid| cut(&shown(sid).text())).unwrap_or_default(),
        number(entry.status.map(u32::from)),
        number(entry.code),
        entry.id.to_string(),
    ]
}

fn what(entry: &Entry) -> String {
    let kind = cut(&shown(&entry.record.kind).text());
    match (entry.record.undoes, entry.undone_by) {
        (Some(undoes), _) => format!("{kind} (undo of {undoes})"),
        (None, Some(by)) => format!("{kind} (undone by {by})"),
        (None, None) => kind,
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

/// What is cut is told by an ellipsis.
fn cut(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let mut cut = String::new();
    for grapheme in text.graphemes(true) {
        if cut.width() + grapheme.width() >= WIDEST {
            break;
        }
        cut.push_str(grapheme);
    }
    cut + "…"
}

#[cfg(test)]
mod tests;
