//! A form: one-line fields with their counts, the attributes as a text with numbered lines, what is wrong, and where.

use std::{borrow::Cow, cmp::Ordering};

use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::api::{client::Webhooks, remote_text};
use crate::app::{
    form::{Choice, Draft, Field, Kind},
    journal::Values,
    layout,
    notice::ProblemKind,
};
use crate::json::Verdict;
use crate::view::{Ctx, Frame, boxed, clear, text, theme::Theme};

const LABEL: u16 = 22;
/// Cells for the count of characters.
const COUNT: u16 = 12;

pub(crate) fn render(ctx: &Ctx, draft: &Draft, frame: &mut Frame) {
    let shape = layout::form(frame.area().as_size(), draft);
    clear(shape.area, frame);
    let width = usize::from(shape.area.width.saturating_sub(4));
    let title = Line::styled(format!(" {} ", draft.title), ctx.theme.title_focused);
    let mut block = boxed(ctx, true).title(text::fit(title, width));
    let mut foot_width = 0;
    if let Some(webhooks) = draft.webhooks {
        let foot = webhooks_foot(ctx, webhooks, "F8");
        foot_width = foot.width();
        block = block.title_bottom(foot);
    }
    if ctx.model.values == Values::NotKept {
        let words = " no undo: the journal keeps no values ";
        foot_width += words.len();
        block = block.title_bottom(Line::styled(words, ctx.theme.warn));
    }
    let position = format!(" {}/{} ", draft.at + 1, draft.fields.len());
    if foot_width + position.len() <= width {
        block = block.title_bottom(Line::styled(position, ctx.theme.dim).right_aligned());
    }
    frame.render_widget(block, shape.area);
    for (at, row) in shape.rows {
        let Some(field) = draft.fields.get(at) else { continue };
        let focused = at == draft.at;
        match field.kind() {
            Kind::Line { limit, .. } => line_field(ctx, field, *limit, focused, row, frame),
            Kind::Choice { options, at } => {
                choice_field(ctx, field, options, *at, focused, row, frame);
            }
            Kind::Json { .. } => json_field(ctx, field, focused, row, frame),
        }
    }
    words(ctx, draft, shape.words, frame);
}

/// Whether webhooks are told, and how to switch that.
pub(crate) fn webhooks_foot(ctx: &Ctx, webhooks: Webhooks, key: &'static str) -> Line<'static> {
    let theme = ctx.theme;
    let style = if webhooks == Webhooks::On { theme.warn } else { theme.dim };
    Line::from(vec![
        Span::styled(format!(" webhooks {} · ", webhooks.word()), style),
        Span::styled(key, theme.key),
        Span::styled(" switches ", theme.dim),
    ])
}

/// What is wrong, worst first: the server's refusal, the syntax, then that the world has moved on.
fn words(ctx: &Ctx, draft: &Draft, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let mut lines = Vec::new();
    let blamed =
        draft.fields.iter().find_map(|field| field.problem.as_ref().map(|why| (field, why)));
    if let Some((field, why)) = blamed {
        lines.push(Line::styled(format!("✖ {}: {why}", field.name.label()), theme.bad));
    } else if let Some(problem) = &draft.problem {
        let said = match problem.kind {
            ProblemKind::OutcomeUnknown if draft.is_new() => "look for it before you try again",
            ProblemKind::OutcomeUnknown => "unknown whether saved",
            _ => "not saved",
        };
        lines.push(Line::styled(format!("✖ {said}: {}", problem.sentence()), theme.bad));
    }
    let wrong = draft.fields.iter().filter(|field| field.is_dirty());
    let wrong = wrong.filter_map(|field| Some((field.name.label(), field.error()?)));
    lines
        .extend(wrong.map(|(label, error)| Line::styled(format!("✖ {label}: {error}"), theme.bad)));
    let stored = draft.fields.iter().filter(|field| !field.is_dirty());
    let stored = stored.filter_map(|field| Some((field.name.label(), field.syntax_error()?)));
    lines.extend(stored.map(|(label, error)| {
        let words = format!("✖ {label}: {error} (as stored; not sent unless you change it)");
        Line::styled(words, theme.warn)
    }));
    let long = draft.fields.iter().filter_map(|field| Some((field.name.label(), field.excess()?)));
    lines.extend(long.map(|(label, (length, limit))| {
        let words = format!(
            "⚠ {label}: {length} characters, the documents allow {limit}; the server decides"
        );
        Line::styled(words, theme.warn)
    }));
    if draft.changed_elsewhere {
        let words = "⚠ changed on the server since you opened this; saving compares first";
        lines.push(Line::styled(words, theme.warn));
    }
    for field in &draft.fields {
        let Kind::Json { warnings, .. } = field.kind() else { continue };
        let label = field.name.label();
        lines.extend(warnings.iter().map(|words| {
            let words = remote_text::shown(words).text();
            Line::styled(format!("⚠ {label}: {words}"), theme.warn)
        }));
    }
    told_whole(ctx, lines, area, frame);
}

/// Draws lines that may wrap; how many there was no room for is said.
fn told_whole(ctx: &Ctx, mut lines: Vec<Line<'static>>, area: Rect, frame: &mut Frame) {
    let width = usize::from(area.width).max(1);
    let rows = |line: &Line| line.width().div_ceil(width).max(1);
    let room = usize::from(area.height);
    let all: usize = lines.iter().map(rows).sum();
    if all > room {
        let (mut kept, mut used) = (0, 0);
        for line in &lines {
            used += rows(line);
            // The last row says how many there are besides.
            if used + 1 > room {
                break;
            }
            kept += 1;
        }
        // What is worst is told, even if it is cut.
        let more = lines.split_off(kept.max(1).min(lines.len())).len();
        if kept > 0 {
            lines.push(Line::styled(format!("⚠ {more} more"), ctx.theme.warn));
        }
    }
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), area);
}

