//! What the command line, the environment and the files say about the account; `switchboard info` prints it.

use std::{
    io::{self, Write},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use crate::{
    api::Access,
    app::keymap::{Keymap, Odd},
    cli::Account,
    commands::{Exit, Failed, print},
    config::{Config, ConfigError, Fact, Kept, Overrides, Places, Settings},
    paths,
    state::{Bodies, Keeping},
};

/// Reads everything there is.
pub(crate) fn read() -> Result<Config, Failed> {
    config().map_err(|error| Failed::new(Exit::Usage, error.to_string()))
}

/// The same, for whoever is not stopped by what is wrong with it.
pub(crate) fn config() -> Result<Config, ConfigError> {
    let env = Arc::new(|name: &str| std::env::var(name).ok());
    let places = Places { config: paths::config_dir(), twilio_cli: paths::twilio_cli_dir() };
    Config::read(env, &places)
}

/// The keys in force, and what is odd in them, in words.
pub(crate) fn keymap(config: &Config) -> Result<(Keymap, Vec<String>), ConfigError> {
    let file = &config.keys.file;
    let told = |Odd { line, column, what }: Odd| ConfigError::At {
        file: file.clone(),
        line,
        column,
        what,
    };
    let (keymap, odd) = Keymap::rebound(&config.keys.rebindings).map_err(told)?;
    Ok((keymap, odd.into_iter().map(|odd| told(odd).to_string()).collect()))
}

/// How much of names and values is kept, and for how long.
pub(crate) fn keeping(settings: Settings) -> Keeping {
    let bodies = match settings.journal.kept {
        Kept::Full => Bodies::Full,
        Kept::Digest => Bodies::Digest,
    };
    Keeping { days: settings.journal.days, bodies }
}

/// What the command line says.
pub(crate) fn overrides(account: &Account) -> Overrides {
    let access = match (account.read_only, account.write) {
        (true, _) => Some(Access::ReadOnly),
        (false, true) => Some(Access::ReadWrite),
        (false, false) => None,
    };
    Overrides {
        profile: account.profile.clone(),
        base_url: account.base_url.clone(),
        access,
        webhooks: account.webhooks,
    }
}

/// Waits for an account to be connected to: its secret may come from a program that takes its time. Says so after a
/// while; nothing when the person or a signal ends the waiting, and the program with it.
pub(crate) async fn patiently<T>(connecting: impl Future<Output = T>) -> Option<T> {
    const A_WHILE: Duration = Duration::from_secs(1);
    let mut connecting = pin!(connecting);
    let told = async {
        tokio::time::sleep(A_WHILE).await;
        let _ = writeln!(io::stderr(), "waiting for the account's secret_command; ^c gives up");
        std::future::pending::<()>().await;
    };
    tokio::select! {
        connected = &mut connecting => Some(connected),
        () = super::signals::interrupted() => None,
        () = told => None,
    }
}

/// Prints which account would be used.
pub(crate) fn info(account: &Account) -> Result<Exit, Failed> {
    let config = read()?;
    for warning in &config.warnings {
        // Standard error may be closed; there is nobody else to tell.
        let _ = writeln!(io::stderr(), "switchboard: {warning}");
    }
    let chosen = config.choose(&overrides(account));
    let chosen = chosen.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
    let facts = chosen.map_or_else(|| nobody(&config), |chosen| chosen.facts);
    print(&format!("{}\n{}", lines(&facts), lines(&places()))).map(|()| Exit::Ok)
}

/// Facts below each other.
fn lines(facts: &[Fact]) -> String {
    let part = facts.iter().map(|fact| fact.part.len()).max().unwrap_or(0);
    let line = |fact: &Fact| match fact.by.as_str() {
        "" => format!("{:<part$}  {}\n", fact.part, fact.value),
        by => format!("{:<part$}  {}  ({by})\n", fact.part, fact.value),
    };
    facts.iter().map(line).collect()
}

/// Where things are, whether or not they are there.
fn places() -> Vec<Fact> {
    let fact = |part, path: Option<std::path::PathBuf>, variable| {
        let named = std::env::var_os(variable).is_some_and(|it| !it.is_empty());
        let by = if named { variable } else { "by default" };
        let value = path.map_or_else(
            || format!("none: there is no home directory; name one in {variable}"),
            |path| path.display().to_string(),
        );
        Fact { part, value, by: by.to_owned() }
    };
    let (config, state) = ("SWITCHBOARD_CONFIG_DIR", "SWITCHBOARD_STATE_DIR");
    let log = paths::state_dir().map(|dir| dir.join(super::log::NAME));
    vec![
        fact("config dir", paths::config_dir(), config),
        fact("state dir", paths::state_dir(), state),
        fact("log", log, state),
        fact("twilio-cli", paths::twilio_cli_dir(), "TWILIO_CONFIG_DIR"),
    ]
}

/// What is known where nobody named an account.
fn nobody(config: &Config) -> Vec<Fact> {
    let value = format!("none; looked at {}", config.looked_at());
    let none = Fact { part: "account", value, by: String::new() };
    std::iter::once(none).chain(config.facts()).collect()
}
