//! Plans and rows of jobs, for people and for other programs.

use std::io;

use serde::Serialize;

use crate::{
    cli::Output,
    commands::table::table,
    jobs::plan::{self, Plan},
    spreadsheet,
    state::{JobRow, RowState},
};

const COLUMNS: [&str; 7] = ["sid", "name", "state", "tries", "code", "note", "read_again"];

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

/// A plan in the form that was asked for.
pub(crate) fn plan_text(output: Output, plan: &Plan) -> io::Result<String> {
    match output {
        Output::Json => plan::json(plan),
        Output::Jsonl => {
            let json = plan::json(plan)?;
            let lines = json.lines().filter(|line| line.starts_with('{'));
            Ok(lines.map(|line| line.trim_end_matches(',').to_owned() + "\n").collect())
        }
        Output::Csv => plan::csv(plan),
        Output::Tsv => plan::tsv(plan),
        Output::Table => {
            let rows = plan.rows.iter().map(|row| {
                let reason = row.skipped.as_deref().unwrap_or_default();
                let verdict = if row.skipped.is_none() { "will" } else { "skip" };
                vec![
                    row.target.to_string(),
                    row.label.clone(),
                    verdict.to_owned(),
                    reason.to_owned(),
                ]
            });
            Ok(table(&["SID", "NAME", "PLAN", "REASON"], &rows.collect::<Vec<_>>()))
        }
    }
}

/// Rows of a job in the form that was asked for; of a table, those that failed.
pub(crate) fn rows_text(output: Output, rows: &[JobRow]) -> io::Result<String> {
    match output {
        Output::Json => {
            let lines: Result<Vec<String>, _> = rows.iter().map(json).collect();
            Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
        }
        Output::Jsonl => rows.iter().map(|row| Ok(json(row)? + "\n")).collect(),
        Output::Csv => spreadsheet::csv(&COLUMNS, rows.iter().map(cells)),
        Output::Tsv => spreadsheet::separated(&COLUMNS, rows.iter().map(cells), b'\t'),
        Output::Table => {
            let is_odd = |row: &&JobRow| row.state == RowState::Failed || row.found == Some(false);
            let odd: Vec<Vec<String>> = rows.iter().filter(is_odd).map(cells).collect();
            let heads = COLUMNS.map(|name| name.to_uppercase().replace('_', " "));
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            Ok(table(&heads, &odd))
        }
    }
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

fn json(row: &JobRow) -> io::Result<String> {
    Ok(serde_json::to_string(&line(row))?)
}

fn cells(row: &JobRow) -> Vec<String> {
    let Line { sid, name, state, tries, code, note, read_again } = line(row);
    vec![
        sid.to_owned(),
        name.to_owned(),
        state.to_owned(),
        tries.to_string(),
        code.map(|code| code.to_string()).unwrap_or_default(),
        note.unwrap_or_default().to_owned(),
        read_again.unwrap_or_default().to_owned(),
    ]
}
