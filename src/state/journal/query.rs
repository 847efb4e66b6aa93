//! Lines are found here, the newest first.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params_from_iter, types::Value};

use super::{
    Entry, EntryId,
    line::{COLUMNS, entry},
};
use crate::state::{State, StateError};

/// Which lines; what is not asked for does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalQuery {
    /// Begun then or later.
    pub since: Option<Timestamp>,
    /// Begun before then.
    pub until: Option<Timestamp>,
    /// Of this account.
    pub account: Option<String>,
    /// Of this profile.
    pub profile: Option<String>,
    /// Somewhere in the label, kind, method, path, sids, parameters, values, code or message, whatever the case.
    pub text: Option<String>,
    /// About this sid.
    pub resource: Option<String>,
    /// Only lines whose end is not known.
    pub only_unfinished: bool,
    /// At most so many.
    pub limit: Option<usize>,
    /// Older than this line: the next page after it.
    pub before: Option<EntryId>,
}

/// In the words of the index that serves it.
const OPEN: &str = "settled IS NULL AND (outcome IS NULL OR outcome = 'lost')";

impl State {
    /// The lines that a query asks for, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self, query: &JournalQuery) -> Result<Vec<Entry>, StateError> {
        self.found(query).map_err(|error| self.told(error))
    }

    fn found(&self, query: &JournalQuery) -> rusqlite::Result<Vec<Entry>> {
        let conditions = conditions(query);
        let open = if query.only_unfinished { OPEN } else { "TRUE" };
        let narrowed: Vec<&str> =
            std::iter::once(open).chain(conditions.iter().map(|(sql, _)| *sql)).collect();
        let narrowed = narrowed.join(" AND ");
        let sql = format!("SELECT {COLUMNS} FROM journal WHERE {narrowed} ORDER BY id DESC");
        let values = conditions.iter().map(|(_, value)| value);
        let connection = self.connection();
        let mut select = connection.prepare_cached(&sql)?;
        let mut rows = select.query(params_from_iter(values))?;
        let wanted = query.text.as_deref().map(str::to_lowercase);
        let mut found = Vec::new();
        while found.len() < query.limit.unwrap_or(usize::MAX) {
            let Some(row) = rows.next()? else { break };
            let entry = entry(row, |session| self.live.is_live(session))?;
            if wanted.as_deref().is_none_or(|wanted| holds(&entry, wanted)) {
                found.push(entry);
            }
        }
        Ok(found)
    }

    /// One line; `None` when there is none of this number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn get(&self, id: EntryId) -> Result<Option<Entry>, StateError> {
        let sql = format!("SELECT {COLUMNS} FROM journal WHERE id = ?1");
        let connection = self.connection();
        let read = connection
            .query_row(&sql, [id.number()], |row| entry(row, |session| self.live.is_live(session)));
        read.optional().map_err(|error| self.told(error))
    }

    /// The lines of an account that reading again would settle, the newest first: no answer was written before the
    /// console ended, or it was lost. Those whose answer another console (or this one) still awaits are not among them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unfinished(&self, account: &str) -> Result<Vec<Entry>, StateError> {
        let query = JournalQuery {
            account: Some(account.to_owned()),
            only_unfinished: true,
            ..JournalQuery::default()
        };
        let mut found = self.list(&query)?;
        found.retain(|entry| entry.standing.wants_reading());
        Ok(found)
    }
}

/// What narrows, each with its value. A condition that is not asked for is not there, so that an index can serve.
fn conditions(query: &JournalQuery) -> Vec<(&'static str, Value)> {
    let time = |time: Option<Timestamp>| time.map(|time| Value::from(time.as_millisecond()));
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let about = "EXISTS (SELECT 1 FROM json_each(sids) WHERE value = ?)";
    let all = [
        ("begun >= ?", time(query.since)),
        ("begun < ?", time(query.until)),
        ("account = ?", text(&query.account)),
        ("profile = ?", text(&query.profile)),
        (about, text(&query.resource)),
        ("id < ?", query.before.map(|id| Value::from(id.number()))),
    ];
    all.into_iter().filter_map(|(sql, value)| Some((sql, value?))).collect()
}

/// Whether a lower-case text is somewhere in a line.
fn holds(entry: &Entry, wanted: &str) -> bool {
    let record = &entry.record;
    let texts = [&record.label, &record.kind, &record.method, &record.path];
    let values = [&record.before, &record.after, &entry.made, &entry.message, &entry.request_id];
    let form = record.form.iter().flat_map(|(name, value)| [name, value]);
    let mut all =
        texts.into_iter().chain(&record.sids).chain(form).chain(values.into_iter().flatten());
    all.any(|text| text.to_lowercase().contains(wanted))
        || entry.code.is_some_and(|code| code.to_string().contains(wanted))
}
