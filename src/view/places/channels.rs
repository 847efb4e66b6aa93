//! The channels of a service.

use ratatui::{
    Frame,
    text::{Line, Span},
};

use crate::api::{
    chat::{
        channels::{Channel, ChannelType},
        services::Service,
    },
    sid::Sid,
};
use crate::app::{entities::ChannelRow, layout::Pane, ticket::EditKey};
use crate::view::{
    Ctx, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, service: Sid<Service>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.channels.get(&service) else { return };
    let title = vec![Span::raw("Channels")];
    let empty = "this service has no channels";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    let rows = list.window().iter().map(|&at| row(ctx, at)).collect();
    let standing = table::standing(list, pane.focused);
    table::render(ctx, pane, rows, &standing, frame);
}

/// The type, told by word and colour.
pub(crate) fn type_of(ctx: &Ctx, channel: &Channel) -> Line<'static> {
    let theme = ctx.theme;
    match &channel.kind {
        ChannelType::Public => Line::styled("public", theme.warn),
        ChannelType::Private => Line::styled("private", theme.dim),
        ChannelType::Other(word) => Line::from(text::remote(word.raw(), theme.text, theme)),
    }
}

fn row(ctx: &Ctx, at: ChannelRow) -> Drawn {
    let (theme, model) = (ctx.theme, ctx.model);
    let Some(channel) = model.entities.channel_at(at) else {
        return Drawn { cells: Vec::new(), style: theme.dim };
    };
    let key = EditKey::Channel(channel.sid);
    let pending = model.entities.edit(key).is_some();
    let gone = model.entities.is_gone(key);
    let escapes = [&channel.friendly_name, &channel.unique_name]
        .into_iter()
        .flatten()
        .any(|name| name.shown().has_escapes());
    let flag = match (gone, pending, escapes) {
        _ if model.entities.is_doubtful(key) => Line::styled("?", theme.warn),
        (true, ..) => Line::styled("gone", theme.bad),
        (_, true, _) => Line::styled("…", theme.pending),
        (_, _, true) => Line::styled("!esc", theme.escaped),
        _ if model.entities.is_old(at) => Line::styled("old", theme.dim),
        _ => Line::default(),
    };
    let updated = channel.date_updated.map(|at| places::when(ctx, at));
    let style = if gone {
        theme.gone
    } else if pending {
        theme.pending
    } else {
        theme.text
    };
    Drawn {
        cells: vec![
            type_of(ctx, &channel),
            text::name(channel.friendly_name.as_ref(), style, theme),
            text::name(channel.unique_name.as_ref(), theme.dim, theme),
            Line::raw(text::or_dash(channel.members_count, text::short_count)),
            Line::raw(text::or_dash(channel.messages_count, text::short_count)),
            Line::styled(updated.unwrap_or_default(), theme.dim),
            flag,
        ],
        style,
    }
}
