//! Looking through all channels at once, column by column: a pass over the bytes of the names, a pass over the numbers.

mod digits;

use std::{panic::resume_unwind, thread};

use memchr::memmem::Finder;

use super::{
    CHUNK, ChannelRow, Channels, Chunk, Count,
    chunk::letter,
    strings::{END, Strings},
};
use crate::app::query::{Cell, Check, How, Query, Test};

/// What the columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Column {
    Kind,
    Name,
    Unique,
    Members,
    Messages,
    Updated,
    Created,
    Creator,
    Sid,
}

/// The rows that were found, a bit each.
#[derive(Debug)]
pub(in crate::app) struct Found {
    words: Vec<u64>,
}

impl Found {
    /// Whether a row is among them.
    pub(in crate::app) fn holds(&self, row: ChannelRow) -> bool {
        let number = row.number();
        self.words.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Puts those of the rows that are among them into an empty list. Which are is as good as chance, so that every row
    /// is written and the next one over it where it is not: a processor that guesses loses more than that costs.
    pub(in crate::app) fn pick(&self, rows: &[ChannelRow], into: &mut Vec<ChannelRow>) {
        const AT_ONCE: usize = 256;
        let Some(&filler) = rows.first() else { return };
        let mut picked = [filler; AT_ONCE];
        for rows in rows.chunks(AT_ONCE) {
            let mut count = 0;
            for &row in rows {
                if let Some(place) = picked.get_mut(count) {
                    *place = row;
                }
                count += usize::from(self.holds(row));
            }
            into.extend_from_slice(picked.get(..count).unwrap_or_default());
        }
    }
}

const WORDS: usize = CHUNK / 64;

/// The rows of a chunk, a bit each.
#[derive(Debug, Clone, Copy)]
struct Bits([u64; WORDS]);

impl Bits {
    const NONE: Self = Self([0; WORDS]);

    fn get(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    fn set(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn of(rows: impl Iterator<Item = bool>) -> Self {
        let mut bits = Self::NONE;
        for (at, passes) in rows.enumerate().take(CHUNK) {
            if let Some(word) = bits.0.get_mut(at / 64) {
                *word |= u64::from(passes) << (at % 64);
            }
        }
        bits
    }

    fn and(&mut self, other: &Self, wanted: bool) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= if wanted { other } else { !other };
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }
}

impl Channels {
    /// The channels that pass what costs little of a filter; `column` tells where its fields stand.
    pub(in crate::app) fn search(
        &self,
        query: &Query,
        column: impl Fn(usize) -> Option<Column>,
    ) -> Found {
        let tests: Vec<(bool, Pass)> =
            query.quick().map(|term| (term.wanted, self.pass(&term.test, &column))).collect();
        let judge = |chunk: &Chunk| {
            let mut bits = Bits::of((0..chunk.len()).map(|_| true));
            for (wanted, pass) in &tests {
                if bits.is_empty() {
                    break;
                }
                bits.and(&pass.over(chunk), *wanted);
            }
            bits
        };
        let judge_all = |chunks: &[Chunk]| -> Vec<u64> {
            chunks.iter().flat_map(|chunk| judge(chunk).0).collect()
        };
        Found { words: by_all_hands(&self.chunks, judge_all) }
    }

    /// What one condition looks at; made ready once for all chunks.
    fn pass<'a>(&self, test: &'a Test, column: &impl Fn(usize) -> Option<Column>) -> Pass<'a> {
        match test {
            Test::Text(word) => Pass::Word(Needle::holding(word), digits::of(word)),
            Test::Field { at, check } => match (column(*at), check) {
                (Some(Column::Kind), check) => {
                    let kinds = self.kinds.iter();
                    Pass::Kind(
                        kinds.map(|kind| check.passes(&Cell::text(Some(kind.name())))).collect(),
                    )
                }
                (Some(Column::Sid), Check::Text { how: How::Holds, text }) => {
                    Pass::Digits(digits::of(text))
                }
                (
                    Some(column @ (Column::Name | Column::Unique | Column::Creator)),
                    Check::Text { how, text },
                ) => match Needle::of(*how, text) {
                    Some(needle) => Pass::Part(needle, column),
                    None => Pass::Each(check, column),
                },
                (Some(column), check) => Pass::Each(check, column),
                (None, _) => Pass::Nothing,
            },
            Test::Json(_) => Pass::Nothing,
        }
    }
}

