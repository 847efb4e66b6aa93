//! Lists that are read again by themselves.

use proptest::prelude::*;

use super::{channels, open};
use crate::api::{client::Traffic, client::Waiting, remote_text::RemoteText};
use crate::app::{
    auto::{self, LARGEST, Telling},
    contact::next_tick,
    list::Rows,
    model::Model,
    msg::Msg,
    notice::ProblemKind,
    testing::{World, bare, fail, last_said, listing, press, problem, sid, wait, write},
    update::update,
};

fn rows(model: &Model) -> &dyn Rows {
    model.rows(channels()).expect("a list")
}

/// Whether the list is asked for after so many seconds.
fn asks_after(model: &mut Model, seconds: i64) -> bool {
    let orders = wait(model, seconds * 1_000);
    bare(&orders).contains(&listing(channels(), None))
}

fn rename(world: &mut World, at: usize, name: &str) {
    world.channels[at].friendly_name = Some(RemoteText::new(name));
}

fn later(world: &mut World, model: &mut Model, seconds: i64) {
    let orders = wait(model, seconds * 1_000);
    world.serve(model, orders);
}

fn changed(model: &Model) -> Vec<bool> {
    let list = &model.lists.channels[&sid(1)];
    list.window().iter().map(|&row| list.has_changed(row)).collect()
}

#[test]
fn it_is_read_in_its_time_and_what_changed_is_marked_until_it_was_seen() {
    let mut world = World::of(1, 4, 1);
    let mut model = open(&mut world);
    press(&mut model, "R");
    assert_eq!(last_said(&model), "read again every 30 s; R stops that");
    assert!(!asks_after(&mut model, 29));
    world.press(&mut model, "j Space");
    rename(&mut world, 1, "Changed");
    rename(&mut world, 3, "Changed too");
    later(&mut world, &mut model, 1);
    assert_eq!(changed(&model), [false, true, false, true]);
    assert_eq!((rows(&model).changed(), rows(&model).at(), rows(&model).marked()), (2, 2, 1));
    // Nothing new comes, and the marks stay: nobody may have looked.
    later(&mut world, &mut model, 30);
    assert_eq!(rows(&model).changed(), 2);
    rename(&mut world, 0, "Changed later");
    later(&mut world, &mut model, 30);
    assert_eq!(changed(&model), [true, true, false, true]);
    press(&mut model, "k");
    assert_eq!(rows(&model).changed(), 3, "the cursor is there");
    press(&mut model, "k");
    assert_eq!(changed(&model), [true, false, false, true], "and has left");
    press(&mut model, "/");
    write(&mut model, "too");
    press(&mut model, "Enter");
    assert_eq!(rows(&model).changed(), 1, "of those that show");
    press(&mut model, "Esc Esc");
    world.press(&mut model, "r");
    assert_eq!(rows(&model).changed(), 0, "whoever reads anew has seen them");
    rename(&mut world, 2, "Changed again");
    world.press(&mut model, "r");
    assert_eq!(rows(&model).changed(), 1, "what comes of that is marked too");
    press(&mut model, "R");
    assert_eq!((last_said(&model), rows(&model).changed()), ("no longer read again by itself", 0));
    assert!(!asks_after(&mut model, 3_600));
}

#[test]
fn rows_that_come_and_go_are_no_changes() {
    let mut world = World::of(1, 4, 1);
    let mut model = open(&mut world);
    press(&mut model, "R j j");
    let row = crate::app::testing::channel(1, 99);
    world.channels.insert(0, row);
    world.channels.remove(2);
    later(&mut world, &mut model, 30);
    assert_eq!((rows(&model).loaded(), rows(&model).changed()), (4, 0));
    let cursor =
        model.lists.channels[&sid(1)].cursor().and_then(|it| model.entities.channel_sid(it));
    assert_eq!(cursor, Some(sid(13)), "the cursor keeps to its row");
}

