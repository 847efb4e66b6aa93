//! The channels of a service.

use jiff::Timestamp;
use ratatui::text::{Line, Span};

use crate::api::{
    chat::{
        channels::{Channel, ChannelType},
        services::Service,
    },
    remote_text::{RemoteText, Shown},
    sid::Sid,
};
use crate::app::{entities::ChannelRow, layout::Pane, ticket::EditKey};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
    theme::Theme,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, service: Sid<Service>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.channels.get(&service) else { return };
    let title = vec![Span::raw("Channels")];
    let empty = "this service has no channels";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    let wanted = table::wanted(ctx, pane);
    table::render(ctx, pane, list, |&at| row(ctx, at, &wanted), frame);
}

/// The type, told by word and colour.
pub(crate) fn type_of(ctx: &Ctx, channel: &Channel) -> Line<'static> {
    let theme = ctx.theme;
    match &channel.kind {
        ChannelType::Public => text::words("public", theme.warn),
        ChannelType::Private => text::words("private", theme.dim),
        ChannelType::Other(word) => Line::from(text::remote(word.raw(), theme.text, theme)),
    }
}

fn row(ctx: &Ctx, at: ChannelRow, wanted: &[bool]) -> Drawn {
    let (theme, model) = (ctx.theme, ctx.model);
    let Some(channel) = model.entities.face_at(at) else {
        return Drawn { cells: Vec::new(), style: theme.dim };
    };
    let key = EditKey::Channel(channel.sid);
    let pending = model.entities.edit(key).is_some();
    let gone = model.entities.is_gone(key);
    let mut friendly = channel.friendly_name.as_ref().map(RemoteText::shown);
    let mut unique = channel.unique_name.as_ref().map(RemoteText::shown);
    let escapes = [&friendly, &unique].into_iter().flatten().any(Shown::has_escapes);
    let flag = match (gone, pending, escapes) {
        _ if model.entities.is_doubtful(key) => text::words("?", theme.warn),
        (true, ..) => text::words("gone", theme.bad),
        (_, true, _) => text::words("…", theme.pending),
        (_, _, true) => text::words("!esc", theme.escaped),
        _ if model.entities.is_old(at) => text::words("old", theme.dim),
        _ => Line::default(),
    };
    let style = if gone {
        theme.gone
    } else if pending {
        theme.pending
    } else {
        theme.text
    };
    let mut cell = |nth: usize| match nth {
        0 => type_of(ctx, &channel),
        1 => text::shown_name(friendly.take(), style, theme),
        2 => text::shown_name(unique.take(), theme.dim, theme),
        3 => Line::from(Span::raw(text::or_dash(channel.members_count, text::short_count))),
        4 => Line::from(Span::raw(text::or_dash(channel.messages_count, text::short_count))),
        5 => when(channel.date_updated, |at| places::when(ctx, at), theme),
        6 => when(channel.date_created, |at| text::date(at, &model.zone), theme),
        7 => text::name(channel.created_by.as_ref(), theme.dim, theme),
        8 => text::words(channel.sid.short(), theme.dim),
        _ => flag.clone(),
    };
    let drawn = |(nth, &wanted)| if wanted { cell(nth) } else { Line::default() };
    Drawn { cells: wanted.iter().enumerate().map(drawn).collect(), style }
}

fn when(
    moment: Option<Timestamp>,
    told: impl Fn(Timestamp) -> String,
    theme: &Theme,
) -> Line<'static> {
    moment.map_or_else(Line::default, |at| text::words(told(at), theme.dim))
}
