//! Which account to talk to, and who said so. Secrets come from the environment only, never from arguments.

use secrecy::SecretString;

use crate::api::{
    Credentials, Hosts, HostsError,
    sid::{Account, ApiKey, Kind, Sid, SidError},
};

/// The variables that hold secrets; no other program is told them.
pub const SECRETS: [&str; 2] = ["TWILIO_AUTH_TOKEN", "TWILIO_API_SECRET"];

/// Reads one environment variable; empty counts as unset.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What was found.
#[derive(Debug)]
pub enum Config {
    /// An account.
    Account {
        /// Who.
        credentials: Credentials,
        /// Where.
        hosts: Box<Hosts>,
        /// Which source won, in words.
        source: String,
    },
    /// No credentials, and where they were looked for.
    Nothing {
        /// In words.
        looked_at: String,
    },
}

/// What was found cannot be used. The words never hold a value: it could be a secret in the wrong place.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A sid variable holds something else.
    #[error("{variable} is not what it should be: {source}")]
    Sid {
        /// Which.
        variable: &'static str,
        /// What was expected.
        source: SidError,
    },
    /// Half of a pair.
    #[error("{there} is set, but {missing} is not")]
    Half {
        /// The half that is there.
        there: &'static str,
        /// The half that is not.
        missing: &'static str,
    },
    /// Region, edge or base URL cannot be used.
    #[error(transparent)]
    Hosts(#[from] HostsError),
}

/// Finds the account in the environment: an API key wins over an account's token.
///
/// # Errors
/// When what is there is malformed or half of a pair.
pub fn resolve(env: Env, base_url: Option<&str>) -> Result<Config, ConfigError> {
    let get = |name: &str| env(name).filter(|value| !value.is_empty());
    let hosts = match base_url {
        Some(url) => Hosts::base_url(url)?,
        None => Hosts::vendor(get("TWILIO_REGION").as_deref(), get("TWILIO_EDGE").as_deref())?,
    };
    let account = sid::<Account>("TWILIO_ACCOUNT_SID", get("TWILIO_ACCOUNT_SID"))?;
    let key = sid::<ApiKey>("TWILIO_API_KEY", get("TWILIO_API_KEY"))?;
    let secret = get("TWILIO_API_SECRET").map(SecretString::from);
    let token = get("TWILIO_AUTH_TOKEN").map(SecretString::from);
    let found = |credentials, source: &str| Config::Account {
        credentials,
        hosts: Box::new(hosts.clone()),
        source: source.to_owned(),
    };
    Ok(match (key, secret, account, token) {
        (Some(key), Some(secret), account, _) => found(
            Credentials::api_key(key, secret, account),
            "the environment: TWILIO_API_KEY and TWILIO_API_SECRET",
        ),
        (Some(_), None, ..) => {
            return Err(ConfigError::Half {
                there: "TWILIO_API_KEY",
                missing: "TWILIO_API_SECRET",
            });
        }
        (None, Some(_), ..) => {
            return Err(ConfigError::Half {
                there: "TWILIO_API_SECRET",
                missing: "TWILIO_API_KEY",
            });
        }
        (None, None, Some(account), Some(token)) => found(
            Credentials::auth_token(account, token),
            "the environment: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
        ),
        (None, None, None, Some(_)) => {
            return Err(ConfigError::Half {
                there: "TWILIO_AUTH_TOKEN",
                missing: "TWILIO_ACCOUNT_SID",
            });
        }
        (None, None, Some(_), None) => Config::Nothing {
            looked_at: "the environment: TWILIO_ACCOUNT_SID is there, but neither \
                        TWILIO_AUTH_TOKEN nor TWILIO_API_KEY and TWILIO_API_SECRET"
                .to_owned(),
        },
        (None, None, None, None) => Config::Nothing {
            looked_at: "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY and \
                        TWILIO_API_SECRET in the environment"
                .to_owned(),
        },
    })
}

fn sid<K: Kind>(
    variable: &'static str,
    value: Option<String>,
) -> Result<Option<Sid<K>>, ConfigError> {
    let parsed = value.map(|value| value.trim().parse()).transpose();
    parsed.map_err(|source| ConfigError::Sid { variable, source })
}

/// How the header calls an account.
pub fn label(credentials: &Credentials) -> String {
    if let Some(account) = credentials.account_sid() {
        return account.short();
    }
    let key: Result<Sid<ApiKey>, _> = credentials.username().parse();
    key.map_or_else(|_| "account".to_owned(), |key| key.short())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AC: &str = "AC00000000000000000000000000000001";
    const SK: &str = "SK00000000000000000000000000000002";

    fn resolved(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variables: Vec<(String, String)> =
            variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        resolve(
            &move |name| variables.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()),
            None,
        )
    }

    #[test]
    fn a_key_wins_over_a_token() {
        let config = resolved(&[
            ("TWILIO_ACCOUNT_SID", AC),
            ("TWILIO_AUTH_TOKEN", "t"),
            ("TWILIO_API_KEY", SK),
            ("TWILIO_API_SECRET", "s"),
        ]);
        let Ok(Config::Account { credentials, source, .. }) = config else { panic!("{config:?}") };
        assert_eq!(credentials.username(), SK);
        assert!(source.contains("TWILIO_API_KEY"), "{source}");
    }

    #[test]
    fn empty_variables_are_unset() {
        let config = resolved(&[("TWILIO_ACCOUNT_SID", AC), ("TWILIO_AUTH_TOKEN", "")]);
        let Ok(Config::Nothing { looked_at }) = config else { panic!("{config:?}") };
        assert!(looked_at.contains("TWILIO_AUTH_TOKEN"), "{looked_at}");
    }

    #[test]
    fn half_a_pair_and_wrong_sids_are_told_without_their_values() {
        for (variables, words) in [
            (vec![("TWILIO_API_KEY", SK)], "TWILIO_API_SECRET is not"),
            (vec![("TWILIO_API_SECRET", "hush")], "TWILIO_API_KEY is not"),
            (vec![("TWILIO_AUTH_TOKEN", "hush")], "TWILIO_ACCOUNT_SID is not"),
            (vec![("TWILIO_ACCOUNT_SID", "hush")], "TWILIO_ACCOUNT_SID is not what"),
        ] {
            let error = resolved(&variables).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }
}
