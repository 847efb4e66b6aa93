//! Making clients while the console runs: for the practice account, and for another profile. A client is kept apart
//! until it is adopted, so that no order meant for one account can leave for another.

use std::sync::{Arc, PoisonError};

use super::{Executor, observer};
use crate::{
    api::Access,
    app::{
        msg::Msg,
        notice::{Problem, ProblemKind},
        ticket::{Reply, Ticket},
    },
    runtime::connect::{self, Accounts},
    sandbox,
};

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

    pub(super) fn connect(&mut self, ticket: Ticket, profile: String) {
        self.set_aside(None);
        let (tx, aside) = (self.tx.clone(), Arc::clone(&self.aside));
        let accounts = self.accounts.clone();
        let task = tokio::spawn(async move {
            let made = match accounts {
                Some(accounts) => accounts.switch(&profile, Some(observer(tx.clone()))).await,
                None => Err("no accounts are configured".to_owned()),
            };
            let result = match made {
                Ok((client, account)) => {
                    *aside.lock().unwrap_or_else(PoisonError::into_inner) = Some((ticket, client));
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

    /// From now on orders go to the client that was made for this question; what was asked of the old one is given up.
    pub(super) fn adopt(&mut self, ticket: Ticket) {
        let made = self.aside.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((_, client)) = made.filter(|(of, _)| *of == ticket) else { return };
        for (_, task) in self.lanes.drain() {
            task.abort();
        }
        self.client = Some(client);
    }

    /// Drops a client that nobody will adopt.
    pub(super) fn set_aside(&self, made: Option<(Ticket, crate::api::Client)>) {
        *self.aside.lock().unwrap_or_else(PoisonError::into_inner) = made;
    }

    pub(super) fn start_sandbox(&self, ticket: Ticket) {
        let (options, tx, access) = (self.sandbox.clone(), self.tx.clone(), self.practice);
        let (running, later) = (Arc::clone(&self.running), Arc::clone(&self.later));
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
                    *running.lock().await = Some(sandbox);
                    Ok(account)
                }
                Err(why) => Err(Problem::new(ProblemKind::Bug, why)),
            };
            let _ = tx.send(Msg::Connected(Reply { ticket, result }));
        });
    }
}
