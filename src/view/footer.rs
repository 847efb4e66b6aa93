//! The lines at the foot: the prompt or facts about the row, the keys that do something here, the newest notice.

mod facts;

use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
    text::{Line, Span},
    widgets::Clear,
};

use crate::api::remote_text;
use crate::app::{
    action::Action,
    command, hints, keymap,
    layout::Screen,
    list::List,
    model::{Model, Session},
    notice::{Notice, Tone},
    place::Place,
    places::names,
    prompt::{Asks, Prompt},
    tree::Content,
};
use crate::view::{Ctx, Frame, text, theme::Theme};

pub(crate) fn render(ctx: &Ctx, screen: &Screen, frame: &mut Frame) {
    let notice = ctx.model.notices.current(ctx.model.now);
    // On low screens the facts and the notice share a line: the prompt first, then the notice, then the facts.
    let shared = screen.info == screen.notice;
    if let Some(prompt) = &ctx.model.prompt {
        prompt_line(ctx, prompt, screen.info, frame);
    } else if !(shared && notice.is_some()) {
        let line = facts(ctx);
        frame.render_widget(text::fit(line, usize::from(screen.info.width)), screen.info);
    }
    hints(ctx, screen.hints, frame);
    if let Some(fault) = apart(ctx, screen.info) {
        let line = Line::styled(format!(" ✖ {fault}"), ctx.theme.bad);
        let area = if shared { screen.hints } else { screen.notice };
        frame.render_widget(Clear, area);
        frame.render_widget(text::fit(line, usize::from(area.width)), area);
    } else if let Some(notice) = notice.filter(|_| !(shared && ctx.model.prompt.is_some())) {
        frame.render_widget(
            in_one_line(ctx, notice, usize::from(screen.notice.width)),
            screen.notice,
        );
    }
}

/// What is wrong with what is typed, where there is no room for it beside.
fn apart<'a>(ctx: &Ctx<'a>, area: Rect) -> Option<&'a str> {
    let prompt = ctx.model.prompt.as_ref()?;
    let fault = prompt.fault.as_ref()?;
    let taken = remote_text::shown(prompt.text()).width() + Span::raw(&fault.words).width();
    (taken + 5 > usize::from(area.width)).then_some(fault.words.as_str())
}

/// A notice that is too long for the line says where its end can be read.
fn in_one_line(ctx: &Ctx, notice: &Notice, width: usize) -> Line<'static> {
    const WHERE: &str = " reads on ";
    let line = notice_line(ctx, notice);
    if line.width() <= width {
        return line;
    }
    let key = Span::styled(format!(" {}", ctx.model.key(Action::Messages)), ctx.theme.key);
    let mut line = text::fit(line, width.saturating_sub(WHERE.len() + key.width()));
    line.push_span(key);
    line.push_span(Span::styled(WHERE, ctx.theme.dim));
    line
}

