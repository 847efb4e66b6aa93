//! What can go wrong with the state file, in words for a person. No value that was to be kept is ever in them.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::ErrorCode;

use super::{journal::EntryId, ledger::JobId};

/// Nothing was kept, or nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The directory cannot be made or entered.
    #[error("cannot use the state directory {}: {source}", path.display())]
    Directory {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be made, opened or renamed.
    #[error("cannot use {}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The disk is full.
    #[error("the disk is full: nothing more can be written to {}", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// It can be read but not written.
    #[error("{} can be read but not written", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another process has not let go of it.
    #[error("another program keeps {} locked", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// It does not hold what it should.
    #[error("{} is damaged; the console sets it aside at its next start", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// Another program wrote it.
    #[error("{} was not written by Switchboard; the console sets it aside at its next start", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It is not for this version.
    #[error("{} was written by a newer version of Switchboard", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// Its name leads elsewhere now: what is written would not be found again.
    #[error("{} was moved or deleted while it was in use; leave and start again", path.display())]
    Moved {
        /// The file.
        path: PathBuf,
    },
    /// Anything else that the database says.
    #[error("{} cannot be used: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no such line.
    #[error("the journal has no line {0}")]
    NoEntry(EntryId),
    /// How it ended is known already.
    #[error("how line {0} of the journal ended is known already")]
    Ended(EntryId),
    /// Its request is still out, sent by another console.
    #[error("another console still waits for the answer of line {0}")]
    StillOut(EntryId),
    /// There is no such job.
    #[error("there is no job {0}")]
    NoJob(JobId),
    /// Another console runs it.
    #[error("job {0} is run by another console")]
    JobTaken(JobId),
    /// A request was not written down.
    #[error("{0}")]
    Refused(String),
    /// What was to be kept is not what it should be.
    #[error("it cannot be written down: {0}")]
    Unfit(&'static str),
    /// Values are not what they should be. The source could quote them; it is not among the words.
    #[error("it cannot be written down: the values are not a JSON object")]
    NotFields {
        /// Where it stops being one.
        source: serde_json::Error,
    },
    /// A file was made anew, and could not be used either.
    #[error("{} was made anew and cannot be used either", path.display())]
    Hopeless {
        /// The file.
        path: PathBuf,
    },
}

impl StateError {
    pub(super) fn told(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::TooBig) => Self::Unfit("a value is too large"),
            // What is asked is always the same, and was right when the file was made: the general code tells of tables
            // that are not what they were, or of a header that names a format which there is not.
            Some(
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::SchemaChanged
                | ErrorCode::Unknown,
            ) => Self::Damaged { path },
            // A value of a kind that this version never writes.
            None if unreadable(&error) => Self::Damaged { path },
            _ => Self::Database { path, source: Box::new(error) },
        }
    }
}

fn unreadable(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    matches!(
        error,
        E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::Utf8Error(..)
            | E::InvalidColumnType(..)
    )
}
