//! What is wrong with what was found. The words never hold a value.

use std::path::Path;

use crate::api::HostsError;

/// What was found cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Something in a file, with its place there.
    #[error("{file}, line {line}, column {column}: {what}")]
    At {
        /// Which file.
        file: String,
        /// Its line, from 1.
        line: usize,
        /// The column in it, in characters, from 1.
        column: usize,
        /// What is wrong, or what was expected.
        what: String,
    },
    /// A file that is there cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// Which file.
        file: String,
        /// What the system said.
        why: String,
    },
    /// A file cannot be written.
    #[error("{file} cannot be written: {why}")]
    Unwritable {
        /// Which file.
        file: String,
        /// What stands against it.
        why: String,
    },
    /// A variable holds something else.
    #[error("{variable} is not what it should be: {expected}")]
    Variable {
        /// Which.
        variable: &'static str,
        /// What was expected.
        expected: String,
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
    /// A profile that is not there was named.
    #[error("there is no profile {name} (named by {by}); {known}")]
    NoProfile {
        /// The name, safe to show.
        name: String,
        /// Who named it.
        by: String,
        /// Which there are.
        known: String,
    },
    /// A profile that leads nowhere was chosen.
    #[error("the profile {name} has no credentials: {missing}")]
    NoCredentials {
        /// Which.
        name: String,
        /// What it lacks.
        missing: &'static str,
    },
}

impl ConfigError {
    pub(super) fn unwritable(path: &Path, why: &impl ToString) -> Self {
        Self::Unwritable { file: path.display().to_string(), why: why.to_string() }
    }

    pub(super) fn unreadable(path: &Path, why: &impl ToString) -> Self {
        Self::Unreadable { file: path.display().to_string(), why: why.to_string() }
    }
}
