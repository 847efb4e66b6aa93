//! What a resource turned out to be just before a write to it: whether the write can go as it is, goes together with
//! what others changed, has to be looked at first, or is not needed any more.

use super::{
    blank,
    outcome::{confirmed, refused},
    review, send,
    written::Written,
};
use crate::api::client::Deleted;
use crate::app::{
    effect::Effect,
    entities::{Edit, Origin, Sent},
    form::Draft,
    merge::{Side, Verdict, compare},
    model::Model,
    notice::{Problem, ProblemKind, Tone},
    ticket::EditKey,
};

/// A resource was read before a write to it; `mark` is newer than that reading.
pub(super) fn checked<T: Written>(
    model: &mut Model,
    key: EditKey,
    edit: Edit,
    result: Result<T, Problem>,
    mark: u64,
) -> Vec<Effect> {
    let value = match result {
        Ok(value) => value,
        Err(problem) if problem.kind == ProblemKind::Gone && edit.sent == Sent::Deletion => {
            return confirmed(model, key, edit, &Deleted::AlreadyGone, mark);
        }
        Err(problem) => {
            let why = match problem.kind {
                ProblemKind::Gone => problem.why.clone(),
                _ => format!("it could not be read before the change: {}", problem.why),
            };
            refused(model, key, edit, Problem { why, ..problem });
            return Vec::new();
        }
    };
    value.put(&mut model.entities, key, mark);
    let Edit { origin, .. } = edit;
    let edit = |origin| Edit { origin, ..edit };
    match origin {
        Origin::Form(draft) => form(model, key, draft, edit),
        origin => {
            let edit = edit(origin);
            if edit.sent != Sent::Deletion && value.differing(&edit.sent).is_empty() {
                let label = &edit.label;
                let text = if matches!(edit.sent, Sent::Migration(Some(_))) {
                    format!(
                        "{label} is private already; nothing was sent, no messaging service was named"
                    )
                } else {
                    format!("{label}: the server has that already; nothing was sent")
                };
                model.notices.say(model.now, Tone::Info, text);
                return Vec::new();
            }
            send::go_on(model, key, edit, false)
        }
    }
}

fn form(
    model: &mut Model,
    key: EditKey,
    draft: Box<Draft>,
    edit: impl FnOnce(Origin) -> Edit,
) -> Vec<Effect> {
    let Some(fresh) = blank(model, key) else {
        return send::go_on(model, key, edit(Origin::Form(draft)), false);
    };
    let compared = compare(&draft, &fresh);
    let collides = compared.iter().any(|of| of.verdict == Verdict::Collides);
    if collides || (model.review_always && !draft.reviewed) {
        review::show(model, draft, compared);
        return Vec::new();
    }
    let merged = compared.iter().any(|of| of.verdict == Verdict::Both && of.merged != of.theirs);
    let draft = Box::new(draft.rebased(&compared, Side::Merged));
    let Some(sent) = draft.sent().filter(|_| draft.is_dirty()) else {
        let label = edit(Origin::Key).label;
        let text = format!("{label}: the server has that already; nothing was sent");
        model.notices.say(model.now, Tone::Info, text);
        return Vec::new();
    };
    let edit = Edit { sent, ..edit(Origin::Form(draft)) };
    send::go_on(model, key, edit, merged)
}
