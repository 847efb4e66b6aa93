//! The last look before a write: what is changed here, what was changed elsewhere, and the ways out.

use ratatui::{
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::app::review::{self, Review, SIGN, Tells};
use crate::view::{Ctx, Frame, boxed, clear, form, text};

pub(crate) fn render(ctx: &Ctx, review: &Review, frame: &mut Frame) {
    let theme = ctx.theme;
    let (whole, area, lines) = review.laid_out(frame.area().as_size());
    clear(whole, frame);
    let room = usize::from(whole.width.saturating_sub(4));
    let words = if review.collides() { "changed on both sides" } else { "review changes" };
    let title = Line::styled(format!(" {} · {words} ", review.draft.title), theme.title_focused);
    let mut block = boxed(ctx, true).title(text::fit(title, room));
    let mut used = 0;
    if let Some(webhooks) = review.draft.webhooks {
        let foot = form::webhooks_foot(ctx, webhooks, "w");
        used = foot.width();
        block = block.title_bottom(foot);
    }
    let top = review.top.min(lines.len().saturating_sub(usize::from(area.height)));
    let below = lines.len().saturating_sub(top + usize::from(area.height));
    let more = format!(" {below} more, j goes down ");
    if below > 0 && used + more.len() <= room {
        block = block.title_bottom(Line::styled(more, theme.dim).right_aligned());
    }
    frame.render_widget(block, whole);
    let shown: Vec<Line> = lines.into_iter().skip(top).map(|line| drawn(ctx, line)).collect();
    frame.render_widget(Paragraph::new(shown), area);
}

fn drawn(ctx: &Ctx, line: review::Line) -> Line<'static> {
    let theme = ctx.theme;
    let style = match line.tells {
        Tells::Field => theme.label,
        Tells::Warning => theme.warn,
        Tells::Was => theme.dim,
        Tells::Becomes => theme.ok,
        Tells::Theirs => theme.bad,
        Tells::Kept => theme.text,
        Tells::Blank => return Line::default(),
    };
    let head = match line.tells {
        Tells::Field => String::new(),
        Tells::Warning => format!("{:<2}", line.sign),
        _ => format!("  {:<1$}", line.sign, SIGN - 2),
    };
    let mut words = text::prose(line.words, style, theme);
    words.spans.insert(0, Span::styled(head, style));
    words
}
