//! The account that the console is connected to, in words that are safe to show.

use crate::{
    api::client::Webhooks,
    config::{Colour, Fact},
};

/// An account, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// What the header calls it: a profile's label, a shortened account or key sid, or `sandbox`.
    pub label: String,
    /// Where the credentials came from, in words.
    pub source: String,
    /// The host, where it is not the vendor's own.
    pub host: Option<String>,
    /// Whether it is the practice account.
    pub practice: bool,
    /// The profile by which it was chosen.
    pub profile: Option<String>,
    /// Why nothing may be changed, if nothing may.
    pub reads_only: Option<String>,
    /// Whether it is marked as production.
    pub production: bool,
    /// Its colour in the header.
    pub colour: Option<Colour>,
    /// Whether writes tell the service's webhooks, unless the session or a form says otherwise.
    pub webhooks: Webhooks,
    /// Whether every form is looked at once more before its change is sent.
    pub review: bool,
    /// Each part of it, with who said so.
    pub facts: Vec<Fact>,
}

impl Account {
    /// The practice account.
    pub fn practice(reads_only: Option<String>) -> Self {
        let fact =
            |part, value: &str, by: &str| Fact { part, value: value.to_owned(), by: by.to_owned() };
        let access = match &reads_only {
            Some(why) => fact("access", "read-only", why),
            None => fact("access", "reads and writes", "by default"),
        };
        let source = "the built-in practice account";
        Self {
            label: "sandbox".to_owned(),
            source: source.to_owned(),
            practice: true,
            facts: vec![
                fact("account", source, "nothing leaves this machine"),
                access,
                fact("webhooks", "not told of writes", "by default"),
            ],
            reads_only,
            ..Self::default()
        }
    }
}

/// What came of credentials that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// The accounts that can be switched to now.
    pub choices: Vec<Choice>,
    /// The file that they are kept in, if they are.
    pub kept: Option<String>,
}

/// An account that can be switched to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The profile's name.
    pub name: String,
    /// What the header would call it.
    pub label: String,
    /// Where it comes from, in words that follow its name.
    pub source: String,
    /// Whether it is marked as production.
    pub production: bool,
    /// Whether it only reads.
    pub reads_only: bool,
    /// Its colour in the header.
    pub colour: Option<Colour>,
    /// What it lacks to be switched to.
    pub lacks: Option<String>,
}
