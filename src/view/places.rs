//! How each place looks. The rooms bear the names of those in `app/places`; here are the frame and the states that all
//! lists share.

mod channel;
mod channels;
mod flex;
mod flex_channel;
mod flows;
mod found;
mod invites;
mod job;
mod jobs;
mod journal;
mod members;
mod memberships;
mod message;
mod messages;
mod role;
mod roles;
mod services;
mod users;

use ratatui::{
    layout::{Alignment, Rect},
    text::{Line, Span},
    widgets::{Block, Paragraph, Wrap},
};

use crate::app::{
    action::Action,
    auto::{self, Telling},
    columns,
    layout::{self, Pane, Screen},
    list::{Memory, Rows},
    notice::ProblemKind,
    permit,
    place::{Place, Subject},
    places::names,
};
use crate::view::{Ctx, Frame, boxed, spread, text, tree};

/// Draws one pane.
pub(crate) fn render(ctx: &Ctx, pane: &Pane, screen: &Screen, frame: &mut Frame) {
    match pane.place {
        Place::Services => services::render(ctx, pane, frame),
        Place::Channels(service) => channels::render(ctx, pane, service, frame),
        Place::Users(service) => users::render(ctx, pane, service, frame),
        Place::Members(service, channel) => members::render(ctx, pane, service, channel, frame),
        Place::Memberships(_, user) => memberships::render(ctx, pane, user, frame),
        Place::Channel(service, channel) => {
            let apart = screen.panes.iter().any(|pane| matches!(pane.place, Place::Members(..)));
            channel::render(ctx, pane, service, channel, !apart, frame);
        }
        Place::Attributes(_, subject) => attributes(ctx, pane, subject, frame),
        Place::Messages(_, channel) => messages::render(ctx, pane, channel, frame),
        Place::Message(_, channel, sid) => message::render(ctx, pane, channel, sid, frame),
        Place::Invites(_, channel) => invites::render(ctx, pane, channel, frame),
        Place::Roles(service) => roles::render(ctx, pane, service, frame),
        Place::Role(_, sid) => role::render(ctx, pane, sid, frame),
        Place::Flex => flex::render(ctx, pane, frame),
        Place::FlexChannel(sid) => flex_channel::render(ctx, pane, sid, frame),
        Place::Flows => flows::render(ctx, pane, frame),
        Place::Journal => journal::render(ctx, pane, frame),
        Place::Found => found::render(ctx, pane, frame),
        Place::JournalEntry(id) => journal::entry(ctx, pane, id, frame),
        Place::Jobs => jobs::render(ctx, pane, frame),
        Place::Job(id) => job::render(ctx, pane, id, frame),
    }
}

/// The frame of a list: its title says how much of it is here, its foot where the cursor is. Returns
/// whether there are rows; where there are none, a line in their place was drawn.
pub(crate) fn list_frame(
    ctx: &Ctx,
    pane: &Pane,
    title: Vec<Span<'static>>,
    empty: &str,
    frame: &mut Frame,
) -> bool {
    let rows = ctx.model.rows(pane.place);
    if ctx.only.is_some() {
        return rows.is_some_and(|rows| rows.shown() > 0);
    }
    let style = if pane.focused { ctx.theme.title_focused } else { ctx.theme.title };
    let width = usize::from(pane.area.width.saturating_sub(4));
    let told = rows.map(|rows| extent(ctx, pane.place, rows, width < NARROW)).unwrap_or_default();
    // How much is here matters more than whose it is: the name gives way first.
    let room = width.saturating_sub(told.iter().map(Span::width).sum::<usize>() + 3).max(SHORTEST);
    let title = title.into_iter().map(|span| Span::styled(span.content, style.patch(span.style)));
    let mut head = vec![Span::raw(" ")];
    head.extend(text::fit(title.collect(), room).spans);
    if !told.is_empty() {
        head.push(Span::raw(" "));
        head.extend(told);
    }
    head.push(Span::raw(" "));
    let block = boxed(ctx, pane.focused).title(text::fit(Line::from(head), width));
    frame.render_widget(with_foot(ctx, pane, block), pane.area);
    let inside = layout::inside(pane.area);
    let Some(rows) = rows else { return false };
    if rows.shown() == 0 {
        nothing(ctx, pane.place, rows, empty, inside, frame);
        return false;
    }
    if layout::shows_spread(ctx.model, pane) {
        let foot = inside.height.min(1);
        let foot = Rect { y: inside.bottom() - foot, height: foot, ..inside };
        spread::render(ctx, rows, foot, frame);
    }
    true
}

