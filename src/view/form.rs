//! A form: one-line fields with their counts, the attributes as a text with numbered lines, what is wrong, and where.

use std::{borrow::Cow, cmp::Ordering};

use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Modifier,
    text::{Line, Span},
    widgets::{Paragraph, Wrap},
};

use crate::api::remote_text;
use crate::app::{
    form::{Draft, Field, Kind},
    layout,
};
use crate::view::{Ctx, boxed, clear, text};

const LABEL: u16 = 20;

pub(crate) fn render(ctx: &Ctx, draft: &Draft, frame: &mut Frame) {
    let small = draft.fields.len() == 1;
    let mut area = layout::form_area(frame.area().as_size());
    if small {
        area.height = area.height.min(8);
    }
    clear(area, frame);
    let title = Line::styled(format!(" {} ", draft.title), ctx.theme.title_focused);
    let title = text::fit(title, usize::from(area.width.saturating_sub(4)));
    frame.render_widget(boxed(ctx, true).title(title), area);
    let inside = layout::inside(area);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let size = frame.area().as_size();
    let blank = u16::from(!layout::form_is_low(size));
    let mut y = inside.y + blank;
    for (at, field) in draft.fields.iter().enumerate() {
        let focused = at == draft.at;
        let row = Rect { y, height: 1, ..inside };
        match field.kind() {
            Kind::Line { limit } => {
                line_field(ctx, field, *limit, focused, row, frame);
                y += 1;
            }
            Kind::Choice { options, at } => {
                choice_field(ctx, field, options, *at, focused, row, frame);
                y += 1;
            }
            Kind::Json { .. } => {
                y += blank;
                let bottom = inside.bottom().saturating_sub(layout::form_words(size));
                let area = Rect { y, height: bottom.saturating_sub(y), ..inside };
                json_field(ctx, field, focused, area, frame);
                y = bottom;
            }
        }
    }
    words(ctx, draft, Rect { y, height: inside.bottom().saturating_sub(y), ..inside }, frame);
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
        lines.push(Line::styled(format!("✖ not saved: {}", problem.sentence()), theme.bad));
    }
    let wrong = draft.fields.iter().find(|field| field.syntax_error().is_some());
    if let Some((field, error)) = wrong.and_then(|field| Some((field, field.syntax_error()?))) {
        let (tone, more) = if field.is_dirty() {
            (theme.bad, "")
        } else {
            (theme.warn, " (as stored; it is not sent unless you change it)")
        };
        lines.push(Line::styled(format!("✖ {error}{more}"), tone));
    }
    if draft.changed_elsewhere {
        let words = "⚠ changed on the server since you opened this; only your fields are sent";
        lines.push(Line::styled(words, theme.warn));
    }
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), area);
}

fn label(ctx: &Ctx, field: &Field, focused: bool, row: Rect, frame: &mut Frame) {
    let style = if focused { ctx.theme.title_focused } else { ctx.theme.label };
    let dirty = if field.is_dirty() { "*" } else { " " };
    let row = Rect { width: LABEL.min(row.width), ..row };
    frame.render_widget(Line::styled(format!("{dirty}{}", field.name.label()), style), row);
}

fn line_field(ctx: &Ctx, field: &Field, limit: usize, focused: bool, row: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    label(ctx, field, focused, row, frame);
    let (lines, _, column) = field.lines();
    let line = lines.first().map_or("", String::as_str);
    let length = line.chars().count();
    let count = Line::styled(
        format!("{length} / {limit}"),
        if length > limit { theme.warn } else { theme.dim },
    );
    let room = row.width.saturating_sub(LABEL + 12);
    let text_area = Rect { x: row.x + LABEL, width: room, ..row };
    let count_area = Rect { x: row.right().saturating_sub(12), width: 12.min(row.width), ..row };
    frame.render_widget(count.right_aligned(), count_area);
    window(ctx, line, focused.then_some(column), text_area, frame);
    if focused {
        frame.buffer_mut().set_style(text_area, Modifier::UNDERLINED);
    }
}

fn choice_field(
    ctx: &Ctx,
    field: &Field,
    options: &[String],
    chosen: usize,
    focused: bool,
    row: Rect,
    frame: &mut Frame,
) {
    let theme = ctx.theme;
    label(ctx, field, focused, row, frame);
    let mut spans = Vec::new();
    for (at, option) in options.iter().enumerate() {
        let (mark, style) = if at == chosen { ("(•) ", theme.key) } else { ("( ) ", theme.dim) };
        spans.push(Span::styled(mark, style));
        spans.extend(text::remote(option, style, theme));
        spans.push(Span::raw("   "));
    }
    if focused {
        spans.push(Span::styled("← → chooses", theme.dim));
    }
    let area = Rect { x: row.x + LABEL, width: row.width.saturating_sub(LABEL), ..row };
    frame.render_widget(text::fit(Line::from(spans), usize::from(area.width)), area);
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
    let words = text::size(size) + &change;
    let verdict = match field.kind() {
        Kind::Json { error: Some(_), .. } => Span::styled(" · not JSON ", theme.bad),
        Kind::Json { keys: Some(keys), .. } => {
            Span::styled(format!(" · valid · {} ", text::counted(*keys, "key")), theme.ok)
        }
        Kind::Json { .. } => Span::styled(" · valid, not an object ", theme.warn),
        _ => Span::raw(""),
    };
    let mut spans = vec![Span::styled(words, theme.dim), verdict];
    if size > 16 * 1024 {
        spans.push(Span::styled("· over 16 KiB: the server may refuse it ", theme.warn));
    }
    let row =
        Rect { x: row.x + LABEL.min(row.width), width: row.width.saturating_sub(LABEL), ..row };
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
            let style = if escaped { ctx.theme.escaped } else { ctx.theme.text };
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
        frame.buffer_mut().set_string(x, area.y, "…", ctx.theme.key);
    }
    if cursor.is_some() {
        let x = u16::try_from(cursor_x - left.min(cursor_x)).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + x, area.y));
    }
}
