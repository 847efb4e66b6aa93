//! The places that are texts: what their lines are, where the parts stand, how far they scroll.

use ratatui::layout::Rect;

use crate::app::{
    layout::{self, TextParts},
    model::Model,
    place::{Place, Subject},
    places::{flex_channel::Part, journal, message, role},
    prose::Line,
    tree::Tree,
};

/// The parts of a pane that shows a text.
pub fn parts(model: &Model, place: Place, area: Rect) -> TextParts {
    match place {
        Place::Message(.., sid) => {
            let facts = model.entities.message(sid).map_or(1, message::fact_count);
            let tree = model.trees.get(&Subject::Message(sid));
            layout::text_parts(area, facts, tree.map(Tree::row_count))
        }
        Place::JournalEntry(_) => layout::text_parts(area, journal::FACTS, None),
        _ => layout::text_parts(area, role::FACTS, None),
    }
}

/// The lines of a text, this wide.
pub fn lines(model: &Model, place: Place, width: u16) -> Vec<Line> {
    match place {
        Place::Message(.., sid) => {
            model.entities.message(sid).map(|message| message::lines(message, width))
        }
        Place::Role(_, sid) => model.entities.role(sid).map(|role| role::lines(role, width)),
        Place::JournalEntry(id) => {
            let entry = model.entities.journal_entry(id);
            entry.map(|entry| journal::lines(entry, &model.origins, width))
        }
        _ => None,
    }
    .unwrap_or_default()
}

/// Keeps what was pressed for within what there is to see.
pub fn clamp(model: &mut Model, place: Place, area: Rect) {
    let end = match place {
        Place::FlexChannel(_) => Part::ALL.len() - 1,
        _ if place.is_text() => {
            let text = parts(model, place, area).text;
            let lines = lines(model, place, text.width).len();
            lines.saturating_sub(usize::from(text.height))
        }
        _ => return,
    };
    if let Some(stands) = model.stands.get_mut(&place) {
        *stands = (*stands).min(end);
    }
}
