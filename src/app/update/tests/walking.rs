//! Going elsewhere: by what is pasted, back and forth through the places that were visited.

use crate::api::chat::{channels::Channel, services::Service, users::User};
use crate::api::sid::Sid;
use crate::app::{
    effect::Effect,
    keymap::Context,
    model::{Model, Overlay},
    msg::Msg,
    place::Place,
    testing::{World, console_at, last_said, press, sid, write},
    update::update,
};

const NARROW: (u16, u16) = (80, 24);

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    update(model, Msg::Pasted(text.to_owned()))
}

#[test]
fn a_pasted_sid_or_url_is_offered_and_enter_goes_there() {
    let mut world = World::of(2, 3, 2);
    let service: Sid<Service> = sid(1);
    let channel: Sid<Channel> = world.channels[1].sid;
    let user: Sid<User> = world.users[0].sid;
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter");
    assert_eq!(paste(&mut model, &format!("{channel}\n")), []);
    assert_eq!(model.contexts().first(), Some(&Context::Offer));
    press(&mut model, "Esc");
    assert!(model.overlay.is_none());
    assert_eq!(model.path.focus(), Place::Channels(service), "nothing happened");

    paste(&mut model, &channel.to_string());
    let orders = press(&mut model, "Enter");
    assert!(orders.iter().any(|order| matches!(order, Effect::FetchChannel { .. })), "{orders:?}");
    world.serve(&mut model, orders);
    let there = [Place::Services, Place::Channels(service), Place::Channel(service, channel)];
    assert_eq!(model.path.places(), there);

    let url = format!("https://console.example.com/chat/{service}/users/{user}?x=1");
    paste(&mut model, &url);
    world.press(&mut model, "Enter");
    let there = [Place::Services, Place::Users(service), Place::Memberships(service, user)];
    assert_eq!(model.path.places(), there);
    world.press(&mut model, "-");
    assert_eq!(model.path.focus(), Place::Channel(service, channel));

    paste(&mut model, &service.to_string());
    world.press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::Channels(service));
}

#[test]
fn what_is_no_address_is_not_offered_and_text_stays_text() {
    let mut world = World::of(1, 3, 2);
    let channel = world.channels[0].sid.to_string();
    let mut model = console_at(&mut world, NARROW, &[Place::Channels(sid(1))]);
    for text in ["hello", "", "CH12", &format!("{}{channel}", "x ".repeat(1_000))] {
        paste(&mut model, text);
        assert!(model.overlay.is_none(), "{text}");
        assert!(last_said(&model).starts_with("nothing here takes text"));
    }
    press(&mut model, "/");
    paste(&mut model, &channel);
    assert_eq!(model.prompt.as_ref().map(crate::app::prompt::Prompt::text), Some(&*channel));
    press(&mut model, "Esc !");
    paste(&mut model, &channel);
    assert!(matches!(model.overlay, Some(Overlay::Messages { .. })), "what lies there stays");
}

#[test]
fn the_way_leads_back_and_forth_and_every_place_is_as_it_was_left() {
    let mut world = World::of(2, 9, 2);
    let service = sid(1);
    let mut model = console_at(&mut world, NARROW, &[]);
    for (key, told) in [
        ("[", "this is where you began"),
        ("]", "you have not gone back from anywhere"),
        ("-", "you have been nowhere else yet"),
    ] {
        press(&mut model, key);
        assert_eq!(last_said(&model), told);
    }
    world.press(&mut model, "Enter /");
    let orders = write(&mut model, "l-1");
    world.serve(&mut model, orders);
    world.press(&mut model, "Enter j j");
    let at = model.channel_at(Place::Channels(service));
    world.press(&mut model, "Enter 2 4");
    assert_eq!(model.path.focus(), Place::Flex);
    world.press(&mut model, "[");
    assert_eq!(model.path.focus(), Place::Users(service));
    world.press(&mut model, "[ [");
    assert_eq!(model.path.focus(), Place::Channels(service));
    assert_eq!(model.channel_at(Place::Channels(service)), at);
    let rows = model.rows(Place::Channels(service)).expect("a list");
    assert_eq!(rows.filter(), "l-1");
    world.press(&mut model, "[");
    assert_eq!(model.path.focus(), Place::Services);
    world.press(&mut model, "] ]");
    assert!(matches!(model.path.focus(), Place::Channel(..)));
    world.press(&mut model, "-");
    assert_eq!(model.path.focus(), Place::Channels(service), "where one was last");
    world.press(&mut model, "-");
    assert!(matches!(model.path.focus(), Place::Channel(..)), "and back");
    press(&mut model, "]");
    assert_eq!(last_said(&model), "you have not gone back from anywhere", "a new way begins here");
}

#[test]
fn the_history_has_an_end() {
    let mut world = World::of(1, 1, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    for _ in 0..200 {
        world.press(&mut model, "4 @");
    }
    let steps = (0..1_000).take_while(|_| {
        let before = model.path.clone();
        world.press(&mut model, "[");
        model.path != before
    });
    assert_eq!(steps.count(), 100);
}
