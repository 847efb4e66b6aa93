//! One channel: its properties, its attributes as a tree, the first of its members.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::api::{
    chat::{channels::Channel, services::Service},
    sid::Sid,
};
use crate::app::{
    layout::{self, Pane},
    list::Rows,
    notice::Problem,
    place::{Place, Subject},
    places::channels as app,
    ticket::{EditKey, Lane},
};
use crate::view::{Ctx, Frame, boxed, places, text, tree};

pub(crate) fn render(
    ctx: &Ctx,
    pane: &Pane,
    service: Sid<Service>,
    sid: Sid<Channel>,
    with_members: bool,
    frame: &mut Frame,
) {
    let theme = ctx.theme;
    let width = usize::from(pane.area.width.saturating_sub(4));
    let style = if pane.focused { theme.title_focused } else { theme.title };
    let title = Line::styled(format!(" {} ", app::title_of(&ctx.model.entities, sid)), style);
    let drawn = ctx.model.trees.get(&Subject::Channel(sid));
    let mut block = boxed(ctx, pane.focused).title(text::fit(title, width));
    if let Some(drawn) = drawn.filter(|_| pane.focused) {
        block = block.title_bottom(tree::pointer(ctx, drawn, width));
    }
    frame.render_widget(block, pane.area);
    let parts = layout::channel_parts(pane.area, with_members);
    let Some(channel) = ctx.model.entities.channel(sid) else {
        unknown(ctx, pane, sid, frame);
        return;
    };
    frame.render_widget(
        Paragraph::new(properties(ctx, &channel, usize::from(parts.properties.width))),
        parts.properties,
    );
    if let Some(drawn) = drawn {
        let summary = tree::summary(ctx, drawn, &channel.attributes);
        rule(ctx, summary, "", parts.rule, frame);
        tree::render(ctx, drawn, &channel.attributes, pane.focused, parts.tree, frame);
    }
    members(ctx, Place::Members(service, sid), &channel, parts.members, frame);
}

/// What stands in place of a channel that is not known.
fn unknown(ctx: &Ctx, pane: &Pane, sid: Sid<Channel>, frame: &mut Frame) {
    let inside = layout::inside(pane.area);
    let lines = if let Some(since) = ctx.model.loading_since(pane.place) {
        places::waiting(ctx, pane.place, since)
    } else {
        let fetch = ctx.model.fetches.get(&Lane::Channel(sid));
        let why = fetch.and_then(|fetch| fetch.problem()).map(Problem::sentence);
        vec![
            Line::styled("this channel could not be read", ctx.theme.bad),
            Line::raw(why.unwrap_or_default()),
            Line::styled("r tries again", ctx.theme.dim),
        ]
    };
    places::in_the_middle(lines, inside, frame);
}

fn properties(ctx: &Ctx, channel: &Channel, width: usize) -> Vec<Line<'static>> {
    let (theme, model) = (ctx.theme, ctx.model);
    let label = |word: &'static str| Span::styled(word, theme.label);
    let kind = super::channels::type_of(ctx, channel);
    let pad = " ".repeat(7_usize.saturating_sub(kind.width()));
    let mut who: Vec<Span> =
        kind.spans.into_iter().map(|span| span.patch_style(kind.style)).collect();
    who.push(Span::raw(pad));
    let key = EditKey::Channel(channel.sid);
    if model.entities.is_gone(key) {
        who.push(Span::styled("  gone from the server", theme.bad));
    }
    if let Some(as_of) = model.entities.old_since(channel.sid) {
        let words = format!("  as of {} ago", text::age(model.now, as_of));
        who.push(Span::styled(words, theme.warn));
    }
    if model.entities.is_doubtful(key) {
        who.push(Span::styled("  the last save is in doubt, r reads it", theme.warn));
    }
    if model.entities.edit(key).is_some() {
        who.push(Span::styled("  saving …", theme.pending));
    }
    let used: usize = who.iter().map(Span::width).sum();
    let sid = if used + 36 <= width { channel.sid.to_string() } else { channel.sid.short() };
    who.push(Span::styled(format!("  {sid}"), theme.text));
    let mut unique = vec![label("unique   ")];
    unique.extend(text::name(channel.unique_name.as_ref(), theme.text, theme).spans);
    let mut counts = vec![
        label("members  "),
        Span::raw(text::or_dash(channel.members_count, text::grouped)),
        label("   messages  "),
        Span::raw(text::or_dash(channel.messages_count, text::grouped)),
    ];
    if let Some(by) = &channel.created_by {
        counts.push(label("   by  "));
        counts.extend(text::remote(by.raw(), theme.text, theme));
    }
    let moment = |at: Option<jiff::Timestamp>| match at {
        Some(at) if model.absolute_times => text::moment(at, &model.zone),
        Some(at) => format!("{} ago", text::age(model.now, at)),
        None => "—".to_owned(),
    };
    let created =
        channel.date_created.map_or_else(|| "—".to_owned(), |at| text::date(at, &model.zone));
    let dates = vec![
        label("created  "),
        Span::raw(created),
        label("   updated  "),
        Span::raw(moment(channel.date_updated)),
    ];
    [who, unique, counts, dates].map(|spans| text::fit(Line::from(spans), width)).to_vec()
}

