//! What is fetched for the eye only: names, previews, the user behind a member.

use ratatui::layout::Size;

use crate::api::remote_text::RemoteText;
use crate::app::{
    effect::Effect,
    model::Model,
    msg::Msg,
    notice::ProblemKind,
    place::Place,
    testing::{
        World, bare, console_at, fail, last_said, listing, on, press, problem, reply, sid, user,
        wait,
    },
    ticket::{Lane, Person},
    update::update,
};

fn name_of(number: u32) -> Effect {
    let lane = Lane::Channel(sid(number));
    Effect::FetchChannel { ticket: on(lane), service: sid(1), channel: sid(number) }
}

fn person(member: u32, identity: &str) -> Effect {
    Effect::FetchPerson {
        ticket: on(Lane::Person(Person::Member(sid(member)))),
        service: sid(1),
        identity: RemoteText::new(identity),
    }
}

fn members() -> Place {
    Place::Members(sid(1), sid(11))
}

/// At the members of channel 11, whose users are not known.
fn at_members(width: u16) -> (World, Model) {
    let mut world = World::of(1, 3, 3);
    let model = console_at(&mut world, (width, 24), &[Place::Channels(sid(1)), members()]);
    (world, model)
}

#[test]
fn names_are_fetched_four_at_a_time_once_and_only_for_rows_in_view() {
    let mut world = World::of(1, 30, 1);
    let mut model = console_at(&mut world, (80, 14), &[Place::Users(sid(1))]);
    let orders = press(&mut model, "Enter");
    let first = update(&mut model, world.answer(&orders[0]).expect("a page"));
    assert_eq!(bare(&first), [1001, 1002, 1003, 1004].map(name_of));
    assert_eq!(press(&mut model, "j k"), [], "four are out");
    let fifth = update(&mut model, world.answer(&first[0]).expect("a channel"));
    assert_eq!(bare(&fifth), [name_of(1005)], "one in, one out");
    let next = fail(&mut model, &first[1], problem(ProblemKind::Gone));
    assert_eq!(bare(&next), [name_of(1006)]);
    let rest: Vec<Effect> = [&first[2..], &fifth, &next].concat();
    assert_eq!(world.serve(&mut model, rest), []);
    let in_view = model.lists.memberships[&sid(1001)].window().len();
    let known = world.channels.iter().filter(|it| model.entities.channel(it.sid).is_some());
    let known = known.count();
    assert!(in_view < 30 && known <= in_view, "{known} of {in_view} rows in view");
    assert_eq!(wait(&mut model, 5_000), [], "a name that could not be read is not asked for again");
    let next = press(&mut model, "G");
    assert_eq!(next.len(), 4, "the rows that came into view");
    assert!(bare(&next).contains(&name_of(1030 + 1 - u32::try_from(in_view).unwrap_or(0))));
}

#[test]
fn previews_follow_the_cursor_after_a_rest_and_never_ask_at_a_key() {
    let mut world = World::of(1, 9, 2);
    let mut model = console_at(&mut world, (120, 40), &[Place::Channels(sid(1))]);
    for _ in 0..5 {
        assert_eq!(press(&mut model, "j"), []);
        assert_eq!(wait(&mut model, 100), [], "it has not rested yet");
    }
    let followed = wait(&mut model, 20);
    let of_sixteen = Place::Members(sid(1), sid(16));
    assert_eq!(bare(&followed), [listing(of_sixteen, None)], "only where it came to rest");
    assert_eq!(model.previews.first(), Some(&Place::Channel(sid(1), sid(16))));
    world.serve(&mut model, followed);
    press(&mut model, "k j");
    assert_eq!(wait(&mut model, 120), [], "what is known is not asked for again");
}

#[test]
fn a_narrow_screen_asks_for_no_previews() {
    let mut world = World::of(1, 9, 2);
    let mut model = console_at(&mut world, (99, 40), &[Place::Channels(sid(1))]);
    press(&mut model, "j");
    assert_eq!(wait(&mut model, 1_000), []);
    let wider = update(&mut model, Msg::Resized(Size::new(100, 40)));
    assert_eq!(bare(&wider), [listing(Place::Members(sid(1), sid(12)), None)]);
}

