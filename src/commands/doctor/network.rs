//! Each account: whether it can be used, reached and signed in to, and whether the clocks agree.

use std::{error::Error as _, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::{Finding, profiles};
use crate::{
    api::{Client, Error, Product, chat::services},
    commands::headless::now,
    config::{Config, Overrides},
    runtime::connect::Accounts,
};

/// For so long a server, or a program that tells a secret, may think.
const PATIENCE: Duration = Duration::from_secs(15);
/// Clocks may differ by so much.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// What there is to say of every account.
pub(super) async fn findings(config: Config, overrides: &Overrides) -> Vec<Finding> {
    let profiles = profiles(&config, overrides);
    if profiles.is_empty() {
        let words = format!("none is known; looked at {}", config.looked_at());
        let advice = "start switchboard and press 2, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; --sandbox needs none";
        return vec![Finding::warn("account", words, advice)];
    }
    let accounts = Accounts::new(config, overrides.clone());
    let mut findings = Vec::new();
    for (name, overrides) in profiles {
        findings.extend(account(&accounts, &name, &overrides).await);
    }
    findings
}

async fn account(accounts: &Accounts, name: &str, overrides: &Overrides) -> Vec<Finding> {
    let what = format!("account {name}");
    let fail = |words: String, advice: &str| vec![Finding::fail(&what, words, advice)];
    let chosen = match accounts.config().choose(overrides) {
        Ok(Some(chosen)) => chosen,
        Ok(None) => return fail("nobody named it".to_owned(), "choose one with -p"),
        Err(error) => {
            return fail(error.to_string(), "complete the profile; see switchboard-config(5)");
        }
    };
    let connected = tokio::time::timeout(PATIENCE, accounts.begin(chosen, None)).await;
    let client = match connected {
        Ok(Ok((client, _))) => client,
        Ok(Err(words)) => return fail(words, "see where its secret should come from"),
        Err(_) => {
            let words = format!("its secret did not come within {} s", PATIENCE.as_secs());
            return fail(words, "run the secret_command by hand; it may wait for something");
        }
    };
    let answered = tokio::time::timeout(PATIENCE, services::list(&client, None)).await;
    let mut findings = vec![match answered {
        Ok(Ok(_)) => {
            Finding::pass(&what, format!("{} answers and lets us in", client.hosts().label()))
        }
        Ok(Err(error)) => unreachable(&what, &client, &error).await,
        Err(_) => {
            let words = format!("no answer within {} s", PATIENCE.as_secs());
            Finding::fail(
                &what,
                words,
                "try again; look at the network or the vendor's status page",
            )
        }
    }];
    findings.extend(client.server_time().map(|there| clock(&what, there, now())));
    findings
}

/// Why it could not be asked, as near as can be told.
async fn unreachable(what: &str, client: &Client, error: &Error) -> Finding {
    let advice = match error {
        error if error.is_auth() => {
            "the server refuses the key or token: look at the console for a new one, and at `switchboard info` for \
             where this one comes from"
        }
        Error::Refused(refusal) if refusal.status == 403 => {
            "the key may not do this; take one with more rights"
        }
        Error::Refused(refusal) if refusal.status >= 500 => {
            "the server has trouble of its own; try again later"
        }
        error if error.is_throttled() => "the server asks for patience; try again later",
        Error::Unreachable { .. } | Error::TimedOut { .. } | Error::Lost { .. } => {
            return Finding::fail(what, chain(error), way(client).await);
        }
        _ => "what answered may not be the vendor's server; look at base_url and at proxies",
    };
    Finding::fail(what, error.to_string(), advice)
}

/// An error with what led to it.
fn chain(error: &Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_words = cause.to_string();
        if !words.contains(&cause_words) {
            words = format!("{words}: {cause_words}");
        }
        source = cause.source();
    }
    words
}

/// How far the way to the server goes.
async fn way(client: &Client) -> String {
    let base = client.hosts().base(Product::Chat);
    let (Some(host), Some(port)) = (base.host_str(), base.port_or_known_default()) else {
        return "look at base_url".to_owned();
    };
    let host = host.trim_matches(['[', ']']);
    let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"].into_iter();
    if let Some(proxy) = proxy.into_iter().find(|name| std::env::var_os(name).is_some()) {
        return format!("the way goes through a proxy: look at {proxy}");
    }
    let found = tokio::time::timeout(PATIENCE, tokio::net::lookup_host((host, port))).await;
    let Ok(Ok(addresses)) = found else {
        return format!("the name {host} is not found (DNS): look at the network");
    };
    for address in addresses {
        let connected = tokio::net::TcpStream::connect(address);
        if let Ok(Ok(_)) = tokio::time::timeout(PATIENCE, connected).await {
            return format!(
                "{host} takes connections on port {port}, but no answer comes of it: look at TLS, at its certificates \
                 and at what stands between"
            );
        }
    }
    format!(
        "{host} is found, but takes no connection on port {port}: look at firewalls, or whether it runs"
    )
}

fn clock(what: &str, there: Timestamp, here: Timestamp) -> Finding {
    let skew = here.duration_since(there);
    let seconds = skew.as_secs();
    if skew.abs() <= SKEW {
        return Finding::pass(what, "its clock and ours agree");
    }
    let way = if seconds > 0 { "ahead of" } else { "behind" };
    let words = format!("our clock is {} s {way} the server's", seconds.abs());
    Finding::warn(
        what,
        words,
        "set the clock: ages in lists and what is kept for how long depend on it",
    )
}

#[cfg(test)]
mod tests {
    use super::{super::Verdict, *};

    #[test]
    fn clocks_may_differ_a_little() {
        let there: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let found = |seconds| clock("account a", there, there + SignedDuration::from_secs(seconds));
        assert_eq!(found(59).verdict, Verdict::Pass);
        assert_eq!(found(-61).words, "our clock is 61 s behind the server's");
        assert_eq!(found(7_200).words, "our clock is 7200 s ahead of the server's");
    }
}
