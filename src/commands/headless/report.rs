//! Plans and rows of jobs, for people and for other programs.

use std::io;

use crate::{
    cli::Output,
    commands::table::table,
    jobs::{
        plan::{self, Plan},
        report::{self, COLUMNS, cells},
    },
    spreadsheet,
    state::{JobRow, RowState},
};

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
            let rows = plan.rows.iter().map(|row| plan::cells(plan, row));
            Ok(table(&["SID", "NAME", "PLAN", "REASON"], &rows.collect::<Vec<_>>()))
        }
    }
}

/// Rows of a job in the form that was asked for; of a table, those that failed.
pub(crate) fn rows_text(output: Output, rows: &[JobRow]) -> io::Result<String> {
    match output {
        Output::Json => report::json(rows),
        Output::Jsonl => rows.iter().map(|row| Ok(report::object(row)? + "\n")).collect(),
        Output::Csv => report::csv(rows),
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
