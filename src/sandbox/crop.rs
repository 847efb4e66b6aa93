//! Rows that are worked out from their number whenever somebody looks, instead of being stored.

use std::{borrow::Cow, fmt::Debug, ops::Range};

use serde_json::Value;

use super::table::Doc;

/// What a field of a grown row holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field<'a> {
    Null,
    Flag(bool),
    Number(u64),
    Text(Cow<'a, str>),
}

impl From<Field<'_>> for Value {
    fn from(field: Field<'_>) -> Self {
        match field {
            Field::Null => Self::Null,
            Field::Flag(flag) => Self::from(flag),
            Field::Number(number) => Self::from(number),
            Field::Text(text) => Self::from(text),
        }
    }
}

impl<'a> Field<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }
}

/// A collection's grown rows, numbered from 0. The same number gives the same row for as long as the server runs.
pub(super) trait Crop: Debug + Send + Sync {
    /// How many there are.
    fn len(&self) -> u64;

    /// The keys that every row has, in order.
    fn keys(&self) -> &'static [&'static str];

    /// What a row holds under a key; none for a key it has not.
    fn field(&self, number: u64, key: &str) -> Option<Field<'_>>;

    /// The number of the row that bears this name in a scope.
    fn find(&self, scope: &str, name: &str) -> Option<u64>;

    /// The numbers of the rows that a scope lists.
    fn listed(&self, scope: &str) -> Numbers;

    /// A row as a document.
    fn doc(&self, number: u64) -> Doc {
        let fields = self.keys().iter().filter_map(|key| {
            let field = self.field(number, key)?;
            Some(((*key).to_owned(), Value::from(field)))
        });
        fields.collect()
    }
}

/// Every `step`th number from `start`, below `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) step: u64,
}

impl Numbers {
    /// All numbers of a range.
    pub(super) fn run(start: u64, end: u64) -> Self {
        Self { start, end, step: 1 }
    }

    pub(super) fn len(self) -> u64 {
        self.end.saturating_sub(self.start).div_ceil(self.step.max(1))
    }

    /// Those within this range of sequence numbers, as such; the row 0 has the sequence number `base`.
    pub(super) fn between(
        self,
        base: u64,
        range: Range<u64>,
    ) -> impl DoubleEndedIterator<Item = u64> {
        let step = self.step.max(1);
        // How many of ours lie below a sequence number.
        let below = |seq: u64| {
            seq.saturating_sub(base).saturating_sub(self.start).div_ceil(step).min(self.len())
        };
        (below(range.start)..below(range.end)).map(move |nth| base + self.start + nth * step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_kept_at_any_step() {
        let all: Vec<u64> = (3..40).step_by(5).map(|number| 100 + number).collect();
        let numbers = Numbers { start: 3, end: 40, step: 5 };
        assert_eq!(numbers.len(), all.len() as u64);
        for low in 90..160 {
            for high in [low, low + 1, low + 7, u64::MAX] {
                let kept = all.iter().copied().filter(|seq| (low..high).contains(seq));
                let got = numbers.between(100, low..high);
                assert!(got.eq(kept), "{low}..{high}");
            }
        }
        assert_eq!(Numbers::default().between(100, 0..u64::MAX).count(), 0);
    }
}
