//! How the shown rows are spread: over the words of a field, over the months in which they were made. Counted a slice at a
//! time, and again only when much has changed.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};

use super::{Entry, List, Rows};
use crate::app::{
    entities::Entities,
    query::{Field, Kind},
};

/// Months since the year 0.
pub type Month = i32;

/// How rows are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The words of a field, and how many rows have each; the most frequent first.
    pub words: Vec<(String, usize)>,
    /// What the months are of; nothing where no row has one.
    pub moment: &'static str,
    /// How many rows each month has.
    pub months: BTreeMap<Month, usize>,
}

/// A count, and how far it has come.
#[derive(Debug, Default)]
pub(super) struct Counting {
    words: BTreeMap<String, usize>,
    months: BTreeMap<Month, usize>,
    at: usize,
    of: usize,
}

/// Rows that are counted in one go.
const AT_ONCE: usize = 30_000;

/// The field whose words are counted.
fn worded(fields: &[Field]) -> Option<usize> {
    fields.iter().position(|field| matches!(field.kind, Kind::Word | Kind::Flag))
}

/// The field whose months are counted.
fn dated(fields: &[Field]) -> Option<usize> {
    fields.iter().position(|field| matches!(field.name, "created" | "when"))
}

fn month_of(micros: i64) -> Option<Month> {
    let moment = Timestamp::from_microsecond(micros).ok()?;
    let date = moment.to_zoned(TimeZone::UTC).date();
    Some(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
}

impl<K: Entry> List<K> {
    /// How the shown rows are spread, as counted last.
    pub(super) fn tallied(&self) -> Option<&Tally> {
        self.tally.as_ref().map(|(tally, _)| tally)
    }

    /// Counts a slice, if what is counted is no longer so; true while there is more to count.
    pub(super) fn tally_on(&mut self, entities: &Entities) -> bool {
        if self.counting.is_none() && !self.is_tally_old() {
            return false;
        }
        let counting = self.counting.get_or_insert_default();
        if counting.at == 0 {
            counting.of = self.changes;
        }
        if counting.of != self.changes {
            // What shows has changed under it.
            *counting = Counting { of: self.changes, ..Counting::default() };
        }
        let (word, moment) = (worded(K::FIELDS), dated(K::FIELDS));
        let end = self.shown.len().min(counting.at + AT_ONCE);
        for &key in self.shown.get(counting.at..end).unwrap_or_default() {
            if let Some(word) = word.and_then(|field| key.word(field, entities)) {
                if let Some(count) = counting.words.get_mut(word.as_ref()) {
                    *count += 1;
                } else if counting.words.len() < MOST {
                    counting.words.insert(word.into_owned(), 1);
                }
            }
            let made = moment.and_then(|field| key.sort_key(field, 0, entities));
            let month = made.and_then(|made| month_of((made ^ (1 << 63)).cast_signed()));
            if let Some(month) = month {
                *counting.months.entry(month).or_default() += 1;
            }
        }
        counting.at = end;
        if end < self.shown.len() {
            return true;
        }
        let Some(counted) = self.counting.take() else { return false };
        let mut words: Vec<(String, usize)> = counted.words.into_iter().collect();
        words.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let moment = moment.and_then(|field| K::FIELDS.get(field)).map_or("", |field| field.name);
        let tally = Tally { words, moment, months: counted.months };
        self.tally = Some((tally, (self.changes, self.shown.len())));
        false
    }

    /// Whether much has changed since it was counted: while pages come, a tenth.
    fn is_tally_old(&self) -> bool {
        let Some((_, (changes, count))) = &self.tally else { return true };
        let grown = self.shown.len().abs_diff(*count) > count / 10;
        *changes != self.changes && (grown || !self.extent().is_loading())
    }
}

/// More different words than this are not told apart.
const MOST: usize = 16;
