//! Writes a new profile into `config.toml`: below what stands there, which stays as it is, byte for byte.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use crate::{
    api::{
        Hosts,
        sid::{Account, ApiKey, Sid},
    },
    config::{
        Config, ConfigError,
        document::Source,
        file,
        profile::{self, Login, Profile, Told},
        secret::Secret,
    },
    paths,
};

/// Who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The account itself, by its token.
    Account(Sid<Account>),
    /// An API key.
    Key(Sid<ApiKey>),
}

/// A profile that was typed.
#[derive(Debug, Clone)]
pub struct NewProfile {
    /// By which it will be chosen.
    pub name: String,
    /// Who signs in.
    pub who: Who,
    /// With what.
    pub secret: SecretString,
    /// The vendor's region, where it is not the usual one.
    pub region: Option<String>,
    /// Another server in the vendor's place.
    pub base_url: Option<String>,
}

impl PartialEq for NewProfile {
    fn eq(&self, other: &Self) -> bool {
        let told = |it: &Self| (it.name.clone(), it.who, it.region.clone(), it.base_url.clone());
        told(self) == told(other) && self.secret.expose_secret() == other.secret.expose_secret()
    }
}

impl Eq for NewProfile {}

impl NewProfile {
    /// What was typed, as a profile.
    ///
    /// # Errors
    /// What is wrong with it, in words that hold nothing of the secret.
    pub fn of(name: &str, sid: &str, secret: &str, region: &str) -> Result<Self, String> {
        let (name, sid) = (name.trim(), sid.trim());
        let who = if sid.starts_with("AC") {
            sid.parse().map(Who::Account).map_err(|error| error.to_string())?
        } else if sid.starts_with("SK") {
            sid.parse().map(Who::Key).map_err(|error| error.to_string())?
        } else {
            return Err("the sid of an API key begins with SK, that of an account with AC".into());
        };
        let secret = secret.trim();
        if secret.is_empty() {
            return Err("there is no secret yet".to_owned());
        }
        // What is written between quotes needs no escapes then.
        if !secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~+/=".contains(&byte)) {
            return Err("a secret is letters and digits; something else is among them".to_owned());
        }
        if !profile::is_name(name) {
            return Err(profile::NAME.to_owned());
        }
        let region = region.trim();
        let is_url = region.starts_with("http://") || region.starts_with("https://");
        if is_url {
            Hosts::base_url(region).map_err(|error| error.to_string())?;
        } else if !region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err("a region is a word as ie1 or au1".to_owned());
        }
        let base_url = is_url.then(|| region.to_owned());
        let is_named = !is_url && !region.is_empty() && region != "us1";
        let region = is_named.then(|| region.to_owned());
        Ok(Self { name: name.to_owned(), who, secret: secret.into(), region, base_url })
    }

    /// The lines that say so.
    fn lines(&self) -> Zeroizing<String> {
        let secret = self.secret.expose_secret();
        let mut lines = Zeroizing::new(format!("[profiles.\"{}\"]\n", self.name));
        // A string takes whatever is written to it.
        let _ = match self.who {
            Who::Account(sid) => {
                writeln!(lines, "account_sid = \"{sid}\"\nauth_token = \"{secret}\"")
            }
            Who::Key(sid) => writeln!(lines, "api_key = \"{sid}\"\napi_secret = \"{secret}\""),
        };
        if let Some(region) = &self.region {
            let _ = writeln!(lines, "region = \"{region}\"");
        }
        if let Some(url) = &self.base_url {
            let _ = writeln!(lines, "base_url = {}", serde_json::Value::from(url.as_str()));
        }
        lines
    }

    fn profile(&self) -> Profile {
        let by = || "typed".to_owned();
        let secret = Told { value: Secret::Value(self.secret.clone()), by: by() };
        let source = format!("the profile {} that was typed", self.name);
        let mut profile = Profile::named(&self.name, source);
        match self.who {
            Who::Account(sid) => {
                profile.account = Some(Told { value: sid, by: by() });
                profile.login = Ok(Login::Token(secret));
            }
            Who::Key(sid) => profile.login = Ok(Login::Key(Told { value: sid, by: by() }, secret)),
        }
        profile.region = self.region.clone().map(|value| Told { value, by: by() });
        profile.base_url = self.base_url.clone().map(|value| Told { value, by: by() });
        profile
    }
}

