//! Credentials being typed, and what came of trying them.

use ratatui::{
    layout::{Position, Rect},
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::api::remote_text;
use crate::app::{
    layout,
    sign_in::{self, SignIn},
};
use crate::view::{Ctx, Frame, boxed, clear, text};

const LABEL: u16 = 21;

pub(crate) fn render(ctx: &Ctx, form: &SignIn, frame: &mut Frame) {
    let theme = ctx.theme;
    let size = frame.area().as_size();
    let area = layout::centred(size, size.width.min(78), 13.min(layout::body(size).height));
    clear(area, frame);
    let title = Line::styled(" Credentials ", theme.title_focused);
    frame.render_widget(boxed(ctx, true).title(title), area);
    let inside = layout::inside(area);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    // Low screens have no room for the air.
    let air = u16::from(inside.height > 8);
    let mut y = inside.y + air;
    for line in sign_in::Line::ALL {
        let row = Rect { y, height: 1, ..inside };
        let is_focused = line == form.focus;
        let label = if is_focused { theme.title_focused } else { theme.label };
        frame.render_widget(Span::styled(line.label(), label), row);
        let value =
            Rect { x: row.x + LABEL.min(row.width), width: row.width.saturating_sub(LABEL), ..row };
        let shown = remote_text::shown(&form.shown(line));
        let room = usize::from(value.width).saturating_sub(1);
        // Its end is where it is typed.
        let over = shown.width().saturating_sub(room);
        let tail: String = shown.text().chars().skip(over).collect();
        frame.render_widget(Span::styled(tail, theme.text), value);
        if is_focused {
            let column = form.column().saturating_sub(over).min(room);
            let x = value.x + u16::try_from(column).unwrap_or(0);
            frame.set_cursor_position(Position::new(x, y));
        }
        y += 1;
    }
    y += air;
    let rest = Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
    let below = if ctx.model.profiles.target().is_some() {
        Line::styled("trying them … Esc gives up", theme.pending)
    } else if let Some(problem) = &form.problem {
        Line::styled(format!("✖ {problem}"), theme.bad)
    } else {
        Line::styled(form.focus.note(), theme.dim)
    };
    let mut lines = vec![below];
    if rest.height > 2 {
        let words =
            "They are tried first. ^s keeps them in config.toml, which then only you can read.";
        lines.extend([Line::default(), Line::styled(words, theme.dim)]);
    }
    let lines = lines.into_iter().map(|line| text::fit(line, 2 * usize::from(rest.width)));
    let words = Paragraph::new(lines.collect::<Vec<_>>()).wrap(Wrap { trim: false });
    frame.render_widget(words, rest);
}
