//! Grown channels.

use std::{fmt::Write, sync::Arc};

use super::{
    Ground,
    dice::{below, draw, pick},
    users, words,
};
use crate::sandbox::{
    clock,
    crop::{Crop, Field, Numbers},
    sid,
};

/// The channels were made from here on, one after the other, and changed until [`UNTIL`].
const SINCE: u64 = 1_451_865_600; // 2016-01-04
const UNTIL: u64 = 1_769_904_000; // 2026-02-01

/// The salts of the draws.
mod of {
    pub(super) const TYPE: u64 = 1;
    pub(super) const NAME: u64 = 2;
    pub(super) const UNIQUE: u64 = 3;
    pub(super) const TOPIC: u64 = 4;
    pub(super) const TOWN: u64 = 5;
    pub(super) const ODD: u64 = 6;
    pub(super) const ATTRIBUTES: u64 = 7;
    pub(super) const QUEUE: u64 = 8;
    pub(super) const TAG: u64 = 9;
    pub(super) const MESSAGES: u64 = 10;
    pub(super) const AUTHOR: u64 = 11;
    pub(super) const CREATED: u64 = 12;
    pub(super) const UPDATED: u64 = 13;
    pub(super) const PRIORITY: u64 = 14;
}

#[derive(Debug)]
pub(super) struct Channels(Arc<Ground>);

impl Channels {
    pub(super) fn new(ground: Arc<Ground>) -> Self {
        Self(ground)
    }
}

impl Crop for Channels {
    fn len(&self) -> u64 {
        self.0.channels
    }

    fn keys(&self) -> &'static [&'static str] {
        &[
            "sid",
            "service_sid",
            "friendly_name",
            "unique_name",
            "attributes",
            "type",
            "date_created",
            "date_updated",
            "created_by",
            "messages_count",
        ]
    }

    fn field(&self, number: u64, key: &str) -> Option<Field<'_>> {
        Some(match key {
            "sid" => Field::text(sid::numbered("CH", number)),
            "service_sid" => Field::text(self.0.service.as_str()),
            "friendly_name" => friendly_name(number).map_or(Field::Null, Field::text),
            "unique_name" => unique_name(number).map_or(Field::Null, Field::text),
            "attributes" => Field::text(attributes(number)),
            "type" if below(10, number, of::TYPE) < 3 => Field::text("public"),
            "type" => Field::text("private"),
            "date_created" => Field::text(clock::at(self.0.created(number))),
            "date_updated" => Field::text(clock::at(self.0.updated(number))),
            "created_by" => created_by(number),
            "messages_count" => Field::Number(messages_count(number)),
            _ => return None,
        })
    }

    fn find(&self, scope: &str, name: &str) -> Option<u64> {
        if scope != self.0.service {
            return None;
        }
        self.0.channel(name).or_else(|| {
            // Every unique name ends in the number of its row.
            let digits =
                name.len() - name.trim_end_matches(|last: char| last.is_ascii_digit()).len();
            let number = name.get(name.len() - digits..)?.parse().ok()?;
            let is_it = number < self.len() && unique_name(number).as_deref() == Some(name);
            is_it.then_some(number)
        })
    }

    fn listed(&self, scope: &str) -> Numbers {
        let ours = scope == self.0.service;
        if ours { Numbers::run(0, self.len()) } else { Numbers::default() }
    }
}

impl Ground {
    /// When a channel was made, in seconds since 1970: later ones later.
    pub(super) fn created(&self, number: u64) -> u64 {
        let between = (UNTIL - SINCE) / self.channels.max(1);
        let even =
            u128::from(UNTIL - SINCE) * u128::from(number) / u128::from(self.channels.max(1));
        SINCE + u64::try_from(even).unwrap_or_default() + below(between, number, of::CREATED)
    }

