//! How the rows of a list are spread, in one line: a bar of words, a curve of months.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use crate::app::list::{Rows, Tally};
use crate::view::{Ctx, Frame, text};

const LEVELS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The line at the foot of a list.
pub(crate) fn render(ctx: &Ctx, rows: &dyn Rows, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let width = usize::from(area.width);
    let line = match rows.tally() {
        None => Line::styled(" counting …", theme.dim),
        Some(tally) => {
            let mut spans = words(ctx, tally, width / 2);
            let room = width.saturating_sub(Line::from(spans.clone()).width() + 1);
            spans.extend(months(ctx, tally, room));
            Line::from(spans)
        }
    };
    frame.render_widget(text::fit(line, width), area);
}

/// The most frequent words with their share, and a bar of the first.
fn words(ctx: &Ctx, tally: &Tally, room: usize) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let all: usize = tally.words.iter().map(|(_, count)| count).sum();
    let Some((_, first)) = tally.words.first() else { return Vec::new() };
    let bar = room.saturating_sub(30).clamp(4, 20);
    let filled = (first * bar + all / 2) / all.max(1);
    let mut spans = vec![Span::raw(" ")];
    for (at, (word, count)) in tally.words.iter().take(3).enumerate() {
        spans.extend(text::remote(word, theme.text, theme));
        spans.push(Span::styled(format!(" {} ", text::grouped(*count as u64)), theme.dim));
        if at == 0 {
            spans.push(Span::styled("█".repeat(filled.min(bar)), theme.ok));
            spans.push(Span::styled("░".repeat(bar - filled.min(bar)), theme.dim));
            spans.push(Span::raw(" "));
        }
    }
    spans
}

/// The months as a curve, joined where there are more of them than cells.
fn months(ctx: &Ctx, tally: &Tally, room: usize) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let (Some((&first, _)), Some((&last, _))) =
        (tally.months.first_key_value(), tally.months.last_key_value())
    else {
        return Vec::new();
    };
    let name = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    if first == last {
        return vec![Span::styled(format!("{} {}", tally.moment, name(first)), theme.dim)];
    }
    let (head, tail) = (format!("{} {} ", tally.moment, name(first)), format!(" {}", name(last)));
    let cells = room.saturating_sub(head.len() + tail.len());
    let span = usize::try_from(last - first).unwrap_or(0) + 1;
    let bars = span.min(cells);
    if bars == 0 {
        return vec![Span::styled(head, theme.dim)];
    }
    let mut counts = vec![0_usize; bars];
    for (month, count) in &tally.months {
        let at = usize::try_from(month - first).unwrap_or(0) * bars / span;
        if let Some(place) = counts.get_mut(at) {
            *place += count;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let curve = counts.iter().map(|&count| match count {
        0 => " ",
        some => LEVELS.get((some * LEVELS.len()).div_ceil(most).max(1) - 1).copied().unwrap_or("█"),
    });
    vec![
        Span::styled(head, theme.dim),
        Span::styled(curve.collect::<String>(), theme.ok),
        Span::styled(tail, theme.dim),
    ]
}
