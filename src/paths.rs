//! Where Switchboard keeps what it keeps.

use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What a directory is called that the platform has for us alone.
const OURS: &str = "switchboard";

/// The directory of `config.toml`: `SWITCHBOARD_CONFIG_DIR`, else the platform's. `None` where there is no home.
pub fn config_dir() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("SWITCHBOARD_CONFIG_DIR").filter(|dir| !dir.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let dirs = directories::ProjectDirs::from("", "", OURS)?;
    Some(dirs.config_dir().to_owned())
}

/// Where `twilio-cli` keeps its own: `TWILIO_CONFIG_DIR`, else below the home.
pub fn twilio_cli_dir() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("TWILIO_CONFIG_DIR").filter(|dir| !dir.is_empty()) {
        return Some(PathBuf::from(named));
    }
    Some(directories::BaseDirs::new()?.home_dir().join(".twilio-cli"))
}

/// The state directory: `SWITCHBOARD_STATE_DIR`, else the platform's. `None` where there is no home.
pub fn state_dir() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("SWITCHBOARD_STATE_DIR").filter(|dir| !dir.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let dirs = directories::ProjectDirs::from("", "", OURS)?;
    // Only some platforms have a place for state.
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

/// Puts a file in the place of another, or of none, whole or not at all; only this person can read it.
///
/// # Errors
/// When it cannot be written; then what was there is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().unwrap_or_else(|| Path::new("."));
    // Such a file is made with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Makes a directory that only this person can enter, with those above it that are missing. One that is there is only
/// tightened when it bears our name: another could be shared on purpose.
///
/// # Errors
/// When it cannot be made.
pub fn make_private(dir: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open_to_others = fs::metadata(dir)?.permissions().mode() & 0o077 != 0;
        if open_to_others && dir.file_name().is_some_and(|name| name == OURS) {
            fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}
