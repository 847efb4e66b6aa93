//! What was typed and not saved, so that it survives the program.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{State, StateError, journal::at};

pub(super) const LAYOUT: &str = "
CREATE TABLE drafts (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    saved INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (account, key)
) STRICT;";

/// A text that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// What it is about, in the words of whoever kept it.
    pub key: String,
    /// When it was kept.
    pub saved: Timestamp,
    /// What was typed.
    pub text: String,
}

impl State {
    /// Keeps a text in the place of an older one; with nothing to be kept at all, nothing happens.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put_draft(
        &self,
        account: &str,
        key: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<(), StateError> {
        if self.keeping.days == 0 {
            return Ok(());
        }
        self.lock().execute(
            "INSERT OR REPLACE INTO drafts (account, key, saved, text) VALUES (?1, ?2, ?3, ?4)",
            params![account, key, now.as_microsecond(), text],
        )?;
        Ok(())
    }

    /// Drops a text, if there is one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn drop_draft(&self, account: &str, key: &str) -> Result<(), StateError> {
        self.lock()
            .execute("DELETE FROM drafts WHERE account = ?1 AND key = ?2", params![account, key])?;
        Ok(())
    }

    /// One text of an account.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn draft(&self, account: &str, key: &str) -> Result<Option<KeptDraft>, StateError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT key, saved, text FROM drafts WHERE account = ?1 AND key = ?2",
        )?;
        Ok(statement.query_row(params![account, key], kept).optional()?)
    }

    /// All texts of an account, the newest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn drafts(&self, account: &str) -> Result<Vec<KeptDraft>, StateError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT key, saved, text FROM drafts WHERE account = ?1 ORDER BY saved DESC",
        )?;
        let rows = statement.query_map(params![account], kept)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn kept(row: &Row) -> rusqlite::Result<KeptDraft> {
    Ok(KeptDraft { key: row.get(0)?, saved: at(row.get(1)?), text: row.get(2)? })
}

pub(super) fn purge(connection: &Connection, before: Timestamp) -> Result<(), StateError> {
    connection.execute("DELETE FROM drafts WHERE saved <= ?1", params![before.as_microsecond()])?;
    Ok(())
}
