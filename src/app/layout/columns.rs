//! The columns of lists: which there are, which fit, and where each stands. They give way in a fixed order when a pane is
//! narrow; the one that fills takes the slack. Spread wide, all of them stay, and what does not fit is shifted to.

mod tables;

use ratatui::layout::Rect;

use self::tables::of;
use super::{Pane, inside, shows_spread};
use crate::app::{model::Model, moments, place::Place, places::job};

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What stands at its head.
    pub title: &'static str,
    /// Cells; for the filling column, the least.
    pub width: u16,
    /// Whether it takes the slack.
    pub fills: bool,
    /// Whether it stands to the right, as numbers do.
    pub right: bool,
    /// Which goes first when there is no room: the highest; 0 never goes.
    pub drop: u8,
}

impl Column {
    /// A column of this width.
    pub const fn new(title: &'static str, width: u16, drop: u8) -> Self {
        Self { title, width, fills: false, right: false, drop }
    }

    /// A column of numbers.
    pub const fn number(title: &'static str, width: u16, drop: u8) -> Self {
        Self { title, width, fills: false, right: true, drop }
    }

    /// The column that takes the slack.
    pub const fn filling(title: &'static str, least: u16) -> Self {
        Self { title, width: least, fills: true, right: false, drop: 0 }
    }
}

/// Cells before each column.
pub const GAP: u16 = 2;
/// Cells for the cursor's mark.
pub const MARKER: u16 = 1;

/// A column on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its place among the columns of the list.
    pub at: usize,
    /// Its first cell.
    pub x: u16,
    /// How many there are.
    pub width: u16,
}

/// A list on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// All its columns.
    pub columns: Vec<Column>,
    /// Those that are shown.
    pub placed: Vec<Placed>,
    /// How many are shifted out of sight to the left, and how many to the right.
    pub beyond: (usize, usize),
    /// The line of the heads.
    pub head: Rect,
    /// The rows.
    pub rows: Rect,
}

/// Where the parts of a pane's list stand.
pub fn table(model: &Model, pane: &Pane) -> Table {
    let inner = inside(pane.area);
    let above = job::head(model, pane).min(inner.height);
    let below = u16::from(shows_spread(model, pane)).min(inner.height - above);
    let area = Rect { y: inner.y + above, height: inner.height - above - below, ..inner };
    let columns = columns(model, pane.place, inner.width);
    let order: Vec<usize> = (0..columns.len()).collect();
    let is_wide = model.arrangement.wide && pane.focused;
    let (placed, beyond) = if is_wide {
        spread(&columns, &order, area, model.arrangement.shift)
    } else {
        (fitting(&columns, &order, area), (0, 0))
    };
    Table {
        columns,
        placed,
        beyond,
        head: Rect { height: area.height.min(1), ..area },
        rows: Rect {
            y: area.y + area.height.min(1),
            height: area.height.saturating_sub(1),
            ..area
        },
    }
}

/// The columns of a place whose pane is this wide inside.
fn columns(model: &Model, place: Place, width: u16) -> Vec<Column> {
    let mut columns = of(place).to_vec();
    let moment = moments::width(&model.zone);
    for column in &mut columns {
        match (column.title, place) {
            ("CONSUMED AT", _) => column.width = moment,
            (title, _) if model.absolute_times && Some(title) == times(place) => {
                column.width = moment;
            }
            ("WHAT", Place::Journal) if width >= ROOMY_JOURNAL => column.width = 40,
            ("NOTE", Place::Job(_)) if width >= ROOMY_JOB => column.width = 44,
            ("LEVEL", Place::Memberships(..)) if is_narrow(width) => column.width = 9,
            _ => {}
        }
    }
    columns
}

/// From so many cells on, a write of several fields has room for their names.
const ROOMY_JOURNAL: u16 = 90;
/// From so many cells on, notes have room.
const ROOMY_JOB: u16 = 100;

/// Whether a level has to be told in short.
pub const fn is_narrow(width: u16) -> bool {
    width < 74
}

/// The column of times that the person chooses how to see.
fn times(place: Place) -> Option<&'static str> {
    match place {
        Place::Channels(_) | Place::Users(_) | Place::Roles(_) | Place::Found => Some("UPDATED"),
        Place::Members(..) => Some("JOINED"),
        Place::Messages(..) | Place::Invites(..) | Place::Journal => Some("WHEN"),
        Place::Flex => Some("CREATED"),
        Place::Jobs => Some("MADE"),
        _ => None,
    }
}

/// How many cells these columns take, their gaps included.
fn needs(columns: &[Column], kept: &[usize]) -> u16 {
    kept.iter().filter_map(|&at| columns.get(at)).map(|column| column.width + GAP).sum()
}

/// The cells that columns can have: the cursor's bar reaches the frame on both sides, the text does not.
const fn room(area: Rect) -> u16 {
    area.width.saturating_sub(MARKER + 1)
}

