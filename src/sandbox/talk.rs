//! What people say in the channels of the practice account: worded from a number, the same every time.

use serde_json::{Value, json};

use super::{
    clock,
    sid::sid,
    table::{Doc, text},
};

const LINES: &[&str] = &[
    "Hello! How can I help?",
    "Where is my parcel? It was promised for Tuesday.",
    "Ich schaue kurz nach, einen Moment bitte.",
    "Merci beaucoup, c'est parfait 👍",
    "お世話になっております。返品をお願いしたいのですが。",
    "Two things:\n1. the lamp is broken\n2. the invoice is wrong",
    "شكرا جزيلا",
    "Done, you will get a mail.",
    "\u{1b}[5mis this blinking?\u{1b}[0m",
    "Perfecto, ¡gracias!",
    "https://shop.example.com/returns?order=4711&lang=de#step-2",
];

const MINUTES_BETWEEN: i64 = 7;

/// The message of a channel at an index, said by one of these voices.
pub(super) fn message(channel: &Doc, voices: &[String], index: u64) -> Doc {
    let number = usize::try_from(index).unwrap_or(usize::MAX);
    let from =
        voices.iter().cycle().nth(number % voices.len().max(1)).map_or("system", |voice| voice);
    let channel_sid = text(channel, "sid");
    let body = LINES.iter().cycle().nth((number + channel_sid.len()) % LINES.len());
    let seconds = i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(60 * MINUTES_BETWEEN);
    let said = clock::later(text(channel, "date_created"), seconds);
    let doc = json!({
        "sid": message_sid(channel_sid, index),
        "service_sid": channel.get("service_sid"),
        "channel_sid": channel_sid,
        "to": channel_sid,
        "from": from,
        "body": body,
        "index": index,
        "was_edited": false,
        "date_created": said,
        "date_updated": said,
    });
    match doc {
        Value::Object(doc) => doc,
        _ => Doc::new(),
    }
}

/// The sid of a channel's message by its index.
pub(super) fn message_sid(channel: &str, index: u64) -> String {
    sid("IM", &format!("{channel} {index}"))
}
