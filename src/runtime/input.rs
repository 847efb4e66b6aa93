//! Terminal events as facts: one spelling for every key, releases left out.

use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use crossterm::event::{self, Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use futures_util::{Stream, StreamExt};
use ratatui::layout::Size;

use crate::app::msg::Msg;

/// The terminal's events. What arrived together comes out together: the library's own stream goes through a thread
/// for each event, so that a held key would cost a frame for every step.
#[derive(Debug, Default)]
pub struct TerminalInput {
    stream: EventStream,
    waiting: VecDeque<Event>,
}

/// Long enough for the library to look at what it has read already: with none it does not look at all.
const A_LOOK: Duration = Duration::from_micros(50);
const AT_MOST: usize = 1024;

impl Stream for TerminalInput {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(event) = self.waiting.pop_front() {
            return Poll::Ready(Some(Ok(event)));
        }
        let first = self.stream.poll_next_unpin(context);
        if matches!(first, Poll::Ready(Some(Ok(_)))) {
            while self.waiting.len() < AT_MOST && event::poll(A_LOOK)? {
                self.waiting.push_back(event::read()?);
            }
        }
        first
    }
}

/// The fact an event stands for, if it is one.
pub fn fact(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => normalised(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Pasted(text)),
        Event::Resize(width, height) => Some(Msg::Resized(Size::new(width, height))),
        Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

/// Terminals differ in whether a capital letter carries SHIFT, and some tell releases.
fn normalised(mut key: KeyEvent) -> Option<KeyEvent> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    key.kind = KeyEventKind::Press;
    if matches!(key.code, KeyCode::Char(_)) {
        key.modifiers.remove(KeyModifiers::SHIFT);
    }
    Some(KeyEvent::new(key.code, key.modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_goes_and_releases_are_dropped() {
        let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        let plain = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::NONE);
        assert_eq!(fact(Event::Key(shifted)), Some(Msg::Key(plain)));
        let release = KeyEvent { kind: KeyEventKind::Release, ..plain };
        assert_eq!(fact(Event::Key(release)), None);
        assert_eq!(fact(Event::FocusLost), None);
    }
}
