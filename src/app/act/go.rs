//! Going to what was pasted: a sid, or the URL of the API or of the vendor's console.

use crate::app::{
    act::walk,
    action::Action,
    address,
    effect::Effect,
    goto,
    list::Ask,
    model::{Model, Overlay, Session},
    notice::Tone,
    place::Place,
    places,
};

/// Text was pasted where nothing takes text: an address is offered to be gone to.
pub(in crate::app) fn offer(model: &mut Model, text: &str) {
    let is_open = matches!(model.session, Session::Open(_)) && model.overlay.is_none();
    let here = model.service_at(model.path.focus());
    // An address is short; of anything else nobody wants to know which sids are in it.
    let found = (is_open && text.len() <= LONGEST).then(|| address::places_beside(text, here));
    if let Some(Ok(places)) = found {
        model.prefix = None;
        model.overlay = Some(Overlay::Offer { places });
    } else {
        let [filter, edit] = [Action::Filter, Action::Edit].map(|action| model.key(action));
        let keys = format!("{filter} filters, {edit} edits");
        let words = format!("nothing here takes text; {keys}, and a sid leads to what it names");
        model.notices.say(model.now, Tone::Info, words);
    }
}

/// The longest URL of the vendor's console takes half of this.
const LONGEST: usize = 1024;

/// Goes where the offer leads.
pub(super) fn go_there(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Offer { places }) = model.overlay.take() else { return Vec::new() };
    goto::go(model, places)
}

/// Goes back to a place of the path, told by its number there.
pub(in crate::app) fn back_to(model: &mut Model, nth: usize) {
    model.opening = None;
    while model.path.places().len() > nth + 1 {
        walk::back(model);
    }
    model.moved_at = None;
}

/// Goes to a place whose pane is on the screen: one of the path, or one that a cursor leads to.
pub(in crate::app) fn into(model: &mut Model, place: Place) -> Vec<Effect> {
    if let Some(nth) = model.path.places().iter().rposition(|&it| it == place) {
        back_to(model, nth);
        return Vec::new();
    }
    let Some(nth) = model.previews.iter().position(|&it| it == place) else { return Vec::new() };
    let ways: Vec<Place> = model.previews.iter().take(nth + 1).copied().collect();
    (model.opening, model.moved_at) = (None, None);
    let mut effects = Vec::new();
    for way in ways {
        model.path.enter(way);
        // What the list knows of it may be old.
        if matches!(way, Place::Channel(..) | Place::FlexChannel(_) | Place::Job(_)) {
            effects.extend(places::ask(model, way, Ask::First));
        }
    }
    effects
}
