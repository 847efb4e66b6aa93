//! What a folded container shows of its inside.

use crate::json::{Document, Kind, NodeId};

/// The first few values of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    pub pieces: Vec<Piece<'a>>,
    /// Whether some values were left out.
    pub more: bool,
}

/// One value as written, of any length and not escaped; `{…}` or `[…]` for a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// With its quotes.
    pub key: Option<&'a str>,
    pub value: &'a str,
}

/// The first values of a container, for the row of a folded one.
pub fn summary(document: &Document, node: NodeId, max_items: usize) -> Summary<'_> {
    let piece = |child| Piece { key: document.raw_key(child), value: value(document, child) };
    let pieces: Vec<_> = document.children(node).take(max_items).map(piece).collect();
    let more = pieces.len() < document.child_count(node);
    Summary { pieces, more }
}

fn value(document: &Document, node: NodeId) -> &str {
    match (document.kind(node), document.child_count(node)) {
        (Kind::Object, 0) => "{}",
        (Kind::Object, _) => "{…}",
        (Kind::Array, 0) => "[]",
        (Kind::Array, _) => "[…]",
        _ => document.raw(node),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Summary, summary};
    use crate::json::parse;

    #[test]
    fn the_first_values_as_written() {
        let document = parse(r#"{"a\n": "\u0041", "b": [1], "c": { }, "d": 0}"#).unwrap();
        let piece = |key, value| Piece { key: Some(key), value };
        let pieces = vec![
            piece(r#""a\n""#, r#""\u0041""#),
            piece("\"b\"", "[…]"),
            piece("\"c\"", "{}"),
            piece("\"d\"", "0"),
        ];
        assert_eq!(
            summary(&document, document.root(), 2),
            Summary { pieces: pieces[..2].to_vec(), more: true }
        );
        assert_eq!(summary(&document, document.root(), 4), Summary { pieces, more: false });
    }

    #[test]
    fn an_array_has_no_keys_and_a_scalar_no_pieces() {
        let document = parse(r#"["vip", "eu", 1e400]"#).unwrap();
        let values: Vec<_> = summary(&document, document.root(), 9)
            .pieces
            .iter()
            .map(|p| (p.key, p.value))
            .collect();
        assert_eq!(values, [(None, "\"vip\""), (None, "\"eu\""), (None, "1e400")]);
        let scalar = summary(&document, document.nth(1).unwrap(), 9);
        assert_eq!(scalar, Summary { pieces: vec![], more: false });
    }
}
