//! What lies over the panes: help, messages, the question before quitting, refused credentials.

use std::collections::HashSet;

use ratatui::{
    Frame,
    style::Style,
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::app::{
    keymap::{self, BINDINGS, Context},
    layout,
    model::Account,
    notice::Problem,
    quit,
};
use crate::view::{Ctx, boxed, clear, footer, text};

/// All keys of these contexts.
pub(crate) fn help(ctx: &Ctx, contexts: &[Context], top: usize, frame: &mut Frame) {
    let theme = ctx.theme;
    let mut lines = Vec::new();
    let mut told = HashSet::new();
    for context in contexts {
        for row in BINDINGS.iter().filter(|row| row.contexts.contains(context)) {
            let keys: Vec<&str> = row
                .keys
                .iter()
                .copied()
                .filter(|key| told.insert(*key))
                .map(keymap::spelled)
                .collect();
            if keys.is_empty() {
                continue;
            }
            let keys = if keys.len() > 4 {
                format!("{} … {}", keys.first().unwrap_or(&""), keys.last().unwrap_or(&""))
            } else {
                keys.join(" ")
            };
            let pad = 18_usize.saturating_sub(Span::raw(&keys).width());
            let head = vec![Span::styled(format!("  {keys}{}", " ".repeat(pad)), theme.key)];
            lines.extend(hanging(head, row.help, theme.text, inner_width(frame)));
        }
    }
    scrolled(ctx, " Keys here ", lines, top, frame);
}

/// All that was said, the newest first.
pub(crate) fn messages(ctx: &Ctx, top: usize, frame: &mut Frame) {
    let mut lines: Vec<Line> = ctx
        .model
        .notices
        .log()
        .flat_map(|notice| {
            let mut head = footer::notice_line(ctx, notice).spans;
            let style = head.pop().map_or(ctx.theme.text, |words| words.style);
            hanging(head, &notice.text, style, inner_width(frame))
        })
        .collect();
    if lines.is_empty() {
        lines.push(Line::styled("  nothing has been said yet", ctx.theme.dim));
    }
    scrolled(ctx, " Messages ", lines, top, frame);
}

/// Words after a head, the further lines indented under the first.
fn hanging(
    head: Vec<Span<'static>>,
    words: &str,
    style: Style,
    width: usize,
) -> Vec<Line<'static>> {
    let indent: usize = head.iter().map(Span::width).sum();
    let mut head = Some(head);
    let begin = |words: String| {
        let mut spans = head.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
        spans.push(Span::styled(words, style));
        Line::from(spans)
    };
    text::wrapped(words, width.saturating_sub(indent)).into_iter().map(begin).collect()
}

fn inner_width(frame: &Frame) -> usize {
    usize::from(frame.area().width.min(WIDEST).saturating_sub(2))
}

const WIDEST: u16 = 100;

fn scrolled(ctx: &Ctx, title: &'static str, lines: Vec<Line>, top: usize, frame: &mut Frame) {
    let width = frame.area().width.min(WIDEST);
    let area = layout::centred(
        frame.area().as_size(),
        width,
        u16::try_from(lines.len() + 2).unwrap_or(u16::MAX),
    );
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
        Span::styled("q", ctx.theme.key),
        Span::raw(" quits and drops it   "),
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
