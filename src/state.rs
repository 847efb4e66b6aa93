//! What Switchboard keeps on disk: one `SQLite` file in the state directory, with the journal of every write and the texts
//! that were typed and not saved. It knows neither HTTP nor the screen, and has no place for a secret.

mod curl;
mod drafts;
mod journal;
#[cfg(test)]
mod tests;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

pub use self::{
    curl::curl,
    drafts::KeptDraft,
    journal::{Ending, Entry, EntryId, Fields, Outcome, Query, Record, Standing},
};

/// The file in the state directory.
pub const FILE: &str = "switchboard.db";
/// The layout of the tables; a file with a higher number was written by a newer Switchboard.
const VERSION: i64 = 1;
/// How long one console waits while another writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long, and how much of, personal data is kept. The documents allow 30 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// Days until names, values and messages are wiped from the journal, and drafts go; with 0 none are kept at all.
    pub days: u16,
    /// Whether the journal holds digests in their place from the start. Then nothing can be undone.
    pub digest: bool,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { days: 30, digest: false }
    }
}

/// Why something could not be kept or read; safe to show.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The directory or the file cannot be used.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `SQLite` could not do it: the disk is full, the file is read-only or broken.
    #[error("{FILE}: {0}")]
    Database(#[from] rusqlite::Error),
    /// What was kept is not what this version writes.
    #[error("{FILE} holds an entry that cannot be read: {0}")]
    Entry(String),
}

/// The open file. Clones share it; several consoles may have it open at once.
#[derive(Debug, Clone)]
pub struct State {
    connection: Arc<Mutex<Connection>>,
    keeping: Keeping,
}

/// What came of opening it.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub state: State,
    /// Where a file that could not be used was put, and why it could not be.
    pub set_aside: Option<(PathBuf, String)>,
}

impl State {
    /// Opens the file, or makes it, and wipes what is too old. A file that is broken or of a newer version is set aside,
    /// never deleted, and a fresh one begun.
    ///
    /// # Errors
    /// The directory or the file cannot be written.
    pub fn open(directory: &Path, keeping: Keeping, now: Timestamp) -> Result<Opened, StateError> {
        make_private(directory)?;
        let path = directory.join(FILE);
        let (connection, set_aside) = match connect(&path) {
            Ok(connection) => (connection, None),
            Err(unusable) => {
                let Some(why) = unusable.reason() else { return Err(unusable.into_error(&path)) };
                let aside = put_aside(&path, now)?;
                let connection = connect(&path).map_err(|again| again.into_error(&path))?;
                (connection, Some((aside, why)))
            }
        };
        let state = Self { connection: Arc::new(Mutex::new(connection)), keeping };
        state.purge(now)?;
        Ok(Opened { state, set_aside })
    }

    /// How much is kept.
    pub fn keeping(&self) -> Keeping {
        self.keeping
    }

    /// Wipes names, values and messages, and drops drafts, that are older than they may be. The lines of the journal stay.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn purge(&self, now: Timestamp) -> Result<(), StateError> {
        let age = SignedDuration::from_hours(24 * i64::from(self.keeping.days));
        let before = now.checked_sub(age).unwrap_or(Timestamp::MIN);
        journal::purge(&self.lock(), before)?;
        drafts::purge(&self.lock(), before)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in another thread left no transaction open: each ends with its own statement.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a file could not be opened.
enum Unusable {
    Error(rusqlite::Error),
    Broken(String),
    Newer(i64),
    Private(StateError),
}

impl From<rusqlite::Error> for Unusable {
    fn from(error: rusqlite::Error) -> Self {
        Self::Error(error)
    }
}

impl Unusable {
    /// Why the file should make room for another; nothing if another would fare no better.
    fn reason(&self) -> Option<String> {
        match self {
            Self::Newer(version) => {
                Some(format!("it was written by a newer Switchboard (layout {version})"))
            }
            Self::Broken(why) => Some(format!("it is damaged: {why}")),
            Self::Error(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
            )
            .then(|| format!("it is damaged: {error}")),
            Self::Private(_) => None,
        }
    }

    fn into_error(self, path: &Path) -> StateError {
        match self {
            Self::Error(error) => StateError::Database(error),
            Self::Private(error) => error,
            Self::Broken(why) => file_error(path, io::Error::other(why)),
            Self::Newer(version) => {
                file_error(path, io::Error::other(format!("it has the newer layout {version}")))
            }
        }
    }
}

fn connect(path: &Path) -> Result<Connection, Unusable> {
    touch_private(path).map_err(Unusable::Private)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(Unusable::Newer(version));
    }
    let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(Unusable::Broken(sound));
    }
    // What was written is on the disk when the statement returns, and what was wiped is not left in free pages.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
    )?;
    if version < VERSION {
        lay_out(&mut connection)?;
    }
    Ok(connection)
}

/// Makes the tables, unless another console did so meanwhile.
fn lay_out(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    let work = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = work.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version < VERSION {
        let (journal, drafts) = (journal::LAYOUT, drafts::LAYOUT);
        work.execute_batch(&format!("{journal} {drafts} PRAGMA user_version = {VERSION};"))?;
    }
    work.commit()
}

/// Renames a file and what `SQLite` keeps beside it; the new name bears the time.
fn put_aside(path: &Path, now: Timestamp) -> Result<PathBuf, StateError> {
    let stamp = now.strftime("%Y%m%dT%H%M%S").to_string();
    let named = |number: u32| {
        let more = if number == 0 { String::new() } else { format!("-{number}") };
        path.with_file_name(format!("{FILE}.{stamp}{more}.aside"))
    };
    let aside = (0..1_000).map(named).find(|aside| !aside.exists()).unwrap_or_else(|| named(0));
    fs::rename(path, &aside).map_err(|source| file_error(path, source))?;
    for end in ["-wal", "-shm"] {
        let beside = path.with_file_name(format!("{FILE}{end}"));
        let mut name = aside.clone().into_os_string();
        name.push(end);
        match fs::rename(&beside, name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(file_error(&beside, error));
            }
            _ => {}
        }
    }
    Ok(aside)
}

fn file_error(path: &Path, source: io::Error) -> StateError {
    StateError::File { path: path.to_owned(), source }
}

#[cfg(unix)]
fn make_private(directory: &Path) -> Result<(), StateError> {
    use std::os::unix::fs::DirBuilderExt;
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(directory);
    made.map_err(|source| file_error(directory, source))
}

#[cfg(not(unix))]
fn make_private(directory: &Path) -> Result<(), StateError> {
    fs::create_dir_all(directory).map_err(|source| file_error(directory, source))
}

/// Makes the file if it is not there, readable by its owner alone; what `SQLite` puts beside it gets the same mode.
fn touch_private(path: &Path) -> Result<(), StateError> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let file = options.mode(0o600).open(path).map_err(|source| file_error(path, source))?;
        file.set_permissions(fs::Permissions::from_mode(0o600))
            .map_err(|source| file_error(path, source))
    }
    #[cfg(not(unix))]
    options.open(path).map(drop).map_err(|source| file_error(path, source))
}
