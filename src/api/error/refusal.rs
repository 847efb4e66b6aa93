//! A refusal as the server words it, in either of the vendor's two shapes, or in none.

use std::time::Duration;

use serde_json::value::RawValue;

use super::after;
use crate::api::remote_text::RemoteText;
use crate::api::wire::Fields;

/// A server's no, with everything that helps to find out why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused with status {status}{}: {}{}", code_words(*.code), .message.shown().text(), after(*.tries))]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The vendor's error code.
    pub code: Option<u32>,
    /// What the server says, or the begin of whatever it sent.
    pub message: RemoteText,
    /// The page about this code.
    pub more_info: Option<RemoteText>,
    /// What to tell the vendor's support.
    pub request_id: Option<RemoteText>,
    /// Further remarks, one for each field that was found wrong.
    pub details: Vec<RemoteText>,
    /// Requests tried.
    pub tries: u32,
    /// How long the server asks to wait before the next one.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// From the body of an error, following the vendor's own shape (`code`, `message`, `more_info`,
    /// `details`) and RFC 9457 (`title`, `detail`, `type`, `errors`). Without a message in either,
    /// `otherwise` is the message.
    pub(in crate::api) fn read(
        status: u16,
        body: &Fields<'_>,
        otherwise: impl FnOnce() -> RemoteText,
    ) -> Self {
        let said = |name| body.text(name).filter(|text| !text.is_empty());
        let about = said("type").filter(|kind| kind.raw().starts_with("http"));
        let message = said("message").or_else(|| said("detail")).or_else(|| said("title"));
        Self {
            status,
            code: body.number("code"),
            message: message.unwrap_or_else(otherwise),
            more_info: said("more_info").or(about),
            request_id: None,
            details: ["details", "errors"]
                .into_iter()
                .filter_map(|name| body.raw(name))
                .flat_map(remarks)
                .collect(),
            tries: 1,
            retry_after: None,
        }
    }
}

/// The remarks inside a value of any kind: one an element, one a field, or the value itself.
fn remarks(value: &RawValue) -> Vec<RemoteText> {
    if let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        return elements.into_iter().map(remark).collect();
    }
    let Some(fields) = Fields::of(value) else { return vec![remark(value)] };
    fields
        .iter()
        .map(|(name, value)| RemoteText::new(format!("{name}: {}", remark(value).raw())))
        .collect()
}

fn remark(value: &RawValue) -> RemoteText {
    if let Some(fields) = Fields::of(value)
        && let Some(detail) = fields.text("detail").or_else(|| fields.text("message"))
    {
        let place = fields.text("pointer").or_else(|| fields.text("field"));
        return match place {
            Some(place) => RemoteText::new(format!("{}: {}", place.raw(), detail.raw())),
            None => detail,
        };
    }
    let text = serde_json::from_str::<String>(value.get());
    RemoteText::new(text.unwrap_or_else(|_| value.get().to_owned()))
}

fn code_words(code: Option<u32>) -> String {
    code.map(|code| format!(" (code {code})")).unwrap_or_default()
}
