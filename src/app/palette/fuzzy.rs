//! How well a name fits what was typed. The same texts always stand in the same order.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

/// How well something fits; the greater the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Its words tell of it.
    Words(u32),
    /// Its letters are there, in this order.
    Letters(u32),
    /// It stands in it.
    Within(u32),
    /// It begins so.
    Begins,
    /// It is that.
    Is,
}

/// A text to look for.
pub(super) struct Sought {
    folded: String,
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Sought {
    pub(super) fn new(typed: &str) -> Self {
        let pattern = Pattern::parse(
            &typed.replace(['^', '$', '!', '\'', '\\'], " "),
            CaseMatching::Ignore,
            Normalization::Smart,
        );
        let matcher = Matcher::new(Config::DEFAULT);
        Self { folded: typed.trim().to_lowercase(), pattern, matcher, buffer: Vec::new() }
    }

    fn score(&mut self, text: &str) -> Option<u32> {
        self.pattern.score(Utf32Str::new(text, &mut self.buffer), &mut self.matcher)
    }

    /// How well a name fits.
    pub(super) fn name(&mut self, name: &str) -> Option<Fit> {
        if self.folded.is_empty() {
            return Some(Fit::Begins);
        }
        let folded = name.to_lowercase();
        if folded == self.folded {
            return Some(Fit::Is);
        }
        if folded.starts_with(&self.folded) {
            return Some(Fit::Begins);
        }
        let score = self.score(name)?;
        let within = folded.contains(&self.folded);
        Some(if within { Fit::Within(score) } else { Fit::Letters(score) })
    }

    /// How well a description fits: each word that was typed begins one of its words.
    pub(super) fn words(&mut self, text: &str) -> Option<Fit> {
        let text = text.to_lowercase();
        let words = || text.split(|c: char| !c.is_alphanumeric());
        let told = |typed: &str| words().any(|word| word.starts_with(typed));
        let all = self.folded.len() > 2 && self.folded.split_whitespace().all(told);
        all.then(|| Fit::Words(u32::from(words().any(|word| word == self.folded))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_full_comes_before_a_beginning_and_that_before_letters() {
        let fit = |typed: &str, name: &str| Sought::new(typed).name(name);
        assert_eq!(fit("mute", "mute"), Some(Fit::Is));
        assert_eq!(fit("Mute", "mute-all"), Some(Fit::Begins));
        assert!(matches!(fit("all", "mute-all"), Some(Fit::Within(_))));
        assert!(matches!(fit("mual", "mute-all"), Some(Fit::Letters(_))));
        assert_eq!(fit("xyz", "mute-all"), None);
        assert!(fit("mute", "mute") > fit("mute", "mute-all"));
        assert!(fit("mute", "mute-all") > fit("mute", "unmute"));
        assert!(fit("all", "mute-all") > fit("mual", "mute-all"));
        assert!(fit("日本", "Sales 日本").is_some());
    }

    #[test]
    fn signs_are_no_patterns() {
        for typed in ["!mute", "^mute", "mute$", "'mute", "\\mute"] {
            assert!(Sought::new(typed).name("mute").is_some(), "{typed}");
        }
    }

    #[test]
    fn words_tell_of_it_too() {
        let fit = |typed: &str| Sought::new(typed).words("copy its path for jq");
        assert_eq!((fit("path"), fit("pa jq")), (Some(Fit::Words(1)), Some(Fit::Words(0))));
        assert_eq!((fit("ath"), fit("jq")), (None, None));
    }
}
