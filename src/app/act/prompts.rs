//! The prompt at the foot: opening it, following what is typed, taking it back.

use crate::app::{
    model::Model,
    prompt::{Asks, Prompt},
};

pub(super) fn command(model: &mut Model) {
    model.prompt = Some(Prompt::new(Asks::Command, ""));
}

pub(super) fn open(model: &mut Model) {
    let focus = model.path.focus();
    let now = match (model.rows(focus), Model::subject(focus)) {
        (Some(rows), _) => rows.filter().to_owned(),
        (None, Some(of)) => {
            model.trees.get(&of).map(|tree| tree.search_text().to_owned()).unwrap_or_default()
        }
        (None, None) => String::new(),
    };
    if let Some(rows) = model.lists.rows_mut(focus) {
        rows.hold();
    }
    model.prompt = Some(Prompt::new(model.asks(), &now));
}

pub(super) fn release(model: &mut Model) {
    if let Some(rows) = model.lists.rows_mut(model.path.focus()) {
        rows.release();
    }
}

pub(super) fn dismiss(model: &mut Model) {
    if let Some(prompt) = model.prompt.take() {
        apply(model, prompt.asks, &prompt.before);
        release(model);
    }
}

/// Filters or searches by what stands in the prompt.
pub(in crate::app) fn apply(model: &mut Model, asks: Asks, text: &str) {
    let focus = model.path.focus();
    match asks {
        Asks::Command => {}
        Asks::Filter => {
            if let Some(rows) = model.lists.rows_mut(focus) {
                rows.set_filter(text, &model.entities);
                model.moved_at = Some(model.now);
            }
        }
        Asks::Search => {
            if let Some(tree) = Model::subject(focus).and_then(|of| model.trees.get_mut(&of)) {
                if text.is_empty() {
                    tree.clear_search();
                } else {
                    tree.search(text);
                }
            }
        }
    }
}
