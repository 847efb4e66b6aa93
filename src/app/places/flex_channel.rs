//! One Flex channel and the parts that it joins. A part that is not there says which it is and why.

use crate::api::{
    chat::{channels::Channel, services::Service, users::User},
    flex::channels::FlexChannel,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    model::Model,
    notice::{Problem, ProblemKind, Tone},
    place::Place,
    places::{
        channel, flex,
        flows::{self, Standing as Flow},
        services, users,
    },
    remote::{Remote, Settled},
    ticket::{EditKey, Lane, Reply},
};

/// A part of a Flex channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The chat channel.
    Channel,
    /// The customer.
    User,
    /// The flow that opened it.
    Flow,
    /// The work that came of it.
    Task,
}

impl Part {
    /// All parts, in the order in which they stand.
    pub const ALL: [Self; 4] = [Self::Channel, Self::User, Self::Flow, Self::Task];

    /// What it is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Channel => "chat channel",
            Self::User => "user",
            Self::Flow => "flow",
            Self::Task => "task",
        }
    }
}

/// What is known of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is there; Enter leads to it.
    Here(Place),
    /// It is there, but there is no place to go to, for this reason.
    Nowhere(String),
    /// It is being read.
    Reading,
    /// It could not be read; going there tries again.
    Unread(Place, String),
    /// It is not there, or cannot be found; why.
    Missing(String),
}

/// Asks for the Flex channel and for those of its parts that can be found.
pub fn ask(model: &mut Model, channel: Sid<Channel>) -> Vec<Effect> {
    let ticket = model.fetch(Lane::FlexChannel(channel));
    let mut effects: Vec<Effect> =
        ticket.map(|ticket| Effect::FetchFlexChannel { ticket, channel }).into_iter().collect();
    if let Some(service) = flex::service_of(model, channel) {
        effects.extend(channel::ask(model, service, channel));
        if let Some(user) = user_of(model, channel) {
            effects.extend(users::ask_one(model, service, user));
        }
    }
    effects
}

/// Asks for the parts that are not known and never were asked for.
pub fn ensure_parts(model: &mut Model, channel: Sid<Channel>) -> Vec<Effect> {
    let Some(service) = flex::service_of(model, channel) else { return Vec::new() };
    let mut effects = services::ensure_one(model, service);
    let untouched = |model: &Model, lane| model.fetches.get(&lane).is_none_or(Remote::is_untouched);
    if !model.entities.knows_channel(channel) && untouched(model, Lane::Channel(channel)) {
        effects.extend(channel::ask(model, service, channel));
    }
    if let Some(user) = user_of(model, channel)
        && model.entities.user(user).is_none()
        && untouched(model, Lane::User(user))
    {
        effects.extend(users::ask_one(model, service, user));
    }
    effects
}

/// The questions that the Flex channel and its parts are asked by.
pub fn lanes(model: &Model, channel: Sid<Channel>) -> Vec<Lane> {
    let user = user_of(model, channel).map(Lane::User);
    [Lane::FlexChannel(channel), Lane::Channel(channel)].into_iter().chain(user).collect()
}

/// A Flex channel came.
pub fn arrived(model: &mut Model, reply: Reply<FlexChannel>) -> Vec<Effect> {
    let lane = reply.ticket.lane;
    let Lane::FlexChannel(sid) = lane else { return Vec::new() };
    let (now, serial) = (model.now, reply.ticket.serial);
    let mut arrived = None;
    let settled = model
        .fetches
        .get_mut(&lane)
        .map(|remote| remote.settle(reply, now, |_, channel| arrived = Some(channel)));
    if let Some(channel) = arrived {
        model.entities.put_flex_channel(channel, serial);
    }
    if matches!(&settled, Some(Settled::Failed(problem)) if problem.kind == ProblemKind::Gone) {
        model.entities.mark_gone(EditKey::FlexChannel(sid));
    }
    let is_focus = model.path.focus() == Place::FlexChannel(sid);
    if let Some(Settled::Failed(problem)) = settled.filter(|_| is_focus) {
        match problem.kind {
            ProblemKind::Auth | ProblemKind::Offline => {}
            ProblemKind::Gone => {
                let text = format!("Flex no longer knows {}", sid.short());
                model.notices.say(now, Tone::Warn, text);
            }
            _ => {
                let text = format!("the Flex channel could not be read: {}", problem.sentence());
                model.notices.say(now, Tone::Bad, text);
            }
        }
    }
    Vec::new()
}

/// Whether it was deleted here, or Flex said that it no longer knows it.
pub fn is_gone(model: &Model, channel: Sid<Channel>) -> bool {
    model.entities.is_gone(EditKey::FlexChannel(channel))
}

/// The part under the cursor.
pub fn part_at(model: &Model, channel: Sid<Channel>) -> Part {
    let at = model.stands.get(&Place::FlexChannel(channel)).copied().unwrap_or(0);
    Part::ALL.get(at).copied().unwrap_or(Part::Task)
}

