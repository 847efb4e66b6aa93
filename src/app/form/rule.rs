//! What the text of a one-line field must be. Whatever the documents leave to the server is left to the server.

use jiff::Timestamp;

use crate::api::sid::{Sid, Task};

/// What a text must be to be sent; an empty one is judged by the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anything.
    Free,
    /// A moment, ISO 8601.
    Moment,
    /// The index of a message.
    Index,
    /// A task's sid.
    Task,
}

impl Rule {
    /// What is wrong with a text that is not empty.
    pub fn error(self, text: &str) -> Option<&'static str> {
        match self {
            Self::Free => None,
            Self::Moment => moment(text)
                .is_none()
                .then_some("not a moment in ISO 8601; write it like 2024-05-17T09:30:00Z"),
            Self::Index => index(text)
                .is_none()
                .then_some("not the index of a message; write a whole number, from 0 up"),
            Self::Task => text
                .trim()
                .parse::<Sid<Task>>()
                .is_err()
                .then_some("not a task's sid; it is WT and 32 hexadecimal digits"),
        }
    }
}

/// A moment as a person writes it.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

/// An index as a person writes it.
pub(super) fn index(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|index| *index >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_a_zone_and_the_error_shows_one() {
        for good in ["2024-05-17T09:30:00Z", "2024-05-17T11:30:00+02:00", " 2024-05-17 09:30:00Z "]
        {
            assert_eq!(moment(good), moment("2024-05-17T09:30:00Z"), "{good}");
        }
        for bad in [
            "",
            "yesterday",
            "17.5.2024",
            "2024-05-17",
            "2024-05-17T09:30:00",
            "2024-13-01T00:00:00Z",
        ] {
            assert!(
                Rule::Moment.error(bad).is_some_and(|words| words.contains("2024-05-17T09:30:00Z"))
            );
        }
    }

    #[test]
    fn an_index_is_a_whole_number_from_zero() {
        assert_eq!(index(" 12 "), Some(12));
        assert_eq!(index("9007199254740993"), Some(9_007_199_254_740_993));
        for bad in ["", "-1", "1.5", "twelve", "99999999999999999999"] {
            assert!(Rule::Index.error(bad).is_some(), "{bad}");
        }
    }
}