impl Config {
    /// The same, with one profile more.
    ///
    /// # Errors
    /// When there is one of this name.
    pub fn with(&self, new: &NewProfile) -> Result<Self, String> {
        if self.profile(&new.name).is_some() {
            return Err(format!("there is a profile {} already; choose another name", new.name));
        }
        let mut config = self.clone();
        config.profiles.push(new.profile());
        Ok(config)
    }

    /// Writes a profile to the end of `config.toml`, which only its owner can read from then on. Tells where it is.
    ///
    /// # Errors
    /// When there is nowhere to write it, or what came of it could not be read again; then the file is as it was.
    pub fn keep(&self, new: &NewProfile) -> Result<PathBuf, ConfigError> {
        let Some(directory) = &self.directory else {
            return Err(ConfigError::unwritable(Path::new("config.toml"), &"there is no home"));
        };
        let path = directory.join("config.toml");
        // Where it is a link, what it leads to is written.
        let path = path.canonicalize().unwrap_or(path);
        let was = file::text(&path)?.map(|(text, _)| text).unwrap_or_default();
        let mut text = Zeroizing::new(was);
        if !text.is_empty() {
            let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
            text.push_str(gap);
        }
        text.push_str(&new.lines());
        file::parse(Source::new(&path, &text), None)?;
        let private = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = private.and_then(|()| paths::replace(&path, text.as_bytes()));
        written.map_err(|error| ConfigError::unwritable(&path, &error))?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Overrides, Places};
    use std::sync::Arc;

    const KEY: &str = "SK00000000000000000000000000000001";

    fn read(directory: &Path) -> Config {
        let places = Places { config: Some(directory.to_owned()), twilio_cli: None };
        Config::read(Arc::new(|_| None), &places).unwrap()
    }

    fn typed() -> NewProfile {
        NewProfile::of("main", KEY, " made-up ", "ie1").unwrap()
    }

    #[test]
    fn a_profile_that_was_typed_is_there_at_the_next_start() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("switchboard");
        let path = read(&directory).keep(&typed()).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let config = read(&directory);
        let chosen = config.choose(&Overrides::default()).unwrap().unwrap();
        assert_eq!((chosen.name.as_str(), chosen.hosts.label()), ("main", typed_hosts().as_str()));
        assert!(config.with(&typed()).unwrap_err().contains("already"));
    }

    fn typed_hosts() -> String {
        let config = read(Path::new("/nowhere")).with(&typed()).unwrap();
        config.choose_later("main", &Overrides::default()).unwrap().hosts.label().to_owned()
    }

    #[test]
    fn what_stood_there_stays() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let was = "# mine\njournal_days = 7 # a week\n[profiles.old]\nregion = \"au1\"";
        fs::write(&path, was).unwrap();
        read(home.path()).keep(&typed()).unwrap();
        let now = fs::read_to_string(&path).unwrap();
        assert!(now.starts_with(&format!("{was}\n\n[profiles.\"main\"]\n")), "{now}");
        assert_eq!(read(home.path()).settings.journal.days, 7);
    }

    #[test]
    fn what_would_not_be_read_again_is_not_written() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let config = read(home.path());
        fs::write(&path, "profiles = 3\n").unwrap();
        config.keep(&typed()).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "profiles = 3\n");
    }

    #[test]
    fn what_cannot_be_written_is_told_as_that() {
        let home = tempfile::tempdir().unwrap();
        // Where the directory should be, there is a file.
        let directory = home.path().join("switchboard");
        let config = read(&directory);
        fs::write(&directory, "").unwrap();
        let told = config.keep(&typed()).unwrap_err().to_string();
        assert!(!told.contains("made-up"), "{told}");
        let told = Config { directory: None, ..config }.keep(&typed()).unwrap_err().to_string();
        assert_eq!(told, "config.toml cannot be written: there is no home");
    }

    #[test]
    fn what_is_wrong_is_told_without_the_secret() {
        let told = |name, sid, secret, region| {
            NewProfile::of(name, sid, secret, region).map(|_| ()).unwrap_err()
        };
        assert!(told("main", "CH1", "s", "").contains("SK"));
        assert!(told("main", "SK1", "s", "").contains("API key"));
        assert!(told("main", KEY, " ", "").contains("no secret"));
        let words = told("main", KEY, "made\"up", "");
        assert!(words.contains("letters") && !words.contains("made"), "{words}");
        assert!(told("a b", KEY, "s", "").contains("name"));
        assert!(told("main", KEY, "s", "i e").contains("region"));
        assert!(!told("main", KEY, "s", "http://example.com").is_empty());
        let debug = format!("{:?}", typed());
        assert!(!debug.contains("made-up"), "{debug}");
    }
}
