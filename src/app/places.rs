//! What each place asks for and does with the answers. How a place looks is told by the room of the same name in `view`.

pub mod channel;
pub mod channels;
pub mod members;
pub mod memberships;
pub mod services;
pub mod users;

use crate::api::page::{NextPage, Page};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::{Ask, Entry, List},
    model::{Lists, Model, Session},
    notice::{Problem, ProblemKind, Tone},
    place::{Place, Subject},
    remote::{Remote, Settled},
    ticket::{Lane, Reply, Ticket},
};

/// The vendor's code for a page token that is no longer valid.
const INVALID_PAGE_TOKEN: u32 = 21481;

/// Asks for what a place shows.
pub fn ask(model: &mut Model, place: Place, how: Ask) -> Vec<Effect> {
    if model.contact.refused.is_some() || !matches!(model.session, Session::Open(_)) {
        return Vec::new();
    }
    match place {
        Place::Channel(service, channel) => channel::ask(model, service, channel),
        Place::Attributes(service, Subject::Channel(channel)) => {
            channel::ask(model, service, channel)
        }
        Place::Attributes(service, Subject::User(user)) => users::ask_one(model, service, user),
        list => match model.begin(list, how) {
            Some((ticket, next)) => page_of(list, ticket, next).into_iter().collect(),
            None => Vec::new(),
        },
    }
}

fn page_of(place: Place, ticket: Ticket, next: Option<NextPage>) -> Option<Effect> {
    Some(match place {
        Place::Services => Effect::ListServices { ticket, next },
        Place::Channels(service) => Effect::ListChannels { ticket, service, next },
        Place::Users(service) => Effect::ListUsers { ticket, service, next },
        Place::Members(service, channel) => Effect::ListMembers { ticket, service, channel, next },
        Place::Memberships(service, user) => {
            Effect::ListMemberships { ticket, service, user, next }
        }
        Place::Channel(..) | Place::Attributes(..) => return None,
    })
}

/// Asks for what a visible place shows, if it never was.
pub fn ensure(model: &mut Model, place: Place) -> Vec<Effect> {
    let untouched = match place {
        Place::Channel(_, channel) | Place::Attributes(_, Subject::Channel(channel)) => {
            model.entities.confirmed_channel(channel).is_none()
                && model.fetches.get(&Lane::Channel(channel)).is_none_or(Remote::is_untouched)
        }
        Place::Attributes(_, Subject::User(user)) => {
            model.entities.user(user).is_none()
                && model.fetches.get(&Lane::User(user)).is_none_or(Remote::is_untouched)
        }
        list => model.rows(list).is_none_or(|rows| rows.extent().is_untouched()),
    };
    let is_path = model.path.places().contains(&place);
    if untouched {
        ask(model, place, Ask::First)
    } else if is_path && wants_more(model, place) {
        ask(model, place, Ask::More)
    } else {
        Vec::new()
    }
}

fn wants_more(model: &Model, place: Place) -> bool {
    model.rows(place).is_some_and(|rows| {
        let extent = rows.extent();
        let more = extent.value().is_some_and(|extent| extent.next.is_some());
        more && !rows.is_stopped() && !extent.is_loading() && extent.problem().is_none()
    })
}

/// Takes in a page: its values go to the entities, their keys to the list; then asks for the next one while the
/// place is on the path.
fn arrived<K: Entry, T>(
    model: &mut Model,
    reply: Reply<Page<T>>,
    list: impl FnOnce(&mut Lists) -> Option<&mut List<K>>,
    put: impl Fn(&mut Entities, T, u64) -> K,
) -> Vec<Effect> {
    let Lane::List(place) = reply.ticket.lane else { return Vec::new() };
    let ticket = reply.ticket;
    let awaited = model.rows(place).is_some_and(|rows| rows.extent().awaits(ticket));
    if !awaited {
        return Vec::new();
    }
    let result = reply.result.map(|page| Page {
        items: page
            .items
            .into_iter()
            .map(|item| put(&mut model.entities, item, ticket.serial))
            .collect(),
        next: page.next,
        unreadable: page.unreadable,
    });
    let reply = Reply { ticket, result };
    let settled = list(&mut model.lists).map(|list| list.settle(reply, model.now, &model.entities));
    match settled {
        Some(Settled::Failed(problem)) => failed(model, place, &problem),
        Some(Settled::Fresh | Settled::Stale) | None => Vec::new(),
    }
}

/// What a failed reading leads to, beyond the place's own state.
fn failed(model: &mut Model, place: Place, problem: &Problem) -> Vec<Effect> {
    let was_later_page = model
        .rows(place)
        .is_some_and(|rows| rows.extent().value().is_some_and(|extent| extent.next.is_some()));
    if problem.code == Some(INVALID_PAGE_TOKEN) && was_later_page {
        model.notices.say(
            model.now,
            Tone::Info,
            "the list changed on the server while it was being read; reading it again from the start",
        );
        return ask(model, place, Ask::First);
    }
    match problem.kind {
        // Told by the header and by the place itself; a notice for each retry would only be noise.
        ProblemKind::Offline | ProblemKind::Auth => {}
        _ => model.notices.say(
            model.now,
            Tone::Bad,
            format!("{} could not be read: {}", noun(place), problem.sentence()),
        ),
    }
    Vec::new()
}

/// What a place holds, in a word.
pub fn noun(place: Place) -> &'static str {
    match place {
        Place::Services => "services",
        Place::Channels(_) => "channels",
        Place::Users(_) => "users",
        Place::Channel(..) => "the channel",
        Place::Members(..) => "members",
        Place::Memberships(..) => "memberships",
        Place::Attributes(..) => "attributes",
    }
}
