//! A table of the rows in a window. Columns give way in a fixed order when the pane is narrow; the one that fills
//! takes the slack.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    style::{Modifier, Style},
    text::{Line, Span},
    widgets::{Cell, Row, Table},
};

use crate::app::{
    layout::Pane,
    list::{Entry, List, Rows},
};
use crate::view::{Ctx, text};

/// One column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) title: &'static str,
    /// Cells; for the filling column, the least.
    pub(crate) width: u16,
    pub(crate) fills: bool,
    pub(crate) right: bool,
    /// Which goes first when there is no room: the highest; 0 never goes.
    pub(crate) drop: u8,
}

impl Column {
    /// A column of this width.
    pub(crate) const fn new(title: &'static str, width: u16, drop: u8) -> Self {
        Self { title, width, fills: false, right: false, drop }
    }

    /// A column of numbers.
    pub(crate) const fn number(title: &'static str, width: u16, drop: u8) -> Self {
        Self { title, width, fills: false, right: true, drop }
    }

    /// The column that takes the slack.
    pub(crate) const fn filling(title: &'static str, least: u16) -> Self {
        Self { title, width: least, fills: true, right: false, drop: 0 }
    }
}

/// One row: a cell for each column.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) cells: Vec<Line<'static>>,
    /// Laid over the whole row.
    pub(crate) style: Style,
}

const GAP: u16 = 2;
const MARKER: u16 = 1;

/// How the rows of a window stand: which is the cursor's, which are marked, by which column they are sorted.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The row under the cursor, from the top of the window.
    pub(crate) cursor: Option<usize>,
    /// Whether the pane has the focus.
    pub(crate) focused: bool,
    /// For each row of the window whether it is marked; empty where nothing in the list is.
    pub(crate) marks: Vec<bool>,
    /// For each row of the window whether it has changed; empty where nothing in the list has.
    pub(crate) changed: Vec<bool>,
    /// The heading of the column, and whether the greatest comes first.
    pub(crate) sort: Option<(&'static str, bool)>,
    /// The heads of the columns that show, in their order; none where all do.
    pub(crate) columns: Vec<&'static str>,
}

/// How the rows of a list stand in its window.
pub(crate) fn standing<K: Entry>(ctx: &Ctx, pane: &Pane, list: &List<K>) -> Standing {
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
        columns: ctx.model.columns.of(pane.place),
    }
}

/// The columns that are wanted, in their order; the one without a head is the last.
fn wanted(columns: &[Column], titles: &[&str]) -> Vec<usize> {
    if titles.is_empty() {
        return (0..columns.len()).collect();
    }
    let all = || columns.iter().enumerate();
    let named = titles.iter().filter_map(|title| all().find(|(_, it)| it.title == *title));
    let last = all().filter(|(_, column)| column.title.is_empty());
    named.chain(last).map(|(at, _)| at).collect()
}

/// The columns that fit, with their widths.
fn fitting(columns: &[Column], titles: &[&str], width: u16) -> Vec<(usize, u16)> {
    let wanted = wanted(columns, titles);
    let mut kept = wanted.clone();
    let needs = |kept: &[usize]| {
        kept.iter().filter_map(|&at| columns.get(at)).map(|column| column.width + GAP).sum::<u16>()
    };
    while MARKER + needs(&kept) > width {
        let droppable = kept.iter().enumerate().filter_map(|(at, &column)| {
            let drop = columns.get(column)?.drop;
            (drop > 0).then_some((drop, at))
        });
        let Some((_, at)) = droppable.max() else { break };
        kept.remove(at);
    }
    // A narrow column can fit where a wide one had to go.
    let mut gone: Vec<usize> = wanted.iter().copied().filter(|at| !kept.contains(at)).collect();
    gone.sort_by_key(|&at| columns.get(at).map(|column| column.drop));
    for at in gone {
        kept.push(at);
        if MARKER + needs(&kept) > width {
            kept.pop();
        }
    }
    let slack = width.saturating_sub(MARKER + needs(&kept));
    wanted
        .iter()
        .filter(|at| kept.contains(at))
        .filter_map(|&at| columns.get(at).map(|column| (at, column)))
        .map(|(at, column)| (at, column.width + if column.fills { slack } else { 0 }))
        .collect()
}

