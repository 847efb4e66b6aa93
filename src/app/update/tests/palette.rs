//! The palette: what it offers, in which order, and what Enter makes of it.

use std::sync::Arc;

use proptest::prelude::*;

use crate::app::{
    action::Action,
    effect::Effect,
    keymap::Keymap,
    list::Rows,
    model::{Model, Overlay},
    place::Place,
    testing::{World, bare, console_at, last_said, on, press, said, sid, write},
    ticket::Lane,
};
use crate::config::{Rebinding, Spot};

const NARROW: (u16, u16) = (80, 24);

fn at_channels() -> (World, Model) {
    let mut world = World::of(2, 3, 2);
    let model = console_at(&mut world, NARROW, &[Place::Channels(sid(1))]);
    (world, model)
}

fn typed(model: &mut Model, text: &str) -> Vec<String> {
    press(model, ":");
    write(model, text);
    names(model)
}

fn spot(text: &str) -> Spot {
    Spot { text: text.to_owned(), line: 1, column: 1 }
}

fn names(model: &Model) -> Vec<String> {
    model.palette.rows.iter().map(|row| row.name.clone()).collect()
}

fn line(model: &Model) -> &str {
    model.prompt.as_ref().map_or("", |prompt| prompt.text())
}

#[test]
fn columns_are_completed_one_after_the_other() {
    let (_, mut model) = at_channels();
    let all = typed(&mut model, "columns ");
    assert_eq!(all[..3], ["columns ", "columns type", "columns name"], "the usual ones first");
    write(&mut model, "upd");
    assert_eq!(names(&model)[0], "columns updated");
    press(&mut model, "Tab");
    write(&mut model, ", mem");
    assert_eq!(names(&model)[0], "columns updated, members");
    press(&mut model, "Tab");
    write(&mut model, ", ");
    let free = names(&model);
    assert_eq!(free[0], "columns updated, members, ", "what stands there can be run");
    assert!(!free.iter().any(|name| name.ends_with("members, members")), "each once: {free:?}");
    press(&mut model, "Enter");
    let shown = model.columns.of(Place::Channels(sid(1)));
    assert_eq!(shown, ["TYPE", "NAME", "UPDATED", "MBR"]);
}

#[test]
fn notices_name_the_keys_in_force() {
    let (_, mut model) = at_channels();
    let rebound = |action: &str, key: &str| Rebinding {
        context: None,
        action: spot(action),
        keys: vec![spot(key)],
    };
    let said = [("auto-refresh", "F8"), ("wide", "W"), ("shift-right", "F7"), ("refresh", "F10")];
    let said: Vec<Rebinding> = said.iter().map(|(action, key)| rebound(action, key)).collect();
    model.keymap = Arc::new(Keymap::rebound(&said).expect("keys").0);
    press(&mut model, "F8");
    assert_eq!(last_said(&model), "read again every 30 s; F8 stops that");
    press(&mut model, "F7");
    let words = "W shows all columns; where they do not fit, < and F7 shift them";
    assert_eq!(last_said(&model), words);
    assert_eq!(model.key(Action::Refresh), "F10");
    assert_eq!(model.key(Action::Save), "^s", "of another context");
    assert_eq!(model.key(Action::Migrate), "M");
}

#[test]
fn everything_that_can_be_done_here_is_offered_once_with_its_key() {
    let (_, mut model) = at_channels();
    let all = typed(&mut model, "");
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), all.len());
    for (name, key) in [("edit", "e"), ("copy-sid", "yy"), ("migrate", "M"), ("quit", "q")] {
        let row = model.palette.rows.iter().find(|row| row.name == name);
        assert_eq!(row.map(|row| row.key.as_str()), Some(key), "{name}");
    }
    for name in ["delete", "find", "user", "sort", "set"] {
        assert!(all.iter().any(|it| it == name), "{name}");
    }
    for dead in ["mute", "channels", "toggle", "save", "down", "command", "profile", "next-field"] {
        assert!(!all.iter().any(|it| it == dead), "{dead} does nothing here");
    }
    assert_eq!(all[0], "open", "as the footer has them");
}

