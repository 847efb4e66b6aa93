//! The journal for people: columns, the newest last, nothing in it that a terminal would obey.

use jiff::tz::TimeZone;

use crate::{
    commands::table::table,
    state::{Entry, Kept},
};

const HEADER: [&str; 8] = ["TIME", "STANDING", "WHAT", "NAME", "SID", "STATUS", "CODE", "LINE"];

/// Nothing at all where there is no line.
pub(super) fn text(found: &[Entry], zone: &TimeZone) -> String {
    let rows: Vec<Vec<String>> = found.iter().rev().map(|entry| row(entry, zone)).collect();
    table(&HEADER, &rows)
}

fn row(entry: &Entry, zone: &TimeZone) -> Vec<String> {
    let record = &entry.record;
    let time = entry.begun.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let name = match entry.kept {
        Kept::Full => record.label.clone(),
        Kept::Digest => "(digest)".to_owned(),
        Kept::Nothing => "(not kept)".to_owned(),
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    vec![
        time,
        entry.standing.words().to_owned(),
        what(entry),
        name,
        record.sids.first().cloned().unwrap_or_default(),
        number(entry.status.map(u32::from)),
        number(entry.code),
        entry.id.to_string(),
    ]
}

fn what(entry: &Entry) -> String {
    let kind = &entry.record.kind;
    match (entry.record.undoes, entry.undone_by) {
        (Some(undoes), _) => format!("{kind} (undo of {undoes})"),
        (None, Some(by)) => format!("{kind} (undone by {by})"),
        (None, None) => kind.clone(),
    }
}

#[cfg(test)]
mod tests;
