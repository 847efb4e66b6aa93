//! What stands at a cell of the screen: the same arithmetic by which it is drawn, the other way round.

use ratatui::layout::{Position, Rect};

use super::{Class, Pane, Screen, channel_parts, form, inside, is_too_small, screen, table};
use crate::app::{
    header,
    hints::{self, Hint},
    list::Rows,
    model::{Model, Overlay, Session},
    place::Place,
    reading,
};

/// What stands at a cell.
#[derive(Debug, Clone)]
pub enum Hit {
    /// Nothing that can be pointed at.
    Nothing,
    /// A word of the path: the number of its place.
    Crumb(usize),
    /// A key's hint.
    Hint(Hint),
    /// The border between two panes, counted from the left.
    Border(usize),
    /// A pane, and what in it.
    Pane(Pane, Spot),
    /// A field of the form.
    Field(usize),
}

/// What stands at a cell of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Nothing of its own.
    Anywhere,
    /// A row of a list, counted from the first that is shown.
    Row(usize, Rect),
    /// The head of the column with this title.
    Head(&'static str),
    /// A row of a tree of attributes.
    Line(usize),
}

/// What stands there.
pub fn hit(model: &Model, at: Position) -> Hit {
    if is_too_small(model.size) {
        return Hit::Nothing;
    }
    let screen = screen(model);
    if screen.hints.contains(at) {
        let hints = hints::placed(model, screen.hints.width);
        let hint = hints.into_iter().find(|hint| (hint.x..hint.x + hint.width()).contains(&at.x));
        return hint.filter(|_| model.prefix.is_none()).map_or(Hit::Nothing, Hit::Hint);
    }
    match &model.overlay {
        Some(Overlay::Form(draft)) => {
            let rows = form(model.size, draft).rows;
            let field = rows.iter().find(|(_, row)| row.contains(at));
            return field.map_or(Hit::Nothing, |(field, _)| Hit::Field(*field));
        }
        Some(_) => return Hit::Nothing,
        None if matches!(model.session, Session::FirstRun { .. }) => return Hit::Nothing,
        None => {}
    }
    if screen.header.contains(at) {
        let header = header::header(model, screen.header.width);
        let mut crumbs = header.crumbs.iter().filter(|_| at.x < header.room);
        let crumb = crumbs.find(|crumb| (crumb.x..crumb.x + crumb.width()).contains(&at.x));
        return crumb.and_then(|crumb| crumb.place).map_or(Hit::Nothing, Hit::Crumb);
    }
    if let Some(nth) = screen.borders().iter().position(|border| border.contains(at)) {
        return Hit::Border(nth);
    }
    let pane = screen.panes.iter().find(|pane| pane.area.contains(at));
    pane.map_or(Hit::Nothing, |pane| Hit::Pane(*pane, spot(model, &screen, pane, at)))
}

fn spot(model: &Model, screen: &Screen, pane: &Pane, at: Position) -> Spot {
    if let Some(rows) = model.rows(pane.place) {
        return row(model, pane, rows, at);
    }
    let Some(area) = tree_area(model, screen, pane).filter(|area| area.contains(at)) else {
        return Spot::Anywhere;
    };
    let tree = Model::subject(pane.place).and_then(|of| model.trees.get(&of));
    let line = tree.map(|tree| (tree.top() + usize::from(at.y - area.y), tree.row_count()));
    line.filter(|(line, count)| line < count).map_or(Spot::Anywhere, |(line, _)| Spot::Line(line))
}

fn row(model: &Model, pane: &Pane, rows: &dyn Rows, at: Position) -> Spot {
    let table = table(model, pane);
    if rows.shown() == 0 {
        return Spot::Anywhere;
    }
    if table.head.contains(at) {
        let placed = table.placed.iter().find(|it| (it.x..it.x + it.width).contains(&at.x));
        let column = placed.and_then(|it| table.columns.get(it.at));
        return column.map_or(Spot::Anywhere, |column| Spot::Head(column.title));
    }
    if !table.rows.contains(at) {
        return Spot::Anywhere;
    }
    let nth = rows.top() + usize::from(at.y - table.rows.y);
    let line = Rect { y: at.y, height: 1, ..table.rows };
    if nth < rows.shown() { Spot::Row(nth, line) } else { Spot::Anywhere }
}

/// Where the attributes of a pane stand as a tree.
pub fn tree_area(model: &Model, screen: &Screen, pane: &Pane) -> Option<Rect> {
    match pane.place {
        Place::Channel(..) => {
            let apart = screen.panes.iter().any(|it| matches!(it.place, Place::Members(..)));
            Some(channel_parts(pane.area, !apart).tree)
        }
        Place::Message(..) => Some(reading::parts(model, pane.place, pane.area).tree),
        Place::Attributes(..) => {
            let inner = inside(pane.area);
            let head = inner.height.min(1);
            Some(Rect { y: inner.y + head, height: inner.height - head, ..inner })
        }
        _ => None,
    }
}

impl Screen {
    /// The areas of all panes, those with nothing to show among them.
    pub(super) fn areas(&self) -> Vec<Rect> {
        self.panes.iter().map(|pane| pane.area).chain(self.vacant.iter().copied()).collect()
    }

    /// The borders between panes: of each the frames of both beside it.
    pub fn borders(&self) -> Vec<Rect> {
        if self.class == Class::One {
            return Vec::new();
        }
        let areas = self.areas();
        let border = |area: &Rect| Rect { x: area.x.saturating_sub(1), width: 2, ..*area };
        areas.iter().skip(1).map(border).collect()
    }
}
