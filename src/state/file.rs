//! The directory and the file as the system sees them: for this person alone, and never deleted.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::StateError;
use crate::paths;

/// The name of the state file in its directory.
pub(super) const NAME: &str = "switchboard.db";
const LOCK: &str = "switchboard.lock";
/// What the database writes beside its file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Why a file was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// It cannot be read, or not to the end.
    Damaged,
    /// A newer Switchboard wrote it.
    Newer,
    /// Another program wrote it.
    Foreign,
}

/// A file that could not be used and bears another name now. Its `Display` is words for a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// Why.
    pub why: Unusable,
}

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Unusable::Damaged => "was damaged",
            Unusable::Newer => "was written by a newer version of Switchboard",
            Unusable::Foreign => "was not written by Switchboard",
        };
        write!(
            f,
            "the journal {why}: a new one was begun, the old one is kept as {} (it may hold names; it is not purged)",
            self.path.display()
        )
    }
}

/// Makes the directory for this person alone.
pub(super) fn prepare(dir: &Path) -> Result<(), StateError> {
    let failed = |source| StateError::Directory { path: dir.to_owned(), source };
    paths::make_private(dir).map_err(failed)
}

/// Waits until nobody else opens the file; two starts at once must neither make nor set aside the same file.
pub(super) fn lock(dir: &Path) -> Result<File, StateError> {
    let path = dir.join(LOCK);
    let locked = private().open(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|source| StateError::File { path, source })
}

/// How a file for this person alone is opened, or made.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether there is a state file.
pub(super) fn exists(path: &Path) -> Result<bool, StateError> {
    path.try_exists().map_err(|source| StateError::File { path: path.to_owned(), source })
}

/// Makes the file before the database does: what the database puts beside it takes its mode.
pub(super) fn make_private(path: &Path) -> Result<(), StateError> {
    let made = private().open(path).and_then(|file| tighten(&file));
    made.map_err(|source| StateError::File { path: path.to_owned(), source })
}

#[cfg(unix)]
fn tighten(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn tighten(_: &File) -> io::Result<()> {
    Ok(())
}

/// Which file a name leads to; another one of the same name is not equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    pub(super) fn of(path: &Path) -> Result<Self, StateError> {
        let known = fs::metadata(path);
        let known = known.map_err(|source| StateError::File { path: path.to_owned(), source })?;
        Ok(Self::known(&known))
    }

    #[cfg(unix)]
    fn known(known: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(known.dev(), known.ino())
    }

    #[cfg(not(unix))]
    fn known(known: &fs::Metadata) -> Self {
        let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
        let age = known.created().ok().and_then(since).unwrap_or_default();
        Self(age.as_secs(), u64::from(age.subsec_nanos()))
    }
}

/// Renames the file and what lies beside it. The file itself comes last: a fresh one must not find an old log of changes.
pub(super) fn set_aside(
    path: &Path,
    why: Unusable,
    now: Timestamp,
) -> Result<SetAside, StateError> {
    let to = free_name(path, why, now)?;
    for suffix in BESIDE {
        rename(&with_suffix(path, suffix), &with_suffix(&to, suffix), Absence::Fine)?;
    }
    rename(path, &to, Absence::Wrong)?;
    Ok(SetAside { path: to, why })
}

fn free_name(path: &Path, why: Unusable, now: Timestamp) -> Result<PathBuf, StateError> {
    let why = match why {
        Unusable::Damaged => "damaged",
        Unusable::Newer => "newer",
        Unusable::Foreign => "foreign",
    };
    let time = now.strftime("%Y%m%dT%H%M%SZ");
    let mut to = path.with_file_name(format!("switchboard.{time}.{why}.db"));
    let mut nth = 2_u32;
    while exists(&to)? {
        to = path.with_file_name(format!("switchboard.{time}.{why}-{nth}.db"));
        nth += 1;
    }
    Ok(to)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Absence {
    Fine,
    Wrong,
}

fn rename(from: &Path, to: &Path, absence: Absence) -> Result<(), StateError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && absence == Absence::Fine => Ok(()),
        done => done.map_err(|source| StateError::File { path: from.to_owned(), source }),
    }
}
