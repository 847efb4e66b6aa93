//! The Flex channels of the account, labelled by what they join.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{channels::Channel, users::User},
    flex::flows::FlexFlow,
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    layout::Pane,
    places::{
        flex_channel,
        flows::{self, Standing},
        names,
    },
    ticket::{EditKey, Lane},
};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, frame: &mut Frame) {
    let list = &ctx.model.lists.flex;
    let title = vec![Span::raw("Flex channels")];
    let empty = "this account has no Flex channels";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |key| row(ctx, key.0), frame);
}

fn row(ctx: &Ctx, sid: Sid<Channel>) -> Drawn {
    let (theme, entities) = (ctx.theme, &ctx.model.entities);
    let Some(flex) = entities.flex_channel(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let gone = entities.is_gone(EditKey::Channel(sid));
    let chat = entities.channel(sid);
    let names = chat.as_ref().map(|it| [it.friendly_name.as_ref(), it.unique_name.as_ref()]);
    let name = names.into_iter().flatten().flatten().find(|name| !name.is_empty());
    let escapes = name.is_some_and(|name| name.shown().has_escapes());
    let deleted = flex_channel::is_gone(ctx.model, sid);
    let key = EditKey::FlexChannel(sid);
    let pending = entities.edit(key).is_some();
    let row = match (deleted, pending) {
        (true, _) => theme.gone,
        (_, true) => theme.pending,
        _ => theme.text,
    };
    let gone = gone || deleted;
    let style = if gone { theme.gone } else { row };
    let label = match name {
        Some(name) => Line::from(text::remote(name.raw(), style, theme)),
        None => Line::styled(sid.short(), if gone { theme.gone } else { theme.dim }),
    };
    let none = || Line::styled("—", theme.dim);
    let created = flex.date_created.map(|at| places::when(ctx, at));
    let flag = match (gone, pending, escapes) {
        _ if entities.is_doubtful(key) => Line::styled("?", theme.warn),
        (true, ..) => Line::styled("gone", theme.bad),
        (_, true, _) => Line::styled("…", theme.pending),
        (_, _, true) => Line::styled("!esc", theme.escaped),
        _ => Line::default(),
    };
    Drawn {
        cells: vec![
            label,
            flex.flow_sid.map_or_else(none, |sid| flow(ctx, sid)),
            flex.user_sid.map_or_else(none, |sid| user(ctx, sid)),
            flex.task_sid.map_or_else(none, |sid| Line::styled(sid.short(), theme.dim)),
            Line::styled(created.unwrap_or_default(), theme.dim),
            Line::styled(sid.short(), theme.dim),
            flag,
        ],
        style: row,
    }
}

fn flow(ctx: &Ctx, sid: Sid<FlexFlow>) -> Line<'static> {
    let theme = ctx.theme;
    match flows::look_up(ctx.model, sid) {
        Standing::Here(flow) => match flow.friendly_name.as_ref().filter(|name| !name.is_empty()) {
            Some(name) => Line::from(text::remote(name.raw(), theme.text, theme)),
            None => Line::styled(sid.short(), theme.dim),
        },
        Standing::Missing => Line::styled(sid.short(), theme.gone),
        Standing::Reading | Standing::Unread(_) => Line::styled(sid.short(), theme.dim),
    }
}

fn user(ctx: &Ctx, sid: Sid<User>) -> Line<'static> {
    let theme = ctx.theme;
    let gone = names::is_gone(ctx.model, Lane::User(sid));
    let identity = ctx.model.entities.user(sid).map(|user| &user.identity);
    match identity.map(RemoteText::raw) {
        Some(identity) if !gone => Line::from(text::remote(identity, theme.text, theme)),
        _ => Line::styled(sid.short(), if gone { theme.gone } else { theme.dim }),
    }
}
