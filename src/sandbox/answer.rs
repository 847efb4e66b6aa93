//! Documents as the API shows them: every documented key, in order, nothing else.

use serde_json::{Map, Value};

use super::{
    places::ACCOUNT_SCOPE,
    schema::{Blank, Kind, Resource, Source},
    table::{Doc, text},
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

impl Site<'_> {
    pub(super) fn show(&self, resource: &Resource, doc: &Doc) -> Value {
        let shown =
            resource.columns.iter().filter(|column| !matches!(column.source, Source::Hidden));
        let keys = shown
            .map(|column| (column.key.to_owned(), self.value(column.key, &column.source, doc)));
        Value::Object(keys.collect::<Map<_, _>>())
    }

    fn value(&self, key: &str, source: &Source, doc: &Doc) -> Value {
        match source {
            Source::Stored(blank) => doc.get(key).cloned().unwrap_or_else(|| unset(*blank)),
            Source::Url(template) => self.url(template, doc),
            Source::Links(links) => {
                let links = links
                    .iter()
                    .map(|(name, template)| ((*name).to_owned(), self.url(template, doc)));
                Value::Object(links.collect::<Map<_, _>>())
            }
            Source::Hidden => Value::Null,
            Source::Account => Value::from(self.world.account.sid.as_str()),
            Source::MembersCount => {
                let memberships = self.world.table(Kind::Membership);
                Value::from(memberships.count(text(doc, "sid")))
            }
            Source::JoinedCount => Value::from(self.world.joined_channels(text(doc, "sid"))),
            Source::Unread => self.unread(doc),
            Source::Presence => self.presence(key, doc),
        }
    }

    fn presence(&self, key: &str, user: &Doc) -> Value {
        let service = self.world.table(Kind::Service);
        let service = service.named(ACCOUNT_SCOPE, text(user, "service_sid"));
        let watched = service.and_then(|service| service.get("reachability_enabled"));
        if self.listed || watched != Some(&Value::Bool(true)) {
            return Value::Null;
        }
        user.get(key).cloned().unwrap_or_default()
    }

    /// Null until the member has read something.
    fn unread(&self, membership: &Doc) -> Value {
        let read = membership.get("last_consumed_message_index").and_then(Value::as_u64);
        read.map_or(Value::Null, |index| Value::from(self.world.unread(membership, index)))
    }

    /// What stands for `{key}` in an address.
    fn filling(&self, key: &str, doc: &Doc) -> Option<String> {
        if key == "last_message_sid" {
            return self.world.last_message(doc);
        }
        doc.get(key).and_then(Value::as_str).map(str::to_owned)
    }

    fn url(&self, template: &str, doc: &Doc) -> Value {
        let mut url = self.origin.to_owned();
        for piece in template.split_inclusive(['{', '}']) {
            if let Some(key) = piece.strip_suffix('}') {
                match self.filling(key, doc) {
                    Some(sid) => url.push_str(&sid),
                    None => return Value::Null,
                }
            } else {
                url.push_str(piece.trim_end_matches('{'));
            }
        }
        Value::from(url)
    }
}

/// What a key holds when nobody has set it.
fn unset(blank: Blank) -> Value {
    match blank {
        Blank::Null | Blank::Now => Value::Null,
        Blank::Zero => Value::from(0),
        Blank::Text(text) => Value::from(text),
    }
}
