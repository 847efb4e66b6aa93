//! Personal data is not kept for longer than it may be.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Transaction, TransactionBehavior, params};

use super::{Keeping, State, StateError, journal::nameless};

const FORGET: &str =
    "UPDATE journal SET kept = 'nothing', path = ?2, label = NULL, form = NULL, before = NULL,
    after = NULL, message = NULL WHERE id = ?1";

/// Forgets the values that jobs were to write.
pub(super) const FORGET_VALUE: &str =
    "UPDATE job SET task = json_set(task, '$.deed.set.value', '')
    WHERE CASE WHEN json_valid(task) THEN coalesce(json_extract(task, '$.deed.set.value'), '') ELSE '' END <> ''";

impl State {
    /// Forgets the names and bodies of lines, and the drafts, that are as old as they may become; the lines stay, with
    /// sids, method, status and code. What is forgotten is overwritten in the file. Returns how many were.
    ///
    /// Opening does this too; a console that stays open calls it once a day.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn purge(&self, now: Timestamp) -> Result<usize, StateError> {
        self.purged(now).map_err(|error| self.told(error))
    }

    fn purged(&self, now: Timestamp) -> rusqlite::Result<usize> {
        let last = last_to_go(self.keeping, now);
        let mut connection = self.connection();
        let purge = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let gone = forget(&purge, last)?
            + purge.execute("DELETE FROM draft WHERE written <= ?1", [last])?
            + forget_jobs(&purge, last)?;
        purge.commit()?;
        if gone > 0 {
            // The log beside the file holds the old pages until it is begun anew. While another console reads it stays,
            // until that one, or the last to leave, does this.
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(gone)
    }
}

/// The youngest moment that is too old, in milliseconds. What is to be kept for no day goes whatever its time: a clock
/// may have been ahead.
fn last_to_go(keeping: Keeping, now: Timestamp) -> i64 {
    if keeping.days == 0 {
        return i64::MAX;
    }
    let span = SignedDuration::from_hours(24 * i64::from(keeping.days));
    now.checked_sub(span).map_or(i64::MIN, Timestamp::as_millisecond)
}

fn forget(purge: &Transaction<'_>, last: i64) -> rusqlite::Result<usize> {
    let mut old =
        purge.prepare("SELECT id, path FROM journal WHERE kept <> 'nothing' AND begun <= ?1")?;
    let old = old.query_map([last], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let old: Vec<(i64, String)> = old.collect::<Result<_, _>>()?;
    let mut forget = purge.prepare(FORGET)?;
    for (id, path) in &old {
        forget.execute(params![id, nameless(path)])?;
    }
    Ok(old.len())
}

/// What rows were called, and what was said of them, goes; the sids and how they ended stay.
fn forget_jobs(purge: &Transaction<'_>, last: i64) -> rusqlite::Result<usize> {
    let rows = purge.execute(
        "UPDATE job_row SET label = NULL, note = NULL WHERE coalesce(label, note) IS NOT NULL
         AND job IN (SELECT id FROM job WHERE made <= ?1)",
        [last],
    )?;
    let jobs = "UPDATE job SET label = NULL WHERE label IS NOT NULL AND made <= ?1";
    let values = format!("{FORGET_VALUE} AND made <= ?1");
    Ok(rows + purge.execute(jobs, [last])? + purge.execute(&values, [last])?)
}
