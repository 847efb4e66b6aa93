//! Letting the practice account go wrong while it runs: by a handle of this process, not by a request.

use std::sync::PoisonError;

use super::Executor;
use crate::{
    app::msg::Msg,
    sandbox::{Faults, Switches},
};

impl Executor {
    /// The same, able to let this practice account go wrong.
    #[must_use]
    pub fn with_switches(self, switches: Switches) -> Self {
        *self.switches.lock().unwrap_or_else(PoisonError::into_inner) = Some(switches);
        self
    }

    pub(super) fn hurt(&self, faults: &str) {
        let switches = self.switches.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let told = match (switches, faults.parse::<Faults>()) {
            (_, Err(error)) => Err(error.to_string()),
            (None, _) => Err("this practice account cannot be hurt from here".to_owned()),
            (Some(switches), Ok(more)) => {
                let begins_anew = faults.split(',').any(|part| part.trim() == "none");
                if begins_anew {
                    switches.clear();
                }
                let showing = switches.merge(more).map(|showing| showing.to_string());
                showing.ok_or_else(|| "the practice account is gone".to_owned())
            }
        };
        // The console may have quit meanwhile.
        let _ = self.tx.send(Msg::Hurt(told));
    }
}
