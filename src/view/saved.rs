//! The saved views, laid over the panes.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::{
    api::remote_text::shown,
    app::{layout, views},
    state::View,
    view::{Ctx, Frame, boxed, clear, text},
};

const WIDTH: u16 = 78;
/// Cells for names, at most.
const NAMES: usize = 24;

/// The views by name, the cursor on one of them, and how to keep and delete one.
pub(crate) fn render(ctx: &Ctx, at: usize, frame: &mut Frame) {
    let theme = ctx.theme;
    let known = views::here(ctx.model);
    let widest = known.into_iter().flat_map(|it| it.keys()).map(|name| width(name)).max();
    let widest = widest.unwrap_or(0).min(NAMES);
    let mut lines: Vec<Line> = known
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(number, (name, view))| line(ctx, (name, view), widest, number == at))
        .collect();
    if lines.is_empty() {
        lines.push(Line::styled("  none yet; filter and sort a list, then:", theme.dim));
        lines.push(Line::from(vec![
            Span::styled("  :view save NAME", theme.key),
            Span::styled("  keeps it for this profile", theme.dim),
        ]));
    }
    let size = frame.area().as_size();
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let area = layout::centred(size, size.width.min(WIDTH), height);
    clear(area, frame);
    let inside = layout::inside(area);
    let room = usize::from(inside.height);
    let top = (at + 1).saturating_sub(room);
    let mut block = boxed(ctx, true).title(Line::styled(" Views ", theme.title_focused));
    if known.is_some() {
        let foot = Line::from(vec![
            Span::styled(" :view delete NAME", theme.key),
            Span::styled(" deletes one ", theme.dim),
        ]);
        block = block.title_bottom(foot.right_aligned());
    }
    let shown = lines.into_iter().skip(top).take(room);
    let shown = shown.map(|line| text::fit(line, usize::from(inside.width)));
    frame.render_widget(Paragraph::new(shown.collect::<Vec<_>>()).block(block), area);
    let row = u16::try_from(at - top).ok().filter(|row| known.is_some() && *row < inside.height);
    if let Some(row) = row {
        let bar = Rect { y: inside.y + row, height: 1, ..inside };
        frame.buffer_mut().set_style(bar, theme.cursor);
    }
}

fn width(name: &str) -> usize {
    shown(name).width()
}

fn line(ctx: &Ctx, (name, view): (&str, &View), widest: usize, is_cursor: bool) -> Line<'static> {
    let theme = ctx.theme;
    let dim = if is_cursor { theme.text } else { theme.dim };
    let mut spans = vec![Span::raw(if is_cursor { "▶ " } else { "  " })];
    let called = text::fit(Line::from(text::remote(name, theme.text, theme)), widest);
    let pad = (widest + 2).saturating_sub(called.width());
    spans.extend(called.spans);
    spans.push(Span::raw(" ".repeat(pad)));
    spans.push(Span::styled(shown(&view.of).text(), dim));
    if !view.filter.is_empty() {
        spans.push(Span::styled(" · /", dim));
        spans.extend(text::remote(
            &view.filter,
            if is_cursor { theme.text } else { theme.key },
            theme,
        ));
    }
    if let Some(sort) = &view.sort {
        let sign = if sort.descending { "▼" } else { "▲" };
        spans.push(Span::styled(format!(" · by {} {sign}", shown(&sort.field).text()), dim));
    }
    if !view.columns.is_empty() {
        let columns = shown(&view.columns.join(" ")).text();
        spans.push(Span::styled(format!(" · columns {columns}"), dim));
    }
    Line::from(spans)
}