#[test]
fn the_best_hit_comes_first_and_what_cannot_be_done_says_why() {
    let cases = [
        ("q", "quit"),
        ("mig", "migrate"),
        ("copna", "copy-name"),
        ("curl", "copy-curl"),
        ("u", "user"),
        ("use", "users"),
        ("member", "members"),
        ("jq", "copy-jq-path"),
    ];
    for (text, first) in cases {
        let (_, mut model) = at_channels();
        assert_eq!(typed(&mut model, text)[0], first, "{text}");
    }
    let (_, mut model) = at_channels();
    assert_eq!(typed(&mut model, "mute"), ["mute"]);
    let why = model.palette.rows[0].why_not.as_deref();
    assert!(why.is_some_and(|why| why.contains("only a membership can be muted")), "{why:?}");
    press(&mut model, "Enter");
    assert!(last_said(&model).contains("only a membership") && model.prompt.is_none());
}

#[test]
fn enter_runs_what_is_chosen_and_esc_nothing() {
    let (_, mut model) = at_channels();
    assert_eq!(typed(&mut model, "job")[0], "jobs");
    press(&mut model, "Esc");
    assert_eq!(model.path.focus(), Place::Channels(sid(1)));
    typed(&mut model, "users");
    press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::Users(sid(1)));
    assert_eq!(model.prompt.as_ref().map(|_| ()), None);
}

#[test]
fn the_choice_moves_and_tab_completes_it() {
    let (_, mut model) = at_channels();
    let rows = typed(&mut model, "copy");
    assert!(rows.len() > 3);
    press(&mut model, "Down ^n Up");
    assert_eq!(model.palette.chosen().map(|row| &row.name), Some(&rows[1]));
    press(&mut model, "^p ^p ^p");
    assert_eq!(model.palette.at, 0, "and stays at its ends");
    press(&mut model, "Down Tab");
    assert_eq!(line(&model), rows[1]);
    press(&mut model, "Esc");
    typed(&mut model, "del");
    press(&mut model, "Tab");
    assert_eq!(line(&model), "delete ");
    press(&mut model, "Enter");
    assert!(matches!(model.overlay, Some(Overlay::Confirm(_))));
}

#[test]
fn an_argument_is_completed_from_what_is_loaded_and_asks_nobody() {
    let (mut world, mut model) = at_channels();
    let orders = press(&mut model, "2");
    world.serve(&mut model, orders);
    press(&mut model, ":");
    let orders = write(&mut model, "user ");
    assert_eq!(bare(&orders), []);
    assert_eq!(names(&model).len(), 2, "two users");
    let value = names(&model)[1].clone();
    press(&mut model, "Down Tab");
    assert_eq!(line(&model), value);
    press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::Memberships(sid(1), world.users[1].sid));
    let (_, mut model) = at_channels();
    assert_eq!(typed(&mut model, "channel 12").len(), 2, "a hit, and the server");
    press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::Channel(sid(1), sid(12)));
}

#[test]
fn who_is_not_loaded_is_looked_up_by_one_request() {
    let (mut world, mut model) = at_channels();
    let identity = world.users[1].identity.raw().to_owned();
    assert_eq!(typed(&mut model, &format!("u {identity}")), [format!("user {identity}")]);
    let orders = press(&mut model, "Enter");
    let asked = Effect::FetchPerson {
        ticket: on(Lane::Named(sid(1))),
        service: sid(1),
        identity: world.users[1].identity.clone(),
    };
    assert_eq!(bare(&orders), [asked]);
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), Place::Memberships(sid(1), world.users[1].sid));

    typed(&mut model, "u nobody");
    let orders = press(&mut model, "Enter");
    world.serve(&mut model, orders);
    assert!(last_said(&model).contains("the user “nobody” is not there"), "{}", last_said(&model));
}

