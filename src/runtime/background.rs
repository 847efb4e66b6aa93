//! Asking the terminal for the colour of its ground (OSC 11). The answer comes among the keys, and the library takes it
//! for keys; it is picked out here, and every other event stays, in its order.

use std::{
    collections::VecDeque,
    io::{self, Write},
    time::{Duration, Instant},
};

use crossterm::event::{self, Event, KeyCode, KeyModifiers};

use crate::view::theme::Rgb;

/// How long the terminal is waited for.
const PATIENCE: Duration = Duration::from_millis(100);
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";
const BEGIN: &str = "\x1b]11;rgb:";

/// Picks the answer out of the events that it comes among.
#[derive(Debug, Default)]
pub struct Listener {
    held: Vec<Event>,
    text: String,
}

/// What the terminal answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The colour, where it can be read.
    ground: Option<Rgb>,
}

/// How a text stands to the answer.
enum Fit {
    Never,
    Begun,
    /// It is one, with its colour where that can be read.
    Whole(Option<Rgb>),
}

/// What came of asking.
#[derive(Debug, Default)]
pub struct Asked {
    /// The colour, where it was told in time.
    pub ground: Option<Rgb>,
    /// What else came meanwhile: keys that were typed.
    pub typed: VecDeque<Event>,
    /// Who waits on, where nothing was told: the answer may come late, and is no typing then either.
    pub listener: Option<Listener>,
}

/// Asks. The terminal must be taken, and nobody else may read from it meanwhile.
///
/// # Errors
/// When the terminal cannot be written to or read from.
#[expect(clippy::disallowed_methods, reason = "how long the terminal is waited for, at the edge")]
pub fn ask() -> io::Result<Asked> {
    let mut out = io::stdout();
    out.write_all(QUESTION)?;
    out.flush()?;
    let until = Instant::now() + PATIENCE;
    let (mut listener, mut typed) = (Listener::default(), VecDeque::new());
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || !event::poll(left)? {
            return Ok(Asked { ground: None, typed, listener: Some(listener) });
        }
        if let Some(answer) = listener.take(event::read()?, &mut typed) {
            return Ok(Asked { ground: answer.ground, typed, listener: None });
        }
    }
}

impl Listener {
    /// Takes an event; what is no part of the answer goes on. Returns the answer when it is whole.
    pub(crate) fn take(&mut self, event: Event, on: &mut VecDeque<Event>) -> Option<Answer> {
        let letters = letters(&event);
        self.held.push(event);
        if let Some(letters) = letters {
            self.text.push_str(&letters);
            match fit(&self.text) {
                Fit::Begun => return None,
                Fit::Whole(ground) => {
                    self.held.clear();
                    self.text.clear();
                    return Some(Answer { ground });
                }
                Fit::Never => {}
            }
        }
        self.text.clear();
        let last = self.held.pop();
        let was_held = !self.held.is_empty();
        on.extend(self.held.drain(..));
        match last {
            // What ends the one can begin the other.
            Some(last) if was_held => self.take(last, on),
            last => {
                on.extend(last);
                None
            }
        }
    }
}

/// What the terminal sent for a key, as far as an answer could hold it.
fn letters(event: &Event) -> Option<String> {
    let Event::Key(key) = event else { return None };
    let KeyCode::Char(letter) = key.code else { return None };
    match key.modifiers.difference(KeyModifiers::SHIFT) {
        KeyModifiers::NONE => Some(letter.to_string()),
        KeyModifiers::ALT => Some(format!("\x1b{letter}")),
        KeyModifiers::CONTROL if letter == 'g' => Some("\x07".to_owned()),
        _ => None,
    }
}

