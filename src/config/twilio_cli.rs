//! `twilio-cli`'s own file, `config.json`: its profiles, each with an API key. Read only where the config asks for it.

use std::path::Path;

use secrecy::{SecretString, zeroize::Zeroize};
use serde_json::{Map, Value};

use crate::{
    api::remote_text::shown,
    config::{
        ConfigError,
        file::{self, Read},
        profile::{self, Login, Profile, Told},
        secret::Secret,
    },
};

const BY: &str = "twilio-cli's config.json";

/// Reads its profiles and which of them is active. A profile that cannot be used is told as such and left out.
pub(super) fn read(path: &Path) -> Result<Read, ConfigError> {
    let mut read = Read::default();
    let Some((mut text, known)) = file::text(path)? else {
        let words = format!("twilio_cli = true, but there is no {}", path.display());
        read.warnings.push(words);
        return Ok(read);
    };
    let parsed = serde_json::from_str::<Value>(&text);
    text.zeroize();
    let root = parsed.map_err(|error| ConfigError::At {
        file: path.display().to_string(),
        line: error.line(),
        column: error.column(),
        what: "expected JSON, as twilio-cli writes it".to_owned(),
    })?;
    let Some(profiles) = root.get("profiles").and_then(Value::as_object) else { return Ok(read) };
    let common_edge = text_of(root.as_object(), "edge");
    for (name, values) in profiles {
        match one(name, values.as_object(), common_edge.clone()) {
            Ok(profile) => read.profiles.push(profile),
            Err(why) => {
                let name = shown(name).text();
                read.warnings.push(format!("twilio-cli's profile {name} is left out: {why}"));
            }
        }
    }
    if file::open_to_others(&known).is_some() && !read.profiles.is_empty() {
        let words = "holds secrets that others on this machine may read; chmod 600 helps";
        read.warnings.push(format!("{} {words}", path.display()));
    }
    read.active = text_of(root.as_object(), "activeProject")
        .filter(|name| read.profiles.iter().any(|profile| profile.name == name.value));
    Ok(read)
}

fn one(
    name: &str,
    values: Option<&Map<String, Value>>,
    edge: Option<Told<String>>,
) -> Result<Profile, &'static str> {
    if !profile::is_name(name) || name == super::ENVIRONMENT {
        return Err(profile::NAME);
    }
    let account = text_of(values, "accountSid").ok_or("it has no accountSid")?;
    let account = parsed(account).ok_or("its accountSid is not one")?;
    let key = text_of(values, "apiKey").ok_or("it has no apiKey")?;
    let key = parsed(key).ok_or("its apiKey is not one")?;
    let secret = text_of(values, "apiSecret").ok_or("it has no apiSecret")?;
    let secret = Told { value: Secret::Value(SecretString::from(secret.value)), by: secret.by };
    let source = format!("the profile {name} of twilio-cli");
    Ok(Profile {
        account: Some(account),
        login: Ok(Login::Key(key, secret)),
        region: text_of(values, "region"),
        edge: text_of(values, "edge").or(edge),
        ..Profile::named(name, source)
    })
}

fn text_of(values: Option<&Map<String, Value>>, key: &str) -> Option<Told<String>> {
    let text = values?.get(key)?.as_str()?;
    let told = Told { value: text.to_owned(), by: BY.to_owned() };
    (!text.is_empty()).then_some(told)
}

fn parsed<T: std::str::FromStr>(told: Told<String>) -> Option<Told<T>> {
    Some(Told { value: told.value.parse().ok()?, by: told.by })
}
