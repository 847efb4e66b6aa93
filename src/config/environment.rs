//! What the environment says, as a profile of its own.

use crate::api::sid::{Kind, Sid};
use crate::config::{
    ConfigError, Env,
    profile::{Login, Profile, Told},
    secret::Secret,
};

/// By which the environment's account is chosen; no profile may be called so.
pub const ENVIRONMENT: &str = "environment";

pub(super) const SID: &str = "TWILIO_ACCOUNT_SID";
pub(super) const TOKEN: &str = "TWILIO_AUTH_TOKEN";
const KEY: &str = "TWILIO_API_KEY";
pub(super) const SECRET: &str = "TWILIO_API_SECRET";
const REGION: &str = "TWILIO_REGION";
pub(super) const EDGE: &str = "TWILIO_EDGE";

/// A variable; empty counts as unset.
pub(super) fn get(env: &Env, name: &str) -> Option<String> {
    env(name).filter(|value| !value.is_empty())
}

/// A variable as a value that names where it is from.
pub(super) fn told(env: &Env, name: &str) -> Option<Told<String>> {
    get(env, name).map(|value| Told { value, by: name.to_owned() })
}

/// The account in the environment: an API key wins over an account's token. An account alone is none.
pub(super) fn profile(env: &Env) -> Result<Option<Profile>, ConfigError> {
    let is_set = |name: &str| get(env, name).is_some();
    let half = |there, missing| Err(ConfigError::Half { there, missing });
    let secret =
        |name: &str| Told { value: Secret::Variable(name.to_owned()), by: name.to_owned() };
    let account = sid(env, SID)?;
    let (login, source) = match (sid(env, KEY)?, is_set(SECRET), is_set(TOKEN)) {
        (Some(key), true, _) => (Login::Key(key, secret(SECRET)), [KEY, SECRET]),
        (Some(_), false, _) => return half(KEY, SECRET),
        (None, true, _) => return half(SECRET, KEY),
        (None, false, true) if account.is_some() => (Login::Token(secret(TOKEN)), [SID, TOKEN]),
        (None, false, true) => return half(TOKEN, SID),
        (None, false, false) => return Ok(None),
    };
    let source = format!("the environment: {}", source.join(" and "));
    let region = told(env, REGION);
    Ok(Some(Profile { account, login: Ok(login), region, ..Profile::named(ENVIRONMENT, source) }))
}

fn sid<K: Kind>(env: &Env, variable: &'static str) -> Result<Option<Told<Sid<K>>>, ConfigError> {
    let Some(value) = get(env, variable) else { return Ok(None) };
    match value.trim().parse::<Sid<K>>() {
        Ok(value) => Ok(Some(Told { value, by: variable.to_owned() })),
        Err(error) => Err(ConfigError::Variable { variable, expected: error.to_string() }),
    }
}

/// Where credentials were looked for in vain, in words.
pub(super) fn looked_at(env: &Env) -> String {
    if get(env, SID).is_some() {
        format!("the environment: {SID} is there, but neither {TOKEN} nor {KEY} and {SECRET}")
    } else {
        format!("{SID}, {TOKEN}, {KEY} and {SECRET} in the environment")
    }
}