/// The box of a list, told at its foot where the cursor is.
pub(crate) fn with_foot<'a>(ctx: &Ctx, pane: &Pane, block: Block<'a>) -> Block<'a> {
    let rows = ctx.model.rows(pane.place);
    let Some(rows) = rows.filter(|rows| rows.shown() > 0) else { return block };
    let (at, shown) = (rows.at() as u64 + 1, rows.shown() as u64);
    let foot = format!(" {}/{} ", text::grouped(at), text::grouped(shown));
    block
        .title_bottom(beyond(ctx, pane))
        .title_bottom(Line::styled(foot, ctx.theme.dim).right_aligned())
}

/// How many columns of a wide list are out of sight, and by which keys they come.
fn beyond(ctx: &Ctx, pane: &Pane) -> Line<'static> {
    let (left, right) = layout::table(ctx.model, pane).beyond;
    let key = |key| Span::styled(key, ctx.theme.key);
    let more = |count| Span::styled(format!(" {} ", text::counted(count, "column")), ctx.theme.dim);
    let mut spans = Vec::new();
    if left > 0 {
        spans.extend([key(" <"), more(left)]);
    }
    if right > 0 {
        spans.extend([more(right), key("> ")]);
    }
    Line::from(spans)
}

/// Cells that the name of a list keeps in any case.
const SHORTEST: usize = 8;
/// Below this many cells a title uses signs for words.
const NARROW: usize = 34;

/// How much of a list is here, in words.
fn extent(ctx: &Ctx, place: Place, rows: &dyn Rows, narrow: bool) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let unseen = names::unseen(ctx.model, place);
    let loaded = text::grouped((rows.loaded() - rows.struck().min(rows.loaded())) as u64);
    let mut spans = Vec::new();
    if !rows.filter().is_empty() && rows.loaded() > 0 {
        let shown = text::grouped(rows.shown() as u64);
        spans.push(Span::styled(format!("{shown} of "), theme.title));
    }
    let extent = rows.extent();
    // Rows that are read again by themselves are no less whole for that.
    let quiet = ctx.model.auto.is_quiet(place);
    let more = extent.value().is_some_and(|extent| extent.next.is_some());
    if place == Place::Found {
        spans.extend(found::extent(ctx, narrow));
    } else if let Some(memory) = rows.memory() {
        spans.extend(remembered(ctx, rows, memory, narrow));
    } else if extent.is_loading() && rows.loaded() > 0 && !quiet {
        spans.push(Span::styled(format!("{loaded} loaded, loading …"), theme.dim));
    } else if extent.problem().is_some() && more {
        let words = if narrow { ", not all" } else { " loaded, the rest could not be read" };
        spans.push(Span::styled(format!("{loaded}{words}"), theme.warn));
    } else if extent.problem().is_some() && rows.loaded() > 0 {
        let since = extent.fresh_at().map(|at| text::clock(at, &ctx.model.zone));
        let stale = format!("{loaded}, stale since {}", since.unwrap_or_default());
        spans.push(Span::styled(stale, theme.warn));
    } else if (rows.is_complete() || quiet) && unseen > 0 {
        spans.push(Span::styled(loaded, theme.title));
        spans.push(Span::styled(format!(", {unseen} names unread"), theme.warn));
    } else if rows.is_complete() || quiet {
        spans.push(Span::styled(loaded, theme.title));
        spans.push(Span::styled(if narrow { " ✔" } else { ", all loaded ✔" }, theme.dim));
    } else if rows.is_stopped() {
        spans.push(Span::styled(format!("stopped at {loaded}"), theme.warn));
    } else if more {
        spans.push(Span::styled(format!("{loaded} loaded, more on the server"), theme.dim));
    }
    if rows.struck() > 0 {
        let gone = text::grouped(rows.struck() as u64);
        spans.push(Span::styled(format!(" · {gone} gone"), theme.bad));
    }
    let unreadable = extent.value().map_or(0, |extent| extent.unreadable);
    if unreadable > 0 {
        spans.push(Span::styled(format!(" · {unreadable} unreadable"), theme.warn));
    }
    spans.extend(auto_refresh(ctx, place, rows));
    spans.extend(doing(ctx, place, rows));
    if !rows.filter().is_empty() {
        spans.push(Span::styled(" · /", theme.dim));
        spans.extend(text::remote(rows.filter(), theme.key, theme));
    }
    spans
}

