//! Documents as the API shows them: every documented key, in order, nothing else. Written straight into the body.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{
    places::ACCOUNT_SCOPE,
    row::Row,
    schema::{Blank, Kind, Resource, Source},
    world::World,
};

/// The practice account as one client sees it: all addresses begin with the origin it used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    pub(super) world: &'a World,
    pub(super) origin: &'a str,
    /// Whether documents are shown as rows of a list, which tell less.
    pub(super) listed: bool,
}

/// A row being written, with the sid that most of its addresses want.
#[derive(Clone, Copy)]
struct Shown<'a> {
    row: Row<'a>,
    sid: &'a str,
}

impl<'a> Shown<'a> {
    fn text(self, key: &str) -> Option<Cow<'a, str>> {
        if key == "sid" { Some(Cow::Borrowed(self.sid)) } else { self.row.maybe_text(key) }
    }
}

/// Writes a value as JSON.
pub(super) fn json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // Writing to memory cannot fail, and none of our values has a key that is no text.
    let _ = serde_json::to_writer(out, value);
}

impl Site<'_> {
    pub(super) fn write(&self, out: &mut Vec<u8>, resource: &Resource, row: Row<'_>) {
        let sid = row.text("sid");
        let shown = Shown { row, sid: &sid };
        let mut before = b'{';
        for column in resource.columns {
            if matches!(column.source, Source::Hidden) {
                continue;
            }
            out.push(before);
            key(out, column.key);
            self.value(out, column.key, &column.source, shown);
            before = b',';
        }
        if before == b'{' {
            out.push(before);
        }
        out.push(b'}');
    }

    fn value(&self, out: &mut Vec<u8>, key: &str, source: &Source, shown: Shown<'_>) {
        match source {
            Source::Stored(_) if key == "sid" => json(out, shown.sid),
            Source::Stored(blank) => match shown.row.field(key) {
                Some(value) => json(out, &*value),
                None => json(out, &unset(*blank)),
            },
            Source::Url(template) => self.url(out, template, shown),
            Source::Links(links) => self.links(out, links, shown),
            Source::Hidden => {}
            Source::Account => json(out, &self.world.account.sid),
            Source::MembersCount => {
                json(out, &self.world.table(Kind::Membership).count(shown.sid));
            }
            Source::JoinedCount => json(out, &self.world.joined_channels(shown.sid)),
            Source::Unread => json(out, &self.unread(shown.row)),
            Source::Presence => json(out, &self.presence(key, shown.row)),
        }
    }

    fn links(&self, out: &mut Vec<u8>, links: &[(&str, &str)], shown: Shown<'_>) {
        let mut before = b'{';
        for (name, template) in links {
            out.push(before);
            key(out, name);
            self.url(out, template, shown);
            before = b',';
        }
        out.push(b'}');
    }

    fn presence(&self, key: &str, user: Row<'_>) -> Value {
        if self.listed {
            return Value::Null;
        }
        let service = self.world.table(Kind::Service);
        let service = service.named(ACCOUNT_SCOPE, &user.text("service_sid"));
        let watched = service.and_then(|service| service.get("reachability_enabled").cloned());
        if watched != Some(Value::Bool(true)) {
            return Value::Null;
        }
        user.field(key).map(Cow::into_owned).unwrap_or_default()
    }

    /// Null until the member has read something.
    fn unread(&self, membership: Row<'_>) -> Option<u64> {
        let read = membership.number("last_consumed_message_index")?;
        Some(self.world.unread(membership, read))
    }

    /// What stands for `{key}` in an address.
    fn filling<'a>(&self, key: &str, shown: Shown<'a>) -> Option<Cow<'a, str>> {
        if key == "last_message_sid" {
            return self.world.last_message(shown.row, shown.sid).map(Cow::Owned);
        }
        shown.text(key)
    }

    /// An address; all that is filled in is made of sids, which need no escaping.
    fn url(&self, out: &mut Vec<u8>, template: &str, shown: Shown<'_>) {
        let start = out.len();
        out.push(b'"');
        out.extend_from_slice(self.origin.as_bytes());
        for piece in template.split_inclusive(['{', '}']) {
            if let Some(key) = piece.strip_suffix('}') {
                let Some(sid) = self.filling(key, shown) else {
                    out.truncate(start);
                    out.extend_from_slice(b"null");
                    return;
                };
                out.extend_from_slice(sid.as_bytes());
            } else {
                out.extend_from_slice(piece.trim_end_matches('{').as_bytes());
            }
        }
        out.push(b'"');
    }
}

/// Keys are ours and plain.
fn key(out: &mut Vec<u8>, key: &str) {
    out.push(b'"');
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

/// What a key holds when nobody has set it.
fn unset(blank: Blank) -> Value {
    match blank {
        Blank::Null | Blank::Now => Value::Null,
        Blank::Zero => Value::from(0),
        Blank::Text(text) => Value::from(text),
    }
}
