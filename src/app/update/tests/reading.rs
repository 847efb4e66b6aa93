//! What is only read: messages on demand, invites, roles.

use crate::api::{attributes::Attributes, page::NextPage, remote_text::RemoteText};
use crate::app::{
    effect::Effect,
    list::Rows,
    model::Model,
    msg::Msg,
    notice::ProblemKind,
    place::{Place, Subject},
    testing::{
        World, bare, console_at, fail, is_sound, last_said, listing, message, on, page, press,
        problem, refusal, reply, sid, wait, write,
    },
    ticket::{Lane, Person},
    update::update,
};

const NARROW: (u16, u16) = (80, 24);

fn messages() -> Place {
    Place::Messages(sid(1), sid(11))
}

fn more(from: usize) -> Effect {
    listing(messages(), Some(&NextPage::made_up(format!("{from}@0"))))
}

fn numbers(model: &Model) -> (usize, usize, usize) {
    let rows = model.rows(messages()).expect("a list");
    (rows.shown(), rows.loaded(), rows.at())
}

/// A channel in which so much was said, read in pages of fifty.
fn talkative(count: u32) -> World {
    let mut world = World::of(1, 2, 2).paged(50);
    world.messages = (0..count).rev().map(|at| message(1, 11, at)).collect();
    world
}

fn at_messages(count: u32) -> (World, Model) {
    let mut world = talkative(count);
    let model = console_at(&mut world, NARROW, &[Place::Channels(sid(1)), messages()]);
    (world, model)
}

#[test]
fn messages_are_asked_for_page_by_page_as_the_cursor_nears_their_end() {
    let (mut world, mut model) = at_messages(220);
    assert_eq!(numbers(&model), (50, 50, 0), "one page, though there are more");
    assert_eq!(wait(&mut model, 60_000), [], "nothing more is asked by itself");
    for _ in 0..20 {
        assert_eq!(press(&mut model, "j"), [], "the window is far from the end");
    }
    let second = press(&mut model, "G");
    assert_eq!(bare(&second), [more(50)]);
    assert_eq!(press(&mut model, "k j G"), [], "it is on its way");
    assert_eq!(world.serve(&mut model, second), []);
    assert_eq!(numbers(&model), (100, 100, 49), "the cursor stays on its message");
    for loaded in [150, 200, 220] {
        world.press(&mut model, "G");
        assert_eq!(numbers(&model).1, loaded);
    }
    assert_eq!(press(&mut model, "G"), [], "all is read");
    assert!(model.lists.messages[&sid(11)].is_complete());
}

#[test]
fn a_filter_sees_what_is_loaded_and_reads_on_only_when_told() {
    let mut world = talkative(220);
    world.messages[217].body = Some(RemoteText::new("the needle"));
    let mut model = console_at(&mut world, NARROW, &[Place::Channels(sid(1)), messages()]);
    press(&mut model, "/");
    assert_eq!(write(&mut model, "needle"), [], "no page is asked for to feed a filter");
    press(&mut model, "Enter");
    assert_eq!(numbers(&model), (0, 50, 0), "it is among the oldest");
    assert_eq!(wait(&mut model, 60_000), []);
    let second = press(&mut model, "j");
    assert_eq!(bare(&second), [more(50)], "a wish to go beyond the end is one for the next page");
    assert_eq!(world.serve(&mut model, second), []);
    world.press(&mut model, "j j j");
    assert_eq!(numbers(&model), (1, 220, 0), "it is found");
    assert!(is_sound(&model.lists.messages[&sid(11)]));
    let narrowed = press(&mut model, "Esc");
    assert_eq!((narrowed, numbers(&model).0), (vec![], 220));
}

