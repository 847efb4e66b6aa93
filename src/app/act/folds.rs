//! What can be done to a tree of attributes.

use crate::app::{act::walk::back, action::Action, effect::Effect, model::Model};

pub(super) fn tree(model: &mut Model, action: Action, pressed: &str) -> Vec<Effect> {
    let place = model.path.focus();
    let Some(tree) = Model::subject(place).and_then(|of| model.trees.get_mut(&of)) else {
        if action == Action::Fold {
            back(model);
        }
        return Vec::new();
    };
    match action {
        Action::Unfold => {
            tree.open();
        }
        Action::Fold if tree.pointer().is_empty() || !tree.close() => back(model),
        Action::Toggle => {
            tree.toggle();
        }
        Action::FoldAll => tree.fold_all(),
        Action::UnfoldAll => tree.unfold_all(),
        Action::FoldToDepth => {
            let depth = pressed.chars().last().and_then(|digit| digit.to_digit(10)).unwrap_or(1);
            tree.fold_to_depth(depth as usize);
        }
        Action::NextSibling => tree.sibling(1),
        Action::PrevSibling => tree.sibling(-1),
        Action::SearchNext => {
            tree.search_next(1);
        }
        Action::SearchPrev => {
            tree.search_next(-1);
        }
        _ => {}
    }
    Vec::new()
}
