//! The journal for other programs: every field, and text as it was.

use std::io;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::state::{Entry, EntryId, Kept};

/// A line, in the order of the columns.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: EntryId,
    begun: String,
    profile: &'a str,
    account: &'a str,
    kind: &'a str,
    method: &'a str,
    path: &'a str,
    webhooks: bool,
    sids: &'a [String],
    label: Option<&'a str>,
    standing: &'static str,
    ended: Option<String>,
    status: Option<u16>,
    code: Option<u32>,
    message: Option<&'a str>,
    request_id: Option<&'a str>,
    duration_ms: Option<u64>,
    undoes: Option<EntryId>,
    undone_by: Option<EntryId>,
    kept: &'static str,
    form: Option<&'a [(String, String)]>,
    before: Option<Box<RawValue>>,
    after: Option<Box<RawValue>>,
    made: Option<&'a str>,
}

const COLUMNS: [&str; 24] = [
    "id",
    "begun",
    "profile",
    "account",
    "kind",
    "method",
    "path",
    "webhooks",
    "sids",
    "label",
    "standing",
    "ended",
    "status",
    "code",
    "message",
    "request_id",
    "duration_ms",
    "undoes",
    "undone_by",
    "kept",
    "form",
    "before",
    "after",
    "made",
];

/// One array, an object a line, the newest first.
pub(super) fn json(found: &[Entry]) -> io::Result<String> {
    let lines: io::Result<Vec<String>> = found.iter().map(object).collect();
    let lines = lines?.join(",\n");
    Ok(if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{lines}\n]\n") })
}

/// One object a line, the newest first.
pub(super) fn jsonl(found: &[Entry]) -> io::Result<String> {
    found.iter().map(|entry| object(entry).map(|line| line + "\n")).collect()
}

/// A header and a record for each, the newest first. What is more than one value is JSON text.
pub(super) fn separated(found: &[Entry], delimiter: u8) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for entry in found {
        writer.write_record(record(&line(entry)?)?)?;
    }
    let written = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(written).map_err(io::Error::other)
}

/// Values are kept byte for byte and may have line breaks between their parts, though never within a text: there a space
/// means the same.
fn object(entry: &Entry) -> io::Result<String> {
    let text = serde_json::to_string(&line(entry)?)?;
    Ok(text.replace(['\n', '\r'], " "))
}

fn line(entry: &Entry) -> io::Result<Line<'_>> {
    let record = &entry.record;
    // Empty and not there any more are not the same.
    let there = entry.kept != Kept::Nothing;
    let millis = |took: std::time::Duration| u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    Ok(Line {
        id: entry.id,
        begun: entry.begun.to_string(),
        profile: &record.profile,
        account: &record.account,
        kind: &record.kind,
        method: &record.method,
        path: &record.path,
        webhooks: record.webhooks,
        sids: &record.sids,
        label: there.then_some(&record.label),
        standing: entry.standing.words(),
        ended: entry.ended.map(|time| time.to_string()),
        status: entry.status,
        code: entry.code,
        message: entry.message.as_deref(),
        request_id: entry.request_id.as_deref(),
        duration_ms: entry.duration.map(millis),
        undoes: record.undoes,
        undone_by: entry.undone_by,
        kept: entry.kept.word(),
        form: there.then_some(&record.form),
        before: value(record.before.as_deref())?,
        after: value(record.after.as_deref())?,
        made: entry.made.as_deref(),
    })
}

/// JSON text as the JSON it is. What somebody made of the file by hand is shown as the text it is.
fn value(text: Option<&str>) -> io::Result<Option<Box<RawValue>>> {
    let Some(text) = text else { return Ok(None) };
    match serde_json::from_str::<Box<RawValue>>(text) {
        Ok(value) => Ok(Some(value)),
        Err(_) => Ok(Some(to_raw_value(text)?)),
    }
}

fn record(line: &Line<'_>) -> io::Result<Vec<String>> {
    let json = |value: &Option<Box<RawValue>>| value.as_ref().map(|v| v.get().to_owned());
    let fields = [
        Some(line.id.to_string()),
        Some(line.begun.clone()),
        Some(line.profile.to_owned()),
        Some(line.account.to_owned()),
        Some(line.kind.to_owned()),
        Some(line.method.to_owned()),
        Some(line.path.to_owned()),
        Some(line.webhooks.to_string()),
        Some(line.sids.join(" ")),
        line.label.map(str::to_owned),
        Some(line.standing.to_owned()),
        line.ended.clone(),
        line.status.map(|status| status.to_string()),
        line.code.map(|code| code.to_string()),
        line.message.map(str::to_owned),
        line.request_id.map(str::to_owned),
        line.duration_ms.map(|ms| ms.to_string()),
        line.undoes.map(|id| id.to_string()),
        line.undone_by.map(|id| id.to_string()),
        Some(line.kept.to_owned()),
        line.form.map(serde_json::to_string).transpose()?,
        json(&line.before),
        json(&line.after),
        line.made.map(str::to_owned),
    ];
    Ok(fields.into_iter().map(Option::unwrap_or_default).collect())
}

#[cfg(test)]
mod tests;
