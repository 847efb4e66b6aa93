//! The question before what cannot be undone: plainly what will be done to what, the switches, and what to type.

use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::api::{chat::channels::Channel, client::Webhooks, remote_text, sid::Sid};
use crate::app::{
    confirm::{Confirm, Deed},
    entities::MembershipKey,
    layout,
    places::{channels, users},
};
use crate::view::{Ctx, boxed, clear, text};

const WIDEST: u16 = 78;

/// Draws the question. What is typed and the keys stand at the bottom and are always seen; on a low screen the words
/// above them are cut, and say so.
pub(crate) fn render(ctx: &Ctx, question: &Confirm, frame: &mut Frame) {
    let (title, words) = match question.deed {
        Deed::DeleteChannel(_, channel) => ("Delete this channel?", of_channel(ctx, channel)),
        Deed::DeleteMembership(_, key) => ("Remove from the channel?", of_membership(ctx, key)),
        Deed::DeleteFlexChannel(channel) => {
            ("Delete this Flex channel?", of_flex_channel(ctx, channel))
        }
        Deed::Migrate(_, channel) => ("Migrate this channel?", of_migration(ctx, channel)),
    };
    let size = frame.area().as_size();
    let width = size.width.min(WIDEST);
    let inner = usize::from(width.saturating_sub(6).max(1));
    let switches = switches(ctx, question);
    let high = |lines: &[Line]| -> u16 {
        let rows: usize = lines.iter().map(|line| line.width().div_ceil(inner).max(1)).sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    };
    let (top, bottom) = (high(&words), high(&switches) + 2);
    let area = layout::centred(size, width, top.saturating_add(bottom).saturating_add(5));
    clear(area, frame);
    let block = boxed(ctx, true)
        .title(Line::styled(format!(" {title} "), ctx.theme.title_focused))
        .title_bottom(keys(ctx, question).right_aligned());
    frame.render_widget(block, area);
    let inside = layout::inside(area);
    let inside = Rect { x: inside.x + 2, width: inside.width.saturating_sub(4), ..inside };
    let entry =
        Rect { y: inside.bottom().saturating_sub(1), height: 1.min(inside.height), ..inside };
    let above = Rect { height: inside.height.saturating_sub(1), ..inside };
    let low = above.height < top + bottom;
    let blank = u16::from(!low);
    let below = Rect {
        y: above.bottom().saturating_sub(high(&switches).min(above.height) + blank),
        height: high(&switches).min(above.height),
        ..above
    };
    let body =
        Rect { y: above.y + blank, height: below.y.saturating_sub(above.y + blank), ..above };
    wrapped(words, body, frame);
    if top > body.height {
        cut(ctx, body, frame);
    }
    wrapped(switches, below, frame);
    entry_line(ctx, question, entry, frame);
}

fn wrapped(lines: Vec<Line<'static>>, area: Rect, frame: &mut Frame) {
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), area);
}

fn cut(ctx: &Ctx, area: Rect, frame: &mut Frame) {
    if area.width > 0 && area.height > 0 {
        frame.buffer_mut().set_string(area.right() - 1, area.bottom() - 1, "…", ctx.theme.key);
    }
}

/// What is typed: the end of a sid, or a messaging service.
fn entry_line(ctx: &Ctx, question: &Confirm, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let label = match question.tail() {
        Some(tail) => vec![
            Span::raw("type the end of its sid, "),
            Span::styled(tail, theme.key),
            Span::raw(":  "),
        ],
        None => vec![Span::styled("messaging service  ", theme.label)],
    };
    let typed = question.entry.text();
    let mut line = Line::from(label);
    let start = line.width();
    if question.takes_text() || !typed.is_empty() {
        let style =
            if question.tail().is_some() && question.is_typed() { theme.ok } else { theme.text };
        line.spans.extend(text::remote(typed, style, theme));
    } else {
        line.push_span(Span::styled("none · only needed for SMS or WhatsApp", theme.dim));
    }
    let room = usize::from(area.width);
    frame.render_widget(text::fit(line, room), area);
    if question.takes_text() {
        let before: String = typed.chars().take(question.entry.column()).collect();
        let x = (start + remote_text::shown(&before).width()).min(room.saturating_sub(1));
        frame.set_cursor_position(Position::new(area.x + u16::try_from(x).unwrap_or(0), area.y));
    }
}