fn fit(text: &str) -> Fit {
    let Some(rest) = text.strip_prefix(BEGIN) else {
        return if BEGIN.starts_with(text) { Fit::Begun } else { Fit::Never };
    };
    if let Some(colour) = rest.strip_suffix("\x1b\\").or_else(|| rest.strip_suffix('\x07')) {
        return Fit::Whole(colour_of(colour));
    }
    let fits = |letter: char| letter.is_ascii_hexdigit() || letter == '/';
    if rest.len() <= 14 && rest.chars().all(fits) { Fit::Begun } else { Fit::Never }
}

/// Reads `1e1e/1e1e/2e2e`, in one digit to four for each part.
fn colour_of(text: &str) -> Option<Rgb> {
    let part = |digits: &str| -> Option<u8> {
        let most =
            16_u32.pow(u32::try_from(digits.len()).ok().filter(|it| (1..=4).contains(it))?) - 1;
        let value = u32::from_str_radix(digits, 16).ok()?;
        u8::try_from(value * 255 / most).ok()
    };
    let mut parts = text.split('/').map(part);
    let rgb = Rgb(parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(rgb)
}

/// Whether the ground is light by `COLORFGBG`, which holds the numbers of text and ground: `15;0`, `0;default;15`.
pub fn is_light_by(hint: &str) -> Option<bool> {
    let ground: u8 = hint.rsplit(';').next()?.parse().ok()?;
    match ground {
        0..=6 | 8 => Some(false),
        7 | 9..=15 => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyEvent;

    use super::*;

    fn keys(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut letters = bytes.chars();
        while let Some(letter) = letters.next() {
            let (letter, modifiers) = match letter {
                '\x1b' => (letters.next().unwrap_or('\x1b'), KeyModifiers::ALT),
                '\x07' => ('g', KeyModifiers::CONTROL),
                letter => (letter, KeyModifiers::NONE),
            };
            events.push(Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers)));
        }
        events
    }

    fn heard(events: Vec<Event>) -> (Option<Answer>, Vec<Event>) {
        let (mut listener, mut on) = (Listener::default(), VecDeque::new());
        let mut answer = None;
        for event in events {
            answer = listener.take(event, &mut on).or(answer);
        }
        (answer, on.into())
    }

    #[test]
    fn the_answer_is_picked_out_and_typed_keys_stay() {
        let answers = [
            ("\x1b]11;rgb:1e1e/ffff/0000\x1b\\", Some(Rgb(0x1e, 0xff, 0))),
            ("\x1b]11;rgb:1E/FF/00\x07", Some(Rgb(0x1e, 0xff, 0))),
            ("\x1b]11;rgb:f/f/f\x07", Some(Rgb(255, 255, 255))),
            ("\x1b]11;rgb:ffff/ff\x07", None),
        ];
        for (answer, ground) in answers {
            let (told, on) = heard(keys(&format!("jj{answer}k")));
            assert_eq!(told, Some(Answer { ground }), "{answer:?}");
            assert_eq!(on, keys("jjk"), "{answer:?}");
        }
    }

    #[test]
    fn whatever_only_begins_like_it_is_typing() {
        for typed in ["\x1b]x", "\x1b]11;rgb:q", "\x1b]11;rgb:ffff/ffff/ffff/fx", "\x1b]1\x1bk"] {
            assert_eq!(heard(keys(typed)), (None, keys(typed)), "{typed:?}");
        }
        let (told, on) = heard(keys("\x1b]\x1b]11;rgb:0/0/0\x07"));
        assert_eq!((told, on), (Some(Answer { ground: Some(Rgb(0, 0, 0)) }), keys("\x1b]")));
        let (told, on) = heard([keys("\x1b]11"), vec![Event::Resize(80, 24)]].concat());
        assert_eq!((told, on.len()), (None, 4));
    }

    #[test]
    fn the_hint_of_the_environment_is_read() {
        let hints = ["15;0", "0;15", "0;default;15", "12;8", "default;default", ""];
        let told = hints.map(is_light_by);
        assert_eq!(told, [Some(false), Some(true), Some(true), Some(false), None, None]);
    }
}
