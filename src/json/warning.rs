//! What is allowed in JSON and still bites whoever reads the document.

use super::{Document, Kind, NodeId};
use std::fmt;

/// Ruby's parser refuses more than this, `serde_json` 128 and more.
const DEEP: usize = 100;

/// Pointers of a deep document are long, so a hostile one must not have a warning for each node.
const AT_MOST: usize = 20;

/// Something valid that other programs may read differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A later member has the same name, and most programs see only that one.
    DuplicateKey { pointer: String },
    /// Most programs would change the number by reading it.
    BigNumber { pointer: String },
    /// Chat clients expect attributes to be an object.
    NotAnObject { kind: Kind },
    /// Many programs refuse to read so many levels.
    Deep { levels: usize },
    /// There are more of these than are worth listing.
    More { count: usize },
}

impl Document {
    /// What to know about the document before relying on another program to read it.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let kind = self.kind(self.root());
        if kind != Kind::Object {
            warnings.push(Warning::NotAnObject { kind });
        }
        // A scalar ten levels down is in ten levels; an empty array there makes eleven.
        let levels = |id| self.depth(id) + usize::from(self.kind(id).is_container());
        let levels = self.ids().map(levels).max().unwrap_or_default();
        if levels > DEEP {
            warnings.push(Warning::Deep { levels });
        }
        let mut rest = self.ids().filter(|&id| self.is_duplicate(id) || self.is_big_number(id));
        warnings.extend(rest.by_ref().take(AT_MOST).map(|id| self.warning(id)));
        let count = rest.count();
        if count > 0 {
            warnings.push(Warning::More { count });
        }
        warnings
    }

    fn warning(&self, id: NodeId) -> Warning {
        let pointer = self.pointer(id);
        if self.is_duplicate(id) {
            return Warning::DuplicateKey { pointer };
        }
        Warning::BigNumber { pointer }
    }

    /// Shadowed by its own name, not by that of a container it is in.
    fn is_duplicate(&self, id: NodeId) -> bool {
        self.is_shadowed(id) && !self.parent(id).is_some_and(|parent| self.is_shadowed(parent))
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateKey { pointer } => {
                write!(f, "{pointer} is there more than once: most programs see only the last")
            }
            Self::BigNumber { pointer } => {
                write!(f, "{pointer} is a number that most programs would change: kept as text")
            }
            Self::NotAnObject { kind } => write!(f, "{kind}, not an object"),
            Self::Deep { levels } => {
                write!(f, "{levels} levels deep: many programs refuse to read it")
            }
            Self::More { count } => write!(f, "{count} more like these"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Bool => "true or false",
            Self::Null => "null",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::{Kind, Warning};

    fn words(text: &str) -> Vec<String> {
        parse(text).unwrap().warnings().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn nothing_to_warn_of() {
        assert_eq!(words(r#"{"a": {"b": [1, 2.5]}, "b": {"a": 1}}"#), [""; 0]);
    }

    #[test]
    fn each_says_what_and_where() {
        let text = r#"[{"a/b": {"x": 1, "x": 2}, "a\u002fb": 0}, 18446744073709551616]"#;
        assert_eq!(
            parse(text).unwrap().warnings(),
            [
                Warning::NotAnObject { kind: Kind::Array },
                Warning::DuplicateKey { pointer: "/0/a~1b".to_owned() },
                Warning::BigNumber { pointer: "/1".to_owned() },
            ]
        );
        assert_eq!(
            words(text),
            [
                "an array, not an object",
                "/0/a~1b is there more than once: most programs see only the last",
                "/1 is a number that most programs would change: kept as text",
            ]
        );
    }

    #[test]
    fn depth_counts_containers() {
        let nested = |n| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert_eq!(words(&nested(99)), [""; 0]);
        assert_eq!(words(&nested(100)), ["101 levels deep: many programs refuse to read it"]);
    }

    #[test]
    fn a_hostile_document_does_not_flood() {
        let level = r#"{"a":1,"a":"#;
        let text = format!("{}1{}", level.repeat(50_000), "}".repeat(50_000));
        let warnings = parse(&text).unwrap().warnings();
        assert_eq!(warnings.len(), 22);
        assert_eq!(warnings.last(), Some(&Warning::More { count: 49_980 }));
    }
}
