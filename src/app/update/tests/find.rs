//! Looking for a text in all services.

use proptest::prelude::*;

use crate::app::{
    effect::Effect,
    find::{self, Progress},
    list::Rows,
    model::Model,
    notice::ProblemKind,
    place::Place,
    places::found::Hit,
    testing::{
        World, bare, console_at, fail, is_sound, last_said, listing, on, press, problem, refusal,
        said, sid, ticket, wait, write,
    },
    ticket::Lane,
};

const NARROW: (u16, u16) = (80, 24);

/// Two services of three channels and two users each, seen from the services.
fn two() -> (World, Model) {
    let mut world = World::of(2, 3, 2);
    let model = console_at(&mut world, NARROW, &[]);
    (world, model)
}

fn look_for(model: &mut Model, text: &str) -> Vec<Effect> {
    press(model, ":");
    write(model, &format!("find {text}"));
    press(model, "Enter")
}

fn found(model: &Model) -> Vec<Hit> {
    model.lists.found.first_rows().to_vec()
}

/// The sids of channels that were found, and of users.
fn numbers(model: &Model) -> (Vec<String>, Vec<String>) {
    let (mut channels, mut users) = (Vec::new(), Vec::new());
    for hit in found(model) {
        let sid = hit.sid(&model.entities).expect("a sid");
        match hit {
            Hit::Channel(_) => channels.push(sid),
            Hit::User(_) => users.push(sid),
        }
    }
    (channels, users)
}

fn channel(number: u32) -> String {
    sid::<crate::api::chat::channels::Channel>(number).to_string()
}

fn user(number: u32) -> String {
    sid::<crate::api::chat::users::User>(number).to_string()
}

fn searched(model: &Model) -> (usize, usize) {
    let Progress { searched, of, .. } = find::progress(model);
    (searched, of)
}

#[test]
fn what_comes_is_looked_at_as_it_comes_a_few_lists_at_a_time() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, "CHANNEL-1");
    assert_eq!(model.path.focus(), Place::Found);
    let lists = [Place::Channels(sid(1)), Place::Users(sid(1)), Place::Channels(sid(2))];
    assert_eq!(bare(&orders), lists.map(|place| listing(place, None)));
    assert_eq!((searched(&model), found(&model).len()), ((0, 2), 0));
    // The channels of service 1 are 11, 12 and 13; its users are not read yet.
    let answer = world.answer(&orders[0]).expect("a page");
    let more = crate::app::update::update(&mut model, answer);
    assert_eq!(bare(&more), [listing(Place::Users(sid(2)), None)]);
    assert_eq!(numbers(&model).0, [11, 12, 13].map(channel));
    assert_eq!(searched(&model), (0, 2));
    world.serve(&mut model, vec![orders[1].clone()]);
    assert_eq!(searched(&model), (1, 2));
    assert!(!model.lists.found.is_complete());
    world.serve(&mut model, [orders[2].clone(), more[0].clone()].to_vec());
    assert_eq!(searched(&model), (2, 2));
    assert!(model.lists.found.is_complete());
}

#[test]
fn names_unique_names_and_identities_are_found_whatever_their_case_and_blanks_are_part_of_them() {
    let (mut world, mut model) = two();
    let mut all = |text: &str| {
        let orders = look_for(&mut model, text);
        world.serve(&mut model, orders);
        numbers(&model)
    };
    assert_eq!(all("channel 1"), ([11, 12, 13].map(channel).to_vec(), vec![]));
    assert_eq!(all("type:public"), (vec![], vec![]), "it is no filter");
    let (channels, users) = all("2");
    assert!(channels.contains(&channel(12)) && channels.contains(&channel(21)));
    assert!(users.contains(&user(12)) && users.contains(&user(21)));
    assert_eq!(all("zebra"), (vec![], vec![]));
    // Everything was read for the first text: nothing is asked for the next.
    assert_eq!(look_for(&mut model, "channel"), []);
    assert_eq!((numbers(&model).0.len(), searched(&model)), (6, (2, 2)));
}

#[test]
fn a_whole_sid_is_read_directly_and_that_a_service_has_it_not_is_an_answer() {
    for (text, number) in [(channel(21), 21), (user(21), 21)] {
        let (mut world, mut model) = two();
        let orders = look_for(&mut model, &text);
        let lanes: Vec<Lane> = orders.iter().map(|order| ticket(order).lane).collect();
        assert_eq!(lanes, [Lane::Sought(sid(1)), Lane::Sought(sid(2))]);
        assert_eq!(world.serve(&mut model, orders), []);
        let (channels, users) = numbers(&model);
        assert_eq!(channels.into_iter().chain(users).collect::<Vec<_>>(), [text]);
        assert_eq!(searched(&model), (2, 2));
        assert!(!model.entities.is_gone(crate::app::ticket::EditKey::Channel(sid(number))));
        assert_eq!(said(&model).len(), 0);
    }
}

