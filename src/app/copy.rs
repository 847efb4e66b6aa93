//! Copying: what a row says, as text for another program. With marks each marked row gives a line. Nothing is escaped
//! on the way to the clipboard: what is pasted is what the server has. What the notice shows of it is.

mod thing;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use self::thing::Thing;
use crate::{
    api::remote_text,
    app::{
        action::Action,
        effect::Effect,
        list::{Entry, List},
        model::Model,
        notice::Tone,
        place::{Place, Subject},
    },
    json,
};

/// What of a row is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The sid.
    Sid,
    /// The name that people gave it.
    Name,
    /// The unique name, of people the identity.
    UniqueName,
    /// The attributes as they are stored.
    Attributes,
    /// Where the cursor is in the attributes, as a JSON pointer.
    Pointer,
    /// The same as a path for jq.
    JqPath,
    /// The fields of the row, tabs between them.
    Row,
    /// Its URL in the API.
    Url,
    /// A command that reads it.
    Curl,
}

/// More rows than this are for a file.
const MOST: usize = 10_000;
/// Cells of what was copied that the notice shows.
const SHOWN: usize = 24;

impl What {
    /// What a wish to copy is about.
    pub const fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::CopySid => Self::Sid,
            Action::CopyName => Self::Name,
            Action::CopyUniqueName => Self::UniqueName,
            Action::CopyAttributes => Self::Attributes,
            Action::CopyPointer => Self::Pointer,
            Action::CopyJqPath => Self::JqPath,
            Action::CopyRow => Self::Row,
            Action::CopyUrl => Self::Url,
            Action::CopyCurl => Self::Curl,
            _ => return None,
        })
    }

    /// What it is called: one of them, several of them.
    pub const fn noun(self) -> [&'static str; 2] {
        match self {
            Self::Sid => ["sid", "sids"],
            Self::Name => ["name", "names"],
            Self::UniqueName => ["unique name", "unique names"],
            Self::Attributes => ["attributes", "attributes"],
            Self::Pointer => ["JSON pointer", "JSON pointers"],
            Self::JqPath => ["path for jq", "paths for jq"],
            Self::Row => ["row", "rows"],
            Self::Url => ["URL", "URLs"],
            Self::Curl => ["curl command", "curl commands"],
        }
    }

    /// Whether it is of the cursor in a tree, whatever is marked.
    const fn is_of_tree(self) -> bool {
        matches!(self, Self::Pointer | Self::JqPath)
    }

    /// Why there is none.
    const fn missing(self) -> &'static str {
        match self {
            Self::Sid => "there is no sid here to copy",
            Self::Name => "it has no name",
            Self::UniqueName => "it has no unique name",
            Self::Attributes => "it has no attributes, or they have not been read yet",
            Self::Pointer | Self::JqPath => "a pointer leads into attributes; i inspects them",
            Self::Row => "there is no row here to copy",
            Self::Url | Self::Curl => "the API has no URL for it, or it is not known yet",
        }
    }
}

/// Carries out a wish to copy.
pub fn copy(model: &mut Model, what: What) -> Vec<Effect> {
    let focus = model.path.focus();
    let things = if what.is_of_tree() { Vec::new() } else { marked(model, focus) };
    if things.len() > MOST {
        let text = format!(
            "{} rows are too many to copy, {MOST} are not; a file takes them: switchboard channels -o tsv",
            things.len()
        );
        model.notices.say(model.now, Tone::Bad, text);
        return Vec::new();
    }
    let text = if things.is_empty() { one(model, focus, what) } else { many(model, &things, what) };
    let Some(text) = text else {
        model.notices.say(model.now, Tone::Info, what.missing());
        return Vec::new();
    };
    let label = label(what, &text, things.len());
    vec![Effect::Copy { text, label }]
}

/// Why a wish to copy cannot be granted.
pub fn refusal(model: &Model, what: What) -> Option<&'static str> {
    let focus = model.path.focus();
    let has_marks = model.rows(focus).is_some_and(|rows| rows.marked() > 0);
    if has_marks && !what.is_of_tree() {
        return None;
    }
    one(model, focus, what).is_none().then(|| what.missing())
}

/// A copy went out by this road, or did not.
pub fn copied(model: &mut Model, label: &str, result: Result<String, String>) {
    let (tone, text) = match result {
        Ok(road) => (Tone::Ok, format!("copied {label}, {road}")),
        Err(why) => {
            let key = model.key(Action::PrintBelow);
            (Tone::Bad, format!("not copied: {why}; {key} prints it instead"))
        }
    };
    model.notices.say(model.now, tone, text);
}

