//! The sheets of text that are laid over the screen, help and messages: what they say, line by line. The core asks how
//! far they scroll, the view how they look.

use std::collections::HashSet;

use ratatui::layout::{Rect, Size};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::{
    app::{
        action::Action,
        command::{COMMANDS, Command, Does},
        keymap::{self, Context},
        layout,
        model::{Model, Overlay, Session},
        notice::Notice,
        palette::Run,
        permit,
    },
    config::Fact,
};

/// One line of a sheet. Only the first line of an entry bears its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<H> {
    /// What the entry is about.
    pub head: Option<H>,
    /// The words that fit.
    pub words: String,
}

/// Keys, and whether this account lets them do anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// As people read them.
    pub keys: String,
    /// Whether they change nothing, or changing is allowed.
    pub is_live: bool,
}

/// Cells that the name of a part takes in what is known of the account, with the blanks around it.
pub const PART: usize = 14;
/// Cells that the keys take in help, with the blanks around them.
pub const KEYS: usize = 20;
/// Cells that sign and time take in messages.
pub const STAMP: usize = 12;
const WIDEST: u16 = 100;

/// Where a sheet of so many lines lies.
pub fn area(size: Size, lines: usize) -> Rect {
    layout::centred(size, size.width.min(WIDEST), u16::try_from(lines + 2).unwrap_or(u16::MAX))
}

/// How wide the lines of a sheet are.
pub fn width(size: Size) -> usize {
    usize::from(size.width.min(WIDEST).saturating_sub(2))
}

fn room_for_words(size: Size, head: usize) -> usize {
    width(size).saturating_sub(head)
}

/// One entry of help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its keys.
    pub keys: Keys,
    /// What they do.
    pub words: String,
    /// What Enter does; nothing where it is only told.
    pub run: Option<Run>,
    /// The command line that means it.
    pub line: String,
    /// The key that means it, for what comes in degrees.
    pub pressed: String,
}

/// The keys of these contexts that hold what was typed, each told where it is first met.
pub fn told(model: &Model, contexts: &[Context], typed: &str) -> Vec<Told> {
    let mut all: Vec<Told> = read_only(model).into_iter().collect();
    let mut met = HashSet::new();
    for context in contexts {
        for row in model.keymap.within(&[*context]) {
            let keys = row.keys.iter().map(String::as_str).filter(|key| met.insert(*key));
            let keys: Vec<&str> = keys.map(keymap::spelled).collect();
            let head = match keys.as_slice() {
                [] => continue,
                [first, .., last] if keys.len() > 4 => format!("{first} … {last}"),
                _ => keys.join(" "),
            };
            all.push(Told {
                keys: Keys { keys: head, is_live: is_live(model, row.action) },
                words: row.help.to_owned(),
                run: Some(Run::Wish(row.action)),
                line: keymap::name(row.action),
                pressed: row.keys.first().cloned().unwrap_or_default(),
            });
        }
    }
    if contexts.iter().any(|context| matches!(context, Context::Global | Context::Command)) {
        all.extend(COMMANDS.iter().map(|command| of_command(model, command)));
    }
    let words = typed.to_lowercase();
    let holds = |told: &Told| {
        let text = format!("{} {} {}", told.keys.keys, told.words, told.line).to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    };
    all.retain(holds);
    all
}

fn is_live(model: &Model, action: Action) -> bool {
    permit::read_only(model).is_none() || !permit::changes(action)
}

/// That nothing can be changed, and why.
fn read_only(model: &Model) -> Option<Told> {
    let why = permit::read_only(model)?;
    let why = why.trim_start_matches("read-only: ");
    Some(Told {
        keys: Keys { keys: "read-only".to_owned(), is_live: true },
        words: format!("{why}; what is dim does nothing"),
        run: None,
        line: String::new(),
        pressed: String::new(),
    })
}

fn of_command(model: &Model, command: &Command) -> Told {
    let names: Vec<String> = command.names.iter().map(|name| format!(":{name}")).collect();
    let words = match command.argument {
        "" => command.help.to_owned(),
        argument => format!("{argument}: {}", command.help),
    };
    let is_live = match command.does {
        Does::Wish(action) => is_live(model, action),
        Does::Delete => is_live(model, Action::Delete),
        _ => true,
    };
    let run = match command.does {
        Does::Wish(action) => Run::Wish(action),
        _ => Run::Fill,
    };
    Told {
        keys: Keys { keys: names.join(" "), is_live },
        words,
        run: Some(run),
        line: command.name().to_owned(),
        pressed: String::new(),
    }
}

/// The lines of these entries.
pub fn of_told(model: &Model, told: &[Told]) -> Vec<Line<Keys>> {
    let width = room_for_words(model.size, KEYS);
    told.iter().flat_map(|told| entry(told.keys.clone(), &told.words, width)).collect()
}

/// What is known of the account, part by part.
pub fn info(model: &Model) -> Vec<Line<Fact>> {
    let Session::Open(account) = &model.session else { return Vec::new() };
    let width = room_for_words(model.size, PART);
    let told = |fact: &Fact| {
        let by = if fact.by.is_empty() { String::new() } else { format!("  ({})", fact.by) };
        entry(fact.clone(), &format!("{}{by}", fact.value), width).collect::<Vec<_>>()
    };
    account.facts.iter().flat_map(told).collect()
}

/// All that was said, the newest first.
pub fn messages(model: &Model) -> Vec<Line<&Notice>> {
    let width = room_for_words(model.size, STAMP);
    model.notices.log().flat_map(|notice| entry(notice, &notice.text, width)).collect()
}

fn entry<H>(head: H, words: &str, width: usize) -> impl Iterator<Item = Line<H>> {
    let mut head = Some(head);
    wrapped(words, width).into_iter().map(move |words| Line { head: head.take(), words })
}

/// The furthest that the sheet on the screen can be scrolled.
pub fn end(model: &Model) -> usize {
    let lines = match &model.overlay {
        Some(Overlay::Messages { .. }) => messages(model).len(),
        Some(Overlay::Review(review)) => return review.end(model.size),
        Some(Overlay::Info { .. }) => info(model).len(),
        Some(
            Overlay::Form(_)
            | Overlay::Help { .. }
            | Overlay::Menu { .. }
            | Overlay::Confirm(_)
            | Overlay::Quit
            | Overlay::Plan(_)
            | Overlay::Leaving { .. }
            | Overlay::Switch { .. }
            | Overlay::Profiles { .. }
            | Overlay::Offer { .. }
            | Overlay::SignIn(_)
            | Overlay::Tour { .. }
            | Overlay::Sort { .. },
        )
        | None => 0,
    };
    lines.saturating_sub(usize::from(layout::inside(area(model.size, lines)).height))
}

/// Words on lines of so many cells; a word that is longer than a line is broken at graphemes.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = vec![String::new()];
    let mut left = width;
    for word in words.split(' ') {
        let cells: usize = word.graphemes(true).map(UnicodeWidthStr::width).sum();
        let is_first = lines.last().is_none_or(String::is_empty);
        if !is_first && cells < left {
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
            left -= 1;
        } else if !is_first {
            lines.push(String::new());
            left = width;
        }
        for grapheme in word.graphemes(true) {
            if grapheme.width() > left {
                lines.push(String::new());
                left = width;
            }
            left = left.saturating_sub(grapheme.width());
            lines.last_mut().into_iter().for_each(|line| line.push_str(grapheme));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_at_blanks_and_long_ones_at_graphemes() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 80), ["one two three"]);
        assert_eq!(wrapped("unbreakable 日本語", 5), ["unbre", "akabl", "e", "日本", "語"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