#[test]
fn a_refresh_reads_as_far_as_was_loaded_and_shows_what_is_new_at_the_top() {
    let (mut world, mut model) = at_messages(220);
    world.press(&mut model, "G G");
    assert_eq!(numbers(&model), (150, 150, 99));
    let pointed = model.lists.messages[&sid(11)].cursor();
    world.messages.insert(0, message(1, 11, 220));
    world.messages.retain(|it| it.index != Some(200));
    let first = press(&mut model, "r");
    assert_eq!(bare(&first), [listing(messages(), None)]);
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    assert_eq!(bare(&second), [more(50)], "the former rows went further");
    assert_eq!(numbers(&model), (150, 150, 99), "they stay meanwhile");
    assert_eq!(world.serve(&mut model, second), []);
    assert_eq!(numbers(&model).1, 150, "no further than before");
    let list = &model.lists.messages[&sid(11)];
    assert_eq!(list.first_rows()[..2], [sid(11_220), sid(11_219)], "the newest first");
    assert!(!list.holds(sid(11_200)) && list.cursor() == pointed);
}

#[test]
fn what_was_answered_late_does_not_land_among_the_messages() {
    let (mut world, mut model) = at_messages(220);
    let old = press(&mut model, "G");
    let new = press(&mut model, "r");
    let stale = page(vec![message(1, 11, 999)], Some("150@0"));
    assert_eq!(update(&mut model, Msg::MessagesArrived(reply(&old[0], stale))), []);
    assert_eq!(model.entities.message(sid(11_999)), None);
    world.serve(&mut model, new);
    assert_eq!(numbers(&model).1, 100, "the cursor stood at the end, so that is read again too");
}

#[test]
fn a_failed_page_of_messages_is_asked_again_by_going_on() {
    let (mut world, mut model) = at_messages(220);
    let second = press(&mut model, "G");
    fail(&mut model, &second[0], problem(ProblemKind::Throttled));
    assert_eq!(last_said(&model), "messages could not be read: too many requests");
    assert_eq!((wait(&mut model, 60_000), numbers(&model).1), (vec![], 50));
    let again = press(&mut model, "G");
    assert_eq!(bare(&again), [more(50)]);
    let restart = fail(&mut model, &again[0], refusal(21_481, "Invalid page token"));
    assert_eq!(bare(&restart), [listing(messages(), None)]);
    world.serve(&mut model, restart);
    assert!(numbers(&model).1 >= 50 && is_sound(&model.lists.messages[&sid(11)]));
}

#[test]
fn a_message_is_read_whole_and_scrolled_to_its_end_and_no_further() {
    let mut world = talkative(3);
    let body: Vec<String> = (0..40).map(|line| format!("line {line}")).collect();
    world.messages[0].body = Some(RemoteText::new(body.join("\n")));
    world.messages[0].attributes = Attributes::from_text("{\"a\": [1, 2]}");
    let mut model = console_at(&mut world, NARROW, &[Place::Channels(sid(1)), messages()]);
    let place = Place::Message(sid(1), sid(11), sid(11_002));
    assert_eq!(press(&mut model, "Enter"), [], "it came with its list");
    assert_eq!(model.path.focus(), place);
    press(&mut model, "G");
    let end = model.stands[&place];
    assert!(end > 20 && end < 40, "{end}");
    press(&mut model, "j j k");
    assert_eq!(model.stands[&place], end - 1, "what is pressed beyond the end is not counted");
    press(&mut model, "g");
    assert_eq!(model.stands[&place], 0);
    press(&mut model, "i");
    let attributes = Place::Attributes(sid(1), Subject::Message(sid(11_002)));
    assert_eq!(model.path.focus(), attributes);
    assert_eq!(model.trees[&Subject::Message(sid(11_002))].row_count(), 4);
    press(&mut model, "i");
    assert_eq!(model.path.focus(), place);
    press(&mut model, "Esc i");
    assert_eq!(model.path.focus(), attributes, "from the row too");
    assert_eq!(bare(&press(&mut model, "r")), [listing(messages(), None)]);
}

