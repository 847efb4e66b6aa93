//! A form: fields being edited, what they were, what is wrong with them. It saves nothing itself.

mod blank;
mod field;
pub(crate) mod line;
mod meaning;
mod name;
mod rule;
mod text;
mod worth;

use jiff::Timestamp;

pub use self::{
    field::{Choice, Field, FieldText, Kind},
    name::FieldName,
    rule::Rule,
};
use crate::api::client::Webhooks;
use crate::app::{notice::Problem, ticket::EditKey};
use crate::state::EntryId;

/// What was typed into a form, with what it was typed over.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The resource.
    pub key: EditKey,
    /// What the head of the form calls it; safe to show.
    pub title: String,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// The field that has the focus.
    pub at: usize,
    /// When the form was opened.
    pub opened_at: Timestamp,
    /// Why the last attempt to save failed, where no field is to blame alone.
    pub problem: Option<Problem>,
    /// What was typed before starting over, to be had back.
    pub set_aside: Option<Box<Self>>,
    /// Whether that outlives the form: it was not the person who started over.
    pub keeps_aside: bool,
    /// True once a newer state than the one typed over has been seen.
    pub changed_elsewhere: bool,
    /// Whether webhooks are told of this save; nothing where the documents have none.
    pub webhooks: Option<Webhooks>,
    /// Whether the person had a last look at exactly this and said yes.
    pub reviewed: bool,
    /// The write that saving this takes back.
    pub undoes: Option<EntryId>,
}

impl Draft {
    /// Whether what is edited does not exist yet.
    pub fn is_new(&self) -> bool {
        matches!(self.key, EditKey::NewChannel(_) | EditKey::NewFlexChannel)
    }

    /// The field that has the focus.
    pub fn focused(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// Moves the focus, around the ends, past fields that are not asked for.
    pub fn next_field(&mut self, by: isize) {
        let count = isize::try_from(self.fields.len()).unwrap_or(1).max(1);
        for _ in 0..count {
            let at = isize::try_from(self.at).unwrap_or(0);
            self.at = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
            if self.fields.get(self.at).is_some_and(|field| field.off.is_none()) {
                return;
            }
        }
    }

    /// Whether anything differs from what was there.
    pub fn is_dirty(&self) -> bool {
        self.fields.iter().any(Field::is_dirty)
    }

    /// Whether it holds text that would be lost with it.
    pub fn holds_typed(&self) -> bool {
        self.is_dirty() || (self.keeps_aside && self.set_aside.is_some())
    }

    /// The first field that may not be sent as it is, and why.
    pub fn first_error(&self) -> Option<(usize, String)> {
        let mut errors = self.fields.iter().enumerate();
        errors.find_map(|(at, field)| Some((at, field.error()?)))
    }

    /// A field.
    pub fn field(&self, name: FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The text of a field, if it was changed.
    pub fn changed(&self, name: FieldName) -> Option<String> {
        let field = self.field(name)?;
        (field.is_dirty() && field.off.is_none()).then(|| field.text())
    }

    /// Puts the server's refusal where the person will look for it: at the field, when the code or the words name one.
    pub fn blame(&mut self, problem: Problem) {
        let by_code = problem.code.map_or(&[][..], FieldName::blamed_by);
        let by_words = FieldName::named_in(&problem.why);
        let at = by_code
            .iter()
            .chain(&by_words)
            .find_map(|name| self.fields.iter().position(|field| field.name == *name));
        if let Some((at, field)) = at.and_then(|at| Some((at, self.fields.get_mut(at)?))) {
            field.problem = Some(problem.sentence());
            self.at = at;
        }
        self.problem = Some(problem);
    }

    /// Notes whether the resource, of which `fresh` is a form without changes, differs by now from what was typed over.
    pub fn compare(&mut self, fresh: &Self) {
        self.changed_elsewhere = !self.is_new()
            && self
                .fields
                .iter()
                .any(|field| fresh.field(field.name).is_some_and(|now| now.base() != field.base()));
    }
}