/// Shows outside the panes what there is to copy.
pub fn print(model: &mut Model) -> Vec<Effect> {
    let Some(text) = sheet(model) else {
        model.notices.say(model.now, Tone::Info, "there is nothing here to print");
        return Vec::new();
    };
    vec![Effect::PrintBelow { text }]
}

/// All there is to copy of where the cursor is, one part below the other, to be shown outside the panes.
pub fn sheet(model: &Model) -> Option<String> {
    const PARTS: [What; 8] = [
        What::Name,
        What::UniqueName,
        What::Sid,
        What::Url,
        What::Curl,
        What::Pointer,
        What::JqPath,
        What::Attributes,
    ];
    let focus = model.path.focus();
    let things = marked(model, focus);
    if !things.is_empty() {
        return many(model, &things, What::Row);
    }
    let part = |what: What| {
        let text = one(model, focus, what)?;
        let [noun, _] = what.noun();
        Some(if what == What::Attributes {
            format!("{noun}:\n{text}\n")
        } else {
            format!("{:<14}{text}\n", format!("{noun}:"))
        })
    };
    let mut text: String = PARTS.into_iter().filter_map(part).collect();
    if let Some(value) = value(model, focus) {
        text.extend(["value under the cursor:\n", &value, "\n"]);
    }
    (!text.is_empty()).then_some(text)
}

/// What is copied of the thing under the cursor, byte for byte.
pub fn one(model: &Model, focus: Place, what: What) -> Option<String> {
    if what.is_of_tree() {
        let tree = model.trees.get(&Model::subject(focus)?)?;
        tree.node()?;
        return Some(if what == What::Pointer { tree.pointer() } else { tree.jq_path() });
    }
    Thing::under_cursor(model, focus)?.tells(model, what)
}

/// The JSON text under the cursor of a tree, where that is not the whole of it.
fn value(model: &Model, focus: Place) -> Option<String> {
    let tree = model.trees.get(&Model::subject(focus)?)?;
    let crate::app::tree::Content::Json(document) = tree.content() else { return None };
    let node = tree.node().filter(|_| !tree.pointer().is_empty())?;
    Some(document.raw(node).to_owned())
}

/// A line for each, those included that have nothing to say: the lines of several copies stay side by side.
fn many(model: &Model, things: &[Thing], what: What) -> Option<String> {
    let told: Vec<Option<String>> = things.iter().map(|it| it.tells(model, what)).collect();
    if told.iter().all(Option::is_none) {
        return None;
    }
    let mut lines = String::new();
    for text in told {
        let text = text.unwrap_or_default();
        let text = match what {
            What::Attributes => json::minify(&text).unwrap_or(text),
            _ => text,
        };
        lines.push_str(&in_one_line(&text));
        lines.push('\n');
    }
    Some(lines)
}

/// Whatever breaks lines elsewhere would make two rows of one.
fn in_one_line(text: &str) -> String {
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    text.replace("\r\n", " ").replace(breaks, " ")
}

/// What the notice calls a copy.
fn label(what: What, text: &str, rows: usize) -> String {
    let [one, several] = what.noun();
    let count = text.chars().count();
    let size = if count == 1 { "1 character".to_owned() } else { format!("{count} characters") };
    match rows {
        0 if text.is_empty() => format!("the {one} of the root, which is empty"),
        0 => format!("{one} “{}”, {size}", beginning(text)),
        1 => format!("the {one} of 1 marked row, {size}"),
        rows if what == What::Row => format!("{rows} marked rows, {size}"),
        rows => format!("the {several} of {rows} marked rows, {size}"),
    }
}

/// The beginning of a text, safe to show.
pub fn beginning(text: &str) -> String {
    // More than can be shown need not be looked at.
    let part: String = text.chars().take(SHOWN + 1).collect();
    let shown = remote_text::shown(&part).text();
    if shown.width() <= SHOWN && part.len() == text.len() {
        return shown;
    }
    let mut room = SHOWN - 1;
    let fits = |grapheme: &&str| {
        let fits = grapheme.width() <= room;
        room = room.saturating_sub(grapheme.width());
        fits
    };
    let mut cut: String = shown.graphemes(true).take_while(fits).collect();
    cut.push('…');
    cut
}

