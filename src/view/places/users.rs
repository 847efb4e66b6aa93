//! The users of a service.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{services::Service, users::User},
    sid::Sid,
};
use crate::app::layout::Pane;
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, service: Sid<Service>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.users.get(&service) else { return };
    let title = vec![Span::raw("Users")];
    let empty = "this service has no users";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

fn row(ctx: &Ctx, sid: Sid<User>) -> Drawn {
    let theme = ctx.theme;
    let Some(user) = ctx.model.entities.user(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let online = match user.is_online {
        Some(true) => Line::styled("online", theme.ok),
        Some(false) => Line::styled("offline", theme.dim),
        None => Line::styled("—", theme.dim),
    };
    let escapes = user.identity.shown().has_escapes()
        || user.friendly_name.as_ref().is_some_and(|name| name.shown().has_escapes());
    let updated = user.date_updated.map(|at| places::when(ctx, at));
    let created = user.date_created.map(|at| text::date(at, &ctx.model.zone));
    Drawn {
        cells: vec![
            text::name(Some(&user.identity), theme.text, theme),
            text::name(user.friendly_name.as_ref(), theme.dim, theme),
            online,
            Line::raw(text::or_dash(user.joined_channels_count, text::grouped)),
            Line::styled(updated.unwrap_or_default(), theme.dim),
            Line::styled(created.unwrap_or_default(), theme.dim),
            Line::styled(sid.short(), theme.dim),
            Line::styled(if escapes { "!esc" } else { "" }, theme.escaped),
        ],
        style: theme.text,
    }
}