/// That the rows are an earlier run's, and how far they are read anew.
fn remembered(ctx: &Ctx, rows: &dyn Rows, memory: Memory, narrow: bool) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let count = |count: usize| text::grouped(count as u64);
    let (extent, anew) = (rows.extent(), rows.read_anew());
    let old = count(memory.rows.min(rows.loaded()));
    let mut spans = vec![Span::styled(format!("{old} as of {}", as_of(ctx, memory)), theme.warn)];
    let (words, style) = match (extent.is_loading(), extent.problem().is_some(), anew) {
        (true, _, _) if narrow => (" …".to_owned(), theme.dim),
        (_, true, _) if narrow => (", not anew".to_owned(), theme.warn),
        (true, _, 0) => (", reading anew …".to_owned(), theme.dim),
        (true, ..) => (format!(" · {} read anew …", count(anew)), theme.dim),
        (_, true, 0) => (" · could not be read anew".to_owned(), theme.warn),
        (_, true, _) => {
            (format!(" · {} read anew, the rest could not be", count(anew)), theme.warn)
        }
        _ if rows.is_stopped() => (format!(" · stopped at {}", count(anew)), theme.warn),
        _ if narrow => (String::new(), theme.dim),
        _ => (format!(" · {} read anew, more on the server", count(anew)), theme.dim),
    };
    spans.push(Span::styled(words, style));
    spans
}

/// As of when rows are that an earlier run left.
fn as_of(ctx: &Ctx, memory: Memory) -> String {
    if ctx.model.absolute_times {
        text::moment(memory.as_of, &ctx.model.zone)
    } else {
        format!("{} ago", text::age(ctx.model.now, memory.as_of))
    }
}

/// How often the list is read again by itself, and what has changed since.
fn auto_refresh(ctx: &Ctx, place: Place, rows: &dyn Rows) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let mut spans = Vec::new();
    if let Some(telling) = ctx.model.auto.told(place) {
        let (words, style) = match telling {
            Telling::Every { rest, is_slowed } => {
                let style = if is_slowed { theme.warn } else { theme.dim };
                (auto::every_in_words(rest), style)
            }
            Telling::Reading => ("…".to_owned(), theme.dim),
            Telling::Away => ("paused".to_owned(), theme.dim),
        };
        spans.push(Span::styled(format!(" · ↻ {words}"), style));
    }
    if rows.changed() > 0 {
        let count = text::grouped(rows.changed() as u64);
        spans.push(Span::styled(format!(" · Δ {count} changed"), theme.pending));
    }
    spans
}

