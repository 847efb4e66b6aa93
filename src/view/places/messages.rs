//! What was said in a channel, the newest first.

use ratatui::text::{Line, Span};

use crate::api::{
    chat::{channels::Channel, messages::Message},
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    layout::Pane,
    places::{channels, message},
};
use crate::view::{
    Ctx, Frame, places,
    table::{self, Drawn},
    text,
};

/// No row is wider than this, so no more of a body is looked at.
const LOOKED_AT: usize = 400;

pub(crate) fn render(ctx: &Ctx, pane: &Pane, channel: Sid<Channel>, frame: &mut Frame) {
    let Some(list) = ctx.model.lists.messages.get(&channel) else { return };
    let of = channels::title_of(&ctx.model.entities, channel);
    let title = vec![Span::raw(format!("Messages of {of}"))];
    let empty = "nothing was said in this channel";
    if !places::list_frame(ctx, pane, title, empty, frame) {
        return;
    }
    table::render(ctx, pane, list, |&sid| row(ctx, sid), frame);
}

fn row(ctx: &Ctx, sid: Sid<Message>) -> Drawn {
    let theme = ctx.theme;
    let Some(message) = ctx.model.entities.message(sid) else {
        return Drawn { cells: vec![Line::raw(sid.short())], style: theme.dim };
    };
    let index = message.index.map_or_else(|| "—".to_owned(), |index| index.to_string());
    let flag = match (message::is_edited(message), &message.media) {
        (true, _) => "edited",
        (false, Some(_)) => "media",
        (false, None) => "",
    };
    let when = message.date_created.map(|at| places::when(ctx, at));
    Drawn {
        cells: vec![
            Line::styled(index, theme.dim),
            text::name(message.from.as_ref(), theme.text, theme),
            first_line(ctx, message),
            Line::styled(when.unwrap_or_default(), theme.dim),
            Line::styled(flag, theme.dim),
        ],
        style: theme.text,
    }
}

/// The first line of the body; of a message without words, the name of its file.
fn first_line(ctx: &Ctx, message: &Message) -> Line<'static> {
    let theme = ctx.theme;
    let body = message.body.as_ref().map_or("", RemoteText::raw);
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else {
        let file = message.media.as_ref().map(|media| media.filename.as_ref());
        return match file {
            Some(Some(name)) => Line::from(text::remote(name.raw(), theme.dim, theme)),
            Some(None) => Line::styled("a file without a name", theme.dim),
            None => Line::styled("—", theme.dim),
        };
    };
    let shown: String = first.chars().take(LOOKED_AT).collect();
    let mut spans = text::remote(&shown, theme.text, theme);
    if lines.next().is_some() {
        spans.push(Span::styled(" …", theme.dim));
    }
    Line::from(spans)
}
