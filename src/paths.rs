//! Where Switchboard keeps what it keeps.

use std::path::PathBuf;

/// The directory of `config.toml`: `SWITCHBOARD_CONFIG_DIR`, else the platform's. `None` where there is no home.
pub fn config_dir() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("SWITCHBOARD_CONFIG_DIR").filter(|dir| !dir.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let dirs = directories::ProjectDirs::from("", "", "switchboard")?;
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
    let dirs = directories::ProjectDirs::from("", "", "switchboard")?;
    // Only some platforms have a place for state.
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}