/// What is marked, and what is not done yet with the rows that are here.
fn doing(ctx: &Ctx, place: Place, rows: &dyn Rows) -> Vec<Span<'static>> {
    let theme = ctx.theme;
    let count = |count: usize| text::grouped(count as u64);
    let mut spans = Vec::new();
    if rows.marked() > 0 {
        let mut words = format!(" · {} marked", count(rows.marked()));
        if rows.marked_hidden() > 0 {
            words.extend([", ", &count(rows.marked_hidden()), " hidden"]);
        }
        spans.push(Span::styled(words, theme.warn));
    }
    if let Some((done, of)) = rows.judged() {
        let words = format!(" · judging, {} of {}", count(done), count(of));
        spans.push(Span::styled(words, theme.pending));
    }
    if rows.unjudged() > 0 {
        let words = format!(" · {} not JSON, not judged", count(rows.unjudged()));
        spans.push(Span::styled(words, theme.warn));
    }
    if rows.is_sorting() {
        spans.push(Span::styled(" · sorting", theme.pending));
    }
    // Where the order shows in no column's head.
    if let Some(sort) = rows.sort()
        && let Some(field) = rows.fields().get(sort.field)
        && !columns::shows(ctx.model, place, field)
    {
        let sign = if sort.descending { "▼" } else { "▲" };
        spans.push(Span::styled(format!(" · by {} {sign}", field.name), theme.title));
    }
    spans
}

/// What stands where rows would be.
fn nothing(ctx: &Ctx, place: Place, rows: &dyn Rows, empty: &str, area: Rect, frame: &mut Frame) {
    let theme = ctx.theme;
    let extent = rows.extent();
    let unreadable = extent.value().map_or(0, |extent| extent.unreadable);
    let lines = if let Some(since) = extent.loading_since() {
        waiting(ctx, place, since)
    } else if let Some(problem) = extent.problem() {
        let key = ctx.model.key(Action::Refresh);
        let again = match problem.kind {
            ProblemKind::Offline => format!("it is tried again by itself; {key} tries now"),
            _ => format!("{key} tries again"),
        };
        vec![
            Line::styled("this could not be read", theme.bad),
            Line::styled(problem.sentence(), theme.text),
            Line::styled(again, theme.dim),
        ]
    } else if !rows.filter().is_empty() {
        let mut line = vec![Span::raw("no row holds ")];
        line.extend(text::remote(rows.filter(), theme.key, theme));
        let names = names::unseen(ctx.model, place);
        line.push(Span::raw(match names {
            0 if rows.is_complete() => String::new(),
            0 if rows.can_read_on() => {
                let loaded = text::grouped(rows.loaded() as u64);
                format!(" among the {loaded} that are loaded; j reads on")
            }
            0 => "; not all rows are loaded".to_owned(),
            names => format!(" so far; {names} names are not read yet"),
        }));
        vec![Line::from(line), Line::styled("Esc clears the filter", theme.dim)]
    } else if place == Place::Found {
        found::nothing(ctx)
    } else if rows.is_stopped() {
        let key = ctx.model.key(Action::Refresh);
        vec![Line::styled(format!("stopped before anything came; {key} reads again"), theme.dim)]
    } else if unreadable > 0 {
        vec![Line::styled(format!("{unreadable} came, and none could be read"), theme.warn)]
    } else if rows.is_complete() {
        let words = Line::styled(empty.to_owned(), theme.dim);
        let next = (ctx.model.path.focus() == place).then(|| ways_on(ctx, place));
        std::iter::once(words).chain(next).collect()
    } else {
        Vec::new()
    };
    in_the_middle(lines, area, frame);
}

/// Which keys come next where a list holds nothing.
fn ways_on(ctx: &Ctx, place: Place) -> Line<'static> {
    let ways = [
        (Action::New, "makes one"),
        (Action::Refresh, "reads again"),
        (Action::Back, if place == Place::Services { "" } else { "goes back" }),
    ];
    let makes = matches!(place, Place::Channels(_) | Place::Flex);
    let mut spans = Vec::new();
    for (action, words) in ways {
        let is_wanted = !words.is_empty() && (action != Action::New || makes);
        if is_wanted && permit::refusal(ctx.model, action).is_none() {
            let gap = if spans.is_empty() { "" } else { " · " };
            spans.push(Span::styled(gap, ctx.theme.dim));
            spans.push(Span::styled(ctx.model.key(action), ctx.theme.key));
            spans.push(Span::styled(format!(" {words}"), ctx.theme.dim));
        }
    }
    Line::from(spans)
}

