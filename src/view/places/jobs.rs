//! The jobs of this account.

use ratatui::text::{Line, Span};

use crate::app::{layout::Pane, places::job as app};
use crate::state::{Job, JobId};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, frame: &mut Frame) {
    let list = &ctx.model.lists.jobs;
    let title = vec![Span::raw("Jobs")];
    let empty = "no job yet; mark channels with Space, then M plans";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&id| row(ctx, id), frame);
}

fn row(ctx: &Ctx, id: JobId) -> Drawn {
    let theme = ctx.theme;
    let Some(job) = ctx.model.entities.job(id) else {
        return Drawn { cells: vec![Line::raw(id.to_string())], style: theme.dim };
    };
    let counts = job.counts;
    let count = |count: u64| Line::raw(text::grouped(count));
    let failed = if counts.failed > 0 { theme.bad } else { theme.dim };
    let label = if job.label.is_empty() {
        Line::styled("—", theme.dim)
    } else {
        Line::from(text::remote(&job.label, theme.text, theme))
    };
    let deed = app::deed(job);
    Drawn {
        cells: vec![
            Line::raw(id.to_string()),
            Line::from(text::remote(&deed, theme.text, theme)),
            label,
            standing(ctx, job),
            Line::raw(format!("{}/{}", counts.all() - counts.left(), counts.all())),
            count(counts.done),
            count(counts.skipped),
            Line::styled(text::grouped(counts.failed), failed),
            in_fact(ctx, job),
            Line::styled(places::when(ctx, job.made), theme.dim),
        ],
        style: theme.text,
    }
}

/// How a job stands: here, elsewhere, or in the ledger.
pub(super) fn standing(ctx: &Ctx, job: &Job) -> Line<'static> {
    let theme = ctx.theme;
    let live = ctx.model.jobs.live.as_ref().filter(|live| live.job == job.id && !live.is_over());
    match (live, app::standing(job)) {
        (Some(live), _) => Line::styled(live.word(), theme.pending),
        (None, "running") if ctx.model.jobs.live.as_ref().is_none_or(|it| it.job != job.id) => {
            Line::styled("elsewhere", theme.pending)
        }
        (None, _) if job.counts.left() > 0 => Line::styled("stopped", theme.warn),
        (None, _) => Line::styled("ended", theme.ok),
    }
}

/// What reading again found.
fn in_fact(ctx: &Ctx, job: &Job) -> Line<'static> {
    let theme = ctx.theme;
    let counts = job.counts;
    match (counts.found, counts.not_found) {
        (0, 0) => Line::styled("—", theme.dim),
        (so, 0) => Line::styled(format!("{so} ✔"), theme.ok),
        (so, not) => Line::styled(format!("{so} ✔ {not} ✖"), theme.bad),
    }
}
