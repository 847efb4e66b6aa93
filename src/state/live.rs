//! Who is alive: every open state holds a lock on a small file of its own, which the system lets go when its process
//! ends, however it ends. So a line without an answer can be told apart from one whose answer is awaited elsewhere.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::{StateError, file};

const PREFIX: &str = "switchboard.";
const SUFFIX: &str = ".live";

/// The sign that this state is open; gone when it is dropped.
#[derive(Debug)]
pub(super) struct Live {
    /// Its name in the lines it begins.
    pub(super) session: String,
    path: PathBuf,
    _lock: File,
}

impl Live {
    /// Takes a sign and clears away those of the dead. Only for who holds the lock of [`file::lock`].
    pub(super) fn begin(dir: &Path) -> Result<Self, StateError> {
        clear(dir);
        let session = format!("{:016x}", rand::random::<u64>());
        let path = at(dir, &session);
        let locked = file::private().open(&path).and_then(|file| file.lock().map(|()| file));
        match locked {
            Ok(lock) => Ok(Self { session, path, _lock: lock }),
            Err(source) => Err(StateError::File { path, source }),
        }
    }

    /// Whether the state that began a line is still open, here or elsewhere.
    pub(super) fn is_live(&self, session: &str) -> bool {
        if session == self.session {
            return true;
        }
        let named = self.path.with_file_name(format!("{PREFIX}{session}{SUFFIX}"));
        File::open(named).is_ok_and(|file| is_held(&file))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // One that stays is cleared away at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

fn at(dir: &Path, session: &str) -> PathBuf {
    dir.join(format!("{PREFIX}{session}{SUFFIX}"))
}

/// Askers share the lock with each other, never with its holder.
fn is_held(file: &File) -> bool {
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// What cannot be cleared away does no harm.
fn clear(dir: &Path) {
    let Ok(found) = fs::read_dir(dir) else { return };
    for path in found.filter_map(|entry: io::Result<_>| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_sign = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        if is_sign && File::open(&path).is_ok_and(|file| !is_held(&file)) {
            let _ = fs::remove_file(&path);
        }
    }
}
