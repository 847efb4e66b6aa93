//! Going to a user, a channel or a service by its name. Whoever is not loaded is looked up by one request; the person
//! goes there when the answer comes, unless they went elsewhere meanwhile.

use crate::api::{
    chat::{channels::Channel, services::Service, users::User},
    remote_text::{RemoteText, shown},
    sid::Sid,
};
use crate::app::{
    action::Action,
    effect::Effect,
    list::Ask,
    model::Model,
    notice::{Problem, ProblemKind, Tone},
    place::Place,
    places::{self, services},
    remote::Settled,
    ticket::{Lane, Reply, Ticket},
};

/// Who or what is being looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Going {
    ticket: Ticket,
    /// Where the person was when they asked.
    from: Place,
    /// What notices call it; safe to show.
    label: String,
}

/// Goes to the last of these places, by way of the others.
pub fn go(model: &mut Model, way: Vec<Place>) -> Vec<Effect> {
    let mut way = way.into_iter();
    if let Some(first) = way.next() {
        model.path.jump(first);
    }
    way.for_each(|place| model.path.enter(place));
    model.moved_at = None;
    let focus = model.path.focus();
    // What is known of it may be old.
    if focus.is_list() { Vec::new() } else { places::ask(model, focus, Ask::First) }
}

/// Goes to a service, by its sid or its whole name.
///
/// # Errors
/// When no such service is loaded.
pub fn service(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    let named = || {
        let is_called = |service: &&Sid<Service>| {
            let known = model.entities.service(**service);
            let name = known.and_then(|known| known.friendly_name.as_ref());
            name.is_some_and(|name| name.raw() == typed)
        };
        model.lists.services.first_rows().iter().find(is_called).copied()
    };
    match typed.parse().ok().or_else(named) {
        Some(service) => Ok(go(model, vec![Place::Channels(service)])),
        None => Err(format!("no service is called “{}”", shown(typed).text())),
    }
}

/// Goes to the memberships of a user of the service one is in.
///
/// # Errors
/// When there is no service, or nothing may be asked.
pub fn user(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    let service = here(model)?;
    let identity = RemoteText::new(typed);
    let known = model.entities.user_by_identity(service, &identity);
    if let Some(user) = known.or_else(|| typed.parse().ok()) {
        return Ok(go(model, vec![Place::Users(service), Place::Memberships(service, user)]));
    }
    let ticket = look_up(model, service, "the user", typed)?;
    Ok(vec![Effect::FetchPerson { ticket, service, identity }])
}

/// Goes to a channel of the service one is in.
///
/// # Errors
/// When there is no service, or nothing may be asked.
pub fn channel(model: &mut Model, typed: &str) -> Result<Vec<Effect>, String> {
    let service = here(model)?;
    if let Ok(channel) = typed.parse() {
        return Ok(go(model, vec![Place::Channels(service), Place::Channel(service, channel)]));
    }
    let ticket = look_up(model, service, "the channel", typed)?;
    Ok(vec![Effect::FetchNamed { ticket, service, unique_name: typed.to_owned() }])
}

fn here(model: &Model) -> Result<Sid<Service>, String> {
    let service = model.service_at(model.path.focus());
    service.ok_or_else(|| "open a service first".to_owned())
}

fn look_up(
    model: &mut Model,
    service: Sid<Service>,
    what: &str,
    typed: &str,
) -> Result<Ticket, String> {
    if model.contact.refused.is_some() {
        let key = model.key(Action::Refresh);
        return Err(format!("the credentials were refused; {key} tries once more"));
    }
    let lane = Lane::Named(service);
    let remote = model.fetches.entry(lane).or_default();
    let ticket = remote.ask(&mut model.tickets, lane, model.now);
    let label = format!("{what} “{}”", shown(typed).text());
    let title = services::title(&model.entities, service);
    model.notices.say(model.now, Tone::Info, format!("looking for {label} in {title}"));
    model.going = Some(Going { ticket, from: model.path.focus(), label });
    Ok(ticket)
}

/// A user who was looked up came.
pub fn user_came(model: &mut Model, reply: Reply<User>) -> Vec<Effect> {
    let (ticket, came) = settle(model, reply);
    let Some(user) = came else { return Vec::new() };
    let way = vec![Place::Users(user.service_sid), Place::Memberships(user.service_sid, user.sid)];
    model.entities.put_user(user);
    arrive(model, ticket, way)
}

/// A channel that was looked up came.
pub fn channel_came(model: &mut Model, reply: Reply<Channel>) -> Vec<Effect> {
    let (ticket, came) = settle(model, reply);
    let (Some(channel), Lane::Named(service)) = (came, ticket.lane) else { return Vec::new() };
    let way = vec![Place::Channels(service), Place::Channel(service, channel.sid)];
    model.entities.put_channel(channel, ticket.serial);
    arrive(model, ticket, way)
}

fn settle<T>(model: &mut Model, reply: Reply<T>) -> (Ticket, Option<T>) {
    let (ticket, mut came) = (reply.ticket, None);
    let Some(remote) = model.fetches.get_mut(&ticket.lane) else { return (ticket, None) };
    let settled = remote.settle(reply, model.now, |answered, it| {
        (*answered, came) = (Some(()), Some(it));
    });
    if let Settled::Failed(problem) = settled {
        failed(model, ticket, &problem);
    }
    (ticket, came)
}

fn failed(model: &mut Model, ticket: Ticket, problem: &Problem) {
    let Some(going) = model.going.take_if(|going| going.ticket == ticket) else { return };
    let label = going.label;
    let text = match problem.kind {
        ProblemKind::Gone => format!("{label} is not there; the server knows no such name"),
        _ => format!("{label} could not be looked up: {}", problem.sentence()),
    };
    model.notices.say(model.now, Tone::Bad, text);
}

/// Goes there, if the person still waits where they asked.
fn arrive(model: &mut Model, ticket: Ticket, way: Vec<Place>) -> Vec<Effect> {
    let Some(going) = model.going.take_if(|going| going.ticket == ticket) else {
        return Vec::new();
    };
    let waits =
        going.from == model.path.focus() && model.overlay.is_none() && model.prompt.is_none();
    if waits {
        return go(model, way);
    }
    let text = format!("{} is there; :user or :channel leads to it now", going.label);
    model.notices.say(model.now, Tone::Info, text);
    Vec::new()
}

/// Gives up looking something up.
pub fn stop(model: &mut Model) -> Option<Effect> {
    let lane = model.going.take()?.ticket.lane;
    let stopped = model.fetches.get_mut(&lane).is_some_and(crate::app::remote::Remote::cancel);
    stopped.then_some(Effect::Abort(lane))
}
