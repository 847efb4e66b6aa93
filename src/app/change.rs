//! What may look different since the screen was drawn last. Nearly every key is a step of the cursor, which changes
//! two rows and the lines that tell of them: whoever draws need not look at the rest.

use crate::app::{
    action::Action,
    effect::Effect,
    layout::{self, Screen},
    list::Rows,
    model::{Model, Session},
    place::Place,
    remote::Remote,
};

/// What may look different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change {
    /// Anything.
    #[default]
    Any,
    /// Nothing but what the time has changed.
    Nothing,
    /// The cursor of the list with the focus has gone from one row of its window to another.
    Cursor {
        /// Counted from the top of the window.
        from: usize,
        /// Likewise.
        to: usize,
    },
}

/// What is noted of it, from one frame to the next.
#[derive(Debug, Default)]
pub struct Changes {
    since: Change,
    /// The fact that is taken in is a key for a step.
    is_step: bool,
}

/// Where the cursor of the focus is, before a fact is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    focus: Place,
    top: usize,
    at: usize,
    /// Rows that others have changed; whoever passes one has seen it.
    changed: usize,
}

/// Notes where the cursor is.
pub fn before(model: &mut Model) -> Option<Before> {
    model.changes.is_step = false;
    cursor(model)
}

/// The key that is taken in means this.
pub fn means(model: &mut Model, action: Action) {
    model.changes.is_step = matches!(action, Action::Down | Action::Up);
}

/// Notes what the fact has changed.
pub fn after(model: &mut Model, before: Option<Before>, effects: &[Effect]) {
    let step = before.zip(cursor(model)).filter(|(before, after)| {
        model.changes.is_step && effects.is_empty() && *before == Before { at: before.at, ..*after }
    });
    model.changes.since = match (model.changes.since, step) {
        (Change::Any, _) | (_, None) => Change::Any,
        (Change::Nothing, Some((before, after))) => {
            Change::Cursor { from: before.at - before.top, to: after.at - after.top }
        }
        (Change::Cursor { from, .. }, Some((_, after))) => {
            Change::Cursor { from, to: after.at - after.top }
        }
    };
}

/// Anything may look different.
pub fn anything(model: &mut Model) {
    model.changes.since = Change::Any;
}

/// The screen was drawn.
pub fn drawn(model: &mut Model) {
    model.changes.since = Change::Nothing;
}

/// From which row of the window the cursor has gone to which, where nothing else looks different until the second is
/// over.
pub fn step(model: &Model, screen: &Screen) -> Option<(usize, usize)> {
    let Change::Cursor { from, to } = model.changes.since else { return None };
    is_calm(model, screen).then_some((from, to))
}

/// The cursor of the list with the focus, where nothing lies over the panes.
fn cursor(model: &Model) -> Option<Before> {
    if model.overlay.is_some() || model.prompt.is_some() || model.prefix.is_some() {
        return None;
    }
    let focus = model.path.focus();
    let rows = model.rows(focus)?;
    let (top, at, changed) = (rows.top(), rows.at(), rows.changed());
    (rows.shown() > 0 && at >= top).then_some(Before { focus, top, at, changed })
}

/// Whether nothing on the screen moves by itself.
fn is_calm(model: &Model, screen: &Screen) -> bool {
    // The ages of these are told by whole seconds, as the vendor's dates are.
    let is_plain = matches!(
        model.path.focus(),
        Place::Services
            | Place::Channels(_)
            | Place::Users(_)
            | Place::Members(..)
            | Place::Memberships(..)
    );
    let contact = &model.contact;
    let is_still = |rows: &dyn Rows| rows.memory().is_none() && !rows.is_at_work();
    is_plain
        && matches!(model.session, Session::Open(_))
        && !layout::is_too_small(model.size)
        && (contact.refused.is_none() && contact.retry_at.is_none() && contact.waiting.is_none())
        && model.auto.is_off()
        && model.jobs.live.is_none()
        && model.search.is_none()
        && model.entities.writes_out() == 0
        && !model.fetches.values().any(Remote::is_loading)
        && !model.lists_loading()
        && screen.panes.iter().filter_map(|pane| model.rows(pane.place)).all(is_still)
}
