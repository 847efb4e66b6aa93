//! The rows of a job: what became of each.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::jobs::standing;
use crate::api::remote_text::shown;
use crate::app::{
    layout::{self, Pane},
    places::job::{self as app, RowKey},
};
use crate::jobs::task::Target;
use crate::state::{Job, JobId, JobRow, RowState};
use crate::view::{
    Ctx, Frame, jobs, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, id: JobId, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.job_rows.get(&id) else {
        places::list_frame(ctx, pane, vec![Span::raw(format!("Job {id}"))], "", frame);
        return;
    };
    let job = ctx.model.entities.job(id);
    let mut title = vec![Span::raw(format!("Job {id}"))];
    if let Some(job) = job {
        let deed = app::deed(job);
        title.push(Span::raw(format!(" · {} · ", shown(&deed).text())));
        title.extend(standing(ctx, job).spans);
        title.push(Span::raw(" "));
    }
    if !places::list_frame(ctx, pane, title, "it has no row", frame) {
        return;
    }
    let inside = layout::inside(pane.area);
    let head = Rect { height: app::head(ctx.model, pane).min(inside.height), ..inside };
    if let Some(job) = job {
        summary(ctx, job, head, frame);
    }
    table::render(ctx, pane, list, |&key| row(ctx, key), frame);
}

/// How it goes, and why rows failed.
fn summary(ctx: &Ctx, job: &Job, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let counts = job.counts;
    let live = ctx.model.jobs.live.as_ref().filter(|live| live.job == job.id && !live.is_over());
    let failed = if counts.failed > 0 { theme.bad } else { theme.text };
    let mut spans = vec![
        Span::styled(format!(" {}/{}", counts.all() - counts.left(), counts.all()), theme.title),
        Span::styled(format!("   ok {}", counts.done), theme.ok),
        Span::raw(format!("  skipped {}", counts.skipped)),
        Span::styled(format!("  failed {}", counts.failed), failed),
    ];
    let width = usize::from(area.width);
    if let Some(live) = live {
        let (out, pace) = (format!("   in flight {}", live.out.len()), jobs::pace(ctx, live));
        let pace = format!("   {}", pace.join("  "));
        let taken: usize = spans.iter().map(Span::width).sum();
        // Where both have no room the pace matters more.
        if taken + Span::raw(&*out).width() + Span::raw(&*pace).width() <= width {
            spans.push(Span::raw(out));
        }
        spans.push(Span::styled(pace, theme.pending));
        if live.throttled > 0 {
            spans.push(Span::styled(format!("   429s {}", live.throttled), theme.warn));
        }
    } else if counts.found + counts.not_found > 0 {
        let read = counts.found + counts.not_found;
        let style = if counts.not_found > 0 { theme.bad } else { theme.ok };
        let state = app::task(job).map_or("so", |task| crate::app::jobs::live::state(&task.deed));
        let words = format!("   read again: {} of {read} {state} in fact", counts.found);
        spans.push(Span::styled(words, style));
    }
    let mut lines = vec![text::fit(Line::from(spans), width)];
    for (code, failures) in ctx.model.entities.failures(job.id) {
        let code_words = code.map_or_else(|| "no code".to_owned(), |code| code.to_string());
        let why = code.and_then(app::meaning).map(str::to_owned);
        let why = why.unwrap_or_else(|| shown(&failures.note).text());
        lines.push(text::fit(
            Line::from(vec![
                Span::styled(format!(" ✖ {:>4} × {code_words}  ", failures.count), theme.bad),
                Span::raw(why),
            ]),
            width,
        ));
    }
    lines.truncate(usize::from(area.height));
    frame.render_widget(Paragraph::new(lines), area);
}

fn row(ctx: &Ctx, key: RowKey) -> Drawn {
    let theme = ctx.theme;
    let Some(row) = ctx.model.entities.job_row(key) else {
        return Drawn { cells: vec![Line::raw(key.nth.to_string())], style: theme.dim };
    };
    let sid = match row.target.parse::<Target>() {
        Ok(Target::Channel(channel) | Target::Membership(_, channel)) => channel.short(),
        Err(_) => shown(&row.target).text(),
    };
    let name = if row.label.is_empty() {
        Line::styled("—", theme.dim)
    } else {
        Line::from(text::remote(&row.label, theme.text, theme))
    };
    let tries = if row.tries == 0 { String::new() } else { row.tries.to_string() };
    Drawn {
        cells: vec![
            state(ctx, row),
            name,
            Line::styled(sid, theme.dim),
            Line::raw(tries),
            Line::raw(row.code.map(|code| code.to_string()).unwrap_or_default()),
            note(ctx, row),
        ],
        style: theme.text,
    }
}

fn state(ctx: &Ctx, row: &JobRow) -> Line<'static> {
    let theme = ctx.theme;
    let (words, style) = match row.state {
        RowState::Todo => ("· to do", theme.dim),
        RowState::Sent => ("↻ out", theme.pending),
        RowState::Done => ("✔ done", theme.ok),
        RowState::Skipped => ("~ skip", theme.dim),
        RowState::Failed => ("✖ failed", theme.bad),
    };
    Line::styled(words, style)
}

fn note(ctx: &Ctx, row: &JobRow) -> Line<'static> {
    let theme = ctx.theme;
    match (row.found, &row.note) {
        (Some(false), _) => Line::styled("not so when read again", theme.bad),
        (_, Some(note)) => Line::from(text::remote(note, theme.text, theme)),
        (Some(true), None) => Line::styled("so when read again", theme.dim),
        (None, None) => Line::default(),
    }
}
