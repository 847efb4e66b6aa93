//! Parameters with dots: parts of an object, each sent alone.

use serde_json::{Map, Value};

use super::table::Doc;

/// Puts what is set under `limits.user_channels` into the object `limits`, beside what is stored there.
pub(super) fn nest(changes: Doc, stored: Option<&Doc>) -> Doc {
    let mut nested = Doc::new();
    for (key, value) in changes {
        match key.split_once('.') {
            None => {
                nested.insert(key, value);
            }
            Some((head, rest)) => {
                let object = nested.entry(head).or_insert_with(|| {
                    stored.and_then(|doc| doc.get(head)).cloned().unwrap_or_default()
                });
                put(object, rest, value);
            }
        }
    }
    nested
}

fn put(object: &mut Value, path: &str, value: Value) {
    if !object.is_object() {
        *object = Value::Object(Map::new());
    }
    let Some(fields) = object.as_object_mut() else { return };
    match path.split_once('.') {
        None => {
            fields.insert(path.to_owned(), value);
        }
        Some((head, rest)) => put(fields.entry(head).or_insert(Value::Null), rest, value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn doc(value: &Value) -> Doc {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn parts_join_what_is_stored() {
        let stored = doc(&json!({"limits": {"a": 1, "b": 2}, "media": null}));
        let changes = doc(&json!({"limits.b": 3, "x.y.z": true, "media.size": 4, "name": "n"}));
        let expected = json!({
            "limits": {"a": 1, "b": 3},
            "x": {"y": {"z": true}},
            "media": {"size": 4},
            "name": "n",
        });
        assert_eq!(Value::Object(nest(changes, Some(&stored))), expected);
        let changes = doc(&json!({"limits.b": 3}));
        assert_eq!(Value::Object(nest(changes, None)), json!({"limits": {"b": 3}}));
    }
}
