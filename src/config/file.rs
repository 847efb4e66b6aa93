//! `config.toml`: what may stand in it, and who may read it.

use std::{
    fs::{self, Metadata},
    io,
    path::Path,
};

use secrecy::zeroize::Zeroize;

use crate::{
    api::{
        Hosts, HostsError,
        sid::{Kind, Sid},
    },
    config::{
        ConfigError, ENVIRONMENT,
        document::{Found, Source, Table},
        keys::{self, Keys},
        look::{self, Look},
        profile::{self, Colour, Login, Profile, Told},
        secret::Secret,
    },
};

/// What is kept of the bodies of writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// All of them.
    #[default]
    Full,
    /// Digests in their place.
    Digest,
}

/// How the journal is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Journal {
    /// For how many days personal data stays in it, 30 at most; with 0 none is kept at all.
    pub days: u32,
    /// What is kept of bodies.
    pub kept: Kept,
}

impl Default for Journal {
    fn default() -> Self {
        Self { days: 30, kept: Kept::Full }
    }
}

/// What holds for all profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The journal.
    pub journal: Journal,
    /// Whether the last listing of each service's channels is kept, as long as the journal keeps names.
    pub index: bool,
    /// Whether `twilio-cli`'s profiles are read too.
    pub twilio_cli: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { journal: Journal::default(), index: true, twilio_cli: false }
    }
}

impl Settings {
    /// For how many days a listing is kept, with its names and attributes as they are; 0 where none is.
    pub fn index_days(&self) -> u32 {
        let keeps = self.index && self.journal.kept == Kept::Full;
        if keeps { self.journal.days } else { 0 }
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) profiles: Vec<Profile>,
    pub(super) active: Option<Told<String>>,
    pub(super) settings: Settings,
    pub(super) look: Look,
    pub(super) keys: Keys,
    pub(super) warnings: Vec<String>,
}

/// The most characters of a label.
const LABEL: usize = 40;
/// More than any config holds.
const LARGEST: u64 = 1024 * 1024;

/// The text of a file and who may read it; `None` where there is no such file.
pub(super) fn text(path: &Path) -> Result<Option<(String, Metadata)>, ConfigError> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ConfigError::unreadable(path, &error)),
    };
    let known = file.metadata().map_err(|error| ConfigError::unreadable(path, &error))?;
    if !known.is_file() {
        return Err(ConfigError::unreadable(path, &"it is not a file"));
    }
    if known.len() > LARGEST {
        return Err(ConfigError::unreadable(path, &"it is larger than 1 MiB"));
    }
    match io::read_to_string(file) {
        Ok(text) => Ok(Some((text, known))),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(ConfigError::unreadable(path, &"it is not text in UTF-8"))
        }
        Err(error) => Err(ConfigError::unreadable(path, &error)),
    }
}

/// Reads a config; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Read>, ConfigError> {
    let Some((mut text, known)) = text(path)? else { return Ok(None) };
    let read = parse(Source::new(path, &text), open_to_others(&known));
    text.zeroize();
    read.map(Some)
}

