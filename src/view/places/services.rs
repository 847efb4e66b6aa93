//! The services of the account.

use ratatui::{
    Frame,
    text::{Line, Span},
};

use crate::app::layout::Pane;
use crate::view::{
    Ctx, places,
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
    let rows = list.window().iter().map(|&sid| {
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
    });
    let standing = table::standing(list, pane.focused);
    table::render(ctx, pane, rows.collect(), &standing, frame);
}
