//! A row of the file becomes an entry.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Row, types::Type};
use serde::de::DeserializeOwned;

use super::{Entry, EntryId, Kept, Record, outcome::standing};

/// What [`entry`] reads by name.
pub(super) const COLUMNS: &str = "id, begun, session, profile, account, kind, method, path, webhooks, sids, undoes, kept,
    label, form, before, after, outcome, finished, status, code, message, request_id, duration, made, settled,
    settled_at, (SELECT max(later.id) FROM journal AS later WHERE later.undoes = journal.id
                 AND (later.outcome = 'done' OR later.outcome IS NOT 'refused' AND later.outcome IS NOT 'failed'
                      AND later.settled = 'done')) AS undone_by";

/// Reads a row; `is_live` says whether the state of a session is still open.
pub(super) fn entry(row: &Row<'_>, is_live: impl Fn(&str) -> bool) -> rusqlite::Result<Entry> {
    let text = |name| row.get::<_, Option<String>>(name);
    let kept: String = row.get("kept")?;
    let kept = Kept::from_word(&kept).ok_or_else(|| unreadable("kept"))?;
    let (outcome, settled) = (text("outcome")?, text("settled")?);
    let session: String = row.get("session")?;
    let standing = standing(outcome.as_deref(), settled.as_deref(), || is_live(&session))
        .ok_or_else(|| unreadable("outcome"))?;
    let ended = match (outcome.as_deref(), row.get("settled_at")?) {
        (None | Some("lost"), Some(settled)) => Some(settled),
        _ => row.get("finished")?,
    };
    let duration: Option<i64> = row.get("duration")?;
    Ok(Entry {
        id: EntryId::new(row.get("id")?),
        begun: time(row.get("begun")?)?,
        record: record(row)?,
        kept,
        standing,
        ended: ended.map(time).transpose()?,
        status: row.get("status")?,
        code: row.get("code")?,
        message: text("message")?,
        request_id: text("request_id")?,
        duration: duration.map(|ms| Duration::from_millis(u64::try_from(ms).unwrap_or_default())),
        made: text("made")?,
        undone_by: row.get::<_, Option<i64>>("undone_by")?.map(EntryId::new),
    })
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        profile: row.get("profile")?,
        account: row.get("account")?,
        kind: row.get("kind")?,
        method: row.get("method")?,
        path: row.get("path")?,
        form: json(row.get("form")?)?,
        webhooks: row.get("webhooks")?,
        sids: json(row.get("sids")?)?,
        label: row.get::<_, Option<String>>("label")?.unwrap_or_default(),
        before: row.get("before")?,
        after: row.get("after")?,
        undoes: row.get::<_, Option<i64>>("undoes")?.map(EntryId::new),
    })
}

fn json<T: DeserializeOwned + Default>(text: Option<String>) -> rusqlite::Result<T> {
    text.map_or_else(|| Ok(T::default()), |text| serde_json::from_str(&text).map_err(wrong))
}

fn time(millisecond: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_millisecond(millisecond).map_err(wrong)
}

fn unreadable(column: &'static str) -> rusqlite::Error {
    wrong(format!("{column} holds an unknown word"))
}

fn wrong(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, why.into())
}
