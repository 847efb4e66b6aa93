//! How the places that are texts are framed, and their lines drawn.

use ratatui::{layout::Rect, text::Line};

use crate::app::{layout::Pane, reading};
use crate::view::{Ctx, Frame, boxed, text};

/// Draws the frame of a text; its foot says how much lies below. Returns how many lines the text has.
pub(crate) fn frame_of(ctx: &Ctx, pane: &Pane, title: &str, frame: &mut Frame) -> usize {
    let theme = ctx.theme;
    let style = if pane.focused { theme.title_focused } else { theme.title };
    let width = usize::from(pane.area.width.saturating_sub(4));
    let head = text::fit(Line::styled(format!(" {title} "), style), width);
    let mut block = boxed(ctx, pane.focused).title(head);
    let area = reading::parts(ctx.model, pane.place, pane.area).text;
    let lines = reading::lines(ctx.model, pane.place, area.width).len();
    let below = lines.saturating_sub(top(ctx, pane, lines, area) + usize::from(area.height));
    if below > 0 {
        let more = if pane.focused { "more, j goes down" } else { "more" };
        let foot = Line::styled(format!(" {below} {more} "), theme.dim).right_aligned();
        block = block.title_bottom(text::fit(foot, width));
    }
    frame.render_widget(block, pane.area);
    lines
}

/// Draws the lines in the window.
pub(crate) fn lines(ctx: &Ctx, pane: &Pane, area: Rect, frame: &mut Frame) {
    let lines = reading::lines(ctx.model, pane.place, area.width);
    let top = top(ctx, pane, lines.len(), area);
    let shown = lines.into_iter().skip(top).zip(area.y..area.bottom());
    for (line, y) in shown {
        let line = text::prose(line, ctx.theme.text, ctx.theme);
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

fn top(ctx: &Ctx, pane: &Pane, lines: usize, area: Rect) -> usize {
    let end = lines.saturating_sub(usize::from(area.height));
    ctx.model.stands.get(&pane.place).copied().unwrap_or(0).min(end)
}