#[test]
fn nothing_that_is_only_read_can_be_edited() {
    let mut world = World::of(1, 2, 2);
    for keys in ["Enter 6", "Enter 6 Enter", "Enter 7", "8", "8 Enter", "4", "4 Enter", "9"] {
        let mut model = console_at(&mut world, NARROW, &[]);
        world.press(&mut model, keys);
        assert_eq!(press(&mut model, "e"), [], "{keys}");
        assert!(model.overlay.is_none(), "{keys}");
        let words = "channels and memberships can be edited; open or point at one first";
        assert_eq!(last_said(&model), words, "{keys}");
    }
}

#[test]
fn messages_and_invites_need_a_channel_and_roles_a_service() {
    let mut world = World::of(1, 2, 2);
    let mut model = console_at(&mut world, NARROW, &[]);
    assert_eq!(press(&mut model, "6"), []);
    assert_eq!(last_said(&model), "messages belong to a channel; open or point at one first");
    assert_eq!(press(&mut model, "7"), []);
    assert_eq!(last_said(&model), "invites belong to a channel; open or point at one first");
    world.press(&mut model, "8");
    assert_eq!(model.path.places(), [Place::Services, Place::Roles(sid(1))]);
    press(&mut model, "8");
    assert_eq!(last_said(&model), "you are there");
}

#[test]
fn invites_are_labelled_with_the_roles_of_the_service() {
    let mut world = World::of(1, 2, 2);
    let mut model = console_at(&mut world, NARROW, &[Place::Channels(sid(1))]);
    let invites = Place::Invites(sid(1), sid(11));
    let orders = press(&mut model, "7");
    let roles = listing(Place::Roles(sid(1)), None);
    assert_eq!(bare(&orders), [listing(invites, None), roles.clone()]);
    world.serve(&mut model, orders);
    press(&mut model, "/");
    write(&mut model, "role 11");
    assert_eq!(model.rows(invites).map(Rows::shown), Some(1), "the filter sees the role's name");
    press(&mut model, "Enter Esc Esc");
    assert_eq!(press(&mut model, "7"), [], "what is known is not asked for again");
    assert_eq!(bare(&press(&mut model, "r")), [listing(invites, None), roles]);
}

#[test]
fn who_is_invited_opens_as_a_user_where_there_is_one() {
    let mut world = World::of(1, 2, 2);
    let invites = Place::Invites(sid(1), sid(11));
    let mut model = console_at(&mut world, NARROW, &[Place::Channels(sid(1)), invites]);
    let ask = Effect::FetchPerson {
        ticket: on(Lane::Person(Person::Invited(sid(11_012)))),
        service: sid(1),
        identity: RemoteText::new("user-12"),
    };
    let orders = press(&mut model, "Enter");
    assert_eq!(bare(&orders), std::slice::from_ref(&ask));
    fail(&mut model, &orders[0], problem(ProblemKind::Gone));
    assert_eq!(last_said(&model), "who is invited here is not a user of the service");
    let orders = press(&mut model, "Enter");
    assert_eq!(bare(&orders), [ask]);
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), Place::Memberships(sid(1), sid(12)));
}

#[test]
fn a_role_is_read_with_its_list() {
    let mut world = World::of(1, 2, 2);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "8 j Enter");
    assert_eq!(model.path.focus(), Place::Role(sid(1), sid(12)));
    assert_eq!(bare(&press(&mut model, "r")), [listing(Place::Roles(sid(1)), None)]);
}

#[test]
fn what_failed_without_contact_is_tried_again_under_a_text() {
    let (_, mut model) = at_messages(3);
    press(&mut model, "Enter");
    let orders = press(&mut model, "r");
    fail(&mut model, &orders[0], problem(ProblemKind::Offline));
    assert_eq!(bare(&wait(&mut model, 2_000)), [listing(messages(), None)]);
}

#[test]
fn reading_messages_can_be_given_up() {
    let (_, mut model) = at_messages(220);
    press(&mut model, "G");
    assert_eq!(press(&mut model, "^c"), [Effect::Abort(Lane::List(messages()))]);
    assert_eq!(wait(&mut model, 10_000), []);
    assert_eq!(bare(&press(&mut model, "j")), [more(50)], "going on asks again");
}
