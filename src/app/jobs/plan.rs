//! What many writes would do, before any of them is sent: the rows in groups, the switches, and what has to be typed.

use std::{collections::HashSet, time::Duration};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Form, Survey, Surveyed};
use crate::api::{
    chat::channels::Channel,
    remote_text,
    sid::{MessagingService, Sid, SidError},
};
use crate::app::{
    form::line::Entry, keymap::Context, notice::Problem, place::Place, remote::Remote,
    ticket::Ticket,
};
use crate::jobs::{
    pace::DOCUMENTED,
    plan::{Candidate, Known, Plan},
    task::{Deed, Target, Task},
};
use crate::json;

/// For which rows a wish is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those that are marked.
    Marks,
    /// All that the filter shows.
    Filter,
    /// The one under the cursor.
    Row,
}

/// Where the rows of a plan come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whence {
    /// They were marked.
    Marks,
    /// The filter shows them.
    Filter(String),
    /// It is the one under the cursor.
    Row,
    /// They are all of one user's, who is called so.
    User(String),
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The plan.
    Plan,
    /// The marked rows that the filter hides, from this one on.
    Hidden(usize),
    /// Every row with what would be done to it, from this one on.
    Rows(usize),
}

/// What one row would be changed from and to; made visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What a person calls the row.
    pub label: String,
    /// Where in it.
    pub pointer: String,
    /// The value there now, if there is one.
    pub before: Option<String>,
    /// And as it would be.
    pub after: Option<String>,
}

impl Preview {
    /// A change at a place.
    pub fn new(label: &str, pointer: &str, before: Option<&str>, after: Option<&str>) -> Self {
        let shown = |text: &str| remote_text::shown(text).text();
        let compact = |text: &str| shown(&json::minify(text).unwrap_or_else(|_| text.to_owned()));
        Self {
            label: shown(label),
            pointer: shown(pointer),
            before: before.map(compact),
            after: after.map(compact),
        }
    }
}

/// A plan that lies over the panes.
#[derive(Debug)]
pub struct Proposal {
    /// Where it was opened.
    pub place: Place,
    /// Where its rows come from.
    pub whence: Whence,
    /// What is not in it because it was not loaded, in words.
    pub unloaded: Option<String>,
    /// The marked rows that the filter hides come first; so many.
    pub hidden: usize,
    /// Whether all of those were on the screen.
    pub seen_hidden: bool,
    /// What is looked at.
    pub look: Look,
    /// The count, as far as it is typed.
    pub count: Entry,
    /// The messaging service.
    pub messaging: Entry,
    /// Whether keys go to the messaging service.
    pub typing: bool,
    /// What no list tells, being read.
    pub reading: Remote<()>,
    /// What is being read.
    pub survey: Option<Survey>,
    /// How many came of it so far.
    pub read: usize,
    /// The job that is being written down.
    pub beginning: Option<Ticket>,
    /// Why it failed when it was tried, or what was typed cannot be.
    pub problem: Option<Problem>,
    /// What the first few rows would be changed from and to, where a value is set.
    pub previews: Vec<Preview>,
    /// Whether channels of Flex are taken too.
    pub include_flex: bool,
    candidates: Vec<Candidate>,
    of_flex: HashSet<Sid<Channel>>,
    plan: Plan,
    tally: Tally,
}

/// What is counted once when a plan is made: it can be long, and it is drawn often.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many rows something is done to.
    pub count: usize,
    /// Why others are left out, and how many for each reason.
    pub reasons: Vec<(String, usize)>,
    /// How many of all are channels that Flex owns.
    pub of_flex: usize,
    /// How long it takes at the documented pace.
    pub estimate: Duration,
}

impl Proposal {
    /// A plan for these.
    pub fn new(place: Place, whence: Whence, task: Task, candidates: Vec<Candidate>) -> Self {
        let plan = Plan::of(task, false, candidates.clone());
        Self {
            place,
            whence,
            unloaded: None,
            hidden: 0,
            seen_hidden: true,
            look: Look::Plan,
            count: Entry::new(""),
            messaging: Entry::new(""),
            typing: false,
            reading: Remote::default(),
            survey: None,
            read: 0,
            beginning: None,
            problem: None,
            previews: Vec::new(),
            include_flex: false,
            candidates,
            of_flex: HashSet::new(),
            plan,
            tally: Tally::default(),
        }
        .counted()
    }

    fn counted(mut self) -> Self {
        self.count_anew();
        self
    }

