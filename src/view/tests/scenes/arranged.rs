//! Lists that are sorted, marked, filtered and counted.

use super::{Extent, account};
use crate::api::attributes::Attributes;
use crate::app::{
    effect::Effect,
    model::Model,
    msg::Msg,
    place::Place,
    testing::{World, console_at, press, sid, write},
    update::update,
};

/// The names of [`arranged`].
pub(in crate::view::tests) const ARRANGED: [&str; 13] = [
    "sort_picker",
    "sorted_and_marked",
    "marked_hidden",
    "wrong_filter",
    "wrong_filter_far_in",
    "not_judged",
    "spread",
    "spread_of_users",
    "copying",
    "copying_marked",
    "go_there",
    "wide",
    "zoomed",
];

fn filter(model: &mut Model, world: &mut World, text: &str) {
    press(model, "/");
    let orders: Vec<Effect> = write(model, text);
    world.serve(model, orders);
}

/// One of [`ARRANGED`].
pub(in crate::view::tests) fn arranged(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    for channel in world.channels.iter_mut().step_by(5) {
        channel.attributes = Attributes::from_text("{not json");
    }
    let service = sid(1);
    let places = match name {
        "spread_of_users" => vec![Place::Users(service)],
        _ => vec![Place::Channels(service)],
    };
    let mut model = console_at(&mut world, size, &places);
    model.origins = ["https://chat.example.com", "https://flex.example.com"].map(str::to_owned);
    match name {
        "sort_picker" => drop(press(&mut model, "s j j")),
        "sorted_and_marked" => {
            world.press(&mut model, "s j j j j j Enter g Space j Space k");
        }
        "wide" => drop(world.press(&mut model, "w T > >")),
        "zoomed" => drop(world.press(&mut model, "f")),
        "copying" => {
            world.press(&mut model, "j Enter j");
            press(&mut model, "y");
        }
        "go_there" => {
            let channel = world.channels[2].sid.to_string();
            update(&mut model, Msg::Pasted(channel));
        }
        "copying_marked" => drop(press(&mut model, "Space Space y")),
        "marked_hidden" => {
            world.press(&mut model, "Space Space Space");
            filter(&mut model, &mut world, "type:public");
            press(&mut model, "Enter");
        }
        "wrong_filter" => filter(&mut model, &mut world, "chan membrs>5"),
        "wrong_filter_far_in" => {
            filter(
                &mut model,
                &mut world,
                "channel type:public created>30d updated<soon by:system",
            );
        }
        "not_judged" => filter(&mut model, &mut world, "attr:/tags"),
        _ => {
            let orders = press(&mut model, "#");
            world.serve(&mut model, orders);
        }
    }
    model
}
