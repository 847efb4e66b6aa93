//! The rows of a job: what became of each.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::jobs::standing;
use crate::api::remote_text::shown;
use crate::app::{
    layout::Pane,
    places::job::{self as app, RowKey},
};
use crate::jobs::task::Target;
use crate::state::{Job, JobId, JobRow, RowState};
use crate::view::{
    Ctx, jobs, places,
    table::{self, Column, Drawn},
    text,
};

const COLUMNS: &[Column] = &[
    Column::new("STATE", 8, 0),
    Column::filling("CHANNEL", 14),
    Column::new("SID", 11, 2),
    Column::number("TRY", 3, 3),
    Column::number("CODE", 5, 1),
    Column::new("NOTE", 22, 0),
];
/// From so many cells on, notes have room.
const ROOMY: u16 = 100;

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
    let Some(inside) = places::list_frame(ctx, pane, title, "it has no row", frame) else { return };
    let height = app::head(ctx.model, pane).min(inside.height);
    let head = Rect { height, ..inside };
    let body = Rect { y: inside.y + height, height: inside.height - height, ..inside };
    if let Some(job) = job {
        summary(ctx, job, head, frame);
    }
    let rows = list.window().iter().map(|&key| row(ctx, key)).collect();
    let mut columns = COLUMNS.to_vec();
    if inside.width >= ROOMY
        && let Some(note) = columns.last_mut()
    {
        note.width = 44;
    }
    let standing = table::standing(ctx, pane, list);
    table::render(ctx, &columns, rows, &standing, body, frame);
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
    if let Some(live) = live {
        spans.push(Span::raw(format!("   in flight {}   ", live.out.len())));
        spans.push(Span::styled(jobs::pace(ctx, live).join("  "), theme.pending));
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
    let width = usize::from(area.width);
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