fn prompt_line(ctx: &Ctx, prompt: &Prompt, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let before: String = prompt.text().chars().take(prompt.entry.column()).collect();
    let column = 2 + remote_text::shown(&before).width();
    let sign = if prompt.asks == Asks::Command { " :" } else { " /" };
    let mut spans = vec![Span::styled(sign, theme.key)];
    spans.extend(typed(prompt, theme));
    let is_wrong = prompt.fault.is_some();
    let fault = prompt.fault.as_ref().filter(|_| apart(ctx, area).is_none());
    let fault = fault.map(|fault| format!("{} ", fault.words));
    let words = match prompt.asks {
        _ if is_wrong => fault,
        Asks::Command => usage(prompt.text()),
        Asks::Filter => ctx.model.rows(ctx.model.path.focus()).map(|rows| {
            let (shown, loaded) = (rows.shown() as u64, rows.loaded() as u64);
            let unseen = match names::unseen(ctx.model, ctx.model.path.focus()) {
                0 if rows.judged().is_some() => ", still judging".to_owned(),
                0 if rows.unjudged() > 0 => {
                    format!(
                        ", {} are not JSON and not judged",
                        text::grouped(rows.unjudged() as u64)
                    )
                }
                0 if rows.memory().is_some() => " that an earlier run left".to_owned(),
                0 if rows.is_complete() => ", all loaded ✔".to_owned(),
                0 => " loaded, not all".to_owned(),
                names => format!(", {names} names unread"),
            };
            format!("{} of {}{unseen} ", text::grouped(shown), text::grouped(loaded))
        }),
        Asks::Search => {
            let tree =
                Model::subject(ctx.model.path.focus()).and_then(|of| ctx.model.trees.get(&of));
            tree.filter(|tree| !tree.search_text().is_empty()).map(|tree| {
                match tree.hit_position() {
                    Some((nth, total)) => format!("hit {nth} of {total} "),
                    None => "no hit ".to_owned(),
                }
            })
        }
    };
    let typed = Line::from(spans);
    // What is typed comes first; what is said of it gets the rest.
    let rest = usize::from(area.width).saturating_sub(typed.width() + 2);
    let style = if is_wrong { theme.bad } else { theme.dim };
    let right = text::fit(Line::styled(words.unwrap_or_default(), style), rest);
    let right = right.right_aligned();
    let room = usize::from(area.width).saturating_sub(right.width());
    frame.render_widget(text::fit(typed, room), area);
    frame.render_widget(right, area);
    let x = area.x + u16::try_from(column.min(room.saturating_sub(1))).unwrap_or(0);
    frame.set_cursor_position(Position::new(x, area.y));
}

/// What is typed, what is wrong in it underlined.
fn typed(prompt: &Prompt, theme: &Theme) -> Vec<Span<'static>> {
    let all = prompt.text();
    let Some(fault) = &prompt.fault else { return text::remote(all, theme.text, theme) };
    let wrong = theme.bad.add_modifier(Modifier::UNDERLINED);
    let part = |from: usize, to: usize| all.get(from..to).unwrap_or_default();
    let (start, end) = (fault.span.start, fault.span.end);
    let mut spans = text::remote(part(0, start), theme.text, theme);
    spans.extend(text::remote(part(start, end), wrong, theme));
    spans.extend(text::remote(part(end, all.len()), theme.text, theme));
    spans
}

/// How the command that is typed goes on, while its argument is.
fn usage(typed: &str) -> Option<String> {
    let (name, _) = typed.trim_start().split_once(char::is_whitespace)?;
    match command::with_argument(name).as_slice() {
        [only] => Some(format!("{} ", keymap::command_spelled(only))),
        _ => None,
    }
}

