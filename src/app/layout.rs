//! Where things stand on the screen, as arithmetic. `update` needs it to keep cursors in view, `view` to draw:
//! both ask here, so neither needs to tell the other.

mod arrangement;
mod columns;
mod form;
mod hit;

use ratatui::layout::{Rect, Size};

pub use self::{
    arrangement::{Arrangement, NARROWEST},
    columns::{Column, GAP, MARKER, Placed, Table, is_narrow, table},
    form::{FormShape, form, text_height},
    hit::{Hit, Spot, hit, tree_area},
};

use crate::{
    app::{model::Model, place::Place},
    state::Borders,
};

/// Below this nothing is drawn but one line that says so.
pub const SMALLEST: Size = Size::new(40, 10);
/// From this width on, two panes.
pub const TWO_PANES: u16 = 100;
const FOUR_PANES: u16 = 160;

/// How many panes there are at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The one that has the focus.
    One,
    /// Two.
    Two,
    /// Four, of which the first are the services.
    Four,
}

/// One pane on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pane {
    /// What it shows.
    pub place: Place,
    /// Where, border included.
    pub area: Rect,
    /// Whether it has the focus.
    pub focused: bool,
}

/// The whole screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// Breadcrumb and badges.
    pub header: Rect,
    /// Panes, from the left.
    pub panes: Vec<Pane>,
    /// Room of panes that have nothing to show.
    pub vacant: Vec<Rect>,
    /// How many panes there would be if all had something to show.
    pub class: Class,
    /// The job that is at work; empty where there is none.
    pub job: Rect,
    /// The prompt, or facts about the row under the cursor; empty on low screens.
    pub info: Rect,
    /// Key hints.
    pub hints: Rect,
    /// The newest notice.
    pub notice: Rect,
}

/// Whether the terminal is too small for anything but saying so.
pub fn is_too_small(size: Size) -> bool {
    size.width < SMALLEST.width || size.height < SMALLEST.height
}

const LOW: u16 = 20;

/// How many lines the foot takes.
fn foot(height: u16) -> u16 {
    if height < LOW { 2 } else { 3 }
}

/// The part of the screen between header and foot.
pub fn body(size: Size) -> Rect {
    Rect::new(0, 1, size.width, size.height.saturating_sub(1 + foot(size.height)))
}

/// The screen for this model.
pub fn screen(model: &Model) -> Screen {
    let Size { width, height } = model.size;
    let line = |y: u16| Rect::new(0, y.min(height.saturating_sub(1)), width, 1);
    let low = height < LOW;
    let foot = foot(height);
    let body = body(model.size);
    let job = u16::from(model.jobs.shows_line()).min(body.height.saturating_sub(6));
    let panes_area = Rect { height: body.height - job, ..body };
    let (class, panes, vacant) = panes(model, panes_area);
    Screen {
        header: line(0),
        panes,
        vacant,
        class,
        job: Rect { y: panes_area.bottom(), height: job, ..body },
        info: line(height.saturating_sub(foot)),
        hints: line(height.saturating_sub(if low { 1 } else { 2 })),
        notice: line(height.saturating_sub(if low { 2 } else { 1 })),
    }
}

/// How many panes are shown at once.
pub fn class(model: &Model) -> Class {
    let focus = model.path.focus();
    let width = model.size.width;
    let is_wide = model.arrangement.wide && focus.is_list();
    let is_whole = matches!(focus, Place::Attributes(..)) || model.arrangement.zoomed || is_wide;
    // Journal and jobs, and what was found, are not of the place from which one looks into them.
    let is_apart = || model.path.places().iter().any(|place| place.is_apart());
    if width < TWO_PANES || is_whole {
        Class::One
    } else if width < FOUR_PANES || is_apart() {
        Class::Two
    } else {
        Class::Four
    }
}

fn panes(model: &Model, body: Rect) -> (Class, Vec<Pane>, Vec<Rect>) {
    let path = model.path.places();
    let focus = path.len().saturating_sub(1);
    let focused = model.path.focus();
    let class = class(model);
    let chain: Vec<Place> = path.iter().chain(&model.previews).copied().collect();
    let apart = path.iter().rposition(|place| place.is_apart());
    let places: Vec<Place> = match class {
        Class::One => vec![focused],
        Class::Two => {
            let start = match apart {
                Some(apart) => apart.max(focus.saturating_sub(1)),
                None if focus > 1 => focus - 1,
                None => focus,
            };
            chain.iter().skip(start).take(2).copied().collect()
        }
        Class::Four => {
            // A text leads nowhere; beside it stands the list that it was opened from.
            let deep = if focused.is_text() { focus.saturating_sub(1) } else { focus }.max(2);
            let mut wide: Vec<Place> = chain.iter().take(2).copied().collect();
            wide.extend(chain.iter().skip(deep).take(2));
            wide
        }
    };
    let at = places.iter().position(|place| *place == focused).unwrap_or(0);
    let areas = model.arrangement.areas(class, body, at);
    let pane =
        |(place, area): (&Place, Rect)| Pane { place: *place, area, focused: *place == focused };
    let vacant = areas.iter().skip(places.len()).copied().collect();
    (class, places.iter().zip(areas).map(pane).collect(), vacant)
}

