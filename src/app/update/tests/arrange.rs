//! How lists are arranged: filters that are wrong, filters that take their time, order, marks.

use super::{channels, open};
use crate::api::{attributes::Attributes, chat::channels::Channel, sid::Sid};
use crate::app::{
    columns::sortable,
    effect::Effect,
    keymap::Context,
    list::{Rows, Sort},
    model::{Model, Overlay},
    place::Place,
    testing::{World, channel, last_said, named, press, sid, write},
};

fn rows(model: &Model) -> &dyn Rows {
    model.rows(channels()).expect("a list")
}

fn window(model: &Model) -> Vec<Sid<Channel>> {
    let list = &model.lists.channels[&sid(1)];
    list.window().iter().filter_map(|&row| model.entities.channel_sid(row)).collect()
}

#[test]
fn a_filter_that_is_wrong_is_told_in_its_place_and_the_last_good_result_stays() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world);
    press(&mut model, "/");
    write(&mut model, "l-1 membrs>1");
    let fault = model.prompt.as_ref().and_then(|it| it.fault.clone()).expect("a fault");
    assert_eq!(fault.span, 4..12);
    assert!(fault.words.contains("members?"), "{}", fault.words);
    assert_eq!(rows(&model).filter(), "l-1", "what was right before");
    assert_eq!(rows(&model).shown(), 9);
    press(&mut model, "Enter");
    assert!(model.prompt.is_some(), "it stays to be mended");
    assert_eq!(last_said(&model), fault.words);
    press(&mut model, "Backspace Backspace Backspace Backspace");
    write(&mut model, "ers>1");
    press(&mut model, "Enter");
    assert!(model.prompt.is_none());
    assert_eq!((rows(&model).filter(), rows(&model).shown()), ("l-1 members>1", 9));
}

#[test]
fn a_filter_on_attributes_goes_on_in_slices_and_says_what_it_could_not_judge() {
    let mut world = World::of(1, 1, 1);
    let long = "x".repeat(15_000);
    world.channels = (0..80)
        .map(|number| Channel {
            attributes: Attributes::from_text(match number % 4 {
                0 => format!("{{\"long\": \"{long}\", \"tier\": 1}}"),
                1 => "{broken".to_owned(),
                _ => format!("{{\"long\": \"{long}\"}}"),
            }),
            ..channel(1, 100 + number)
        })
        .collect();
    let mut model = open(&mut world);
    press(&mut model, "/");
    let orders = write(&mut model, "attr:/tier=1");
    assert!(orders.contains(&Effect::GoOn));
    assert!(rows(&model).judged().is_some());
    let (done, _) = rows(&model).judged().expect("at work");
    assert!(done < 80 && rows(&model).shown() < 20);
    assert_eq!(press(&mut model, "Enter j"), [], "no second order while one is out");
    world.serve(&mut model, vec![Effect::GoOn]);
    assert_eq!(rows(&model).judged(), None);
    assert_eq!((rows(&model).shown(), rows(&model).unjudged()), (20, 20));
}

#[test]
fn s_sorts_by_a_field_and_keeps_the_cursor_on_its_row() {
    let mut world = World::of(1, 0, 1);
    world.channels = vec![named(1, 11, "pear"), named(1, 12, "Apple"), named(1, 13, "fig")];
    let mut model = open(&mut world);
    press(&mut model, "j s");
    assert!(matches!(model.overlay, Some(Overlay::Sort { at: 0 })));
    assert_eq!(model.contexts().first(), Some(&Context::Sort));
    press(&mut model, "j j Enter");
    assert_eq!(rows(&model).sort(), Some(Sort { field: 1, descending: false }));
    assert_eq!(window(&model), [sid(12), sid(13), sid(11)]);
    assert_eq!(model.channel_at(channels()), Some(sid(12)));
    press(&mut model, "S");
    assert_eq!(window(&model), [sid(11), sid(13), sid(12)]);
    assert_eq!(model.channel_at(channels()), Some(sid(12)));
    world.channels.push(named(1, 14, "grape"));
    world.press(&mut model, "r");
    assert_eq!(window(&model), [sid(11), sid(14), sid(13), sid(12)]);
    press(&mut model, "s");
    assert!(matches!(model.overlay, Some(Overlay::Sort { at: 2 })), "on the present order");
    press(&mut model, "k k Enter");
    assert_eq!(rows(&model).sort(), None);
    assert_eq!(window(&model), [sid(11), sid(12), sid(13), sid(14)]);
    press(&mut model, "S");
    assert_eq!(last_said(&model), "these rows are in the server's order; s sorts them");
    press(&mut model, "s Esc");
    assert!(model.overlay.is_none());
}

