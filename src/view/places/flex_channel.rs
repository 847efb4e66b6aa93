//! One Flex channel: its own properties, and the parts it joins as a small list to go on from.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::api::{
    chat::{channels::Channel, services::Service},
    flex::channels::FlexChannel,
    sid::Sid,
};
use crate::app::{
    layout::{self, Pane},
    notice::Problem,
    places::{
        channels,
        flex_channel::{self as app, Part, Standing},
        services,
    },
    prose,
    remote::Remote,
    ticket::Lane,
};
use crate::view::{Ctx, Frame, boxed, places, places::channel::rule, text};

/// Cells before what a part says: the marker and its name.
const HEAD: usize = 16;

pub(crate) fn render(ctx: &Ctx, pane: &Pane, sid: Sid<Channel>, frame: &mut Frame) {
    let (theme, model) = (ctx.theme, ctx.model);
    let style = if pane.focused { theme.title_focused } else { theme.title };
    let title = format!(" Flex channel {} ", channels::title_of(&model.entities, sid));
    let width = usize::from(pane.area.width.saturating_sub(4));
    let block = boxed(ctx, pane.focused).title(text::fit(Line::styled(title, style), width));
    frame.render_widget(block, pane.area);
    let inside = layout::inside(pane.area);
    let Some(flex) = model.entities.flex_channel(sid) else {
        unknown(ctx, pane, sid, frame);
        return;
    };
    let height = if inside.height < 8 { 1 } else { 2 };
    let own = Rect {
        x: inside.x + 1.min(inside.width),
        width: inside.width.saturating_sub(2),
        height: height.min(inside.height),
        ..inside
    };
    frame.render_widget(Paragraph::new(properties(ctx, flex, usize::from(own.width))), own);
    let below = |skipped: u16| Rect {
        y: inside.y + skipped.min(inside.height),
        height: inside.height.saturating_sub(skipped),
        ..inside
    };
    let line =
        Rect { height: 1.min(below(height).height), x: own.x, width: own.width, ..below(height) };
    if line.height > 0 {
        let keys = if pane.focused { "Enter goes there" } else { "" };
        rule(ctx, Line::raw("parts"), keys, line, frame);
    }
    parts(ctx, pane, sid, below(height + 1), frame);
}

/// What stands in place of a Flex channel that is not known.
fn unknown(ctx: &Ctx, pane: &Pane, sid: Sid<Channel>, frame: &mut Frame) {
    let lines = if let Some(since) = ctx.model.loading_since(pane.place) {
        places::waiting(ctx, pane.place, since)
    } else {
        let fetch = ctx.model.fetches.get(&Lane::FlexChannel(sid));
        let why = fetch.and_then(Remote::problem).map(Problem::sentence);
        vec![
            Line::styled("this Flex channel could not be read", ctx.theme.bad),
            Line::raw(why.unwrap_or_default()),
            Line::styled("r tries again", ctx.theme.dim),
        ]
    };
    places::in_the_middle(lines, layout::inside(pane.area), frame);
}

fn properties(ctx: &Ctx, flex: &FlexChannel, width: usize) -> Vec<Line<'static>> {
    let (theme, model) = (ctx.theme, ctx.model);
    let label = |word: &'static str| Span::styled(word, theme.label);
    let full = flex.sid.to_string();
    let gone = app::is_gone(model, flex.sid);
    let fits = full.len() + if gone { 16 } else { 0 } <= width;
    let mut who = vec![Span::raw(if fits { full } else { flex.sid.short() })];
    if gone {
        who.push(Span::styled("  gone from Flex", theme.bad));
    }
    let date = |at: Option<jiff::Timestamp>| {
        at.map_or_else(|| "—".to_owned(), |at| text::date(at, &model.zone))
    };
    let updated = flex.date_updated.map_or_else(String::new, |at| {
        if model.absolute_times {
            text::moment(at, &model.zone)
        } else {
            format!("{} ago", text::age(model.now, at))
        }
    });
    let dates = vec![
        label("created  "),
        Span::raw(date(flex.date_created)),
        label("   updated  "),
        Span::raw(updated),
    ];
    [who, dates].map(|spans| text::fit(Line::from(spans), width)).to_vec()
}