fn label(ctx: &Ctx, field: &Field, focused: bool, row: Rect, frame: &mut Frame) {
    let style = if focused { ctx.theme.title_focused } else { ctx.theme.label };
    let dirty = if field.is_dirty() { "*" } else { " " };
    let row = Rect { width: LABEL.min(row.width / 2), height: 1.min(row.height), ..row };
    let words = Line::styled(format!("{dirty}{}", field.name.label()), style);
    frame.render_widget(text::fit(words, usize::from(row.width)), row);
}

/// The part of a row beside its label.
fn beside(row: Rect) -> Rect {
    let label = LABEL.min(row.width / 2);
    Rect { x: row.x + label, width: row.width - label, ..row }
}

fn line_field(
    ctx: &Ctx,
    field: &Field,
    limit: Option<usize>,
    focused: bool,
    row: Rect,
    frame: &mut Frame,
) {
    let theme = ctx.theme;
    label(ctx, field, focused, row, frame);
    let beside = beside(row);
    if let Some(why) = field.off {
        let words = Line::styled(why, theme.dim);
        frame.render_widget(text::fit(words, usize::from(beside.width)), beside);
        return;
    }
    let (lines, _, column) = field.lines();
    let line = lines.first().map_or("", String::as_str);
    let room = beside.width.saturating_sub(COUNT);
    let text_area = Rect { width: room, ..beside };
    if let Some(limit) = limit {
        let length = line.chars().count();
        let style = if length > limit { theme.warn } else { theme.dim };
        let count = Line::styled(format!("{length} / {limit}"), style);
        let area = Rect { x: beside.x + room, width: beside.width - room, ..row };
        frame.render_widget(count.right_aligned(), area);
    }
    window(ctx, line, focused.then_some(column), text_area, frame);
    if line.is_empty() {
        let hint = Line::styled(field.hint, theme.dim);
        frame.render_widget(text::fit(hint, usize::from(room)), text_area);
    }
    if focused {
        frame.buffer_mut().set_style(text_area, Modifier::UNDERLINED);
    }
}

fn choice_field(
    ctx: &Ctx,
    field: &Field,
    options: &[Choice],
    chosen: usize,
    focused: bool,
    row: Rect,
    frame: &mut Frame,
) {
    let theme = ctx.theme;
    label(ctx, field, focused, row, frame);
    let area = beside(row);
    let room = usize::from(area.width);
    let drawn = |from: usize| {
        let mut spans = Vec::new();
        if from > 0 {
            spans.push(Span::styled("‹ ", theme.dim));
        }
        for (at, option) in options.iter().enumerate().skip(from) {
            let (mark, style) = match (at == chosen, focused) {
                (true, true) => ("(•) ", theme.key),
                (true, false) => ("(•) ", theme.text),
                (false, _) => ("( ) ", theme.dim),
            };
            spans.push(Span::styled(mark, style));
            let label = option.label.as_deref().unwrap_or(&option.value);
            spans.extend(text::remote(label, style, theme));
            spans.push(Span::raw("   "));
        }
        if focused {
            spans.push(Span::styled("← → chooses", theme.dim));
        }
        Line::from(spans)
    };
    // All of them where they fit, else from the chosen one on.
    let whole = drawn(0);
    let line = if whole.width() <= room { whole } else { drawn(chosen) };
    frame.render_widget(text::fit(line, room), area);
}

