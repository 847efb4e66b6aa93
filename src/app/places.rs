//! What each place asks for and does with the answers. How a place looks is told by the room of the same name in `view`.

pub mod channel;
pub mod channels;
pub mod flex;
pub mod flex_channel;
pub mod flows;
pub mod invites;
pub mod journal;
pub mod members;
pub mod memberships;
pub mod message;
pub mod messages;
pub mod names;
pub mod role;
pub mod roles;
pub mod services;
pub mod users;

use crate::api::page::{NextPage, Page};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::{Ask, Entry, List, Rows},
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
        // A message is read with its list, a role with the service's.
        Place::Attributes(service, Subject::Message(message)) => {
            let channel = model.entities.message(message).map(|message| message.channel_sid);
            channel
                .map(|channel| ask(model, Place::Messages(service, channel), how))
                .unwrap_or_default()
        }
        Place::Message(service, channel, _) => ask(model, Place::Messages(service, channel), how),
        Place::Role(service, _) => ask(model, Place::Roles(service), how),
        Place::FlexChannel(channel) => flex_channel::ask(model, channel),
        Place::JournalEntry(_) => ask(model, Place::Journal, how),
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
        Place::Messages(service, channel) => {
            Effect::ListMessages { ticket, service, channel, next }
        }
        Place::Invites(service, channel) => Effect::ListInvites { ticket, service, channel, next },
        Place::Roles(service) => Effect::ListRoles { ticket, service, next },
        Place::Flex => Effect::ListFlexChannels { ticket, next },
        Place::Flows => Effect::ListFlows { ticket, next },
        Place::Journal => Effect::ListJournal { ticket, next },
        Place::Channel(..)
        | Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::JournalEntry(_)
        | Place::FlexChannel(_) => return None,
    })
}

/// Asks for what a visible place shows, if it never was.
pub fn ensure(model: &mut Model, place: Place) -> Vec<Effect> {
    let untouched = match place {
        Place::Channel(_, channel) | Place::Attributes(_, Subject::Channel(channel)) => {
            !model.entities.knows_channel(channel)
                && model.fetches.get(&Lane::Channel(channel)).is_none_or(Remote::is_untouched)
        }
        Place::Attributes(_, Subject::User(user)) => {
            model.entities.user(user).is_none()
                && model.fetches.get(&Lane::User(user)).is_none_or(Remote::is_untouched)
        }
        Place::Attributes(_, Subject::Message(_)) | Place::Message(..) => false,
        Place::Role(service, role) => {
            model.entities.role(role).is_none() && is_unread(model, Place::Roles(service))
        }
        Place::FlexChannel(channel) => {
            model.entities.flex_channel(channel).is_none()
                && model.fetches.get(&Lane::FlexChannel(channel)).is_none_or(Remote::is_untouched)
        }
        Place::JournalEntry(id) => {
            model.entities.journal_entry(id).is_none() && is_unread(model, Place::Journal)
        }
        list => is_unread(model, list),
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

fn is_unread(model: &Model, list: Place) -> bool {
    model.rows(list).is_none_or(|rows| rows.extent().is_untouched())
}

/// Asks for a list that other places take names from, to its end, if it never was read.
pub fn ensure_whole(model: &mut Model, list: Place) -> Vec<Effect> {
    if !is_unread(model, list) && wants_more(model, list) {
        return ask(model, list, Ask::More);
    }
    ensure(model, list)
}

fn wants_more(model: &Model, list: Place) -> bool {
    model.rows(list).is_some_and(Rows::wants_more)
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
        Place::Messages(..) => "messages",
        Place::Message(..) => "the message",
        Place::Invites(..) => "invites",
        Place::Roles(_) => "roles",
        Place::Role(..) => "the role",
        Place::Flex => "Flex channels",
        Place::FlexChannel(_) => "the Flex channel",
        Place::Flows => "flows",
        Place::Journal => "the journal",
        Place::JournalEntry(_) => "the entry",
    }
}
