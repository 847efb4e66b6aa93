//! A walk through the practice account. It moves the console along, writes nothing, and is left at any key.

use crate::app::{
    act,
    action::Action,
    effect::Effect,
    keymap::{Context, first_press},
    model::{Model, Overlay, Session},
    notice::Tone,
};

/// One stop.
#[derive(Debug)]
pub struct Stop {
    /// What is looked at.
    pub title: &'static str,
    /// What there is to know of it; `{}` stands for a key.
    words: &'static str,
    /// What these keys are for, in their order.
    keys: &'static [Action],
    /// What leads to the next.
    then: Option<Action>,
}

impl Stop {
    /// What there is to know of it, with the keys in force.
    pub fn told(&self, model: &Model) -> String {
        let mut keys = self.keys.iter();
        let mut told = String::new();
        for (at, words) in self.words.split("{}").enumerate() {
            if at > 0 {
                told.push_str(&keys.next().map(|action| key(model, *action)).unwrap_or_default());
            }
            told.push_str(words);
        }
        told
    }
}

/// The key in force; of two that are pressed one after the other the first.
fn key(model: &Model, action: Action) -> String {
    let contexts = if action == Action::Save { vec![Context::Form] } else { model.ground() };
    let key = model.keymap.way_to(&contexts, action);
    if action == Action::CopySid { first_press(&key).to_owned() } else { key }
}

/// All stops, in their order.
pub const STOPS: &[Stop] = &[
    Stop {
        title: "Services",
        words: "An account has services, and each of them has channels and users. {} and {} move, {} goes in, {} comes \
                back.",
        keys: &[Action::Down, Action::Up, Action::Open, Action::Back],
        then: Some(Action::Open),
    },
    Stop {
        title: "Channels",
        words: "The title says how many are loaded; nothing is left out in silence. {} filters by words and fields, as \
                type:public members>50. {} sorts, {} marks.",
        keys: &[Action::Filter, Action::SortBy, Action::Mark],
        then: Some(Action::Open),
    },
    Stop {
        title: "A channel",
        words: "Its attributes are JSON and kept byte for byte. {} and {} walk through them, {} copies what the cursor \
                is on, {} shows them alone.",
        keys: &[Action::Down, Action::Up, Action::CopySid, Action::Inspect],
        then: None,
    },
    Stop {
        title: "Changing",
        words: "{} opens a form, {} your editor. Nothing is sent before {}. What others changed meanwhile stays or is \
                shown, and {} takes the last change back.",
        keys: &[Action::Edit, Action::EditOutside, Action::Save, Action::Undo],
        then: None,
    },
    Stop {
        title: "Many at once",
        words: "Marked or filtered channels are migrated, edited or deleted as one job: {} shows a plan, and nothing is \
                sent until the count is typed.",
        keys: &[Action::Migrate],
        then: None,
    },
    Stop {
        title: "Afterwards",
        words: "{} is the journal of every write, {} the jobs, {} all that was said. The header names the account, and \
                says PROD and read-only.",
        keys: &[Action::ViewJournal, Action::ViewJobs, Action::Messages],
        then: None,
    },
    Stop {
        title: "The rest",
        words: "{} lists the keys of where you are, {} does anything by its name, {} quits.",
        keys: &[Action::Help, Action::Command, Action::Quit],
        then: None,
    },
];

/// Why there is no walk here.
pub fn refusal(model: &Model) -> Option<&'static str> {
    let is_practice = match &model.session {
        Session::Open(account) => account.practice,
        Session::FirstRun { .. } => true,
    };
    (!is_practice).then_some("the tour goes through the practice account: switchboard --sandbox")
}

/// Begins at the first stop, which is of the services.
pub fn begin(model: &mut Model) {
    while model.path.leave() {}
    model.moved_at = None;
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
    // Who went back stands where that stop led to already.
    let depth = model.path.places().len();
    let leads = STOPS.get(at).and_then(|stop| stop.then);
    let leads = leads.filter(|_| forward && depth == at + 1);
    let rows = model.rows(model.path.focus());
    let is_empty = rows.is_some_and(|rows| rows.loaded() == 0 && rows.extent().is_loading());
    if leads.is_some() && is_empty {
        // The next stop would be told over this place.
        model.notices.say(
            model.now,
            Tone::Info,
            "still reading; it goes on when the rows are here",
        );
        return Vec::new();
    }
    model.overlay = Some(Overlay::Tour { at: next });
    leads.map(|action| act::act(model, action, "")).unwrap_or_default()
}