    fn count_anew(&mut self) {
        let reasons = self.plan.reasons().into_iter();
        self.tally = Tally {
            count: self.plan.count(),
            reasons: reasons.map(|(reason, count)| (reason.to_owned(), count)).collect(),
            of_flex: self.candidates.iter().filter(|it| self.is_of_flex(it)).count(),
            estimate: self.plan.estimate(self.task().ceiling()),
        };
    }

    /// What was counted of the plan.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The same, whose first rows are marked and hidden; they are looked at first.
    #[must_use]
    pub fn hiding(self, hidden: usize) -> Self {
        let look = if hidden > 0 { Look::Hidden(0) } else { Look::Plan };
        Self { hidden, seen_hidden: hidden == 0, look, ..self }
    }

    /// What is planned.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What is done.
    pub fn task(&self) -> &Task {
        &self.plan.task
    }

    /// Whether the documents have webhooks for it.
    pub fn has_webhooks(&self) -> bool {
        !matches!(self.task().deed, Deed::Mute | Deed::Unmute)
    }

    /// Whether it mutes or unmutes.
    pub fn wants_level(&self) -> bool {
        matches!(self.task().deed, Deed::Mute | Deed::Unmute)
    }

    /// Whether a messaging service can be named.
    pub fn wants_messaging(&self) -> bool {
        matches!(self.task().deed, Deed::Migrate { .. })
    }

    /// Whether the count has to be typed: what is done cannot be taken back.
    pub fn wants_count(&self) -> bool {
        !self.task().deed.has_undo()
    }

    /// Whether the count is typed.
    pub fn is_counted(&self) -> bool {
        !self.wants_count() || self.count.text().trim() == self.tally.count.to_string()
    }

    /// Whether who owns a channel matters to what is done.
    pub fn asks_flex(&self) -> bool {
        matches!(self.task().deed, Deed::Migrate { .. } | Deed::Delete)
    }

    /// Why it cannot begin.
    pub fn hindrance(&self) -> Option<String> {
        let words = |words: &str| Some(words.to_owned());
        let count = self.tally.count;
        if self.beginning.is_some() {
            return words("it is being written down");
        }
        if !self.seen_hidden {
            return words("look through the marked rows that the filter hides first: h");
        }
        if self.reading.is_loading() {
            return words("it is still being read what the plan has to know");
        }
        match (&self.survey, self.reading.problem()) {
            (Some(Survey::OfFlex), Some(_)) if !self.include_flex => {
                return words("which channels Flex owns is not known; f goes on without knowing");
            }
            (Some(Survey::OfUser(..)), Some(_)) => {
                return words("the memberships could not be read");
            }
            _ => {}
        }
        if count == 0 {
            return words("there is nothing to do");
        }
        if let Err(error) = self.messaging_service() {
            return Some(error.to_string());
        }
        (!self.is_counted()).then(|| format!("type {count} to start, then Enter"))
    }

    /// The messaging service that was named, or why what was typed is none.
    ///
    /// # Errors
    /// The text is not the sid of a messaging service.
    pub fn messaging_service(&self) -> Result<Option<Sid<MessagingService>>, SidError> {
        match self.messaging.text().trim() {
            "" => Ok(None),
            typed => typed.parse().map(Some),
        }
    }

    /// Takes in what was read.
    pub fn surveyed(&mut self, surveyed: Surveyed, name: impl Fn(Sid<Channel>) -> String) {
        match surveyed {
            Surveyed::OfFlex(channels) => self.of_flex = channels.into_iter().collect(),
            Surveyed::OfUser(memberships, unreadable) => {
                self.candidates = memberships
                    .iter()
                    .map(|it| Candidate::membership(it, name(it.channel_sid)))
                    .collect();
                let lost = format!("{unreadable} could not be read and are not in the plan");
                self.unloaded = (unreadable > 0).then_some(lost);
            }
        }
        self.plan_anew(self.task().clone());
    }

    /// Takes channels of Flex in, or leaves them out.
    pub fn switch_flex(&mut self) {
        self.include_flex = !self.include_flex;
        self.plan_anew(self.task().clone());
    }

