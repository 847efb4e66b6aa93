//! `switchboard keys`: the table of keys, as the config has it.

use crate::{
    app::keymap::{Keymap, Telling},
    commands::{Exit, Failed, accounts, headless::tell, print},
};

/// Prints the keys.
pub(crate) fn print_keys(default: bool, actions: bool) -> Result<Exit, Failed> {
    let (keymap, odd) = if default {
        (Keymap::default(), Vec::new())
    } else {
        let read = accounts::keymap(&accounts::read()?);
        read.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?
    };
    for odd in odd {
        tell(&odd);
    }
    let telling = if actions { Telling::WithActions } else { Telling::Plain };
    print(&keymap.markdown(telling)).map(|()| Exit::Ok)
}
