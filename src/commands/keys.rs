//! `switchboard keys`: the table of keys, as the config has it.

use crate::{
    app::keymap::{Keymap, Telling},
    commands::{Exit, Failed, accounts, headless::tell, print},
};

/// Prints the keys. A config that is wrong keeps nobody from reading them: the practice account has those of the table.
pub(crate) fn print_keys(default: bool, actions: bool) -> Result<Exit, Failed> {
    let keymap = if default { Keymap::default() } else { in_force() };
    let telling = if actions { Telling::WithActions } else { Telling::Plain };
    print(&keymap.markdown(telling)).map(|()| Exit::Ok)
}

fn in_force() -> Keymap {
    match accounts::config().and_then(|config| accounts::keymap(&config)) {
        Ok((keymap, odd)) => {
            for odd in &odd {
                tell(odd);
            }
            keymap
        }
        Err(error) => {
            tell(&format!("{error}; these are the keys without the config"));
            Keymap::default()
        }
    }
}
