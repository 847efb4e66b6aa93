//! The flows of Flex.

use ratatui::text::{Line, Span};

use crate::api::{
    flex::flows::{FlexFlow, IntegrationType},
    sid::Sid,
};
use crate::app::{layout::Pane, places::services};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, frame: &mut Frame) {
    let list = &ctx.model.lists.flows;
    let title = vec![Span::raw("Flows")];
    let empty = "this account has no Flex flows";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

/// What a flow gives the customer's words to.
pub(super) fn integration(ctx: &Ctx, flow: &FlexFlow) -> Line<'static> {
    match &flow.integration_type {
        IntegrationType::Other(word) => text::name(Some(word), ctx.theme.text, ctx.theme),
        known => Line::raw(known.name().to_owned()),
    }
}

fn row(ctx: &Ctx, sid: Sid<FlexFlow>) -> Drawn {
    let theme = ctx.theme;
    let Some(flow) = ctx.model.entities.flow(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let service = match flow.chat_service_sid {
        Some(service) => Line::raw(services::title(&ctx.model.entities, service)),
        None => Line::styled("—", theme.dim),
    };
    let switch = |on: Option<bool>| match on {
        Some(true) => Line::raw("on"),
        Some(false) => Line::styled("off", theme.dim),
        None => Line::styled("—", theme.dim),
    };
    let enabled = match flow.enabled {
        Some(false) => Line::styled("off", theme.warn),
        other => switch(other),
    };
    Drawn {
        cells: vec![
            text::name(flow.friendly_name.as_ref(), theme.text, theme),
            integration(ctx, flow),
            text::name(flow.channel_type.as_ref(), theme.text, theme),
            service,
            enabled,
            switch(flow.long_lived),
            switch(flow.janitor_enabled),
        ],
        style: theme.text,
    }
}
