//! How often the screen is drawn: at once for a key, and for answers that come in a stream so often that they seem to
//! run. A list of a hundred pages would otherwise be painted two hundred times.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::msg::Msg;

/// How long a frame for answers stands before the next one.
const FRAME: Duration = Duration::from_millis(16);

/// When to draw what has changed.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// When a frame was last drawn for answers alone.
    shown: Option<Instant>,
    /// Whether nothing but answers came since the last frame.
    only_answers: bool,
}

impl Pace {
    /// These facts were taken in.
    pub(super) fn heard(&mut self, facts: &[Msg]) {
        let of_a_person = |fact: &Msg| {
            matches!(
                fact,
                Msg::Key(_)
                    | Msg::Pasted(_)
                    | Msg::Resized(_)
                    | Msg::EditorClosed { .. }
                    | Msg::Terminated
            )
        };
        let answered = facts.iter().any(|fact| !matches!(fact, Msg::Tick(_)));
        self.only_answers = (self.only_answers || answered) && !facts.iter().any(of_a_person);
    }

    /// How long the next frame has to wait.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        let since = self.shown.filter(|_| self.only_answers).map(|shown| now.duration_since(shown));
        since.map_or(Duration::ZERO, |since| FRAME.saturating_sub(since))
    }

    /// A frame was drawn.
    pub(super) fn drawn(&mut self, now: Instant) {
        if self.only_answers {
            self.shown = Some(now);
        }
        self.only_answers = false;
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent};

    use super::*;
    use crate::{api::Traffic, runtime};

    #[test]
    fn answers_wait_for_the_next_frame_and_keys_do_not() {
        let tick = || Msg::Tick(runtime::now());
        let answer = || Msg::Traffic(Traffic::Answered { status: 200, millis: 3 });
        let key = || Msg::Key(KeyEvent::from(KeyCode::Char('j')));
        let (mut pace, mut at) = (Pace::default(), Instant::now());
        assert!(pace.wait(at).is_zero(), "the first frame");
        pace.drawn(at);
        pace.heard(&[tick(), answer()]);
        assert!(pace.wait(at).is_zero(), "an answer alone");
        pace.drawn(at);
        pace.heard(&[tick(), answer()]);
        assert_eq!(pace.wait(at), FRAME, "another one right behind it");
        pace.heard(&[tick()]);
        assert_eq!(pace.wait(at), FRAME);
        at += FRAME;
        assert!(pace.wait(at).is_zero());
        pace.drawn(at);
        pace.heard(&[tick(), answer(), key(), answer()]);
        assert!(pace.wait(at).is_zero(), "a key shows at once");
        pace.drawn(at);
        pace.heard(&[tick()]);
        assert!(pace.wait(at).is_zero(), "so does the time");
    }
}
