//! The menu of what can be done to the row, and the sheet of keys.

use crate::app::{
    effect::Effect,
    menu,
    model::{Model, Overlay},
    place::Place,
    prompt::Prompt,
    testing::{World, console_at, last_said, membership_key, press, said, sid, write},
    ticket::EditKey,
};

fn at(places: &[Place]) -> (World, Model) {
    let mut world = World::of(2, 3, 2);
    let model = console_at(&mut world, (80, 24), places);
    (world, model)
}

fn at_channels() -> (World, Model) {
    at(&[Place::Channels(sid(1))])
}

fn names(model: &Model) -> Vec<String> {
    menu::rows(model).into_iter().map(|row| row.name).collect()
}

fn choose(model: &mut Model, name: &str) {
    let at = names(model).iter().position(|it| it == name).expect("it is offered");
    model.overlay = Some(Overlay::Menu { at });
}

#[test]
fn the_menu_tells_what_can_be_done_to_the_row_with_its_keys() {
    let (_, mut model) = at_channels();
    press(&mut model, "x");
    let names = names(&model);
    for name in ["open", "inspect", "members", "edit", "migrate", "copy-sid", "set", "delete"] {
        assert!(names.iter().any(|it| it == name), "{name} in {names:?}");
    }
    assert!(!names.iter().any(|it| it == "mute" || it == "users"), "{names:?}");
    assert_eq!(menu::title(&model), "Channel 11");
    let of_edit = menu::rows(&model).into_iter().find(|row| row.name == "edit");
    assert_eq!(of_edit.map(|row| row.key).as_deref(), Some("e"));
}

#[test]
fn a_row_of_the_menu_is_chosen_or_its_key_pressed() {
    let (_, mut model) = at_channels();
    press(&mut model, "x j k k");
    choose(&mut model, "edit");
    press(&mut model, "Enter");
    assert!(matches!(model.overlay, Some(Overlay::Form(_))));
    press(&mut model, "Esc x e");
    assert!(matches!(model.overlay, Some(Overlay::Form(_))));
    press(&mut model, "Esc x y");
    assert!(model.prefix.is_some() && matches!(model.overlay, Some(Overlay::Menu { .. })));
    let orders = press(&mut model, "y");
    assert!(matches!(&orders[..], [Effect::Copy { .. }]), "{orders:?}");
    for close in ["x Esc", "x q", "x x", "x h"] {
        press(&mut model, close);
        assert!(model.overlay.is_none(), "{close}");
        assert_eq!(model.path.focus(), Place::Channels(sid(1)), "{close}");
    }
}

#[test]
fn what_has_no_key_asks_as_ever() {
    let (_, mut model) = at_channels();
    press(&mut model, "x");
    choose(&mut model, "delete");
    press(&mut model, "Enter");
    assert!(matches!(model.overlay, Some(Overlay::Confirm(_))));
    press(&mut model, "Esc x");
    choose(&mut model, "set");
    press(&mut model, "Enter");
    assert_eq!(model.prompt.as_ref().map(Prompt::text), Some("set "));
}

#[test]
fn marked_rows_have_a_menu_of_their_own() {
    let (_, mut model) = at_channels();
    press(&mut model, "Space Space x");
    assert_eq!(menu::title(&model), "2 marked");
    let names = names(&model);
    assert!(names.iter().any(|it| it == "migrate") && names.iter().any(|it| it == "delete"));
    assert!(!names.iter().any(|it| it == "edit" || it == "open"), "{names:?}");
    choose(&mut model, "migrate");
    press(&mut model, "Enter");
    assert!(matches!(model.overlay, Some(Overlay::Plan(_))));
}

#[test]
fn a_membership_is_muted_from_the_menu() {
    let (mut world, mut model) = at(&[Place::Users(sid(1)), Place::Memberships(sid(1), sid(11))]);
    press(&mut model, "x");
    choose(&mut model, "mute");
    let orders = press(&mut model, "Enter");
    assert!(matches!(&orders[..], [.., Effect::RereadMembership { .. }]), "{orders:?}");
    world.serve(&mut model, orders);
    assert!(model.entities.edit(EditKey::Membership(membership_key(11, 11))).is_none());
}

fn told(model: &Model) -> Vec<String> {
    crate::app::help::told(model).into_iter().map(|told| told.line).collect()
}

#[test]
fn help_shows_what_is_typed_and_does_what_is_chosen() {
    let (_, mut model) = at_channels();
    press(&mut model, "?");
    let all = told(&model).len();
    write(&mut model, "jobs of this");
    assert!(told(&model).len() < all);
    assert_eq!(told(&model)[0], "view-jobs");
    press(&mut model, "Enter");
    assert_eq!((model.path.focus(), model.overlay.is_none()), (Place::Jobs, true));
    press(&mut model, "?");
    write(&mut model, "memberships of a user of this");
    assert_eq!(told(&model), ["user"]);
    press(&mut model, "Enter");
    assert_eq!(model.prompt.as_ref().map(Prompt::text), Some("user "));
}

#[test]
fn help_stays_where_it_cannot_be_done_and_says_why() {
    let (_, mut model) = at_channels();
    press(&mut model, "?");
    write(&mut model, "mute or unmute the membership in place");
    press(&mut model, "Enter");
    assert!(matches!(model.overlay, Some(Overlay::Help { .. })));
    assert!(last_said(&model).contains("only a membership can be muted"), "{:?}", said(&model));
    press(&mut model, "Esc");
    assert!(matches!(model.overlay, Some(Overlay::Help { .. })), "first what was typed goes");
    assert!(told(&model).len() > 20);
    press(&mut model, "Esc");
    assert!(model.overlay.is_none());
}

#[test]
fn the_chosen_row_of_help_stays_in_view() {
    let (_, mut model) = at_channels();
    press(&mut model, "?");
    let view = |model: &Model| match &model.overlay {
        Some(Overlay::Help { at, top, .. }) => (*at, *top),
        _ => panic!("help is open"),
    };
    assert_eq!(view(&model), (0, 0));
    for _ in 0..200 {
        press(&mut model, "Down");
    }
    let (last, top) = view(&model);
    assert_eq!(last, told(&model).len() - 1);
    assert!(top > 20);
    for _ in 0..200 {
        press(&mut model, "Up");
    }
    assert_eq!(view(&model), (0, 0));
    press(&mut model, "PgDn PgDn PgUp PgUp");
    assert_eq!(view(&model), (0, 0));
}

#[test]
fn a_form_is_saved_from_its_help() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    write(&mut model, "!");
    press(&mut model, "F1");
    write(&mut model, "^s");
    press(&mut model, "Enter");
    assert!(model.overlay.is_none());
    assert!(model.entities.edit(EditKey::Channel(sid(11))).is_some());
}
