//! Pages: an opaque token says where a page begins, and of which state of which list.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    form::Form,
    problem::{self as code, Problem},
};

const DEFAULT_SIZE: u32 = 50;

/// The side of a row on which a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    First,
    After(u64),
    Before(u64),
}

impl Start {
    /// The rows on this side, in a list that runs up or down.
    pub(super) fn range(self, newest_first: bool) -> Range<u64> {
        match (self, newest_first) {
            (Self::First, _) => 0..u64::MAX,
            (Self::After(seq), false) | (Self::Before(seq), true) => {
                seq.saturating_add(1)..u64::MAX
            }
            (Self::Before(seq), false) | (Self::After(seq), true) => 0..seq,
        }
    }
}

/// What the client asked to see of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) size: u32,
    pub(super) number: u64,
    pub(super) start: Start,
}

/// A list in one state: which one, asked for how, and how often its rows have come and gone.
#[derive(Debug, Hash)]
pub(super) struct Edition<'a> {
    pub(super) path: &'a str,
    pub(super) asked: &'a [(&'static str, String)],
    pub(super) revision: u64,
}

impl Edition<'_> {
    /// The token of a page of this edition; of any other it is stale.
    pub(super) fn token(&self, number: u64, start: Start) -> String {
        let (side, seq) = match start {
            Start::First => ('f', 0),
            Start::After(seq) => ('a', seq),
            Start::Before(seq) => ('b', seq),
        };
        let seal = self.seal(number, side, seq);
        format!("PT{}", URL_SAFE_NO_PAD.encode(format!("{side}.{seq}.{number}.{seal:x}")))
    }

    fn read(&self, token: &str) -> Option<(u64, Start)> {
        let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix("PT")?).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let mut parts = text.split('.');
        let side = parts.next()?;
        let (seq, number) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let (side, start) = match side {
            "f" => ('f', Start::First),
            "a" => ('a', Start::After(seq)),
            "b" => ('b', Start::Before(seq)),
            _ => return None,
        };
        let seal = u64::from_str_radix(parts.next()?, 16).ok()?;
        (seal == self.seal(number, side, seq)).then_some((number, start))
    }

    fn seal(&self, number: u64, side: char, seq: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self, number, side, seq).hash(&mut hasher);
        hasher.finish()
    }

    /// Reads `PageSize`, `Page` and `PageToken`.
    pub(super) fn window(&self, form: &Form, max: u32) -> Result<Window, Problem> {
        let size = match form.last("PageSize") {
            None => DEFAULT_SIZE.min(max),
            Some(text) => match text.parse::<u64>() {
                Ok(0) | Err(_) => {
                    return Err(Problem::told(code::INVALID, "PageSize must be a positive number"));
                }
                Ok(size) => {
                    u32::try_from(size).ok().filter(|size| *size <= max).ok_or_else(|| {
                        Problem::told(
                            code::PAGE_TOO_LARGE,
                            format!("Page size too large, max is {max}"),
                        )
                    })?
                }
            },
        };
        let (number, start) = match form.last("PageToken") {
            Some(token) => self.read(token).ok_or(code::PAGE_TOKEN)?,
            // Counting `Page` up by hand is no way to walk: better refused than answered with the first page for ever.
            None if form.last("Page").is_some_and(|page| page != "0") => {
                return Err(code::PAGE_TOKEN.into());
            }
            None => (0, Start::First),
        };
        Ok(Window { size, number, start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Edition<'_> = Edition { path: "/v2/Services", asked: &[], revision: 7 };

    fn window(query: &str) -> Result<Window, Problem> {
        LIST.window(&Form::read(query.as_bytes()), 100)
    }

    #[test]
    fn a_token_leads_back_to_its_page() {
        for (number, start) in [(1, Start::After(50)), (3, Start::Before(151)), (0, Start::First)] {
            let query = format!("PageSize=9&Page={number}&PageToken={}", LIST.token(number, start));
            assert_eq!(window(&query), Ok(Window { size: 9, number, start }));
        }
        assert_eq!(window(""), Ok(Window { size: 50, number: 0, start: Start::First }));
    }

    #[test]
    fn a_token_of_another_list_or_state_or_none_at_all_is_refused() {
        let refused = Err(code::PAGE_TOKEN.into());
        let others = [
            Edition { revision: 8, ..LIST },
            Edition { path: "/v2/Services/IS1/Channels", ..LIST },
            Edition { asked: &[("Type", "public".to_owned())], ..LIST },
        ];
        for other in others {
            let query = format!("PageToken={}", other.token(1, Start::After(50)));
            assert_eq!(window(&query), refused);
        }
        for token in ["", "PT", "1", "PTYS4x", "%00"] {
            assert_eq!(window(&format!("PageToken={token}")), refused);
        }
        assert_eq!(window("Page=2"), refused);
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(window("PageSize=100").map(|window| window.size), Ok(100));
        let code = |query: &str| window(query).unwrap_err().body().get("code").unwrap().clone();
        assert_eq!(code("PageSize=101"), 20007);
        assert_eq!(code("PageSize=99999999999"), 20007);
        assert_eq!(code("PageSize=0"), 20422);
        assert_eq!(code("PageSize=many"), 20422);
    }
}
