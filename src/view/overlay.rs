//! What lies over the panes: help, messages, the question before quitting, refused credentials.

use ratatui::{
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::app::{
    action::Action,
    form::line::Entry,
    help, layout,
    model::Account,
    notice::{Notice, Problem},
    profiles, quit,
    sheet::{self, Keys},
};
use crate::view::{Ctx, Frame, boxed, clear, footer, text};

/// The keys that hold what is typed, one of them chosen.
pub(crate) fn help(ctx: &Ctx, at: usize, top: usize, sought: &Entry, frame: &mut Frame) {
    let theme = ctx.theme;
    let told = help::told(ctx.model);
    let mut styles = (theme.key, theme.text);
    let mut entry = 0;
    let mut lines: Vec<Line> = Vec::new();
    for line in sheet::of_told(ctx.model, &told) {
        if let Some(Keys { is_live, .. }) = line.head {
            let dim = (theme.dim, theme.dim);
            styles = if is_live { (theme.key, theme.text) } else { dim };
            entry += 1;
        }
        let is_chosen = entry == at + 1;
        let styles = if is_chosen { (theme.cursor, theme.cursor) } else { styles };
        let mark = if is_chosen && line.head.is_some() { "▶ " } else { "  " };
        let keys = line.head.map(|head| head.keys).unwrap_or_default();
        let pad = " ".repeat(sheet::KEYS.saturating_sub(2 + Span::raw(&keys).width()));
        let head = Span::styled(format!("{mark}{keys}{pad}"), styles.0);
        let mut line = Line::from(vec![head, Span::styled(line.words, styles.1)]);
        if is_chosen {
            // The bar goes to the frame.
            let rest = sheet::width(ctx.model.size).saturating_sub(line.width());
            line.push_span(Span::styled(" ".repeat(rest), theme.cursor));
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(Line::styled("  no key here tells of that", theme.dim));
    }
    let foot = match sought.text() {
        "" => Line::styled(" type to filter ", theme.dim),
        typed => {
            let mut spans = vec![Span::styled(" filter ", theme.dim)];
            spans.extend(text::remote(typed, theme.key, theme));
            spans.push(Span::raw(" "));
            Line::from(spans)
        }
    };
    lying(ctx, [Line::styled(" Keys here ", theme.title_focused), foot], lines, top, frame);
}

/// All that was said, the newest first.
pub(crate) fn messages(ctx: &Ctx, top: usize, frame: &mut Frame) {
    let mut style = ctx.theme.text;
    let line = |line: sheet::Line<&Notice>| {
        let mut spans = vec![Span::raw(" ".repeat(sheet::STAMP))];
        if let Some(notice) = line.head {
            spans = footer::notice_line(ctx, notice).spans;
            style = spans.pop().map_or(style, |words| words.style);
        }
        spans.push(Span::styled(line.words, style));
        Line::from(spans)
    };
    let mut lines: Vec<Line> = sheet::messages(ctx.model).into_iter().map(line).collect();
    if lines.is_empty() {
        lines.push(Line::styled("  nothing has been said yet", ctx.theme.dim));
    }
    scrolled(ctx, " Messages ", lines, top, frame);
}

pub(crate) fn scrolled(
    ctx: &Ctx,
    title: &'static str,
    lines: Vec<Line>,
    top: usize,
    frame: &mut Frame,
) {
    let title = Line::styled(title, ctx.theme.title_focused);
    lying(ctx, [title, Line::default()], lines, top, frame);
}

/// Lines in a box, scrolled, with a title and a foot.
fn lying(ctx: &Ctx, [title, foot]: [Line; 2], lines: Vec<Line>, top: usize, frame: &mut Frame) {
    let area = sheet::area(frame.area().as_size(), lines.len());
    clear(area, frame);
    let room = usize::from(area.height.saturating_sub(2));
    let top = top.min(lines.len().saturating_sub(room));
    let below = lines.len().saturating_sub(top + room);
    let mut block = boxed(ctx, true).title(title).title_bottom(foot);
    if below > 0 {
        let action = Action::Down;
        let key = ctx.model.keymap.key_of(&ctx.model.contexts(), action).unwrap_or("↓");
        let more = Line::styled(format!(" {below} more, {key} goes down "), ctx.theme.dim);
        block = block.title_bottom(more.right_aligned());
    }
    let shown: Vec<Line> = lines.into_iter().skip(top).take(room).collect();
    frame.render_widget(Paragraph::new(shown).block(block), area);
}

/// Typed text would be lost.
pub(crate) fn quit(ctx: &Ctx, frame: &mut Frame) {
    let lines = unsaved(ctx, ":", ["quits", "it is kept for the next start"]);
    framed(ctx, " Quit? ", lines, frame);
}

/// Which forms hold typed text, and what `y` does: what it is called, and what becomes of the text where it can be kept.
pub(crate) fn unsaved(ctx: &Ctx, then: &str, [deed, kept]: [&str; 2]) -> Vec<Line<'static>> {
    let unsaved = quit::unsaved(ctx.model);
    let forms =
        if unsaved == 1 { "1 form holds".to_owned() } else { format!("{unsaved} forms hold") };
    let names = ctx.model.drafts.values().filter(|draft| draft.holds_typed()).take(6);
    let names = names.map(|draft| Line::styled(format!("  {}", draft.title), ctx.theme.warn));
    let answer = if ctx.model.kept.is_on {
        format!(" {deed}; {kept}   ")
    } else {
        format!(" {deed} and drops it   ")
    };
    let keys = Line::from(vec![
        Span::styled("y", ctx.theme.key),
        Span::raw(answer),
        Span::styled("Esc", ctx.theme.key),
        Span::raw(" stays"),
    ]);
    let head = [Line::raw(format!("{forms} text that was not saved{then}")), Line::default()];
    head.into_iter().chain(names).chain([Line::default(), keys]).collect()
}

/// The credentials were refused.
pub(crate) fn refused(ctx: &Ctx, account: &Account, problem: &Problem, frame: &mut Frame) {
    let theme = ctx.theme;
    let keys = vec![
        Span::styled(ctx.model.key(Action::Refresh), theme.key),
        Span::raw(" tries once more   "),
        Span::styled(ctx.model.key(Action::Quit), theme.key),
        Span::raw(" quits"),
    ];
    let mut others = Vec::new();
    if profiles::refusal(ctx.model).is_none() {
        others
            .extend([Span::styled(":profile", theme.key), Span::raw(" takes another account   ")]);
    }
    if ctx.model.profiles.closed.is_none() {
        others.extend([Span::styled(":sign-in", theme.key), Span::raw(" enters credentials")]);
    }
    let lines = vec![
        Line::styled(format!("Twilio refused the credentials of {}.", account.label), theme.bad),
        Line::raw(problem.sentence()),
        Line::default(),
        Line::raw(format!("They came from {}.", account.source)),
        Line::raw("Credentials belong to one region: a wrong one is refused the same way."),
        Line::raw("Nothing more is asked, so that the account is not locked out."),
        Line::default(),
        Line::from(keys),
        Line::from(others),
    ];
    framed(ctx, " Refused ", lines, frame);
}

/// A box of text in the middle of the screen.
pub(crate) fn framed(ctx: &Ctx, title: &'static str, lines: Vec<Line>, frame: &mut Frame) {
    let width = frame.area().width.min(78);
    let inner = usize::from(width.saturating_sub(4)).max(1);
    let rows: usize = lines.iter().map(|line| line.width().div_ceil(inner).max(1)).sum();
    let size = frame.area().as_size();
    let area = layout::centred(size, width, u16::try_from(rows + 4).unwrap_or(u16::MAX));
    // What is to be read goes before air.
    let air = u16::from(usize::from(area.height) >= rows + 4);
    clear(area, frame);
    let block = boxed(ctx, true)
        .title(Line::styled(title, ctx.theme.title_focused))
        .padding(ratatui::widgets::Padding::new(1, 1, air, air));
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(block), area);
}