#[test]
fn it_waits_under_everything_that_lies_over_the_list_and_while_nobody_looks() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    press(&mut model, "R");
    for (begins, ends) in [("e", "Esc"), ("?", "Esc"), ("/", "Esc"), (":", "Esc"), ("M", "Esc")] {
        press(&mut model, begins);
        assert!(!asks_after(&mut model, 40), "{begins}");
        assert!(auto::due_in(&model).is_none(), "{begins}: the console sleeps");
        press(&mut model, ends);
        let orders = wait(&mut model, 10);
        assert!(bare(&orders).contains(&listing(channels(), None)), "{begins}: at once afterwards");
        world.serve(&mut model, orders);
    }
    update(&mut model, Msg::FocusLost);
    assert!(!asks_after(&mut model, 300));
    assert_eq!(model.auto.told(channels()), Some(Telling::Away));
    update(&mut model, Msg::FocusGained);
    let orders = wait(&mut model, 0);
    assert!(bare(&orders).contains(&listing(channels(), None)));
    world.serve(&mut model, orders);
    update(&mut model, Msg::FocusLost);
    press(&mut model, "j");
    assert!(
        asks_after(&mut model, 30),
        "a terminal that told of one thing only is no reason to wait"
    );
}

#[test]
fn it_never_asks_twice_and_rests_while_it_is_not_seen() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    press(&mut model, "R");
    let orders = wait(&mut model, 30_000);
    assert_eq!(bare(&orders), [listing(channels(), None)]);
    assert_eq!(model.auto.told(channels()), Some(Telling::Reading));
    assert!(model.auto.is_quiet(channels()), "the rows are whole all the same");
    assert!(!asks_after(&mut model, 300), "the answer is still awaited");
    world.serve(&mut model, orders);
    assert!(!asks_after(&mut model, 29));
    world.press(&mut model, "2");
    assert!(!asks_after(&mut model, 300), "another list is looked at");
    world.press(&mut model, "1");
    assert!(asks_after(&mut model, 0));
    // A reading of the person's own is the next one.
    let orders = press(&mut model, "r");
    assert!(!asks_after(&mut model, 60));
    world.serve(&mut model, orders);
    assert!(!asks_after(&mut model, 29));
    assert!(asks_after(&mut model, 1));
}

#[test]
fn without_it_nothing_wakes_the_console() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    let orders = wait(&mut model, 20_000);
    world.serve(&mut model, orders);
    assert_eq!(next_tick(&model).as_secs(), 60);
    press(&mut model, "R");
    wait(&mut model, 10_000);
    assert_eq!(next_tick(&model).as_secs(), 20);
}

#[test]
fn it_ends_where_the_server_says_no() {
    for (kind, words) in [
        (ProblemKind::Auth, "nothing is read again by itself any more: the server does not accept"),
        (ProblemKind::Refused, "no longer read again by itself: the server said no"),
        (ProblemKind::Gone, "no longer read again by itself: the server does not know it"),
    ] {
        let mut world = World::of(1, 3, 1);
        let mut model = open(&mut world);
        press(&mut model, "R");
        let orders = wait(&mut model, 30_000);
        fail(&mut model, &orders[0], problem(kind));
        assert!(last_said(&model).starts_with(words), "{}", last_said(&model));
        assert_eq!(model.auto.told(channels()), None);
        assert!(!asks_after(&mut model, 3_600));
    }
}

#[test]
fn it_slows_down_for_a_busy_server_and_comes_back_to_its_pace() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    press(&mut model, "R");
    let told = |model: &Model| match model.auto.told(channels()) {
        Some(Telling::Every { rest, is_slowed }) => (auto::every_in_words(rest), is_slowed),
        other => panic!("{other:?}"),
    };
    let orders = wait(&mut model, 30_000);
    fail(&mut model, &orders[0], problem(ProblemKind::Throttled));
    assert_eq!(told(&model), ("1 min".to_owned(), true));
    assert!(!asks_after(&mut model, 59));
    let orders = wait(&mut model, 1_000);
    let why = Waiting::Throttled;
    update(&mut model, Msg::Traffic(Traffic::Waiting { millis: 500, why, attempt: 1 }));
    world.serve(&mut model, orders);
    assert_eq!(told(&model), ("2 min".to_owned(), true), "held back, though answered");
    for _ in 0..9 {
        let orders = wait(&mut model, 480_000);
        if let Some(order) = orders.first() {
            fail(&mut model, order, problem(ProblemKind::Throttled));
        }
    }
    assert_eq!(told(&model), ("8 min".to_owned(), true), "it has an end");
    later(&mut world, &mut model, 480);
    assert_eq!(told(&model), ("30 s".to_owned(), false));
}