/// What can be switched, and what went wrong when it was tried.
fn switches(ctx: &Ctx, question: &Confirm) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let mut lines = Vec::new();
    if let Some(webhooks) = question.webhooks {
        let is_on = webhooks == Webhooks::On;
        let header =
            format!("X-Twilio-Webhook-Enabled: {}", if is_on { "true" } else { "not sent" });
        lines.push(Line::from(vec![
            Span::styled("webhooks  ", theme.label),
            Span::styled(webhooks.word(), if is_on { theme.warn } else { theme.text }),
            Span::styled(format!("  ({header})  "), theme.dim),
            Span::styled("w", theme.key),
            Span::styled(" switches", theme.dim),
        ]));
    }
    if let Some(problem) = &question.problem {
        lines.push(Line::styled(format!("✖ {}", problem.sentence()), theme.bad));
    }
    lines
}

fn keys(ctx: &Ctx, question: &Confirm) -> Line<'static> {
    let theme = ctx.theme;
    let pairs: &[(&str, &str)] = match question.deed {
        Deed::Migrate(..) if question.typing => &[("Enter", "done")],
        Deed::Migrate(..) => &[("y", "migrates, for good"), ("g", "names one"), ("Esc", "leaves")],
        Deed::DeleteMembership(..) => &[("Enter", "removes"), ("Esc", "leaves")],
        Deed::DeleteChannel(..) | Deed::DeleteFlexChannel(_) => {
            &[("Enter", "deletes, for good"), ("Esc", "leaves")]
        }
    };
    let mut spans = vec![Span::raw(" ")];
    for (key, words) in pairs {
        spans.push(Span::styled((*key).to_owned(), theme.key));
        spans.push(Span::styled(format!(" {words}  "), theme.dim));
    }
    Line::from(spans)
}

fn titled(ctx: &Ctx, name: String, rest: String) -> Line<'static> {
    Line::from(vec![Span::styled(name, ctx.theme.title), Span::styled(rest, ctx.theme.dim)])
}

fn of_channel(ctx: &Ctx, channel: Sid<Channel>) -> Vec<Line<'static>> {
    let entities = &ctx.model.entities;
    let name = channels::title_of(entities, channel);
    let known = entities.channel(channel);
    let counts = known.map(|known| {
        let count = |count: Option<u64>, noun: &str| match count {
            Some(1) => format!("1 {noun}"),
            Some(count) => format!("{} {noun}s", text::grouped(count)),
            None => format!("an unknown number of {noun}s"),
        };
        let members = count(known.members_count, "member");
        format!("With it go {members} and {}. ", count(known.messages_count, "message"))
    });
    vec![
        titled(ctx, name, format!("  {channel}")),
        Line::default(),
        Line::from(vec![
            Span::raw(counts.unwrap_or_default()),
            Span::styled("There is no undo.", ctx.theme.warn),
        ]),
    ]
}

fn of_membership(ctx: &Ctx, key: MembershipKey) -> Vec<Line<'static>> {
    let entities = &ctx.model.entities;
    let (user, channel) =
        (users::title(entities, key.user), channels::title_of(entities, key.channel));
    vec![
        titled(ctx, user, format!("  {}", key.user)),
        titled(ctx, format!("from {channel}"), format!("  {}", key.channel)),
        Line::default(),
        Line::from(vec![
            Span::raw(
                "The user leaves the channel and loses the reading mark there; messages stay. ",
            ),
            Span::styled("There is no undo.", ctx.theme.warn),
        ]),
    ]
}

fn of_flex_channel(ctx: &Ctx, channel: Sid<Channel>) -> Vec<Line<'static>> {
    let name = channels::title_of(&ctx.model.entities, channel);
    vec![
        titled(ctx, name, format!("  {channel}")),
        Line::default(),
        Line::from(vec![
            Span::raw("Flex lets go of the customer's conversation. "),
            Span::styled("There is no undo.", ctx.theme.warn),
        ]),
    ]
}

fn of_migration(ctx: &Ctx, channel: Sid<Channel>) -> Vec<Line<'static>> {
    let name = channels::title_of(&ctx.model.entities, channel);
    let plain = |words: &'static str| Span::styled(words, Style::new());
    vec![
        titled(ctx, name, format!("  {channel}")),
        Line::default(),
        Line::from(vec![
            plain("It becomes private, and with that a conversation. "),
            Span::styled("One way: no call makes it public again.", ctx.theme.warn),
        ]),
        Line::raw("Its members stay; nobody else can find or join it any more."),
    ]
}
