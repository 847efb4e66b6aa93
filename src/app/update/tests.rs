//! Facts in, model and exact orders out.

mod accounts;
mod arrange;
mod auto;
mod collisions;
mod contact;
mod copying;
mod deeds;
mod editor;
mod find;
mod flex;
mod forms;
mod index;
mod jobs;
mod lists;
mod menu;
mod mouse;
mod palette;
mod panes;
mod reading;
mod views;
mod walking;
mod writes;

use crate::app::{
    model::Model,
    place::Place,
    testing::{World, console_at, sid},
};

/// The channels of the first service.
fn channels() -> Place {
    Place::Channels(sid(1))
}

/// A narrow console that shows them.
fn open(world: &mut World) -> Model {
    let mut model = console_at(world, (80, 24), &[]);
    world.press(&mut model, "Enter");
    model
}
