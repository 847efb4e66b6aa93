//! How the panes are arranged.

use std::borrow::Cow;

use crate::app::{
    action::Action,
    effect::Effect,
    layout::{self, Class},
    model::Model,
    mouse,
};

/// Cells that a border is moved by.
const STEP: u16 = 4;

pub(super) fn arrange(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Zoom => model.arrangement.zoomed = !model.arrangement.zoomed,
        Action::Wide => {
            model.arrangement.wide = !model.arrangement.wide;
            model.arrangement.shift = 0;
        }
        Action::ShiftLeft | Action::ShiftRight => {
            let (left, right) = beyond(model);
            let shift = if action == Action::ShiftLeft {
                left.saturating_sub(1)
            } else {
                left + right.min(1)
            };
            model.arrangement.shift = shift;
        }
        Action::Narrower | Action::Wider => return resize(model, action),
        Action::SwitchMouse => mouse::switch(model),
        _ => {}
    }
    Vec::new()
}

/// How many columns of the list are out of sight, to the left and to the right.
fn beyond(model: &Model) -> (usize, usize) {
    let screen = layout::screen(model);
    let pane = screen.panes.iter().find(|pane| pane.focused);
    pane.map_or((0, 0), |pane| layout::table(model, pane).beyond)
}

/// Moves the border to the right of the pane that has the focus; of the last one the border to its left.
fn resize(model: &mut Model, action: Action) -> Vec<Effect> {
    let screen = layout::screen(model);
    let at = screen.panes.iter().position(|pane| pane.focused).unwrap_or(0);
    let borders = screen.borders();
    let is_last = at >= borders.len();
    let nth = if is_last { at.saturating_sub(1) } else { at };
    let Some(border) = borders.get(nth) else { return Vec::new() };
    let x = border.x + 1;
    let goes_right = (action == Action::Wider) != is_last;
    let x = if goes_right { x.saturating_add(STEP) } else { x.saturating_sub(STEP) };
    let moved = layout::moved(model, nth, x);
    if moved == model.arrangement.borders {
        return Vec::new();
    }
    model.arrangement.borders = moved;
    vec![Effect::KeepBorders(moved)]
}

/// Why the panes cannot be arranged so.
pub(in crate::app) fn refusal(model: &Model, action: Action) -> Option<Cow<'static, str>> {
    let arrangement = model.arrangement;
    let is_wide = arrangement.wide && model.path.focus().is_list();
    if matches!(action, Action::ShiftLeft | Action::ShiftRight) && !is_wide {
        let [wide, left, right] =
            [Action::Wide, Action::ShiftLeft, Action::ShiftRight].map(|action| model.key(action));
        let words = "shows all columns; where they do not fit,";
        return Some(format!("{wide} {words} {left} and {right} shift them").into());
    }
    let words = match action {
        Action::Zoom if model.size.width < layout::TWO_PANES => {
            (!arrangement.zoomed).then_some("one pane is all that fits here")
        }
        Action::Wide if !model.path.focus().is_list() => Some("only a list has columns"),
        Action::ShiftLeft if beyond(model).0 == 0 => Some("this is the first column"),
        Action::ShiftRight if beyond(model).1 == 0 => Some("this is the last column"),
        Action::Narrower | Action::Wider if layout::class(model) == Class::One => {
            Some("there is one pane; a border is between two")
        }
        _ => None,
    };
    words.map(Cow::Borrowed)
}
