//! Rows for people: columns under each other, nothing in them that a terminal would obey.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::api::remote_text::shown;

/// The most cells that a column takes but the last; sids are whole, to be copied.
const WIDEST: usize = 34;

/// Nothing at all where there is no row.
pub(crate) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    Columns::new(heads).text(rows)
}

/// Columns of rows that come page by page: they never become narrower.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Until they are written.
    heads: Option<Vec<String>>,
    widths: Vec<usize>,
}

impl Columns {
    /// Columns with these headings.
    pub(crate) fn new(heads: &[&str]) -> Self {
        let widths = heads.iter().map(|head| head.width()).collect();
        Self { heads: Some(heads.iter().map(|head| (*head).to_owned()).collect()), widths }
    }

    /// The rows, below the headings where these are the first.
    pub(crate) fn text(&mut self, rows: &[Vec<String>]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let last = self.widths.len().saturating_sub(1);
        let visible = |row: &Vec<String>| -> Vec<String> {
            let cells = row.iter().map(|cell| shown(cell).text()).enumerate();
            cells.map(|(at, cell)| if at < last { cut(&cell) } else { cell }).collect()
        };
        let mut all: Vec<Vec<String>> = self.heads.take().into_iter().collect();
        all.extend(rows.iter().map(visible));
        for row in &all {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        all.iter().map(|row| line(row, &self.widths)).collect()
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
