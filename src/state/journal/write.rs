//! Lines are begun, completed and settled here.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params};

use super::{EntryId, Kept, Outcome, Record, Settlement, Standing, Stored, outcome::standing};
use crate::state::{State, StateError};

const BEGIN: &str = "INSERT INTO journal
    (begun, session, profile, account, kind, method, path, webhooks, sids, undoes, kept, label, form, before, after)
    VALUES (:begun, :session, :profile, :account, :kind, :method, :path, :webhooks, :sids, :undoes, :kept, :label,
            :form, :before, :after)";

const FINISH: &str =
    "UPDATE journal SET outcome = :outcome, finished = :now, status = :status, code = :code,
    message = :message, request_id = :request_id, duration = :duration, made = coalesce(:made, made)
    WHERE id = :id";

const SETTLE: &str =
    "UPDATE journal SET settled = :settled, settled_at = :now, made = :made WHERE id = :id";

impl State {
    /// Writes a line for a request that is about to leave. It is on the disk when this returns: without it the request
    /// must not leave.
    ///
    /// # Errors
    /// When it could not be written (the disk is full, say), or the record is not fit to be kept.
    pub fn begin(&self, record: &Record, now: Timestamp) -> Result<EntryId, StateError> {
        self.still_there()?;
        let stored = self.stored(record)?;
        let connection = self.connection();
        self.insert(&connection, record, &stored, now).map_err(|error| self.told(error))
    }

    /// What may be kept of a record.
    pub(in crate::state) fn stored(&self, record: &Record) -> Result<Stored, StateError> {
        record.check()?;
        record.kept(self.kept())
    }

    /// Writes a line.
    pub(in crate::state) fn insert(
        &self,
        connection: &Connection,
        record: &Record,
        stored: &Stored,
        now: Timestamp,
    ) -> rusqlite::Result<EntryId> {
        let inserted = connection.prepare_cached(BEGIN).and_then(|mut insert| {
            insert.insert(named_params! {
                ":begun": now.as_millisecond(),
                ":session": self.live.session,
                ":profile": record.profile,
                ":account": record.account,
                ":kind": record.kind,
                ":method": record.method,
                ":path": stored.path,
                ":webhooks": record.webhooks,
                ":sids": stored.sids,
                ":undoes": record.undoes.map(EntryId::number),
                ":kept": self.kept().word(),
                ":label": stored.label,
                ":form": stored.form,
                ":before": stored.before,
                ":after": stored.after,
            })
        });
        inserted.map(EntryId::new)
    }

    /// Completes a line: what its answer said. An answer that comes after another console settled the line outweighs it.
    ///
    /// # Errors
    /// When it could not be written: the line stays unfinished. When there is no such line or it has its answer.
    pub fn finish(&self, id: EntryId, outcome: &Outcome, now: Timestamp) -> Result<(), StateError> {
        self.complete(id, |line, change| {
            if line.outcome.is_some() {
                return Err(StateError::Ended(id));
            }
            finish(change, id, line.kept, outcome, now).map_err(|error| self.told(error))
        })
    }

    /// Completes a line within a change of more than that; one that has its answer stays as it is.
    pub(in crate::state) fn complete_line(
        change: &Transaction<'_>,
        id: EntryId,
        outcome: &Outcome,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        match line(change, id)? {
            Some(line) if line.outcome.is_none() => finish(change, id, line.kept, outcome, now),
            _ => Ok(()),
        }
    }

    /// Completes a line whose answer is not known with what reading again found.
    ///
    /// # Errors
    /// When it could not be written, there is no such line, its end is known, or another console awaits its answer.
    pub fn settle(
        &self,
        id: EntryId,
        found: &Settlement,
        now: Timestamp,
    ) -> Result<(), StateError> {
        self.complete(id, |line, change| {
            let is_elsewhere =
                || line.session != self.live.session && self.live.is_live(&line.session);
            let stands = standing(line.outcome.as_deref(), line.settled.as_deref(), is_elsewhere);
            match stands {
                Some(Standing::Unfinished | Standing::Unknown) => {}
                Some(Standing::InFlight) => return Err(StateError::StillOut(id)),
                _ => return Err(StateError::Ended(id)),
            }
            let values = named_params! {
                ":id": id.number(),
                ":settled": found.word(),
                ":now": now.as_millisecond(),
                ":made": found.made(),
            };
            change.execute(SETTLE, values).map(|_| ()).map_err(|error| self.told(error))
        })
    }

    /// Reads a line and changes it, with nobody else between.
    fn complete(
        &self,
        id: EntryId,
        change: impl FnOnce(&Line, &Transaction<'_>) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let mut connection = self.connection();
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| self.told(error))?;
        let line = line(&transaction, id).map_err(|error| self.told(error))?;
        change(&line.ok_or(StateError::NoEntry(id))?, &transaction)?;
        transaction.commit().map_err(|error| self.told(error))
    }
}

fn finish(
    change: &Transaction<'_>,
    id: EntryId,
    kept: Kept,
    outcome: &Outcome,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let message = outcome.message.as_ref().filter(|_| kept == Kept::Full);
    let values = named_params! {
        ":id": id.number(),
        ":outcome": outcome.end.word(),
        ":now": now.as_millisecond(),
        ":status": outcome.status,
        ":code": outcome.code,
        ":message": message,
        ":request_id": outcome.request_id,
        ":duration": i64::try_from(outcome.duration.as_millis()).unwrap_or(i64::MAX),
        ":made": outcome.end.made(),
    };
    change.execute(FINISH, values).map(|_| ())
}

/// What decides whether and how a line may be completed.
struct Line {
    kept: Kept,
    session: String,
    outcome: Option<String>,
    settled: Option<String>,
}

fn line(transaction: &Transaction<'_>, id: EntryId) -> rusqlite::Result<Option<Line>> {
    let sql = "SELECT kept, session, outcome, settled FROM journal WHERE id = ?1";
    let read = transaction.query_row(sql, [id.number()], |row| {
        let kept: String = row.get(0)?;
        Ok(Line {
            // A word that is not known is treated with the most care.
            kept: Kept::from_word(&kept).unwrap_or(Kept::Nothing),
            session: row.get(1)?,
            outcome: row.get(2)?,
            settled: row.get(3)?,
        })
    });
    read.optional()
}
