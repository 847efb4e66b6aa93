//! A plan as a file: to be read by somebody else, cut down, and run from there. A list of sids, one a line, is one too.

mod read;

use std::io;

use serde::Serialize;

pub use self::read::read;
use super::{Candidate, Plan, Planned};
use crate::{
    api::remote_text::{escaped_json, shown},
    jobs::task::Deed,
    spreadsheet,
};

/// The columns of a plan.
const COLUMNS: [&str; 4] = ["sid", "name", "plan", "reason"];
/// What the column `plan` says of a row that nothing is done to; of any other it says what, in a word.
const SKIP: &str = "skip";

/// A file could not be read as a plan.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A line is none.
    #[error("line {line}: {why}")]
    Line {
        /// Which, from 1.
        line: u64,
        /// Why not.
        why: String,
    },
    /// A row of a JSON plan is none.
    #[error("row {row}: {why}")]
    Row {
        /// Which, from 1.
        row: usize,
        /// Why not.
        why: String,
    },
    /// Nothing is in it.
    #[error("it names no sid")]
    Empty,
}

/// A thing that a file named.
pub type Named = Candidate;

#[derive(Serialize)]
struct Line<'a> {
    sid: String,
    name: &'a str,
    plan: &'a str,
    reason: Option<&'a str>,
}

/// As CSV, with a header; what a spreadsheet would take for a formula is disarmed.
///
/// # Errors
/// When it cannot be written.
pub fn csv(plan: &Plan) -> io::Result<String> {
    separated(plan, b',')
}

/// The same, separated by tabs.
///
/// # Errors
/// When it cannot be written.
pub fn tsv(plan: &Plan) -> io::Result<String> {
    separated(plan, b'\t')
}

/// A row as cells under the columns of a plan; what a terminal would obey is made visible.
pub fn cells(plan: &Plan, row: &Planned) -> Vec<String> {
    let verdict = verdict(&plan.task.deed, row).to_owned();
    let reason = shown(row.skipped.as_deref().unwrap_or_default()).text();
    vec![row.target.to_string(), shown(&row.label).text(), verdict, reason]
}

fn verdict<'a>(deed: &Deed, row: &Planned) -> &'a str {
    if row.skipped.is_none() { deed.verb() } else { SKIP }
}

fn separated(plan: &Plan, separator: u8) -> io::Result<String> {
    spreadsheet::separated(&COLUMNS, plan.rows.iter().map(|row| cells(plan, row)), separator)
}

/// As one JSON array, an object a line.
///
/// # Errors
/// When it cannot be written.
pub fn json(plan: &Plan) -> io::Result<String> {
    let line = |row: &Planned| -> io::Result<String> {
        let line = serde_json::to_string(&Line {
            sid: row.target.to_string(),
            name: &row.label,
            plan: verdict(&plan.task.deed, row),
            reason: row.skipped.as_deref(),
        })?;
        Ok(escaped_json(&line))
    };
    let lines: io::Result<Vec<String>> = plan.rows.iter().map(line).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}
