//! Going to what was pasted: a sid, or the URL of the API or of the vendor's console.

use crate::app::{
    address,
    effect::Effect,
    goto,
    model::{Model, Overlay, Session},
    notice::Tone,
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
        let words = "nothing here takes text; / filters, e edits, and a sid leads to what it names";
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
