//! Flex channels: how they are labelled, what they join, what is missing.

use crate::app::{
    effect::Effect,
    entities::FlexKey,
    list::Rows,
    model::Model,
    msg::Msg,
    notice::ProblemKind,
    place::Place,
    places::{
        flex_channel::{Part, Standing, standing},
        names,
    },
    testing::{
        World, bare, console_at, fail, flex_channel, is_sound, last_said, listing, on, press,
        problem, reply, sid, wait, write,
    },
    ticket::Lane,
    update::update,
};

const NARROW: (u16, u16) = (80, 24);

fn chat(number: u32) -> Effect {
    let lane = Lane::Channel(sid(number));
    Effect::FetchChannel { ticket: on(lane), service: sid(1), channel: sid(number) }
}

fn user(number: u32) -> Effect {
    Effect::FetchUser { ticket: on(Lane::User(sid(number))), service: sid(1), user: sid(number) }
}

fn flex(number: u32) -> Effect {
    Effect::FetchFlexChannel { ticket: on(Lane::FlexChannel(sid(number))), channel: sid(number) }
}

/// At the Flex channels of an account with one service, its flow 901 and channels 11, 12 ….
fn at_flex(world: &mut World) -> Model {
    console_at(world, NARROW, &[Place::Flex])
}

/// At the first Flex channel, its parts in a state.
fn opened(world: &mut World) -> Model {
    let mut model = at_flex(world);
    world.press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::FlexChannel(sid(11)));
    model
}

fn missing(model: &Model, part: Part) -> String {
    match standing(model, sid(11), part) {
        Standing::Missing(why) => why,
        other => panic!("{part:?} is {other:?}"),
    }
}

#[test]
fn flex_channels_and_flows_are_read_when_flex_opens_and_names_come_few_at_a_time() {
    let mut world = World::of(1, 3, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    let orders = press(&mut model, "4");
    assert_eq!(model.path.places(), [Place::Services, Place::Flex]);
    assert_eq!(bare(&orders), [listing(Place::Flex, None), listing(Place::Flows, None)]);
    let rows = update(&mut model, world.answer(&orders[0]).expect("a page"));
    assert_eq!(rows, [], "without its flow a Flex channel has no service to ask");
    let named = update(&mut model, world.answer(&orders[1]).expect("a page"));
    assert_eq!(bare(&named), [chat(11), user(11), chat(12), chat(13)], "the user is theirs all");
    world.serve(&mut model, named);
    assert_eq!(wait(&mut model, 60_000), [], "each is asked once");
    press(&mut model, "/");
    write(&mut model, "user-11 flow channel-12");
    assert_eq!(model.rows(Place::Flex).map(Rows::shown), Some(1), "all that is joined is seen");
}

#[test]
fn a_filter_says_how_many_names_it_has_not_seen() {
    let mut world = World::of(1, 40, 40);
    let flows = world.flows.clone();
    world.flows.clear();
    let mut model = at_flex(&mut world);
    assert_eq!(names::unseen(&model, Place::Flex), 0, "without a filter nothing is left out");
    press(&mut model, "/");
    write(&mut model, "x");
    assert_eq!(names::unseen(&model, Place::Flex), 40);
    world.flows = flows;
    press(&mut model, "Esc");
    world.press(&mut model, "r");
    press(&mut model, "/");
    let asked = write(&mut model, "x");
    world.serve(&mut model, asked);
    assert_eq!(names::unseen(&model, Place::Flex), 0, "for a filter all names are fetched");
}

#[test]
fn the_flows_are_read_to_their_end() {
    let mut world = World::of(5, 1, 1).paged(2);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "4");
    assert!(model.lists.flows.is_complete());
    assert_eq!(model.lists.flows.loaded(), 5);
}

