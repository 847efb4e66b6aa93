//! The local index: the last whole listing of a service's channels, which stands in until the fresh one is whole. What
//! it tells is old until the server says the same; it never takes the place of anything that the server told since.

use jiff::Timestamp;

use crate::api::{
    chat::{channels::Channel, services::Service},
    page::Page,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    list::{List, Memory},
    model::{Model, Session},
    place::Place,
    remote::Settled,
    ticket::{EditKey, Lane, Reply},
};

/// Rows of an earlier listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled {
    /// When that listing began.
    pub as_of: Timestamp,
    /// How many rows it has.
    pub of: usize,
    /// Some of them.
    pub page: Page<Channel>,
}

/// Asks for what an earlier run listed of a place that is about to be read for the first time. Of the practice account
/// nothing is kept: it is made anew at every start, and bears the same sids.
pub fn recall(model: &mut Model, place: Place) -> Option<Effect> {
    let Place::Channels(service) = place else { return None };
    match &model.session {
        Session::Open(account) if !account.practice => {}
        Session::Open(_) | Session::FirstRun { .. } => return None,
    }
    let ticket = model.fetch(Lane::Index(service))?;
    Some(Effect::RecallListing { ticket, service, next: None })
}

/// Rows of an earlier listing came, or there are none. Rows that come when the server has begun to tell are too late.
pub fn arrived(model: &mut Model, reply: Reply<Option<Recalled>>) -> Vec<Effect> {
    let lane = reply.ticket.lane;
    let Lane::Index(service) = lane else { return Vec::new() };
    let mut recalled = None;
    let settled = model
        .fetches
        .get_mut(&lane)
        .map(|remote| remote.settle(reply, model.now, |_, came| recalled = came));
    if settled != Some(Settled::Fresh) {
        return Vec::new();
    }
    let Some(Recalled { as_of, of, page }) = recalled else { return Vec::new() };
    let Some(list) = model.lists.channels.get_mut(&service) else { return Vec::new() };
    let memory = Memory { as_of, rows: of };
    if !list.may_remember(memory) {
        return Vec::new();
    }
    model.entities.set_as_of(service, as_of);
    let recall = |channel| model.entities.recall_channel(channel);
    let rows: Vec<_> = page.items.into_iter().map(recall).collect();
    list.remember(memory, &rows, &model.entities);
    let Some(next) = page.next else { return Vec::new() };
    let ticket = model.fetch(lane);
    let more = |ticket| Effect::RecallListing { ticket, service, next: Some(next) };
    ticket.map(more).into_iter().collect()
}

/// Strikes the rows that the whole listing does not hold any more, and that nothing else has shown to be there.
pub(in crate::app) fn strike(model: &mut Model, service: Sid<Service>) {
    let Some(list) = model.lists.channels.get_mut(&service) else { return };
    for row in list.take_vanished() {
        if let Some(sid) = model.entities.channel_sid(row).filter(|_| model.entities.is_old(row)) {
            model.entities.mark_gone(EditKey::Channel(sid));
        }
    }
}

/// Whether the rows of a list are an earlier run's, at least in part.
pub fn stands_in(model: &Model, place: Place) -> Option<Memory> {
    match place {
        Place::Channels(service) => model.lists.channels.get(&service).and_then(List::memory),
        _ => None,
    }
}
