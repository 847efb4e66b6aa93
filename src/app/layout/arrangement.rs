//! How the person has arranged the panes: one of them over the whole body, a list spread wide, borders moved.

use ratatui::layout::Rect;

use super::Class;
use crate::state::Borders;

/// The least that a pane keeps when a border is moved.
pub const NARROWEST: u16 = 20;
const RAIL: u16 = 28;

/// The arrangement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrangement {
    /// The pane that has the focus takes the whole body.
    pub zoomed: bool,
    /// So does a list, and shows all its columns.
    pub wide: bool,
    /// How many columns are shifted out of sight.
    pub shift: usize,
    /// Borders that were moved.
    pub borders: Borders,
}

impl Arrangement {
    /// Where the panes of a body stand, `focus` being the one that has the focus.
    pub(super) fn areas(self, class: Class, body: Rect, focus: usize) -> Vec<Rect> {
        match class {
            Class::One => vec![body],
            Class::Two => match self.borders.two {
                Some(share) => between(body, &[cells(share, body.width)]),
                None => in_two(body, focus),
            },
            Class::Four => match self.borders.four {
                Some(shares) => between(body, &shares.map(|share| cells(share, body.width))),
                None => in_four(body, focus),
            },
        }
    }

    /// Moves a border, counted from the left, to this cell, as far as the panes beside it allow.
    pub(super) fn moved(self, class: Class, areas: &[Rect], nth: usize, x: u16) -> Borders {
        let mut borders: Vec<u16> = areas.iter().skip(1).map(|area| area.x).collect();
        let width = areas.last().map_or(0, |area| area.right());
        let before = nth.checked_sub(1).and_then(|at| borders.get(at).copied()).unwrap_or(0);
        let after = borders.get(nth + 1).copied().unwrap_or(width);
        let (least, most) = (before + NARROWEST, after.saturating_sub(NARROWEST));
        if let Some(border) = borders.get_mut(nth).filter(|_| least <= most) {
            *border = x.clamp(least, most);
        }
        let shares: Vec<u16> = borders.iter().map(|&x| share(x, width)).collect();
        match (class, shares.as_slice()) {
            (Class::Two, &[only]) => Borders { two: Some(only), ..self.borders },
            (Class::Four, &[a, b, c]) => Borders { four: Some([a, b, c]), ..self.borders },
            _ => self.borders,
        }
    }
}

/// A share of a width in thousandths, and back. Up to a width of 1000 cells nothing is lost on the way.
fn share(x: u16, width: u16) -> u16 {
    let (x, width) = (u32::from(x), u32::from(width.max(1)));
    u16::try_from((x * 1000 + width / 2) / width).unwrap_or(u16::MAX)
}

fn cells(share: u16, width: u16) -> u16 {
    u16::try_from((u32::from(share) * u32::from(width) + 500) / 1000).unwrap_or(u16::MAX)
}

/// Panes between these borders, each kept as wide as it must be.
fn between(body: Rect, borders: &[u16]) -> Vec<Rect> {
    let mut widths = Vec::new();
    let mut x = 0;
    for (nth, &border) in borders.iter().enumerate() {
        let behind = u16::try_from(borders.len() - nth).unwrap_or(u16::MAX);
        let most = body.width.saturating_sub(NARROWEST.saturating_mul(behind));
        let border = border.min(most).max(x + NARROWEST).min(body.width);
        widths.push(border - x);
        x = border;
    }
    widths.push(body.width - x);
    side_by_side(body, widths)
}

/// The pane that has the focus gets the larger part.
fn in_two(body: Rect, focus: usize) -> Vec<Rect> {
    let larger = body.width * 29 / 50;
    let first = if focus == 0 { larger } else { body.width - larger };
    side_by_side(body, vec![first, body.width - first])
}

/// The same of four, of which the services are a rail.
fn in_four(body: Rect, focus: usize) -> Vec<Rect> {
    let rest = body.width.saturating_sub(RAIL);
    let larger = rest * 9 / 20;
    let mut widths = vec![RAIL];
    let wide = focus.clamp(1, 3);
    let others = rest - larger;
    let mut narrow = [others / 2, others - others / 2].into_iter();
    widths.extend((1..=3).map(|at| if at == wide { larger } else { narrow.next().unwrap_or(0) }));
    side_by_side(body, widths)
}

fn side_by_side(body: Rect, widths: Vec<u16>) -> Vec<Rect> {
    let mut x = body.x;
    widths
        .into_iter()
        .map(|width| {
            let area = Rect { x, width, ..body };
            x += width;
            area
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::layout::{FOUR_PANES, TWO_PANES};

    fn least(class: Class) -> u16 {
        if class == Class::Four { FOUR_PANES } else { TWO_PANES }
    }

    proptest! {
        #[test]
        fn panes_tile_the_width_and_none_is_too_narrow(
            width in TWO_PANES..400_u16,
            focus in 0..4_usize,
            moves in prop::collection::vec((any::<bool>(), 0..3_usize, 0..500_u16), 0..6),
            shares in prop::option::of([0..1_200_u16, 0..1_200_u16, 0..1_200_u16]),
        ) {
            let two = shares.map(|[one, ..]| one);
            let borders = Borders { two, four: shares };
            let mut arrangement = Arrangement { borders, ..Arrangement::default() };
            let body = |class| Rect::new(0, 1, width.max(least(class)), 20);
            for (is_four, nth, x) in moves {
                let class = if is_four { Class::Four } else { Class::Two };
                let areas = arrangement.areas(class, body(class), focus);
                arrangement.borders = arrangement.moved(class, &areas, nth, x);
            }
            for class in [Class::One, Class::Two, Class::Four] {
                let areas = arrangement.areas(class, body(class), focus);
                let mut x = 0;
                for area in &areas {
                    prop_assert_eq!(area.x, x);
                    prop_assert!(area.width >= NARROWEST, "{:?}", areas);
                    x = area.right();
                }
                prop_assert_eq!(x, body(class).width);
            }
        }

        #[test]
        fn a_border_stays_where_it_was_put(width in TWO_PANES..1_000_u16, x in 0..1_000_u16) {
            let body = Rect::new(0, 1, width, 20);
            let x = x.clamp(NARROWEST, width - NARROWEST);
            let mut arrangement = Arrangement::default();
            let areas = arrangement.areas(Class::Two, body, 0);
            arrangement.borders = arrangement.moved(Class::Two, &areas, 0, x);
            prop_assert_eq!(arrangement.areas(Class::Two, body, 1)[1].x, x);
        }
    }
}
