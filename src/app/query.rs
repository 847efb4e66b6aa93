//! The filter of a list: words that a row must (or, with `!`, must not) hold, and fields to compare. Pure text; knows
//! nothing of lists beyond the fields they name.

mod check;
mod fold;
mod json;
mod parse;
mod value;

use std::{borrow::Cow, ops::Range};

use jiff::{Timestamp, tz::TimeZone};

pub use self::{
    check::{Check, How},
    fold::{fold, fold_into, folded},
    json::{JsonTest, Verdict},
};

/// What a list can be asked about its rows, and sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it is called in a filter.
    pub name: &'static str,
    /// The heading of its column; empty where it has none.
    pub title: &'static str,
    /// What its values are.
    pub kind: Kind,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text: `:` and `~` look for a part of it, `=` for the whole.
    Text,
    /// One of a few words: `:` takes its beginning.
    Word,
    /// A number.
    Number,
    /// A moment: a day, or how long ago.
    Moment,
    /// Yes or no.
    Flag,
    /// JSON, asked by pointer.
    Json,
}

impl Field {
    /// A field.
    pub const fn new(name: &'static str, title: &'static str, kind: Kind) -> Self {
        Self { name, title, kind }
    }

    /// Whether it is first sorted with the greatest on top: the latest, the most.
    pub fn descends(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Moment | Kind::Flag)
    }

    /// Whether a list can be sorted by it.
    pub fn sorts(&self) -> bool {
        self.kind != Kind::Json
    }
}

/// What a row has in a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell<'a> {
    /// The server did not tell, or there is none.
    Nothing,
    /// A number; of a moment the microseconds since 1970, of yes and no 1 and 0.
    Number(i64),
    /// A text as it came.
    Text(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// A text that may not be there.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// A text made for this.
    pub fn owned(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(Cow::Owned(text)))
    }

    /// A count that may not be known.
    pub fn count(count: Option<u64>) -> Self {
        count.map_or(Self::Nothing, |it| Self::Number(i64::try_from(it).unwrap_or(i64::MAX)))
    }

    /// A number that may not be known.
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }

    /// A moment that may not be known.
    pub fn moment(moment: Option<Timestamp>) -> Self {
        Self::number(moment.map(Timestamp::as_microsecond))
    }

    /// Yes or no.
    pub fn flag(flag: Option<bool>) -> Self {
        Self::number(flag.map(i64::from))
    }
}

/// What a filter is read against.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The fields that the list has.
    pub fields: &'static [Field],
    /// The moment from which ages count.
    pub now: Timestamp,
    /// Where a day begins.
    pub zone: &'a TimeZone,
}

/// What is wrong with a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of what was typed.
    pub span: Range<usize>,
    /// What is wrong, in words that are safe to show.
    pub words: String,
}

/// A parsed filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// False: rows must not meet it.
    pub wanted: bool,
    /// What is asked.
    pub test: Test,
}

/// What is asked of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// That this folded text is part of what the list is searched by.
    Text(String),
    /// Something of the field at this place of the list's table.
    Field {
        /// Which.
        at: usize,
        /// What of it.
        check: Check,
    },
    /// Something of the attributes.
    Json(JsonTest),
}

impl Query {
    /// That a row holds this text, whatever it is.
    pub fn holding(text: &str) -> Self {
        Self { terms: vec![Term { wanted: true, test: Test::Text(fold(text)) }] }
    }

    /// Reads what was typed: blanks mean *and*, a leading `!` means *not*. Case does not matter.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(typed: &str, reader: Reader) -> Result<Self, Fault> {
        parse::terms(typed, reader).map(|terms| Self { terms })
    }

    /// The same, without the words that are wrong: what is left of the text, what it means, and what is wrong first.
    pub fn parse_what_is_right(typed: &str, reader: Reader) -> (String, Self, Option<Fault>) {
        let (mut right, mut first) = (typed.to_owned(), None);
        loop {
            match Self::parse(&right, reader) {
                Ok(query) => return (right, query, first),
                Err(fault) => {
                    let (before, after) =
                        (right.get(..fault.span.start), right.get(fault.span.end..));
                    let before = before.unwrap_or_default().trim_end_matches('!').trim_end();
                    let left = format!("{before}{}", after.unwrap_or_default());
                    // A fault takes a word at least, so this has an end.
                    let shorter = if left.len() < right.len() { left } else { String::new() };
                    right = shorter;
                    first.get_or_insert(fault);
                }
            }
        }
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The conditions that cost little.
    pub fn quick(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| !matches!(term.test, Test::Json(_)))
    }

    /// Whether attributes have to be read.
    pub fn reads_json(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Json(_)))
    }

    /// Whether a row passes the conditions that cost little: by the text it is searched by, which is folded, and by its
    /// fields.
    pub fn passes<'a>(
        &self,
        folded: impl FnOnce() -> String,
        cell: impl Fn(usize) -> Cell<'a>,
    ) -> bool {
        let mut made = None;
        let mut folded = Some(folded);
        self.quick().all(|term| {
            let meets = match &term.test {
                Test::Text(word) => {
                    if let Some(make) = folded.take() {
                        made = Some(make());
                    }
                    made.as_deref().unwrap_or_default().contains(word)
                }
                Test::Field { at, check } => check.passes(&cell(*at)),
                Test::Json(_) => true,
            };
            meets == term.wanted
        })
    }

    /// Whether attributes pass the conditions on them.
    pub fn judge(&self, attributes: &str) -> Verdict {
        let mut document = None;
        for term in &self.terms {
            let Test::Json(test) = &term.test else { continue };
            let document = document.get_or_insert_with(|| json::read(attributes));
            match test.of(document) {
                Verdict::Unjudged => return Verdict::Unjudged,
                verdict if (verdict == Verdict::Passes) != term.wanted => return Verdict::Fails,
                _ => {}
            }
        }
        Verdict::Passes
    }
}

#[cfg(test)]
mod tests;
