//! Parameters against the schema: what may be stored, or the refusal the service would give.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::{
    clock,
    form::Form,
    problem::{self as code, Known, Problem},
    schema::{Moment, Param, Resource, Rule},
    table::Doc,
};

/// The documents name no number for chat; this is the limit of the successor product.
const ATTRIBUTES_BYTES: usize = 16 * 1024;

/// The keys that a request sets, checked one by one. What needs the other documents is checked by the caller.
pub(super) fn changes(resource: &Resource, moment: Moment, form: &Form) -> Result<Doc, Problem> {
    let mut changes = Doc::new();
    for column in resource.columns {
        let Some(param) = &column.param else { continue };
        let in_time = param.only.is_none_or(|only| only == moment);
        match (form.last(param.name).filter(|_| in_time), param.missing) {
            (Some(text), _) => {
                let value = match param.rule {
                    Rule::Repeated => form.all(param.name).collect(),
                    _ => value(param, moment, text)?,
                };
                if let Some(missing) = param.missing.filter(|_| value.is_null()) {
                    return Err(lacking(missing, param));
                }
                changes.insert(column.key.to_owned(), value);
            }
            (None, Some(missing)) if moment == Moment::Create => {
                return Err(lacking(missing, param));
            }
            (None, _) => {}
        }
    }
    if changes.is_empty() && moment == Moment::Update {
        return Err(resource.nothing.into());
    }
    Ok(changes)
}

fn lacking(missing: &'static Known, param: &Param) -> Problem {
    Problem::told(missing, format!("{}: {} is required", missing.message, param.name))
}

fn no(param: &Param, wanted: &str) -> Problem {
    let message = format!("{}: {} is {wanted}", code::INVALID.message, param.name);
    Problem::told(code::INVALID, message)
}

fn value(param: &Param, moment: Moment, text: &str) -> Result<Value, Problem> {
    let limit = |create: usize, update: usize| match moment {
        Moment::Create => create,
        Moment::Update => update,
    };
    match &param.rule {
        Rule::Text { create, update, long } => short(text, limit(*create, *update), long),
        Rule::Unique { create, update, long } => {
            if looks_like("CH", text) {
                return Err(code::UNIQUE_LIKE_SID.into());
            }
            short(text, limit(*create, *update), long)
        }
        Rule::Bytes(limit, long) if text.len() > *limit => Err((*long).into()),
        Rule::Bytes(..) | Rule::Repeated => Ok(Value::from(text)),
        Rule::Identity => identity(text),
        Rule::Attributes => attributes(text),
        Rule::Date(wrong) => clock::read(text).map(Value::from).ok_or_else(|| (*wrong).into()),
        Rule::MessagingService if text.is_empty() => Err(code::MESSAGING_MISSING.into()),
        Rule::MessagingService if looks_like("MG", text) => Ok(Value::from(text)),
        Rule::MessagingService => Err(code::MESSAGING_INVALID.into()),
        Rule::Sid(prefix, _) if looks_like(prefix, text) => Ok(Value::from(text)),
        Rule::Sid(prefix, wrong) => {
            let message =
                format!("{}: {} is a sid that begins with {prefix}", wrong.message, param.name);
            Err(Problem::told(wrong, message))
        }
        Rule::Choice(known, wrong) if known.contains(&text) => Ok(Value::from(text)),
        // Where there is no choice, the dictionary has said it all.
        Rule::Choice([_], wrong) => Err((*wrong).into()),
        Rule::Choice(known, wrong) => {
            let known = known.join(", ");
            Err(Problem::told(
                wrong,
                format!("{}: {} is one of {known}", wrong.message, param.name),
            ))
        }
        Rule::Flag => {
            let flag = text.parse::<bool>();
            flag.map(Value::from).map_err(|_neither| no(param, "true or false"))
        }
        Rule::Number(most) => match text.parse::<u32>() {
            Ok(number) if number <= *most => Ok(Value::from(number)),
            _ => Err(no(param, &format!("a number from 0 to {most}"))),
        },
        Rule::Index(_) if text.is_empty() => Ok(Value::Null),
        Rule::Index(wrong) => {
            text.parse::<u64>().map(Value::from).map_err(|_not_an_index| (*wrong).into())
        }
    }
}

/// An empty name clears it. The documents are silent; a stored "" would be a name that no path can spell.
fn short(text: &str, limit: usize, long: &'static Known) -> Result<Value, Problem> {
    match text.chars().count() {
        0 => Ok(Value::Null),
        count if count > limit => {
            let message =
                format!("{}: {count} characters, at most {limit} are allowed", long.message);
            Err(Problem::told(long, message))
        }
        _ => Ok(Value::from(text)),
    }
}

