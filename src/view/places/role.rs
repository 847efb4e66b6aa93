//! One role: where it counts, what it allows.

use ratatui::{
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::api::{chat::roles::Role, sid::Sid};
use crate::app::{
    layout::{self, Pane},
    places::roles as app,
    reading,
};
use crate::view::{Ctx, Frame, places, places::channel::rule, prose, text};

pub(crate) fn render(ctx: &Ctx, pane: &Pane, sid: Sid<Role>, frame: &mut Frame) {
    let (theme, model) = (ctx.theme, ctx.model);
    let title = format!("Role {}", app::title(&model.entities, sid));
    prose::frame_of(ctx, pane, &title, frame);
    let Some(role) = model.entities.role(sid) else {
        let lines = match model.loading_since(pane.place) {
            Some(since) => places::waiting(ctx, pane.place, since),
            None => vec![Line::styled("this role could not be read; r tries again", theme.dim)],
        };
        places::in_the_middle(lines, layout::inside(pane.area), frame);
        return;
    };
    let parts = reading::parts(model, pane.place, pane.area);
    let width = usize::from(parts.properties.width);
    let label = |word: &'static str| Span::styled(word, theme.label);
    let mut who = vec![label("type     ")];
    who.extend(super::roles::type_of(ctx, role).spans);
    let full = sid.to_string();
    let sid = if width >= 9 + 13 + full.len() { full } else { sid.short() };
    who.push(Span::styled(format!("   {sid}"), theme.dim));
    let date = |at: Option<jiff::Timestamp>| {
        at.map_or_else(|| "—".to_owned(), |at| text::date(at, &model.zone))
    };
    let dates = vec![
        label("created  "),
        Span::raw(date(role.date_created)),
        label("   updated  "),
        Span::raw(date(role.date_updated)),
    ];
    let lines: Vec<Line> =
        [who, dates].map(|spans| text::fit(Line::from(spans), width)).into_iter().collect();
    frame.render_widget(Paragraph::new(lines), parts.properties);
    let allows = text::counted(role.permissions.len(), "permission");
    rule(ctx, Line::raw(allows), "", parts.rule, frame);
    prose::lines(ctx, pane, parts.text, frame);
}