/// The borders as they are when this one, counted from the left, is moved to a cell.
pub fn moved(model: &Model, nth: usize, x: u16) -> Borders {
    let screen = screen(model);
    model.arrangement.moved(screen.class, &screen.areas(), nth, x)
}

/// The inside of a pane.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// Whether a list shows how its rows are spread, in a line at its foot.
pub fn shows_spread(model: &Model, pane: &Pane) -> bool {
    model.work.shows_spread && pane.focused && inside(pane.area).height >= 4
}

/// How many rows of a plan's list fit on the screen.
pub fn roll_height(size: Size) -> usize {
    usize::from(body(size).height.saturating_sub(4)).max(1)
}

/// How many rows of a list fit: the head takes one.
pub fn list_height(area: Rect) -> usize {
    usize::from(inside(area).height.saturating_sub(1))
}

/// The parts of a channel's pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelParts {
    /// Properties.
    pub properties: Rect,
    /// The rule over the attributes.
    pub rule: Rect,
    /// The attributes.
    pub tree: Rect,
    /// Rule and first rows of the members; empty where they have a pane of their own or there is no room.
    pub members: Rect,
}

/// Divides a channel's pane.
pub fn channel_parts(area: Rect, with_members: bool) -> ChannelParts {
    let inner = inside(area);
    let row = |y: u16, height: u16| {
        let y = y.min(inner.height);
        Rect { y: inner.y + y, height: height.min(inner.height - y), ..inner }
    };
    let margin = |area: Rect| Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(2),
        ..area
    };
    let properties = if inner.height < 8 { 1 } else { 4 };
    let members = match inner.height {
        0..12 => 0,
        _ if !with_members => 0,
        tall => (tall / 4).clamp(4, 12),
    };
    let tree = inner.height.saturating_sub(properties + 1 + members);
    ChannelParts {
        properties: margin(row(0, properties)),
        rule: margin(row(properties, 1)),
        tree: row(properties + 1, tree),
        members: margin(row(properties + 1 + tree, members)),
    }
}

/// The parts of a pane that shows a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextParts {
    /// Properties.
    pub properties: Rect,
    /// The rule over the text.
    pub rule: Rect,
    /// The text.
    pub text: Rect,
    /// The rule over the attributes; empty where there are none or there is no room.
    pub attributes: Rect,
    /// The attributes.
    pub tree: Rect,
}

/// Divides a pane that shows a text: so many lines of properties, and for attributes so many rows, of which the text
/// leaves a third of the pane at most.
pub fn text_parts(area: Rect, properties: u16, tree: Option<usize>) -> TextParts {
    let inner = inside(area);
    let row = |y: u16, height: u16| {
        let y = y.min(inner.height);
        Rect {
            x: inner.x + 1.min(inner.width),
            y: inner.y + y,
            width: inner.width.saturating_sub(2),
            height: height.min(inner.height - y),
        }
    };
    let properties = if inner.height < 8 { 1 } else { properties };
    let rows = tree
        .filter(|_| inner.height >= 8)
        .map_or(0, |rows| u16::try_from(rows).unwrap_or(u16::MAX).min(inner.height / 3));
    let ruled = u16::from(tree.is_some() && inner.height >= 8);
    let text = inner.height.saturating_sub(properties + 1 + ruled + rows);
    let below = properties + 1 + text;
    TextParts {
        properties: row(0, properties),
        rule: row(properties, 1),
        text: row(properties + 1, text),
        attributes: row(below, ruled),
        tree: row(below + ruled, rows),
    }
}

/// A box of this size in the middle of the body, no larger than the body.
pub fn centred(size: Size, width: u16, height: u16) -> Rect {
    let body = body(size);
    let (width, height) = (width.min(body.width), height.min(body.height));
    let (x, y) = ((body.width - width) / 2, (body.height - height) / 2);
    Rect::new(body.x + x, body.y + y, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_channel_fill_its_pane_at_any_size() {
        for height in 0..60 {
            for with_members in [true, false] {
                let area = Rect::new(0, 0, 50, height);
                let parts = channel_parts(area, with_members);
                let sum = parts.properties.height
                    + parts.rule.height
                    + parts.tree.height
                    + parts.members.height;
                assert_eq!(sum, inside(area).height);
                assert!(parts.members.bottom() <= inside(area).bottom().max(parts.tree.bottom()));
            }
        }
    }
}
