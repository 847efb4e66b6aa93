//! `switchboard doctor`: what works here and what does not, with what to do about it. It changes nothing, and tells no
//! secret.

mod network;
mod screen;

use std::path::Path;

use crate::{
    api::remote_text::shown,
    cli::Account,
    commands::{Exit, Failed, accounts, headless::wait, print},
    config::{Config, Overrides},
    paths,
    state::{State, StateError},
};

/// How well something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Pass,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    verdict: Verdict,
    what: String,
    words: String,
    /// What to do about it.
    advice: Option<String>,
}

impl Finding {
    fn pass(what: &str, words: impl Into<String>) -> Self {
        Self { verdict: Verdict::Pass, what: what.to_owned(), words: words.into(), advice: None }
    }

    fn warn(what: &str, words: impl Into<String>, advice: impl Into<String>) -> Self {
        let advice = Some(advice.into());
        Self { verdict: Verdict::Warn, advice, ..Self::pass(what, words) }
    }

    fn fail(what: &str, words: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, ..Self::warn(what, words, advice) }
    }

    fn text(&self, width: usize) -> String {
        let verdict = match self.verdict {
            Verdict::Pass => "pass",
            Verdict::Warn => "warn",
            Verdict::Fail => "FAIL",
        };
        let (what, words) = (shown(&self.what).text(), shown(&self.words).text());
        let advice = self.advice.as_ref().map_or_else(String::new, |advice| {
            let advice = shown(advice).text();
            format!("      {:<width$}  → {advice}\n", "")
        });
        format!("{verdict}  {what:<width$}  {words}\n{advice}")
    }
}

/// Looks at everything, and says what it found.
pub(crate) fn doctor(account: &Account) -> Result<Exit, Failed> {
    let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let mut findings = screen::findings(&env);
    findings.extend(state(paths::state_dir().as_deref()));
    let overrides = accounts::overrides(account);
    match accounts::config() {
        Err(error) => findings.push(Finding::fail(
            "config",
            error.to_string(),
            "mend that line; `switchboard man` describes the file in switchboard-config(5)",
        )),
        Ok(config) => {
            findings.extend(told(&config));
            findings.extend(keys(&config));
            findings.extend(wait(async { Ok(network::findings(config, &overrides).await) })?);
        }
    }
    let width = findings.iter().map(|it| shown(&it.what).width()).max().unwrap_or(0);
    let worst = findings.iter().map(|it| it.verdict).max();
    print(&findings.iter().map(|it| it.text(width)).collect::<String>())?;
    Ok(if worst == Some(Verdict::Fail) { Exit::Failure } else { Exit::Ok })
}

/// What the config says of itself.
fn told(config: &Config) -> Vec<Finding> {
    let file = config.file.as_ref().map(|file| file.display().to_string());
    let mut findings = vec![Finding::pass(
        "config",
        file.unwrap_or_else(|| "there is no config.toml; none is needed".to_owned()),
    )];
    let advice = "mend or remove it; nothing else depends on it";
    findings.extend(config.warnings.iter().map(|it| Finding::warn("config", it, advice)));
    findings
}

/// What the config says of the keys.
fn keys(config: &Config) -> Vec<Finding> {
    match accounts::keymap(config) {
        Err(error) => {
            let advice = "mend that line; `switchboard keys --actions` lists all names";
            vec![Finding::fail("keys", error.to_string(), advice)]
        }
        Ok((_, odd)) => {
            let advice = "name the context, as list.open, or take another key";
            odd.into_iter().map(|odd| Finding::warn("keys", odd, advice)).collect()
        }
    }
}

/// Whether what is to be kept can be kept.
fn state(dir: Option<&Path>) -> Vec<Finding> {
    const WHAT: &str = "state";
    let Some(dir) = dir else {
        let advice = "name a place in SWITCHBOARD_STATE_DIR";
        return vec![Finding::fail(WHAT, "there is no home directory", advice)];
    };
    let place = dir.display().to_string();
    if !dir.exists() {
        return vec![Finding::pass(WHAT, format!("{place}: made when it is needed"))];
    }
    if let Err(error) = tempfile::tempfile_in(dir) {
        let advice = "make it writable, or name another place in SWITCHBOARD_STATE_DIR: without it no write can be made";
        return vec![Finding::fail(WHAT, format!("{place}: {error}"), advice)];
    }
    vec![match State::existing(dir) {
        Ok(None) => Finding::pass(WHAT, format!("{place}: empty so far")),
        Ok(Some(_)) => Finding::pass(WHAT, place),
        Err(error @ (StateError::Damaged { .. } | StateError::Foreign { .. })) => Finding::warn(
            WHAT,
            error.to_string(),
            "start the console, or keep the file elsewhere first",
        ),
        Err(error @ StateError::Newer { .. }) => Finding::warn(
            WHAT,
            error.to_string(),
            "take the newer version; this one would begin anew",
        ),
        Err(error) => Finding::fail(WHAT, error.to_string(), "see what holds it, then try again"),
    }]
}

/// Only the account that the command line names, or all.
fn profiles(config: &Config, overrides: &Overrides) -> Vec<(String, Overrides)> {
    let one = |name: &str| {
        let profile = Some(name.to_owned());
        (name.to_owned(), Overrides { profile, ..overrides.clone() })
    };
    match &overrides.profile {
        Some(name) => vec![one(name)],
        None => config.profiles().iter().map(|profile| one(&profile.name)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_told_with_what_to_do() {
        let pass = Finding::pass("state", "here\u{1b}[2J");
        assert_eq!(pass.text(8), "pass  state     here␛[2J\n");
        let fail = Finding::fail("profile", "no", "do so");
        assert_eq!(fail.text(8), "FAIL  profile   no\n                → do so\n");
    }

    #[test]
    fn a_state_directory_is_looked_at_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("missing");
        assert_eq!(state(Some(&missing))[0].verdict, Verdict::Pass);
        assert!(!missing.exists());
        assert!(state(Some(dir.path()))[0].words.ends_with("empty so far"));
        std::fs::write(dir.path().join("file"), "x").unwrap();
        assert_eq!(state(Some(&dir.path().join("file")))[0].verdict, Verdict::Fail);
        assert_eq!(state(None)[0].verdict, Verdict::Fail);
    }
}
