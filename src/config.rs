//! Which account to talk to, and who said so: the command line, the environment, `config.toml`, and `twilio-cli`'s own
//! file where that was asked for. Secrets come from none of the arguments, and no words of this room hold a value: it
//! could be a secret in the wrong place.

mod choose;
mod document;
mod environment;
mod error;
mod file;
mod info;
mod keys;
pub mod look;
pub mod options;
mod profile;
mod secret;
mod store;
mod twilio_cli;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use self::{
    choose::{Chosen, Overrides},
    environment::ENVIRONMENT,
    error::ConfigError,
    file::{Journal, Kept, Settings},
    info::Fact,
    keys::{Keys, Rebinding, Spot},
    look::{Look, ThemeName},
    profile::{Colour, Login, Profile, Told},
    secret::{PATIENCE, Secret, SecretError, variables as secret_variables},
    store::{NewProfile, Who},
};

/// Reads one environment variable.
pub type Env = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Where to look.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The directory of `config.toml`; `None` where there is no home.
    pub config: Option<PathBuf>,
    /// The directory of `twilio-cli`'s `config.json`.
    pub twilio_cli: Option<PathBuf>,
}

/// All that was found, before one account of it is chosen.
#[derive(Clone)]
pub struct Config {
    env: Env,
    profiles: Vec<Profile>,
    active: Option<Told<String>>,
    /// What holds for all profiles.
    pub settings: Settings,
    /// How the console looks.
    pub look: Look,
    /// Other keys than the table's.
    pub keys: Keys,
    /// What was odd and is no reason to stop, in words.
    pub warnings: Vec<String>,
    /// The file that was read, if there is one.
    pub file: Option<PathBuf>,
    /// Where it is, or would be; `None` where there is no home.
    directory: Option<PathBuf>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("profiles", &self.profiles).finish_non_exhaustive()
    }
}

impl Config {
    /// Reads the environment and the files.
    ///
    /// # Errors
    /// When what is there is malformed, half of a pair, or open to others while it holds a secret.
    pub fn read(env: Env, places: &Places) -> Result<Self, ConfigError> {
        let mut config = Self {
            profiles: Vec::new(),
            active: None,
            settings: Settings::default(),
            look: Look::default(),
            keys: Keys::default(),
            warnings: Vec::new(),
            file: None,
            directory: places.config.clone(),
            env,
        };
        // Half of a pair is told when the environment is what is asked.
        config.profiles.extend(environment::profile(&config.env).ok().flatten());
        if let Some(directory) = &places.config {
            config.take_file(directory)?;
        }
        if config.settings.twilio_cli {
            config.take_twilio_cli(places)?;
        }
        Ok(config)
    }

    fn take_file(&mut self, directory: &Path) -> Result<(), ConfigError> {
        let path = directory.join("config.toml");
        if let Some(read) = file::read(&path)? {
            self.profiles.extend(read.profiles);
            (self.active, self.settings) = (read.active, read.settings);
            (self.look, self.keys) = (read.look, read.keys);
            self.warnings.extend(read.warnings);
            self.file = Some(path);
        }
        Ok(())
    }

    fn take_twilio_cli(&mut self, places: &Places) -> Result<(), ConfigError> {
        let Some(directory) = &places.twilio_cli else { return Ok(()) };
        let read = twilio_cli::read(&directory.join("config.json"))?;
        self.warnings.extend(read.warnings);
        for profile in read.profiles {
            if self.profile(&profile.name).is_some() {
                let name = &profile.name;
                self.warnings.push(format!("twilio-cli's profile {name} is hidden by another"));
            } else {
                self.profiles.push(profile);
            }
        }
        self.active = self.active.take().or(read.active);
        Ok(())
    }

    /// The accounts to choose from, by name. What the environment says is one of them.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// One of them.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// The environment variables that may hold secrets. Every program that is started must be started without them.
    pub fn secret_variables(&self) -> Vec<String> {
        secret_variables(&self.profiles)
    }

    /// Who signs in to what was chosen: the moment at which its secret is read, or a program asked for it.
    ///
    /// # Errors
    /// When there is no secret where it should be.
    pub async fn credentials(
        &self,
        chosen: &Chosen,
    ) -> Result<crate::api::Credentials, SecretError> {
        chosen.credentials(&self.env, &self.secret_variables(), PATIENCE).await
    }

    fn is_set(&self, variable: &str) -> bool {
        environment::get(&self.env, variable).is_some()
    }
}

#[cfg(test)]
mod tests;