/// Draws the head and the rows of a window; `cursor` is the row number inside the window.
pub(crate) fn render(
    ctx: &Ctx,
    columns: &[Column],
    rows: Vec<Drawn>,
    standing: &Standing,
    area: Rect,
    frame: &mut Frame,
) {
    let theme = ctx.theme;
    let Standing { cursor, focused, .. } = *standing;
    // The cursor's bar reaches the frame on both sides, the text does not.
    let columns_width = area.width.saturating_sub(1);
    let kept = fitting(columns, &standing.columns, columns_width);
    let aligned = |at: usize, line: Line<'static>| {
        let right = columns.get(at).is_some_and(|column| column.right);
        Cell::from(if right { line.right_aligned() } else { line })
    };
    let head = kept.iter().map(|&(at, width)| {
        let title = columns.get(at).map_or("", |column| column.title);
        let sign =
            match standing.sort {
                Some((sorted, descending)) if sorted == title && !title.is_empty() => {
                    if descending { "▼" } else { "▲" }
                }
                _ => return aligned(at, Line::styled(title, theme.label)),
            };
        let room = usize::from(width).saturating_sub(1);
        let title: String = title.chars().take(room).collect();
        aligned(at, Line::styled(format!("{title}{sign}"), theme.title))
    });
    let head = Row::new(std::iter::once(Cell::from("")).chain(head));
    let rows = rows.into_iter().enumerate().map(|(number, row)| {
        let is_cursor = cursor == Some(number);
        let mut cells: Vec<Option<Line>> = row.cells.into_iter().map(Some).collect();
        let drawn = kept.iter().map(|&(at, width)| {
            let cell = cells.get_mut(at).and_then(Option::take).unwrap_or_default();
            let cell = text::fit(cell, usize::from(width));
            aligned(at, if is_cursor && focused { uncoloured(cell) } else { cell })
        });
        let is_marked = standing.marks.get(number) == Some(&true);
        let marker = Cell::from(match (is_cursor, is_marked) {
            (true, true) => Span::raw("◆"),
            (true, false) => Span::raw("▶"),
            (false, true) => Span::styled("●", theme.warn),
            (false, false) => Span::raw(""),
        });
        let style = match (is_cursor, focused) {
            (true, true) => row.style.patch(theme.cursor),
            (true, false) => row.style.patch(theme.cursor_away),
            (false, _) => row.style,
        };
        Row::new(std::iter::once(marker).chain(drawn)).style(style)
    });
    let widths = std::iter::once(Constraint::Length(MARKER))
        .chain(kept.iter().map(|&(_, width)| Constraint::Length(width)));
    let table = Table::new(rows.collect::<Vec<_>>(), widths).header(head).column_spacing(GAP);
    frame.render_widget(table, area);
    changes(ctx, standing, area, frame);
}

/// Marks what has changed, beside the marks of the person.
fn changes(ctx: &Ctx, standing: &Standing, area: Rect, frame: &mut Frame) {
    for (y, has_changed) in (area.y + 1..area.bottom()).zip(&standing.changed) {
        if let Some(cell) =
            frame.buffer_mut().cell_mut((area.x + MARKER, y)).filter(|_| *has_changed)
        {
            // The row under the cursor keeps its colour.
            let is_cursor = standing.focused
                && standing.cursor.and_then(|at| u16::try_from(at).ok()) == Some(y - area.y - 1);
            let style = if is_cursor { Style::new() } else { ctx.theme.pending };
            cell.set_symbol("Δ").set_style(style);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column::new("TYPE", 7, 0),
        Column::filling("NAME", 12),
        Column::new("UNIQUE", 12, 1),
        Column::number("MSG", 6, 2),
    ];

    #[test]
    fn columns_give_way_in_their_order_and_the_slack_goes_to_one() {
        let kept =
            |width| fitting(COLUMNS, &[], width).iter().map(|&(at, _)| at).collect::<Vec<_>>();
        assert_eq!(kept(80), [0, 1, 2, 3]);
        assert_eq!(kept(42), [0, 1, 2]);
        assert_eq!(kept(30), [0, 1]);
        assert_eq!(kept(5), [0, 1], "some never go");
        let total: u16 = fitting(COLUMNS, &[], 80).iter().map(|&(_, width)| width + GAP).sum();
        assert_eq!(total, 80 - MARKER);
    }

    #[test]
    fn chosen_columns_stand_in_their_order() {
        let kept = |titles: &[&str], width| -> Vec<&str> {
            let kept = fitting(COLUMNS, titles, width);
            kept.iter().map(|&(at, _)| COLUMNS[at].title).collect()
        };
        assert_eq!(kept(&["TYPE", "MSG", "NAME"], 80), ["TYPE", "MSG", "NAME"]);
        assert_eq!(kept(&["MSG", "NAME", "UNIQUE", "TYPE"], 80), ["MSG", "NAME", "UNIQUE", "TYPE"]);
        assert_eq!(kept(&["MSG", "NAME", "UNIQUE", "TYPE"], 42), ["NAME", "UNIQUE", "TYPE"]);
        assert_eq!(kept(&["NAME", "MSG", "TYPE"], 5), ["NAME", "TYPE"], "some never go");
        let total: u16 =
            fitting(COLUMNS, &["NAME", "MSG"], 80).iter().map(|&(_, it)| it + GAP).sum();
        assert_eq!(total, 80 - MARKER);
    }
}
