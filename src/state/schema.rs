//! The tables, and how a file comes to have them.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::Unusable;

/// How long to wait for another console that writes at the same moment.
const PATIENCE: Duration = Duration::from_secs(5);

/// Marks a file as ours ("SWBD").
const APPLICATION: i64 = 0x5357_4244;

/// One step a version: a file of version n has had the first n.
const STEPS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The version that this program reads and writes.
const VERSION: i64 = 2;

/// Opens a file that exists (an empty one is a new one), checks it, and brings it to this version.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Result<Connection, Unusable>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let pragma = |name: &str| {
        connection.pragma_query_value::<i64, _>(None, name, |row: &rusqlite::Row| row.get(0))
    };
    let (version, application) = (pragma("user_version")?, pragma("application_id")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_new = version == 0 && application == 0 && tables == 0;
    if !is_new {
        if application != APPLICATION || version < 1 {
            return Ok(Err(Unusable::Foreign));
        }
        if version > VERSION {
            return Ok(Err(Unusable::Newer));
        }
        if !is_sound(&connection)? {
            return Ok(Err(Unusable::Damaged));
        }
    }
    settle_in(&connection)?;
    migrate(&mut connection)?;
    let there = columns(&connection)?;
    let complete = is_new || columns(&fresh()?)?.iter().all(|ours| there.contains(ours));
    Ok(if complete { Ok(connection) } else { Err(Unusable::Damaged) })
}

/// A file of this version in memory.
fn fresh() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Every column of every table, as far as what is asked of it depends on that. `quick_check` looks at the values only.
fn columns(connection: &Connection) -> rusqlite::Result<Vec<(String, String, String)>> {
    let mut asked = connection.prepare(
        "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_xinfo(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid",
    )?;
    let columns = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    columns.collect()
}

fn is_sound(connection: &Connection) -> rusqlite::Result<bool> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(said == "ok")
}

/// A commit is on the disk when it returns, what is purged is overwritten, and readers do not wait for a writer.
fn settle_in(connection: &Connection) -> rusqlite::Result<()> {
    // Where shared memory is not to be had (some network disks) it stays a rollback journal, which serves as well.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    durable(connection)?;
    connection.pragma_update(None, "fullfsync", "ON")?;
    connection.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
    connection.pragma_update(None, "trusted_schema", "OFF")
}

/// From now on a commit waits for the disk: it outlives a loss of power.
pub(super) fn durable(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", "FULL")
}

/// From now on a commit waits for the system only: it outlives this process.
pub(super) fn light(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", "NORMAL")
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let migration = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = migration.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == VERSION {
        return Ok(());
    }
    for step in STEPS.iter().skip(usize::try_from(version).unwrap_or(0)) {
        migration.execute_batch(step)?;
    }
    migration.pragma_update(None, "user_version", VERSION)?;
    migration.pragma_update(None, "application_id", APPLICATION)?;
    migration.commit()
}
