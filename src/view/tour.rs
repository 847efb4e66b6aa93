//! A stop of the walk through the practice account, at the foot of the panes.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::{Padding, Paragraph, Wrap},
};

use crate::app::{
    layout::{self, Screen},
    tour::STOPS,
};
use crate::view::{Ctx, Frame, boxed, clear};

pub(crate) fn render(ctx: &Ctx, at: usize, screen: &Screen, frame: &mut Frame) {
    let Some(stop) = STOPS.get(at) else { return };
    let theme = ctx.theme;
    let size = frame.area().as_size();
    let body = layout::body(size);
    let width = body.width.min(78);
    let told = stop.told(ctx.model);
    let rows = told.chars().count().div_ceil(usize::from(width.saturating_sub(4)).max(1)) + 1;
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(body.height);
    // Within the frame of the pane, where that is wider.
    let inset = u16::from(width < body.width);
    let bottom = body.bottom().saturating_sub(screen.job.height + inset);
    let area = Rect {
        x: body.x + (body.width - width) / 2,
        y: bottom.saturating_sub(height).max(body.y),
        width,
        height,
    };
    clear(area, frame);
    let title = format!(" {} of {} · {} ", at + 1, STOPS.len(), stop.title);
    let on = if at + 1 == STOPS.len() { " ends " } else { " goes on " };
    let keys = Line::from(vec![
        Span::styled(" Enter", theme.key),
        Span::styled(on, theme.dim),
        Span::styled("· any other key leaves ", theme.dim),
    ]);
    let block = boxed(ctx, true)
        .title(Line::styled(title, theme.title_focused))
        .title_bottom(keys.right_aligned())
        .padding(Padding::horizontal(1));
    let words = Line::styled(told, theme.text);
    frame.render_widget(Paragraph::new(words).wrap(Wrap { trim: true }).block(block), area);
}