    /// When it was changed: a third never, most soon after, some much later.
    pub(super) fn updated(&self, number: u64) -> u64 {
        let created = self.created(number);
        let room = UNTIL - created;
        let draw = draw(number, of::UPDATED);
        let later = match draw % 9 {
            0..3 => 0,
            3..7 => (draw >> 8) % (14 * 24 * 3600),
            _ => (draw >> 8) % room.max(1),
        };
        created + later.min(room)
    }
}

fn friendly_name(number: u64) -> Option<String> {
    let (topic, town) = about(number);
    Some(match below(100, number, of::NAME) {
        0..3 => return None,
        3..5 => format!("{}{number}", pick(words::ODD_NAMES, number, of::ODD)),
        5..40 => format!("{} {}", topic.0, town.0),
        40..70 => format!("{} · {}", users::name_of(number), topic.0),
        _ => format!("Order {}-{number} {}", 4000 + number % 977, topic.0),
    })
}

pub(super) fn unique_name(number: u64) -> Option<String> {
    let (topic, town) = about(number);
    Some(match below(100, number, of::UNIQUE) {
        0..9 => return None,
        9..11 => format!("{}{number}", pick(words::ODD_UNIQUE_NAMES, number, of::ODD)),
        _ => format!("{}-{}-{number}", topic.1, town.1),
    })
}

type Word = (&'static str, &'static str);

fn about(number: u64) -> (Word, Word) {
    (pick(words::TOPICS, number, of::TOPIC), pick(words::TOWNS, number, of::TOWN))
}

fn created_by(number: u64) -> Field<'static> {
    match below(20, number, of::AUTHOR) {
        0..14 => Field::text("system"),
        14..17 => Field::text("flex-flow"),
        _ => Field::text(users::identity(number)),
    }
}

/// A fifth of the channels is silent, most hold a conversation, a few go on for ever.
pub(super) fn messages_count(number: u64) -> u64 {
    let draw = draw(number, of::MESSAGES);
    match draw % 100 {
        0..20 => 0,
        20..80 => (draw >> 8) % 40,
        80..98 => (draw >> 8) % 400,
        _ => (draw >> 8) % 4000,
    }
}

fn attributes(number: u64) -> String {
    let queue = pick(words::QUEUES, number, of::QUEUE);
    let priority = below(5, number, of::PRIORITY);
    match below(200, number, of::ATTRIBUTES) {
        0 => pick(words::ODD_ATTRIBUTES, number, of::ODD).to_owned(),
        1..20 => "{}".to_owned(),
        20..130 => format!(r#"{{"routing":{{"queue":"{queue}"}},"priority":{priority}}}"#),
        130..196 => rich(number, queue, priority),
        _ => long(number, queue),
    }
}

fn rich(number: u64, queue: &str, priority: u64) -> String {
    let ((topic, _), (town, _)) = about(number);
    let (one, other) = (pick(words::TAGS, number, of::TAG), pick(words::TAGS, number, of::TOWN));
    format!(
        r#"{{"routing":{{"queue":"{queue}","skills":["{}"],"sticky":{}}},"priority":{priority},"customer":{{"name":"{}","town":"{town}","since":{}}},"topic":"{topic}","tags":["{one}","{other}"],"ticket":{}}}"#,
        one,
        number.is_multiple_of(2),
        users::name_of(number),
        2010 + number % 16,
        18_446_744_073_000_000_000 + number % 700_000_000,
    )
}

/// Some keep half a database in a channel's attributes.
fn long(number: u64, queue: &str) -> String {
    let mut text = format!(r#"{{"routing":{{"queue":"{queue}"}},"items":["#);
    let items = 8 + below(40, number, of::TAG);
    for item in 0..items {
        let comma = if item == 0 { "" } else { "," };
        let tag = pick(words::TAGS, number + item, of::TAG);
        // Writing to a string cannot fail.
        let _ = write!(text, r#"{comma}{{"sku":"A{item:03}-{tag}","count":{}}}"#, 1 + item % 7);
    }
    text.push_str("]}");
    text
}