#[test]
fn previews_read_one_page_the_focus_reads_all() {
    let mut world = World::of(1, 9, 2).paged(4);
    let mut model = console_at(&mut world, (120, 40), &[]);
    let channels = Place::Channels(sid(1));
    assert_eq!(model.rows(channels).map(crate::app::list::Rows::loaded), Some(4));
    world.press(&mut model, "Enter");
    assert_eq!(model.rows(channels).map(crate::app::list::Rows::loaded), Some(9));
}

#[test]
fn a_member_opens_its_user_found_by_identity() {
    let (mut world, mut model) = at_members(80);
    let orders = press(&mut model, "Enter");
    assert_eq!(bare(&orders), [person(11_011, "user-11")]);
    assert_eq!(model.path.focus(), members(), "not there yet");
    let then = update(&mut model, world.answer(&orders[0]).expect("a user"));
    let memberships = Place::Memberships(sid(1), sid(11));
    assert_eq!(model.path.focus(), memberships);
    assert_eq!(bare(&then), [listing(memberships, None)]);
    world.serve(&mut model, then);
    press(&mut model, "Esc");
    assert_eq!(bare(&press(&mut model, "Enter")), [], "known by now");
    assert_eq!(model.path.focus(), memberships);
}

#[test]
fn esc_while_the_user_loads_stays_with_the_members() {
    let (mut world, mut model) = at_members(80);
    let orders = press(&mut model, "Enter");
    assert_eq!(press(&mut model, "Esc"), []);
    assert_eq!(model.path.focus(), members());
    update(&mut model, world.answer(&orders[0]).expect("a user"));
    assert_eq!(model.path.focus(), members(), "nobody waits for it any more");
    press(&mut model, "Esc");
    assert_eq!(model.path.focus(), Place::Channels(sid(1)));
}

#[test]
fn a_user_that_comes_when_the_person_has_gone_elsewhere_opens_nothing() {
    let (mut world, mut model) = at_members(80);
    let orders = press(&mut model, "Enter 2");
    update(&mut model, world.answer(&orders[0]).expect("a user"));
    assert_eq!(model.path.focus(), Place::Users(sid(1)));
    world.press(&mut model, "1 3");
    assert_eq!(model.path.focus(), members());
    press(&mut model, "Esc");
    assert_eq!(model.path.focus(), Place::Channels(sid(1)), "Esc is not spent on it");
}

#[test]
fn a_member_without_a_user_says_so() {
    let (_, mut model) = at_members(80);
    let orders = press(&mut model, "Enter");
    fail(&mut model, &orders[0], problem(ProblemKind::Gone));
    assert_eq!(last_said(&model), "this member has no user in the service any more");
    let orders = press(&mut model, "Enter");
    assert_eq!(bare(&orders), [person(11_011, "user-11")], "Enter asks once more");
    fail(&mut model, &orders[0], problem(ProblemKind::Throttled));
    assert_eq!(last_said(&model), "the member's user could not be read: too many requests");
}

#[test]
fn wide_screens_find_the_user_of_the_member_at_rest_once() {
    let (mut world, mut model) = at_members(120);
    assert_eq!(press(&mut model, "j"), []);
    assert_eq!(bare(&wait(&mut model, 120)), [person(11_012, "user-12")]);
    assert_eq!(wait(&mut model, 1_000), []);
    press(&mut model, "k");
    world.serve(&mut model, Vec::new());
    assert_eq!(wait(&mut model, 120), [], "the first member's user is known already");
}

#[test]
fn enter_on_a_member_whose_user_is_being_read_for_the_preview_waits_for_that_answer() {
    let (_, mut model) = at_members(120);
    press(&mut model, "j");
    let asked = wait(&mut model, 120);
    assert_eq!(press(&mut model, "Enter"), []);
    update(&mut model, Msg::PersonArrived(reply(&asked[0], user(1, 12))));
    assert_eq!(model.path.focus(), Place::Memberships(sid(1), sid(12)));
}

#[test]
fn cancel_while_the_user_loads_leaves_nothing_loading() {
    let (_, mut model) = at_members(80);
    press(&mut model, "Enter");
    assert_eq!(press(&mut model, "^c"), [Effect::Abort(Lane::Person(Person::Member(sid(11_011))))]);
    assert!(!model.fetches.values().any(crate::app::remote::Remote::is_loading));
    assert_eq!(bare(&press(&mut model, "Enter")), [person(11_011, "user-11")], "Enter asks anew");
}
