//! A plan: what many writes would do, before any of them is sent.

use ratatui::{
    layout::{Position, Rect},
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::api::remote_text;
use crate::app::{
    jobs::{Look, Preview, Proposal, Survey, Tally, Whence},
    layout,
    places::services,
};
use crate::jobs::{
    plan::BLOCKED,
    run::AT_ONCE,
    task::{Deed, Target},
};
use crate::view::{Ctx, Frame, boxed, clear, jobs, text, theme::Theme};

const WIDEST: u16 = 86;
/// How a reason begins that Flex is.
const OF_FLEX: &str = "owned by Flex";
/// Cells that the label of a switch takes.
const LABEL: usize = 19;

/// Draws the plan, or the list of its rows.
pub(crate) fn render(ctx: &Ctx, proposal: &Proposal, frame: &mut Frame) {
    match proposal.look {
        Look::Plan => plan(ctx, proposal, frame),
        Look::Hidden(top) | Look::Rows(top) => roll(ctx, proposal, top, frame),
    }
}

fn title(ctx: &Ctx, proposal: &Proposal) -> String {
    let task = proposal.task();
    let what = match &task.deed {
        Deed::Migrate { .. } => "Migrate public → private, for good".to_owned(),
        Deed::Mute => "Mute".to_owned(),
        Deed::Unmute => "Unmute".to_owned(),
        Deed::Set { pointer, value } => {
            let set = format!("Set {pointer} to {value}");
            remote_text::shown(&set).text()
        }
        Deed::Delete => "Delete channels, for good".to_owned(),
    };
    format!(" {what} · plan · {} ", services::title(&ctx.model.entities, task.service))
}

fn plan(ctx: &Ctx, proposal: &Proposal, frame: &mut Frame) {
    let theme = ctx.theme;
    let size = frame.area().as_size();
    let width = size.width.min(WIDEST);
    let inner = usize::from(width.saturating_sub(4)).max(1);
    let mut above = groups(ctx, proposal);
    let mut below = switches(ctx, proposal);
    if let Some(problem) = &proposal.problem {
        below.push(Line::styled(format!("✖ {}", problem.sentence()), theme.bad));
    }
    let high = |lines: &[Line]| -> u16 {
        let rows: usize = lines.iter().map(|line| line.width().div_ceil(inner).max(1)).sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    };
    let room = layout::body(size).height.saturating_sub(3);
    if high(&above) + high(&below) + 2 > room {
        above.retain(|line| line.width() > 0);
        below.retain(|line| line.width() > 0);
    }
    let height = high(&above) + high(&below) + 2;
    let area = layout::centred(size, width, height.saturating_add(3));
    clear(area, frame);
    let head = text::fit(
        Line::styled(title(ctx, proposal), theme.title_focused),
        usize::from(width.saturating_sub(4)),
    );
    let mut block = boxed(ctx, true).title(head);
    let keys = keys(ctx, proposal);
    if keys.width() + 4 <= usize::from(width) {
        block = block.title_bottom(keys.right_aligned());
    }
    frame.render_widget(block, area);
    let inside = layout::inside(area);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let entry =
        Rect { y: inside.bottom().saturating_sub(1), height: 1.min(inside.height), ..inside };
    let body = Rect { height: inside.height.saturating_sub(2), ..inside };
    let lines: Vec<Line> = above.into_iter().chain(below).collect();
    let cut = high(&lines) > body.height;
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), body);
    if cut && body.width > 0 && body.height > 0 {
        frame.buffer_mut().set_string(
            body.right() - 1,
            body.bottom() - 1,
            "…",
            Theme::ours(theme.key),
        );
    }
    entry_line(ctx, proposal, entry, frame);
}