    /// Goes slower or faster by a step, but not faster than the documents allow.
    pub fn step_pace(&mut self, faster: bool) {
        const STEPS: [f64; 7] = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, DOCUMENTED];
        let now = self.task().ceiling();
        let step = if faster {
            STEPS.into_iter().find(|step| *step > now)
        } else {
            STEPS.into_iter().rev().find(|step| *step < now)
        };
        if let Some(step) = step {
            self.plan.task = self.task().clone().at_most(step);
            self.count_anew();
        }
    }

    /// Switches whether webhooks are told.
    pub fn switch_webhooks(&mut self) {
        self.plan.task.webhooks = !self.plan.task.webhooks;
    }

    /// Mutes where it would have unmuted, and the other way round.
    pub fn switch_level(&mut self) {
        let deed = match self.task().deed {
            Deed::Mute => Deed::Unmute,
            Deed::Unmute => Deed::Mute,
            _ => return,
        };
        self.plan_anew(Task { deed, ..self.task().clone() });
    }

    fn is_of_flex(&self, candidate: &Candidate) -> bool {
        match candidate.target {
            Target::Channel(channel) => self.of_flex.contains(&channel),
            Target::Membership(..) => false,
        }
    }

    fn plan_anew(&mut self, task: Task) {
        let known = |candidate: &Candidate| match &candidate.known {
            Known::Channel(kind, _) => Known::Channel(kind.clone(), self.is_of_flex(candidate)),
            other => other.clone(),
        };
        let candidates = self.candidates.iter();
        let candidates =
            candidates.map(|it| Candidate { known: known(it), ..it.clone() }).collect();
        self.plan = Plan::of(task, self.include_flex, candidates);
        self.count_anew();
    }

    /// The plan as it begins, with the messaging service that was named.
    pub fn begun(&self) -> Plan {
        let mut plan = self.plan.clone();
        if let (Deed::Migrate { messaging_service }, Ok(named)) =
            (&mut plan.task.deed, self.messaging_service())
        {
            *messaging_service = named;
        }
        plan
    }

    /// What so many lines of the list that is looked at say: a name, a sid, and what would be done.
    pub fn window(&self, height: usize) -> Vec<(&str, Target, Option<&str>)> {
        let (Look::Hidden(top) | Look::Rows(top)) = self.look else { return Vec::new() };
        let rows = self.plan.rows.iter().take(self.roll()).skip(top).take(height);
        rows.map(|row| (row.label.as_str(), row.target, row.skipped.as_deref())).collect()
    }

    /// How many lines the list has that is looked at.
    pub fn roll(&self) -> usize {
        match self.look {
            Look::Hidden(_) => self.hidden.min(self.plan.rows.len()),
            Look::Rows(_) => self.plan.rows.len(),
            Look::Plan => 0,
        }
    }

    /// Moves through the list that is looked at, of which so many lines show.
    pub fn step(&mut self, by: isize, height: usize) {
        let last = self.roll().saturating_sub(height);
        if let Look::Hidden(top) | Look::Rows(top) = &mut self.look {
            *top = top.saturating_add_signed(by).min(last);
        }
    }

    /// Notes what of the hidden rows is on the screen.
    pub fn seen(&mut self, height: usize) {
        if let Look::Hidden(top) = self.look
            && top + height >= self.hidden
        {
            self.seen_hidden = true;
        }
    }

    /// Which keys it has.
    pub fn context(&self) -> Context {
        match (self.typing, self.look) {
            (true, _) => Context::Entry,
            (false, Look::Plan) => Context::Plan,
            (false, Look::Hidden(_) | Look::Rows(_)) => Context::Roll,
        }
    }

    /// Whether keys without another meaning are typed.
    pub fn takes_text(&self) -> bool {
        self.typing || (self.look == Look::Plan && self.wants_count())
    }

    /// Types a key: a messaging service, or a digit of the count.
    pub fn input(&mut self, key: KeyEvent) {
        self.problem = None;
        if self.typing {
            self.messaging.input(key);
            return;
        }
        let is_letter = matches!(key.code, KeyCode::Char(letter) if !letter.is_ascii_digit());
        let is_plain = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if !(is_letter && is_plain) {
            self.count.input(key);
        }
    }

    /// Takes in pasted text.
    pub fn paste(&mut self, text: &str) {
        self.problem = None;
        if self.typing {
            self.messaging.paste(text);
        } else {
            self.count.paste(text);
        }
    }

    /// What the file of this form is called.
    pub fn file_name(&self, form: Form) -> String {
        let extension = if form == Form::Csv { "csv" } else { "json" };
        let Task { deed, service, .. } = self.task();
        format!("plan-{}-{service}.{extension}", deed.verb())
    }
}