#[test]
fn columns_are_chosen_for_one_list_and_the_picker_follows() {
    let mut world = World::of(2, 3, 1);
    let mut model = open(&mut world);
    let names = |model: &Model| -> Vec<&str> {
        sortable(model, channels()).iter().map(|(_, field)| field.name).collect()
    };
    assert_eq!(names(&model)[..3], ["type", "name", "unique"]);
    press(&mut model, ":");
    write(&mut model, "columns updated, unique name, sid");
    press(&mut model, "Enter");
    assert_eq!(model.columns.of(channels()), ["TYPE", "NAME", "UPDATED", "UNIQUE NAME", "SID"]);
    assert_eq!(names(&model)[..5], ["type", "name", "updated", "unique", "sid"]);
    press(&mut model, "s j j j Enter");
    assert_eq!(rows(&model).sort(), Some(Sort { field: 5, descending: true }));
    let other = Place::Channels(sid(2));
    assert_eq!(model.columns.of(other)[..2], ["TYPE", "NAME"], "of this list alone");
    press(&mut model, ":");
    write(&mut model, "columns mumbers");
    press(&mut model, "Enter");
    assert!(last_said(&model).starts_with("channels have no column “mumbers”; they have type"));
    assert!(model.prompt.is_some(), "it stays to be mended");
    press(&mut model, "^u");
    write(&mut model, "columns");
    press(&mut model, "Enter");
    assert_eq!(model.columns.of(channels()), model.columns.of(other), "the usual ones again");
}

#[test]
fn marks_outlive_filter_and_refresh_and_esc_takes_them_first() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world);
    press(&mut model, "v");
    assert_eq!(last_said(&model), "a range begins at a marked row; Space marks");
    press(&mut model, "Space");
    assert_eq!((rows(&model).marked(), rows(&model).at()), (1, 1), "and goes down");
    press(&mut model, "j j v");
    assert_eq!(rows(&model).marked(), 4);
    press(&mut model, "/");
    write(&mut model, "!l-12");
    press(&mut model, "Enter");
    assert_eq!((rows(&model).marked(), rows(&model).marked_hidden()), (4, 1));
    world.channels.remove(2);
    world.press(&mut model, "r");
    assert_eq!((rows(&model).marked(), rows(&model).marked_hidden()), (3, 1));
    assert_eq!(last_said(&model), "1 marked row is gone from the server, and so are the marks");
    press(&mut model, "*");
    assert_eq!((rows(&model).marked(), rows(&model).marked_hidden()), (8, 1));
    press(&mut model, "*");
    assert_eq!((rows(&model).marked(), rows(&model).marked_hidden()), (1, 1), "hidden ones stay");
    press(&mut model, "Esc");
    assert_eq!((rows(&model).marked(), rows(&model).filter()), (0, "!l-12"));
    press(&mut model, "Esc");
    assert_eq!(rows(&model).filter(), "");
    assert_eq!(model.path.focus(), channels());
}

#[test]
fn a_mark_goes_with_a_channel_that_the_server_does_not_know_any_more() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    world.press(&mut model, "Space k Enter");
    let orders = press(&mut model, "r");
    world.channels.retain(|it| it.sid != sid(11));
    world.serve(&mut model, orders);
    assert_eq!(rows(&model).marked(), 0);
    assert!(last_said(&model).contains("marked row is gone from the server"));
}
