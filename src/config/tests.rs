//! Files and variables in, an account or a sentence out. No sentence holds a value.

mod file;
mod precedence;
mod secrets;

use std::{fs, path::Path, sync::Arc};

use tempfile::TempDir;

use super::*;

const AC: &str = "AC00000000000000000000000000000001";
const OTHER: &str = "AC00000000000000000000000000000003";
const SK: &str = "SK00000000000000000000000000000002";

/// A home of made-up files and variables.
struct Home {
    directory: TempDir,
    variables: Vec<(String, String)>,
}

impl Home {
    fn new() -> Self {
        Self { directory: TempDir::new().expect("a directory"), variables: Vec::new() }
    }

    fn with(text: &str) -> Self {
        let home = Self::new();
        home.write("config.toml", text, 0o600);
        home
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        let path = self.path().join(name);
        fs::write(&path, text).expect("a file");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
        }
    }

    fn read(&self) -> Result<Config, ConfigError> {
        let variables = self.variables.clone();
        let env: Env = Arc::new(move |name: &str| {
            variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        });
        let here = || Some(self.path().to_owned());
        Config::read(env, &Places { config: here(), twilio_cli: here() })
    }

    fn config(&self) -> Config {
        self.read().expect("a config")
    }

    /// What is wrong with it, without where it lies.
    fn error(&self) -> String {
        let error = self.read().expect_err("an error").to_string();
        error.replace(&format!("{}/", self.path().display()), "")
    }

    fn chosen(&self, overrides: &Overrides) -> Chosen {
        self.config().choose(overrides).expect("a choice").expect("an account")
    }
}

fn profile(name: &str) -> Overrides {
    Overrides { profile: Some(name.to_owned()), ..Overrides::default() }
}

/// Who told a part of what was chosen.
fn by<'a>(chosen: &'a Chosen, part: &str) -> (&'a str, &'a str) {
    let fact = chosen.facts.iter().find(|fact| fact.part == part).expect("a part");
    (&fact.value, &fact.by)
}

async fn credentials(home: &Home, name: &str) -> Result<crate::api::Credentials, SecretError> {
    let config = home.config();
    let chosen = config.choose(&profile(name)).expect("a choice").expect("an account");
    config.credentials(&chosen).await
}