/// The mode of a file that others than its owner may read or change.
#[cfg(unix)]
pub(super) fn open_to_others(known: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = known.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Elsewhere the system has no such bits.
#[cfg(not(unix))]
pub(super) fn open_to_others(_known: &Metadata) -> Option<u32> {
    None
}

/// What a text says.
pub(super) fn parse(source: Source, open: Option<u32>) -> Result<Read, ConfigError> {
    let mut root = source.parse()?;
    let active = root.text("profile")?.map(|found| root.told(found));
    let mut read = Read { active, ..Read::default() };
    if let Some(days) = root.number("journal_days", (0, 30))? {
        read.settings.journal.days = days.value;
    }
    if let Some(kept) = root.word("journal", &[("full", Kept::Full), ("digest", Kept::Digest)])? {
        read.settings.journal.kept = kept.value;
    }
    if let Some(index) = root.truth("index")? {
        read.settings.index = index.value;
    }
    if let Some(twilio_cli) = root.truth("twilio_cli")? {
        read.settings.twilio_cli = twilio_cli.value;
    }
    read.look = look::take(&mut root, &mut read.warnings)?;
    read.keys = keys::take(&mut root)?;
    let profiles = root.tables("profiles")?;
    read.warnings.extend(root.unknown());
    for (name, at, mut table) in profiles {
        if !profile::is_name(&name) {
            return Err(source.at(at, profile::NAME));
        }
        if name == ENVIRONMENT {
            let what = "this name stands for what the environment says; choose another";
            return Err(source.at(at, what));
        }
        read.profiles.push(one(&name, &mut table, open, &mut read.warnings)?);
        read.warnings.extend(table.unknown());
    }
    Ok(read)
}

fn one(
    name: &str,
    table: &mut Table,
    open: Option<u32>,
    warnings: &mut Vec<String>,
) -> Result<Profile, ConfigError> {
    let source = format!("the profile {name} in config.toml");
    let account = sid(table, "account_sid")?;
    let login = login(table, open, account.is_some())?;
    let (region, edge, base_url) = hosts(table, open)?;
    let label = label(table, warnings)?;
    macro_rules! told {
        ($found:expr) => {
            $found.map(|found| table.told(found))
        };
    }
    let (colour, read_only) = (table.word("colour", Colour::NAMES)?, table.truth("read_only")?);
    let (production, webhooks) = (table.truth("production")?, table.truth("webhooks")?);
    let review = table.truth("review")?;
    let page_size = table.number("page_size", (1, 1000))?;
    Ok(Profile {
        account,
        login,
        region,
        edge,
        base_url,
        label: told!(label),
        colour: told!(colour),
        read_only: told!(read_only),
        production: told!(production),
        webhooks: told!(webhooks),
        review: told!(review),
        page_size: told!(page_size),
        ..Profile::named(name, source)
    })
}

/// What the header calls it. One that is too long is cut: no account is out of reach for that.
fn label(
    table: &mut Table,
    warnings: &mut Vec<String>,
) -> Result<Option<Found<String>>, ConfigError> {
    let Some(found) = table.text("label")? else { return Ok(None) };
    if found.value.chars().count() <= LABEL {
        return Ok(Some(found));
    }
    let what = format!("expected {LABEL} characters at most; the first of them are shown");
    warnings.push(table.odd(&found, &what).to_string());
    let cut = |label: String| label.chars().take(LABEL - 1).chain(['…']).collect();
    Ok(Some(found.map(cut)))
}

fn sid<K: Kind>(table: &mut Table, key: &str) -> Result<Option<Told<Sid<K>>>, ConfigError> {
    let Some(found) = table.text(key)? else { return Ok(None) };
    match found.value.trim().parse::<Sid<K>>() {
        Ok(sid) => Ok(Some(table.told(found.map(|_text| sid)))),
        Err(error) => Err(table.odd(&found, &error.to_string())),
    }
}

/// How it signs in, or what it lacks for that.
fn login(
    table: &mut Table,
    open: Option<u32>,
    has_account: bool,
) -> Result<Result<Login, &'static str>, ConfigError> {
    let key = sid(table, "api_key")?;
    let of_key = secret(table, open, "api_secret", "api_secret_env")?;
    let of_account = secret(table, open, "auth_token", "auth_token_env")?;
    let command = table.texts("secret_command")?;
    let wrote = of_key.is_some() || of_account.is_some();
    if let Some(command) = command.as_ref().filter(|_| wrote) {
        return Err(table.odd(command, "the secret is given already; keep one of them"));
    }
    if let Some(token) = of_account.as_ref().filter(|_| key.is_some() || of_key.is_some()) {
        return Err(table.odd(token, "give an API key or the auth token, not both"));
    }
    if let Some(command) = &command {
        unchangeable(table, command, open)?;
    }
    let command = command.map(|found| found.map(Secret::Command));
    Ok(match (key, of_key, of_account.or(command)) {
        (Some(key), Some(secret), _) | (Some(key), None, Some(secret)) => {
            Ok(Login::Key(key, table.told(secret)))
        }
        (Some(_), None, None) => {
            Err("api_key needs api_secret, api_secret_env or secret_command beside it")
        }
        (None, Some(_), _) => Err("an API secret needs its api_key beside it"),
        (None, None, Some(secret)) if has_account => Ok(Login::Token(table.told(secret))),
        (None, None, Some(_)) => Err("a token needs its account_sid beside it"),
        (None, None, None) => Err("it names neither a token nor an API key"),
    })
}

