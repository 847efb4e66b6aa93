//! Rows of a job, for people and for other programs.

use std::io;

use serde::Serialize;

use crate::{
    api::remote_text::{escaped_json, shown},
    spreadsheet,
    state::JobRow,
};

/// The columns of a report.
pub const COLUMNS: [&str; 7] = ["sid", "name", "state", "tries", "code", "note", "read_again"];

#[derive(Serialize)]
struct Line<'a> {
    sid: &'a str,
    name: &'a str,
    state: &'static str,
    tries: u32,
    code: Option<u32>,
    note: Option<&'a str>,
    read_again: Option<&'static str>,
}

fn line(row: &JobRow) -> Line<'_> {
    Line {
        sid: &row.target,
        name: &row.label,
        state: row.state.word(),
        tries: row.tries,
        code: row.code,
        note: row.note.as_deref(),
        read_again: row.found.map(|is_so| if is_so { "so" } else { "not so" }),
    }
}

/// One row as a JSON object on one line.
///
/// # Errors
/// Never in practice.
pub fn object(row: &JobRow) -> io::Result<String> {
    Ok(escaped_json(&serde_json::to_string(&line(row))?))
}

/// As one JSON array, an object a line.
///
/// # Errors
/// Never in practice.
pub fn json(rows: &[JobRow]) -> io::Result<String> {
    let lines: Result<Vec<String>, _> = rows.iter().map(object).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}

/// As CSV, with a header; what a spreadsheet would take for a formula is disarmed.
///
/// # Errors
/// When it cannot be written.
pub fn csv(rows: &[JobRow]) -> io::Result<String> {
    spreadsheet::csv(&COLUMNS, rows.iter().map(cells))
}

/// One row as cells under [`COLUMNS`]; what a terminal would obey is made visible.
pub fn cells(row: &JobRow) -> Vec<String> {
    let Line { sid, name, state, tries, code, note, read_again } = line(row);
    vec![
        sid.to_owned(),
        shown(name).text(),
        state.to_owned(),
        tries.to_string(),
        code.map(|code| code.to_string()).unwrap_or_default(),
        shown(note.unwrap_or_default()).text(),
        read_again.unwrap_or_default().to_owned(),
    ]
}