/// How many rows there are, what will become of them, and why some are left out.
fn groups(ctx: &Ctx, proposal: &Proposal) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let plan = proposal.plan();
    let Tally { count: will, reasons, .. } = proposal.tally();
    let (all, will) = (plan.rows.len(), *will);
    let is_blocked = |reason: &str| reason.starts_with(BLOCKED);
    let blocked: usize =
        reasons.iter().filter(|(why, _)| is_blocked(why)).map(|(_, count)| count).sum();
    let whence = match &proposal.whence {
        Whence::Marks => "marked".to_owned(),
        Whence::Row => "under the cursor".to_owned(),
        Whence::Filter(_) => "filtered".to_owned(),
        Whence::User(_) => "all".to_owned(),
    };
    let mut lines = Vec::new();
    match &proposal.whence {
        Whence::Filter(filter) => {
            let filter = remote_text::shown(filter).text();
            lines.push(Line::styled(format!("all that /{filter} shows"), theme.dim));
        }
        Whence::User(name) => lines.push(Line::styled(format!("memberships of {name}"), theme.dim)),
        Whence::Marks | Whence::Row => {}
    }
    let verb = proposal.task().deed.verb();
    lines.push(Line::from(vec![
        Span::styled(format!("{whence} "), theme.label),
        Span::raw(text::grouped(all as u64)),
        Span::styled(format!("    will {verb} "), theme.label),
        Span::styled(text::grouped(will as u64), theme.title_focused),
        Span::styled("    skipped ", theme.label),
        Span::raw(text::grouped((all - will - blocked) as u64)),
        Span::styled("    blocked ", theme.label),
        Span::styled(blocked.to_string(), if blocked > 0 { theme.warn } else { theme.text }),
    ]));
    lines.extend(reasons.iter().map(|(reason, count)| left_out(ctx, reason, *count)));
    lines.extend(flex(ctx, proposal));
    if let Some(words) = &proposal.unloaded {
        lines.push(Line::styled(format!("⚠ {words}"), theme.warn));
    }
    if proposal.hidden > 0 {
        let count = text::grouped(proposal.hidden as u64);
        let words = if proposal.seen_hidden { "and were looked through" } else { "look first" };
        lines.push(Line::from(vec![
            Span::styled(
                format!("⚠ {count} of them are hidden by the filter, {words}   "),
                theme.warn,
            ),
            Span::styled("h", theme.key),
            Span::styled(" shows them", theme.dim),
        ]));
    }
    lines.extend(previews(ctx, proposal));
    lines.push(Line::default());
    lines.push(Line::from(vec![
        Span::styled(way_back(&proposal.task().deed), theme.warn),
        Span::raw(" Nothing has been sent yet."),
    ]));
    lines.push(Line::default());
    lines
}

/// Why rows are left out.
fn left_out(ctx: &Ctx, reason: &str, count: usize) -> Line<'static> {
    let theme = ctx.theme;
    let style = if reason.starts_with(BLOCKED) { theme.warn } else { theme.dim };
    let mut spans = vec![
        Span::raw(format!("  {:>5}  ", text::grouped(count as u64))),
        Span::styled(remote_text::shown(reason).text(), style),
    ];
    if reason.starts_with(OF_FLEX) {
        spans.push(Span::styled("   f", theme.key));
        spans.push(Span::styled(" takes them too", theme.dim));
    }
    Line::from(spans)
}

/// What the first few rows would be changed from and to.
fn previews(ctx: &Ctx, proposal: &Proposal) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "—".to_owned());
    let line = |preview: &Preview| {
        Line::from(vec![
            Span::styled("  ~ ", theme.key),
            Span::raw(format!("{}  ", preview.label)),
            Span::styled(format!("{}  ", preview.pointer), theme.dim),
            Span::raw(side(&preview.before)),
            Span::styled(" → ", theme.dim),
            Span::styled(side(&preview.after), theme.ok),
        ])
    };
    proposal.previews.iter().map(line).collect()
}

/// What is known of whose the channels are.
fn flex(ctx: &Ctx, proposal: &Proposal) -> Option<Line<'static>> {
    let theme = ctx.theme;
    let so_far = match proposal.read {
        0 => String::new(),
        read => format!(", {} so far", text::grouped(read as u64)),
    };
    let what = match proposal.survey? {
        Survey::OfFlex => "which channels Flex owns",
        Survey::OfUser(..) => "the memberships",
    };
    if proposal.reading.is_loading() {
        return Some(Line::styled(format!("… reading {what}{so_far}"), theme.pending));
    }
    if let Some(problem) = proposal.reading.problem() {
        let mut spans = vec![Span::styled(
            format!("✖ {what} could not be read: {}", problem.sentence()),
            theme.bad,
        )];
        if proposal.asks_flex() {
            let and_without =
                if proposal.include_flex { " would leave theirs out" } else { " goes on without" };
            for (key, words) in [("   Esc", " and "), ("M", " ask again ·"), (" f", and_without)] {
                spans.push(Span::styled(key, theme.key));
                spans.push(Span::styled(words, theme.dim));
            }
        }
        return Some(Line::from(spans));
    }
    let of_flex = proposal.tally().of_flex;
    (proposal.include_flex && of_flex > 0).then(|| {
        let words = format!("⚠ {of_flex} of them are Flex's, which needs no migration");
        Line::from(vec![
            Span::styled(words, theme.warn),
            Span::styled("   f", theme.key),
            Span::styled(" leaves them out", theme.dim),
        ])
    })
}

