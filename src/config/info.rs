//! Each part of what was chosen, with who told it, for a person to read. No secret, and of sids their ends.

use crate::{
    api::{
        Webhooks,
        sid::{Kind, Sid},
    },
    config::{
        Config, Kept, Overrides,
        choose::Chosen,
        environment,
        profile::{Login, Profile, Told},
        secret::Secret,
    },
};

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub part: &'static str,
    /// What it is set to, safe to show.
    pub value: String,
    /// Who said so.
    pub by: String,
}

/// Who said what is not a profile's own.
pub(super) struct By<'a> {
    pub(super) choice: &'a str,
    pub(super) server: &'a str,
    pub(super) access: String,
    pub(super) overrides: &'a Overrides,
}

const DEFAULT: &str = "by default";

pub(super) fn facts(config: &Config, profile: &Profile, chosen: &Chosen, by: &By) -> Vec<Fact> {
    let fact = |part, value: String, by: &str| Fact { part, value, by: by.to_owned() };
    let account = match &profile.account {
        Some(account) => fact("account", end_of(account.value), &account.by),
        None => fact("account", "the one that the key belongs to".to_owned(), DEFAULT),
    };
    let login = match chosen.login() {
        Login::Key(key, _) => {
            fact("signs in", format!("by the API key {}", end_of(key.value)), &key.by)
        }
        Login::Token(token) => fact("signs in", "by the auth token".to_owned(), &token.by),
    };
    let webhooks =
        if chosen.webhooks == Webhooks::On { "told of writes" } else { "not told of writes" };
    let webhooks_by =
        if by.overrides.webhooks { "--webhooks" } else { told_by(profile.webhooks.as_ref()) };
    let review = if chosen.review { "every change" } else { "what collides" };
    let access = if chosen.reads_only.is_some() { "read-only" } else { "reads and writes" };
    let mut facts = vec![
        fact("profile", profile.name.clone(), by.choice),
        account,
        login,
        secret(config, chosen.login().secret()),
        fact("server", chosen.hosts.label().to_owned(), by.server),
        fact("access", access.to_owned(), &by.access),
        fact("webhooks", webhooks.to_owned(), webhooks_by),
        fact("review", review.to_owned(), told_by(profile.review.as_ref())),
        fact("page size", chosen.page_size.to_string(), told_by(profile.page_size.as_ref())),
    ];
    facts.extend(config.facts());
    facts
}

impl Config {
    /// What holds whichever account is chosen.
    pub fn facts(&self) -> Vec<Fact> {
        let fact = |part, value: String| Fact { part, value, by: String::new() };
        let file = self.file.as_ref().map(|path| path.display().to_string());
        let names: Vec<&str> = self.profiles().iter().map(|it| it.name.as_str()).collect();
        let kept = match self.settings.journal.kept {
            Kept::Full => "in full",
            Kept::Digest => "as digests",
        };
        let days = self.settings.journal.days;
        let index = match self.settings.index_days() {
            0 => "no listing is kept".to_owned(),
            days => format!("the last listing of each service, for {days} days"),
        };
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        vec![
            fact("profiles", names),
            fact("config", file.unwrap_or_else(|| "none".to_owned())),
            fact("journal", format!("bodies {kept}, for {days} days")),
            fact("index", index),
        ]
    }
}

fn secret(config: &Config, secret: &Told<Secret>) -> Fact {
    let mut value = secret.value.place();
    if let Secret::Variable(name) = &secret.value
        && !config.is_set(name)
    {
        value.push_str(", which is not set");
    }
    let by = match secret.by.as_str() {
        environment::TOKEN | environment::SECRET => "the environment",
        by => by,
    };
    Fact { part: "secret", value, by: by.to_owned() }
}

fn told_by<T>(told: Option<&Told<T>>) -> &str {
    told.map_or(DEFAULT, |told| told.by.as_str())
}

/// A sid's kind and its end: enough to tell one from another.
fn end_of<K: Kind>(sid: Sid<K>) -> String {
    format!("{}…{}", K::PREFIX, sid.tail())
}
