//! One function a subcommand, and what its outcome means as an exit code.

mod accounts;
mod bulk;
mod console;
mod doctor;
mod headless;
mod jobs;
mod journal;
mod keys;
mod list;
mod log;
mod look;
mod manual;
mod names;
mod noun;
mod pages;
mod panic_report;
mod practice;
mod sheet;
mod sieve;
mod signals;
mod table;
mod visible;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, Parser, error::ErrorKind};

use crate::{
    cli::{Cli, Command, Output},
    jobs::task::Deed,
};

/// How a run can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// As asked.
    Ok = 0,
    /// It did not work.
    Failure = 1,
    /// The command line cannot be understood.
    Usage = 2,
    /// The credentials were refused.
    Credentials = 3,
    /// It is not there.
    NotFound = 4,
    /// The server cannot be reached, or asks for patience for too long.
    Unavailable = 5,
    /// Some of many failed.
    Partly = 6,
    /// Switchboard itself failed.
    Internal = 70,
    /// A signal ended it.
    Interrupted = 130,
}

/// Why a command failed, in words for standard error.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) exit: Exit,
    pub(crate) words: String,
}

impl Failed {
    fn new(exit: Exit, words: impl Into<String>) -> Self {
        Self { exit, words: words.into() }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::new(Exit::Failure, error.to_string())
    }
}

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match &cli.command {
        Some(_) if cli.view.is_some() || cli.filter.is_some() => {
            let words = "--view is for the console, and --filter belongs behind the command";
            Err(Failed::new(Exit::Usage, words))
        }
        None => console::open(&cli),
        Some(Command::Sandbox { port, practice }) => practice::serve(*port, practice),
        Some(Command::Info { account }) => accounts::info(&account.after(&cli.account)),
        Some(Command::Journal { output, since, limit }) => {
            journal::print(*output, since.as_deref(), *limit)
        }
        Some(Command::Migrate { bulk, include_flex, messaging_service }) => {
            bulk::migrate(bulk, &cli.account, *include_flex, messaging_service.as_deref())
        }
        Some(Command::Set { pointer, value, bulk, all }) => {
            bulk::set(bulk, &cli.account, (pointer, value), *all)
        }
        Some(Command::Delete { bulk, include_flex }) => {
            bulk::delete(bulk, &cli.account, *include_flex)
        }
        Some(Command::List(what)) => list::list(what, &cli.account, Output::Table),
        Some(Command::Export { what }) => list::list(what, &cli.account, Output::Csv),
        Some(Command::Mute { bulk, user }) => {
            bulk::level(bulk, &cli.account, Deed::Mute, user.as_deref())
        }
        Some(Command::Unmute { bulk, user }) => {
            bulk::level(bulk, &cli.account, Deed::Unmute, user.as_deref())
        }
        Some(Command::Jobs { what, account }) => {
            jobs::jobs(what.as_ref(), &account.after(&cli.account))
        }
        Some(Command::Doctor { account }) => doctor::doctor(&account.after(&cli.account)),
        Some(Command::Completions { shell }) => manual::completions(*shell),
        Some(Command::Man { dir }) => manual::man(dir.as_deref()),
        Some(Command::Keys { default, actions }) => keys::print_keys(*default, *actions),
    };
    match done {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(failed) if failed.exit == Exit::Usage => {
            Cli::command().error(ErrorKind::ValueValidation, failed.words).exit()
        }
        Err(failed) => {
            // Standard error may be closed; there is nobody else to tell.
            let _ = writeln!(io::stderr(), "switchboard: {}", failed.words);
            ExitCode::from(failed.exit as u8)
        }
    }
}

/// Prints data to standard output; a reader who has left early is no failure.
fn print(text: &str) -> Result<(), Failed> {
    let text = visible::for_stdout(text);
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
