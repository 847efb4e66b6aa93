//! Switchboard, started from a shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    switchboard::commands::run()
}