/// So many chunks are looked through sooner than another thread begins.
const TOO_FEW: usize = 16;
/// More threads than this only take turns at the memory.
const MOST_HANDS: usize = 4;

/// What there is to tell of chunks, in their order; of many each processor looks through a part.
fn by_all_hands<T: Sync>(chunks: &[T], tell: impl Fn(&[T]) -> Vec<u64> + Sync) -> Vec<u64> {
    let hands = thread::available_parallelism().map_or(1, usize::from).min(MOST_HANDS);
    let share = chunks.len().div_ceil(hands).max(TOO_FEW);
    let Some((own, rest)) = chunks.split_at_checked(share) else { return tell(chunks) };
    thread::scope(|scope| {
        let tell = &tell;
        let others = rest.chunks(share).map(|part| scope.spawn(move || tell(part)));
        let others: Vec<_> = others.collect();
        let mut told = tell(own);
        for other in others {
            told.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        told
    })
}

/// One condition, ready to be looked for.
enum Pass<'a> {
    /// A part of a name or of the sid.
    Word(Needle, Option<digits::Digits>),
    /// A part of the sid.
    Digits(Option<digits::Digits>),
    /// A part of one of the texts.
    Part(Needle, Column),
    /// Which kinds are meant.
    Kind(Vec<bool>),
    /// Each value by itself.
    Each(&'a Check, Column),
    /// No row.
    Nothing,
}

impl Pass<'_> {
    fn over(&self, chunk: &Chunk) -> Bits {
        match self {
            Self::Word(needle, digits) if needle.letter().is_some() => {
                let letter = needle.letter().unwrap_or_default();
                let mut bits = Bits::of(chunk.letters().iter().map(|all| all & letter != 0));
                if let Some(digits) = digits {
                    digits.add_to(&mut bits, chunk.sids());
                }
                bits
            }
            Self::Word(needle, Some(digits)) if needle.finder.needle().len() == 1 => {
                // Most sids hold most digits, so few names are left to be looked at.
                let mut bits = Bits::NONE;
                digits.add_to(&mut bits, chunk.sids());
                let letter = needle.finder.needle().first().copied().unwrap_or_default();
                for row in 0..chunk.len() {
                    if !bits.get(row) && memchr::memchr(letter, chunk.folded().row(row)).is_some() {
                        bits.set(row);
                    }
                }
                bits
            }
            Self::Word(needle, digits) => {
                let mut bits = needle.over(chunk.folded(), None);
                if let Some(digits) = digits {
                    digits.add_to(&mut bits, chunk.sids());
                }
                bits
            }
            Self::Digits(digits) => {
                let mut bits = Bits::NONE;
                if let Some(digits) = digits {
                    digits.add_to(&mut bits, chunk.sids());
                }
                bits
            }
            Self::Part(needle, Column::Creator) => needle.over(chunk.creators(), None),
            Self::Part(needle, Column::Unique) => needle.over(chunk.folded(), Some(1)),
            Self::Part(needle, _) => needle.over(chunk.folded(), Some(0)),
            Self::Kind(meant) => Bits::of(
                chunk
                    .all_places()
                    .iter()
                    .map(|places| meant.get(usize::from(places.kind)).copied().unwrap_or(false)),
            ),
            Self::Each(check, column) => each(chunk, check, *column),
            Self::Nothing => Bits::NONE,
        }
    }
}

/// Looks at each value by itself.
fn each(chunk: &Chunk, check: &Check, column: Column) -> Bits {
    let rows = 0..chunk.len();
    let number = |number: Option<i64>| check.passes_number(number);
    match column {
        Column::Members => {
            Bits::of(rows.map(|at| number(chunk.count(Count::Members, at).map(i64::from))))
        }
        Column::Messages => {
            Bits::of(rows.map(|at| number(chunk.count(Count::Messages, at).map(i64::from))))
        }
        Column::Updated => Bits::of(rows.map(|at| number(chunk.updated(at)))),
        Column::Created => Bits::of(rows.map(|at| number(chunk.created(at)))),
        Column::Name => Bits::of(rows.map(|at| check.passes(&Cell::text(chunk.name(at))))),
        Column::Unique => Bits::of(rows.map(|at| check.passes(&Cell::text(chunk.unique(at))))),
        Column::Creator => Bits::of(rows.map(|at| check.passes(&Cell::text(chunk.creator(at))))),
        Column::Sid => Bits::of(
            rows.map(|at| check.passes(&Cell::owned(chunk.sid(at).map(|sid| sid.to_string())))),
        ),
        Column::Kind => Bits::NONE,
    }
}

