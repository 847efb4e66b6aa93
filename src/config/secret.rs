//! Where a secret is, and how it is fetched: written down, in a variable, or told by a program. It is fetched when it is
//! needed and not before, and comes out in a type that does not print.

use std::{fmt, io, process::Stdio, time::Duration};

use secrecy::{SecretString, zeroize::Zeroize};
use tokio::{io::AsyncReadExt, process::Command, time::timeout};

use crate::{
    api::remote_text::shown,
    config::{Env, environment, profile::Profile},
};

/// How long a program may take to tell a secret: a person may have to unlock something.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Longer than any secret; a program that says more is not telling one.
const LONGEST: u64 = 4096;

/// Where a secret is. What it prints is [`Secret::place`]: a program's arguments could hold one too.
#[derive(Clone)]
pub enum Secret {
    /// Written down in a file.
    Value(SecretString),
    /// In an environment variable.
    Variable(String),
    /// Told by this program with these arguments, run without a shell.
    Command(Vec<String>),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place())
    }
}

impl Secret {
    /// The place, in words that hold nothing of the secret, nor of a program's arguments.
    pub fn place(&self) -> String {
        match self {
            Self::Value(_) => "written in the file".to_owned(),
            Self::Variable(name) => format!("the variable {}", shown(name).text()),
            Self::Command(words) => format!("told by {}", program(words)),
        }
    }
}

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set, or is empty.
    #[error("the variable {0}, which should hold the secret, is not set")]
    Unset(String),
    /// The program could not be started or listened to.
    #[error("the secret_command {program} could not be run: {why}")]
    NotRun {
        /// Its name.
        program: String,
        /// What the system said.
        why: io::Error,
    },
    /// The program failed.
    #[error("the secret_command {program} {how}, so there is no secret")]
    Failed {
        /// Its name.
        program: String,
        /// Its exit code, or the signal that ended it.
        how: String,
    },
    /// The program took too long and was ended.
    #[error("the secret_command {program} did not finish within {} s and was ended", .limit.as_secs())]
    TooSlow {
        /// Its name.
        program: String,
        /// How long it had.
        limit: Duration,
    },
    /// What the program said cannot be a secret.
    #[error("what the secret_command {program} prints is not a secret: it should be {expected}")]
    Odd {
        /// Its name.
        program: String,
        /// What was expected.
        expected: &'static str,
    },
}

/// Fetches a secret. Programs are started without the variables named `hidden`.
pub(super) async fn fetch(
    secret: &Secret,
    env: &Env,
    hidden: &[String],
    limit: Duration,
) -> Result<SecretString, SecretError> {
    match secret {
        Secret::Value(secret) => Ok(secret.clone()),
        Secret::Variable(name) => environment::get(env, name)
            .map(SecretString::from)
            .ok_or_else(|| SecretError::Unset(shown(name).text())),
        Secret::Command(words) => told(words, hidden, limit).await,
    }
}

/// Every variable that may hold a secret: the vendor's own, and those that profiles name.
pub fn variables(profiles: &[Profile]) -> Vec<String> {
    let mut names = vec![environment::TOKEN.to_owned(), environment::SECRET.to_owned()];
    for profile in profiles {
        if let Ok(login) = &profile.login
            && let Secret::Variable(name) = &login.secret().value
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    names
}

fn program(words: &[String]) -> String {
    format!("`{}`", shown(words.first().map_or("", String::as_str)).text())
}

async fn told(
    words: &[String],
    hidden: &[String],
    limit: Duration,
) -> Result<SecretString, SecretError> {
    let failed = |why| SecretError::NotRun { program: program(words), why };
    let Some((name, arguments)) = words.split_first() else {
        return Err(failed(io::ErrorKind::InvalidInput.into()));
    };
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.kill_on_drop(true);
    for variable in hidden {
        command.env_remove(variable);
    }
    // What asks for a passphrase would draw over our screen; it has to ask elsewhere.
    command.env_remove("GPG_TTY");
    // In a group of its own it cannot read what is typed into our terminal, and all of it can be ended at once.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command.spawn().map_err(failed)?;
    let mut group = Group::of(&child);
    let stdout = child.stdout.take();
    let listening = async {
        let mut said = Vec::new();
        if let Some(stdout) = stdout {
            stdout.take(LONGEST + 1).read_to_end(&mut said).await?;
        }
        // One that goes on talking would wait for us for ever.
        let status = if said.len() as u64 > LONGEST { None } else { Some(child.wait().await?) };
        Ok((said, status))
    };
    let (said, status) = match timeout(limit, listening).await {
        Ok(listened) => listened.map_err(failed)?,
        Err(_elapsed) => return Err(SecretError::TooSlow { program: program(words), limit }),
    };
    if status.is_some() {
        group.has_ended();
    }
    match status {
        Some(status) if !status.success() => {
            Err(SecretError::Failed { program: program(words), how: how(status) })
        }
        _ => secret_of(said)
            .map_err(|expected| SecretError::Odd { program: program(words), expected }),
    }
}

/// What was said without the newline at its end.
fn secret_of(mut said: Vec<u8>) -> Result<SecretString, &'static str> {
    let text = match std::str::from_utf8(&said) {
        Ok(text) => {
            let text = text.strip_suffix('\n').unwrap_or(text);
            Ok(text.strip_suffix('\r').unwrap_or(text))
        }
        Err(_) => Err("text"),
    };
    let secret = text.and_then(|text| match text {
        "" => Err("one line, and it prints none"),
        long if long.len() as u64 > LONGEST => Err("one line, and it prints far more"),
        lines if lines.contains(char::is_control) => Err("one line of text and nothing else"),
        secret => Ok(SecretString::from(secret)),
    });
    said.zeroize();
    secret
}

#[cfg(unix)]
fn how(status: std::process::ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("ended with exit code {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => "failed".to_owned(),
    }
}

#[cfg(not(unix))]
fn how(status: std::process::ExitStatus) -> String {
    status.code().map_or_else(|| "failed".to_owned(), |code| format!("ended with exit code {code}"))
}

/// The program with all that it started; ended when this goes, unless it has ended by itself.
struct Group {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

impl Group {
    #[cfg(unix)]
    fn of(child: &tokio::process::Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self { leader: id.and_then(rustix::process::Pid::from_raw) }
    }

    #[cfg(not(unix))]
    fn of(_child: &tokio::process::Child) -> Self {
        Self {}
    }

    #[cfg(not(unix))]
    fn has_ended(&mut self) {}

    /// What it left running on purpose, such as an agent that keeps keys, stays.
    #[cfg(unix)]
    fn has_ended(&mut self) {
        self.leader = None;
    }
}

#[cfg(unix)]
impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.leader {
            // It may have ended this very moment.
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }
}