/// The things that are marked at a place, in the order in which they show.
fn marked(model: &Model, place: Place) -> Vec<Thing> {
    fn of<K: Entry>(list: Option<&List<K>>, thing: impl Fn(K) -> Option<Thing>) -> Vec<Thing> {
        use crate::app::list::Rows;
        let list = list.filter(|list| list.marked() > 0);
        list.into_iter().flat_map(List::marks).filter_map(thing).collect()
    }
    let lists = &model.lists;
    match place {
        Place::Services => of(Some(&lists.services), |sid| Some(Thing::Service(sid))),
        Place::Channels(service) => of(lists.channels.get(&service), |row| {
            Some(Thing::Channel(service, model.entities.channel_sid(row)?))
        }),
        Place::Users(service) => {
            of(lists.users.get(&service), |user| Some(Thing::User(service, user)))
        }
        Place::Members(service, channel) => {
            of(lists.members.get(&channel), |member| Some(Thing::Member(service, channel, member)))
        }
        Place::Memberships(service, user) => {
            of(lists.memberships.get(&user), |key| Some(Thing::Membership(service, key)))
        }
        Place::Messages(service, channel) => of(lists.messages.get(&channel), |message| {
            Some(Thing::Message(service, channel, message))
        }),
        Place::Invites(service, channel) => {
            of(lists.invites.get(&channel), |invite| Some(Thing::Invite(service, channel, invite)))
        }
        Place::Roles(service) => {
            of(lists.roles.get(&service), |role| Some(Thing::Role(service, role)))
        }
        Place::Flex => of(Some(&lists.flex), |key| Some(Thing::Flex(key.0))),
        Place::Flows => of(Some(&lists.flows), |flow| Some(Thing::Flow(flow))),
        Place::Journal => of(Some(&lists.journal), |id| Some(Thing::Write(id))),
        Place::Found => of(Some(&lists.found), |hit| Some(Thing::Found(hit))),
        Place::Jobs => of(Some(&lists.jobs), |id| Some(Thing::Job(id))),
        Place::Job(job) => of(lists.job_rows.get(&job), |key| Some(Thing::JobRow(key))),
        Place::Channel(..)
        | Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::FlexChannel(_)
        | Place::JournalEntry(_) => Vec::new(),
    }
}

impl Thing {
    /// What the cursor is on, or the place itself where it is one thing.
    pub fn under_cursor(model: &Model, place: Place) -> Option<Self> {
        let lists = &model.lists;
        Some(match place {
            Place::Services => Self::Service(lists.services.cursor()?),
            Place::Channels(service) | Place::Channel(service, _) => {
                Self::Channel(service, model.channel_at(place)?)
            }
            Place::Users(service) => Self::User(service, model.user_at(place)?),
            Place::Members(service, channel) => {
                Self::Member(service, channel, lists.members.get(&channel)?.cursor()?)
            }
            Place::Memberships(service, _) => {
                Self::Membership(service, model.membership_at(place)?)
            }
            Place::Attributes(service, Subject::Channel(channel)) => {
                Self::Channel(service, channel)
            }
            Place::Attributes(service, Subject::User(user)) => Self::User(service, user),
            Place::Attributes(service, Subject::Message(message)) => {
                let channel = model.entities.message(message)?.channel_sid;
                Self::Message(service, channel, message)
            }
            Place::Messages(service, channel) => {
                Self::Message(service, channel, lists.messages.get(&channel)?.cursor()?)
            }
            Place::Message(service, channel, message) => Self::Message(service, channel, message),
            Place::Invites(service, channel) => {
                Self::Invite(service, channel, lists.invites.get(&channel)?.cursor()?)
            }
            Place::Roles(service) => Self::Role(service, lists.roles.get(&service)?.cursor()?),
            Place::Role(service, role) => Self::Role(service, role),
            Place::Flex => Self::Flex(lists.flex.cursor()?.0),
            Place::FlexChannel(channel) => Self::Flex(channel),
            Place::Flows => Self::Flow(lists.flows.cursor()?),
            Place::Journal => Self::Write(lists.journal.cursor()?),
            Place::JournalEntry(id) => Self::Write(id),
            Place::Found => Self::Found(lists.found.cursor()?),
            Place::Jobs => Self::Job(lists.jobs.cursor()?),
            Place::Job(job) => Self::JobRow(lists.job_rows.get(&job)?.cursor()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_shows_nothing_that_is_obeyed_and_says_how_much_it_was() {
        let nasty = "Ops \u{1b}[31mroom\u{202e}";
        assert_eq!(label(What::Name, nasty, 0), "name “Ops ␛[31mroom⟦202E⟧”, 14 characters");
        let long = "日本".repeat(40);
        assert!(beginning(&long).width() <= SHOWN && beginning(&long).ends_with('…'));
        assert_eq!(label(What::Sid, "a\nb\n", 2), "the sids of 2 marked rows, 4 characters");
        assert_eq!(label(What::Row, "a\tb\n", 2), "2 marked rows, 4 characters");
    }

    #[test]
    fn nothing_makes_two_lines_of_a_row() {
        assert_eq!(in_one_line("a\r\nb\u{2028}c\u{b}d"), "a b c d");
    }
}