/// Where Enter leads from the part under the cursor.
pub fn leads_to(model: &Model, channel: Sid<Channel>) -> Option<Place> {
    match standing(model, channel, part_at(model, channel)) {
        Standing::Here(place) | Standing::Unread(place, _) => Some(place),
        Standing::Nowhere(_) | Standing::Reading | Standing::Missing(_) => None,
    }
}

/// Why Enter leads nowhere from the part under the cursor.
pub fn refusal(model: &Model, channel: Sid<Channel>) -> Option<String> {
    match standing(model, channel, part_at(model, channel)) {
        Standing::Here(_) | Standing::Unread(..) => None,
        Standing::Reading => Some("still reading".to_owned()),
        Standing::Nowhere(why) | Standing::Missing(why) => Some(why),
    }
}

/// What is known of a part.
pub fn standing(model: &Model, channel: Sid<Channel>, part: Part) -> Standing {
    let Some(flex) = model.entities.flex_channel(channel) else { return Standing::Reading };
    match part {
        Part::Channel => match service(model, flex, "the chat channel") {
            Ok(service) => chat_channel(model, service, channel),
            Err(standing) => standing,
        },
        Part::User => match flex.user_sid {
            None => Standing::Missing("no user".to_owned()),
            Some(sid) => match service(model, flex, "the user") {
                Ok(service) => user(model, service, sid),
                Err(standing) => standing,
            },
        },
        Part::Flow => flow(model, flex),
        Part::Task => match flex.task_sid {
            None => Standing::Missing("no task".to_owned()),
            Some(_) => Standing::Nowhere(
                "tasks belong to TaskRouter; there is no place for them here".to_owned(),
            ),
        },
    }
}

/// The chat service, or what stands in the way of it.
fn service(model: &Model, flex: &FlexChannel, what: &str) -> Result<Sid<Service>, Standing> {
    flex::service_of(model, flex.sid).ok_or_else(|| {
        let flow = flex.flow_sid.map(|flow| flows::look_up(model, flow));
        match flow {
            Some(Flow::Reading) => Standing::Reading,
            Some(Flow::Unread(_)) => {
                Standing::Missing(format!("{what} cannot be looked up before the flows are read"))
            }
            _ => Standing::Missing(format!(
                "{what} cannot be looked up: the chat service is unknown"
            )),
        }
    })
}

fn chat_channel(model: &Model, service: Sid<Service>, channel: Sid<Channel>) -> Standing {
    let place = Place::Channel(service, channel);
    if model.entities.is_gone(EditKey::Channel(channel)) {
        let of = services::title(&model.entities, service);
        return Standing::Missing(format!(
            "the chat channel is gone: {of} no longer knows {}",
            channel.short()
        ));
    }
    if model.entities.knows_channel(channel) {
        return Standing::Here(place);
    }
    match problem_of(model, Lane::Channel(channel)) {
        Some(problem) => Standing::Unread(
            place,
            format!("the chat channel could not be read: {}", problem.sentence()),
        ),
        None => Standing::Reading,
    }
}

fn user(model: &Model, service: Sid<Service>, user: Sid<User>) -> Standing {
    let place = Place::Memberships(service, user);
    match problem_of(model, Lane::User(user)) {
        Some(problem) if problem.kind == ProblemKind::Gone => {
            let of = services::title(&model.entities, service);
            Standing::Missing(format!("the user is gone: {of} no longer knows {}", user.short()))
        }
        _ if model.entities.user(user).is_some() => Standing::Here(place),
        Some(problem) => {
            Standing::Unread(place, format!("the user could not be read: {}", problem.sentence()))
        }
        None => Standing::Reading,
    }
}

fn flow(model: &Model, flex: &FlexChannel) -> Standing {
    let Some(sid) = flex.flow_sid else {
        return Standing::Missing("no flow is named, so the chat service is unknown".to_owned());
    };
    match flows::look_up(model, sid) {
        Flow::Here(flow) => match flow.chat_service_sid {
            Some(service) => Standing::Here(Place::Channels(service)),
            None => Standing::Nowhere("the flow names no chat service".to_owned()),
        },
        Flow::Reading => Standing::Reading,
        Flow::Unread(problem) => {
            let why = problem.map_or_else(|| "reading was stopped".to_owned(), Problem::sentence);
            Standing::Unread(Place::Flows, format!("the flows could not be read: {why}"))
        }
        Flow::Missing => Standing::Missing(format!(
            "the flow {} is not in this account any more, so the chat service is unknown",
            sid.short()
        )),
    }
}

fn problem_of(model: &Model, lane: Lane) -> Option<&Problem> {
    model.fetches.get(&lane).and_then(Remote::problem)
}

fn user_of(model: &Model, channel: Sid<Channel>) -> Option<Sid<User>> {
    model.entities.flex_channel(channel)?.user_sid
}
