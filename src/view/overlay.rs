//! What lies over the panes: help, messages, the question before quitting, refused credentials.

use ratatui::{
    Frame,
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::app::{
    keymap::Context,
    layout,
    model::Account,
    notice::{Notice, Problem},
    quit, sheet,
};
use crate::view::{Ctx, boxed, clear, footer};

/// All keys of these contexts.
pub(crate) fn help(ctx: &Ctx, contexts: &[Context], top: usize, frame: &mut Frame) {
    let line = |line: sheet::Line<String>| {
        let keys = line.head.unwrap_or_default();
        let pad = sheet::KEYS.saturating_sub(2 + Span::raw(&keys).width());
        let head = Span::styled(format!("  {keys}{}", " ".repeat(pad)), ctx.theme.key);
        Line::from(vec![head, Span::raw(line.words)])
    };
    let lines = sheet::help(contexts, frame.area().as_size()).into_iter().map(line).collect();
    scrolled(ctx, " Keys here ", lines, top, frame);
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

fn scrolled(ctx: &Ctx, title: &'static str, lines: Vec<Line>, top: usize, frame: &mut Frame) {
    let area = sheet::area(frame.area().as_size(), lines.len());
    clear(area, frame);
    let room = usize::from(area.height.saturating_sub(2));
    let top = top.min(lines.len().saturating_sub(room));
    let below = lines.len().saturating_sub(top + room);
    let mut block = boxed(ctx, true).title(Line::styled(title, ctx.theme.title_focused));
    if below > 0 {
        let foot = Line::styled(format!(" {below} more, j goes down "), ctx.theme.dim);
        block = block.title_bottom(foot.right_aligned());
    }
    let shown: Vec<Line> = lines.into_iter().skip(top).take(room).collect();
    frame.render_widget(Paragraph::new(shown).block(block), area);
}

/// Typed text would be lost.
pub(crate) fn quit(ctx: &Ctx, frame: &mut Frame) {
    let unsaved = quit::unsaved(ctx.model);
    let forms =
        if unsaved == 1 { "1 form holds".to_owned() } else { format!("{unsaved} forms hold") };
    let lines = vec![Line::raw(format!("{forms} text that was not saved:")), Line::default()];
    let names = ctx.model.drafts.values().filter(|draft| draft.is_dirty()).take(6);
    let names = names.map(|draft| Line::styled(format!("  {}", draft.title), ctx.theme.warn));
    let keys = Line::from(vec![
        Span::styled("y", ctx.theme.key),
        Span::raw(if ctx.model.kept.is_on {
            " quits; it is kept for the next start   "
        } else {
            " quits and drops it   "
        }),
        Span::styled("Esc", ctx.theme.key),
        Span::raw(" stays"),
    ]);
    let lines: Vec<Line> = lines.into_iter().chain(names).chain([Line::default(), keys]).collect();
    framed(ctx, " Quit? ", lines, frame);
}

/// The credentials were refused.
pub(crate) fn refused(ctx: &Ctx, account: &Account, problem: &Problem, frame: &mut Frame) {
    let theme = ctx.theme;
    let lines = vec![
        Line::styled(format!("Twilio refused the credentials of {}.", account.label), theme.bad),
        Line::raw(problem.sentence()),
        Line::default(),
        Line::raw(format!("They came from {}.", account.source)),
        Line::raw(
            "Credentials belong to one region: a wrong TWILIO_REGION is refused the same way.",
        ),
        Line::raw("Nothing more is asked, so that the account is not locked out."),
        Line::default(),
        Line::from(vec![
            Span::styled("r", theme.key),
            Span::raw(" tries once more   "),
            Span::styled("q", theme.key),
            Span::raw(" quits"),
        ]),
    ];
    framed(ctx, " Refused ", lines, frame);
}

/// A box of text in the middle of the screen.
pub(crate) fn framed(ctx: &Ctx, title: &'static str, lines: Vec<Line>, frame: &mut Frame) {
    let width = frame.area().width.min(78);
    let inner = usize::from(width.saturating_sub(4)).max(1);
    let rows: usize = lines.iter().map(|line| line.width().div_ceil(inner).max(1)).sum();
    let area =
        layout::centred(frame.area().as_size(), width, u16::try_from(rows + 4).unwrap_or(u16::MAX));
    clear(area, frame);
    let block = boxed(ctx, true)
        .title(Line::styled(title, ctx.theme.title_focused))
        .padding(ratatui::widgets::Padding::new(1, 1, 1, 1));
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(block), area);
}