#[test]
fn every_part_that_is_there_leads_on_and_back() {
    let mut world = World::of(1, 3, 2);
    let mut model = opened(&mut world);
    for (keys, place) in [
        ("Enter", Place::Channel(sid(1), sid(11))),
        ("j Enter", Place::Memberships(sid(1), sid(12))),
        ("j Enter", Place::Channels(sid(1))),
    ] {
        world.press(&mut model, keys);
        assert_eq!(model.path.focus(), place, "{keys}");
        press(&mut model, "h");
        assert_eq!(model.path.focus(), Place::FlexChannel(sid(11)), "back from {place:?}");
    }
    press(&mut model, "j j j Enter");
    assert_eq!(last_said(&model), "no task");
    assert_eq!(model.path.focus(), Place::FlexChannel(sid(11)));
    press(&mut model, "k Enter");
    assert_eq!(model.path.focus(), Place::Channels(sid(1)), "the cursor stayed on the last part");
}

#[test]
fn a_flex_channel_stands_for_its_chat_channel() {
    let mut world = World::of(1, 3, 2);
    for (keys, place) in [
        ("3", Place::Members(sid(1), sid(11))),
        ("6", Place::Messages(sid(1), sid(11))),
        ("7", Place::Invites(sid(1), sid(11))),
        ("1", Place::Channels(sid(1))),
    ] {
        let mut model = at_flex(&mut world);
        world.press(&mut model, keys);
        assert_eq!(model.path.focus(), place, "{keys}");
        let mut model = opened(&mut world);
        world.press(&mut model, keys);
        assert_eq!(model.path.focus(), place, "Enter {keys}");
    }
}

#[test]
fn a_missing_chat_channel_or_user_says_so_and_leads_nowhere() {
    let mut world = World::of(1, 3, 2);
    world.channels.retain(|it| it.sid != sid(11));
    world.users.retain(|it| it.sid != sid(12));
    let mut model = opened(&mut world);
    let short = sid::<crate::api::Channel>(11).short();
    let why = format!("the chat channel is gone: Service 1 no longer knows {short}");
    assert_eq!(missing(&model, Part::Channel), why);
    press(&mut model, "Enter");
    assert_eq!(last_said(&model), why, "Enter says why");
    let short = sid::<crate::api::User>(12).short();
    let why = format!("the user is gone: Service 1 no longer knows {short}");
    assert_eq!(missing(&model, Part::User), why);
    press(&mut model, "j Enter");
    assert_eq!(last_said(&model), why);
    assert_eq!(model.path.focus(), Place::FlexChannel(sid(11)));
}

#[test]
fn without_its_flow_a_flex_channel_has_no_service() {
    let mut world = World::of(1, 3, 2);
    world.flows.clear();
    let mut model = opened(&mut world);
    let short = sid::<crate::api::FlexFlow>(901).short();
    let why =
        format!("the flow {short} is not in this account any more, so the chat service is unknown");
    assert_eq!(missing(&model, Part::Flow), why);
    assert_eq!(
        missing(&model, Part::Channel),
        "the chat channel cannot be looked up: the chat service is unknown"
    );
    assert_eq!(missing(&model, Part::Task), "no task");
    press(&mut model, "j j Enter");
    assert_eq!(last_said(&model), why);
    press(&mut model, "3");
    assert_eq!(last_said(&model), "members belong to a channel; open or point at one first");
}

#[test]
fn a_chat_channel_that_was_seen_elsewhere_tells_the_service_that_the_flow_cannot() {
    let mut world = World::of(1, 3, 2);
    world.flows.clear();
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter 4 Enter");
    let place = Place::Channel(sid(1), sid(11));
    assert_eq!(standing(&model, sid(11), Part::Channel), Standing::Here(place));
}

