//! What a list can be sorted by, laid over the panes.

use ratatui::{
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::app::{columns::sortable, layout, list::Rows};
use crate::view::{Ctx, Frame, boxed, clear, text};

/// The fields, the cursor on one of them.
pub(crate) fn sorts(ctx: &Ctx, at: usize, frame: &mut Frame) {
    let theme = ctx.theme;
    let lines = entries(ctx);
    let (area, top) = layout::picker(frame.area().as_size(), lines.len(), at);
    clear(area, frame);
    let inside = layout::inside(area);
    let room = usize::from(inside.height);
    let lines = lines.into_iter().enumerate().skip(top).take(room).map(|(number, words)| {
        let mark = if number == at { "▶ " } else { "  " };
        let line = Line::from(vec![Span::raw(mark), Span::raw(words)]);
        let line = text::fit(line, usize::from(inside.width));
        if number == at { line.style(theme.cursor) } else { line }
    });
    let title = Line::styled(" Sort by ", theme.title_focused);
    let block = boxed(ctx, true).title(title);
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()).block(block), area);
}

/// What stands in the picker: the server's order, then every field; the present order bears its sign.
fn entries(ctx: &Ctx) -> Vec<String> {
    let focus = ctx.model.path.focus();
    let present = ctx.model.rows(focus).and_then(Rows::sort);
    let sign = |is_present: bool, descending: bool| match (is_present, descending) {
        (true, true) => " ▼",
        (true, false) => " ▲",
        (false, _) => "",
    };
    let first = format!("the server's order{}", if present.is_none() { " ▲" } else { "" });
    let fields = sortable(ctx.model, focus).into_iter().map(|(at, field)| {
        let descending = present.is_some_and(|sort| sort.descending);
        format!("{}{}", field.name, sign(present.is_some_and(|sort| sort.field == at), descending))
    });
    std::iter::once(first).chain(fields).collect()
}
