//! What is pointed at is what is drawn there.

use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Position};

use super::{drawn, scenes};
use crate::app::{
    header, hints,
    layout::{self, Hit, Spot},
    model::Model,
    msg::Msg,
    place::Place,
    testing::{World, console_at, sid},
    update::update,
};
use crate::view::theme::Theme;

fn buffer(model: &Model) -> Buffer {
    super::frame(model, &Theme::mono()).0
}

/// The text of a line from one cell to another, every wide glyph in its first.
fn text(buffer: &Buffer, y: u16, cells: std::ops::Range<u16>) -> String {
    cells.map(|x| buffer[(x, y)].symbol()).collect()
}

/// The names of the rows in the window of the channels.
fn names(model: &Model) -> Vec<String> {
    let list = &model.lists.channels[&sid(1)];
    let name = |row| model.entities.channel_at(row).and_then(|it| it.friendly_name);
    list.window().iter().filter_map(|&row| Some(name(row)?.raw().to_owned())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn each_cell_of_a_row_is_of_that_row_and_each_head_of_its_column(
        width in 40..300_u16,
        height in 10..60_u16,
        keys in prop::collection::vec(
            prop::sample::select(vec!["w", "f", ">", "<", "}", "{", "G", "j", "#", "T", "Tab"]),
            0..6,
        ),
    ) {
        let mut world = World::of(1, 70, 2);
        let mut model = console_at(&mut world, (width, height), &[Place::Channels(sid(1))]);
        for key in keys {
            world.press(&mut model, key);
        }
        let screen = layout::screen(&model);
        let buffer = buffer(&model);
        for pane in &screen.panes {
            if !matches!(pane.place, Place::Channels(_)) {
                continue;
            }
            let table = layout::table(&model, pane);
            let rows = model.rows(pane.place).expect("a list");
            let names = names(&model);
            for (nth, line) in table.rows.rows().enumerate() {
                let drawn = text(&buffer, line.y, line.x..line.right());
                for x in line.x..line.right() {
                    let hit = layout::hit(&model, Position::new(x, line.y));
                    let Hit::Pane(found, spot) = hit else { panic!("{hit:?}") };
                    prop_assert_eq!(found, *pane);
                    let Some(name) = names.get(nth) else {
                        prop_assert_eq!(spot, Spot::Anywhere);
                        continue;
                    };
                    let is_row = matches!(spot, Spot::Row(at, _) if at == rows.top() + nth);
                    prop_assert!(is_row, "{:?}", spot);
                    let begun: String = name.chars().take(4).collect();
                    prop_assert!(drawn.contains(&begun), "{} {}", drawn, name);
                }
            }
            for placed in &table.placed {
                let title = table.columns[placed.at].title;
                let drawn = text(&buffer, table.head.y, placed.x..placed.x + placed.width);
                let begun: String = title.chars().take(usize::from(placed.width)).collect();
                prop_assert!(drawn.contains(&begun), "{} {}", drawn, title);
                for x in placed.x..placed.x + placed.width {
                    let hit = layout::hit(&model, Position::new(x, table.head.y));
                    let is_head = matches!(hit, Hit::Pane(_, Spot::Head(it)) if it == title);
                    prop_assert!(is_head, "{:?} for {}", hit, title);
                }
            }
        }
    }
}

#[test]
fn words_of_the_path_and_hints_stand_where_they_are_drawn() {
    for size in [(60, 12), (80, 24), (120, 40), (200, 50)] {
        for (name, model) in scenes::all(size) {
            let screen = layout::screen(&model);
            let buffer = buffer(&model);
            if model.overlay.is_none() {
                let header = header::header(&model, size.0);
                for crumb in header.crumbs {
                    let end = crumb.x + crumb.width();
                    if end < header.room {
                        let drawn = text(&buffer, 0, crumb.x..end);
                        assert!(is_drawn(&drawn, &crumb.word), "{name}: {drawn} {}", crumb.word);
                    }
                }
            }
            let shares = screen.info == screen.notice;
            if model.prefix.is_some() || (shares && model.prompt.is_some()) {
                continue;
            }
            for hint in hints::placed(&model, size.0) {
                let cells = hint.x..hint.x + hint.width();
                let drawn = text(&buffer, screen.hints.y, cells.clone());
                assert_eq!(drawn, format!("{} {}", hint.key, hint.words), "{name}");
                for x in cells {
                    let hit = layout::hit(&model, Position::new(x, screen.hints.y));
                    assert!(matches!(&hit, Hit::Hint(it) if it.key == hint.key), "{name} {hit:?}");
                }
            }
        }
    }
}

/// A wide glyph leaves a blank in its second cell.
fn is_drawn(drawn: &str, word: &str) -> bool {
    let bare = |text: &str| text.replace(' ', "");
    bare(drawn) == bare(word)
}

#[test]
fn nothing_that_is_pointed_at_at_any_size_fails() {
    for (name, mut model) in scenes::all((80, 24)) {
        for (width, height) in [(1, 1), (40, 10), (41, 19), (99, 20), (100, 21), (300, 80)] {
            let size = ratatui::layout::Size::new(width, height);
            update(&mut model, Msg::Resized(size));
            for y in (0..height).step_by(2) {
                for x in (0..width).step_by(5) {
                    layout::hit(&model, Position::new(x, y));
                }
            }
        }
        assert!(!drawn(&model).is_empty(), "{name}");
    }
}