#[test]
fn the_cursor_goes_to_a_channel_or_a_user_and_comes_back_to_what_was_found() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, &channel(22));
    world.serve(&mut model, orders);
    let opened = press(&mut model, "Enter");
    let place = Place::Channel(sid(2), sid(22));
    assert_eq!(model.path.places(), [Place::Services, Place::Found, place]);
    let fetch = Effect::FetchChannel {
        ticket: on(Lane::Channel(sid(22))),
        service: sid(2),
        channel: sid(22),
    };
    assert!(bare(&opened).contains(&fetch), "{opened:?}");
    world.serve(&mut model, opened);
    press(&mut model, "Backspace");
    assert_eq!(model.path.focus(), Place::Found);
    let orders = look_for(&mut model, &user(22));
    world.serve(&mut model, orders);
    let opened = press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::Memberships(sid(2), sid(22)));
    world.serve(&mut model, opened);
    // The views of its service are a key away.
    press(&mut model, "Backspace 1");
    assert_eq!(model.path.places(), [Place::Services, Place::Channels(sid(2))]);
    // Without a text one comes back to what was found.
    press(&mut model, ":");
    write(&mut model, "find");
    press(&mut model, "Enter");
    assert_eq!((model.path.focus(), found(&model)), (Place::Found, vec![Hit::User(sid(22))]));
}

#[test]
fn a_text_must_be_told_the_first_time() {
    let (_, mut model) = two();
    press(&mut model, ":");
    write(&mut model, "find");
    assert_eq!(press(&mut model, "Enter"), []);
    assert_eq!(last_said(&model), "find what? a part of a name, unique name, identity or sid");
    assert_eq!(model.path.focus(), Place::Services);
}

#[test]
fn it_can_be_stopped_and_goes_on_where_it_was() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, "channel");
    world.serve(&mut model, vec![]);
    let answer = world.answer(&orders[0]).expect("a page");
    let more = crate::app::update::update(&mut model, answer);
    let stopped = press(&mut model, "^c");
    let aborted = [&orders[1], &orders[2], &more[0]].map(|order| Effect::Abort(ticket(order).lane));
    assert_eq!(stopped.len(), 3);
    assert!(aborted.iter().all(|it| stopped.contains(it)), "{stopped:?}");
    assert_eq!(last_said(&model), "stopped; r reads again");
    assert_eq!(wait(&mut model, 300), [], "nothing goes on by itself");
    let again = press(&mut model, "r");
    let lists = [Place::Users(sid(1)), Place::Channels(sid(2)), Place::Users(sid(2))];
    assert_eq!(bare(&again), lists.map(|place| listing(place, None)));
    world.serve(&mut model, again);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 6));
}

#[test]
fn it_rests_while_the_person_is_elsewhere() {
    let (mut world, mut model) = two();
    world.page = 2;
    let orders = look_for(&mut model, "channel");
    press(&mut model, "Esc");
    assert_eq!(model.path.focus(), Place::Services);
    let rest = world.serve(&mut model, orders);
    assert_eq!((rest, found(&model).len()), (vec![], 0));
    press(&mut model, ":");
    write(&mut model, "find");
    let orders = press(&mut model, "Enter");
    world.serve(&mut model, orders);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 6));
}

#[test]
fn what_failed_is_told_with_its_service_and_r_reads_it_once_more() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, "channel");
    let (failing, rest): (Vec<_>, Vec<_>) =
        orders.into_iter().partition(|it| ticket(it).lane == Lane::List(Place::Channels(sid(2))));
    let then = fail(&mut model, &failing[0], refusal(20_500, "Internal Server Error"));
    let text = "channels of Service 2 could not be read: Internal Server Error";
    assert!(last_said(&model).starts_with(text), "{}", last_said(&model));
    world.serve(&mut model, rest.into_iter().chain(then).collect());
    let progress = find::progress(&model);
    assert_eq!((progress.searched, progress.failed), (1, vec![(sid(2), "channels")]));
    assert_eq!(found(&model).len(), 3);
    assert_eq!(wait(&mut model, 300), [], "it is not asked for by itself");
    let again = press(&mut model, "r");
    assert_eq!(bare(&again), [listing(Place::Channels(sid(2)), None)]);
    world.serve(&mut model, again);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 6));
}

#[test]
fn a_sid_that_could_not_be_asked_for_is_asked_for_once_more() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, &channel(21));
    fail(&mut model, &orders[1], refusal(20_500, "Internal Server Error"));
    assert!(
        last_said(&model).starts_with("Service 2 could not be searched: Internal Server Error")
    );
    world.serve(&mut model, vec![orders[0].clone()]);
    assert_eq!(find::progress(&model).failed, [(sid(2), "the sid")]);
    let again = press(&mut model, "r");
    assert_eq!(again.len(), 1);
    world.serve(&mut model, again);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 1));
}

#[test]
fn without_contact_it_waits_and_goes_on_by_itself() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, "channel");
    let mut failing = orders;
    while let Some(order) = failing.pop() {
        failing.extend(fail(&mut model, &order, problem(ProblemKind::Offline)));
    }
    let mut retried = Vec::new();
    for _ in 0..8 {
        retried.extend(wait(&mut model, 4_000));
    }
    assert!(!retried.is_empty());
    world.serve(&mut model, retried);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 6));
}

