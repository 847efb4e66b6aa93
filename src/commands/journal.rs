//! `switchboard journal`: what was written from here, and what became of it.

mod export;
mod since;
mod table;

use std::io::{self, Write};

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    cli::Output,
    commands::{Exit, Failed, print as to_stdout},
    paths,
    state::{Entry, JournalQuery, State},
};

/// Prints the lines that are asked for; words go to standard error.
pub(crate) fn print(
    output: Output,
    since: Option<&str>,
    limit: Option<u32>,
) -> Result<Exit, Failed> {
    let zone = TimeZone::system();
    let since = since.map(|typed| since::moment(typed, now(), &zone)).transpose();
    let since = since.map_err(|words| Failed::new(Exit::Usage, words))?;
    let query =
        JournalQuery { since, limit: limit.map(|limit| limit as usize), ..JournalQuery::default() };
    let Some(found) = lines(&query)? else {
        tell("there is no journal yet: nothing was written from here");
        return to_stdout(&text(output, &[], &zone)?).map(|()| Exit::Ok);
    };
    if found.is_empty() {
        tell(if since.is_some() { "no write since then" } else { "the journal has no line" });
    }
    to_stdout(&text(output, &found, &zone)?).map(|()| Exit::Ok)
}

/// `None` where there is no journal.
fn lines(query: &JournalQuery) -> Result<Option<Vec<Entry>>, Failed> {
    let failed = |words: String| Failed::new(Exit::Failure, words);
    let dir = paths::state_dir().ok_or_else(|| {
        failed("there is no home directory: name a place in SWITCHBOARD_STATE_DIR".to_owned())
    })?;
    let state = State::existing(&dir).map_err(|error| failed(error.to_string()))?;
    let found = state.map(|state| state.list(query)).transpose();
    found.map_err(|error| failed(error.to_string()))
}

fn text(output: Output, found: &[Entry], zone: &TimeZone) -> Result<String, Failed> {
    let printed = match output {
        Output::Table => return Ok(table::text(found, zone)),
        Output::Json => export::json(found),
        Output::Jsonl => export::jsonl(found),
        Output::Csv => export::separated(found, b','),
        Output::Tsv => export::separated(found, b'\t'),
    };
    printed.map_err(Failed::from)
}

fn tell(words: &str) {
    // Standard error may be closed; then nobody wants to know.
    let _ = writeln!(io::stderr(), "{words}");
}

#[expect(clippy::disallowed_methods, reason = "a command is an edge: spans are counted from now")]
fn now() -> Timestamp {
    Timestamp::now()
}
