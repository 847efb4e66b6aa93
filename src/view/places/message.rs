//! One message: who said it and when, its whole body, its attributes.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use crate::api::{
    chat::{
        channels::Channel,
        messages::{Media, Message},
    },
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    layout::{self, Pane},
    place::Subject,
    places::{channels, message as app},
    reading,
};
use crate::view::{Ctx, Frame, places, places::channel::rule, prose, text, tree};

pub(crate) fn render(
    ctx: &Ctx,
    pane: &Pane,
    channel: Sid<Channel>,
    sid: Sid<Message>,
    frame: &mut Frame,
) {
    let entities = &ctx.model.entities;
    let (name, of) = (app::title(entities, sid), channels::title_of(entities, channel));
    let count = prose::frame_of(ctx, pane, &format!("{name} of {of}"), frame);
    let Some(message) = entities.message(sid) else {
        let words = vec![Line::styled("this message is not read", ctx.theme.dim)];
        places::in_the_middle(words, layout::inside(pane.area), frame);
        return;
    };
    let parts = reading::parts(ctx.model, pane.place, pane.area);
    let width = usize::from(parts.properties.width);
    frame.render_widget(Paragraph::new(properties(ctx, channel, message, width)), parts.properties);
    let size = message.body.as_ref().map_or(0, |body| body.raw().len());
    let words = if size == 0 {
        "body · none".to_owned()
    } else {
        let lines = text::counted(count, "line");
        format!("body · {} · {lines}", text::size(size))
    };
    rule(ctx, Line::raw(words), "", parts.rule, frame);
    prose::lines(ctx, pane, parts.text, frame);
    if let Some(drawn) = ctx.model.trees.get(&Subject::Message(sid)) {
        let summary = tree::summary(ctx, drawn, &message.attributes);
        if parts.attributes.height > 0 {
            rule(ctx, summary, "i opens", parts.attributes, frame);
        }
        // The frame of the tree's rows has its own margin.
        let area = Rect { x: parts.tree.x.saturating_sub(1), ..parts.tree };
        tree::render(ctx, drawn, &message.attributes, false, area, frame);
    }
}

fn properties(
    ctx: &Ctx,
    channel: Sid<Channel>,
    message: &Message,
    width: usize,
) -> Vec<Line<'static>> {
    let (theme, model) = (ctx.theme, ctx.model);
    let label = |word: &'static str| Span::styled(word, theme.label);
    let mut from = vec![label("from     ")];
    from.extend(text::name(message.from.as_ref(), theme.text, theme).spans);
    if app::is_gone(model, channel, message.sid) {
        from.push(Span::styled("   gone: no longer among the messages", theme.bad));
    }
    let used: usize = from.iter().map(Span::width).sum();
    let sid = message.sid.to_string();
    let sid = if used + sid.len() + 3 <= width { sid } else { message.sid.short() };
    from.push(Span::styled(format!("   {sid}"), theme.dim));
    let both = |at: jiff::Timestamp| {
        format!("{} ({} ago)", text::moment(at, &model.zone), text::age(model.now, at))
    };
    let first = message.date_created.map_or_else(|| "—".to_owned(), both);
    let mut lines = vec![from, vec![label("said     "), Span::raw(first)]];
    if app::is_edited(message) {
        let at = message.date_updated.map_or_else(|| "—".to_owned(), both);
        let mut edited = vec![label("edited   "), Span::raw(at)];
        if let Some(by) = &message.last_updated_by {
            edited.push(label(" by "));
            edited.extend(text::remote(by.raw(), theme.text, theme));
        }
        lines.push(edited);
    }
    if let Some(media) = &message.media {
        lines.push(file(ctx, media));
    }
    lines.into_iter().map(|spans| text::fit(Line::from(spans), width)).collect()
}

fn file(ctx: &Ctx, media: &Media) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let mut spans = vec![Span::styled("file     ", theme.label)];
    spans.extend(text::name(media.filename.as_ref(), theme.text, theme).spans);
    if let Some(kind) = media.content_type.as_ref().map(RemoteText::raw) {
        spans.push(Span::styled(" · ", theme.dim));
        spans.extend(text::remote(kind, theme.text, theme));
    }
    if let Some(size) = media.size {
        let size = text::size(usize::try_from(size).unwrap_or(usize::MAX));
        spans.push(Span::styled(format!(" · {size}"), theme.text));
    }
    spans
}
