//! One field of a form. The text area edits; this room says what the text is worth.

use crossterm::event::{KeyCode, KeyEvent};
use tui_textarea::CursorMove;

use super::{
    FieldName, Rule, line,
    text::Text,
    worth::{NOT_JUDGED, judged},
};
use crate::json::{self, ShapeError, SyntaxError, Verdict};

/// How a field is edited.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One line of text.
    Line {
        /// The limit that the documents name, in characters.
        limit: Option<usize>,
        /// What it must be.
        rule: Rule,
    },
    /// Many lines of JSON.
    Json {
        /// What is wrong with it.
        error: Option<SyntaxError>,
        /// Top-level entries, when it is an object.
        keys: Option<usize>,
        /// What is allowed in it and bites whoever reads it, in words.
        warnings: Vec<String>,
        /// What kind of difference there is to its base, when both are JSON.
        change: Option<Verdict>,
    },
    /// One of a few words.
    Choice {
        /// What can be chosen.
        options: Vec<Choice>,
        /// The chosen one.
        at: usize,
    },
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown, where that differs; may be text from afar.
    pub label: Option<String>,
}

impl From<&str> for Choice {
    fn from(word: &str) -> Self {
        Self { value: word.to_owned(), label: None }
    }
}

/// A field with its text, its base and its problem.
#[derive(Debug, Clone)]
pub struct Field {
    /// Which.
    pub name: FieldName,
    /// Why the server refused it; gone with the next change.
    pub problem: Option<String>,
    /// First line of the window over a long text.
    pub top: usize,
    /// Why it is not asked for now. Nothing can be typed into it, and it is not sent.
    pub off: Option<&'static str>,
    /// What stands for an empty text, in words.
    pub hint: &'static str,
    required: bool,
    kind: Kind,
    area: Text,
    base: String,
}

/// Lines and cursor of a field, for drawing: (lines, row, column in characters).
pub type FieldText<'a> = (&'a [String], usize, usize);

impl Field {
    /// A one-line field, the cursor at its end. A line end inside the stored text stays in the line.
    pub fn line(name: FieldName, text: &str) -> Self {
        Self::with(name, Kind::Line { limit: None, rule: Rule::Free }, Text::of_a_line(text), text)
    }

    /// The same, with the limit that the documents name, in characters.
    #[must_use]
    pub fn limited(mut self, characters: usize) -> Self {
        if let Kind::Line { limit, .. } = &mut self.kind {
            *limit = Some(characters);
        }
        self
    }

    /// The same, for a text that must be something.
    #[must_use]
    pub fn ruled(mut self, by: Rule) -> Self {
        if let Kind::Line { rule, .. } = &mut self.kind {
            *rule = by;
        }
        self
    }

    /// The same, with words that stand for an empty text.
    #[must_use]
    pub fn hinted(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// The same, without which nothing is sent.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// A field of JSON text, the cursor at its start. Every byte comes back from [`Self::text`].
    pub fn json(name: FieldName, text: &str) -> Self {
        let mut field = Self::with(name, NOT_JUDGED, Text::new(text), text);
        // In an empty object typing goes between its braces.
        if text == "{}" {
            field.area.area_mut().move_cursor(CursorMove::Forward);
        }
        field.judge();
        field
    }

    /// A field with a few possible words; what is there now is always one of them.
    pub fn choice(
        name: FieldName,
        words: impl IntoIterator<Item = impl Into<Choice>>,
        now: &str,
    ) -> Self {
        let mut options: Vec<Choice> = words.into_iter().map(Into::into).collect();
        if !options.iter().any(|option| option.value == now) {
            options.insert(0, now.into());
        }
        let at = options.iter().position(|option| option.value == now).unwrap_or(0);
        Self::with(name, Kind::Choice { options, at }, Text::default(), now)
    }

    fn with(name: FieldName, kind: Kind, area: Text, base: &str) -> Self {
        Self {
            name,
            problem: None,
            top: 0,
            off: None,
            hint: "",
            required: false,
            kind,
            area,
            base: base.to_owned(),
        }
    }

    /// The text as it would be sent.
    pub fn text(&self) -> String {
        match &self.kind {
            Kind::Choice { options, at } => {
                options.get(*at).map(|option| option.value.clone()).unwrap_or_default()
            }
            Kind::Line { .. } | Kind::Json { .. } => self.area.area().lines().join("\n"),
        }
    }

    /// The text when the form was opened.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether the text differs from its base.
    pub fn is_dirty(&self) -> bool {
        self.text() != self.base
    }

    /// How it is edited, and what its text is worth.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Lines and cursor.
    pub fn lines(&self) -> FieldText<'_> {
        let area = self.area.area();
        (area.lines(), area.cursor().0, area.cursor().1)
    }

