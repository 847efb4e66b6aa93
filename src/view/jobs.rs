//! The line at the foot that tells of the job at work, and the question before leaving it.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use crate::app::jobs::{After, Live, Stage};
use crate::view::{Ctx, Frame, overlay, text};

/// Cells that the bar has at least and at most.
const BAR: (usize, usize) = (10, 40);

/// The job at work.
pub(crate) fn line(ctx: &Ctx, area: Rect, frame: &mut Frame) {
    let Some(live) = ctx.model.jobs.live.as_ref().filter(|_| area.height > 0) else { return };
    let theme = ctx.theme;
    let (done, all) = (live.counts.all() - live.counts.left(), live.counts.all());
    let verb = live.task.deed.verb();
    let head = vec![
        Span::styled(" ▸ ", theme.key),
        Span::styled(format!("job {} {verb} ", live.job), theme.title),
        Span::raw(format!("{}/{} ", text::grouped(done), text::grouped(all))),
    ];
    let width = usize::from(area.width);
    let used: usize = head.iter().map(Span::width).sum();
    let (tails, room) = (tails(ctx, live, done, all), width.saturating_sub(used));
    let fitting = tails.iter().position(|tail| tail.width() + BAR.0 <= room);
    let tail = tails.into_iter().nth(fitting.unwrap_or(2)).unwrap_or_default();
    let bar = room.saturating_sub(tail.width()).min(BAR.1);
    let filled = usize::try_from(done * bar as u64 / all.max(1)).unwrap_or(bar).min(bar);
    let mut spans = head;
    spans.push(Span::styled("█".repeat(filled), theme.ok));
    spans.push(Span::styled("░".repeat(bar - filled), theme.dim));
    spans.extend(tail.spans);
    frame.render_widget(text::fit(Line::from(spans), width), area);
}

/// What stands after the bar, the longest first.
fn tails(ctx: &Ctx, live: &Live, done: u64, all: u64) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let going = pace(ctx, live).into_iter().map(|words| Span::raw(format!(" {words} ")));
    let going: Vec<Span> = going.collect();
    let counts = |gap: &str| {
        let counts = live.counts;
        let failed = if counts.failed > 0 { theme.bad } else { theme.dim };
        let mut spans = vec![
            Span::styled(format!(" ok {}{gap}", counts.done), theme.ok),
            Span::styled(format!("skip {}{gap}", counts.skipped), theme.dim),
            Span::styled(format!("fail {}", counts.failed), failed),
        ];
        if live.throttled > 0 {
            spans.push(Span::styled(format!("{gap}429s {}", live.throttled), theme.warn));
        }
        spans
    };
    let percent = Span::raw(format!(" {} % ", done * 100 / all.max(1)));
    let keys = [Span::styled("    5", theme.key), Span::styled(" jobs ", theme.dim)];
    let join = |parts: Vec<Vec<Span<'static>>>| Line::from(parts.concat());
    vec![
        join(vec![vec![percent.clone()], going.clone(), counts("  "), keys.to_vec()]),
        join(vec![vec![percent], going.clone(), counts(" ")]),
        join(vec![going.clone(), counts(" ")]),
        join(vec![going]),
    ]
}

/// How fast it goes and how long it will take, or what it does instead.
pub(crate) fn pace(ctx: &Ctx, live: &Live) -> Vec<String> {
    let now = ctx.model.now;
    match live.word() {
        "running" => {
            let tenths = live.tenths(now);
            let mut words = vec![format!("{}.{}/s", tenths / 10, tenths % 10)];
            words.extend(live.eta(now).map(|seconds| format!("eta {}", span(seconds))));
            words
        }
        word => vec![word.to_owned()],
    }
}

/// Seconds as a person says them.
pub(crate) fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3600)),
    }
}

/// A job is at work, and the person wants to leave.
pub(crate) fn leaving(ctx: &Ctx, then: &After, frame: &mut Frame) {
    let theme = ctx.theme;
    let mut lines = Vec::new();
    if let Some(live) = &ctx.model.jobs.live {
        let (done, all) = (live.counts.all() - live.counts.left(), live.counts.all());
        let pace = pace(ctx, live).join("  ");
        lines.push(Line::raw(format!("Job {} is at {done}/{all}, {pace}.", live.job)));
    } else {
        lines.push(Line::raw("A job is just beginning."));
    }
    if let Some(Stage::Verifying) = ctx.model.jobs.live.as_ref().map(|live| &live.stage) {
        lines.push(Line::raw("All is done; what was done is being read again."));
    }
    let (title, leaves) = match then {
        After::Quit => (" Quit? ", "quits".to_owned()),
        After::Switch(name) => (" Switch? ", format!("goes to {name}")),
    };
    let key = |key: &'static str, words: String| {
        Line::from(vec![Span::styled(key, theme.key), Span::raw(words)])
    };
    lines.push(Line::default());
    lines.push(key("w", format!("    waits for its end, then {leaves}")));
    lines.push(key(
        "p",
        format!("    stops it and {leaves}; it can be gone on with, nothing is lost"),
    ));
    lines.push(key("Esc", "  stays".to_owned()));
    overlay::framed(ctx, title, lines, frame);
}
