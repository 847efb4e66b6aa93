//! The last look before a write, and the four ways out of it: together, mine, theirs, back to the form.

use jiff::SignedDuration;

use crate::app::{
    action::Action,
    effect::Effect,
    form::Draft,
    merge::{Compared, Side, compare},
    model::{Model, Overlay},
    notice::Tone,
    review::Review,
};

/// How long it takes to see that something else lies on the screen now.
const SEEN: SignedDuration = SignedDuration::from_millis(400);

/// Shows what would be written beside what was changed elsewhere; if the person is busy elsewhere, it waits for them.
pub(super) fn show(model: &mut Model, draft: Box<Draft>, compared: Vec<Compared>) {
    let review = Review { draft, compared, read_at: model.now, top: 0 };
    let was_closing = std::mem::take(&mut model.closing);
    if model.overlay.is_none() && model.prompt.is_none() && !was_closing {
        model.overlay = Some(Overlay::Review(Box::new(review)));
        return;
    }
    let draft = *review.draft;
    if draft.undoes.is_some() {
        let again = format!("{} looks again", model.key(Action::Undo));
        let text = format!("not done: {}: it was changed elsewhere too; {again}", draft.title);
        model.notices.say(model.now, Tone::Warn, text);
        return;
    }
    let shows = format!("{} shows it", model.key(Action::Edit));
    let text = format!("not saved: {}: it was changed elsewhere too; {shows}", draft.title);
    model.notices.say(model.now, Tone::Warn, text);
    model.drafts.insert(draft.key, Draft { changed_elsewhere: true, ..draft });
}

fn taken(model: &mut Model) -> Option<Review> {
    match model.overlay.take() {
        Some(Overlay::Review(review)) => Some(*review),
        other => {
            model.overlay = other;
            None
        }
    }
}

/// Whether a review that nobody asked for has only just come up: then a key was meant for what it covers.
pub(super) fn is_unseen(model: &Model) -> bool {
    matches!(&model.overlay, Some(Overlay::Review(review))
        if review.draft.undoes.is_none() && model.now.duration_since(review.read_at) < SEEN)
}

/// Saves what was typed: together with what was changed elsewhere, or over it in the same fields.
pub(super) fn save(model: &mut Model, side: Side) -> Vec<Effect> {
    let Some(review) = taken(model) else { return Vec::new() };
    let draft = review.draft.rebased(&review.compared, side);
    model.overlay = Some(Overlay::Form(Box::new(Draft { reviewed: true, ..draft })));
    super::save(model)
}

/// Leaves the server as it is. What was typed waits behind the form, for F5.
pub(super) fn take_theirs(model: &mut Model) {
    let Some(review) = taken(model) else { return };
    let key = review.draft.key;
    if let Some(fresh) = super::blank(model, key) {
        model
            .drafts
            .insert(key, Draft { set_aside: Some(review.draft), keeps_aside: true, ..fresh });
    } else {
        model.drafts.insert(key, *review.draft);
    }
    let [edit, revert] = [Action::Edit, Action::Revert].map(|action| model.key(action));
    let text = format!("nothing was sent; {edit} and then {revert} bring back what was typed");
    model.notices.say(model.now, Tone::Info, text);
}

/// Shows what saving the open form would change of what is stored now. Nothing is sent.
pub fn look(model: &mut Model) {
    let Some(Overlay::Form(draft)) = model.overlay.take() else { return };
    let fresh = super::blank(model, draft.key).filter(|_| !draft.is_new());
    let compared = fresh.map(|fresh| compare(&draft, &fresh)).unwrap_or_default();
    if compared.iter().any(|of| of.merged != of.theirs) {
        let review = Review { draft, compared, read_at: model.now, top: 0 };
        model.overlay = Some(Overlay::Review(Box::new(review)));
        return;
    }
    let words = if draft.is_new() {
        "it does not exist yet; all of it would be new"
    } else {
        "nothing was typed that differs from what is stored"
    };
    model.notices.say(model.now, Tone::Info, words);
    model.overlay = Some(Overlay::Form(draft));
}

/// Back to the form, with what was typed.
pub fn back_to_form(model: &mut Model, review: Review) {
    if review.draft.undoes.is_some() {
        model.notices.say(model.now, Tone::Info, "not taken back");
        return;
    }
    let draft = Draft { changed_elsewhere: review.has_theirs(), ..*review.draft };
    model.overlay = Some(Overlay::Form(Box::new(draft)));
}
