//! How often the screen is drawn: at once for a key, and for answers that come in a stream so often that they seem to
//! run. A list of a hundred pages would otherwise be painted two hundred times.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::msg::Msg;

/// How long a frame for answers stands before the next one, in the long run.
const FRAME: Duration = Duration::from_millis(33);
/// So many may follow each other at once: what a key asks for often comes in pieces.
const AT_ONCE: u32 = 3;

/// When to draw what has changed.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Until when the frames that were drawn for answers stand, had each waited for the one before it.
    spent: Option<Instant>,
    answered: bool,
    /// When to draw what came since the last frame; nothing means at once.
    due: Option<Instant>,
}

impl Pace {
    /// These facts were taken in.
    pub(super) fn heard(&mut self, facts: &[Msg], now: Instant) {
        for fact in facts {
            let due = match fact {
                Msg::Tick(_) => continue,
                Msg::Key(_)
                | Msg::Pointed(_)
                | Msg::Pasted(_)
                | Msg::Resized(_)
                | Msg::EditorClosed { .. }
                | Msg::Terminated => now,
                // The answer itself is right behind it.
                Msg::Traffic(_) => now + FRAME,
                _ => {
                    self.answered = true;
                    let due = self.spent.and_then(|spent| spent.checked_sub(FRAME * (AT_ONCE - 1)));
                    due.map_or(now, |due| due.max(now))
                }
            };
            self.due = Some(self.due.map_or(due, |sooner| sooner.min(due)));
        }
    }

    /// How long the next frame has to wait.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        self.due.map_or(Duration::ZERO, |due| due.saturating_duration_since(now))
    }

    /// A frame was drawn.
    pub(super) fn drawn(&mut self, now: Instant) {
        if std::mem::take(&mut self.answered) {
            self.spent = Some(self.spent.map_or(now, |spent| spent.max(now)) + FRAME);
        }
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent};

    use super::*;
    use crate::{api::Traffic, app::notice::Problem, app::ticket, runtime};

    #[test]
    fn answers_wait_for_the_next_frame_and_keys_do_not() {
        let tick = || Msg::Tick(runtime::now());
        let traffic = || Msg::Traffic(Traffic::Answered { status: 200, millis: 3 });
        let ticket = ticket::Tickets::default().issue(ticket::Lane::Recall);
        let reply = ticket::Reply { ticket, result: Err(Problem::bug("no")) };
        let answer = || Msg::ServicesArrived(reply.clone());
        let key = || Msg::Key(KeyEvent::from(KeyCode::Char('j')));
        let (mut pace, mut at) = (Pace::default(), Instant::now());
        assert!(pace.wait(at).is_zero(), "the first frame");
        pace.drawn(at);
        pace.heard(&[tick(), traffic()], at);
        assert_eq!(pace.wait(at), FRAME, "what is on the wire is shown with its answer");
        pace.heard(&[tick(), answer()], at);
        assert!(pace.wait(at).is_zero(), "which is shown at once");
        pace.drawn(at);
        for _ in 1..AT_ONCE {
            pace.heard(&[tick(), answer()], at);
            assert!(pace.wait(at).is_zero(), "so is one more right behind it");
            pace.drawn(at);
        }
        pace.heard(&[tick(), answer()], at);
        for _ in 0..10 {
            assert_eq!(pace.wait(at), FRAME, "but not a stream of them");
            pace.heard(&[tick()], at);
            assert_eq!(pace.wait(at), FRAME);
            at += FRAME;
            assert!(pace.wait(at).is_zero());
            pace.drawn(at);
            pace.heard(&[tick(), answer()], at);
        }
        pace.heard(&[tick(), answer(), key(), answer()], at);
        assert!(pace.wait(at).is_zero(), "a key shows at once");
        pace.drawn(at);
        pace.heard(&[tick()], at);
        assert!(pace.wait(at).is_zero(), "so does the time");
    }
}
