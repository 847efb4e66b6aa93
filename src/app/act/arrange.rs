//! How a list is arranged: its order, its marks, and whether it shows how its rows are spread.

use crate::app::{
    action::Action,
    columns::sortable,
    list::{Ranged, Sort},
    model::{Model, Overlay},
    notice::Tone,
};

pub(super) fn arrange(model: &mut Model, action: Action) {
    let focus = model.path.focus();
    let fields = sortable(model, focus);
    let Model { lists, entities, .. } = model;
    let Some(rows) = lists.rows_mut(focus) else { return };
    match action {
        Action::SortBy => {
            let present = rows.sort().map(|sort| sort.field);
            let at = fields.iter().position(|(field, _)| Some(*field) == present);
            model.overlay = Some(Overlay::Sort { at: at.map_or(0, |at| at + 1) });
        }
        Action::PickSort => {
            let Some(Overlay::Sort { at }) = model.overlay.take() else { return };
            let picked = at.checked_sub(1).and_then(|at| fields.get(at).copied());
            let present = rows.sort();
            let sort = picked.map(|(field, of)| match present {
                // The same once more is the other way round.
                Some(sort) if sort.field == field => Sort { field, descending: !sort.descending },
                _ => Sort { field, descending: of.descends() },
            });
            rows.set_sort(sort, entities);
            model.moved_at = Some(model.now);
        }
        Action::InvertSort => {
            if let Some(Sort { field, descending }) = rows.sort() {
                rows.set_sort(Some(Sort { field, descending: !descending }), entities);
                model.moved_at = Some(model.now);
            }
        }
        Action::Mark => {
            rows.toggle_mark();
            rows.step(1);
            model.moved_at = Some(model.now);
        }
        Action::MarkRange => {
            let words = match rows.mark_to_cursor() {
                Ranged::Done => return,
                Ranged::NoBeginning => "a range begins at a marked row; Space marks",
                Ranged::BeginningHidden => "the row that was marked last is hidden by the filter",
            };
            model.notices.say(model.now, Tone::Info, words);
        }
        Action::MarkShown => rows.mark_shown(),
        Action::Spread => model.work.shows_spread = !model.work.shows_spread,
        _ => {}
    }
}

/// Moves the cursor of the picker.
pub(super) fn step(model: &mut Model, by: isize) {
    let last = sortable(model, model.path.focus()).len();
    if let Some(Overlay::Sort { at }) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
}
