//! The prompt at the foot: opening it, following what is typed, taking it back.

use crate::app::{
    model::Model,
    notice::Tone,
    palette,
    prompt::{Asks, Prompt},
};

pub(super) fn command(model: &mut Model) {
    palette::open(model, "");
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

fn release(model: &mut Model) {
    if let Some(rows) = model.lists.rows_mut(model.path.focus()) {
        rows.release();
    }
}

/// Keeps what is typed; what is wrong stays there to be mended.
pub(in crate::app) fn accept(model: &mut Model) {
    if let Some(fault) = model.prompt.as_ref().and_then(|prompt| prompt.fault.as_ref()) {
        model.notices.say(model.now, Tone::Bad, fault.words.clone());
        return;
    }
    model.prompt = None;
    release(model);
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
        Asks::Command => palette::follow(model),
        Asks::Filter => {
            let fault = model.filter(focus, text).err();
            model.moved_at = Some(model.now);
            if let Some(prompt) = &mut model.prompt {
                prompt.fault = fault;
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
