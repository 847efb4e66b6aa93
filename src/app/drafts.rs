//! What was typed and not saved, kept on disk so that it survives the program: written on a pause of typing and
//! whenever a form is left, dropped once it is saved or given up.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    api::remote_text,
    app::{
        effect::Effect,
        entities::{MembershipKey, Origin},
        form::{Draft, FieldName},
        model::{Model, Overlay},
        save,
        ticket::EditKey,
    },
    state::Draft as KeptDraft,
};

/// How long nothing is typed before it is kept.
const PAUSE: SignedDuration = SignedDuration::from_millis(400);

/// What is kept, and what was kept by an earlier run.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Whether anything can be kept at all.
    pub is_on: bool,
    /// What stands on disk, by the name it has there.
    written: BTreeMap<String, String>,
    /// What an earlier run left, until its form is opened.
    left: BTreeMap<EditKey, Left>,
    /// What was typed last, and when; it is not on disk yet.
    typing: Option<(String, Timestamp)>,
}

/// What an earlier run left of a form.
#[derive(Debug, Clone)]
struct Left {
    saved: Timestamp,
    typed: Typed,
}

/// A form as it is kept: every field that was changed, by its parameter's name.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Typed {
    title: String,
    fields: Vec<TypedField>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct TypedField {
    parameter: String,
    base: String,
    text: String,
}

/// Takes in what an earlier run left. What cannot be read stays where it is.
pub fn recalled(model: &mut Model, kept: Vec<KeptDraft>) {
    model.kept.is_on = true;
    for draft in kept {
        let Some(key) = key_of(&draft.key) else { continue };
        let Ok(typed) = serde_json::from_str::<Typed>(&draft.text) else { continue };
        model.kept.written.insert(draft.key, draft.text);
        model.kept.left.insert(key, Left { saved: draft.written, typed });
    }
}

/// The form that an earlier run left of a resource: laid over what is stored now, and when it was kept.
pub fn left(model: &mut Model, key: EditKey) -> Option<(Draft, Timestamp)> {
    let mut draft = save::blank(model, key)?;
    let left = model.kept.left.remove(&key)?;
    for typed in left.typed.fields {
        let name = FieldName::of_parameter(&typed.parameter);
        let field = draft.fields.iter_mut().find(|field| Some(field.name) == name);
        // What is stored by now was saved, whoever did it.
        if let Some(field) = field.filter(|field| field.text() != typed.text) {
            field.rebase(&typed.base);
            field.put(&typed.text);
        }
    }
    draft.opened_at = left.saved;
    draft.is_dirty().then_some((draft, left.saved))
}

/// What the forms of an earlier run are about that wait to be opened; safe to show.
pub fn waiting(model: &Model) -> Vec<String> {
    let titles = model.kept.left.values().map(|left| &left.typed.title);
    let subject = |title: &String| title.strip_prefix("Edit ").unwrap_or(title).to_owned();
    titles.map(subject).map(|title| remote_text::shown(&title).text()).collect()
}

/// Forgets what an earlier run left of a resource, if all of it is stored by now.
pub fn forget_saved(model: &mut Model, key: EditKey) {
    let Some(fresh) = save::blank(model, key) else { return };
    let is_stored = |typed: &TypedField| {
        let field = FieldName::of_parameter(&typed.parameter).and_then(|name| fresh.field(name));
        field.is_some_and(|field| field.text() == typed.text)
    };
    let left = model.kept.left.get(&key);
    if left.is_some_and(|left| left.typed.fields.iter().all(is_stored)) {
        model.kept.left.remove(&key);
    }
}

/// What a form is called on disk.
fn name(key: EditKey) -> String {
    match key {
        EditKey::Channel(channel) => format!("channel/{channel}"),
        EditKey::Membership(key) => format!("membership/{}/{}", key.user, key.channel),
        EditKey::NewChannel(service) => format!("new_channel/{service}"),
        EditKey::FlexChannel(channel) => format!("flex_channel/{channel}"),
        EditKey::NewFlexChannel => "new_flex_channel".to_owned(),
    }
}

