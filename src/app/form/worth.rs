//! What a JSON text that is being typed is worth: what is wrong with it, what is odd about it, what changed.

use super::Kind;
use crate::json;

/// Of a text that is not there.
pub(super) const NOT_JUDGED: Kind =
    Kind::Json { error: None, keys: None, warnings: Vec::new(), change: None };

/// Where the vendor's successor of this API ends; for this one the documents name no number.
const LARGE: usize = 16 * 1024;
/// From here on it is worth knowing how much is left.
const NEARLY_LARGE: usize = 15 * 1024;

/// What a JSON text is worth beside the text it was typed over.
pub(super) fn judged(text: &str, base: &str) -> Kind {
    // A text that may be left out is left out when it is empty.
    if text.is_empty() && base.is_empty() {
        return NOT_JUDGED;
    }
    let mut warnings: Vec<String> = too_large(text.len()).into_iter().collect();
    match json::parse(text) {
        Ok(document) => {
            let root = document.root();
            let is_object = document.kind(root) == json::Kind::Object;
            warnings.extend(document.warnings().iter().map(ToString::to_string));
            Kind::Json {
                error: None,
                keys: is_object.then(|| document.child_count(root)),
                warnings,
                change: json::parse(base).ok().map(|old| json::compare(&old, &document).verdict),
            }
        }
        Err(wrong) => Kind::Json { error: Some(wrong), keys: None, warnings, change: None },
    }
}

fn too_large(bytes: usize) -> Option<String> {
    match LARGE.checked_sub(bytes) {
        None => Some("over 16 KiB: the server may refuse it".to_owned()),
        Some(left) if bytes > NEARLY_LARGE => {
            Some(format!("{left} bytes to 16 KiB; the server may refuse what is larger"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Verdict;

    #[test]
    fn what_bites_is_told_as_it_is_typed() {
        let kind = judged("{\"z\":1,\"z\":1e400}", "{}");
        let Kind::Json { warnings, .. } = kind else { panic!("JSON") };
        assert_eq!(warnings.len(), 2, "{warnings:?}");
    }

    #[test]
    fn a_text_that_nears_what_the_server_may_refuse_says_so_valid_or_not() {
        let warned = |bytes: usize, quote: &str| {
            let text = format!("[\"{}{quote}]", "x".repeat(bytes - 3 - quote.len()));
            assert_eq!(text.len(), bytes);
            match judged(&text, "{}") {
                Kind::Json { warnings, .. } => warnings.into_iter().next().unwrap_or_default(),
                other => panic!("{other:?}"),
            }
        };
        for quote in ["\"", ""] {
            let near = "1023 bytes to 16 KiB; the server may refuse what is larger";
            assert_eq!(warned(15 * 1024 + 1, quote), near);
            assert!(warned(16 * 1024, quote).starts_with("0 bytes to"));
            assert_eq!(warned(16 * 1024 + 1, quote), "over 16 KiB: the server may refuse it");
        }
        assert_eq!(warned(15 * 1024, "\""), "an array, not an object");
    }

    #[test]
    fn the_kind_of_difference_is_known_when_both_are_json() {
        let change = |text: &str, base: &str| match judged(text, base) {
            Kind::Json { change, .. } => change,
            other => panic!("{other:?}"),
        };
        let base = "{\"a\":1,\"b\":2}";
        for (text, verdict) in [
            (base, Verdict::Same),
            ("{ \"a\": 1, \"b\": 2 }", Verdict::Spacing),
            ("{\"b\":2,\"a\":1}", Verdict::Order),
            ("{\"a\":1}", Verdict::Changed),
        ] {
            assert_eq!(change(text, base), Some(verdict));
        }
        assert_eq!((change("{", base), change(base, "{")), (None, None));
    }
}
