//! The services of the account.

use ratatui::text::{Line, Span};

use crate::api::{chat::services::Service, sid::Sid};
use crate::app::layout::Pane;
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, frame: &mut Frame) {
    let list = &ctx.model.lists.services;
    let title = vec![Span::raw("Services")];
    let empty = "this account has no chat services";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

fn row(ctx: &Ctx, sid: Sid<Service>) -> Drawn {
    let service = ctx.model.entities.service(sid);
    let name = service.and_then(|service| service.friendly_name.as_ref());
    let created = service.and_then(|service| service.date_created);
    let created = created.map(|at| text::date(at, &ctx.model.zone)).unwrap_or_default();
    let reachability = match service.and_then(|service| service.reachability_enabled) {
        Some(true) => "on",
        Some(false) => "off",
        None => "—",
    };
    Drawn {
        cells: vec![
            text::name(name, ctx.theme.text, ctx.theme),
            Line::styled(sid.to_string(), ctx.theme.dim),
            Line::styled(created, ctx.theme.dim),
            Line::styled(reachability, ctx.theme.dim),
        ],
        style: ctx.theme.text,
    }
}
