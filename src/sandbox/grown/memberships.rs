//! Who sits in the grown channels.
//!
//! Channels come in groups of eight that share a dozen seats unevenly; the seats are numbered through, and the people
//! take them in turns. So both lists can be told without looking at any other row: the seats of a channel lie side by
//! side, those of a person are as far apart as there are people. If the people are too few for all groups, only every
//! second, third, … group has seats: nobody sits in more than [`MOST`] grown channels.

use std::sync::Arc;

use super::{
    Ground, channels,
    dice::{below, draw},
};
use crate::sandbox::{
    clock,
    crop::{Crop, Field, Numbers},
    sid,
};

/// How many seats the channels of a group have.
const SEATS: [u64; 8] = [2, 0, 1, 5, 0, 1, 3, 0];
const GROUP: u64 = SEATS.len() as u64;
const GROUP_SEATS: u64 = 12;
/// Nobody sits in more grown channels than this.
pub(super) const MOST: u64 = 150;

/// The salts of the draws.
mod of {
    pub(super) const READ: u64 = 41;
    pub(super) const LEVEL: u64 = 42;
    pub(super) const SINCE: u64 = 43;
}

#[derive(Debug)]
pub(super) struct Memberships {
    ground: Arc<Ground>,
    people: u64,
    /// Every so manieth group has seats.
    stride: u64,
    seats: u64,
}

impl Memberships {
    pub(super) fn new(ground: Arc<Ground>) -> Self {
        let people = ground.people();
        // Two neighbours must not be the same person.
        let groups = if people < GROUP_SEATS { 0 } else { ground.channels / GROUP };
        let stride = (groups * GROUP_SEATS).div_ceil((people * MOST).max(1)).max(1);
        // The last turn may be a short one, and nobody's.
        let seats = (groups / stride * GROUP_SEATS).min(people * MOST);
        Self { ground, people, stride, seats }
    }

    /// The seats of a channel.
    fn of_channel(&self, channel: u64) -> Numbers {
        let group = channel / GROUP;
        if !group.is_multiple_of(self.stride) {
            return Numbers::default();
        }
        let mut start = group / self.stride * GROUP_SEATS;
        for (seats, place) in SEATS.into_iter().zip(0..) {
            if place == channel % GROUP {
                return Numbers::run(start.min(self.seats), (start + seats).min(self.seats));
            }
            start += seats;
        }
        Numbers::default()
    }

    fn channel_of(&self, seat: u64) -> u64 {
        let first = seat / GROUP_SEATS * self.stride * GROUP;
        let mut rest = seat % GROUP_SEATS;
        for (seats, place) in SEATS.into_iter().zip(0..) {
            if rest < seats {
                return first + place;
            }
            rest -= seats;
        }
        first
    }

    fn of_person(&self, person: u64) -> Numbers {
        Numbers { start: person.min(self.seats), end: self.seats, step: self.people.max(1) }
    }

    fn person_of(&self, seat: u64) -> u64 {
        seat % self.people.max(1)
    }

    /// How far a member has read: some never have.
    fn read(&self, seat: u64) -> Option<u64> {
        let last = channels::messages_count(self.channel_of(seat)).checked_sub(1)?;
        let draw = draw(seat, of::READ);
        (!draw.is_multiple_of(5)).then(|| last.saturating_sub((draw >> 8) % (last / 4 + 3)))
    }

    fn since(&self, seat: u64) -> u64 {
        self.ground.created(self.channel_of(seat)) + below(3600, seat, of::SINCE)
    }
}

impl Crop for Memberships {
    fn len(&self) -> u64 {
        self.seats
    }

    fn keys(&self) -> &'static [&'static str] {
        &[
            "sid",
            "service_sid",
            "channel_sid",
            "user_sid",
            "member_sid",
            "identity",
            "role_sid",
            "status",
            "last_consumed_message_index",
            "last_consumption_timestamp",
            "notification_level",
            "date_created",
            "date_updated",
        ]
    }

    fn field(&self, seat: u64, key: &str) -> Option<Field<'_>> {
        let ground = &self.ground;
        Some(match key {
            "sid" | "member_sid" => Field::text(sid::numbered("MB", seat)),
            "service_sid" => Field::text(ground.service.as_str()),
            "channel_sid" => Field::text(sid::numbered("CH", self.channel_of(seat))),
            "user_sid" => Field::text(ground.person_sid(self.person_of(seat))),
            "identity" => Field::text(ground.identity(self.person_of(seat))),
            "role_sid" => Field::text(ground.member_role.as_str()),
            "status" => Field::text("joined"),
            "last_consumed_message_index" => self.read(seat).map_or(Field::Null, Field::Number),
            "last_consumption_timestamp" if self.read(seat).is_none() => Field::Null,
            "last_consumption_timestamp" => {
                Field::text(clock::at(ground.updated(self.channel_of(seat)).max(self.since(seat))))
            }
            "notification_level" if below(6, seat, of::LEVEL) == 0 => Field::text("muted"),
            "notification_level" => Field::text("default"),
            "date_created" | "date_updated" => Field::text(clock::at(self.since(seat))),
            _ => return None,
        })
    }

    fn find(&self, scope: &str, name: &str) -> Option<u64> {
        if let Some(person) = self.ground.person(scope) {
            let seats = self.of_channel(self.ground.channel(name)?);
            return (seats.start..seats.end).find(|seat| self.person_of(*seat) == person);
        }
        let seats = self.of_channel(self.ground.channel(scope)?);
        let mut seats = seats.start..seats.end;
        match sid::number("MB", name) {
            Some(seat) => seats.contains(&seat).then_some(seat),
            None => seats.find(|seat| self.ground.identity(self.person_of(*seat)) == name),
        }
    }

    fn listed(&self, scope: &str) -> Numbers {
        if let Some(channel) = self.ground.channel(scope) {
            return self.of_channel(channel);
        }
        self.ground.person(scope).map_or_else(Numbers::default, |person| self.of_person(person))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memberships(channels: u64, users: u64) -> Memberships {
        Memberships::new(Arc::new(Ground {
            service: "IS1".to_owned(),
            user_role: String::new(),
            member_role: String::new(),
            channels,
            users,
            seeded: super::super::Seeded::default(),
        }))
    }

    #[test]
    fn both_lists_tell_the_same_seats() {
        assert_eq!(SEATS.iter().sum::<u64>(), GROUP_SEATS);
        for (channels, users) in [(100, 20), (5000, 20), (100_000, 30), (7, 100), (100, 3)] {
            let crop = memberships(channels, users);
            let mut seats = 0;
            for channel in 0..channels {
                let scope = sid::numbered("CH", channel);
                let listed = crop.listed(&scope);
                for seat in listed.start..listed.end {
                    let (user, name) = (
                        crop.ground.person_sid(crop.person_of(seat)),
                        crop.ground.identity(crop.person_of(seat)),
                    );
                    assert_eq!(crop.channel_of(seat), channel);
                    assert_eq!(crop.find(&scope, &name), Some(seat));
                    assert_eq!(crop.find(&scope, &sid::numbered("MB", seat)), Some(seat));
                    assert_eq!(crop.find(&user, &scope), Some(seat));
                    seats += 1;
                }
            }
            assert_eq!(seats, crop.len(), "{channels} channels, {users} users");
            let shares = (0..users).map(|user| crop.listed(&sid::numbered("US", user)).len());
            let shares: Vec<u64> = shares.collect();
            assert!(shares.iter().all(|share| *share <= MOST), "{shares:?}");
            assert_eq!(shares.iter().sum::<u64>(), seats);
        }
        assert!(memberships(100, 20).len() > 100);
    }
}
