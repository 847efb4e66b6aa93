//! Where the parts of a form stand: one line a field, the texts of many lines share what is left. On a screen that is
//! too low for all of them, those around the focus are shown.

use ratatui::layout::{Rect, Size};

use super::{FOUR_PANES, centred, inside};
use crate::app::form::{Draft, Kind};

/// A form on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormShape {
    /// The whole of it, frame included.
    pub area: Rect,
    /// The fields that are shown: their numbers, and where.
    pub rows: Vec<(usize, Rect)>,
    /// What is wrong.
    pub words: Rect,
}

const WIDEST: u16 = 120;
/// Below this many lines there is no room for blank ones.
const LOW: u16 = 14;
/// The head of a text of many lines, and the least of it.
const LEAST_TEXT: u16 = 3;
/// From here on a share is enough, and a text does not grow with the focus.
const FAIR_TEXT: u16 = 9;

/// Where a form and its parts lie.
pub fn form(size: Size, draft: &Draft) -> FormShape {
    let texts = draft.fields.iter().filter(|field| is_text(field.kind())).count();
    let width = if size.width < FOUR_PANES { size.width } else { WIDEST };
    let whole = centred(size, width, 40);
    let blank = u16::from(whole.height >= LOW);
    let words = if blank == 0 { 1 } else { 3 };
    let lines = u16::try_from(draft.fields.len() - texts).unwrap_or(u16::MAX);
    let area = if texts > 0 {
        whole
    } else {
        centred(size, width, lines.saturating_add(words + 2 + 2 * blank))
    };
    let inner = inside(area);
    let inner =
        Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(2), ..inner };
    let top = inner.y + blank.min(inner.height);
    let bottom = inner.bottom().saturating_sub(words).max(top);
    let heights = heights(draft, bottom - top, blank);
    let words = Rect { y: bottom, height: inner.bottom().saturating_sub(bottom), ..inner };
    let mut rows = placed(draft.at, &heights, Rect { y: top, height: bottom - top, ..inner });
    for (at, row) in &mut rows {
        let text = draft.fields.get(*at).is_some_and(|field| is_text(field.kind()));
        // A blank line over the head of a text, where there is room for one.
        if text && blank > 0 && row.height > LEAST_TEXT {
            (row.y, row.height) = (row.y + 1, row.height - 1);
        }
    }
    FormShape { area, rows, words }
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Json { .. })
}

/// How high each field is. Texts share what the others leave; where a share would be low, the one that has the focus
/// (else the first) gets nearly all of it.
fn heights(draft: &Draft, room: u16, blank: u16) -> Vec<u16> {
    let texts: Vec<usize> = (0..draft.fields.len())
        .filter(|&at| draft.fields.get(at).is_some_and(|field| is_text(field.kind())))
        .collect();
    let count = |many: usize| u16::try_from(many).unwrap_or(u16::MAX);
    let left = room.saturating_sub(count(draft.fields.len() - texts.len()));
    let share = left / count(texts.len()).max(1);
    let (large, low) = if share >= FAIR_TEXT {
        (texts.first().copied(), share)
    } else {
        let focused = texts.iter().copied().find(|&at| at == draft.at);
        (focused.or_else(|| texts.first().copied()), LEAST_TEXT + blank)
    };
    let rest = left.saturating_sub(count(texts.len().saturating_sub(1)).saturating_mul(low));
    let rest = if rest < LEAST_TEXT { room.clamp(1, LEAST_TEXT + 1) } else { rest };
    // A short text does not push what is below it out of sight; it grows as it is typed.
    let needed = |at: usize| {
        let lines = draft.fields.get(at).map_or(0, |field| field.lines().0.len());
        count(lines).saturating_add(LEAST_TEXT + blank).max(FAIR_TEXT)
    };
    (0..draft.fields.len())
        .map(|at| match large {
            Some(large) if large == at => rest.min(needed(at)),
            _ if texts.contains(&at) => low.min(needed(at)),
            _ => 1,
        })
        .collect()
}

/// Puts fields of these heights into an area, scrolled so that the one with the focus is inside.
fn placed(focus: usize, heights: &[u16], area: Rect) -> Vec<(usize, Rect)> {
    let start = |at: usize| heights.iter().take(at).map(|&it| usize::from(it)).sum::<usize>();
    let height = usize::from(area.height);
    let top = start(focus + 1).saturating_sub(height).min(start(focus));
    let mut rows = Vec::new();
    for (at, &tall) in heights.iter().enumerate() {
        let Some(offset) = start(at).checked_sub(top) else { continue };
        let Some(left) = height.checked_sub(offset).filter(|&left| left > 0) else { break };
        let offset = u16::try_from(offset).unwrap_or(u16::MAX);
        let tall = tall.min(u16::try_from(left).unwrap_or(u16::MAX));
        rows.push((at, Rect { y: area.y + offset, height: tall, ..area }));
    }
    rows
}

/// How many lines of a text fit below its head.
pub fn text_height(row: Rect) -> usize {
    usize::from(row.height.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::api::{client::Webhooks, sid::Sid};

    #[test]
    fn the_field_with_the_focus_is_always_shown_and_nothing_overlaps() {
        let new = |title: &str| {
            let service = Sid::from_bytes([1; 16]);
            Draft::new_channel(service, title.to_owned(), Webhooks::Off, Timestamp::UNIX_EPOCH)
        };
        for height in 10..60 {
            for at in 0..7 {
                let draft = Draft { at, ..new("New") };
                let shape = form(Size::new(80, height), &draft);
                let focus = shape.rows.iter().find(|(field, _)| *field == at);
                assert!(focus.is_some_and(|(_, row)| row.height > 0), "{height} {at}");
                let mut y = shape.area.y;
                for (_, row) in &shape.rows {
                    assert!(row.y >= y && row.bottom() <= shape.words.y, "{height} {at}");
                    y = row.bottom();
                }
                assert!(shape.words.bottom() < shape.area.bottom());
            }
        }
    }
}