#[test]
fn whoever_went_elsewhere_is_not_taken_away() {
    let (mut world, mut model) = at_channels();
    typed(&mut model, "channel no-such-name");
    let orders = press(&mut model, "Enter");
    assert!(matches!(orders.as_slice(), [Effect::FetchNamed { .. }, ..]), "{orders:?}");
    press(&mut model, "^c");
    assert_eq!(model.going, None);
    let unique = world.channels[2].unique_name.clone().map(|name| name.raw().to_owned());
    model.lists.channels.clear();
    typed(&mut model, &format!("channel {}", unique.unwrap_or_default()));
    let orders = press(&mut model, "Enter");
    press(&mut model, "4");
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), Place::Flex);
}

#[test]
fn the_list_is_sorted_by_a_column_that_is_named() {
    let (_, mut model) = at_channels();
    assert_eq!(typed(&mut model, "sort na"), ["sort name"]);
    press(&mut model, "Enter");
    let sort = |model: &Model| model.rows(Place::Channels(sid(1))).and_then(Rows::sort);
    let first = sort(&model).expect("an order");
    typed(&mut model, "sort name");
    press(&mut model, "Enter");
    assert_eq!(sort(&model).map(|it| it.descending), Some(!first.descending));
    typed(&mut model, "sort server");
    press(&mut model, "Enter");
    assert_eq!(sort(&model), None);
}

#[test]
fn the_practice_account_is_told_to_go_wrong_and_no_other() {
    let (_, mut model) = at_channels();
    typed(&mut model, "sandbox 429 20%");
    let orders = press(&mut model, "Enter");
    assert_eq!(bare(&orders), [Effect::Hurt { faults: "429=20%".to_owned() }]);
    if let crate::app::model::Session::Open(account) = &mut model.session {
        account.practice = false;
    }
    typed(&mut model, "sandbox none");
    assert_eq!(bare(&press(&mut model, "Enter")), []);
    assert!(said(&model).iter().any(|it| it.contains("only the practice account")));
}

#[test]
fn what_was_run_comes_back_on_an_empty_line() {
    let (_, mut model) = at_channels();
    for text in ["webhooks on", "webhooks off"] {
        typed(&mut model, text);
        press(&mut model, "Enter");
    }
    typed(&mut model, "");
    press(&mut model, "Up");
    assert_eq!(line(&model), "webhooks off");
    press(&mut model, "Up Up");
    assert_eq!(line(&model), "webhooks on");
    press(&mut model, "Down Down");
    assert_eq!(line(&model), "");
    press(&mut model, "Down");
    assert_eq!((line(&model), model.palette.at), ("", 1));
}

#[test]
fn what_is_bound_otherwise_is_told_and_done_otherwise() {
    let (_, mut model) = at_channels();
    let spot = |text: &str| Spot { text: text.to_owned(), line: 1, column: 1 };
    let wish = |action: &str, keys: &[&str]| Rebinding {
        context: None,
        action: spot(action),
        keys: keys.iter().map(|key| spot(key)).collect(),
    };
    let wishes = [wish("view-users", &["U"]), wish("info", &["I"]), wish("command", &["F2"])];
    model.keymap = Arc::new(Keymap::rebound(&wishes).unwrap().0);
    press(&mut model, "F2");
    let key = |model: &Model, name: &str| {
        model.palette.rows.iter().find(|row| row.name == name).map(|row| row.key.clone())
    };
    assert_eq!(key(&model, "users").as_deref(), Some("U"));
    assert_eq!(key(&model, "info").as_deref(), Some("I"));
    press(&mut model, "Esc U");
    assert_eq!(model.path.focus(), Place::Users(sid(1)));
    press(&mut model, "2");
    assert_eq!(model.keymap.key_of(&model.ground(), Action::ViewUsers), Some("U"));
}

proptest! {
    #[test]
    fn the_same_text_always_shows_the_same_rows(text in "[a-z0-9 :%-]{0,8}") {
        let (_, mut one) = at_channels();
        let (_, mut other) = at_channels();
        prop_assert_eq!(typed(&mut one, &text), typed(&mut other, &text));
        prop_assert!(one.palette.rows.is_empty() || one.palette.at < one.palette.rows.len());
    }
}