    /// What is wrong with the JSON.
    pub fn syntax_error(&self) -> Option<&SyntaxError> {
        match &self.kind {
            Kind::Json { error, .. } => error.as_ref(),
            Kind::Line { .. } | Kind::Choice { .. } => None,
        }
    }

    /// Why it may not be sent as it is.
    pub fn error(&self) -> Option<String> {
        if self.off.is_some() {
            return None;
        }
        let text = self.text();
        if text.trim().is_empty() && self.required {
            return Some("this is required".to_owned());
        }
        match &self.kind {
            _ if !self.is_dirty() => None,
            Kind::Line { rule: Rule::Moment, .. } if text.is_empty() => {
                Some("a moment cannot be taken away, only set".to_owned())
            }
            Kind::Line { .. } if text.is_empty() => None,
            Kind::Line { rule, .. } => rule.error(&text).map(str::to_owned),
            Kind::Json { error, .. } => error.as_ref().map(ToString::to_string),
            Kind::Choice { .. } => None,
        }
    }

    /// By how much the text exceeds the limit that the documents name: (characters, limit).
    pub fn excess(&self) -> Option<(usize, usize)> {
        let Kind::Line { limit: Some(limit), .. } = self.kind else { return None };
        let length = self.text().chars().count();
        (length > limit).then_some((length, limit))
    }

    /// Types a key; true when the field took it.
    pub fn input(&mut self, key: KeyEvent) -> bool {
        if self.off.is_some() {
            return false;
        }
        match &mut self.kind {
            Kind::Choice { options, at } => {
                let last = options.len().saturating_sub(1);
                *at = match key.code {
                    KeyCode::Left | KeyCode::Up | KeyCode::Char('h' | 'k') => at.saturating_sub(1),
                    KeyCode::Right | KeyCode::Down | KeyCode::Char('l' | 'j') => {
                        (*at + 1).min(last)
                    }
                    KeyCode::Char(' ') => (*at + 1) % options.len().max(1),
                    _ => return false,
                };
                self.problem = None;
            }
            Kind::Line { .. } => match line::input(self.area.area_mut(), key) {
                None => return false,
                Some(true) => self.judge(),
                Some(false) => {}
            },
            Kind::Json { .. } => self.edit(key),
        }
        true
    }

    fn edit(&mut self, key: KeyEvent) {
        let changed = match key.code {
            KeyCode::PageDown => return self.page(CursorMove::Down),
            KeyCode::PageUp => return self.page(CursorMove::Up),
            _ => self.area.input(key),
        };
        if changed {
            self.judge();
        }
    }

    fn page(&mut self, way: CursorMove) {
        for _ in 0..10 {
            self.area.area_mut().move_cursor(way);
        }
    }

    /// Lets the text be one typed over something else.
    pub fn rebase(&mut self, base: &str) {
        base.clone_into(&mut self.base);
        self.judge();
    }

    /// Puts another text in the place of this one, every byte as it is. In a text of many lines one undo brings this one
    /// back.
    pub fn put(&mut self, text: &str) {
        if self.text() == text {
            return;
        }
        match &mut self.kind {
            Kind::Choice { options, at } => {
                *at = options.iter().position(|option| option.value == text).unwrap_or_else(|| {
                    options.push(text.into());
                    options.len() - 1
                });
            }
            Kind::Line { .. } => self.area = Text::of_a_line(text),
            Kind::Json { .. } => {
                let row = self.area.area().cursor().0;
                let start: usize = text.split_inclusive('\n').take(row).map(str::len).sum();
                self.area.put(text, start);
            }
        }
        self.judge();
    }

    /// Takes in pasted text; a one-line field takes line ends as blanks.
    pub fn paste(&mut self, text: &str) {
        if self.off.is_some() {
            return;
        }
        match self.kind {
            Kind::Line { .. } => {
                self.area.paste(&line::flat(text));
            }
            Kind::Json { .. } => {
                self.area.paste(&text.replace("\r\n", "\n").replace('\r', "\n"));
            }
            Kind::Choice { .. } => return,
        }
        self.judge();
    }

    fn judge(&mut self) {
        self.problem = None;
        let text = self.text();
        if matches!(self.kind, Kind::Json { .. }) {
            self.kind = judged(&text, &self.base);
        }
    }

