//! What was typed in a form and not saved.

use jiff::Timestamp;
use rusqlite::{Connection, Row, TransactionBehavior, params, types::Type};

use super::{State, StateError, schema};

/// A draft as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which resource, as its form calls it.
    pub key: String,
    /// What was typed, as text of the form's own making.
    pub text: String,
    /// When it was kept.
    pub written: Timestamp,
}

const PUT: &str = "INSERT INTO draft (account, key, session, text, written) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (account, key, session) DO UPDATE SET text = excluded.text, written = excluded.written";

const COLUMNS: &str = "key, text, written";

impl State {
    /// Whether drafts are kept at all.
    pub fn keeps_drafts(&self) -> bool {
        self.keeping.days > 0
    }

    /// Keeps what was typed here in the form of a resource, in place of what was kept of it before; what other consoles
    /// keep of it stays. Does nothing where drafts are not kept. It does not wait for the disk: it outlives this process, however that ends.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn put_draft(
        &self,
        account: &str,
        key: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<(), StateError> {
        if !self.keeps_drafts() {
            return Ok(());
        }
        self.still_there()?;
        self.lightly(|connection| {
            let mut put = connection.prepare_cached(PUT)?;
            put.execute(params![account, key, self.live.session, text, now.as_millisecond()])
        })
    }

    /// Takes over what consoles that ended have left of an account, of each form what was typed last, and tells it with
    /// what is kept here already, the newest first. What consoles keep that still run stays theirs.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn take_over_drafts(&self, account: &str) -> Result<Vec<Draft>, StateError> {
        let mut connection = self.connection();
        let taken = (|| {
            let take = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let left: Vec<(String, String)> = {
                let sql = "SELECT key, session FROM draft WHERE account = ?1 ORDER BY written DESC";
                let mut left = take.prepare(sql)?;
                let left = left.query_map([account], |row| Ok((row.get(0)?, row.get(1)?)))?;
                left.collect::<rusqlite::Result<_>>()?
            };
            for (key, session) in left.iter().filter(|(_, session)| !self.live.is_live(session)) {
                // One of this form may be here: then the other stays for later.
                let sql = "UPDATE OR IGNORE draft SET session = ?4 WHERE account = ?1 AND key = ?2 AND session = ?3";
                take.execute(sql, params![account, key, session, self.live.session])?;
            }
            let sql = format!(
                "SELECT {COLUMNS} FROM draft WHERE account = ?1 AND session = ?2 ORDER BY written DESC, key"
            );
            let mine: Vec<Draft> = take
                .prepare(&sql)?
                .query_map([account, &self.live.session], draft)?
                .collect::<rusqlite::Result<_>>()?;
            take.commit()?;
            Ok(mine)
        })();
        taken.map_err(|error| self.told(error))
    }

    /// All drafts of an account, whoever keeps them, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts(&self, account: &str) -> Result<Vec<Draft>, StateError> {
        let sql =
            format!("SELECT {COLUMNS} FROM draft WHERE account = ?1 ORDER BY written DESC, key");
        let connection = self.connection();
        let read = connection
            .prepare_cached(&sql)
            .and_then(|mut select| select.query_map([account], draft).and_then(Iterator::collect));
        read.map_err(|error| self.told(error))
    }

    /// Forgets what was typed here: it has been saved, or is not wanted. Nothing happens where there is none.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn drop_draft(&self, account: &str, key: &str) -> Result<(), StateError> {
        self.lightly(|connection| {
            let mut delete = connection.prepare_cached(
                "DELETE FROM draft WHERE account = ?1 AND key = ?2 AND session = ?3",
            )?;
            delete.execute([account, key, &self.live.session])
        })
    }

    /// One change that need not be on the disk when it returns; all others stay as durable as they are.
    fn lightly(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<usize>,
    ) -> Result<(), StateError> {
        let connection = self.connection();
        let changed = schema::light(&connection).and_then(|()| change(&connection));
        let restored = schema::durable(&connection);
        changed.and(restored).map_err(|error| self.told(error))
    }
}

fn draft(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let written = Timestamp::from_millisecond(row.get(2)?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(2, Type::Integer, Box::new(error))
    })?;
    Ok(Draft { key: row.get(0)?, text: row.get(1)?, written })
}
