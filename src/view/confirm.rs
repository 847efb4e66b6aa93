//! The question before what cannot be undone: plainly what will be done to what, the switches, and what to type.

use ratatui::{
    layout::{Position, Rect},
    style::{Modifier, Style},
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::api::{
    chat::channels::Channel,
    client::Webhooks,
    remote_text,
    sid::{Kind, Sid},
};
use crate::app::{
    confirm::{Confirm, Deed},
    entities::MembershipKey,
    layout,
    places::{channels, users},
};
use crate::view::{Ctx, Frame, boxed, clear, text, theme::Theme};

const WIDEST: u16 = 78;
/// Below this many cells a line says no more than it must.
const NARROW: usize = 56;

/// Draws the question. What is typed and the keys stand at the bottom and are always seen; on a low screen the words
/// above them are cut, and say so.
pub(crate) fn render(ctx: &Ctx, question: &Confirm, frame: &mut Frame) {
    let (title, mut words) = match question.deed {
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
    let switches = switches(ctx, question, inner);
    let high = |lines: &[Line]| -> u16 {
        let rows: usize = lines.iter().map(|line| line.width().div_ceil(inner).max(1)).sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    };
    if high(&words) + high(&switches) + 6 > layout::body(size).height {
        words.retain(|line| line.width() > 0);
    }
    let (top, bottom) = (high(&words), high(&switches) + 2);
    let area = layout::centred(size, width, top.saturating_add(bottom).saturating_add(4));
    clear(area, frame);
    let mut block =
        boxed(ctx, true).title(Line::styled(format!(" {title} "), ctx.theme.title_focused));
    // The foot of the screen tells the keys too.
    let keys = keys(ctx, question);
    if keys.width() + 4 <= usize::from(width) {
        block = block.title_bottom(keys.right_aligned());
    }
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
        frame.buffer_mut().set_string(
            area.right() - 1,
            area.bottom() - 1,
            "…",
            Theme::ours(ctx.theme.key),
        );
    }
}

/// What is typed: the end of a sid, or a messaging service.
fn entry_line(ctx: &Ctx, question: &Confirm, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let label = match question.tail() {
        Some(tail) => vec![
            Span::raw(format!(
                "type the end of {} sid, ",
                match question.deed {
                    Deed::DeleteMembership(..) if question.by_user => "the user's",
                    Deed::DeleteMembership(..) => "the channel's",
                    _ => "its",
                }
            )),
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
        let width = room.saturating_sub(start).min(entry_width(question));
        let x = area.x + u16::try_from(start).unwrap_or(0);
        let width = u16::try_from(width).unwrap_or(0);
        frame.buffer_mut().set_style(Rect { x, width, ..area }, Modifier::UNDERLINED);
        let before: String = typed.chars().take(question.entry.column()).collect();
        let x = (start + remote_text::shown(&before).width()).min(room.saturating_sub(1));
        frame.set_cursor_position(Position::new(area.x + u16::try_from(x).unwrap_or(0), area.y));
    }
}

/// Cells for what is to be typed, and the cursor after it.
fn entry_width(question: &Confirm) -> usize {
    let expected = question.tail().map_or(34, |tail| tail.len());
    expected.max(question.entry.text().chars().count()) + 1
}

/// What can be switched, and what went wrong when it was tried.
fn switches(ctx: &Ctx, question: &Confirm, room: usize) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let mut lines = Vec::new();
    if let Some(webhooks) = question.webhooks {
        let is_on = webhooks == Webhooks::On;
        let header = if is_on { "X-Twilio-Webhook-Enabled: true" } else { "nobody else is told" };
        lines.push(Line::from(vec![
            Span::styled("webhooks  ", theme.label),
            Span::styled(webhooks.word(), if is_on { theme.warn } else { theme.text }),
            Span::styled(
                if room < NARROW { "  ".to_owned() } else { format!("  ({header})  ") },
                theme.dim,
            ),
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

/// What is meant, by name and sid.
fn titled<K: Kind>(ctx: &Ctx, name: String, sid: Sid<K>) -> Line<'static> {
    let narrow = usize::from(ctx.model.size.width) < NARROW;
    let sid = if narrow { sid.short() } else { sid.to_string() };
    let sid = Span::styled(format!("  {sid}"), ctx.theme.dim);
    Line::from(vec![Span::styled(name, ctx.theme.title), sid])
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
        titled(ctx, name, channel),
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
        titled(ctx, user, key.user),
        titled(ctx, format!("from {channel}"), key.channel),
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
        titled(ctx, name, channel),
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
    let mut lines = vec![
        titled(ctx, name, channel),
        Line::default(),
        Line::from(vec![
            Span::styled("One way: no call makes it public again. ", ctx.theme.warn),
            plain("It becomes private, and with that a conversation."),
        ]),
        Line::raw("Its members stay; nobody else can find or join it any more."),
    ];
    if ctx.model.entities.flex_channel(channel).is_some() {
        let words = "Flex owns this channel: Twilio says that Flex needs no migration.";
        lines.push(Line::styled(words, ctx.theme.warn));
    }
    lines
}
