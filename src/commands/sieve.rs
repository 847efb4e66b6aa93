//! `--filter`: the same language as in the lists of the console, over rows as they come.

use jiff::tz::TimeZone;

use crate::{
    api::remote_text::shown,
    app::{
        entities::Entities,
        list::Entry,
        query::{Fault, Query, Reader, Verdict},
    },
    commands::{
        Exit, Failed,
        headless::{now, tell},
        noun::Noun,
    },
};

/// What lets rows through, and how many it has seen.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    query: Query,
    read: usize,
    passed: usize,
    /// Rows of which nothing can be said: their attributes are not JSON.
    unjudged: usize,
}

impl Sieve {
    /// Reads a filter over such rows; without one everything passes.
    pub(crate) fn new<N: Noun>(typed: Option<&str>) -> Result<Self, Failed> {
        let zone = TimeZone::system();
        let reader = Reader { fields: N::Key::FIELDS, now: now(), zone: &zone };
        let typed = typed.unwrap_or_default();
        let query = Query::parse(typed, reader)
            .map_err(|fault| Failed::new(Exit::Usage, marked(typed, &fault)))?;
        Ok(Self { query, ..Self::default() })
    }

    /// Whether it holds anything back.
    pub(crate) fn is_set(&self) -> bool {
        !self.query.is_empty()
    }

    /// Those of a page that pass.
    pub(crate) fn passing<N: Noun>(&mut self, rows: Vec<N>) -> Vec<N> {
        self.read += rows.len();
        let passing = if self.query.is_empty() {
            rows
        } else {
            let mut entities = Entities::default();
            rows.into_iter().filter(|row| self.passes(row, &mut entities)).collect()
        };
        self.passed += passing.len();
        passing
    }

    fn passes<N: Noun>(&mut self, row: &N, entities: &mut Entities) -> bool {
        let key = row.clone().put(entities);
        let (query, entities) = (&self.query, &*entities);
        if !query.passes(|| key.folded(entities), |field| key.cell(field, entities)) {
            return false;
        }
        if !query.reads_json() {
            return true;
        }
        let attributes = key.attributes(entities).unwrap_or_default();
        let verdict = query.judge(&attributes);
        self.unjudged += usize::from(verdict == Verdict::Unjudged);
        verdict == Verdict::Passes
    }

    /// Tells how many were read and passed.
    pub(crate) fn report(&self) {
        if !self.is_set() {
            return;
        }
        tell(&format!("{} read, {} match", self.read, self.passed));
        if self.unjudged > 0 {
            let words = "could not be judged, as their attributes are not JSON, and are left out";
            tell(&format!("{} {words}", self.unjudged));
        }
    }
}

/// What is wrong with a filter, with its place marked below it.
pub(crate) fn marked(typed: &str, fault: &Fault) -> String {
    let part = |range| shown(typed.get(range).unwrap_or_default());
    let before = part(0..fault.span.start).width();
    let wrong = part(fault.span.clone()).width().max(1);
    let (gap, marks) = (" ".repeat(before), "^".repeat(wrong));
    format!("--filter: {}\n\n  {}\n  {gap}{marks}", fault.words, shown(typed).text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::{attributes::Attributes, chat::channels::Channel},
        app::testing::{channel, named},
    };

    fn names(filter: &str, rows: &[Channel]) -> (Vec<String>, Sieve) {
        let mut sieve = Sieve::new::<Channel>(Some(filter)).unwrap();
        let passing = sieve.passing(rows.to_vec());
        let name = |channel: Channel| channel.friendly_name.unwrap().raw().to_owned();
        (passing.into_iter().map(name).collect(), sieve)
    }

    #[test]
    fn rows_pass_as_they_do_in_the_console() {
        let attributes = Attributes::from_text("{");
        let rows = [
            named(1, 1, "Support EU"),
            named(1, 3, "Lobby"),
            Channel { attributes, ..named(1, 4, "Broken") },
        ];
        assert_eq!(names("", &rows).0.len(), 3);
        assert_eq!(names("type:public !support", &rows).0, ["Broken"]);
        assert_eq!(names("type:private", &rows).0, ["Lobby"]);
        let (passing, sieve) = names("attr:/number=1", &rows);
        assert_eq!(passing, ["Support EU"]);
        assert_eq!((sieve.read, sieve.passed, sieve.unjudged), (3, 1, 1));
        assert!(names("number", &[channel(1, 1)]).0.is_empty());
    }

    #[test]
    fn what_is_wrong_is_marked_where_it_stands() {
        let wrong = Sieve::new::<Channel>(Some("日本\u{1b} memers>5 x")).unwrap_err();
        assert_eq!(wrong.exit, Exit::Usage);
        let lines: Vec<&str> = wrong.words.lines().collect();
        assert!(lines[0].starts_with("--filter: no field “memers”: members?"), "{lines:?}");
        assert_eq!(lines[2], "  日本␛ memers>5 x");
        assert_eq!(lines[3], "        ^^^^^^^^");
    }
}
