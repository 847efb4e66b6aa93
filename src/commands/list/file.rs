//! A file that only its maker can read, and that takes the place of no other by accident.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter},
    path::Path,
};

use crate::commands::{Exit, Failed};

/// Makes it.
pub(super) fn made(path: &Path, force: bool) -> Result<BufWriter<File>, Failed> {
    let failed = |error: io::Error| {
        let why = match error.kind() {
            io::ErrorKind::AlreadyExists => {
                "it is there already; --force writes it anew".to_owned()
            }
            _ => error.to_string(),
        };
        Failed::new(Exit::Failure, format!("{}: {why}", path.display()))
    };
    open(path, force).map(BufWriter::new).map_err(failed)
}

/// Takes it away where nothing came into it.
pub(super) fn unmade(path: &Path) -> Result<(), Failed> {
    if fs::metadata(path).is_ok_and(|there| there.is_file()) {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn open(path: &Path, force: bool) -> io::Result<File> {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    if force && let Ok(there) = fs::metadata(path) {
        if !there.is_file() {
            // A pipe or a terminal: nothing of it is lost.
            return OpenOptions::new().write(true).open(path);
        }
        // Anew, rather than into a file that others may hold open or read.
        fs::remove_file(path)?;
    }
    new.open(path)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn nothing_is_overwritten_by_accident_and_nobody_else_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows.csv");
        let write = |force, text: &str| {
            made(&path, force).map(|mut file| file.write_all(text.as_bytes()).unwrap())
        };
        write(false, "one").unwrap();
        let refused = write(false, "two").unwrap_err();
        assert!(refused.words.contains("--force"), "{}", refused.words);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write(true, "three").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        made(dir.path(), true).unwrap_err();
    }
}
