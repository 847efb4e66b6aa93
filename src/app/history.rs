//! The places that were visited: back and forth through them. A place remembers its cursor and its filter itself.

use crate::app::{action::Action, model::Model, place::Path};

/// Where a person was before, and where they came back from.
#[derive(Debug, Clone, Default)]
pub struct History {
    before: Vec<Path>,
    after: Vec<Path>,
    /// Where they are, as far as was noticed.
    here: Path,
    /// Where they were last, whichever way they went.
    last: Option<Path>,
}

/// Older ones are forgotten.
const LONGEST: usize = 100;

/// The person begins here.
pub fn begin(model: &mut Model) {
    model.history = History { here: model.path.clone(), ..History::default() };
}

/// Notices that the person has gone somewhere.
pub fn settle(model: &mut Model) {
    let Model { history, path, .. } = model;
    if history.here == *path {
        return;
    }
    let was = std::mem::replace(&mut history.here, path.clone());
    history.after.clear();
    if history.before.len() >= LONGEST {
        history.before.remove(0);
    }
    history.before.push(was.clone());
    history.last = Some(was);
}

/// Goes back by one.
pub fn back(model: &mut Model) {
    let History { before, after, .. } = &mut model.history;
    let Some(path) = before.pop() else { return };
    after.push(model.path.clone());
    arrive(model, path);
}

/// Goes forward by one.
pub fn forward(model: &mut Model) {
    let History { before, after, .. } = &mut model.history;
    let Some(path) = after.pop() else { return };
    before.push(model.path.clone());
    arrive(model, path);
}

/// Goes to where the person was last; that is a way like any other.
pub fn last(model: &mut Model) {
    if let Some(path) = model.history.last.clone() {
        model.path = path;
        model.moved_at = None;
    }
}

fn arrive(model: &mut Model, path: Path) {
    model.history.last = Some(std::mem::replace(&mut model.path, path.clone()));
    model.history.here = path;
    model.moved_at = None;
}

/// Why one cannot go that way.
pub fn refusal(history: &History, action: Action) -> Option<&'static str> {
    match action {
        Action::HistoryBack if history.before.is_empty() => Some("this is where you began"),
        Action::HistoryForward if history.after.is_empty() => {
            Some("you have not gone back from anywhere")
        }
        Action::LastView if history.last.is_none() => Some("you have been nowhere else yet"),
        _ => None,
    }
}
