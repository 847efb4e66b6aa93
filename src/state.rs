//! What Switchboard keeps between two starts: one `SQLite` file in the state directory, with the journal of every write
//! and the drafts of what was typed and not saved; beside it the last listings of channels, a file a service, the views
//! that were saved, and where the borders between panes were moved to.
//!
//! It knows of neither HTTP nor the screen, reads no clock, and has no place for credentials. Every call here may wait
//! for the disk (and, when another console writes at that moment, for that console): call it where waiting is allowed.

mod borders;
mod digest;
mod drafts;
mod error;
mod file;
mod journal;
mod ledger;
mod listings;
mod live;
mod purge;
mod schema;
mod views;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use rusqlite::Connection;

pub use self::{
    borders::Borders,
    drafts::Draft,
    error::StateError,
    file::{SetAside, Unusable},
    journal::{
        End, Entry, EntryId, Fields, JournalQuery, Kept, Outcome, ParseEntryIdError, Record,
        Settlement, Standing, fields_of, fields_text, sids_of,
    },
    ledger::{Counts, Job, JobId, JobRow, NewJob, NewRow, ParseJobIdError, RowEnd, RowState},
    listings::{
        ListedChannel, ListingFault, ListingKey, ListingMark, ListingPart, ListingWriter,
        purge_listings, recall_listing,
    },
    views::{SortedBy, View, Views, keep_view, read_views},
};

/// How long personal data may stay, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// After how many days names, bodies and drafts are purged. 0 keeps none at all: the journal then has lines
    /// without names and bodies, drafts are not kept, and nothing can be undone after the fact.
    pub days: u32,
    /// What the journal holds until then.
    pub bodies: Bodies,
}

impl Default for Keeping {
    /// The documents mark names and attributes as data to be kept for 30 days.
    fn default() -> Self {
        Self { days: 30, bodies: Bodies::Full }
    }
}

/// What the journal holds of names, parameters and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bodies {
    /// The text itself, so that a write can be shown and undone.
    #[default]
    Full,
    /// SHA-256 digests: whether two values are equal can be told, what they were cannot. Nothing can be undone.
    Digest,
}

/// The open state file. Shared by reference between threads; several processes may have it open at once.
#[derive(Debug)]
pub struct State {
    connection: Mutex<Connection>,
    keeping: Keeping,
    path: PathBuf,
    identity: file::Identity,
    live: live::Live,
}

/// What opening led to.
#[derive(Debug)]
pub struct Opened {
    /// The file, ready.
    pub state: State,
    /// The file that was there could not be used and has been renamed: to be told.
    pub set_aside: Option<SetAside>,
}

impl State {
    /// Opens the state file in a directory, makes both when they are not there, and purges what is too old.
    ///
    /// A damaged file, one of a newer version or one of another program is renamed, never deleted, and a fresh one begun.
    ///
    /// # Errors
    /// When the directory or file cannot be made, read or written: nothing can be journalled then.
    pub fn open(dir: &Path, keeping: Keeping, now: Timestamp) -> Result<Opened, StateError> {
        file::prepare(dir)?;
        let _alone = file::lock(dir)?;
        let path = dir.join(file::NAME);
        let first = Self::usable(dir, &path, keeping, now)?;
        let why = match first {
            Ok(state) => return Ok(Opened { state, set_aside: None }),
            Err(why) => why,
        };
        let set_aside = Some(file::set_aside(&path, why, now)?);
        match Self::usable(dir, &path, keeping, now)? {
            Ok(state) => Ok(Opened { state, set_aside }),
            Err(_) => Err(StateError::Hopeless { path }),
        }
    }

    /// Opens the file and purges it, or says why it is to be set aside: some damage is met only by what changes the file.
    fn usable(
        dir: &Path,
        path: &Path,
        keeping: Keeping,
        now: Timestamp,
    ) -> Result<Result<Self, Unusable>, StateError> {
        let connection = match usable(path)? {
            Ok(connection) => connection,
            Err(why) => return Ok(Err(why)),
        };
        let state = Self::with(connection, keeping, dir, path.to_owned())?;
        match state.purge(now) {
            Ok(_) => Ok(Ok(state)),
            Err(StateError::Damaged { .. }) => Ok(Err(Unusable::Damaged)),
            Err(error) => Err(error),
        }
    }

    /// Opens what is there to look into it: makes no file, purges nothing, sets nothing aside. `None` when there is none.
    ///
    /// # Errors
    /// When what is there cannot be read.
    pub fn existing(dir: &Path) -> Result<Option<Self>, StateError> {
        let path = dir.join(file::NAME);
        if !file::exists(&path)? {
            return Ok(None);
        }
        let _alone = file::lock(dir)?;
        let connection = usable(&path)?.map_err(|why| match why {
            Unusable::Newer => StateError::Newer { path: path.clone() },
            Unusable::Damaged => StateError::Damaged { path: path.clone() },
            Unusable::Foreign => StateError::Foreign { path: path.clone() },
        })?;
        Self::with(connection, Keeping::default(), dir, path).map(Some)
    }

    fn with(
        connection: Connection,
        keeping: Keeping,
        dir: &Path,
        path: PathBuf,
    ) -> Result<Self, StateError> {
        let live = live::Live::begin(dir)?;
        let identity = file::Identity::of(&path)?;
        Ok(Self { connection: Mutex::new(connection), keeping, path, identity, live })
    }

    /// Where it is, for words to a person.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long and in which form personal data is kept.
    pub fn keeping(&self) -> Keeping {
        self.keeping
    }

    /// What may be kept of names and values that are written down now.
    fn kept(&self) -> Kept {
        match self.keeping {
            keeping if keeping.days == 0 => Kept::Nothing,
            keeping if keeping.bodies == Bodies::Digest => Kept::Digest,
            _ => Kept::Full,
        }
    }

    /// A transaction that failed was rolled back when it was dropped, so a lock that is poisoned guards nothing broken.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what is written now would be found at the next start.
    fn still_there(&self) -> Result<(), StateError> {
        match file::Identity::of(&self.path) {
            Ok(there) if there == self.identity => Ok(()),
            _ => Err(StateError::Moved { path: self.path.clone() }),
        }
    }

    fn told(&self, error: rusqlite::Error) -> StateError {
        StateError::told(&self.path, error)
    }
}

/// Opens the file, or says why it is to be set aside.
fn usable(path: &Path) -> Result<Result<Connection, Unusable>, StateError> {
    file::make_private(path)?;
    match schema::connect(path) {
        Ok(checked) => Ok(checked),
        Err(error) => match StateError::told(path, error) {
            StateError::Damaged { .. } => Ok(Err(Unusable::Damaged)),
            other => Err(other),
        },
    }
}

#[cfg(test)]
mod tests;
