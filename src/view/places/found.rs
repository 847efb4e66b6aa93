//! What was found in all services.

use ratatui::text::{Line, Span};

use crate::app::{
    find::{self, Progress},
    layout::Pane,
    notice::Problem,
    places::{
        found::{self, Hit},
        services,
    },
    query::fold,
    ticket::EditKey,
};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, frame: &mut Frame) {
    let list = &ctx.model.lists.found;
    let title = vec![Span::raw(found::title(ctx.model))];
    if !places::list_frame(ctx, pane, title, "", frame) {
        return;
    }
    let needle = ctx.model.search.as_ref().map(|search| fold(search.text())).unwrap_or_default();
    table::render(ctx, pane, list, |&hit| row(ctx, hit, &needle), frame);
}

/// How many were found, and how much was searched.
pub(super) fn extent(ctx: &Ctx, narrow: bool) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let count = |count: usize| text::grouped(count as u64);
    let Progress { searched, of, more, failed } = find::progress(ctx.model);
    let all = searched == of && !more;
    let stopped = ctx.model.search.as_ref().is_some_and(find::Search::is_stopped);
    let found = count(ctx.model.lists.found.first_rows().len());
    let mut spans = vec![Span::styled(format!("{found} found"), theme.title)];
    let plus = if more { "+" } else { "" };
    let how_far = format!("{} of {}{plus}", count(searched), count(of));
    let (words, style) = match (all, stopped) {
        (true, _) if narrow => (" ✔".to_owned(), theme.dim),
        (true, _) => (format!(", {how_far} services searched ✔"), theme.dim),
        (_, true) => (format!(" · stopped, {how_far} services searched"), theme.warn),
        _ if narrow => (format!(", {how_far}"), theme.dim),
        _ if failed.len() + searched == of && !more => {
            (format!(", {how_far} services searched"), theme.dim)
        }
        _ => (format!(", {how_far} services searched …"), theme.dim),
    };
    spans.push(Span::styled(words, style));
    if !failed.is_empty() && !stopped {
        spans.push(Span::styled(format!(" · {} failed", count(failed.len())), theme.bad));
    }
    spans
}

/// What stands there while nothing is found.
pub(super) fn nothing(ctx: &Ctx) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let Progress { searched, of, more, failed } = find::progress(ctx.model);
    if searched == of && !more {
        let text = "no channel and no user holds it in a name, unique name, identity or sid";
        return vec![Line::styled(text, theme.dim)];
    }
    let stopped = ctx.model.search.as_ref().is_some_and(find::Search::is_stopped);
    let mut lines = vec![Line::styled("nothing so far", theme.dim)];
    for (service, what) in failed.iter().take(MOST_TOLD) {
        let title = services::title(&ctx.model.entities, *service);
        let why = find::problem(ctx.model, *service).map(Problem::sentence).unwrap_or_default();
        lines.push(Line::styled(format!("{title}: {what} could not be read: {why}"), theme.bad));
    }
    lines.push(match (stopped, failed.len() + searched == of) {
        (true, _) => Line::styled("r goes on", theme.dim),
        (_, true) if !failed.is_empty() => Line::styled("r tries again", theme.dim),
        _ => Line::styled("^c stops", theme.dim),
    });
    lines
}

/// So many services that failed are told one by one.
const MOST_TOLD: usize = 5;

fn row(ctx: &Ctx, hit: Hit, needle: &str) -> Drawn {
    let (theme, entities) = (ctx.theme, &ctx.model.entities);
    let (name, unique, updated) = match hit {
        Hit::Channel(row) => {
            let channel = entities.channel_at(row);
            channel.map(|it| (it.friendly_name, it.unique_name, it.date_updated))
        }
        Hit::User(user) => {
            let user = entities.user(user);
            user.map(|it| (it.friendly_name.clone(), Some(it.identity.clone()), it.date_updated))
        }
    }
    .unwrap_or_default();
    let gone = hit.channel(entities).is_some_and(|(_, it)| entities.is_gone(EditKey::Channel(it)));
    let old = matches!(hit, Hit::Channel(row) if entities.is_old(row));
    let escapes = [&name, &unique].into_iter().flatten().any(|it| it.shown().has_escapes());
    let flag = match (gone, escapes, old) {
        (true, ..) => Line::styled("gone", theme.bad),
        (_, true, _) => Line::styled("!esc", theme.escaped),
        (_, _, true) => Line::styled("old", theme.dim),
        _ => Line::default(),
    };
    let style = if gone { theme.gone } else { theme.text };
    Drawn {
        cells: vec![
            Line::styled(hit.kind(), theme.dim),
            text::name(name.as_ref(), style, theme),
            text::name(unique.as_ref(), style, theme),
            Line::raw(found::service_title(ctx.model, hit)),
            Line::styled(hit.matched(needle, entities), theme.dim),
            Line::styled(updated.map(|at| places::when(ctx, at)).unwrap_or_default(), theme.dim),
            flag,
        ],
        style,
    }
}
