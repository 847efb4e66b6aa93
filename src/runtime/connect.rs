//! From what was configured to a client: the only place where both are known. Used at the start, and by `:profile`.

use std::time::Duration;

use crate::{
    api::{Access, Client, ClientConfig, Credentials, Hosts, Observer},
    app::account::{Account, Choice},
    config::{Chosen, Config, NewProfile, Overrides},
    sandbox::Sandbox,
};

/// Short enough that a reading can be tried three times before the client gives up.
const TIMEOUT: Duration = Duration::from_secs(12);

/// What was configured, and what the command line said of it.
#[derive(Debug, Clone)]
pub struct Accounts {
    config: Config,
    begun: Overrides,
}

/// A client, and what the console says of its account.
pub type Connected = (Client, Account);

impl Accounts {
    /// These accounts; the one to begin with is chosen by `begun`.
    pub fn new(config: Config, begun: Overrides) -> Self {
        Self { config, begun }
    }

    /// What was configured.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Connects to the account to begin with.
    ///
    /// # Errors
    /// What keeps it from being used, in words.
    pub async fn begin(
        &self,
        chosen: Chosen,
        observer: Option<Observer>,
    ) -> Result<Connected, String> {
        self.client(chosen, observer).await
    }

    /// Connects to another account while the console runs.
    ///
    /// # Errors
    /// What keeps it from being used, in words.
    pub async fn switch(
        &self,
        name: &str,
        observer: Option<Observer>,
    ) -> Result<Connected, String> {
        let chosen = self.config.choose_later(name, &self.begun);
        self.client(chosen.map_err(|error| error.to_string())?, observer).await
    }

    /// The same, with a profile more that was typed.
    ///
    /// # Errors
    /// When there is one of that name.
    pub fn with(&self, profile: &NewProfile) -> Result<Self, String> {
        Ok(Self { config: self.config.with(profile)?, begun: self.begun.clone() })
    }

    /// The accounts that can be switched to.
    pub fn choices(&self) -> Vec<Choice> {
        let choice = |profile: &crate::config::Profile| {
            let found = self.config.choose_later(&profile.name, &self.begun);
            let chosen = found.as_ref().ok();
            Choice {
                name: profile.name.clone(),
                label: chosen.map_or_else(|| profile.name.clone(), |it| it.label.clone()),
                source: profile.origin().to_owned(),
                production: profile.is_production(),
                reads_only: chosen.is_some_and(|it| it.reads_only.is_some()),
                colour: profile.colour.as_ref().map(|told| told.value),
                lacks: found.as_ref().err().map(ToString::to_string),
            }
        };
        self.config.profiles().iter().map(choice).collect()
    }

    /// Why no other account may be switched to in this session.
    pub fn closed(&self) -> Option<&'static str> {
        self.begun.base_url.is_some().then_some(
            "this console was started with --base-url; start another one for another account",
        )
    }

    async fn client(
        &self,
        chosen: Chosen,
        observer: Option<Observer>,
    ) -> Result<Connected, String> {
        let credentials = self.config.credentials(&chosen).await.map_err(|e| e.to_string())?;
        let client = Client::new(ClientConfig {
            credentials,
            hosts: chosen.hosts.clone(),
            access: chosen.access(),
            page_size: chosen.page_size,
            timeout: TIMEOUT,
            observer,
        });
        Ok((client.map_err(|error| error.to_string())?, account(chosen)))
    }
}

fn account(chosen: Chosen) -> Account {
    Account {
        host: chosen.is_elsewhere.then(|| chosen.hosts.label().to_owned()),
        label: chosen.label,
        source: chosen.source,
        practice: false,
        profile: Some(chosen.name),
        reads_only: chosen.reads_only,
        production: chosen.production,
        colour: chosen.colour,
        review: chosen.review,
        webhooks: chosen.webhooks,
        facts: chosen.facts,
    }
}

/// Connects to a running practice account.
///
/// # Errors
/// Never in practice: the sandbox speaks plain HTTP on loopback.
pub fn practise(
    sandbox: &Sandbox,
    observer: Option<Observer>,
    access: Access,
) -> Result<Connected, String> {
    let account = sandbox.account_sid().parse().map_err(|error| format!("{error}"))?;
    let hosts = Hosts::base_url(&sandbox.url()).map_err(|error| error.to_string())?;
    let client = Client::new(ClientConfig {
        credentials: Credentials::auth_token(account, sandbox.auth_token().into()),
        hosts,
        access,
        page_size: 1000,
        timeout: Duration::from_secs(30),
        observer,
    });
    let reads_only = (access == Access::ReadOnly).then(|| "--read-only was given".to_owned());
    Ok((client.map_err(|error| error.to_string())?, Account::practice(reads_only)))
}
