//! How a list is arranged: its order, its marks, and whether it shows how its rows are spread.

use crate::app::{
    action::Action,
    columns::sortable,
    list::{Ranged, Rows, Sort},
    model::{Model, Overlay},
    notice::Tone,
    place::Place,
    query::Field,
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
            sort_by(model, picked.map(|(field, _)| field));
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

/// The sort by a field; the same once more is the other way round.
fn by(rows: &dyn Rows, field: usize, of: &Field) -> Sort {
    match rows.sort() {
        Some(sort) if sort.field == field => Sort { field, descending: !sort.descending },
        _ => Sort { field, descending: of.descends() },
    }
}

/// Sorts by a field; the same once more is the other way round. By nothing is the server's order.
pub(super) fn sort_by(model: &mut Model, field: Option<usize>) {
    let focus = model.path.focus();
    let fields = sortable(model, focus);
    let Model { lists, entities, .. } = model;
    let Some(rows) = lists.rows_mut(focus) else { return };
    let of = |picked: usize| fields.into_iter().find(|(field, _)| *field == picked);
    let sort = field.and_then(of).map(|(field, of)| by(rows, field, of));
    rows.set_sort(sort, entities);
    model.moved_at = Some(model.now);
}

/// Sorts by the column with this head, if there is a field of its own behind it.
pub(in crate::app) fn sort_by_column(model: &mut Model, place: Place, title: &str) {
    let fields = sortable(model, place);
    let Model { lists, entities, .. } = model;
    let Some(rows) = lists.rows_mut(place).filter(|_| !title.is_empty()) else { return };
    let Some((field, of)) = fields.into_iter().find(|(_, field)| field.title == title) else {
        let key = model.key(Action::SortBy);
        let words = format!("nothing is sorted by {title}; {key} shows what there is");
        model.notices.say(model.now, Tone::Info, words);
        return;
    };
    let sort = by(rows, field, of);
    rows.set_sort(Some(sort), entities);
    model.moved_at = Some(model.now);
}

/// Moves the cursor of the picker.
pub(super) fn step(model: &mut Model, by: isize) {
    let last = sortable(model, model.path.focus()).len();
    if let Some(Overlay::Sort { at }) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
}
