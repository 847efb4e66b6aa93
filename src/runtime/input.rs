//! Terminal events as facts: one spelling for every key, releases left out.

mod source;

use std::{
    collections::VecDeque,
    future::{self, Future},
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use futures_util::{Stream, stream::PollFn};
use jiff::Timestamp;
use ratatui::layout::{Position, Size};

use self::source::Source;
use crate::{
    app::{
        mouse::{Pointed, Stroke},
        msg::Msg,
    },
    runtime::background::{Asked, Listener},
};

/// Where keys come from.
pub trait Input: Stream<Item = io::Result<Event>> + Unpin {
    /// Reads no more: from when this is done the terminal's keys are another program's.
    fn let_go(&mut self) -> impl Future<Output = ()> + Send;
    /// Reads again.
    fn take_up(&mut self);
}

/// Keys that come from no terminal have nothing to let go.
impl<F> Input for PollFn<F>
where
    Self: Stream<Item = io::Result<Event>> + Unpin,
{
    fn let_go(&mut self) -> impl Future<Output = ()> + Send {
        future::ready(())
    }

    fn take_up(&mut self) {}
}

/// The terminal's events.
#[derive(Debug, Default)]
pub struct TerminalInput {
    source: Option<Source>,
    waiting: VecDeque<Event>,
    /// Who waits for an answer of the terminal that is late.
    listener: Option<Listener>,
}

impl TerminalInput {
    /// Goes on after the terminal was asked something: what was typed meanwhile comes first.
    pub fn after(asked: Asked) -> Self {
        Self { waiting: asked.typed, listener: asked.listener, ..Self::default() }
    }

    /// Takes an event in; a late answer is none.
    fn hear(&mut self, event: Event) {
        let Some(listener) = &mut self.listener else { return self.waiting.push_back(event) };
        if listener.take(event, &mut self.waiting).is_some() {
            self.listener = None;
        }
    }
}

impl Stream for TerminalInput {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Poll::Ready(Some(Ok(event)));
            }
            let mut source = self.source.take().unwrap_or_else(Source::open);
            let polled = source.poll(context, |event| self.hear(event));
            self.source = Some(source);
            if let Err(error) = ready!(polled) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl Input for TerminalInput {
    async fn let_go(&mut self) {
        if let Some(source) = self.source.take() {
            source.close().await;
        }
    }

    fn take_up(&mut self) {
        let source = Source::open();
        // An error shows itself again to whoever waits for events.
        let _ = source.look(|event| self.hear(of_a_line(event)));
        self.source = Some(source);
    }
}

/// An event whose bytes came while the terminal made lines of them: it has written Enter as a line feed.
fn of_a_line(event: Event) -> Event {
    let line_feed = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL);
    match event {
        Event::Key(key) if key == line_feed => Event::Key(KeyEvent::from(KeyCode::Enter)),
        event => event,
    }
}

/// The fact an event that came at this moment stands for, if it is one.
pub fn fact(event: Event, when: Timestamp) -> Option<Msg> {
    match event {
        Event::Key(key) => normalised(key).map(Msg::Key),
        Event::Mouse(mouse) => {
            let at = Position::new(mouse.column, mouse.row);
            stroke(mouse.kind).map(|stroke| Msg::Pointed(Pointed { stroke, at, when }))
        }
        Event::Paste(text) => Some(Msg::Pasted(text)),
        Event::Resize(width, height) => Some(Msg::Resized(Size::new(width, height))),
        Event::FocusGained => Some(Msg::FocusGained),
        Event::FocusLost => Some(Msg::FocusLost),
    }
}

/// Rows, and columns, that a notch of the wheel stands for.
const NOTCH: i16 = 3;

fn stroke(kind: MouseEventKind) -> Option<Stroke> {
    Some(match kind {
        MouseEventKind::Down(MouseButton::Left) => Stroke::Pressed,
        MouseEventKind::Drag(MouseButton::Left) => Stroke::Dragged,
        MouseEventKind::Up(MouseButton::Left) => Stroke::Released,
        MouseEventKind::ScrollDown => Stroke::Wheel(NOTCH),
        MouseEventKind::ScrollUp => Stroke::Wheel(-NOTCH),
        MouseEventKind::ScrollRight => Stroke::Sideways(1),
        MouseEventKind::ScrollLeft => Stroke::Sideways(-1),
        MouseEventKind::Down(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Moved => return None,
    })
}

/// Adds a fact to those that wait. Turns of the wheel at one place are one, and of a drag only its end counts: a hand is
/// faster than a screen.
pub fn gather(facts: &mut Vec<Msg>, fact: Msg) {
    if let (Some(Msg::Pointed(last)), Msg::Pointed(next)) = (facts.last_mut(), &fact) {
        let joined = match (last.stroke, next.stroke) {
            (Stroke::Wheel(one), Stroke::Wheel(other)) if last.at == next.at => {
                Some(Stroke::Wheel(one.saturating_add(other)))
            }
            (Stroke::Dragged, Stroke::Dragged) => Some(Stroke::Dragged),
            _ => None,
        };
        if let Some(stroke) = joined {
            *last = Pointed { stroke, ..*next };
            return;
        }
    }
    facts.push(fact);
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
    use MouseEventKind::{Down, Drag, Moved, ScrollDown, ScrollUp, Up};
    use crossterm::event::MouseEvent;

    use super::*;

    const WHEN: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn shift_goes_and_releases_are_dropped() {
        let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        let plain = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::NONE);
        assert_eq!(fact(Event::Key(shifted), WHEN), Some(Msg::Key(plain)));
        let release = KeyEvent { kind: KeyEventKind::Release, ..plain };
        assert_eq!(fact(Event::Key(release), WHEN), None);
        assert_eq!(fact(Event::FocusLost, WHEN), Some(Msg::FocusLost));
    }

    #[test]
    fn turns_of_the_wheel_are_one_fact_and_so_is_a_drag() {
        let mut facts = Vec::new();
        let mut hear = |kind, column| {
            let modifiers = KeyModifiers::NONE;
            let event = Event::Mouse(MouseEvent { kind, column, row: 4, modifiers });
            if let Some(fact) = fact(event, WHEN) {
                gather(&mut facts, fact);
            }
        };
        for _ in 0..100 {
            hear(ScrollDown, 7);
        }
        hear(ScrollUp, 7);
        hear(ScrollUp, 8);
        hear(Moved, 8);
        hear(Down(MouseButton::Right), 8);
        hear(Down(MouseButton::Left), 8);
        for column in 9..20 {
            hear(Drag(MouseButton::Left), column);
        }
        hear(Up(MouseButton::Left), 20);
        let pointed =
            |stroke, x| Msg::Pointed(Pointed { stroke, at: Position::new(x, 4), when: WHEN });
        let expected = [
            pointed(Stroke::Wheel(99 * NOTCH), 7),
            pointed(Stroke::Wheel(-NOTCH), 8),
            pointed(Stroke::Pressed, 8),
            pointed(Stroke::Dragged, 19),
            pointed(Stroke::Released, 20),
        ];
        assert_eq!(facts, expected);
    }
}