/// A line across the pane, with words on it.
pub(super) fn rule(ctx: &Ctx, words: Line<'static>, right: &str, area: Rect, frame: &mut Frame) {
    let dim = ctx.theme.border;
    let width = usize::from(area.width);
    let mut spans = vec![Span::styled("── ", dim)];
    spans.extend(words.spans);
    let used: usize = spans.iter().map(Span::width).sum::<usize>() + Span::raw(right).width();
    let gap = if right.is_empty() { "" } else { " " };
    let fill = "─".repeat(width.saturating_sub(used + 1 + gap.len()));
    spans.push(Span::styled(format!(" {fill}{gap}"), dim));
    spans.push(Span::styled(right.to_owned(), ctx.theme.dim));
    frame.render_widget(text::fit(Line::from(spans), width), area);
}

fn members(ctx: &Ctx, place: Place, channel: &Channel, area: Rect, frame: &mut Frame) {
    if area.height == 0 {
        return;
    }
    let theme = ctx.theme;
    let head =
        Line::raw(format!("members · {}", text::or_dash(channel.members_count, text::grouped)));
    // Discreetly, and only where it fits: what else can be read of a channel.
    let keys = ["3 opens · 6 messages · 7 invites", "3 opens · 6 messages"];
    let room = usize::from(area.width).saturating_sub(head.width() + 6);
    let keys = keys.into_iter().find(|keys| Span::raw(*keys).width() <= room).unwrap_or("3 opens");
    rule(ctx, head, keys, Rect { height: 1, ..area }, frame);
    let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let Some(list) = ctx.model.lists.members.get(&channel.sid) else { return };
    if let Some(since) = ctx.model.loading_since(place).filter(|_| list.loaded() == 0) {
        in_place(places::waiting(ctx, place, since), body, frame);
        return;
    }
    if let Some(problem) = list.extent().problem().filter(|_| list.loaded() == 0) {
        in_place(vec![Line::styled(problem.sentence(), theme.bad)], body, frame);
        return;
    }
    let room = usize::from(body.height);
    let loaded = list.first_rows();
    let mut lines: Vec<Line> = loaded
        .iter()
        .take(room)
        .filter_map(|&sid| ctx.model.entities.member(sid))
        .map(|member| {
            let mut spans = vec![Span::raw("  ")];
            spans.extend(text::remote(member.identity.raw(), theme.text, theme));
            text::fit(Line::from(spans), usize::from(body.width))
        })
        .collect();
    let all = channel
        .members_count
        .map_or(0, |all| usize::try_from(all).unwrap_or(usize::MAX))
        .max(loaded.len());
    if all > room && lines.len() == room && room > 0 {
        lines.pop();
        lines.push(Line::styled(format!("  and {} more", all + 1 - room), theme.dim));
    }
    in_place(lines, body, frame);
}

fn in_place(lines: Vec<Line<'static>>, area: Rect, frame: &mut Frame) {
    frame.render_widget(Paragraph::new(lines), area);
}
