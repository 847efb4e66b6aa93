//! The offer to go to what was pasted.

use ratatui::text::{Line, Span};

use crate::app::{header, place::Place, places::noun};
use crate::view::{Ctx, Frame, overlay, text};

/// Where it leads, and how to go there.
pub(crate) fn render(ctx: &Ctx, leads_to: &[Place], frame: &mut Frame) {
    let theme = ctx.theme;
    let Some(place) = leads_to.last() else { return };
    let (kind, sid) = match *place {
        Place::Channels(service) => ("the service", service.to_string()),
        Place::Channel(_, channel) => ("the channel", channel.to_string()),
        Place::Memberships(_, user) => ("the user", user.to_string()),
        other => (noun(other), String::new()),
    };
    let mut lines =
        vec![Line::from(vec![Span::raw(format!("{kind}  ")), Span::styled(sid, theme.title)])];
    let known = header::names(ctx.model, *place).into_iter().next();
    lines.extend(known.map(|name| Line::from(text::remote(&name, theme.text, theme))));
    lines.push(Line::default());
    lines.push(Line::from(vec![
        Span::styled("Enter", theme.key),
        Span::raw(" goes there   "),
        Span::styled("Esc", theme.key),
        Span::raw(" stays"),
    ]));
    overlay::framed(ctx, " Go there? ", lines, frame);
}
