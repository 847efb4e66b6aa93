//! Lists in which the rows of an earlier run stand in.

use jiff::SignedDuration;

use super::{Extent, account};
use crate::app::{
    effect::Effect,
    index::Recalled,
    model::{Model, Session},
    msg::Msg,
    place::Place,
    testing::{console, fail, page, press, refusal, reply, sid, start, wait},
    update::{begin, update},
};

/// The names of [`remembered`].
pub(in crate::view::tests) const REMEMBERED: [&str; 6] = [
    "remembered",
    "remembered_and_read_anew",
    "remembered_and_stopped",
    "remembered_and_failed",
    "remembered_and_filtered",
    "remembered_and_whole",
];

/// One of [`REMEMBERED`]: three rows of it are read anew where any are, and one is gone.
pub(in crate::view::tests) fn remembered(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let service = sid(1);
    let here = world.channels.iter().filter(|it| it.service_sid == service).cloned();
    let before: Vec<_> = here.collect();
    world.channels.remove(4);
    world.page = 3;
    let mut model = console(size.0, size.1);
    if let Session::Open(account) = &mut model.session {
        account.practice = false;
    }
    model.path.enter(Place::Channels(service));
    let mut waiting = begin(&mut model);
    let mut pages = match name {
        "remembered_and_read_anew" | "remembered_and_stopped" => 1,
        "remembered_and_whole" => 9,
        _ => 0,
    };
    let mut listing = None;
    while let Some(order) = waiting.pop() {
        match &order {
            Effect::RecallListing { .. } => {
                let as_of = start() - SignedDuration::from_hours(3);
                let page = page(before.clone(), None);
                let rows = Some(Recalled { as_of, of: before.len(), page });
                waiting.splice(0..0, update(&mut model, Msg::ListingRecalled(reply(&order, rows))));
            }
            Effect::ListChannels { .. } if waiting.iter().any(is_recall) => {
                waiting.insert(0, order);
            }
            Effect::ListChannels { .. } if pages == 0 => listing = Some(order),
            order => {
                pages -= usize::from(matches!(order, Effect::ListChannels { .. }));
                let answer = world.answer(order);
                waiting.extend(answer.into_iter().flat_map(|it| update(&mut model, it)));
            }
        }
    }
    match (name, listing) {
        ("remembered_and_failed", Some(order)) => {
            fail(&mut model, &order, refusal(20_403, "Forbidden: the key may not read this"));
        }
        ("remembered_and_stopped", _) => drop(press(&mut model, "^c")),
        ("remembered_and_filtered", _) => drop(press(&mut model, "/ b i l")),
        _ => {}
    }
    wait(&mut model, 300);
    model
}

fn is_recall(order: &Effect) -> bool {
    matches!(order, Effect::RecallListing { .. })
}
