//! The users of a service.

use std::{borrow::Cow, collections::HashSet};

use crate::api::{
    chat::{services::Service, users::User},
    page::Page,
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::Entities,
    find, goto,
    list::Entry,
    model::Model,
    notice::{ProblemKind, Tone},
    place::Place,
    places::names::{self, Learnt},
    query::{Cell, Field, Kind, fold},
    remote::{Remote, Settled},
    ticket::{Lane, Person, Reply},
};

impl Entry for Sid<User> {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("identity", "IDENTITY", Kind::Text),
        Field::new("name", "FRIENDLY NAME", Kind::Text),
        Field::new("online", "ONLINE", Kind::Flag),
        Field::new("channels", "CHANNELS", Kind::Number),
        Field::new("updated", "UPDATED", Kind::Moment),
        Field::new("created", "CREATED", Kind::Moment),
        Field::new("sid", "SID", Kind::Text),
        Field::new("attr", "", Kind::Json),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(user) = entities.user(self) else { return self.to_string() };
        let name = user.friendly_name.as_ref().map_or("", |name| name.raw());
        fold(&format!("{}\n{name}\n{self}", user.identity.raw()))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(user) = entities.user(self) else { return Cell::Nothing };
        match field {
            0 => Cell::text(Some(user.identity.raw())),
            1 => Cell::text(user.friendly_name.as_ref().map(RemoteText::raw)),
            2 => Cell::flag(user.is_online),
            3 => Cell::count(user.joined_channels_count),
            4 => Cell::moment(user.date_updated),
            5 => Cell::moment(user.date_created),
            6 => Cell::owned(Some(self.to_string())),
            _ => Cell::Nothing,
        }
    }

    fn attributes(self, entities: &Entities) -> Option<Cow<'_, str>> {
        entities.user(self).map(|user| Cow::Borrowed(user.attributes.text()))
    }
}

/// A page of users came.
pub fn arrived(model: &mut Model, reply: Reply<Page<User>>) -> Vec<Effect> {
    let Lane::List(Place::Users(service)) = reply.ticket.lane else { return Vec::new() };
    super::arrived(
        model,
        reply,
        |lists| lists.users.get_mut(&service),
        |entities, user, _| {
            let sid = user.sid;
            entities.put_user(user);
            sid
        },
    )
}

/// Asks for one user.
pub fn ask_one(model: &mut Model, service: Sid<Service>, user: Sid<User>) -> Vec<Effect> {
    let ticket = model.fetch(Lane::User(user));
    ticket.map(|ticket| Effect::FetchUser { ticket, service, user }).into_iter().collect()
}

/// Asks who somebody is, by identity: members and invites do not carry the user's sid.
pub fn ask_person(model: &mut Model, service: Sid<Service>, person: Person) -> Vec<Effect> {
    let Some(identity) = model.entities.identity(person).cloned() else { return Vec::new() };
    let ticket = model.fetch(Lane::Person(person));
    ticket.map(|ticket| Effect::FetchPerson { ticket, service, identity }).into_iter().collect()
}

/// Whether somebody's user was asked for, with whatever result.
pub fn was_asked(model: &Model, person: Person) -> bool {
    model.fetches.get(&Lane::Person(person)).is_some_and(|remote| !remote.is_untouched())
}

/// Opens the memberships of who is under the cursor; their user is asked for first where it is not known.
pub fn open_person(model: &mut Model) -> Vec<Effect> {
    let place = model.path.focus();
    let (Some(service), Some(person)) = (place.service(), model.person_at(place)) else {
        return Vec::new();
    };
    if let Some(user) = model.user_at(place) {
        model.path.enter(Place::Memberships(service, user));
        return Vec::new();
    }
    let orders = ask_person(model, service, person);
    let waits = model.fetches.get(&Lane::Person(person)).is_some_and(Remote::is_loading);
    model.opening = waits.then_some((place, person));
    orders
}

/// A user came. If somebody waits at a member or an invite for this, their memberships open.
pub fn one_arrived(model: &mut Model, reply: Reply<User>) -> Vec<Effect> {
    let lane = reply.ticket.lane;
    match lane {
        Lane::Sought(_) => return find::user_came(model, reply),
        Lane::Named(_) => return goto::user_came(model, reply),
        _ => {}
    }
    let now = model.now;
    let mut arrived = None;
    let settled = model
        .fetches
        .get_mut(&lane)
        .map(|remote| remote.settle(reply, now, |_, user| arrived = Some(user)));
    let waits = model
        .opening
        .filter(|(place, person)| lane == Lane::Person(*person) && *place == model.path.focus());
    if let Some(user) = arrived {
        let place = Place::Memberships(user.service_sid, user.sid);
        let learnt = Learnt::User(user.sid);
        model.entities.put_user(user);
        names::learnt(model, learnt);
        if waits.is_some() {
            model.path.enter(place);
        }
    }
    if let (Some(Settled::Failed(problem)), Some((_, person))) = (&settled, waits) {
        let text = match (problem.kind, person) {
            (ProblemKind::Gone, Person::Member(_)) => {
                "this member has no user in the service any more".to_owned()
            }
            (ProblemKind::Gone, Person::Invited(_)) => {
                "who is invited here is not a user of the service".to_owned()
            }
            (_, Person::Member(_)) => {
                format!("the member's user could not be read: {}", problem.sentence())
            }
            (_, Person::Invited(_)) => {
                format!("the user who is invited could not be read: {}", problem.sentence())
            }
        };
        model.notices.say(now, Tone::Bad, text);
    }
    let answers_opening = model.opening.is_some_and(|(_, person)| lane == Lane::Person(person));
    if answers_opening && settled != Some(Settled::Stale) {
        model.opening = None;
    }
    Vec::new()
}

/// What a user is called; safe to show.
pub fn title(entities: &Entities, user: Sid<User>) -> String {
    entities.user(user).map_or_else(|| user.short(), |user| user.identity.shown().text())
}