fn attributes(text: &str) -> Result<Value, Problem> {
    if text.len() > ATTRIBUTES_BYTES {
        return Err(code::ATTRIBUTES_TOO_LONG.into());
    }
    // `IgnoredAny` walks without building or recursing: any depth, any number, duplicate keys.
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(Value::from(text)),
        Err(_) => Err(code::ATTRIBUTES_NOT_JSON.into()),
    }
}

fn identity(text: &str) -> Result<Value, Problem> {
    match text.chars().count() {
        0 => Err(code::IDENTITY_MISSING.into()),
        257.. => Err(code::IDENTITY_TOO_LONG.into()),
        _ if looks_like("US", text) || looks_like("MB", text) => {
            Err(code::IDENTITY_LIKE_SID.into())
        }
        _ => Ok(Value::from(text)),
    }
}

fn looks_like(prefix: &str, name: &str) -> bool {
    name.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sandbox::{chat::CHANNEL, people::USER_CHANNEL};

    fn update(form: &str) -> Result<Value, Problem> {
        changes(CHANNEL, Moment::Update, &Form::read(form.as_bytes())).map(Value::Object)
    }

    fn create(form: &str) -> Result<Value, Problem> {
        changes(CHANNEL, Moment::Create, &Form::read(form.as_bytes())).map(Value::Object)
    }

    fn refused(result: Result<Value, Problem>) -> Value {
        result.unwrap_err().body().get("code").unwrap().clone()
    }

    #[test]
    fn names_may_be_longer_on_update_and_are_counted_in_characters() {
        let (fits, long) = ("ü".repeat(256), "ü".repeat(257));
        assert_eq!(
            update(&format!("FriendlyName={fits}")).unwrap(),
            json!({"friendly_name": fits})
        );
        assert_eq!(refused(update(&format!("FriendlyName={long}"))), 50003);
        assert_eq!(refused(update(&format!("UniqueName={long}"))), 50004);
        assert_eq!(refused(create(&format!("FriendlyName={}", "x".repeat(65)))), 50003);
        assert_eq!(refused(create(&format!("UniqueName={}", "x".repeat(65)))), 50004);
        assert_eq!(update("UniqueName=").unwrap(), json!({"unique_name": null}));
    }

    #[test]
    fn attributes_are_any_json_and_stay_as_they_were_sent() {
        for text in ["{ \"a\" : 1,\n\"a\": 18446744073709551616 }", "[]", "null", "1e999", "\"x\""]
        {
            let sent = form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            assert_eq!(update(&format!("Attributes={sent}")).unwrap(), json!({"attributes": text}));
        }
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(update(&format!("Attributes={deep}")).unwrap(), json!({"attributes": deep}));
        for text in ["", "{", "{\"a\":1,}", "words", "{} {}"] {
            assert_eq!(refused(update(&format!("Attributes={text}"))), 50304, "{text}");
        }
        let fits = format!("\"{}\"", "x".repeat(ATTRIBUTES_BYTES - 2));
        assert!(update(&format!("Attributes={fits}")).is_ok());
        assert_eq!(refused(update(&format!("Attributes={fits}+"))), 50303);
    }

    #[test]
    fn every_other_parameter_has_its_own_refusal() {
        assert_eq!(refused(update("UniqueName=CH0123456789abcdef0123456789ABCDEF")), 50306);
        assert_eq!(refused(update("DateCreated=soon")), 50308);
        assert_eq!(refused(update("DateUpdated=2020-02-30T00:00:00Z")), 50309);
        assert_eq!(refused(update("Colour=red")), 50347, "unknown ones are ignored");
        assert_eq!(refused(update("Type=private")), 50347, "the type is set on create only");
        assert_eq!(refused(create("Type=secret")), 20422);
        assert_eq!(create("").unwrap(), json!({}));
        let level = |form: &str| {
            changes(USER_CHANNEL, Moment::Update, &Form::read(form.as_bytes())).map(Value::Object)
        };
        assert_eq!(
            level("NotificationLevel=muted").unwrap(),
            json!({"notification_level": "muted"})
        );
        assert_eq!(refused(level("NotificationLevel=loud")), 50210);
        assert_eq!(refused(level("LastConsumedMessageIndex=-1")), 50406);
        assert_eq!(refused(level("LastConsumptionTimestamp=x")), 50405);
        assert_eq!(refused(level("")), 20161);
    }
}
