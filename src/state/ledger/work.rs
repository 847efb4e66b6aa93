//! A job at work: rows are read, begun and ended here.

use jiff::Timestamp;
use rusqlite::{TransactionBehavior, params};

use super::{
    JobId,
    row::{COLUMNS, JobRow, RowEnd, RowState, row},
};
use crate::state::{EntryId, Kept, Outcome, Record, State, StateError};

impl State {
    /// Rows of a job from a place on, in their order, at most so many; of one state, or all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn job_rows(
        &self,
        id: JobId,
        state: Option<RowState>,
        from: u64,
        limit: usize,
    ) -> Result<Vec<JobRow>, StateError> {
        let which = if state.is_some() { "AND state = ?4" } else { "AND ?4 IS NULL" };
        let sql = format!(
            "SELECT {COLUMNS} FROM job_row WHERE job = ?1 AND nth >= ?2 {which} ORDER BY nth LIMIT ?3"
        );
        let (from, limit) = (number(from), i64::try_from(limit).unwrap_or(i64::MAX));
        let connection = self.connection();
        let read = connection.prepare_cached(&sql).and_then(|mut select| {
            let values = params![id.0, from, limit, state.map(RowState::word)];
            select.query_map(values, row).and_then(Iterator::collect)
        });
        read.map_err(|error| self.told(error))
    }

    /// Writes down a request that is about to leave for a row: a line of the journal, and the row's state, in one go.
    /// Both are on the disk when this returns; without it the request must not leave.
    ///
    /// # Errors
    /// When it could not be written, or the job is not run from here.
    pub fn begin_row(
        &self,
        id: JobId,
        nth: u64,
        record: &Record,
        now: Timestamp,
    ) -> Result<EntryId, StateError> {
        self.still_there()?;
        let stored = self.stored(record)?;
        let mut connection = self.connection();
        let begun = (|| {
            let begin = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let entry = self.insert(&begin, record, &stored, now)?;
            let sql = "UPDATE job_row SET state = 'sent', tries = tries + 1, entry = ?3 WHERE job = ?1 AND nth = ?2 \
                       AND state IN ('todo', 'sent') AND (SELECT owner FROM job WHERE id = ?1) = ?4";
            let changed = begin
                .execute(sql, params![id.0, number(nth), entry.number(), self.live.session])?;
            if changed == 0 {
                return Ok(Err(StateError::JobTaken(id)));
            }
            begin.commit()?;
            Ok(Ok(entry))
        })();
        begun.map_err(|error| self.told(error))?
    }

    /// Writes down how a row ended, and of the request that left for it last, how that ended.
    ///
    /// # Errors
    /// When it could not be written: the row stays as it was.
    pub fn end_row(
        &self,
        id: JobId,
        nth: u64,
        end: &RowEnd,
        request: Option<(EntryId, &Outcome)>,
        now: Timestamp,
    ) -> Result<(), StateError> {
        let note = end.note.as_ref().filter(|_| self.kept() == Kept::Full);
        let mut connection = self.connection();
        let ended = (|| {
            let finish = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if let Some((entry, outcome)) = request {
                Self::complete_line(&finish, entry, outcome, now)?;
            }
            finish.execute(
                "UPDATE job_row SET state = ?3, code = ?4, note = ?5 WHERE job = ?1 AND nth = ?2",
                params![id.0, number(nth), end.state.word(), end.code, note],
            )?;
            finish.commit()
        })();
        ended.map_err(|error| self.told(error))
    }

    /// Writes down what reading again found of rows that were done: whether each is so in fact.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn found_rows(&self, id: JobId, found: &[(u64, bool)]) -> Result<(), StateError> {
        let mut connection = self.connection();
        let told = (|| {
            let tell = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (nth, is_done) in found {
                let sql = "UPDATE job_row SET found = ?3 WHERE job = ?1 AND nth = ?2";
                tell.execute(sql, params![id.0, number(*nth), is_done])?;
            }
            tell.commit()
        })();
        told.map_err(|error| self.told(error))
    }

    /// Makes the rows of a job that failed, all or those of one code, into ones that are to be done. Tells how many. Where
    /// nobody knows what became of the last request it stays one that was sent: what is found then can be its doing.
    ///
    /// # Errors
    /// When it could not be written, or another console runs the job.
    pub fn retry_rows(&self, id: JobId, code: Option<u32>) -> Result<usize, StateError> {
        let mut connection = self.connection();
        let again = (|| {
            let retry = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let owner: Option<String> =
                retry.query_row("SELECT owner FROM job WHERE id = ?1", [id.0], |row| row.get(0))?;
            if owner.is_some_and(|it| it != self.live.session && self.live.is_live(&it)) {
                return Ok(Err(StateError::JobTaken(id)));
            }
            let sql = "UPDATE job_row SET code = NULL, note = NULL, state = CASE WHEN EXISTS \
                       (SELECT 1 FROM journal WHERE journal.id = job_row.entry \
                        AND (outcome IS NULL OR outcome = 'lost') AND settled IS NOT 'not done') \
                       THEN 'sent' ELSE 'todo' END \
                       WHERE job = ?1 AND state = 'failed' AND (?2 IS NULL OR code = ?2)";
            let changed = retry.execute(sql, params![id.0, code])?;
            if changed > 0 {
                retry.execute("UPDATE job SET ended = NULL WHERE id = ?1", [id.0])?;
            }
            retry.commit()?;
            Ok(Ok(changed))
        })();
        again.map_err(|error| self.told(error))?
    }
}

fn number(nth: u64) -> i64 {
    i64::try_from(nth).unwrap_or(i64::MAX)
}