fn way_back(deed: &Deed) -> &'static str {
    match deed {
        Deed::Migrate { .. } => "One way: no call makes a channel public again.",
        Deed::Delete => "There is no undo: members and messages go with each channel.",
        Deed::Mute | Deed::Unmute | Deed::Set { .. } => "Each can be taken back from the journal.",
    }
}

fn switches(ctx: &Ctx, proposal: &Proposal) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let label = |word: &str| Span::styled(format!("{word:<LABEL$}"), theme.label);
    let key = |key: &'static str, words: &'static str| {
        [Span::styled(format!("   {key}"), theme.key), Span::styled(format!(" {words}"), theme.dim)]
    };
    let mut lines = Vec::new();
    if proposal.has_webhooks() {
        let on = proposal.task().webhooks;
        let (word, style) = if on { ("on", theme.warn) } else { ("off", theme.text) };
        let header = if on { "  X-Twilio-Webhook-Enabled: true" } else { "  nobody else is told" };
        let mut spans =
            vec![label("webhooks"), Span::styled(word, style), Span::styled(header, theme.dim)];
        spans.extend(key("w", "switches"));
        lines.push(Line::from(spans));
    }
    if proposal.wants_messaging() {
        let typed = proposal.messaging.text();
        let mut spans = vec![label("messaging service")];
        if typed.is_empty() {
            spans.push(Span::styled("none  only needed for SMS or WhatsApp", theme.dim));
        } else {
            spans.extend(text::remote(typed, theme.text, theme));
        }
        spans.extend(key("g", "names one"));
        lines.push(Line::from(spans));
        if !typed.is_empty() {
            let words = "refused if unknown (50341) or another account's (50342)";
            lines.push(Line::from(vec![label(""), Span::styled(words, theme.dim)]));
        }
    }
    let seconds = proposal.tally().estimate.as_secs().max(1);
    let pace = format!("up to {:.0}/s", proposal.task().ceiling());
    let estimate = format!("   about {}", jobs::span(seconds));
    lines.push(Line::from(vec![
        label("pace"),
        Span::raw(pace),
        Span::styled("  - +", theme.key),
        Span::styled(format!("  {AT_ONCE} at a time, slower on 429"), theme.dim),
        Span::styled(estimate, theme.title),
    ]));
    let ledger = "each row on disk before it is sent; resumable";
    lines.push(Line::from(vec![label("ledger"), Span::raw(ledger)]));
    lines
}

/// What is typed: the count, or a messaging service.
fn entry_line(ctx: &Ctx, proposal: &Proposal, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let count = proposal.tally().count;
    let (label, entry, width) = if proposal.typing {
        let label = vec![Span::styled("messaging service  ", theme.label)];
        (label, &proposal.messaging, 34)
    } else if proposal.beginning.is_some() {
        let line = Line::styled("writing it down …", theme.pending);
        frame.render_widget(line, area);
        return;
    } else if count == 0 && !proposal.reading.is_loading() {
        frame.render_widget(Line::styled("There is nothing to do.", theme.dim), area);
        return;
    } else if proposal.wants_count() {
        let label = vec![
            Span::raw("Type the count to start, "),
            Span::styled(count.to_string(), theme.key),
            Span::raw(":  "),
        ];
        (label, &proposal.count, count.to_string().len())
    } else {
        let verb = match &proposal.task().deed {
            Deed::Set { .. } => "sets it in",
            Deed::Unmute => "unmutes",
            _ => "mutes",
        };
        let words = format!(" {verb} {count} of them");
        let line = Line::from(vec![Span::styled("Enter", theme.key), Span::raw(words)]);
        frame.render_widget(line, area);
        return;
    };
    let mut line = Line::from(label);
    let start = line.width();
    let typed = entry.text();
    let is_counted = !proposal.typing && proposal.is_counted();
    line.spans.extend(text::remote(typed, if is_counted { theme.ok } else { theme.text }, theme));
    let room = usize::from(area.width);
    frame.render_widget(text::fit(line, room), area);
    let before: String = typed.chars().take(entry.column()).collect();
    let x = (start + remote_text::shown(&before).width()).min(room.saturating_sub(1));
    let width = room.saturating_sub(start).min(width.max(typed.chars().count()) + 1);
    let underlined = Rect {
        x: area.x + u16::try_from(start).unwrap_or(0),
        width: u16::try_from(width).unwrap_or(0),
        ..area
    };
    frame.buffer_mut().set_style(underlined, ratatui::style::Modifier::UNDERLINED);
    frame.set_cursor_position(Position::new(area.x + u16::try_from(x).unwrap_or(0), area.y));
}

