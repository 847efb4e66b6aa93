//! Reads what a file names: a plan in any form that one is written in, any table with a column `sid`, or one sid a line.

use serde::Deserialize;

use super::{COLUMNS, FileError, Named, SKIP};
use crate::{
    api::remote_text::shown,
    jobs::{plan::Known, task::Deed},
    spreadsheet,
};

/// What older plans say of every row that something is done to.
const WILL: &str = "will";

/// One row, before it is judged.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Written {
    sid: String,
    name: Option<String>,
    plan: Option<String>,
    reason: Option<String>,
}

/// Reads a plan as CSV, TSV, JSON or JSON lines, any table with a column `sid`, or one sid a line. A plan for another
/// deed is none for this one.
///
/// # Errors
/// When a line is not understood, or there is none.
pub fn read(text: &str, deed: &Deed) -> Result<Vec<Named>, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let named = match text.trim_start().chars().next() {
        Some('[' | '{') => objects(text, deed)?,
        _ => table(text, deed)?,
    };
    if named.is_empty() { Err(FileError::Empty) } else { Ok(named) }
}

fn objects(text: &str, deed: &Deed) -> Result<Vec<Named>, FileError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Part {
        Many(Vec<Written>),
        One(Written),
    }
    let mut written = Vec::new();
    for part in serde_json::Deserializer::from_str(text).into_iter::<Part>() {
        let part = part.map_err(|error| match error.line() {
            0 => {
                FileError::Row { row: written.len() + 1, why: "it is no row of a plan".to_owned() }
            }
            line => FileError::Line { line: line as u64, why: "it is not JSON".to_owned() },
        })?;
        match part {
            Part::Many(rows) => written.extend(rows),
            Part::One(row) => written.push(row),
        }
    }
    let judged = (1..)
        .zip(written)
        .map(|(row, it)| it.judged(deed).map_err(|why| FileError::Row { row, why }));
    judged.collect()
}

/// What stands between the cells: of a spreadsheet it can be more than a comma.
fn separator(text: &str) -> u8 {
    let is_said = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    match text.lines().find(is_said) {
        Some(head) if head.contains('\t') => b'\t',
        Some(head) if head.contains(';') && !head.contains(',') => b';',
        _ => b',',
    }
}

fn table(text: &str, deed: &Deed) -> Result<Vec<Named>, FileError> {
    let mut reader = ::csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(separator(text));
    let mut reader = reader.from_reader(text.as_bytes());
    let mut columns: Option<[Option<usize>; 4]> = None;
    let mut named = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, ::csv::Position::line);
            FileError::Line { line, why: "it is not CSV".to_owned() }
        })?;
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
            at.and_then(|at| record.get(at)).map(|field| spreadsheet::armed(field).to_owned())
        };
        let row = Written {
            sid: field(sid).unwrap_or_default(),
            name: field(name),
            plan: field(plan),
            reason: field(reason),
        };
        let line = record.position().map_or(0, ::csv::Position::line);
        named.push(row.judged(deed).map_err(|why| FileError::Line { line, why })?);
    }
    Ok(named)
}

impl Written {
    fn judged(self, deed: &Deed) -> Result<Named, String> {
        let sid = self.sid.trim();
        let target = sid.parse().map_err(|why| match shown(sid).text() {
            sid if sid.is_empty() => "there is no sid".to_owned(),
            sid => format!("{sid}: {why}"),
        })?;
        let reason = self.reason.filter(|reason| !reason.is_empty());
        let known = match self.plan.as_deref().map_or("", str::trim) {
            "" | WILL => Known::Nothing,
            SKIP => Known::Rejected(reason.unwrap_or_else(|| "skipped by the plan".to_owned())),
            verb if verb == deed.verb() => Known::Nothing,
            other => {
                let (other, verb) = (shown(other).text(), deed.verb());
                return Err(format!("plan says {other}; here it is {verb} or {SKIP}"));
            }
        };
        let label = self.name.filter(|name| !name.is_empty());
        let label = label.unwrap_or_else(|| sid.to_owned());
        Ok(Named { target, label, known })
    }
}
