//! The line at the top: which account, which path, how the contact is.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use crate::app::{
    header::{self, BEFORE_A_CRUMB, Mood},
    model::Session,
};
use crate::view::{Ctx, Frame, text};

pub(crate) fn render(ctx: &Ctx, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let header = header::header(ctx.model, area.width);
    let style = match &ctx.model.session {
        Session::FirstRun { .. } => theme.account,
        Session::Open(account) if account.practice => theme.practice,
        Session::Open(account) => theme.band(account.production, account.colour),
    };
    let mut spans = vec![Span::styled(header.label, style)];
    spans.extend(header.host.map(|host| Span::styled(host, theme.dim)));
    for crumb in header.crumbs {
        let style = if crumb.is_focus { theme.title_focused } else { theme.text };
        spans.extend([Span::styled(BEFORE_A_CRUMB, theme.dim), Span::styled(crumb.word, style)]);
    }
    let room = usize::from(header.room);
    frame.render_widget(text::fit(Line::from(spans), room), area);
    let badge = |(words, mood)| {
        let style = match mood {
            Mood::Calm => theme.calm,
            Mood::Dim => theme.dim,
            Mood::Arranged => theme.key,
            Mood::Pending => theme.pending,
            Mood::Warn => theme.warn,
            Mood::Bad => theme.bad,
        };
        Span::styled(words, style)
    };
    let mut badges: Vec<Span> = header.badges.into_iter().map(badge).collect();
    badges.push(Span::raw(" "));
    frame.render_widget(Line::from(badges).right_aligned(), area);
}
