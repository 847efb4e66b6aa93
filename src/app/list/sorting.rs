//! Sorting as work that is done a slice at a time. A text is compared seven bytes at a time, held as numbers: first all
//! rows by their beginning, then those that begin alike by what follows. Equal rows stay in the server's order.

use std::cmp::Ordering;

use super::Entry;
use crate::app::{
    entities::Entities,
    query::{Cell, Kind, fold},
};

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The place of the field in the list's table.
    pub field: usize,
    /// The greatest first. Rows without a value come last in any case.
    pub descending: bool,
}

/// Bytes of a text that are compared at once.
const STEP: usize = 7;
/// Says that a text goes on.
const MORE: u8 = 8;

/// The number that stands for a part of a folded text; nothing for an empty text.
pub(in crate::app) fn text_key(folded: &[u8], level: usize) -> Option<u64> {
    if folded.is_empty() {
        return None;
    }
    let rest = folded.get(level * STEP..).unwrap_or_default();
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(rest.iter().take(STEP)) {
        *place = *byte;
    }
    let [.., last] = &mut bytes;
    *last = u8::try_from(rest.len()).unwrap_or(MORE).min(MORE);
    Some(u64::from_be_bytes(bytes))
}

/// The number that stands for a number.
pub(in crate::app) fn number_key(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

/// The number that stands for a value.
pub(in crate::app) fn cell_key(cell: &Cell, level: usize) -> Option<u64> {
    match cell {
        Cell::Nothing => None,
        Cell::Number(number) => Some(number_key(*number)),
        Cell::Text(text) => text_key(fold(text).as_bytes(), level),
    }
}

impl Sort {
    /// The key as this sort orders it; what has no value is the last.
    fn key<K: Entry>(self, row: K, level: usize, entities: &Entities) -> u64 {
        let key = row.sort_key(self.field, level, entities);
        key.map_or(u64::MAX, |key| if self.descending { !key } else { key }.min(u64::MAX - 1))
    }

    /// Whether rows with this key can differ in what follows.
    fn goes_on<K: Entry>(self, key: u64) -> bool {
        let kind = K::FIELDS.get(self.field).map(|field| field.kind);
        let plain = if self.descending { !key } else { key };
        let [.., last] = plain.to_be_bytes();
        key != u64::MAX && matches!(kind, Some(Kind::Text | Kind::Word)) && last == MORE
    }

    /// How a row stands to one whose first key is known.
    pub(super) fn compare_to<K: Entry>(
        self,
        one: K,
        (other, key): (K, u64),
        entities: &Entities,
    ) -> Ordering {
        let first = self.key(one, 0, entities);
        if first != key || !self.goes_on::<K>(key) {
            return first.cmp(&key);
        }
        self.compare_from(1, one, other, entities)
    }

    /// The first key of a row.
    pub(super) fn first_key<K: Entry>(self, row: K, entities: &Entities) -> u64 {
        self.key(row, 0, entities)
    }

    /// Which of two rows comes first; equal where only the server's order tells.
    pub(super) fn compare<K: Entry>(self, one: K, other: K, entities: &Entities) -> Ordering {
        self.compare_from(0, one, other, entities)
    }

    fn compare_from<K: Entry>(self, level: usize, a: K, b: K, entities: &Entities) -> Ordering {
        for level in level.. {
            let (a, b) = (self.key(a, level, entities), self.key(b, level, entities));
            if a != b || !self.goes_on::<K>(a) {
                return a.cmp(&b);
            }
        }
        Ordering::Equal
    }
}

/// Rows being sorted.
#[derive(Debug)]
pub(super) struct Sorting<K> {
    pub(super) sort: Sort,
    rows: Vec<K>,
    items: Vec<Item>,
    scratch: Vec<Item>,
    /// How far the merge of two runs has come: on the left, on the right, and where the next goes.
    merging: Option<[usize; 3]>,
    tasks: Vec<Task>,
}

/// A key and the row it belongs to, by its place in the server's order.
type Item = (u64, u32);

/// What is to be done to a part of the items.
#[derive(Debug, Clone, Copy)]
struct Task {
    what: What,
    start: usize,
    end: usize,
    level: usize,
    at: usize,
}

#[derive(Debug, Clone, Copy)]
enum What {
    /// Look the keys up.
    Fill,
    /// Sort runs.
    Run,
    /// Merge runs of this length in pairs.
    Merge(usize),
    /// Find rows whose keys are the same and go on.
    Split,
}

const RUN: usize = 32_768;
/// So few rows are compared directly.
const FEW: usize = 48;

impl<K: Entry> Sorting<K> {
    pub(super) fn new(sort: Sort, rows: Vec<K>) -> Self {
        let count = rows.len();
        let items = (0..u32::try_from(count).unwrap_or(u32::MAX)).map(|at| (0, at)).collect();
        let fill = Task { what: What::Fill, start: 0, end: count, level: 0, at: 0 };
        Self { sort, rows, items, scratch: Vec::new(), merging: None, tasks: vec![fill] }
    }

    /// Goes on for about so many rows; true at the end.
    pub(super) fn work(&mut self, mut budget: usize, entities: &Entities) -> bool {
        while let Some(task) = self.tasks.pop() {
            let cost = match task.what {
                What::Fill => self.fill(task, entities),
                What::Run => self.run(task),
                What::Merge(width) => self.merge(task, width),
                What::Split => self.split(task, entities),
            };
            budget = budget.saturating_sub(cost);
            if budget == 0 {
                break;
            }
        }
        self.tasks.is_empty()
    }

    /// The rows, sorted.
    pub(super) fn sorted(self) -> Vec<K> {
        let Self { items, rows, .. } = self;
        items.iter().filter_map(|&(_, at)| rows.get(at as usize).copied()).collect()
    }

    fn then(&mut self, task: Task, what: What) {
        self.tasks.push(Task { what, at: task.start, ..task });
    }

    fn fill(&mut self, task: Task, entities: &Entities) -> usize {
        let end = task.end.min(task.at + RUN);
        let Self { items, rows, sort, .. } = self;
        for (key, at) in items.get_mut(task.at..end).into_iter().flatten() {
            let row = rows.get(*at as usize);
            *key = row.map_or(u64::MAX, |&row| sort.key(row, task.level, entities));
        }
        if end < task.end {
            self.tasks.push(Task { at: end, ..task });
        } else {
            self.then(task, What::Run);
        }
        2 * (end - task.at)
    }

    fn run(&mut self, task: Task) -> usize {
        let end = task.end.min(task.at + RUN);
        if let Some(items) = self.items.get_mut(task.at..end) {
            items.sort_unstable();
        }
        if end < task.end {
            self.tasks.push(Task { at: end, ..task });
        } else if task.end - task.start > RUN {
            self.then(task, What::Merge(RUN));
        } else {
            self.then(task, What::Split);
        }
        2 * (end - task.at)
    }

    fn merge(&mut self, task: Task, width: usize) -> usize {
        let (middle, end) = (task.end.min(task.at + width), task.end.min(task.at + 2 * width));
        let [mut left, mut right, start] = self.merging.take().unwrap_or_else(|| {
            self.scratch.clear();
            self.scratch.extend_from_slice(self.items.get(task.at..middle).unwrap_or_default());
            [0, middle, task.at]
        });
        let stop = end.min(start + 2 * RUN);
        for at in start..stop {
            let next = self.items.get(right).copied().filter(|_| right < end);
            let taken = match (self.scratch.get(left).copied(), next) {
                (Some(one), Some(other)) if other < one => {
                    right += 1;
                    other
                }
                (Some(one), _) => {
                    left += 1;
                    one
                }
                // What is left of the right side stands where it belongs.
                (None, _) => break,
            };
            if let Some(place) = self.items.get_mut(at) {
                *place = taken;
            }
        }
        if stop < end && left < self.scratch.len() {
            self.merging = Some([left, right, stop]);
            self.tasks.push(task);
        } else if end < task.end {
            self.tasks.push(Task { at: end, ..task });
        } else if 2 * width < task.end - task.start {
            self.then(task, What::Merge(2 * width));
        } else {
            self.scratch = Vec::new();
            self.then(task, What::Split);
        }
        stop - start
    }

    fn split(&mut self, task: Task, entities: &Entities) -> usize {
        let mut at = task.at;
        let mut cost = 0;
        while at < task.end && cost < RUN {
            let Some(&(key, _)) = self.items.get(at) else { break };
            let rest = self.items.get(at..task.end).unwrap_or_default();
            let alike = rest.iter().take_while(|item| item.0 == key).count();
            let (start, end) = (at, at + alike);
            at = end;
            cost += alike / 4 + 1;
            if alike < 2 || !self.sort.goes_on::<K>(key) {
                continue;
            }
            let level = task.level + 1;
            if alike > FEW {
                cost += alike;
                self.tasks.push(Task { what: What::Fill, start, end, level, at: start });
                continue;
            }
            cost += alike * 4;
            let Self { items, rows, sort, .. } = self;
            let row = |item: &Item| rows.get(item.1 as usize).copied();
            let compare = |one: &Item, other: &Item| {
                let rows = row(one).zip(row(other));
                let by_text = rows.map(|(a, b)| sort.compare_from(level, a, b, entities));
                by_text.unwrap_or(Ordering::Equal).then(one.1.cmp(&other.1))
            };
            if let Some(group) = items.get_mut(start..end) {
                group.sort_unstable_by(compare);
            }
        }
        if at < task.end {
            // Below what was found: that is done first, and frees its place.
            self.tasks.push(Task { at, ..task });
        }
        cost
    }
}

/// Puts sorted rows where they belong among rows that are sorted already; after those that are equal.
pub(super) fn merge_in<K: Entry>(into: &mut Vec<K>, new: &[K], sort: Sort, entities: &Entities) {
    // From the end on, each block of the old moves once.
    let mut end = into.len();
    let Some(&filler) = new.first() else { return };
    into.resize(end + new.len(), filler);
    for (left, &row) in new.iter().enumerate().rev() {
        let place = (row, sort.first_key(row, entities));
        let old = into.get(..end).unwrap_or_default();
        let at = old.partition_point(|&it| sort.compare_to(it, place, entities).is_le());
        into.copy_within(at..end, at + left + 1);
        if let Some(place) = into.get_mut(at + left) {
            *place = row;
        }
        end = at;
    }
}
