//! The channels a user belongs to.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{
        memberships::{MembershipStatus, NotificationLevel},
        users::User,
    },
    sid::Sid,
};
use crate::app::{
    entities::{MembershipKey, Sent},
    layout::{self, Pane},
    places::users,
    ticket::EditKey,
};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, user: Sid<User>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.memberships.get(&user) else { return };
    let of = users::title(&ctx.model.entities, user);
    let title = vec![Span::raw(format!("Memberships of {of}"))];
    let empty = "this user belongs to no channel";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    let narrow = layout::is_narrow(layout::inside(pane.area).width);
    table::render(ctx, pane, list, |&key| row(ctx, key, narrow), frame);
}

fn row(ctx: &Ctx, key: MembershipKey, narrow: bool) -> Drawn {
    let theme = ctx.theme;
    let entities = &ctx.model.entities;
    let edit = entities.edit(EditKey::Membership(key));
    let style = if edit.is_some() { theme.pending } else { theme.text };
    let Some(membership) = entities.membership(key) else {
        return Drawn { cells: vec![Line::raw(key.channel.short())], style: theme.dim };
    };
    let gone = entities.is_gone(EditKey::Membership(key));
    let sid = || Line::styled(key.channel.short(), if gone { theme.gone } else { theme.dim });
    let name = entities.channel(key.channel).and_then(|channel| {
        let names = [channel.friendly_name.as_ref(), channel.unique_name.as_ref()];
        let name = names.into_iter().flatten().find(|name| !name.is_empty())?;
        Some(Line::from(text::remote(name.raw(), style, theme)))
    });
    let name = name.unwrap_or_else(sid);
    let status = match &membership.status {
        _ if gone => Line::styled("gone", theme.bad),
        MembershipStatus::Joined => Line::styled("joined", theme.text),
        MembershipStatus::Invited => Line::styled("invited", theme.warn),
        MembershipStatus::NotParticipating => Line::styled("not participating", theme.dim),
        MembershipStatus::Other(word) => Line::from(text::remote(word.raw(), theme.text, theme)),
    };
    let count = |count: Option<i64>| {
        count.map_or_else(|| Line::styled("—", theme.dim), |count| Line::raw(count.to_string()))
    };
    let mut level = level_of(ctx, &membership.notification_level);
    if entities.is_doubtful(EditKey::Membership(key)) {
        level.push_span(Span::styled(" ?", theme.warn));
    }
    if edit.is_some_and(|edit| edit.sent == Sent::Deletion) {
        level = Line::styled("removing …", theme.pending);
    } else if edit.is_some() {
        let before = entities.confirmed_membership(key);
        let before =
            before.filter(|_| !narrow).map(|known| level_of(ctx, &known.notification_level));
        let mut spans = before.map(|line| line.spans).unwrap_or_default();
        if !spans.is_empty() {
            spans.push(Span::raw(" → "));
        }
        spans.extend(level.spans);
        spans.push(Span::raw(" …"));
        level = Line::from(spans).style(theme.pending);
    }
    Drawn {
        cells: vec![
            name,
            status,
            count(membership.unread_messages_count),
            count(membership.last_consumed_message_index),
            Line::styled(key.channel.short(), theme.dim),
            level,
        ],
        style: if gone { theme.gone } else { style },
    }
}

fn level_of(ctx: &Ctx, level: &NotificationLevel) -> Line<'static> {
    match level {
        NotificationLevel::Default => Line::styled("default", ctx.theme.dim),
        NotificationLevel::Muted => Line::styled("muted", ctx.theme.warn),
        NotificationLevel::Other(word) => {
            Line::from(text::remote(word.raw(), ctx.theme.text, ctx.theme))
        }
    }
}