/// Those of the columns in this order that fit.
fn fitting(columns: &[Column], order: &[usize], area: Rect) -> Vec<Placed> {
    let width = room(area);
    let mut kept = order.to_vec();
    while needs(columns, &kept) > width {
        let droppable = kept.iter().enumerate().filter_map(|(at, &column)| {
            let drop = columns.get(column)?.drop;
            (drop > 0).then_some((drop, at))
        });
        let Some((_, at)) = droppable.max() else { break };
        kept.remove(at);
    }
    // A narrow column can fit where a wide one had to go.
    let mut gone: Vec<usize> = order.iter().copied().filter(|at| !kept.contains(at)).collect();
    gone.sort_by_key(|&at| columns.get(at).map(|column| column.drop));
    for at in gone {
        kept.push(at);
        if needs(columns, &kept) > width {
            kept.pop();
        }
    }
    place(columns, &in_order(order, &kept), area)
}

fn in_order(order: &[usize], kept: &[usize]) -> Vec<usize> {
    order.iter().copied().filter(|at| kept.contains(at)).collect()
}

/// All columns, or as many as fit from the one that was shifted to. The one that fills says whose row it is and stays.
fn spread(
    columns: &[Column],
    order: &[usize],
    area: Rect,
    shift: usize,
) -> (Vec<Placed>, (usize, usize)) {
    let width = room(area);
    let shifts = |at: &usize| columns.get(*at).is_some_and(|column| !column.fills);
    let moving: Vec<usize> = order.iter().copied().filter(shifts).collect();
    let kept_from = |shift: usize| {
        let mut kept: Vec<usize> = order.iter().copied().filter(|at| !shifts(at)).collect();
        let mut right = moving.len();
        for (nth, &at) in moving.iter().enumerate().skip(shift) {
            kept.push(at);
            if needs(columns, &kept) > width {
                kept.pop();
                right = nth;
                break;
            }
        }
        (in_order(order, &kept), moving.len() - right)
    };
    // No further than until the last column shows.
    let least = (0..moving.len()).find(|&shift| kept_from(shift).1 == 0);
    let shift = shift.min(least.unwrap_or_else(|| moving.len().saturating_sub(1)));
    let (kept, right) = kept_from(shift);
    (place(columns, &kept, area), (shift, right))
}

fn place(columns: &[Column], kept: &[usize], area: Rect) -> Vec<Placed> {
    let slack = i32::from(room(area)) - i32::from(needs(columns, kept));
    let end = area.right().saturating_sub(1);
    let mut x = area.x.saturating_add(MARKER);
    let mut placed = Vec::new();
    for &at in kept {
        let Some(column) = columns.get(at) else { continue };
        x = x.saturating_add(GAP);
        // Where those that never go are too many, the one that would take the slack gives way, as far as it can.
        let slack = if column.fills { slack } else { 0 };
        let wanted = (i32::from(column.width) + slack).max(i32::from(LEAST.min(column.width)));
        let width = u16::try_from(wanted).unwrap_or(0).min(end.saturating_sub(x));
        placed.push(Placed { at, x, width });
        x = x.saturating_add(width);
    }
    placed
}

/// Cells of a name that are of any use.
const LEAST: u16 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column::new("TYPE", 7, 0),
        Column::filling("NAME", 12),
        Column::new("UNIQUE", 12, 1),
        Column::number("MSG", 6, 2),
    ];

    const ORDER: &[usize] = &[0, 1, 2, 3];

    fn area(width: u16) -> Rect {
        Rect::new(0, 0, width, 10)
    }

    fn kept(placed: &[Placed]) -> Vec<usize> {
        placed.iter().map(|column| column.at).collect()
    }

    #[test]
    fn columns_give_way_in_their_order_and_the_slack_goes_to_one() {
        let fits = |width| kept(&fitting(COLUMNS, ORDER, area(width)));
        assert_eq!(fits(81), [0, 1, 2, 3]);
        assert_eq!(fits(43), [0, 1, 2]);
        assert_eq!(fits(31), [0, 1]);
        assert_eq!(fits(6), [0, 1], "some never go");
        let last = fitting(COLUMNS, ORDER, area(81)).last().copied();
        assert_eq!(last.map(|last| last.x + last.width), Some(80));
    }

    #[test]
    fn spread_wide_every_column_can_be_shifted_to_and_the_name_stays() {
        for width in 0..120 {
            let mut seen = std::collections::BTreeSet::new();
            for shift in 0..6 {
                let (placed, (left, right)) = spread(COLUMNS, ORDER, area(width), shift);
                assert!(kept(&placed).contains(&1), "{width}");
                assert_eq!(placed.len() - 1 + left + right, COLUMNS.len() - 1, "{width} {shift}");
                seen.extend(kept(&placed));
            }
            assert!(width < 30 || seen.len() == COLUMNS.len(), "{width}: {seen:?}");
        }
        assert_eq!(spread(COLUMNS, ORDER, area(81), 9).1, (0, 0), "nothing to shift to");
        let (placed, beyond) = spread(COLUMNS, ORDER, area(40), 9);
        assert_eq!((kept(&placed), beyond), (vec![1, 2, 3], (1, 0)));
    }
}