/// The form that is called so.
fn key_of(name: &str) -> Option<EditKey> {
    let parts: Vec<&str> = name.split('/').collect();
    Some(match *parts.as_slice() {
        ["channel", channel] => EditKey::Channel(channel.parse().ok()?),
        ["membership", user, channel] => {
            let (user, channel) = (user.parse().ok()?, channel.parse().ok()?);
            EditKey::Membership(MembershipKey { user, channel })
        }
        ["new_channel", service] => EditKey::NewChannel(service.parse().ok()?),
        ["flex_channel", channel] => EditKey::FlexChannel(channel.parse().ok()?),
        ["new_flex_channel"] => EditKey::NewFlexChannel,
        _ => return None,
    })
}

/// When what was typed is to be kept, if it is not yet.
pub fn due(model: &Model) -> Option<Timestamp> {
    model.kept.typing.as_ref().map(|(_, since)| *since + PAUSE)
}

/// Keeps what is typed, if it is time to, and drops what is not needed any more.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    kept(model, false)
}

/// Keeps everything at once: there may be no other time.
pub fn flush(model: &mut Model) -> Vec<Effect> {
    kept(model, true)
}

fn kept(model: &mut Model, at_once: bool) -> Vec<Effect> {
    if !model.kept.is_on {
        return Vec::new();
    }
    let (wanted, open) = wanted(model);
    // What an earlier run left stays until its form was opened.
    let left: Vec<String> = model.kept.left.keys().map(|&key| name(key)).collect();
    let gone: Vec<String> = model
        .kept
        .written
        .keys()
        .filter(|key| !wanted.contains_key(*key) && !left.contains(key))
        .cloned()
        .collect();
    let mut orders = Vec::new();
    for key in gone {
        model.kept.written.remove(&key);
        orders.push(Effect::DropDraft { key });
    }
    let mut typing = None;
    for (key, text) in wanted {
        if model.kept.written.get(&key) == Some(&text) {
            continue;
        }
        if open.as_ref() == Some(&key) && !at_once {
            let since = match model.kept.typing.take() {
                Some((before, since)) if before == text => since,
                _ => model.now,
            };
            if model.now.duration_since(since) < PAUSE {
                typing = Some((text, since));
                continue;
            }
        }
        model.kept.written.insert(key.clone(), text.clone());
        orders.push(Effect::KeepDraft { key, text });
    }
    model.kept.typing = typing;
    orders
}

/// What is typed anywhere, by the name it has on disk; and which of it is being typed now.
fn wanted(model: &Model) -> (BTreeMap<String, String>, Option<String>) {
    let open = model.overlay.as_ref().and_then(Overlay::form);
    let sent = model.entities.edits().filter_map(|edit| match &edit.origin {
        Origin::Form(draft) => Some(draft.as_ref()),
        Origin::Key | Origin::Confirm(_) => None,
    });
    let mut texts = BTreeMap::new();
    for draft in model.drafts.values().chain(sent).chain(open) {
        let typed = if draft.is_dirty() { Some(draft) } else { draft.set_aside.as_deref() };
        // What takes a write back was not typed.
        let Some(typed) = typed.filter(|draft| draft.undoes.is_none()) else { continue };
        if let Some(text) = serialised(typed) {
            texts.insert(name(typed.key), text);
        }
    }
    let open = open.map(|draft| name(draft.key));
    (texts, open)
}

fn serialised(draft: &Draft) -> Option<String> {
    let fields = draft.fields.iter().filter(|field| field.is_dirty());
    let fields = fields.map(|field| TypedField {
        parameter: field.name.parameter().to_owned(),
        base: field.base().to_owned(),
        text: field.text(),
    });
    serde_json::to_string(&Typed { title: draft.title.clone(), fields: fields.collect() }).ok()
}
