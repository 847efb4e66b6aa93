//! Stepping aside: a text is written where the shell writes, and the console waits there for a key. The terminal's own
//! mouse can mark it, and it stays to be scrolled back to. Answers wait meanwhile.

use std::io;

use crossterm::event::Event;
use futures_util::StreamExt;

use super::{Console, Input, Screen, input, now};
use crate::app::msg::Msg;

/// Stands below the text.
const WAY_BACK: &str = "-- any key goes back to Switchboard --";

impl<B: Screen> Console<B> {
    /// Writes a text outside the panes and waits for a key. What happened meanwhile is to be taken in.
    pub(super) async fn print_below(
        &mut self,
        text: &str,
        input: &mut impl Input,
    ) -> io::Result<Vec<Msg>> {
        self.surface.backend_mut().step_aside(&format!("{}\n{WAY_BACK}", text.trim_end()))?;
        let terminated = loop {
            let event = tokio::select! {
                biased;
                () = self.signals.next() => break true,
                event = input.next() => event,
            };
            match event {
                Some(Ok(event @ Event::Key(_))) if input::fact(event.clone(), now()).is_some() => {
                    break false;
                }
                Some(Ok(_)) => {}
                // The terminal is gone.
                Some(Err(_)) | None => break true,
            }
        };
        if terminated {
            return Ok(vec![Msg::Terminated]);
        }
        self.surface.backend_mut().step_back()?;
        let size = self.surface.clear()?;
        Ok(vec![Msg::Tick(now()), Msg::Resized(size)])
    }
}
