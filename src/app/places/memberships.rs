//! The channels a user belongs to. The API tells each by its channel's sid only; names are joined from what is known,
//! and fetched for the rows in view (for all rows while they are filtered), a few at a time, once.

use crate::api::{chat::memberships::Membership, page::Page};
use crate::app::{
    effect::Effect,
    entities::{Entities, MembershipKey},
    list::{Entry, Rows},
    model::Model,
    place::Place,
    places::{channel, channels},
    ticket::{Lane, Reply},
};

impl Entry for MembershipKey {
    fn folded(self, entities: &Entities) -> String {
        let level =
            entities.membership(self).map(|known| known.notification_level.name().to_owned());
        let level = level.unwrap_or_default();
        format!("{}\n{}", self.channel.folded(entities), level.to_lowercase())
    }
}

/// A page of memberships came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Membership>>) -> Vec<Effect> {
    let Lane::List(Place::Memberships(_, user)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.memberships.get_mut(&user),
        |entities, membership, serial| {
            let key = MembershipKey { user: membership.user_sid, channel: membership.channel_sid };
            entities.put_membership(membership, serial);
            key
        },
    )
}

/// How many names are fetched at once.
const AT_ONCE: usize = 4;

/// Asks for the names that the rows in view lack.
pub fn name_rows(model: &mut Model, place: Place) -> Vec<Effect> {
    let Place::Memberships(service, user) = place else { return Vec::new() };
    let Some(list) = model.lists.memberships.get(&user) else { return Vec::new() };
    let in_flight = model
        .fetches
        .iter()
        .filter(|(lane, remote)| matches!(lane, Lane::Channel(_)) && remote.is_loading())
        .count();
    // A filter can only see names that are known, so it needs them all.
    let wanted = if list.filter().is_empty() { list.window() } else { list.first_rows() };
    let lacking: Vec<_> = wanted
        .iter()
        .map(|key| key.channel)
        .filter(|sid| {
            model.entities.confirmed_channel(*sid).is_none() && !model.named.contains(sid)
        })
        .take(AT_ONCE.saturating_sub(in_flight))
        .collect();
    let mut effects = Vec::new();
    for sid in lacking {
        model.named.insert(sid);
        effects.extend(channel::ask(model, service, sid));
    }
    effects
}

/// How many rows a filter cannot judge yet, because their channels' names are not known.
pub fn unseen_names(model: &Model, place: Place) -> usize {
    let Place::Memberships(_, user) = place else { return 0 };
    let Some(list) = model.lists.memberships.get(&user) else { return 0 };
    let known = |key: &&MembershipKey| model.entities.confirmed_channel(key.channel).is_some();
    if list.filter().is_empty() {
        0
    } else {
        list.first_rows().iter().filter(|key| !known(key)).count()
    }
}

/// What a membership is called; safe to show.
pub fn title(entities: &Entities, key: MembershipKey) -> String {
    let channel = channels::title_of(entities, key.channel);
    let user = super::users::title(entities, key.user);
    format!("{user} in {channel}")
}
