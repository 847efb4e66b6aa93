//! A walk through the practice account. It moves the console along, writes nothing, and is left at any key.

use crate::app::{
    act,
    action::Action,
    effect::Effect,
    model::{Model, Overlay, Session},
};

/// One stop.
#[derive(Debug)]
pub struct Stop {
    /// What is looked at.
    pub title: &'static str,
    /// What there is to know of it.
    pub words: &'static str,
    /// What leads to the next.
    then: Option<Action>,
}

const fn stop(title: &'static str, words: &'static str, then: Option<Action>) -> Stop {
    Stop { title, words, then }
}

/// All stops, in their order.
pub const STOPS: &[Stop] = &[
    stop(
        "Services",
        "An account has services, and each of them has channels and users. j and k move, Enter goes in, h comes back.",
        Some(Action::Open),
    ),
    stop(
        "Channels",
        "The title says how many are loaded; nothing is left out in silence. / filters by words and fields, as type:public \
         members>50. s sorts, Space marks.",
        Some(Action::Open),
    ),
    stop(
        "A channel",
        "Its attributes are JSON and kept byte for byte. j and k walk through them, y copies what the cursor is on, i shows \
         them alone.",
        None,
    ),
    stop(
        "Changing",
        "e opens a form, E your editor. Nothing is sent before ^s. What others changed meanwhile stays or is shown, and u \
         takes the last change back.",
        None,
    ),
    stop(
        "Many at once",
        "Marked or filtered channels are migrated, edited or deleted as one job: M shows a plan, and nothing is sent until the \
         count is typed.",
        None,
    ),
    stop(
        "Afterwards",
        "@ is the journal of every write, 5 the jobs, ! all that was said. The header names the account, and says PROD and \
         read-only.",
        None,
    ),
    stop(
        "The rest",
        "? lists the keys of where you are, : does anything by its name, q quits.",
        None,
    ),
];

/// Why there is no walk here.
pub fn refusal(model: &Model) -> Option<&'static str> {
    let is_practice = match &model.session {
        Session::Open(account) => account.practice,
        Session::FirstRun { .. } => true,
    };
    (!is_practice).then_some("the tour goes through the practice account: switchboard --sandbox")
}

/// Begins at the first stop.
pub fn begin(model: &mut Model) {
    model.overlay = Some(Overlay::Tour { at: 0 });
}

/// Goes on to the next stop, or back to the one before.
pub fn go(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(Overlay::Tour { at }) = model.overlay else { return Vec::new() };
    let next = if forward { at + 1 } else { at.saturating_sub(1) };
    if next >= STOPS.len() {
        model.overlay = None;
        return Vec::new();
    }
    model.overlay = Some(Overlay::Tour { at: next });
    let leads = STOPS.get(at).and_then(|stop| stop.then).filter(|_| forward);
    // Who went back stands where that stop led to already.
    let depth = model.path.places().len();
    leads.filter(|_| depth == at + 1).map(|action| act::act(model, action, "")).unwrap_or_default()
}
