//! The line at the top: which account, which path, how the contact is.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::api::client::Webhooks;
use crate::app::{
    model::{Model, Session},
    place::{Place, Subject},
    places::{channels, found, message, roles, services, users},
};
use crate::view::{Ctx, text};

pub(crate) fn render(ctx: &Ctx, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let right = badges(ctx);
    let room = usize::from(area.width).saturating_sub(right.width() + 2);
    let mut spans = match &ctx.model.session {
        Session::FirstRun { .. } => vec![Span::styled(" Switchboard ", theme.account)],
        Session::Open(account) => {
            let style = if account.practice {
                theme.practice
            } else {
                theme.band(account.production, account.colour)
            };
            // By a word too: not every terminal has colours, nor every eye.
            let production = if account.production { " PROD" } else { "" };
            let mut spans = vec![Span::styled(format!("{production} {} ", account.label), style)];
            if let Some(host) = &account.host {
                spans.push(Span::styled(format!(" {host}"), theme.dim));
            }
            spans
        }
    };
    let used: usize = spans.iter().map(Span::width).sum();
    if matches!(ctx.model.session, Session::Open(_)) {
        spans.extend(crumbs(ctx, room.saturating_sub(used)));
    }
    frame.render_widget(text::fit(Line::from(spans), room), area);
    frame.render_widget(right.right_aligned(), area);
}

/// The path, its first places left out when there is no room for all.
fn crumbs(ctx: &Ctx, room: usize) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let places = ctx.model.path.places();
    // Flex lies beside the services, not in one of them.
    let beside = matches!(places.get(1), Some(Place::Flex | Place::Flows));
    let places = places.get(usize::from(beside)..).unwrap_or_default();
    let last = places.len().saturating_sub(1);
    let mut words: Vec<(String, bool)> = places
        .iter()
        .enumerate()
        .flat_map(|(at, &place)| {
            let is_found = at > 0 && places.get(at - 1) == Some(&Place::Found);
            let service = place.service().filter(|_| is_found);
            let of = service.map(|service| services::title(&ctx.model.entities, service));
            let words = of.into_iter().chain(names(ctx.model, place));
            words.map(move |word| (word, at == last)).collect::<Vec<_>>()
        })
        .collect();
    let width = |words: &[(String, bool)]| -> usize {
        words.iter().map(|(word, _)| Span::raw(word.as_str()).width() + 3).sum()
    };
    let mut cut = false;
    while words.len() > 1 && width(&words) + 4 > room {
        words.remove(0);
        cut = true;
    }
    if cut {
        words.insert(0, ("…".to_owned(), false));
    }
    words
        .into_iter()
        .flat_map(|(word, is_focus)| {
            let style = if is_focus { theme.title_focused } else { theme.text };
            [Span::styled(" › ", theme.dim), Span::styled(word, style)]
        })
        .collect()
}

/// How a place is called on the path.
pub(crate) fn names(model: &Model, place: Place) -> Vec<String> {
    let entities = &model.entities;
    match place {
        Place::Services => vec!["Services".to_owned()],
        Place::Channels(service) => vec![services::title(entities, service), "Channels".to_owned()],
        Place::Users(service) => vec![services::title(entities, service), "Users".to_owned()],
        Place::Channel(_, channel) | Place::FlexChannel(channel) => {
            vec![channels::title_of(entities, channel)]
        }
        Place::Members(..) => vec!["Members".to_owned()],
        Place::Memberships(_, user) => vec![users::title(entities, user)],
        Place::Attributes(_, Subject::Channel(_) | Subject::User(_) | Subject::Message(_)) => {
            vec!["Attributes".to_owned()]
        }
        Place::Messages(..) => vec!["Messages".to_owned()],
        Place::Message(.., message) => vec![message::number(entities, message)],
        Place::Invites(..) => vec!["Invites".to_owned()],
        Place::Roles(service) => vec![services::title(entities, service), "Roles".to_owned()],
        Place::Role(_, role) => vec![roles::title(entities, role)],
        Place::Flex => vec!["Flex".to_owned()],
        Place::Flows => vec!["Flows".to_owned()],
        Place::Journal => vec!["Journal".to_owned()],
        Place::JournalEntry(id) => vec![id.to_string()],
        Place::Found => vec![found::title(model)],
        Place::Jobs => vec!["Jobs".to_owned()],
        Place::Job(id) => vec![format!("Job {id}")],
    }
}

fn badges(ctx: &Ctx) -> Line<'static> {
    let (theme, model) = (ctx.theme, ctx.model);
    let contact = &model.contact;
    let mut spans = Vec::new();
    if let Some((until, why)) = &contact.waiting {
        let left = text::wait(until.duration_since(model.now));
        spans.push(Span::styled(format!("waiting {left} ({why})"), theme.warn));
    } else if let Some(since) = contact.away_since {
        let since = text::clock(since, &model.zone);
        let mut words = format!("offline since {since}");
        if let Some(at) = contact.retry_at {
            let left = text::wait(at.duration_since(model.now));
            words.extend([" · again in ", &left]);
        }
        spans.push(Span::styled(words, theme.bad));
    } else if let Some((at, millis)) = contact.answered {
        let at = text::clock(at, &model.zone);
        spans.push(Span::styled(format!("{at} · {millis} ms"), theme.dim));
    }
    if model.webhooks == Webhooks::On {
        let gap = if spans.is_empty() { "" } else { " · " };
        spans.insert(0, Span::styled(format!("webhooks on{gap}"), theme.warn));
    }
    if let Some((words, style)) = access(ctx) {
        let gap = if spans.is_empty() { "" } else { " · " };
        spans.insert(0, Span::styled(format!("{words}{gap}"), style));
    }
    let out = model.entities.writes_out();
    if out > 0 {
        let gap = if spans.is_empty() { "" } else { " · " };
        spans.insert(0, Span::styled(format!("saving {out}{gap}"), theme.pending));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

/// Whether anything may be changed here, where that is not a matter of course.
fn access(ctx: &Ctx) -> Option<(&'static str, Style)> {
    let Session::Open(account) = &ctx.model.session else { return None };
    match (&account.reads_only, account.production) {
        (Some(_), _) => Some(("read-only", ctx.theme.calm)),
        (None, true) => Some(("writes on", ctx.theme.warn)),
        (None, false) => None,
    }
}