#[test]
fn a_reading_that_failed_or_was_stopped_loses_no_change() {
    let mut world = World::of(1, 6, 1).paged(2);
    let mut model = open(&mut world);
    press(&mut model, "R");
    rename(&mut world, 0, "Changed");
    let orders = wait(&mut model, 30_000);
    let more = update(&mut model, world.answer(&orders[0]).expect("a page"));
    fail(&mut model, &more[0], problem(ProblemKind::NotUnderstood));
    assert_eq!(rows(&model).changed(), 0, "not before all of it is here");
    later(&mut world, &mut model, 60);
    assert_eq!(changed(&model)[..2], [true, false]);
    wait(&mut model, 30_000);
    press(&mut model, "^c");
    assert!(last_said(&model).contains("the reading was stopped"), "{}", last_said(&model));
    assert_eq!(model.auto.told(channels()), None);
}

#[test]
fn what_would_cost_too_much_is_refused_in_words() {
    let mut world = World::of(1, 1, 1);
    let like = world.channels[0].clone();
    let many = u32::try_from(LARGEST + 1).expect("a number");
    world.channels = (1..=many).map(|number| crate::app::testing::channel(1, number)).collect();
    assert_ne!(like, world.channels[1]);
    let mut model = open(&mut world);
    press(&mut model, "R");
    assert!(last_said(&model).contains("more than 2,000 rows"), "{}", last_said(&model));
    assert_eq!(model.auto.told(channels()), None);
    world.channels.truncate(LARGEST);
    world.press(&mut model, "r R");
    assert!(model.auto.told(channels()).is_some());
    world.channels.push(crate::app::testing::channel(1, many));
    later(&mut world, &mut model, 30);
    assert!(last_said(&model).contains("more than 2,000 rows"), "it has grown");
    assert_eq!(model.auto.told(channels()), None);
    world.press(&mut model, "Enter R");
    assert!(model.path.focus() != channels());
    assert_eq!(model.auto.told(model.path.focus()), None, "a channel is no list");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever others do meanwhile: the cursor keeps to its row, marks and filter stay, and exactly those rows are
    /// marked as changed that were there before and are not as they were.
    #[test]
    fn only_what_changed_is_marked_and_nothing_else_moves(
        renamed in prop::collection::btree_set(0_usize..12, 0..6),
        gone in prop::collection::btree_set(0_usize..12, 0..4),
        new in 0_u32..3,
        down in 0_usize..12,
        (page, sorts) in (1_usize..20, any::<bool>()),
    ) {
        let mut world = World::of(1, 12, 1).paged(page);
        let mut model = open(&mut world);
        if sorts {
            world.press(&mut model, "s j j Enter");
        }
        press(&mut model, "Space g R");
        press(&mut model, &"j ".repeat(down));
        let at = |model: &Model| {
            let cursor = model.lists.channels[&sid(1)].cursor();
            cursor.and_then(|row| model.entities.channel_sid(row))
        };
        let before = at(&model);
        let marked: Vec<_> = model.lists.channels[&sid(1)].marks().collect();
        let sids: Vec<_> = world.channels.iter().map(|channel| channel.sid).collect();
        for &number in &renamed {
            rename(&mut world, number, "other");
        }
        world.channels.retain(|it| !gone.iter().any(|&number| sids[number] == it.sid));
        for number in 0..new {
            world.channels.insert(0, crate::app::testing::channel(1, 500 + number));
        }
        world.version += 1;
        later(&mut world, &mut model, 30);
        let list = &model.lists.channels[&sid(1)];
        for &row in list.first_rows() {
            let channel = model.entities.channel_sid(row).expect("a channel");
            let number = sids.iter().position(|sid| *sid == channel);
            let expected = number.is_some_and(|number| renamed.contains(&number));
            prop_assert_eq!(list.has_changed(row), expected, "{}", channel);
        }
        let is_gone = before.is_some_and(|sid| world.channel(sid).is_none());
        prop_assert!(is_gone || at(&model) == before);
        let kept = marked.iter().filter(|&&row| list.holds(row));
        prop_assert!(kept.copied().eq(list.marks()));
        prop_assert!(crate::app::testing::is_sound(list));
    }
}
