//! Taking a write back: the inverse of what the journal holds, compared with what is there now, looked at, and saved as
//! any other change.

use crate::{
    app::{
        action::Action,
        confirm::{Confirm, Deed},
        effect::Effect,
        form::FieldName,
        journal::{self, Awaited, Told},
        merge::{Verdict, compare},
        model::{Model, Overlay},
        notice::{Problem, Tone},
        permit,
        place::Place,
        places::journal as place,
        save,
        ticket::{EditKey, Lane, Reply},
    },
    state::{Entry, Fields, Kept, Standing},
};

/// Takes back the entry under the cursor in the journal, elsewhere the last write.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    let pointed_at = match model.path.focus() {
        Place::Journal => model.lists.journal.cursor(),
        Place::JournalEntry(id) => Some(id),
        _ => {
            let ticket = model.tickets.issue(Lane::Undoable);
            return vec![Effect::FindUndoable { ticket }];
        }
    };
    let entry = pointed_at.and_then(|id| model.entities.journal_entry(id)).cloned();
    entry.map(|entry| begin(model, entry)).unwrap_or_default()
}

/// The last write came that was not taken back yet.
pub fn found(model: &mut Model, reply: Reply<Option<Box<Entry>>>) -> Vec<Effect> {
    match reply.result {
        Ok(Some(entry)) => begin(model, *entry),
        Ok(None) => {
            let key = model.key(Action::ViewJournal);
            let text =
                format!("there is nothing that could be taken back; {key} shows every write");
            model.notices.say(model.now, Tone::Info, text);
            Vec::new()
        }
        Err(problem) => {
            let text = format!("the journal could not be read: {}", problem.sentence());
            model.notices.say(model.now, Tone::Bad, text);
            Vec::new()
        }
    }
}

/// Why an entry cannot be taken back at all; `None` if it may be.
pub fn refusal(entry: &Entry) -> Option<&'static str> {
    match entry.standing {
        Standing::Done | Standing::SettledDone => {}
        Standing::Refused | Standing::Failed | Standing::SettledNotDone => {
            return Some("it was not done, so there is nothing to take back");
        }
        Standing::InFlight => return Some("its answer is still awaited"),
        Standing::Unknown | Standing::Unfinished => {
            return Some("nobody knows whether it was done; look at it first");
        }
    }
    match entry.record.kind.as_str() {
        "channel.update" | "membership.update" if entry.kept != Kept::Full => {
            Some("its values were wiped or are kept as digests only")
        }
        "membership.update" if readable(entry).is_empty() => {
            Some("the API does not tell what the last consumption was before")
        }
        "channel.update" | "membership.update" => None,
        "channel.create" if entry.made.is_some() => None,
        "channel.migrate" => Some("no call makes a channel public again"),
        "channel.delete" | "membership.delete" | "flex_channel.delete" => {
            Some("what was deleted cannot be had back; the entry keeps what it was")
        }
        "flex_channel.create" => {
            Some("a Flex channel that was made can only be deleted; 4 lists them")
        }
        _ => Some("it cannot be taken back"),
    }
}

fn begin(model: &mut Model, entry: Entry) -> Vec<Effect> {
    let what = journal::shown(&format!("{} of {}", place::deed(&entry), place::subject(&entry)));
    if let Some(reason) = refusal(&entry) {
        let more = if looks_elsewhere(model) { "; @ has the writes before it" } else { "" };
        let text = format!("not taken back: {what}: {reason}{more}");
        model.notices.say(model.now, Tone::Info, text);
        return Vec::new();
    }
    let Some((service, key)) = journal::resource(&entry) else {
        let text = format!("not taken back: {what}: its resource cannot be told");
        model.notices.say(model.now, Tone::Bad, text);
        return Vec::new();
    };
    if let Some(reason) = permit::of_writing(model, key) {
        model.notices.say(model.now, Tone::Info, format!("not taken back: {what}: {reason}"));
        return Vec::new();
    }
    let ticket = model.tickets.issue(Lane::Reread(key));
    let Some(order) = journal::reading(ticket, service, key) else { return Vec::new() };
    model.awaited.insert(ticket, Awaited::Undo(Box::new(entry)));
    vec![order]
}

/// Whether the write was not pointed at, but found as the last one.
fn looks_elsewhere(model: &Model) -> bool {
    !matches!(model.path.focus(), Place::Journal | Place::JournalEntry(_))
}

/// The resource came as it is now.
pub(super) fn read(model: &mut Model, key: EditKey, entry: &Entry, told: Result<Told, Problem>) {
    let what = journal::shown(&format!("{} of {}", place::deed(entry), place::subject(entry)));
    if let Err(problem) = told {
        let text = format!("not taken back: {what}: {}", problem.sentence());
        model.notices.say(model.now, Tone::Bad, text);
        return;
    }
    if model.overlay.is_some() || model.prompt.is_some() {
        let key = model.key(Action::Undo);
        let text = format!("not taken back: {what}: something else was opened; {key} once more");
        model.notices.say(model.now, Tone::Info, text);
        return;
    }
    if let ("channel.create", EditKey::Channel(channel)) = (entry.record.kind.as_str(), key) {
        let service = model.entities.confirmed_channel(channel).map(|it| it.service_sid);
        let Some(service) = service else { return };
        let question = Confirm::new(Deed::DeleteChannel(service, channel), model.webhooks);
        model.overlay = Some(Overlay::Confirm(Box::new(question)));
        return;
    }
    let Some(fresh) = save::blank(model, key) else { return };
    let mut draft = fresh.clone();
    draft.title = format!("Undo {what}");
    draft.undoes = Some(entry.id);
    let was = entry.record.was();
    let before =
        |name: &str| was.iter().find(|(it, _)| it == name).and_then(|(_, value)| value.clone());
    for (name, after) in readable(entry) {
        let (Some(of), Some(before)) = (FieldName::of_parameter(&name), before(&name)) else {
            continue;
        };
        if let Some(field) = draft.fields.iter_mut().find(|field| field.name == of) {
            field.rebase(after.as_deref().unwrap_or_default());
            field.put(&before);
        }
    }
    let compared = compare(&draft, &fresh);
    if compared.iter().all(|of| of.verdict == Verdict::Theirs || of.merged == of.theirs) {
        model.notices.say(model.now, Tone::Info, format!("{what}: it is as it was before already"));
        return;
    }
    if readable(entry).len() < entry.record.shall_be().len() {
        let text = "the last consumption stays: the API does not tell what it was before";
        model.notices.say(model.now, Tone::Warn, text);
    }
    save::review(model, Box::new(draft), compared);
}

/// The fields that were sent and of which a reading tells what they were.
fn readable(entry: &Entry) -> Fields {
    let mut fields = entry.record.shall_be();
    fields.retain(|(name, _)| name != FieldName::LastConsumptionTimestamp.parameter());
    fields
}

/// Whether the wish makes sense where the person is.
pub fn permit(model: &Model, action: Action) -> Option<&'static str> {
    let entry = match (action, model.path.focus()) {
        (Action::Undo, Place::Journal) => model.lists.journal.cursor(),
        (Action::Undo, Place::JournalEntry(id)) => Some(id),
        _ => return None,
    };
    entry.and_then(|id| refusal(model.entities.journal_entry(id)?))
}
