//! A practice account as large as one likes: channels, users and memberships that are worked out from their number.
//!
//! They belong to the first service of the seed. What they look like is up to `channels`, `users` and `memberships`;
//! here is what these three must agree on.

mod channels;
mod dice;
mod memberships;
mod users;
mod words;

use std::{collections::HashMap, sync::Arc};

use super::{crop::Crop, places::ACCOUNT_SCOPE, schema::Kind, sid, table::text, world::World};

use self::{channels::Channels, memberships::Memberships, users::Users};

/// Who can sit in a grown channel: those of the seed first, then the grown users.
#[derive(Debug, Default)]
struct Seeded {
    people: Vec<Person>,
    by_sid: HashMap<String, u64>,
}

#[derive(Debug)]
struct Person {
    sid: String,
    identity: String,
}

/// What grows, and how much of it.
#[derive(Debug)]
struct Ground {
    service: String,
    user_role: String,
    member_role: String,
    channels: u64,
    users: u64,
    seeded: Seeded,
}

/// Lets the first service have so many channels and users in all; what the seed has already is not taken away.
pub(super) fn grow(world: &mut World, channels: u32, users: u32) {
    let Some((_, service)) = world.table(Kind::Service).all(ACCOUNT_SCOPE).next() else { return };
    let sid = text(&service, "sid").to_owned();
    let missing = |kind: Kind, wanted: u32| {
        u64::from(wanted).saturating_sub(world.table(kind).count(&sid) as u64)
    };
    let field = Arc::new(Ground {
        user_role: text(&service, "default_service_role_sid").to_owned(),
        member_role: text(&service, "default_channel_role_sid").to_owned(),
        channels: missing(Kind::Channel, channels),
        users: missing(Kind::User, users),
        seeded: seeded(world, &sid),
        service: sid.clone(),
    });
    let crops: [(Kind, Box<dyn Crop>); 3] = [
        (Kind::Channel, Box::new(Channels::new(Arc::clone(&field)))),
        (Kind::User, Box::new(Users::new(Arc::clone(&field)))),
        (Kind::Membership, Box::new(Memberships::new(field))),
    ];
    for (kind, crop) in crops {
        if crop.len() > 0 {
            world.table_mut(kind).sow(crop);
            world.grown_in = Some(sid.clone());
        }
    }
}

fn seeded(world: &World, service: &str) -> Seeded {
    let mut seeded = Seeded::default();
    for (number, (_, user)) in (0..).zip(world.table(Kind::User).all(service)) {
        let (sid, identity) = (text(&user, "sid").to_owned(), text(&user, "identity").to_owned());
        seeded.by_sid.insert(sid.clone(), number);
        seeded.people.push(Person { sid, identity });
    }
    seeded
}

impl Ground {
    /// How many people there are to sit in channels.
    fn people(&self) -> u64 {
        self.seeded.people.len() as u64 + self.users
    }

    fn seeded(&self, person: u64) -> Option<&Person> {
        self.seeded.people.get(usize::try_from(person).ok()?)
    }

    /// The number of a grown user among those who are no others.
    fn grown(&self, person: u64) -> u64 {
        person.saturating_sub(self.seeded.people.len() as u64)
    }

    fn person_sid(&self, person: u64) -> String {
        match self.seeded(person) {
            Some(seeded) => seeded.sid.clone(),
            None => sid::numbered("US", self.grown(person)),
        }
    }

    fn identity(&self, person: u64) -> String {
        match self.seeded(person) {
            Some(seeded) => seeded.identity.clone(),
            None => users::identity(self.grown(person)),
        }
    }

    /// The person of a user's sid.
    fn person(&self, user: &str) -> Option<u64> {
        if let Some(person) = self.seeded.by_sid.get(user) {
            return Some(*person);
        }
        let number = sid::number("US", user).filter(|number| *number < self.users)?;
        Some(self.seeded.people.len() as u64 + number)
    }

    fn channel(&self, channel: &str) -> Option<u64> {
        sid::number("CH", channel).filter(|number| *number < self.channels)
    }
}
