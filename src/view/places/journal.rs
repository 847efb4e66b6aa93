//! The journal of writes, and one entry of it.

use ratatui::{
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::{
    api::remote_text::shown,
    app::{
        layout::{self, Pane},
        places::journal as app,
        reading,
    },
    state::{Entry, EntryId, Standing},
    view::{
        Ctx, Frame, places,
        places::channel::rule,
        prose,
        table::{self, Drawn},
        text,
    },
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, frame: &mut Frame) {
    let list = &ctx.model.lists.journal;
    let title = vec![Span::raw("Journal")];
    let empty = "nothing was written yet";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&id| row(ctx, id), frame);
}

fn row(ctx: &Ctx, id: EntryId) -> Drawn {
    let theme = ctx.theme;
    let Some(entry) = ctx.model.entities.journal_entry(id) else {
        return Drawn { cells: vec![Line::raw(id.to_string())], style: theme.dim };
    };
    let status = entry.status.map(|it| it.to_string());
    let millis = entry.duration.map(|took| took.as_millis().to_string());
    let dash =
        |text: Option<String>| Line::styled(text.unwrap_or_else(|| "—".to_owned()), theme.dim);
    Drawn {
        cells: vec![
            Line::styled(places::when(ctx, entry.begun), theme.dim),
            Line::from(text::remote(&app::subject(entry), theme.text, theme)),
            Line::from(text::remote(&app::deed(entry), theme.text, theme)),
            standing(ctx, entry),
            dash(status),
            dash(millis),
        ],
        style: theme.text,
    }
}

fn standing(ctx: &Ctx, entry: &Entry) -> Line<'static> {
    let theme = ctx.theme;
    let (words, style) = match entry.standing {
        Standing::Done | Standing::SettledDone if entry.undone_by.is_some() => {
            ("undone", theme.dim)
        }
        Standing::Done | Standing::SettledDone => ("done", theme.ok),
        Standing::Refused => ("refused", theme.bad),
        Standing::Failed | Standing::SettledNotDone => ("not done", theme.bad),
        Standing::Unknown => ("unknown", theme.warn),
        Standing::Unfinished => ("unfinished", theme.warn),
        Standing::InFlight => ("in flight", theme.dim),
    };
    Line::styled(words, style)
}

/// One entry.
pub(crate) fn entry(ctx: &Ctx, pane: &Pane, id: EntryId, frame: &mut Frame) {
    let (theme, model) = (ctx.theme, ctx.model);
    let Some(entry) = model.entities.journal_entry(id) else {
        prose::frame_of(ctx, pane, "Journal", frame);
        let line = Line::styled("this entry could not be read; r tries again", theme.dim);
        places::in_the_middle(vec![line], layout::inside(pane.area), frame);
        return;
    };
    let subject = shown(&app::subject(entry)).text();
    let deed = shown(&app::deed(entry)).text();
    prose::frame_of(ctx, pane, &format!("{deed} · {subject}"), frame);
    let parts = reading::parts(model, pane.place, pane.area);
    let width = usize::from(parts.properties.width);
    let label = |word: &'static str| Span::styled(word, theme.label);
    let of = &entry.record;
    let mut outcome = vec![label("outcome  ")];
    outcome.extend(standing(ctx, entry).spans);
    let words = [
        entry.status.map(|it| format!("status {it}")),
        entry.code.map(|it| format!("code {it}")),
        entry.duration.map(|took| format!("{} ms", took.as_millis())),
        entry.request_id.as_deref().map(|id| shown(id).text()),
        matches!(entry.standing, Standing::SettledDone | Standing::SettledNotDone)
            .then(|| "as read again".to_owned()),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    if !words.is_empty() {
        outcome.push(Span::styled(format!("   {}", words.join(" · ")), theme.dim));
    }
    let when = text::moment(entry.begun, &model.zone);
    let mut begun = vec![label("written  "), Span::raw(when)];
    if !of.profile.is_empty() {
        begun.push(Span::styled(format!("   profile {}", shown(&of.profile).text()), theme.dim));
    }
    if let Some(undone) = of.undoes {
        begun.push(Span::styled(format!("   takes back {undone}"), theme.dim));
    }
    if let Some(by) = entry.undone_by {
        begun.push(Span::styled(format!("   taken back by {by}"), theme.dim));
    }
    let request = vec![
        label("request  "),
        Span::styled(if of.webhooks { "webhooks on   " } else { "" }, theme.warn),
        Span::raw(shown(&format!("{} {}", of.method, of.path)).text()),
    ];
    let account = vec![label("account  "), Span::styled(shown(&of.account).text(), theme.dim)];
    let lines: Vec<Line> = [outcome, begun, request, account]
        .map(|spans| text::fit(Line::from(spans), width))
        .into_iter()
        .collect();
    frame.render_widget(Paragraph::new(lines), parts.properties);
    rule(ctx, Line::raw(format!("entry {id}")), "", parts.rule, frame);
    prose::lines(ctx, pane, parts.text, frame);
}