fn json_field(ctx: &Ctx, field: &Field, focused: bool, area: Rect, frame: &mut Frame) {
    if area.height < 2 {
        return;
    }
    rule(ctx, field, focused, Rect { height: 1, ..area }, frame);
    let (lines, row, column) = field.lines();
    let wrong = field.syntax_error().map(|error| error.line);
    let digits = lines.len().to_string().len().max(2);
    let gutter = u16::try_from(digits).unwrap_or(4) + 3;
    let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
    for y in 0..body.height {
        let at = field.top + usize::from(y);
        let Some(line) = lines.get(at) else { break };
        let is_wrong = wrong == Some(at + 1);
        let number_style = if is_wrong { ctx.theme.bad } else { ctx.theme.dim };
        let mark = if is_wrong { "✖" } else { " " };
        let number = format!("{mark}{:>digits$} ", at + 1);
        let place = Rect { y: body.y + y, height: 1, ..body };
        frame.render_widget(Line::from(Span::styled(number, number_style)), place);
        let text_area =
            Rect { x: place.x + gutter, width: place.width.saturating_sub(gutter), ..place };
        let cursor = (focused && at == row).then_some(column);
        window(ctx, line, cursor, text_area, frame);
    }
}

/// The head of the attributes: size, what changed, whether it parses.
fn rule(ctx: &Ctx, field: &Field, focused: bool, row: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    label(ctx, field, focused, row, frame);
    let (size, before) = (field.text().len(), field.base().len());
    let change = match size.cmp(&before) {
        Ordering::Greater => format!(" · +{} B", size - before),
        Ordering::Less => format!(" · -{} B", before - size),
        Ordering::Equal => String::new(),
    };
    let mut words = text::size(size) + &change;
    if let Kind::Json { change: Some(change), .. } = field.kind() {
        words.push_str(match change {
            Verdict::Spacing => " · spacing only",
            Verdict::Order => " · order only",
            Verdict::Same | Verdict::Changed => "",
        });
    }
    let verdict = match field.kind() {
        Kind::Json { error: Some(_), .. } => Span::styled(" · not JSON ", theme.bad),
        Kind::Json { keys: Some(keys), .. } => {
            Span::styled(format!(" · valid · {} ", text::counted(*keys, "key")), theme.ok)
        }
        Kind::Json { .. } if size == 0 => Span::styled(" · not sent ", theme.dim),
        Kind::Json { .. } => Span::styled(" · valid, not an object ", theme.warn),
        _ => Span::raw(""),
    };
    let mut spans = vec![Span::styled(words, theme.dim), verdict];
    if size > 16 * 1024 {
        spans.push(Span::styled("· over 16 KiB ", theme.warn));
    }
    let row = beside(row);
    frame.render_widget(Line::from(spans).right_aligned(), row);
}

/// Draws the part of a line around the cursor that fits, marks where it goes on, and puts the cursor there.
fn window(ctx: &Ctx, line: &str, cursor: Option<usize>, area: Rect, frame: &mut Frame) {
    let width = usize::from(area.width);
    let before: String = line.chars().take(cursor.unwrap_or(0)).collect();
    let cursor_x = Line::from(text::remote(&before, ctx.theme.text, ctx.theme)).width();
    let left = (cursor_x + 2).saturating_sub(width);
    let right = left + width;
    let mut spans = Vec::new();
    let mut x = 0;
    for (_, shown, escaped) in remote_text::shown_chars(line) {
        let shown = if shown.is_ascii() { shown } else { Cow::Owned(text::steady(&shown)) };
        let end = x + Span::raw(Cow::as_ref(&shown)).width();
        if x >= left && end <= right {
            let style = if escaped { ctx.theme.escaped } else { ctx.theme.afar(ctx.theme.text) };
            spans.push(Span::styled(shown.into_owned(), style));
        } else if x < left && end > left {
            // Half of a wide glyph is no glyph.
            spans.push(Span::raw(" ".repeat(end - left)));
        }
        x = end;
        if x > right {
            break;
        }
    }
    frame.render_widget(Line::from(spans), area);
    let ends = [(left > 0, area.x), (x > right, area.right().saturating_sub(1))];
    for (_, x) in ends.into_iter().filter(|(goes_on, _)| *goes_on && width > 2) {
        frame.buffer_mut().set_string(x, area.y, "…", Theme::ours(ctx.theme.key));
    }
    if cursor.is_some() {
        let x = u16::try_from(cursor_x - left.min(cursor_x)).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + x, area.y));
    }
}