/// Refuses what others could have written: a program that would run as this person, a server that would get secrets.
fn unchangeable<T>(table: &Table, found: &Found<T>, open: Option<u32>) -> Result<(), ConfigError> {
    let Some(mode) = open.filter(|mode| mode & 0o022 != 0) else { return Ok(()) };
    let what = format!(
        "others may change this (mode {mode:04o}); type: chmod go-w {}",
        table.source.quoted_path()
    );
    Err(table.odd(found, &what))
}

/// A secret by value or by the name of a variable.
fn secret(
    table: &mut Table,
    open: Option<u32>,
    by_value: &str,
    by_name: &str,
) -> Result<Option<Found<Secret>>, ConfigError> {
    let value = table.secret(by_value)?;
    let name = table.text(by_name)?;
    if let Some(name) = name.as_ref().filter(|_| value.is_some()) {
        return Err(table.odd(name, "the secret is given already; keep one of them"));
    }
    if let Some((value, mode)) = value.as_ref().zip(open) {
        let what = format!(
            "others may read this secret (mode {mode:04o}); type: chmod 600 {}",
            table.source.quoted_path()
        );
        return Err(table.odd(value, &what));
    }
    if let Some(name) = name.as_ref().filter(|name| name.value.contains(['=', '\0'])) {
        return Err(table.odd(name, "expected the name of an environment variable"));
    }
    let value = value.map(|found| found.map(Secret::Value));
    Ok(value.or_else(|| name.map(|found| found.map(Secret::Variable))))
}

type Server = (Option<Told<String>>, Option<Told<String>>, Option<Told<String>>);

/// Region, edge and base URL, each fit to be used.
fn hosts(table: &mut Table, open: Option<u32>) -> Result<Server, ConfigError> {
    let (region, edge) = (table.text("region")?, table.text("edge")?);
    let base_url = table.text("base_url")?;
    let text = |found: &Option<Found<String>>| found.as_ref().map(|found| found.value.clone());
    if let Some(edge) = &edge
        && let Err(error) = Hosts::vendor(None, Some(&edge.value))
    {
        return Err(table.odd(edge, expected(&error)));
    }
    if let Some(found) = &region
        && let Err(error) = Hosts::vendor(Some(&found.value), text(&edge).as_deref())
    {
        return Err(table.odd(found, expected(&error)));
    }
    if let Some(found) = &base_url {
        unchangeable(table, found, open)?;
        if region.is_some() || edge.is_some() {
            return Err(table.odd(found, "a server of its own has no region and no edge"));
        }
        if let Err(error) = Hosts::base_url(&found.value) {
            return Err(table.odd(found, expected(&error)));
        }
    }
    Ok((
        region.map(|found| table.told(found)),
        edge.map(|found| table.told(found)),
        base_url.map(|found| table.told(found)),
    ))
}

/// What was expected, without the value.
fn expected(error: &HostsError) -> &'static str {
    match error {
        HostsError::UnknownRegion(_) => "this region is not known here; name its edge as well",
        HostsError::NotAName(_) => "expected small letters, digits and dashes",
        HostsError::NotAUrl => "expected a URL such as http://127.0.0.1:4010",
        HostsError::NotEncrypted => "expected https:// (http:// is only for this very machine)",
        HostsError::TooMuch => "expected no user, password, query or fragment in the URL",
    }
}
