//! A plan as a file: to be read by somebody else, cut down, and run from there. A list of sids, one a line, is one too.

use std::io;

use serde::Serialize;

use super::{Candidate, Known, Plan};
use crate::{jobs::task::Target, spreadsheet};

/// The columns of a plan.
const COLUMNS: [&str; 4] = ["sid", "name", "plan", "reason"];
/// What the column `plan` says of a row that something is done to.
const WILL: &str = "will";
/// And of any other.
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
    plan: &'static str,
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

fn separated(plan: &Plan, separator: u8) -> io::Result<String> {
    let rows = plan.rows.iter().map(|row| {
        let verdict = if row.skipped.is_none() { WILL } else { SKIP };
        let reason = row.skipped.clone().unwrap_or_default();
        vec![row.target.to_string(), row.label.clone(), verdict.to_owned(), reason]
    });
    spreadsheet::separated(&COLUMNS, rows, separator)
}

/// As one JSON array, an object a line.
///
/// # Errors
/// When it cannot be written.
pub fn json(plan: &Plan) -> io::Result<String> {
    let line = |row: &super::Planned| {
        serde_json::to_string(&Line {
            sid: row.target.to_string(),
            name: &row.label,
            plan: if row.skipped.is_none() { WILL } else { SKIP },
            reason: row.skipped.as_deref(),
        })
    };
    let lines: Result<Vec<String>, _> = plan.rows.iter().map(line).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}

/// Reads what a file names: a plan as CSV, any CSV with a column `sid`, or one sid a line.
///
/// # Errors
/// When a line is not understood, or there is none.
pub fn read(text: &str) -> Result<Vec<Named>, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut columns: Option<[Option<usize>; 4]> = None;
    let mut named = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, ::csv::Position::line);
            FileError::Line { line, why: "it is not CSV".to_owned() }
        })?;
        let line = record.position().map_or(0, ::csv::Position::line);
        let first = record.get(0).unwrap_or_default().trim();
        if first.starts_with('#') || record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if columns.is_none() && record.iter().any(|field| field.trim() == COLUMNS[0]) {
            let at = |name| record.iter().position(|field| field.trim() == name);
            columns = Some(COLUMNS.map(at));
            continue;
        }
        let [sid, name, plan, reason] = columns.unwrap_or([Some(0), None, None, None]);
        let field = |at: Option<usize>| {
            at.and_then(|at| record.get(at)).map(spreadsheet::armed).unwrap_or_default()
        };
        let target: Target = field(sid).trim().parse().map_err(|why| FileError::Line {
            line,
            why: format!("{}: {why}", crate::api::remote_text::shown(field(sid)).text()),
        })?;
        let rejected = match field(plan).trim() {
            "" | WILL => None,
            SKIP if field(reason).is_empty() => Some("skipped by the plan".to_owned()),
            SKIP => Some(field(reason).to_owned()),
            other => {
                let other = crate::api::remote_text::shown(other).text();
                let why = format!("plan says {other}; it is {WILL} or {SKIP}");
                return Err(FileError::Line { line, why });
            }
        };
        let label = Some(field(name)).filter(|name| !name.is_empty());
        named.push(Candidate {
            target,
            label: label.map_or_else(|| target.to_string(), str::to_owned),
            known: rejected.map_or(Known::Nothing, Known::Rejected),
        });
    }
    if named.is_empty() { Err(FileError::Empty) } else { Ok(named) }
}
