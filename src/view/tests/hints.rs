//! The keys at the foot: as many as fit, the most useful first, each whole, and each the key that is in force.

use std::sync::Arc;

use ratatui::buffer::Cell;

use crate::app::{
    keymap::{BINDINGS, Keymap},
    model::Model,
    place::Place,
    testing::{console_at, press, sid},
};
use crate::config::{Rebinding, Spot};
use crate::view::theme::Theme;

use super::scenes;

fn at(width: u16, keymap: &Keymap) -> Model {
    let mut world = scenes::account(12, 6);
    let mut model = console_at(&mut world, (width, 24), &[Place::Channels(sid(1))]);
    model.keymap = Arc::new(keymap.clone());
    model
}

fn hints(model: &Model) -> String {
    let (buffer, _) = super::frame(model, &Theme::colour());
    let row = buffer.area.height - 2;
    (0..buffer.area.width).filter_map(|x| buffer.cell((x, row))).map(Cell::symbol).collect()
}

fn rebound(said: &[(&str, &[&str])]) -> Keymap {
    let spot = |text: &str| Spot { text: text.to_owned(), line: 1, column: 1 };
    let wish = |(action, keys): &(&str, &[&str])| Rebinding {
        context: None,
        action: spot(action),
        keys: keys.iter().map(|key| spot(key)).collect(),
    };
    Keymap::rebound(&said.iter().map(wish).collect::<Vec<_>>()).expect("keys").0
}

#[test]
fn what_lies_on_top_is_told_first() {
    for overlay in ["x", "?", ":"] {
        let mut model = at(40, &Keymap::default());
        press(&mut model, overlay);
        let line = hints(&model);
        let told = ["Enter do it  Esc close", "Enter run  Tab complete  Esc drop"];
        assert!(told.iter().any(|told| line.trim().starts_with(told)), "{overlay}: {line}");
    }
}

#[test]
fn hints_are_whole_at_any_width_and_told_by_the_keys_in_force() {
    let keymaps = [
        (Keymap::default(), "Enter open"),
        (rebound(&[("open", &["Alt-o", "Enter"]), ("filter", &["F12"])]), "Alt-o open"),
        (rebound(&[("open", &[]), ("edit", &["gg"]), ("top", &["Home"])]), "? help  g edit"),
    ];
    for (keymap, first) in &keymaps {
        let mut fewer = 0;
        for width in [40, 80, 120, 200] {
            let line = hints(&at(width, keymap));
            let line = line.trim();
            assert!(line.starts_with(first), "{width}: {line}");
            let told: Vec<&str> = line.split("  ").collect();
            for hint in &told {
                let (_, words) = hint.split_once(' ').expect("a key and its words");
                assert!(BINDINGS.iter().any(|row| row.hint == words), "{width}: {words} in {line}");
            }
            assert!(told.len() > fewer || told.len() > 12, "{width}: {line}");
            fewer = told.len();
        }
    }
}
