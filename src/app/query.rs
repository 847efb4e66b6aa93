//! The filter of a list: words that a row must (or, with `!`, must not) hold. Pure text; knows nothing of lists.

mod fold;

pub use self::fold::{fold, fold_into};

/// A parsed filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    folded: String,
    wanted: bool,
}

impl Query {
    /// Reads what was typed: blanks mean *and*, a leading `!` means *not*. Case does not matter.
    pub fn parse(typed: &str) -> Self {
        let terms = typed
            .split_whitespace()
            .map(|word| match word.strip_prefix('!') {
                Some(rest) => Term { folded: fold(rest), wanted: false },
                None => Term { folded: fold(word), wanted: true },
            })
            .filter(|term| !term.folded.is_empty())
            .collect();
        Self { terms }
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a row with these texts, lower-cased and joined by line ends, passes.
    pub fn matches(&self, folded: &str) -> bool {
        self.terms.iter().all(|term| folded.contains(&term.folded) == term.wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_anded_negated_and_folded() {
        let row = "support eu\nsupport-eu\nch01".to_lowercase();
        for (typed, passes) in [
            ("", true),
            ("SUPPORT", true),
            ("support eu", true),
            ("eu support-", true),
            ("support !lobby", true),
            ("!eu", false),
            ("lobby", false),
            ("!", true),
        ] {
            assert_eq!(Query::parse(typed).matches(&row), passes, "{typed:?}");
        }
    }

    #[test]
    fn letters_beyond_ascii_fold_too() {
        assert!(Query::parse("ÉQUIPE").matches(&"équipe".to_lowercase()));
    }
}
