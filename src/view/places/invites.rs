//! Who was asked into a channel and has not come yet.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{channels::Channel, invites::Invite},
    sid::Sid,
};
use crate::app::{layout::Pane, places::channels};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, channel: Sid<Channel>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.invites.get(&channel) else { return };
    let of = channels::title_of(&ctx.model.entities, channel);
    let title = vec![Span::raw(format!("Invites to {of}"))];
    let empty = "nobody is invited to this channel";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

fn row(ctx: &Ctx, sid: Sid<Invite>) -> Drawn {
    let theme = ctx.theme;
    let entities = &ctx.model.entities;
    let Some(invite) = entities.invite(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let role = invite.role_sid.map_or_else(
        || Line::styled("—", theme.dim),
        |sid| match entities.role(sid).and_then(|role| role.friendly_name.as_ref()) {
            Some(name) => text::name(Some(name), theme.text, theme),
            None => Line::styled(sid.short(), theme.dim),
        },
    );
    let when = invite.date_created.map(|at| places::when(ctx, at));
    let escapes = invite.identity.shown().has_escapes()
        || invite.created_by.as_ref().is_some_and(|by| by.shown().has_escapes());
    Drawn {
        cells: vec![
            text::name(Some(&invite.identity), theme.text, theme),
            role,
            text::name(invite.created_by.as_ref(), theme.dim, theme),
            Line::styled(when.unwrap_or_default(), theme.dim),
            Line::styled(if escapes { "!esc" } else { "" }, theme.escaped),
        ],
        style: theme.text,
    }
}
