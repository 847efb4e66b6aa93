//! The menu of `x`: what can be done to the row under the cursor, or to the rows that are marked, with the keys.

use crate::api::remote_text::shown;
use crate::app::{
    act::commands,
    action::Action,
    copy::{self, What},
    effect::Effect,
    list::Rows,
    model::{Model, Overlay},
    notice::Tone,
    palette::{self, Row, Run},
    place::Place,
};

/// What is about one row, in the order of the menu.
const OF_ROW: &[Action] = &[
    Action::Open,
    Action::Inspect,
    Action::ViewMembers,
    Action::ViewMessages,
    Action::ViewInvites,
    Action::Edit,
    Action::EditOutside,
    Action::Mute,
    Action::MuteAll,
    Action::UnmuteAll,
    Action::Migrate,
    Action::PauseJob,
    Action::RetryFailures,
    Action::ExportTable,
    Action::Mark,
    Action::CopySid,
    Action::CopyName,
    Action::CopyUniqueName,
    Action::CopyAttributes,
];

/// What is about all rows that are marked.
const OF_MARKS: &[Action] = &[
    Action::Mute,
    Action::Migrate,
    Action::CopySid,
    Action::CopyName,
    Action::CopyUniqueName,
    Action::CopyAttributes,
    Action::CopyRow,
];

/// What the menu is about; safe to show.
pub fn title(model: &Model) -> String {
    match marked(model) {
        0 => copy::one(model, model.path.focus(), What::Name)
            .map_or_else(|| "here".to_owned(), |name| shown(&name).text()),
        marked => format!("{marked} marked"),
    }
}

fn marked(model: &Model) -> usize {
    model.rows(model.path.focus()).map_or(0, Rows::marked)
}

/// What can be done.
pub fn rows(model: &Model) -> Vec<Row> {
    let focus = model.path.focus();
    let marks = marked(model) > 0;
    let mut wanted: Vec<Action> = if marks { OF_MARKS } else { OF_ROW }.to_vec();
    if matches!(focus, Place::Journal | Place::JournalEntry(_)) {
        wanted.insert(1, Action::Undo);
    }
    let all = palette::all(model);
    let is_done = |row: &Row, action: Action| row.run == Run::Wish(action) && row.why_not.is_none();
    let mut rows: Vec<Row> = wanted
        .iter()
        .filter_map(|action| all.iter().find(|row| is_done(row, *action)).cloned())
        .collect();
    // What deletes has no key, and stands apart from those that have.
    let commands: &[&str] =
        if matches!(focus, Place::Channels(_)) { &["set", "delete"] } else { &["delete"] };
    let of_commands = commands.iter().filter_map(|name| {
        all.iter().find(|row| row.name == *name && row.why_not.is_none()).cloned()
    });
    rows.extend(of_commands);
    rows
}

/// Opens the menu.
pub fn open(model: &mut Model) {
    if rows(model).is_empty() {
        model.notices.say(model.now, Tone::Info, "there is nothing here to do something with");
        return;
    }
    model.overlay = Some(Overlay::Menu { at: 0 });
}

/// Moves the choice.
pub fn step(model: &mut Model, by: isize) {
    let last = rows(model).len().saturating_sub(1);
    if let Some(Overlay::Menu { at }) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
}

/// Does what is chosen.
pub fn run(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Menu { at }) = model.overlay else { return Vec::new() };
    let chosen = rows(model).into_iter().nth(at);
    model.overlay = None;
    chosen.map(|row| commands::run_apart(model, &row.line, row.run)).unwrap_or_default()
}
