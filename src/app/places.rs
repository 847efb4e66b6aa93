//! What each place asks for and does with the answers. How a place looks is told by the room of the same name in `view`.

pub mod channel;
pub mod channels;
pub mod flex;
pub mod flex_channel;
pub mod flows;
pub mod found;
pub mod invites;
pub mod job;
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
    action::Action,
    effect::Effect,
    entities::Entities,
    find, index,
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
        // What failed is asked again; without any, whether the server is there.
        Place::Found if find::retry(model) => Vec::new(),
        Place::Found => ask(model, Place::Services, Ask::First),
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
        Place::Jobs => Effect::ListJobs { ticket, next },
        Place::Job(job) => Effect::ListJobRows { ticket, job, next },
        Place::Channel(..)
        | Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::JournalEntry(_)
        | Place::Found
        | Place::FlexChannel(_) => return None,
    })
}

/// Asks for what a visible place shows, if it never was.
pub fn ensure(model: &mut Model, place: Place) -> Vec<Effect> {
    let untouched = match place {
        Place::Channel(_, channel) | Place::Attributes(_, Subject::Channel(channel)) => {
            let is_old = || model.entities.old_since(channel).is_some();
            (!model.entities.knows_channel(channel) || is_old())
                && model.fetches.get(&Lane::Channel(channel)).is_none_or(Remote::is_untouched)
        }
        Place::Attributes(_, Subject::User(user)) => {
            model.entities.user(user).is_none()
                && model.fetches.get(&Lane::User(user)).is_none_or(Remote::is_untouched)
        }
        Place::Attributes(_, Subject::Message(_)) | Place::Message(..) | Place::Found => false,
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
    // What was found comes by itself.
    let is_path = place != Place::Found && model.path.places().contains(&place);
    if untouched {
        let recalled = index::recall(model, place);
        recalled.into_iter().chain(ask(model, place, Ask::First)).collect()
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
    let mut first = None;
    let result = reply.result.map(|page| Page {
        items: page
            .items
            .into_iter()
            .map(|item| put(&mut model.entities, item, ticket.serial))
            .collect(),
        next: page.next,
        unreadable: page.unreadable,
    });
    if let Ok(page) = &result {
        first = Some(page.items.first().copied());
    }
    let Some(list) = list(&mut model.lists) else { return Vec::new() };
    match list.settle(Reply { ticket, result }, model.now, &model.entities) {
        Settled::Failed(problem) => return failed(model, place, &problem),
        Settled::Stale => return Vec::new(),
        Settled::Fresh => {}
    }
    let complete = list.is_complete();
    let course = model.courses.entry(place).or_default();
    if complete {
        course.ended();
    } else if first.is_some_and(|first| !course.leads_on(first.as_ref())) {
        let endless = Problem::new(
            ProblemKind::NotUnderstood,
            "the server keeps sending pages without a new row",
        );
        if let Some((ticket, _)) = list.begin(Ask::More, &mut model.tickets, ticket.lane, model.now)
        {
            let result = Err(endless.clone());
            list.settle(Reply { ticket, result }, model.now, &model.entities);
        }
        return failed(model, place, &endless);
    }
    Vec::new()
}

/// What a failed reading leads to, beyond the place's own state.
fn failed(model: &mut Model, place: Place, problem: &Problem) -> Vec<Effect> {
    let was_later_page = model
        .rows(place)
        .is_some_and(|rows| rows.extent().value().is_some_and(|extent| extent.next.is_some()));
    let is_stale = problem.code == Some(INVALID_PAGE_TOKEN) && was_later_page;
    if is_stale && model.courses.entry(place).or_default().may_restart() {
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
        _ => {
            let on_demand = model.rows(place).is_some_and(Rows::is_on_demand);
            let (end, stays) = if was_later_page && !on_demand {
                let key = model.key(Action::Refresh);
                (" to the end", format!("; what is loaded stays, {key} reads on"))
            } else {
                ("", String::new())
            };
            let of = of_which(model, place);
            let (noun, why) = (noun(place), problem.sentence());
            let text = format!("{noun}{of} could not be read{end}: {why}{stays}");
            model.notices.say(model.now, Tone::Bad, text);
        }
    }
    Vec::new()
}

/// Of which service a list is, where that cannot be seen.
fn of_which(model: &Model, place: Place) -> String {
    let seen = model.path.places().iter().chain(&model.previews).any(|it| *it == place);
    let service = place.service().filter(|_| !seen);
    let title = service.map(|service| services::title(&model.entities, service));
    title.map(|title| format!(" of {title}")).unwrap_or_default()
}

/// What a wish to read a list again means: one that was stopped or broke off is read on.
pub fn again(model: &mut Model, list: Place) -> Ask {
    model.courses.entry(list).or_default().wished();
    let broke_off = model.rows(list).is_some_and(|rows| {
        let extent = rows.extent();
        let has_more = extent.value().is_some_and(|extent| extent.next.is_some());
        has_more && !rows.is_on_demand() && (rows.is_stopped() || extent.problem().is_some())
    });
    if broke_off { Ask::More } else { Ask::First }
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
        Place::Found => "what was found",
        Place::JournalEntry(_) => "the entry",
        Place::Jobs => "the jobs",
        Place::Job(_) => "the rows of the job",
    }
}
