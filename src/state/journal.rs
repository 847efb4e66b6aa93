//! Every write, before it leaves and after it ended.

use std::fmt::Write;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use sha2::{Digest, Sha256};

use super::{State, StateError};

pub(super) const LAYOUT: &str = "
CREATE TABLE writes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    begun INTEGER NOT NULL,
    profile TEXT NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    webhooks INTEGER NOT NULL,
    resource TEXT NOT NULL,
    label TEXT,
    form TEXT,
    before TEXT,
    after TEXT,
    undoes INTEGER,
    digest INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT,
    status INTEGER,
    code INTEGER,
    message TEXT,
    request_id TEXT,
    millis INTEGER,
    settled INTEGER,
    made TEXT,
    pid INTEGER NOT NULL
) STRICT;
CREATE INDEX writes_begun ON writes (begun);
CREATE INDEX writes_open ON writes (id) WHERE settled IS NULL AND (outcome IS NULL OR outcome = 'lost');";

const COLUMNS: &str = "id, begun, profile, account, kind, method, path, webhooks, resource, label, form, before, \
     after, undoes, digest, ended, outcome, status, code, message, request_id, millis, settled, made, pid";

/// Names and values in order; nothing where the product has nothing.
pub type Fields = Vec<(String, Option<String>)>;

/// The number of a line in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub i64);

/// A write that is about to leave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The profile it is made with; empty for none.
    pub profile: String,
    /// The account's sid.
    pub account: String,
    /// What it does, as `channel.update`.
    pub kind: String,
    /// The HTTP method.
    pub method: String,
    /// The path on the server.
    pub path: String,
    /// Whether webhooks are told.
    pub webhooks: bool,
    /// The sids of what it changes, in the words of whoever writes.
    pub resource: String,
    /// What people call it; wiped with the values.
    pub label: Option<String>,
    /// The parameters that are sent; wiped when they are too old.
    pub form: Option<Fields>,
    /// The fields that change, as they were; wiped with the parameters.
    pub before: Option<Fields>,
    /// The fields that change, as they shall be; wiped with the parameters.
    pub after: Option<Fields>,
    /// The write that this one takes back.
    pub undoes: Option<EntryId>,
}

/// How a write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server said yes.
    Done,
    /// The server said no, or nothing was sent.
    Failed,
    /// Nobody knows: it left, and no answer came that could be understood.
    Lost,
}

impl Outcome {
    const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Lost => "lost",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Done, Self::Failed, Self::Lost].into_iter().find(|it| it.word() == word)
    }
}

/// What was told of the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// How it ended.
    pub outcome: Outcome,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The vendor's error code.
    pub code: Option<u32>,
    /// Why it failed; wiped with the values.
    pub message: Option<String>,
    /// What the vendor calls the request.
    pub request_id: Option<String>,
    /// Milliseconds from leaving to the end.
    pub millis: u64,
    /// The sid of what was made.
    pub made: Option<String>,
}

/// What a line stands for, all told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It left and the program ended, or has not heard yet.
    Unfinished,
    /// The server has it.
    Done,
    /// The server does not have it.
    NotDone,
    /// Nobody knows.
    Unknown,
}

impl Standing {
    /// In a word or two.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unfinished => "unfinished",
            Self::Done => "done",
            Self::NotDone => "not done",
            Self::Unknown => "unknown",
        }
    }
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: EntryId,
    /// When it was to leave.
    pub begun: Timestamp,
    /// What was to be done.
    pub record: Record,
    /// How it ended, and when.
    pub ending: Option<(Timestamp, Ending)>,
    /// What it turned out to be when the resource was read again: whether the server has it.
    pub settled: Option<bool>,
    /// The process that wrote it.
    pub pid: u32,
    /// Whether its values are digests.
    pub digest: bool,
}

impl Entry {
    /// What it stands for.
    pub fn standing(&self) -> Standing {
        match (self.settled, &self.ending) {
            (Some(true), _) => Standing::Done,
            (Some(false), _) => Standing::NotDone,
            (None, None) => Standing::Unfinished,
            (None, Some((_, ending))) => match ending.outcome {
                Outcome::Done => Standing::Done,
                Outcome::Failed => Standing::NotDone,
                Outcome::Lost => Standing::Unknown,
            },
        }
    }

    /// Whether its values are there, not wiped and not digests.
    pub fn has_values(&self) -> bool {
        !self.digest && self.record.after.is_some()
    }
}

/// Which lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Of this account only.
    pub account: Option<String>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this line.
    pub before: Option<EntryId>,
    /// Only those of which nobody knows what the server made of them.
    pub open: bool,
    /// At most so many.
    pub limit: Option<u32>,
}