#[test]
fn read_again_it_shows_what_there_is_now_and_keeps_what_was_found_until_then() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, "channel");
    world.serve(&mut model, orders);
    press(&mut model, "j");
    let at = model.lists.found.cursor();
    let gone = world.channels.remove(0).sid;
    let again = press(&mut model, "r");
    assert!(!again.is_empty());
    assert_eq!(found(&model).len(), 6, "until everything is read");
    world.serve(&mut model, again);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 5));
    assert!(!numbers(&model).0.contains(&gone.to_string()));
    assert_eq!(model.lists.found.cursor(), at);
}

#[test]
fn the_filter_works_inside_what_was_found() {
    let (mut world, mut model) = two();
    let orders = look_for(&mut model, "1");
    world.serve(&mut model, orders);
    let all = found(&model).len();
    for (typed, holds) in [
        ("kind:user", (|hit| matches!(hit, Hit::User(_))) as fn(&Hit) -> bool),
        ("!kind:user", |hit| matches!(hit, Hit::Channel(_))),
    ] {
        press(&mut model, "/");
        write(&mut model, typed);
        press(&mut model, "Enter");
        let shown = model.rows(Place::Found).map(Rows::shown);
        assert_eq!(shown, Some(found(&model).iter().filter(|hit| holds(hit)).count()), "{typed}");
        press(&mut model, "Esc");
    }
    press(&mut model, "/");
    write(&mut model, "service=\"service 2\"");
    assert!(model.rows(Place::Found).is_some_and(|rows| rows.shown() > 0 && rows.shown() < all));
}

#[test]
fn what_an_earlier_run_left_is_looked_at_too() {
    let (mut world, mut model) = two();
    if let crate::app::model::Session::Open(account) = &mut model.session {
        account.practice = false;
    }
    let orders = look_for(&mut model, "channel");
    let recalls = orders.iter().filter(|it| matches!(it, Effect::RecallListing { .. })).count();
    assert_eq!(recalls, 2);
    world.serve(&mut model, orders);
    assert_eq!((searched(&model), found(&model).len()), ((2, 2), 6));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is pressed meanwhile and in whatever order answers come: at rest, what the server holds is found.
    #[test]
    fn at_rest_everything_that_holds_the_text_is_found(
        page in 1_usize..4,
        text in prop::sample::select(vec!["1", "2", "channel", "user", "3"]),
        turns in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(
            vec!["", "j", "^c", "r", "s Enter", "Enter", "Backspace", "fail"])), 0..40),
    ) {
        let mut world = World::of(3, 4, 3).paged(page);
        let mut model = console_at(&mut world, NARROW, &[]);
        let mut waiting = look_for(&mut model, text);
        for (at, key) in turns {
            if waiting.is_empty() {
                break;
            }
            let order = waiting.remove(at.index(waiting.len()));
            if key == "fail" && matches!(order, Effect::ListChannels { .. } | Effect::ListUsers { .. }) {
                waiting.extend(fail(&mut model, &order, refusal(20_500, "Internal Server Error")));
                continue;
            }
            let answer = world.answer(&order);
            waiting.extend(answer.into_iter().flat_map(|it| crate::app::update::update(&mut model, it)));
            // A second `^c` with nothing to stop would quit.
            if key != "fail" && !(key == "^c" && waiting.is_empty()) {
                waiting.extend(press(&mut model, key));
            }
            prop_assert!(is_sound(&model.lists.found));
        }
        world.serve(&mut model, waiting);
        world.press(&mut model, "Esc Esc Esc Esc Esc Esc");
        let orders = look_for(&mut model, "");
        world.serve(&mut model, orders);
        // Goes on, and tries again what failed.
        for _ in 0..10 {
            if model.lists.found.is_complete() {
                break;
            }
            let again = press(&mut model, "r");
            world.serve(&mut model, again);
        }
        prop_assert_eq!(searched(&model), (3, 3));
        let (mut channels, mut users) = numbers(&model);
        let folded = |name: &str| name.to_lowercase().contains(text);
        let mut expected: Vec<String> = world.channels.iter()
            .filter(|it| {
                let names = [&it.friendly_name, &it.unique_name];
                folded(&it.sid.to_string()) || names.into_iter().flatten().any(|it| folded(it.raw()))
            })
            .map(|it| it.sid.to_string()).collect();
        let mut people: Vec<String> = world.users.iter()
            .filter(|it| {
                let name = it.friendly_name.as_ref().is_some_and(|it| folded(it.raw()));
                folded(it.identity.raw()) || name || folded(&it.sid.to_string())
            })
            .map(|it| it.sid.to_string()).collect();
        for rows in [&mut channels, &mut users, &mut expected, &mut people] {
            rows.sort();
        }
        prop_assert_eq!((channels, users), (expected, people));
    }
}
