//! The journal of this account's writes, the newest first. It can be longer than anybody reads, so its pages come as the
//! cursor nears the end of those that are in.

use std::collections::HashSet;

use crate::{
    api::page::Page,
    app::{
        effect::Effect,
        entities::Entities,
        form::FieldName,
        list::Entry as Row,
        model::Model,
        place::Place,
        prose::{self, Line},
        query::{Cell, Field, Kind, fold},
        ticket::{Lane, Reply},
    },
    json,
    state::{Entry, EntryId, Fields, Kept, Standing},
};

impl Row for EntryId {
    type Keys = HashSet<Self>;
    const ON_DEMAND: bool = true;

    const FIELDS: &'static [Field] = &[
        Field::new("when", "WHEN", Kind::Moment),
        Field::new("name", "NAME", Kind::Text),
        Field::new("what", "WHAT", Kind::Text),
        Field::new("outcome", "OUTCOME", Kind::Word),
        Field::new("status", "STATUS", Kind::Number),
        Field::new("ms", "MS", Kind::Number),
        Field::new("sid", "", Kind::Text),
    ];

    fn folded(self, entities: &Entities) -> String {
        let Some(entry) = entities.journal_entry(self) else { return self.to_string() };
        let of = &entry.record;
        let standing = entry.standing.words();
        fold(&format!(
            "{}
{}
{}
{}
{standing}",
            of.label,
            of.kind,
            of.path,
            deed(entry)
        ))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(entry) = entities.journal_entry(self) else { return Cell::Nothing };
        let millis = entry.duration.and_then(|took| i64::try_from(took.as_millis()).ok());
        match field {
            0 => Cell::moment(Some(entry.begun)),
            1 => Cell::owned(Some(subject(entry))),
            2 => Cell::owned(Some(deed(entry))),
            3 => Cell::text(Some(entry.standing.words())),
            4 => Cell::number(entry.status.map(i64::from)),
            5 => Cell::number(millis),
            6 => Cell::text(entry.record.sids.first().map(String::as_str)),
            _ => Cell::Nothing,
        }
    }
}

/// A page of the journal came.
pub fn arrived(model: &mut Model, reply: Reply<Page<Entry>>) -> Vec<Effect> {
    if reply.ticket.lane != Lane::List(Place::Journal) {
        return Vec::new();
    }
    super::arrived(
        model,
        reply,
        |lists| Some(&mut lists.journal),
        |entities, entry, _| {
            let id = entry.id;
            entities.put_journal_entry(entry);
            id
        },
    )
}

/// What a write does, in words.
pub fn deed(entry: &Entry) -> String {
    let fields = || {
        let after = entry.record.shall_be();
        let labels: Vec<_> = after.iter().map(|(name, _)| label(name)).collect();
        if labels.is_empty() { "change".to_owned() } else { labels.join(", ") }
    };
    match entry.record.kind.as_str() {
        "channel.update" | "membership.update" if entry.record.undoes.is_some() => {
            format!("undo {}", fields())
        }
        "channel.update" | "membership.update" => fields(),
        "channel.create" => "make a channel".to_owned(),
        "channel.delete" => "delete the channel".to_owned(),
        "channel.migrate" => "make it private".to_owned(),
        "membership.delete" => "remove from the channel".to_owned(),
        "flex_channel.create" => "make a Flex channel".to_owned(),
        "flex_channel.delete" => "delete the Flex channel".to_owned(),
        other => other.to_owned(),
    }
}

/// What a person calls a parameter.
fn label(parameter: &str) -> String {
    let label = FieldName::of_parameter(parameter).map(|name| name.label().to_lowercase());
    label.unwrap_or_else(|| parameter.to_owned())
}

/// What it was made to: the name, or the sid where that was wiped.
pub fn subject(entry: &Entry) -> String {
    let of = &entry.record;
    let is_named = entry.kept == Kept::Full && !of.label.is_empty();
    let sid = || of.sids.first().unwrap_or(&of.path).clone();
    if is_named { of.label.clone() } else { sid() }
}

/// How many lines the head of an entry takes.
pub const FACTS: u16 = 4;

/// Everything that an entry holds beyond its head: what changed, why it failed, and how to do it by hand.
pub fn lines(entry: &Entry, [chat, flex]: &[String; 2], width: u16) -> Vec<Line> {
    let mut text = String::new();
    let of = &entry.record;
    match entry.kept {
        Kept::Full => {}
        Kept::Digest => text.push_str("Values are kept as digests only.\n"),
        Kept::Nothing => {
            text.push_str("Names and values are gone; they are kept for a limited time only.\n");
        }
    }
    changes(&mut text, &of.was(), &of.shall_be());
    if let Some(message) = &entry.message {
        text.push_str("\nwhy: ");
        text.push_str(message);
        text.push('\n');
    }
    match entry.standing {
        Standing::Unfinished => text.push_str("\nSwitchboard ended before the answer came.\n"),
        Standing::InFlight => text.push_str("\nIts answer is awaited by a console that runs.\n"),
        _ => {}
    }
    let origin = if of.kind.starts_with("flex_") { flex } else { chat };
    if let Some(curl) = entry.curl(origin) {
        text.push_str("\nby hand:\n");
        text.push_str(&curl);
    }
    prose::wrapped(text.trim_matches('\n'), usize::from(width))
}

fn changes(text: &mut String, before: &Fields, after: &Fields) {
    let mut names: Vec<&String> = before.iter().map(|(name, _)| name).collect();
    let new = after.iter().map(|(name, _)| name).filter(|name| !names.contains(name));
    let new: Vec<_> = new.collect();
    names.extend(new);
    for name in names {
        let value = |side: &Fields| {
            side.iter().find(|(it, _)| it == name).and_then(|(_, value)| value.clone())
        };
        let (old, new) = (value(before), value(after));
        text.push_str(&label(name));
        text.push('\n');
        let both = old.as_deref().map(json::parse).zip(new.as_deref().map(json::parse));
        let is_json = FieldName::of_parameter(name).is_some_and(FieldName::is_json);
        match both {
            Some((Ok(old), Ok(new))) if is_json => {
                for change in json::diff(&old, &new) {
                    let place = if change.pointer.is_empty() { "(root)" } else { &change.pointer };
                    let side = |text: &Option<String>| {
                        let compact = |it: &String| json::minify(it).unwrap_or_else(|_| it.clone());
                        text.as_ref().map_or_else(|| "—".to_owned(), compact)
                    };
                    let (old, new) = (side(&change.before), side(&change.after));
                    text.extend(["  ", place, "  ", &old, " → ", &new, "\n"]);
                }
            }
            _ => {
                for (sign, value) in [("-", old), ("+", new)] {
                    if let Some(value) = value {
                        let value = if value.is_empty() { "—" } else { value.as_str() };
                        text.extend(["  ", sign, " ", value, "\n"]);
                    }
                }
            }
        }
    }
}
