//! Which of the accounts it is: the one named on the command line, else the environment's, else the active profile.

use std::time::Duration;

use crate::{
    api::{
        Access, Credentials, Hosts, Webhooks,
        remote_text::shown,
        sid::{Account, Sid},
    },
    config::{
        Config, ConfigError, Env,
        environment::{self, ENVIRONMENT},
        info::{self, Fact},
        profile::{Colour, Login, Profile, Told},
        secret::{self, SecretError},
    },
};

/// What the command line says about the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// The profile to take.
    pub profile: Option<String>,
    /// The server to talk to.
    pub base_url: Option<String>,
    /// Whether it may write, whatever the profile says.
    pub access: Option<Access>,
    /// Whether writes tell the service's webhooks, whatever the profile says.
    pub webhooks: bool,
}

/// The account that was chosen, its secret not fetched yet.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The profile's name.
    pub name: String,
    /// What the header calls it.
    pub label: String,
    /// Where the credentials come from, in words.
    pub source: String,
    /// Where requests go.
    pub hosts: Hosts,
    /// Whether that is another server than the vendor's.
    pub is_elsewhere: bool,
    /// Why it only reads, if it does.
    pub reads_only: Option<String>,
    /// Whether it is marked as production.
    pub production: bool,
    /// Its colour in the header.
    pub colour: Option<Colour>,
    /// Whether writes tell the service's webhooks.
    pub webhooks: Webhooks,
    /// Whether every form is looked at once more before its change is sent.
    pub review: bool,
    /// How many items a page is asked to have.
    pub page_size: u32,
    /// Every part of it with who told it, for a person to read.
    pub facts: Vec<Fact>,
    account: Option<Sid<Account>>,
    login: Login,
}

/// What a page is asked to have, by the documents.
const PAGE: u32 = 1000;

impl Config {
    /// The account to begin with; `None` where nobody named one.
    ///
    /// # Errors
    /// When the one that was named is not there, or cannot be used.
    pub fn choose(&self, overrides: &Overrides) -> Result<Option<Chosen>, ConfigError> {
        if let Some(url) = &overrides.base_url {
            Hosts::base_url(url)?;
        }
        if let Some(name) = &overrides.profile {
            return self.take(name, "--profile", overrides).map(Some);
        }
        if environment::profile(&self.env)?.is_some() {
            return self.take(ENVIRONMENT, "the environment", overrides).map(Some);
        }
        match (&self.active, self.profiles.as_slice()) {
            (Some(active), _) => self.take(&active.value, &active.by, overrides).map(Some),
            (None, [only]) => self.take(&only.name, "it is the only profile", overrides).map(Some),
            (None, _) => Ok(None),
        }
    }

    /// Another account, chosen while the console runs. Of what the command line said only `--read-only` still holds: the
    /// rest was said about the account to begin with.
    ///
    /// # Errors
    /// When it is not there, or cannot be used.
    pub fn choose_later(&self, name: &str, begun: &Overrides) -> Result<Chosen, ConfigError> {
        let access = begun.access.filter(|access| *access == Access::ReadOnly);
        self.take(name, ":profile", &Overrides { access, ..Overrides::default() })
    }

    /// Where credentials were looked for in vain, in words.
    pub fn looked_at(&self) -> String {
        let environment = environment::looked_at(&self.env);
        match (&self.file, self.profiles.len()) {
            (None, _) => format!("--profile, {environment}, and found no config.toml"),
            (Some(_), 0) => {
                format!("--profile, {environment}, and config.toml, which has no profiles")
            }
            (Some(_), _) => format!(
                "--profile and {environment}; config.toml has several profiles, and none is its `profile`"
            ),
        }
    }