impl State {
    /// Writes down what is about to leave. It is on the disk when this returns.
    ///
    /// # Errors
    /// It could not be written; then nothing may leave.
    pub fn begin(&self, record: &Record, now: Timestamp) -> Result<EntryId, StateError> {
        let keeps = self.keeping.days > 0;
        let digest = self.keeping.digest;
        let kept = |fields: &Option<Fields>| {
            fields.as_ref().filter(|_| keeps).map(|fields| text(fields, digest)).transpose()
        };
        let label = record.label.as_ref().filter(|_| keeps);
        let label = label.map(|label| if digest { digested(label) } else { label.clone() });
        let connection = self.lock();
        connection
            .prepare_cached(
                "INSERT INTO writes (begun, profile, account, kind, method, path, webhooks, resource, label, form, \
                 before, after, undoes, digest, pid) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                now.as_microsecond(),
                record.profile,
                record.account,
                record.kind,
                record.method,
                record.path,
                record.webhooks,
                record.resource,
                label,
                kept(&record.form)?,
                kept(&record.before)?,
                kept(&record.after)?,
                record.undoes.map(|id| id.0),
                digest,
                std::process::id(),
            ])?;
        Ok(EntryId(connection.last_insert_rowid()))
    }

    /// Writes down how it ended.
    ///
    /// # Errors
    /// It could not be written; the line stays unfinished.
    pub fn finish(&self, id: EntryId, ending: &Ending, now: Timestamp) -> Result<(), StateError> {
        let message = ending.message.as_ref().filter(|_| self.keeping.days > 0);
        self.lock()
            .prepare_cached(
                "UPDATE writes SET ended = ?2, outcome = ?3, status = ?4, code = ?5, message = ?6, request_id = ?7, \
                 millis = ?8, made = ?9 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                now.as_microsecond(),
                ending.outcome.word(),
                ending.status,
                ending.code,
                message,
                ending.request_id,
                i64::try_from(ending.millis).unwrap_or(i64::MAX),
                ending.made,
            ])?;
        Ok(())
    }

    /// Writes down what a write turned out to be when its resource was read again.
    ///
    /// # Errors
    /// It could not be written.
    pub fn settle(&self, id: EntryId, is_done: bool) -> Result<(), StateError> {
        self.lock()
            .prepare_cached("UPDATE writes SET settled = ?2 WHERE id = ?1")?
            .execute(params![id.0, is_done])?;
        Ok(())
    }

    /// Lines, the newest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn entries(&self, query: &Query) -> Result<Vec<Entry>, StateError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM writes WHERE (?1 IS NULL OR account = ?1) AND (?2 IS NULL OR begun >= ?2) \
             AND (?3 IS NULL OR id < ?3) \
             AND (NOT ?4 OR (settled IS NULL AND (outcome IS NULL OR outcome = 'lost'))) \
             ORDER BY id DESC LIMIT ?5"
        );
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&sql)?;
        let values = params![
            query.account,
            query.since.map(Timestamp::as_microsecond),
            query.before.map(|id| id.0),
            query.open,
            query.limit.map_or(-1, i64::from),
        ];
        let rows = statement.query_map(values, entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One line.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, StateError> {
        let connection = self.lock();
        let sql = format!("SELECT {COLUMNS} FROM writes WHERE id = ?1");
        Ok(connection.prepare_cached(&sql)?.query_row(params![id.0], entry).optional()?)
    }
}

fn entry(row: &Row) -> rusqlite::Result<Entry> {
    let ended: Option<i64> = row.get(15)?;
    let outcome: Option<String> = row.get(16)?;
    let ending = match (ended, outcome.as_deref().and_then(Outcome::of)) {
        (Some(ended), Some(outcome)) => Some((
            at(ended),
            Ending {
                outcome,
                status: row.get(17)?,
                code: row.get(18)?,
                message: row.get(19)?,
                request_id: row.get(20)?,
                millis: u64::try_from(row.get::<_, i64>(21)?).unwrap_or(0),
                made: row.get(23)?,
            },
        )),
        _ => None,
    };
    Ok(Entry {
        id: EntryId(row.get(0)?),
        begun: at(row.get(1)?),
        record: Record {
            profile: row.get(2)?,
            account: row.get(3)?,
            kind: row.get(4)?,
            method: row.get(5)?,
            path: row.get(6)?,
            webhooks: row.get(7)?,
            resource: row.get(8)?,
            label: row.get(9)?,
            form: fields(row, 10)?,
            before: fields(row, 11)?,
            after: fields(row, 12)?,
            undoes: row.get::<_, Option<i64>>(13)?.map(EntryId),
        },
        digest: row.get(14)?,
        ending,
        settled: row.get(22)?,
        pid: row.get(24)?,
    })
}

pub(super) fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn fields(row: &Row, index: usize) -> rusqlite::Result<Option<Fields>> {
    let text: Option<String> = row.get(index)?;
    text.map(|text| {
        serde_json::from_str(&text).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error))
        })
    })
    .transpose()
}

fn text(fields: &Fields, digest: bool) -> Result<String, StateError> {
    let unwritable = |error: serde_json::Error| StateError::Entry(error.to_string());
    if !digest {
        return serde_json::to_string(fields).map_err(unwritable);
    }
    let digests: Fields =
        fields.iter().map(|(name, value)| (name.clone(), value.as_deref().map(digested))).collect();
    serde_json::to_string(&digests).map_err(unwritable)
}

/// What stands for a value: equal values have equal digests, and nobody reads the value out of one.
fn digested(value: &str) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(value.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub(super) fn purge(connection: &Connection, before: Timestamp) -> Result<(), StateError> {
    connection.execute(
        "UPDATE writes SET label = NULL, form = NULL, before = NULL, after = NULL, message = NULL \
         WHERE begun <= ?1 AND coalesce(label, form, before, after, message) IS NOT NULL",
        params![before.as_microsecond()],
    )?;
    Ok(())
}
