//! A table of the rows in a window, drawn where the layout says that its parts stand.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
    text::Line,
    widgets::Widget,
};

use crate::app::{
    layout::{self, Column, Pane, Placed, Table},
    list::{Entry, List, Rows},
};
use crate::view::{Ctx, Frame, text};

/// One row: a cell for each column.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) cells: Vec<Line<'static>>,
    /// Laid over the whole row.
    pub(crate) style: Style,
}

/// How the rows of a window stand: which is the cursor's, which are marked, by which column they are sorted.
#[derive(Debug, Default)]
struct Standing {
    /// The row under the cursor, from the top of the window.
    cursor: Option<usize>,
    /// Whether the pane has the focus.
    focused: bool,
    /// For each row of the window whether it is marked; empty where nothing in the list is.
    marks: Vec<bool>,
    /// For each row of the window whether it has changed; empty where nothing in the list has.
    changed: Vec<bool>,
    /// The heading of the column, and whether the greatest comes first.
    sort: Option<(&'static str, bool)>,
}

/// How the rows of a list stand in its window.
fn standing<K: Entry>(pane: &Pane, list: &List<K>) -> Standing {
    let marked = list.marked() > 0;
    let marks = list.window().iter().map(|&key| list.is_marked(key));
    let changed = list.window().iter().map(|&key| list.has_changed(key));
    let sort = list.sort().and_then(|sort| {
        let field = K::FIELDS.get(sort.field)?;
        Some((field.title, sort.descending))
    });
    Standing {
        cursor: list.at().checked_sub(list.top()),
        focused: pane.focused,
        marks: if marked { marks.collect() } else { Vec::new() },
        changed: if list.changed() > 0 { changed.collect() } else { Vec::new() },
        sort,
    }
}

/// For each column whether there is room for it, so that nobody makes cells that are not drawn.
pub(crate) fn wanted(ctx: &Ctx, pane: &Pane) -> Vec<bool> {
    let table = layout::table(ctx.model, pane);
    let is_placed = |at| table.placed.iter().any(|placed| placed.at == at);
    (0..table.columns.len()).map(is_placed).collect()
}

/// Draws the head and the rows of a list's window, or one row where no more is wanted.
pub(crate) fn render<K: Entry>(
    ctx: &Ctx,
    pane: &Pane,
    list: &List<K>,
    drawn: impl Fn(&K) -> Drawn,
    frame: &mut Frame,
) {
    let table = layout::table(ctx.model, pane);
    let standing = standing(pane, list);
    let buffer = frame.buffer_mut();
    if ctx.only.is_none() {
        for placed in &table.placed {
            let Some(column) = table.columns.get(placed.at) else { continue };
            let head = head(ctx, column, &standing, placed.width);
            set(buffer, column, placed, table.head, head);
        }
    }
    for ((number, key), line) in list.window().iter().enumerate().zip(table.rows.rows()) {
        if ctx.only.is_none_or(|only| only == number) {
            row(ctx, &table, (number, line), drawn(key), &standing, buffer);
        }
    }
}

/// Draws a row in its line.
fn row(
    ctx: &Ctx,
    table: &Table,
    (number, line): (usize, Rect),
    mut row: Drawn,
    standing: &Standing,
    buffer: &mut Buffer,
) {
    let is_cursor = standing.cursor == Some(number);
    let under = is_cursor && standing.focused;
    let style = match (is_cursor, standing.focused) {
        (true, true) => row.style.patch(ctx.theme.cursor),
        (true, false) => row.style.patch(ctx.theme.cursor_away),
        (false, _) => row.style,
    };
    buffer.set_style(line, style);
    let marker = match (is_cursor, standing.marks.get(number) == Some(&true)) {
        (true, true) => Line::raw("◆"),
        (true, false) => Line::raw("▶"),
        (false, true) => Line::styled("●", ctx.theme.warn),
        (false, false) => Line::default(),
    };
    marker.render(Rect { width: layout::MARKER.min(line.width), ..line }, buffer);
    if standing.changed.get(number) == Some(&true) && line.width > layout::MARKER {
        // Beside the marks of the person; the row under the cursor keeps its colour.
        let sign = if under { Line::raw("Δ") } else { Line::styled("Δ", ctx.theme.pending) };
        let beside = Rect { x: line.x + layout::MARKER, width: 1, ..line };
        sign.render(beside, buffer);
    }
    for placed in &table.placed {
        let Some(column) = table.columns.get(placed.at) else { continue };
        let cell = row.cells.get_mut(placed.at).map(std::mem::take).unwrap_or_default();
        let cell = text::fit(cell, usize::from(placed.width));
        set(buffer, column, placed, line, if under { uncoloured(cell) } else { cell });
    }
}

/// The head of a column, with the sign of the order where it is by this one.
fn head(ctx: &Ctx, column: &Column, standing: &Standing, width: u16) -> Line<'static> {
    let title = column.title;
    let sign = match standing.sort {
        Some((sorted, descending)) if sorted == title && !title.is_empty() => {
            if descending {
                "▼"
            } else {
                "▲"
            }
        }
        _ => return Line::styled(title, ctx.theme.label),
    };
    let room = usize::from(width).saturating_sub(1);
    let title: String = title.chars().take(room).collect();
    Line::styled(format!("{title}{sign}"), ctx.theme.title)
}

/// Draws a cell of a line.
fn set(buffer: &mut Buffer, column: &Column, placed: &Placed, line: Rect, cell: Line<'static>) {
    let cell = if column.right { cell.right_aligned() } else { cell };
    cell.render(Rect { x: placed.x, width: placed.width, ..line }, buffer);
}

/// The row under the cursor has one colour for all its cells, or it could not be read.
fn uncoloured(line: Line<'static>) -> Line<'static> {
    let spans = line.spans.into_iter().map(|mut span| {
        (span.style.fg, span.style.bg) = (None, None);
        // Reversed, what is dim would be a ground of its own.
        span.style = span.style.remove_modifier(Modifier::DIM);
        span
    });
    Line { spans: spans.collect(), style: Style::new(), alignment: line.alignment }
}