/// A wait in words: nothing at first, then a turning wheel, then how long and how to stop.
pub(crate) fn waiting(ctx: &Ctx, place: Place, since: jiff::Timestamp) -> Vec<Line<'static>> {
    let waited = ctx.model.now.duration_since(since);
    let millis = waited.as_millis();
    if millis < 150 {
        return Vec::new();
    }
    let wheel = match millis / 120 % 4 {
        0 => "|",
        1 => "/",
        2 => "-",
        _ => "\\",
    };
    let words = if millis < 2_000 {
        format!("{wheel} reading")
    } else {
        // `^c` gives up what is awaited at the focus.
        let stops = if place == ctx.model.path.focus() && !matches!(place, Place::Attributes(..)) {
            " · ^c stops"
        } else {
            ""
        };
        format!("{wheel} reading, {} so far{stops}", text::wait(waited))
    };
    vec![Line::styled(words, ctx.theme.dim)]
}

/// A moment as the person wants it: how long ago, or in full.
pub(crate) fn when(ctx: &Ctx, at: jiff::Timestamp) -> String {
    if ctx.model.absolute_times {
        text::moment(at, &ctx.model.zone)
    } else {
        text::age(ctx.model.now, at)
    }
}

/// Lines in the middle of an area, wrapped.
pub(crate) fn in_the_middle(lines: Vec<Line<'static>>, area: Rect, frame: &mut Frame) {
    let margin = 2.min(area.width / 2);
    let area = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
    let width = usize::from(area.width.max(1));
    let height: usize = lines.iter().map(|line| line.width().div_ceil(width).max(1)).sum();
    let top = area.height.saturating_sub(u16::try_from(height).unwrap_or(u16::MAX)) / 3;
    let area = Rect { y: area.y + top, height: area.height - top, ..area };
    let paragraph = Paragraph::new(lines).alignment(Alignment::Center).wrap(Wrap { trim: true });
    frame.render_widget(paragraph, area);
}

/// Attributes on the whole screen.
fn attributes(ctx: &Ctx, pane: &Pane, subject: Subject, frame: &mut Frame) {
    let theme = ctx.theme;
    let entities = &ctx.model.entities;
    let (title, attributes) = match subject {
        Subject::Channel(sid) => (
            crate::app::places::channels::title_of(entities, sid),
            entities.channel(sid).map(|channel| channel.attributes),
        ),
        Subject::User(sid) => (
            crate::app::places::users::title(entities, sid),
            entities.user(sid).map(|user| user.attributes.clone()),
        ),
        Subject::Message(sid) => (
            crate::app::places::message::title(entities, sid),
            entities.message(sid).map(|message| message.attributes.clone()),
        ),
    };
    let head = Line::styled(format!(" {title} "), theme.title_focused);
    let width = usize::from(pane.area.width.saturating_sub(4));
    let mut block = boxed(ctx, true).title(text::fit(head, width));
    let drawn = ctx.model.trees.get(&subject);
    if let Some(drawn) = drawn {
        block = block.title_bottom(tree::pointer(ctx, drawn, width));
    }
    frame.render_widget(block, pane.area);
    let inside = layout::inside(pane.area);
    let (rule, body) = (
        Rect { height: 1.min(inside.height), ..inside },
        Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside },
    );
    if let (Some(drawn), Some(attributes)) = (drawn, attributes) {
        let mut words = vec![Span::raw(" ")];
        words.extend(tree::summary(ctx, drawn, &attributes).spans);
        frame.render_widget(text::fit(Line::from(words), usize::from(rule.width)), rule);
        tree::render(ctx, drawn, &attributes, true, body, frame);
    } else if let Some(since) = ctx.model.loading_since(pane.place) {
        in_the_middle(waiting(ctx, pane.place, since), body, frame);
    }
}