#[test]
fn parts_that_could_not_be_read_say_so_and_are_tried_again() {
    let mut world = World::of(1, 1, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    let orders = press(&mut model, "4");
    world.serve(&mut model, vec![orders[0].clone()]);
    fail(&mut model, &orders[1], problem(ProblemKind::Offline));
    press(&mut model, "Enter");
    let flow = standing(&model, sid(11), Part::Flow);
    assert!(matches!(&flow, Standing::Unread(Place::Flows, why) if why.contains("could not")));
    let again = wait(&mut model, 2_000);
    assert_eq!(bare(&again), [listing(Place::Flows, None)], "by itself");
    let named = update(&mut model, world.answer(&again[0]).expect("a page"));
    assert_eq!(bare(&named), [chat(11), user(11)]);
    fail(&mut model, &named[0], problem(ProblemKind::Throttled));
    let words = "the chat channel could not be read: too many requests";
    let place = Place::Channel(sid(1), sid(11));
    let unread = Standing::Unread(place, words.to_owned());
    assert_eq!(standing(&model, sid(11), Part::Channel), unread);
    assert_eq!(standing(&model, sid(11), Part::User), Standing::Reading);
}

#[test]
fn a_refresh_reads_the_flex_channel_its_parts_and_the_flows() {
    let mut world = World::of(1, 1, 1);
    let mut model = opened(&mut world);
    let orders = press(&mut model, "r");
    assert_eq!(bare(&orders), [flex(11), chat(11), user(11), listing(Place::Flows, None)]);
    assert_eq!(
        press(&mut model, "^c"),
        [
            Effect::Abort(Lane::List(Place::Flows)),
            Effect::Abort(Lane::FlexChannel(sid(11))),
            Effect::Abort(Lane::Channel(sid(11))),
            Effect::Abort(Lane::User(sid(11))),
        ]
    );
    let late = flex_channel(11, 999, 11);
    update(&mut model, Msg::FlexChannelArrived(reply(&orders[0], late)));
    let known = model.entities.flex_channel(sid(11)).and_then(|flex| flex.flow_sid);
    assert_eq!(known, Some(sid(901)), "what comes late is not wanted");
    let orders = press(&mut model, "r");
    fail(&mut model, &orders[0], problem(ProblemKind::Gone));
    let words = format!("Flex no longer knows {}", sid::<crate::api::Channel>(11).short());
    assert_eq!(last_said(&model), words);
}

#[test]
fn a_flow_leads_to_the_channels_of_its_service() {
    let mut world = World::of(2, 2, 1);
    world.flows[1].chat_service_sid = None;
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "9 Enter");
    assert_eq!(
        model.path.places(),
        [Place::Services, Place::Flows, Place::Channels(sid(1))],
        "beside the services, and back the way one came"
    );
    press(&mut model, "h j Enter");
    assert_eq!(last_said(&model), "this flow names no chat service");
}

#[test]
fn panes_follow_from_the_flex_channels_over_their_parts() {
    let mut world = World::of(1, 2, 1);
    let mut model = console_at(&mut world, (200, 50), &[Place::Flex]);
    let first = [Place::FlexChannel(sid(11)), Place::Channel(sid(1), sid(11))];
    assert_eq!(model.previews, first);
    world.press(&mut model, "Enter j");
    let rested = wait(&mut model, 200);
    world.serve(&mut model, rested);
    assert_eq!(model.previews[0], Place::Memberships(sid(1), sid(11)), "the user under the cursor");
}

#[test]
fn a_filter_takes_in_each_row_as_its_name_comes() {
    let mut world = World::of(1, 6, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    let pages = press(&mut model, "4");
    let mut names = Vec::new();
    for order in pages {
        names.extend(update(&mut model, world.answer(&order).expect("a page")));
    }
    press(&mut model, "/");
    write(&mut model, "channel-1 !channel-13");
    let shown = |model: &Model| model.rows(Place::Flex).map_or(0, Rows::shown);
    assert_eq!(shown(&model), 0, "no name is known yet");
    world.serve(&mut model, names);
    let of = [11, 12, 14, 15, 16].map(|number| FlexKey(sid(number)));
    assert_eq!(model.lists.flex.window(), of, "in the order of the rows");
    assert!(is_sound(&model.lists.flex));
}