    /// Writes the JSON text in another shape; the cursor stays where it is in what is said.
    ///
    /// # Errors
    /// The text is not JSON, or too deep for that shape.
    pub fn reshape(
        &mut self,
        shape: impl Fn(&str) -> Result<String, ShapeError>,
    ) -> Result<(), ShapeError> {
        let text = self.text();
        let shaped = shape(&text)?;
        if shaped != text {
            let at = json::follow(&text, self.area.at(), &shaped);
            self.area.put(&shaped, at);
            self.judge();
        }
        Ok(())
    }

    /// Moves the window so that the cursor's line is inside it.
    pub fn keep_in_view(&mut self, height: usize) {
        let row = self.area.area().cursor().0;
        self.top = self.top.min(row).max((row + 1).saturating_sub(height.max(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(field: &mut Field, code: KeyCode) {
        field.input(KeyEvent::from(code));
    }

    #[test]
    fn every_byte_of_stored_text_comes_back() {
        for text in ["", "{}", "{\n  \"a\": 1\n}\n", "a\r\nb\r", "\n\n", "\u{1b}[31m\u{202e}"] {
            let field = Field::json(FieldName::Attributes, text);
            assert_eq!(field.text(), text);
            assert!(!field.is_dirty());
            let line = Field::line(FieldName::FriendlyName, text);
            assert_eq!(line.text(), text);
            for mut field in [
                Field::json(FieldName::Attributes, "[1]"),
                Field::line(FieldName::FriendlyName, "x"),
            ] {
                field.put(text);
                assert_eq!(field.text(), text);
                field.rebase(text);
                assert!(!field.is_dirty());
            }
        }
    }

    #[test]
    fn json_is_judged_as_it_is_typed() {
        let mut field = Field::json(FieldName::Attributes, "{\"a\":1}");
        assert!(field.syntax_error().is_none());
        press(&mut field, KeyCode::End);
        press(&mut field, KeyCode::Backspace);
        assert!(field.syntax_error().is_some(), "the brace is missing");
        press(&mut field, KeyCode::Char('}'));
        assert!(field.syntax_error().is_none());
        assert!(!field.is_dirty());
    }

    #[test]
    fn another_shape_says_the_same_and_the_cursor_stays_in_it() {
        let text = "{\"id\":18446744073709551616,\"z\":1, \"z\":[ 1.0 ]}";
        let mut field = Field::json(FieldName::Attributes, text);
        for _ in 0.."{\"id\":18".len() {
            press(&mut field, KeyCode::Right);
        }
        field.reshape(json::pretty).unwrap();
        assert_eq!(field.lines().0[1], "  \"id\": 18446744073709551616,");
        assert_eq!((field.lines().1, field.lines().2), (1, "  \"id\": 18".len()));
        assert!(field.is_dirty());
        assert!(matches!(field.kind(), Kind::Json { change: Some(Verdict::Spacing), .. }));
        field.reshape(json::minify).unwrap();
        assert_eq!(field.text(), text.replace(' ', ""));
        assert_eq!((field.lines().1, field.lines().2), (0, "{\"id\":18".len()));
        field.put("{");
        assert!(field.reshape(json::pretty).is_err());
        assert_eq!(field.text(), "{", "and it is left as it is");
    }

    #[test]
    fn arrows_and_pages_move_without_a_screen() {
        let text = (0..30).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let mut field = Field::json(FieldName::Attributes, &text);
        press(&mut field, KeyCode::Down);
        assert_eq!(field.lines().1, 1);
        press(&mut field, KeyCode::PageDown);
        assert_eq!(field.lines().1, 11);
        press(&mut field, KeyCode::PageUp);
        press(&mut field, KeyCode::Up);
        assert_eq!(field.lines().1, 0);
        field.keep_in_view(5);
        assert_eq!(field.top, 0);
    }

    #[test]
    fn a_line_takes_pasted_line_ends_as_blanks_and_leaves_enter_alone() {
        let mut field = Field::line(FieldName::UniqueName, "a");
        field.paste("b\nc\r\n");
        assert_eq!(field.text(), "ab c");
        assert!(!field.input(KeyEvent::from(KeyCode::Enter)));
    }

    #[test]
    fn a_choice_keeps_a_word_it_does_not_know() {
        let mut field = Field::choice(FieldName::NotificationLevel, ["default", "muted"], "loud");
        assert_eq!(field.text(), "loud");
        press(&mut field, KeyCode::Right);
        assert_eq!(field.text(), "default");
        press(&mut field, KeyCode::Right);
        press(&mut field, KeyCode::Right);
        assert_eq!(field.text(), "muted");
    }
}
