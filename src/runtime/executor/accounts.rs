//! Making clients while the console runs: for the practice account, and for another profile. A client is kept apart
//! until it is adopted, so that no order meant for one account can leave for another.

use std::sync::{Arc, PoisonError};

use super::{Executor, observer};
use crate::{
    api::{Access, Client, Observer, chat::services, remote_text},
    app::{
        account::SignedIn,
        msg::Msg,
        notice::{Problem, ProblemKind},
        ticket::{Reply, Ticket},
    },
    config::{self, ConfigError, NewProfile},
    runtime::connect::{self, Accounts, Connected},
    sandbox,
};

/// A client that is ready and not used yet.
#[derive(Debug)]
pub(super) struct Aside {
    ticket: Ticket,
    client: Client,
    profile: String,
    /// The accounts that are known then, where that is one more.
    accounts: Option<Accounts>,
}

impl Executor {
    /// The same, able to connect to these accounts.
    #[must_use]
    pub fn with_accounts(mut self, accounts: Accounts) -> Self {
        self.accounts = Some(Arc::new(accounts));
        self
    }

    /// The same, with the practice account open to this only.
    #[must_use]
    pub fn with_practice(mut self, access: Access) -> Self {
        self.practice = access;
        self
    }

    /// The environment variables that may hold secrets: whatever is started must be started without them.
    pub fn secret_variables(&self) -> Vec<String> {
        let configured = self.accounts.as_ref().map(|it| it.config().secret_variables());
        configured.unwrap_or_else(|| config::secret_variables(&[]))
    }

    pub(super) fn connect(&mut self, ticket: Ticket, profile: String) {
        self.drop_aside();
        let (tx, aside) = (self.tx.clone(), Arc::clone(&self.aside));
        let accounts = self.accounts.clone();
        let task = tokio::spawn(async move {
            let made = match accounts {
                Some(accounts) => accounts.switch(&profile, Some(observer(tx.clone()))).await,
                None => Err("no accounts are configured".to_owned()),
            };
            let result = match made {
                Ok((client, account)) => {
                    let made = Aside { ticket, client, profile, accounts: None };
                    *aside.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
                    Ok(account)
                }
                Err(why) => Err(Problem::new(ProblemKind::Refused, why)),
            };
            // The console may have quit meanwhile.
            let _ = tx.send(Msg::Switched(Reply { ticket, result }));
        });
        if let Some(older) = self.lanes.insert(ticket.lane, task.abort_handle()) {
            older.abort();
        }
    }

    /// Tries credentials, and keeps them once they hold.
    pub(super) fn sign_in(&mut self, ticket: Ticket, profile: NewProfile, keep: bool) {
        self.drop_aside();
        let (tx, aside) = (self.tx.clone(), Arc::clone(&self.aside));
        let accounts = self.accounts.clone();
        let task = tokio::spawn(async move {
            let observer = observer(tx.clone());
            let tried = match &accounts {
                Some(accounts) => tried(accounts, &profile, keep, observer).await,
                None => Err("no accounts are configured".to_owned()),
            };
            let result = match tried {
                Ok((accounts, (client, account), kept)) => {
                    let choices = accounts.choices();
                    let (name, accounts) = (profile.name, Some(accounts));
                    let made = Aside { ticket, client, profile: name, accounts };
                    *aside.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
                    Ok(SignedIn { account, choices, kept })
                }
                Err(why) => Err(Problem::new(ProblemKind::Refused, why)),
            };
            // The console may have quit meanwhile.
            let _ = tx.send(Msg::SignedIn(Reply { ticket, result }));
        });
        if let Some(older) = self.lanes.insert(ticket.lane, task.abort_handle()) {
            older.abort();
        }
    }

    /// From now on orders go to the client that was made for this question; what was asked of the old one is given up.
    pub(super) fn adopt(&mut self, ticket: Ticket) {
        let made = self.aside.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(made) = made.filter(|made| made.ticket == ticket) else { return };
        for (_, task) in self.lanes.drain() {
            task.abort();
        }
        self.index.close();
        self.client = Some(made.client);
        if let Some(accounts) = made.accounts {
            self.accounts = Some(Arc::new(accounts));
        }
        self.journal = self.journal.of_profile(made.profile);
    }

    /// Drops a client that nobody will adopt.
    pub(super) fn drop_aside(&self) {
        *self.aside.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn start_sandbox(&self, ticket: Ticket) {
        let (options, tx, access) = (self.sandbox.clone(), self.tx.clone(), self.practice);
        let (running, later) = (Arc::clone(&self.running), Arc::clone(&self.later));
        let switches = Arc::clone(&self.switches);
        tokio::spawn(async move {
            let started = match sandbox::start(options).await {
                Ok(sandbox) => connect::practise(&sandbox, Some(observer(tx.clone())), access)
                    .map(|connected| (sandbox, connected)),
                Err(error) => Err(error.to_string()),
            };
            let result = match started {
                Ok((sandbox, (client, account))) => {
                    if let Ok(mut later) = later.lock() {
                        *later = Some(client);
                    }
                    *switches.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some(sandbox.switches());
                    *running.lock().await = Some(sandbox);
                    Ok(account)
                }
                Err(why) => Err(Problem::new(ProblemKind::Bug, why)),
            };
            let _ = tx.send(Msg::Connected(Reply { ticket, result }));
        });
    }
}

/// Connects, reads a page of services, and writes the profile down if it is to be kept.
async fn tried(
    accounts: &Accounts,
    profile: &NewProfile,
    keep: bool,
    observer: Observer,
) -> Result<(Accounts, Connected, Option<String>), String> {
    let with = accounts.with(profile)?;
    let connected = with.switch(&profile.name, Some(observer)).await?;
    services::list(&connected.0, None).await.map_err(|error| error.to_string())?;
    let mut at = None;
    if keep {
        let (config, profile) = (accounts.config().clone(), profile.clone());
        let kept = tokio::task::spawn_blocking(move || config.keep(&profile)).await;
        let kept = kept.map_err(|error| error.to_string())?;
        let shown = |words: String| remote_text::shown(&words).text();
        let told = |why: ConfigError| {
            let why = shown(why.to_string());
            format!("they hold, but cannot be kept: {why}; ^t goes on without")
        };
        let path = kept.map_err(told)?;
        at = Some(shown(path.display().to_string()));
    }
    Ok((with, connected, at))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        config::{Config, Overrides, Places},
        runtime::journal::Journal,
    };

    #[test]
    fn what_programs_must_not_see_is_known_with_and_without_a_config() {
        let (tx, _answers) = tokio::sync::mpsc::unbounded_channel();
        let executor = Executor::new(None, sandbox::Options::default(), Journal::none(), tx);
        let vendors = ["TWILIO_AUTH_TOKEN", "TWILIO_API_SECRET"];
        assert_eq!(executor.secret_variables(), vendors);
        let directory = tempfile::TempDir::new().expect("a directory");
        let text = "[profiles.a]\naccount_sid = \"AC00000000000000000000000000000001\"\n\
                    auth_token_env = \"ACME\"";
        std::fs::write(directory.path().join("config.toml"), text).expect("a file");
        let places = Places { config: Some(directory.path().to_owned()), twilio_cli: None };
        let config = Config::read(Arc::new(|_: &str| None), &places).expect("a config");
        let executor = executor.with_accounts(Accounts::new(config, Overrides::default()));
        assert_eq!(executor.secret_variables()[2..], ["ACME".to_owned()]);
    }
}
