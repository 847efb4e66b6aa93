//! Credentials being typed: tried before they are kept, and never shown.

use std::fmt;

use crossterm::event::KeyEvent;

use crate::app::{
    account::Choice,
    action::Action,
    effect::Effect,
    form::line::Entry,
    model::{Model, Overlay},
    profiles,
};
use crate::config::NewProfile;

/// A line that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Who signs in.
    Sid,
    /// With what.
    Secret,
    /// The vendor's region, or another server.
    Region,
    /// What the profile is called.
    Name,
}

impl Line {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Sid, Self::Secret, Self::Region, Self::Name];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sid => "Key or account sid",
            Self::Secret => "Secret",
            Self::Region => "Region or URL",
            Self::Name => "Profile name",
        }
    }

    /// What belongs there.
    pub fn note(self) -> &'static str {
        match self {
            Self::Sid => "SK… of an API key, which is better, or AC… of the account",
            Self::Secret => "the key's secret, or the account's token; it is not shown",
            Self::Region => "us1 where nothing is said; or the URL of another server",
            Self::Name => "by which -p and :profile know it",
        }
    }
}

/// What is typed.
pub struct SignIn {
    /// Which line has the focus.
    pub focus: Line,
    /// What is wrong, in words that hold nothing of the secret.
    pub problem: Option<String>,
    lines: [Entry; 4],
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("focus", &self.focus).finish_non_exhaustive()
    }
}

impl SignIn {
    /// An empty form, with a name for the profile that no other has.
    fn beside(others: &[Choice]) -> Self {
        let is_free = |name: &String| others.iter().all(|other| other.name != *name);
        let numbered = (2..).map(|number| format!("main-{number}"));
        let name = std::iter::once("main".to_owned()).chain(numbered).find(is_free);
        let lines = ["", "", "", &name.unwrap_or_default()].map(Entry::new);
        Self { focus: Line::Sid, problem: None, lines }
    }

    /// What is typed in a line; of the secret as many points as it has characters.
    pub fn shown(&self, line: Line) -> String {
        let text = self.entry(line).text();
        if line == Line::Secret { "•".repeat(text.chars().count()) } else { text.to_owned() }
    }

    /// Where the cursor stands in the line that has the focus, in characters.
    pub fn column(&self) -> usize {
        self.entry(self.focus).column()
    }

    fn entry(&self, line: Line) -> &Entry {
        let [sid, secret, region, name] = &self.lines;
        match line {
            Line::Sid => sid,
            Line::Secret => secret,
            Line::Region => region,
            Line::Name => name,
        }
    }

    fn focused(&mut self) -> &mut Entry {
        self.problem = None;
        let [sid, secret, region, name] = &mut self.lines;
        match self.focus {
            Line::Sid => sid,
            Line::Secret => secret,
            Line::Region => region,
            Line::Name => name,
        }
    }

    /// Types a key.
    pub fn input(&mut self, key: KeyEvent) {
        self.focused().input(key);
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        self.focused().paste(text.trim());
    }

    /// Goes to another line.
    pub fn step(&mut self, forward: bool) {
        let at = Line::ALL.iter().position(|line| *line == self.focus).unwrap_or(0);
        let count = Line::ALL.len();
        let next = if forward { at + 1 } else { at + count - 1 } % count;
        self.focus = Line::ALL.get(next).copied().unwrap_or(Line::Sid);
    }

    fn typed(&self) -> Result<NewProfile, String> {
        let text = |line| self.entry(line).text();
        let (name, region) = (text(Line::Name), text(Line::Region));
        NewProfile::of(name, text(Line::Sid), text(Line::Secret), region)
    }
}

/// Carries out a wish about credentials.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::SignIn {
        let form = SignIn::beside(&model.profiles.choices);
        model.overlay = Some(Overlay::SignIn(Box::new(form)));
        return Vec::new();
    }
    if model.profiles.target().is_some() {
        return Vec::new();
    }
    let Some(Overlay::SignIn(form)) = &mut model.overlay else { return Vec::new() };
    if action == Action::SignInNext && form.focus != Line::Name {
        form.step(true);
        return Vec::new();
    }
    match form.typed() {
        Ok(profile) => profiles::sign_in(model, profile, action != Action::SignInOnce),
        Err(why) => {
            form.problem = Some(why);
            Vec::new()
        }
    }
}