/// A folded text that is looked for in a column of texts.
struct Needle {
    finder: Finder<'static>,
    /// Whether it has to be the beginning of its part.
    begins: bool,
}

impl Needle {
    fn holding(text: &str) -> Self {
        Self { finder: Finder::new(text.as_bytes()).into_owned(), begins: false }
    }

    /// Nothing where a text is meant that cannot be found, only missed.
    fn of(how: How, text: &str) -> Option<Self> {
        match how {
            How::Holds => Some(Self::holding(text)),
            How::Begins => Some(Self { begins: true, ..Self::holding(text) }),
            How::Is => {
                let whole = [text.as_bytes(), &[END]].concat();
                Some(Self { finder: Finder::new(&whole).into_owned(), begins: true })
            }
            How::IsNot => None,
        }
    }

    /// Its bit, where it is a letter of which each row tells whether it has it.
    fn letter(&self) -> Option<u32> {
        match self.finder.needle() {
            &[byte] if !self.begins => letter(byte),
            _ => None,
        }
    }

    /// The rows in which it is found, in one pass over all bytes; in this part of the row, where that matters.
    fn over(&self, strings: &Strings, part: Option<usize>) -> Bits {
        let (bytes, starts) = (strings.bytes(), strings.starts());
        if let (&[letter], false) = (self.finder.needle(), self.begins) {
            return part.map_or_else(
                || anywhere(letter, bytes, starts),
                |part| in_part(letter, part, strings),
            );
        }
        let mut bits = Bits::NONE;
        let (mut row, mut next) = (0, starts.get(1).copied());
        for hit in self.finder.find_iter(bytes) {
            while next.is_some_and(|next| next as usize <= hit) {
                row += 1;
                next = starts.get(row + 1).copied();
            }
            let unlimited = part.is_none() && !self.begins;
            if unlimited || !bits.get(row) && self.is_in(part, bytes, starts, row, hit) {
                bits.set(row);
            }
        }
        bits
    }

    fn is_in(
        &self,
        part: Option<usize>,
        bytes: &[u8],
        starts: &[u32],
        row: usize,
        hit: usize,
    ) -> bool {
        let start = starts.get(row).map_or(0, |&start| start as usize);
        let before = bytes.get(start..hit).unwrap_or_default();
        let begins = before.last().is_none_or(|&byte| byte == END);
        // A row has two parts at most.
        let is_second = || memchr::memchr(END, before).is_some();
        (!self.begins || begins) && part.is_none_or(|part| is_second() == (part > 0))
    }
}

/// The rows that hold this byte, in one pass over all of them.
fn anywhere(letter: u8, bytes: &[u8], starts: &[u32]) -> Bits {
    let mut bits = Bits::NONE;
    let end = |row: usize| starts.get(row + 1).map_or(bytes.len(), |&next| next as usize);
    let (mut row, mut from) = (0, 0);
    while let Some(at) = memchr::memchr(letter, bytes.get(from..).unwrap_or_default()) {
        let hit = from + at;
        while end(row) <= hit {
            row += 1;
        }
        bits.set(row);
        // Most rows hold most letters more than once.
        from = end(row);
    }
    bits
}

/// The rows that hold this byte in one of their parts.
fn in_part(letter: u8, part: usize, strings: &Strings) -> Bits {
    let holds = |row: usize| {
        let text = strings.row(row);
        let end = memchr::memchr(END, text).unwrap_or(text.len());
        let (first, second) = text.split_at(end);
        memchr::memchr(letter, if part == 0 { first } else { second }).is_some()
    };
    Bits::of((0..strings.starts().len()).map(holds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_hands_tell_is_in_order() {
        for count in [0, 1, TOO_FEW, TOO_FEW + 1, 3 * TOO_FEW - 1, 100 * TOO_FEW + 7] {
            let chunks: Vec<u64> = (0..).take(count).collect();
            assert_eq!(by_all_hands(&chunks, <[u64]>::to_vec), chunks);
        }
    }
}