/// What is known of the thing under the cursor, beyond its row.
fn facts(ctx: &Ctx) -> Line<'static> {
    let (theme, model) = (ctx.theme, ctx.model);
    let focus = model.path.focus();
    if matches!(model.session, Session::FirstRun { .. }) {
        return Line::default();
    }
    if let Some(line) = value_facts(ctx, focus) {
        return line;
    }
    let mut words: Vec<String> = Vec::new();
    match focus {
        Place::Services => {
            let Some(sid) = model.lists.services.cursor() else { return Line::default() };
            words.push(sid.to_string());
            let service = model.entities.service(sid);
            let limits = service.and_then(|s| s.channel_members_limit.zip(s.user_channels_limit));
            words.extend(limits.map(|(members, channels)| {
                format!("limits: {members} members a channel, {channels} channels a user")
            }));
        }
        Place::Users(_) => {
            let Some(sid) = model.user_at(focus) else { return Line::default() };
            words.push(sid.to_string());
            let size = model.entities.user(sid).map(|user| user.attributes.len());
            words.extend(size.map(|size| format!("attributes {}", text::size(size))));
        }
        Place::Members(_, channel) => {
            let list = model.lists.members.get(&channel);
            let Some(sid) = list.and_then(List::cursor) else { return Line::default() };
            if model.opening.is_some() {
                words.push("looking for this member's user; Esc stays here".to_owned());
            }
            words.push(sid.to_string());
        }
        Place::Messages(..)
        | Place::Message(..)
        | Place::Invites(..)
        | Place::Roles(_)
        | Place::Role(..)
        | Place::Flex
        | Place::FlexChannel(_)
        | Place::Journal
        | Place::JournalEntry(_)
        | Place::Found
        | Place::Jobs
        | Place::Job(_)
        | Place::Flows => words.extend(facts::only_read(model, focus)),
        _ => {
            let Some(sid) = model.channel_at(focus) else { return Line::default() };
            // First, because the end of the line may be cut.
            let names = names::unseen(model, focus);
            if names > 0 {
                words.push(format!("{names} names not read yet: the filter cannot see them"));
            }
            words.push(sid.to_string());
            let membership = model.membership_at(focus);
            if let Some(membership) = membership.and_then(|key| model.entities.membership(key)) {
                let count =
                    |it: Option<i64>| it.map_or_else(|| "—".to_owned(), |it| it.to_string());
                words.push(format!("unread {}", count(membership.unread_messages_count)));
                words.push(format!("consumed {}", count(membership.last_consumed_message_index)));
            }
            if let Some(channel) = model.entities.channel(sid) {
                words.push(format!("attributes {}", text::size(channel.attributes.len())));
                let created = channel.date_created.map(|at| text::date(at, &model.zone));
                words.extend(created.map(|date| format!("created {date}")));
                let by = channel.created_by.as_ref();
                words.extend(by.map(|by| format!("by {}", by.shown().text())));
            }
        }
    }
    Line::styled(format!(" {}", words.join(" · ")), theme.dim)
}

/// The value under a tree's cursor, in full as far as the line goes.
fn value_facts(ctx: &Ctx, focus: Place) -> Option<Line<'static>> {
    if focus.is_text() {
        return None;
    }
    let tree = ctx.model.trees.get(&Model::subject(focus)?)?;
    let theme = ctx.theme;
    let document = match tree.content() {
        Content::Json(document) => document,
        Content::Text { error, .. } => {
            return Some(Line::styled(format!(" ✖ not JSON: {error}"), theme.bad));
        }
        Content::Empty => return None,
    };
    let node = tree.node()?;
    let mut spans = vec![Span::raw(" ")];
    spans.extend(text::remote(&tree.jq_path(), theme.key, theme));
    spans.push(Span::raw("  "));
    spans.extend(text::remote(document.raw(node), theme.dim, theme));
    Some(Line::from(spans))
}

/// Hints of what does something here.
fn hints(ctx: &Ctx, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    if let Some(prefix) = &ctx.model.prefix {
        let spans = [Span::styled(format!(" {prefix}"), theme.key), Span::styled(" …", theme.dim)];
        frame.render_widget(Line::from_iter(spans), area);
        return;
    }
    for hint in hints::placed(ctx.model, area.width) {
        let words = [
            Span::styled(hint.key.clone(), theme.key),
            Span::styled(format!(" {}", hint.words), theme.dim),
        ];
        let area = Rect { x: area.x + hint.x, width: hint.width(), ..area };
        frame.render_widget(Line::from_iter(words), area);
    }
}

/// A notice as it stands at the foot and in the messages.
pub(crate) fn notice_line(ctx: &Ctx, notice: &Notice) -> Line<'static> {
    let theme = ctx.theme;
    let (glyph, style) = match notice.tone {
        Tone::Info => ("·", theme.dim),
        Tone::Ok => ("✔", theme.ok),
        Tone::Warn => ("⚠", theme.warn),
        Tone::Bad => ("✖", theme.bad),
    };
    let at = text::clock(notice.at, &ctx.model.zone);
    Line::from(vec![
        Span::styled(format!(" {glyph} "), style),
        Span::styled(format!("{at} "), theme.dim),
        Span::styled(
            notice.text.clone(),
            if notice.tone == Tone::Info { theme.text } else { style },
        ),
    ])
}
