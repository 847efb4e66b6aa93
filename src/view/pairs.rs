//! What can follow the first of two keys: a small list over the foot, there as soon as the first is pressed.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::app::{
    act, copy,
    copy::What,
    keymap,
    layout::{self, Screen},
    list::Rows,
};
use crate::view::{Ctx, Frame, boxed, clear, text};

const WIDTH: u16 = 76;

/// The second keys, each with what it does; what does nothing here is dim.
pub(crate) fn render(ctx: &Ctx, screen: &Screen, frame: &mut Frame) {
    let Some(prefix) = &ctx.model.prefix else { return };
    let all = ctx.model.keymap.after(&ctx.model.contexts(), prefix);
    let size = frame.area().as_size();
    let foot = [screen.info, screen.hints, screen.notice].into_iter().filter(|it| it.height > 0);
    let foot = foot.map(|it| it.y).min().unwrap_or(size.height);
    let room = foot.saturating_sub(1);
    let height = u16::try_from(all.len() + 2).unwrap_or(u16::MAX).min(room);
    let width = size.width.min(WIDTH);
    if height < 3 {
        return;
    }
    let area = Rect::new(size.width - width, foot - height, width, height);
    clear(area, frame);
    let inside = layout::inside(area);
    let width = usize::from(inside.width);
    let line = |(key, binding): (&str, &keymap::Bound)| {
        let theme = ctx.theme;
        let is_live = act::is_live(ctx.model, binding);
        let style = if is_live { theme.text } else { theme.dim };
        let words = words(ctx, binding).unwrap_or_else(|| vec![Span::raw(binding.help)]);
        let key = Span::styled(format!(" {key}  "), if is_live { theme.key } else { theme.dim });
        let line = std::iter::once(key).chain(words).collect::<Line>().style(style);
        text::fit(line, width)
    };
    let lines: Vec<Line> = all.into_iter().take(usize::from(inside.height)).map(line).collect();
    let title = Line::styled(format!(" {prefix} … "), ctx.theme.title_focused);
    frame.render_widget(Paragraph::new(lines).block(boxed(ctx, true).title(title)), area);
}

/// What would be copied, instead of the words of the help.
fn words(ctx: &Ctx, binding: &keymap::Bound) -> Option<Vec<Span<'static>>> {
    let (model, what) = (ctx.model, What::of(binding.action)?);
    let focus = model.path.focus();
    let [noun, several] = what.noun();
    let marked = model.rows(focus).map_or(0, Rows::marked);
    if marked > 0 && copy::refusal(model, what).is_none() {
        return Some(vec![Span::raw(format!("{several} of {marked} marked, one a line"))]);
    }
    let head = Span::raw(format!("{noun:<14}"));
    let told = match copy::one(model, focus, what) {
        // A line cannot show more.
        Some(value) => {
            let part: String = value.chars().take(usize::from(WIDTH)).collect();
            text::remote(&part, ctx.theme.dim, ctx.theme)
        }
        None => vec![Span::styled(copy::refusal(model, what)?, ctx.theme.dim)],
    };
    Some(std::iter::once(head).chain(told).collect())
}
