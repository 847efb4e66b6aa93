//! What the console makes of the journal: what was left in it, and what it cannot be told.

use crate::app::{effect::Effect, model::Model, msg::Remembered, notice::Tone};

/// The journal was opened, or cannot be.
pub fn opened(model: &mut Model, result: Result<Remembered, String>) -> Vec<Effect> {
    match result {
        Ok(remembered) => {
            if let Some(words) = remembered.set_aside {
                model.notices.say(model.now, Tone::Warn, words);
            }
        }
        Err(why) => {
            let text = format!("no journal, so nothing can be changed: {why}");
            model.notices.say(model.now, Tone::Bad, text.clone());
            model.no_journal = Some(text);
        }
    }
    Vec::new()
}

/// The end of a write could not be written down.
pub fn failed(model: &mut Model, why: &str) {
    let text = format!("the journal could not be told how a write ended: {why}");
    model.notices.say(model.now, Tone::Bad, text);
}
