//! What was found in all services.

use super::{Extent, account};
use crate::app::{
    effect::Effect,
    model::Model,
    place::Place,
    testing::{console_at, fail, press, refusal, sid, ticket, wait, write},
    ticket::Lane,
};

/// The names of [`found`].
pub(in crate::view::tests) const FOUND: [&str; 5] =
    ["found", "found_and_searching", "found_and_stopped", "found_and_failed", "found_nothing"];

/// One of [`FOUND`].
pub(in crate::view::tests) fn found(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let mut model = console_at(&mut world, size, &[]);
    press(&mut model, ":");
    write(&mut model, if name == "found_nothing" { "find zebra" } else { "find an" });
    let mut waiting = press(&mut model, "Enter");
    let held = Lane::List(Place::Channels(sid(2)));
    let is_held = |order: &Effect| ticket(order).lane == held;
    let mut kept = None;
    if name != "found" && name != "found_nothing" {
        // The second service keeps silent.
        while let Some(at) = waiting.iter().position(|order| !is_held(order)) {
            let order = waiting.remove(at);
            let answer = world.answer(&order);
            let more = answer.into_iter().flat_map(|it| crate::app::update::update(&mut model, it));
            waiting.extend(more);
        }
        kept = waiting.pop();
    }
    world.serve(&mut model, waiting);
    match (name, kept) {
        ("found_and_failed", Some(order)) => {
            fail(&mut model, &order, refusal(20_500, "Internal Server Error"));
        }
        ("found_and_stopped", _) => drop(press(&mut model, "^c")),
        _ => {}
    }
    let rested = wait(&mut model, 300);
    world.serve(&mut model, rested);
    model
}
