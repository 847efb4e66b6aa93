//! SHA-256 digests in place of names and values: equal texts have equal digests.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// `sha256:` and 64 hex digits.
pub(super) fn of(text: &str) -> String {
    format!("sha256:{:x}", Sha256::digest(text.as_bytes()))
}

/// The names of parameters are the vendor's and stay.
pub(super) fn of_form(form: &[(String, String)]) -> Vec<(String, String)> {
    form.iter().map(|(name, value)| (name.clone(), of(value))).collect()
}

/// The names of fields stay. A JSON string has the digest of what it says, so that it equals that of the parameter that
/// sent it; any other value has that of its text.
///
/// # Errors
/// When it is not an object.
pub(super) fn of_fields(fields: &str) -> serde_json::Result<String> {
    let values: BTreeMap<String, &RawValue> = serde_json::from_str(fields)?;
    let digests: BTreeMap<_, _> =
        values.iter().map(|(name, value)| (name, of_value(value))).collect();
    serde_json::to_string(&digests)
}

fn of_value(value: &RawValue) -> String {
    let text: Result<String, _> = serde_json::from_str(value.get());
    text.map_or_else(|_| of(value.get()), |text| of(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_and_the_field_it_sets_have_one_digest() {
        let sent = of_form(&[("FriendlyName".to_owned(), "Support \"EU\"".to_owned())]);
        let field = of_fields(r#"{"friendly_name": "Support \"EU\""}"#);
        assert_eq!(field.ok(), Some(format!(r#"{{"friendly_name":"{}"}}"#, sent[0].1)));
    }

    #[test]
    fn the_digest_is_the_well_known_one() {
        let known = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of("abc"), known);
    }

    #[test]
    fn what_is_no_object_has_none() {
        for text in ["", "[]", "\"a\"", "{\"a\":}", "{} {}"] {
            assert!(of_fields(text).is_err(), "{text}");
        }
        assert_eq!(of_fields("{}").ok().as_deref(), Some("{}"));
    }
}