fn keys(ctx: &Ctx, proposal: &Proposal) -> Line<'static> {
    let theme = ctx.theme;
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    if proposal.typing {
        pairs.push(("Enter", "done"));
    } else {
        pairs.push(("Enter", "starts"));
        if proposal.wants_level() {
            pairs.push(("m", "mute/unmute"));
        }
        pairs.extend([("v", "rows"), ("o", "saves the plan"), ("Esc", "leaves")]);
    }
    let mut spans = vec![Span::raw(" ")];
    for (key, words) in pairs {
        spans.push(Span::styled(key.to_owned(), theme.key));
        spans.push(Span::styled(format!(" {words}  "), theme.dim));
    }
    Line::from(spans)
}

/// The rows of the plan, or those of them that the filter hides.
fn roll(ctx: &Ctx, proposal: &Proposal, top: usize, frame: &mut Frame) {
    let theme = ctx.theme;
    let size = frame.area().as_size();
    let height = layout::roll_height(size);
    let rows = u16::try_from(proposal.roll().min(height)).unwrap_or(u16::MAX);
    let area = layout::centred(size, size.width.min(100), rows.saturating_add(4));
    clear(area, frame);
    let width = usize::from(area.width.saturating_sub(4));
    let head = Line::styled(title(ctx, proposal), theme.title_focused);
    frame.render_widget(boxed(ctx, true).title(text::fit(head, width)), area);
    let inside = layout::inside(area);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let total = proposal.roll();
    let intro = match proposal.look {
        Look::Hidden(_) => Line::styled(
            format!(
                "{} marked rows that the filter hides; they are in the plan:",
                text::grouped(total as u64)
            ),
            theme.warn,
        ),
        _ => Line::styled(format!("{} rows", text::grouped(total as u64)), theme.label),
    };
    let mut lines = vec![text::fit(intro, width)];
    let verb = proposal.task().deed.words();
    for (label, target, skipped) in proposal.window(height) {
        lines.push(row(ctx, label, target, skipped, &verb, width));
    }
    let last = (top + height).min(total);
    let mut foot = vec![Span::styled(
        format!("{} of {}   ", text::grouped(last as u64), text::grouped(total as u64)),
        theme.dim,
    )];
    if last < total {
        foot.push(Span::styled("j", theme.key));
        foot.push(Span::styled(" goes down  ", theme.dim));
    }
    foot.push(Span::styled("Enter", theme.key));
    foot.push(Span::styled(" to the plan", theme.dim));
    lines.push(Line::from(foot));
    frame.render_widget(Paragraph::new(lines), inside);
}

fn row(
    ctx: &Ctx,
    label: &str,
    target: Target,
    skipped: Option<&str>,
    verb: &str,
    width: usize,
) -> Line<'static> {
    let theme = ctx.theme;
    let sid = match target {
        Target::Channel(channel) | Target::Membership(_, channel) => channel.short(),
    };
    let (sign, words, style) = match skipped {
        None => ("▸", verb.to_owned(), theme.text),
        Some(why) => ("~", remote_text::shown(why).text(), theme.dim),
    };
    let name = width.saturating_sub(sid.len() + 36).clamp(10, 40);
    let mut title = text::fit(Line::from(text::remote(label, theme.text, theme)), name);
    let pad = name.saturating_sub(title.width());
    let mut spans = vec![Span::styled(format!("{sign} "), style)];
    spans.append(&mut title.spans);
    spans.push(Span::raw(" ".repeat(pad + 2)));
    spans.push(Span::styled(format!("{sid}  "), theme.dim));
    spans.push(Span::styled(words, style));
    text::fit(Line::from(spans), width)
}
