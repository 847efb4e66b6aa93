//! The roles of a service.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{
        roles::{Role, RoleType},
        services::Service,
    },
    sid::Sid,
};
use crate::app::layout::Pane;
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, service: Sid<Service>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.roles.get(&service) else { return };
    let title = vec![Span::raw("Roles")];
    let empty = "this service has no roles";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

/// Where a role counts.
pub(super) fn type_of(ctx: &Ctx, role: &Role) -> Line<'static> {
    let theme = ctx.theme;
    match &role.kind {
        RoleType::Other(word) => text::name(Some(word), theme.text, theme),
        known => Line::styled(known.name().to_owned(), theme.dim),
    }
}

fn row(ctx: &Ctx, sid: Sid<Role>) -> Drawn {
    let theme = ctx.theme;
    let Some(role) = ctx.model.entities.role(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let updated = role.date_updated.map(|at| places::when(ctx, at));
    let escapes = role.friendly_name.as_ref().is_some_and(|name| name.shown().has_escapes());
    Drawn {
        cells: vec![
            text::name(role.friendly_name.as_ref(), theme.text, theme),
            type_of(ctx, role),
            Line::raw(role.permissions.len().to_string()),
            Line::styled(updated.unwrap_or_default(), theme.dim),
            Line::styled(if escapes { "!esc" } else { "" }, theme.escaped),
        ],
        style: theme.text,
    }
}
