//! Accounts laid over the panes: the profiles to choose from, the question before leaving one, who said what of it.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::app::{account::Choice, layout, model::Session, sheet};
use crate::config::Fact;
use crate::view::{Ctx, Frame, boxed, clear, overlay, text};

/// The profiles, the cursor on one of them.
pub(crate) fn profiles(ctx: &Ctx, at: usize, frame: &mut Frame) {
    let (theme, profiles) = (ctx.theme, &ctx.model.profiles);
    let rows = profiles.choices.len();
    let size = frame.area().as_size();
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX);
    let area = layout::centred(size, size.width.min(78), height.max(3));
    clear(area, frame);
    let mut block = boxed(ctx, true).title(Line::styled(" Profiles ", theme.title_focused));
    if let Some(name) = profiles.target() {
        let words = format!(" switching to {name} … Esc gives up ");
        block = block.title_bottom(Line::styled(words, theme.pending));
    }
    let inside = layout::inside(area);
    let room = usize::from(inside.height);
    let top = (at + 1).saturating_sub(room);
    let names = profiles.choices.iter().map(|choice| Span::raw(choice.name.as_str()).width());
    let widest = names.max().unwrap_or(0).min(24);
    frame.render_widget(block, area);
    for (y, choice) in profiles.choices.iter().enumerate().skip(top).take(room) {
        let line = row(ctx, choice, widest, if y == at { theme.text } else { theme.dim });
        let line = text::fit(line, usize::from(inside.width));
        let line = if y == at { line.style(theme.cursor) } else { line };
        let below = u16::try_from(y - top).unwrap_or(u16::MAX);
        let place = Rect { y: inside.y.saturating_add(below), height: 1, ..inside };
        let mark = if y == at { "▶" } else { " " };
        if y == at {
            frame.buffer_mut().set_style(place, theme.cursor);
        }
        frame.render_widget(Span::raw(mark), place);
        let rest =
            Rect { x: place.x + 2.min(place.width), width: place.width.saturating_sub(2), ..place };
        frame.render_widget(line, rest);
    }
}

fn row(ctx: &Ctx, choice: &Choice, widest: usize, words_in: Style) -> Line<'static> {
    let theme = ctx.theme;
    let present = match &ctx.model.session {
        Session::Open(account) => account.profile.as_ref() == Some(&choice.name),
        Session::FirstRun { .. } => false,
    };
    let pad = widest.saturating_sub(Span::raw(choice.name.as_str()).width()) + 2;
    let mut spans = vec![Span::raw(format!("{}{}", choice.name, " ".repeat(pad)))];
    let label =
        if choice.production { format!("PROD {}", choice.label) } else { choice.label.clone() };
    if label != choice.name || choice.colour.is_some() {
        spans
            .push(Span::styled(format!(" {label} "), theme.band(choice.production, choice.colour)));
        spans.push(Span::raw("  "));
    }
    let mut words = Vec::new();
    words.extend(present.then_some("you are here".to_owned()));
    words.extend(choice.reads_only.then_some("read-only".to_owned()));
    let (from, style) = match &choice.lacks {
        Some(_) => ("cannot be used; Enter says why", theme.bad),
        None => (choice.source.as_str(), words_in),
    };
    words.push(from.to_owned());
    spans.push(Span::styled(words.join(" · "), style));
    Line::from(spans)
}

/// Typed text would be lost by switching.
pub(crate) fn switch(ctx: &Ctx, name: &str, frame: &mut Frame) {
    let then = format!("; {name} is another account:");
    let lines = overlay::unsaved(ctx, &then, ["switches", "it is kept for the next time"]);
    overlay::framed(ctx, " Switch? ", lines, frame);
}

/// What is known of the account, and who said so.
pub(crate) fn info(ctx: &Ctx, top: usize, frame: &mut Frame) {
    let theme = ctx.theme;
    let line = |line: sheet::Line<Fact>| {
        let part = line.head.as_ref().map_or("", |fact| fact.part);
        let head = format!("  {part:<width$}", width = sheet::PART - 2);
        Line::from(vec![Span::styled(head, theme.label), Span::raw(line.words)])
    };
    let lines = sheet::info(ctx.model).into_iter().map(line).collect();
    overlay::scrolled(ctx, " This account ", lines, top, frame);
}
