//! What a field is compared with.

use std::borrow::Cow;

use super::{Cell, fold};

/// What is asked of a field's value. A row that has no value there meets nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// A number that lies between these, both included; or does not.
    Range {
        /// The least.
        low: i64,
        /// The greatest.
        high: i64,
        /// Whether it must lie between them.
        inside: bool,
    },
    /// A text, folded.
    Text {
        /// How it compares.
        how: How,
        /// The folded text.
        text: String,
    },
    /// One of a few words; blanks and signs do not count.
    Word {
        /// How it compares.
        how: How,
        /// The folded word.
        text: String,
    },
}

/// How texts compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The text is part of it.
    Holds,
    /// It begins with the text.
    Begins,
    /// It is the text.
    Is,
    /// It is another text.
    IsNot,
}

impl How {
    /// Whether a text compares so to what is asked; both are folded.
    pub fn passes(self, text: &str, asked: &str) -> bool {
        match self {
            Self::Holds => text.contains(asked),
            Self::Begins => text.starts_with(asked),
            Self::Is => text == asked,
            Self::IsNot => text != asked,
        }
    }
}

impl Check {
    /// Whether a value meets it.
    pub fn passes(&self, cell: &Cell) -> bool {
        match (self, cell) {
            (Self::Range { low, high, inside }, Cell::Number(number)) => {
                (low..=high).contains(&number) == *inside
            }
            (Self::Text { how, text }, Cell::Text(value)) => how.passes(&fold(value), text),
            (Self::Word { how, text }, Cell::Text(value)) => {
                how.passes(&bare_word(&fold(value)), text)
            }
            _ => false,
        }
    }

    /// The same for a number.
    pub fn passes_number(&self, number: Option<i64>) -> bool {
        self.passes(&number.map_or(Cell::Nothing, Cell::Number))
    }
}

/// A folded word without blanks and signs: `not participating` is `notParticipating`.
pub(super) fn bare_word(folded: &str) -> Cow<'_, str> {
    if folded.chars().all(char::is_alphanumeric) {
        Cow::Borrowed(folded)
    } else {
        Cow::Owned(folded.chars().filter(|letter| letter.is_alphanumeric()).collect())
    }
}