/// The parts: each with what is told of it below, where there is room; else each on one line, the cursor's in view.
fn parts(ctx: &Ctx, pane: &Pane, sid: Sid<Channel>, area: Rect, frame: &mut Frame) {
    let room = usize::from(area.height);
    let all_told = |width: usize| -> Vec<(Part, Vec<Line>)> {
        Part::ALL.into_iter().map(|part| (part, told(ctx, sid, part, width))).collect()
    };
    let mut told = all_told(usize::from(area.width).saturating_sub(HEAD + 1));
    let all: usize = told.iter().map(|(_, lines)| lines.len()).sum();
    if all > room {
        // On one line each, so that what is cut ends in an ellipsis.
        told = all_told(usize::from(u16::MAX));
    }
    let at = app::part_at(ctx.model, sid);
    let shown: Vec<(Part, Line, bool)> = told
        .into_iter()
        .flat_map(|(part, lines)| {
            let kept = if all > room { 1 } else { lines.len() };
            let lines = lines.into_iter().take(kept).enumerate();
            lines.map(move |(nth, line)| (part, line, nth == 0))
        })
        .collect();
    let cursor = shown.iter().position(|(part, ..)| *part == at).unwrap_or(0);
    let skipped = (cursor + 1).saturating_sub(room);
    for ((part, line, is_first), y) in shown.into_iter().skip(skipped).zip(area.y..area.bottom()) {
        let row = Rect { y, height: 1, ..area };
        let is_cursor = is_first && part == at;
        let marker = if is_cursor { "▶ " } else { "  " };
        let noun = if is_first { part.noun() } else { "" };
        let pad = HEAD.saturating_sub(2);
        let mut spans =
            vec![Span::raw(marker), Span::styled(format!("{noun:<pad$}"), ctx.theme.label)];
        spans.extend(line.spans.into_iter().map(|span| span.patch_style(line.style)));
        let mut line = text::fit(Line::from(spans), usize::from(row.width));
        if is_cursor && pane.focused {
            line = text::under(line, ctx.theme.cursor);
            frame.buffer_mut().set_style(row, ctx.theme.cursor);
        }
        frame.render_widget(line, row);
    }
}

/// What is told of a part; the first line is what it is called.
fn told(ctx: &Ctx, sid: Sid<Channel>, part: Part, width: usize) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let words = |words: &str, style| -> Vec<Line<'static>> {
        let lines = prose::wrapped(words, width);
        lines.into_iter().map(|line| text::prose(line, style, theme)).collect()
    };
    match app::standing(ctx.model, sid, part) {
        Standing::Reading => vec![Line::styled("reading …", theme.dim)],
        Standing::Missing(why) if why.starts_with("no ") => words(&why, theme.dim),
        Standing::Missing(why) => words(&why, theme.warn),
        Standing::Unread(_, why) => words(&why, theme.bad),
        Standing::Here(_) => known(ctx, sid, part, width),
        Standing::Nowhere(why) => {
            let mut lines = known(ctx, sid, part, width);
            if part != Part::Task {
                lines.extend(words(&why, theme.warn));
            }
            lines
        }
    }
}

fn known(ctx: &Ctx, sid: Sid<Channel>, part: Part, width: usize) -> Vec<Line<'static>> {
    let (theme, entities) = (ctx.theme, &ctx.model.entities);
    let flex = entities.flex_channel(sid);
    let dot = || Span::styled(" · ", theme.dim);
    let in_service = |service: Option<Sid<Service>>| {
        let name = service.map(|service| services::title(entities, service));
        name.map_or_else(Vec::new, |name| vec![Span::styled(format!(" · {name}"), theme.dim)])
    };
    let lines = match part {
        Part::Channel => entities.channel(sid).map(|chat| {
            let kind = super::channels::type_of(ctx, &chat);
            let mut below: Vec<Span> =
                kind.spans.into_iter().map(|span| span.patch_style(kind.style)).collect();
            below.extend(in_service(Some(chat.service_sid)));
            vec![text::name(chat.friendly_name.as_ref(), theme.text, theme), Line::from(below)]
        }),
        Part::User => {
            let user = flex.and_then(|flex| entities.user(flex.user_sid?));
            user.map(|user| {
                let mut lines = vec![text::name(Some(&user.identity), theme.text, theme)];
                let name = user.friendly_name.as_ref().filter(|name| **name != user.identity);
                lines.extend(name.map(|name| text::name(Some(name), theme.dim, theme)));
                lines
            })
        }
        Part::Flow => {
            let flow = flex.and_then(|flex| entities.flow(flex.flow_sid?));
            flow.map(|flow| {
                let mut below = super::flows::integration(ctx, flow).spans;
                below.push(dot());
                below.extend(text::name(flow.channel_type.as_ref(), theme.dim, theme).spans);
                let enabled = match flow.enabled {
                    Some(true) => Some(Span::styled("enabled", theme.ok)),
                    Some(false) => Some(Span::styled("disabled", theme.warn)),
                    None => None,
                };
                below.extend(enabled.into_iter().flat_map(|word| [dot(), word]));
                below.extend(in_service(flow.chat_service_sid));
                let name = text::name(flow.friendly_name.as_ref(), theme.text, theme);
                vec![name, Line::from(below)]
            })
        }
        Part::Task => flex.and_then(|flex| flex.task_sid).map(|task| {
            let full = task.to_string();
            vec![Line::raw(if full.len() <= width { full } else { task.short() })]
        }),
    };
    lines.unwrap_or_default()
}
