//! Grown users.

use std::sync::Arc;

use super::{
    Ground,
    dice::{below, pick},
    words,
};
use crate::sandbox::{
    clock,
    crop::{Crop, Field, Numbers},
    sid,
};

const SINCE: u64 = 1_451_865_600; // 2016-01-04
const YEARS: u64 = 9 * 365 * 24 * 3600;

/// The salts of the draws.
mod of {
    pub(super) const FIRST: u64 = 21;
    pub(super) const LAST: u64 = 22;
    pub(super) const CREATED: u64 = 23;
    pub(super) const UPDATED: u64 = 24;
    pub(super) const ODD: u64 = 25;
    pub(super) const TEAM: u64 = 26;
    pub(super) const ONLINE: u64 = 27;
}

#[derive(Debug)]
pub(super) struct Users(Arc<Ground>);

impl Users {
    pub(super) fn new(ground: Arc<Ground>) -> Self {
        Self(ground)
    }
}

impl Crop for Users {
    fn len(&self) -> u64 {
        self.0.users
    }

    fn keys(&self) -> &'static [&'static str] {
        &[
            "sid",
            "service_sid",
            "role_sid",
            "identity",
            "friendly_name",
            "attributes",
            "is_online",
            "is_notifiable",
            "date_created",
            "date_updated",
        ]
    }

    fn field(&self, number: u64, key: &str) -> Option<Field<'_>> {
        Some(match key {
            "sid" => Field::text(sid::numbered("US", number)),
            "service_sid" => Field::text(self.0.service.as_str()),
            "role_sid" => Field::text(self.0.user_role.as_str()),
            "identity" => Field::text(identity(number)),
            "friendly_name" => match below(50, number, of::ODD) {
                0 => Field::Null,
                1 => Field::text(format!("{}{number}", pick(words::ODD_NAMES, number, of::ODD))),
                _ => Field::text(name_of(number)),
            },
            "attributes" => Field::text(attributes(number)),
            "is_online" => Field::Flag(below(4, number, of::ONLINE) == 0),
            "is_notifiable" => Field::Flag(below(3, number, of::ONLINE) == 0),
            "date_created" => Field::text(clock::at(created(number))),
            "date_updated" => {
                let later = below(YEARS / 9, number, of::UPDATED);
                Field::text(clock::at(created(number) + later))
            }
            _ => return None,
        })
    }

    fn find(&self, scope: &str, name: &str) -> Option<u64> {
        if scope != self.0.service {
            return None;
        }
        let bearer = sid::number("US", name).or_else(|| {
            // Every identity ends in the number of its row.
            let number = name.rsplit(['.', ' ']).next()?.parse().ok()?;
            (identity(number) == name).then_some(number)
        });
        bearer.filter(|number| *number < self.len())
    }

    fn listed(&self, scope: &str) -> Numbers {
        let ours = scope == self.0.service;
        if ours { Numbers::run(0, self.len()) } else { Numbers::default() }
    }
}

fn created(number: u64) -> u64 {
    SINCE + below(YEARS, number, of::CREATED)
}

/// What a person is called; also lent to customers who are no users.
pub(super) fn name_of(number: u64) -> String {
    let first = pick(words::FIRST_NAMES, number, of::FIRST).0;
    format!("{first} {}", pick(words::LAST_NAMES, number, of::LAST).0)
}

pub(super) fn identity(number: u64) -> String {
    if below(97, number, of::ODD) == 0 {
        return format!("front desk / 受付 {number}");
    }
    let first = pick(words::FIRST_NAMES, number, of::FIRST).1;
    format!("{first}.{}.{number}", pick(words::LAST_NAMES, number, of::LAST).1)
}

fn attributes(number: u64) -> String {
    match below(10, number, of::TEAM) {
        0 => "{}".to_owned(),
        1..9 => {
            let team = pick(words::TOPICS, number, of::TEAM).1;
            format!(r#"{{"team":"{team}","desk":{}}}"#, number % 120)
        }
        _ => pick(words::ODD_ATTRIBUTES, number, of::ODD).to_owned(),
    }
}