    fn take(&self, name: &str, by: &str, overrides: &Overrides) -> Result<Chosen, ConfigError> {
        let Some(profile) = self.profile(name) else {
            let names: Vec<&str> = self.profiles.iter().map(|it| it.name.as_str()).collect();
            let known = match names.as_slice() {
                [] => "there are none".to_owned(),
                names => format!("there are {}", names.join(", ")),
            };
            let (name, by) = (shown(name).text(), by.to_owned());
            return Err(ConfigError::NoProfile { name, by, known });
        };
        let login = match &profile.login {
            Ok(login) => login.clone(),
            Err(missing) => {
                let name = profile.name.clone();
                return Err(ConfigError::NoCredentials { name, missing });
            }
        };
        let (hosts, server_by) = self.hosts(profile, overrides)?;
        let (reads_only, access_by) = access(profile, overrides);
        let mut chosen = Chosen {
            name: profile.name.clone(),
            label: label(profile, &login),
            source: profile.source.clone(),
            is_elsewhere: overrides.base_url.is_some() || profile.base_url.is_some(),
            hosts,
            reads_only,
            production: profile.is_production(),
            colour: profile.colour.as_ref().map(|told| told.value),
            webhooks: webhooks(profile, overrides),
            review: profile.review.as_ref().is_some_and(|told| told.value),
            page_size: profile.page_size.as_ref().map_or(PAGE, |told| told.value),
            facts: Vec::new(),
            account: profile.account.as_ref().map(|told| told.value),
            login,
        };
        let by = info::By { choice: by, server: &server_by, access: access_by, overrides };
        chosen.facts = info::facts(self, profile, &chosen, &by);
        Ok(chosen)
    }

    /// Where requests go, and who said so. An edge in the environment wins over a profile's, as `twilio-cli` has it.
    fn hosts(
        &self,
        profile: &Profile,
        overrides: &Overrides,
    ) -> Result<(Hosts, String), ConfigError> {
        if let Some(url) = &overrides.base_url {
            return Ok((Hosts::base_url(url)?, "--base-url".to_owned()));
        }
        if let Some(url) = &profile.base_url {
            return Ok((Hosts::base_url(&url.value)?, url.by.clone()));
        }
        let region = profile.region.as_ref();
        let edge = environment::told(&self.env, environment::EDGE);
        let edge = edge.as_ref().or(profile.edge.as_ref());
        let text = |told: Option<&Told<String>>| told.map(|told| told.value.clone());
        let hosts = Hosts::vendor(text(region).as_deref(), text(edge).as_deref())?;
        let by: Vec<&str> = region.into_iter().chain(edge).map(|told| told.by.as_str()).collect();
        let by = if by.is_empty() { "by default".to_owned() } else { by.join(", ") };
        Ok((hosts, by))
    }
}

impl Chosen {
    /// Whether it may write.
    pub fn access(&self) -> Access {
        if self.reads_only.is_some() { Access::ReadOnly } else { Access::ReadWrite }
    }

    pub(super) fn login(&self) -> &Login {
        &self.login
    }

    /// Who signs in. Programs are started without the variables named `hidden`, and get so long.
    pub(super) async fn credentials(
        &self,
        env: &Env,
        hidden: &[String],
        limit: Duration,
    ) -> Result<Credentials, SecretError> {
        let secret = secret::fetch(&self.login.secret().value, env, hidden, limit).await?;
        Ok(match (&self.login, self.account) {
            (Login::Key(key, _), account) => Credentials::api_key(key.value, secret, account),
            (Login::Token(_), Some(account)) => Credentials::auth_token(account, secret),
            // A token is not taken in without its account.
            (Login::Token(place), None) => return Err(SecretError::Unset(place.by.clone())),
        })
    }
}

/// Whether writes tell the service's webhooks.
fn webhooks(profile: &Profile, overrides: &Overrides) -> Webhooks {
    let told = profile.webhooks.as_ref().is_some_and(|told| told.value);
    if overrides.webhooks || told { Webhooks::On } else { Webhooks::Off }
}

/// Why it only reads, if it does, and who said what it may.
fn access(profile: &Profile, overrides: &Overrides) -> (Option<String>, String) {
    match (overrides.access, profile.reads_only()) {
        (Some(Access::ReadOnly), _) => {
            (Some("--read-only was given".to_owned()), "--read-only".to_owned())
        }
        (Some(Access::ReadWrite), _) => (None, "--write".to_owned()),
        (None, Some(told)) => {
            let by = format!("{}, {}", told.value, told.by);
            (Some(format!("{}; --write allows changes", told.value)), by)
        }
        (None, None) => {
            let told = profile.read_only.as_ref().map(|told| told.by.clone());
            (None, told.unwrap_or_else(|| "by default".to_owned()))
        }
    }
}

/// How the header calls it: its label, its name, or what of the environment can be shown.
fn label(profile: &Profile, login: &Login) -> String {
    match (&profile.label, &profile.account, login) {
        (Some(label), ..) => shown(&label.value).text(),
        (None, ..) if profile.name != ENVIRONMENT => profile.name.clone(),
        (None, Some(account), _) => account.value.short(),
        (None, None, Login::Key(key, _)) => key.value.short(),
        (None, None, Login::Token(_)) => "account".to_owned(),
    }
}
