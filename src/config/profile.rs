//! One account as it was told: by the environment, by `config.toml`, or by `twilio-cli`.

use crate::api::sid::{Account, ApiKey, Sid};
use crate::config::secret::Secret;

/// A value, and who told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// A variable, or a line of a file, in words.
    pub by: String,
}

/// The colours by which profiles are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Red,
    Yellow,
    Green,
    Cyan,
    Blue,
    Magenta,
    White,
}

impl Colour {
    /// By their names.
    pub const NAMES: &[(&str, Self)] = &[
        ("red", Self::Red),
        ("yellow", Self::Yellow),
        ("green", Self::Green),
        ("cyan", Self::Cyan),
        ("blue", Self::Blue),
        ("magenta", Self::Magenta),
        ("white", Self::White),
    ];
}

/// How a profile signs in.
#[derive(Debug, Clone)]
pub enum Login {
    /// By the account's own token.
    Token(Told<Secret>),
    /// By an API key.
    Key(Told<Sid<ApiKey>>, Told<Secret>),
}

impl Login {
    /// Where its secret is.
    pub fn secret(&self) -> &Told<Secret> {
        match self {
            Self::Token(secret) | Self::Key(_, secret) => secret,
        }
    }
}

/// An account to choose. Everything is optional until it is chosen.
#[derive(Debug, Clone)]
pub struct Profile {
    /// By which it is chosen.
    pub name: String,
    /// Where its credentials come from, in words.
    pub source: String,
    /// The account.
    pub account: Option<Told<Sid<Account>>>,
    /// How it signs in, or what it lacks for that.
    pub login: Result<Login, &'static str>,
    /// The vendor's region.
    pub region: Option<Told<String>>,
    /// The vendor's edge.
    pub edge: Option<Told<String>>,
    /// A server in place of the vendor's.
    pub base_url: Option<Told<String>>,
    /// What the header calls it.
    pub label: Option<Told<String>>,
    /// Its colour in the header.
    pub colour: Option<Told<Colour>>,
    /// Whether it only reads, where it says so.
    pub read_only: Option<Told<bool>>,
    /// Whether it is production: read-only, unless it says otherwise.
    pub production: Option<Told<bool>>,
    /// Whether its writes tell the service's webhooks.
    pub webhooks: Option<Told<bool>>,
    /// Whether every form is looked at once more before its change is sent.
    pub review: Option<Told<bool>>,
    /// How many items a page is asked to have.
    pub page_size: Option<Told<u32>>,
}

impl Profile {
    /// One of which nothing but its name is known.
    pub(super) fn named(name: &str, source: String) -> Self {
        Self {
            name: name.to_owned(),
            source,
            account: None,
            login: Err("it names neither a token nor an API key"),
            region: None,
            edge: None,
            base_url: None,
            label: None,
            colour: None,
            read_only: None,
            production: None,
            webhooks: None,
            review: None,
            page_size: None,
        }
    }

    /// Where it comes from, for those who see its name anyway.
    pub fn origin(&self) -> &str {
        let name = format!("the profile {} ", self.name);
        self.source.strip_prefix(&name).unwrap_or(&self.source)
    }

    /// Whether it is marked as production.
    pub fn is_production(&self) -> bool {
        self.production.as_ref().is_some_and(|production| production.value)
    }

    /// Whether it only reads, and if so why, with who told it.
    pub fn reads_only(&self) -> Option<Told<&'static str>> {
        let (value, told) = match (&self.read_only, &self.production) {
            (Some(told), _) => ("the profile says read_only", told),
            (None, Some(told)) => ("the profile is marked production", told),
            (None, None) => return None,
        };
        told.value.then(|| Told { value, by: told.by.clone() })
    }
}

/// What names can be typed after `-p` and `:profile`.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |char: char| char.is_ascii_alphanumeric() || "._-@".contains(char);
    !name.is_empty() && name.len() <= 64 && !name.starts_with('-') && name.chars().all(fits)
}

/// What [`is_name`] asks for.
pub(super) const NAME: &str =
    "a profile's name has 64 letters, digits, dots, dashes and underscores at most";
