//! The list over the line of `:`, what Enter runs first.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::app::{
    layout::{self, Screen},
    menu,
    palette::{self, Row},
};
use crate::view::{Ctx, Frame, boxed, clear, text};

const WIDTH: u16 = 100;
const MENU: u16 = 76;
/// So many rows show at once.
const ROWS: usize = 10;
/// The most cells of a name.
const NAME: usize = 34;

/// The rows, the chosen one among them.
pub(crate) fn render(ctx: &Ctx, screen: &Screen, frame: &mut Frame) {
    if palette::typed(ctx.model).is_none() {
        return;
    }
    let palette = &ctx.model.palette;
    let size = frame.area().as_size();
    let foot = [screen.info, screen.hints, screen.notice].into_iter().filter(|it| it.height > 0);
    let foot = foot.map(|it| it.y).min().unwrap_or(size.height);
    let rows = palette.rows.len().clamp(1, ROWS);
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(foot.saturating_sub(1));
    if height < 3 {
        return;
    }
    let area = Rect::new(0, foot - height, size.width.min(WIDTH), height);
    clear(area, frame);
    let inside = layout::inside(area);
    let room = usize::from(inside.height);
    let top = (palette.at + 1).saturating_sub(room);
    let shown = || palette.rows.iter().skip(top).take(room);
    let name = shown().map(|row| Span::raw(&row.name).width()).max().unwrap_or(0).min(NAME);
    let lines: Vec<Line> = shown()
        .enumerate()
        .map(|(at, row)| line(ctx, row, top + at == palette.at, (name, usize::from(inside.width))))
        .collect();
    let mut block = boxed(ctx, true);
    if palette.rows.len() > room {
        let count = format!(" {}/{} ", palette.at + 1, palette.rows.len());
        block = block.title_bottom(Line::styled(count, ctx.theme.dim).right_aligned());
    }
    let lines = if lines.is_empty() {
        vec![Line::styled("  nothing here is called so", ctx.theme.dim)]
    } else {
        lines
    };
    frame.render_widget(Paragraph::new(lines).block(block), area);
}

/// What can be done to the row, in the middle of the screen.
pub(crate) fn menu(ctx: &Ctx, at: usize, frame: &mut Frame) {
    let rows = menu::rows(ctx.model);
    let size = frame.area().as_size();
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX).max(3);
    let area = layout::centred(size, size.width.min(MENU), height);
    clear(area, frame);
    let inside = layout::inside(area);
    let room = usize::from(inside.height);
    let top = (at + 1).saturating_sub(room);
    let name = rows.iter().map(|row| Span::raw(&row.name).width()).max().unwrap_or(0).min(NAME);
    let widths = (name, usize::from(inside.width));
    let shown = rows.iter().enumerate().skip(top).take(room);
    let lines: Vec<Line> =
        shown.map(|(number, row)| line(ctx, row, number == at, widths)).collect();
    let title = format!(" {} ", menu::title(ctx.model));
    let title = text::fit(Line::styled(title, ctx.theme.title_focused), widths.1);
    frame.render_widget(Paragraph::new(lines).block(boxed(ctx, true).title(title)), area);
}

/// Name, what it does, and the key at the right.
fn line(ctx: &Ctx, row: &Row, is_chosen: bool, (name, width): (usize, usize)) -> Line<'static> {
    let theme = ctx.theme;
    // The bar of the cursor has a colour for all that stands on it.
    let shade = |style| if is_chosen { theme.cursor } else { style };
    let (title, words) = match &row.why_not {
        Some(why) => (shade(theme.dim), Span::styled(why.clone(), shade(theme.dim))),
        None => (shade(theme.text), Span::styled(row.words.clone(), shade(theme.dim))),
    };
    let mark = if is_chosen { "▶ " } else { "  " };
    let head = text::fit(Line::styled(row.name.clone(), title), name);
    let pad = " ".repeat(name.saturating_sub(head.width()) + 2);
    let key = if row.key.is_empty() { " ".to_owned() } else { format!(" {} ", row.key) };
    let key_width = Span::raw(&key).width();
    let left: Vec<Span> = std::iter::once(Span::raw(mark))
        .chain(head.spans.into_iter().map(|span| span.style(title)))
        .chain([Span::raw(pad), words])
        .collect();
    let left = text::fit(Line::from(left), width.saturating_sub(key_width));
    let gap = " ".repeat(width.saturating_sub(left.width() + key_width));
    let mut spans = left.spans;
    spans.push(Span::raw(gap));
    let style = if row.why_not.is_some() { theme.dim } else { theme.key };
    spans.push(Span::styled(key, shade(style)));
    let line = Line::from(spans);
    if is_chosen { line.style(theme.cursor) } else { line }
}
