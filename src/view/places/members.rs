//! The members of a channel.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{channels::Channel, members::Member, services::Service},
    sid::Sid,
};
use crate::app::{
    layout::Pane,
    places::{channels, members},
};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(
    ctx: &Ctx,
    pane: &Pane,
    _: Sid<Service>,
    channel: Sid<Channel>,
    frame: &mut Frame,
) {
    let Some(list) = ctx.model.lists.members.get(&channel) else { return };
    let of = channels::title_of(&ctx.model.entities, channel);
    let title = vec![Span::raw(format!("Members of {of}"))];
    let empty = "this channel has no members";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

fn row(ctx: &Ctx, sid: Sid<Member>) -> Drawn {
    let theme = ctx.theme;
    let Some(member) = ctx.model.entities.member(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let consumed = member.last_consumed_message_index.map(|index| index.to_string());
    let consumed_at = member.last_consumption_timestamp.map(|at| text::moment(at, &ctx.model.zone));
    let joined = member.date_created.map(|at| places::when(ctx, at));
    let flag = match member.identity.shown().has_escapes() {
        _ if members::is_gone(&ctx.model.entities, sid) => Line::styled("gone", theme.bad),
        _ if members::is_pending(&ctx.model.entities, sid) => Line::styled("…", theme.pending),
        true => Line::styled("!esc", theme.escaped),
        false => Line::default(),
    };
    let style = if members::is_gone(&ctx.model.entities, sid) {
        theme.gone
    } else if members::is_pending(&ctx.model.entities, sid) {
        theme.pending
    } else {
        theme.text
    };
    Drawn {
        cells: vec![
            text::name(Some(&member.identity), style, theme),
            consumed.map_or_else(|| Line::styled("—", theme.dim), Line::raw),
            Line::styled(consumed_at.unwrap_or_default(), theme.dim),
            Line::styled(joined.unwrap_or_default(), theme.dim),
            Line::styled(sid.short(), theme.dim),
            flag,
        ],
        style,
    }
}
