//! A form: fields being edited, what they were, what is wrong with them. It saves nothing itself.

mod field;
pub(crate) mod line;

use jiff::Timestamp;

pub use self::field::{Field, FieldName, FieldText, Kind};
use crate::api::{
    chat::{channels::Channel, memberships::Membership, services::Service},
    sid::Sid,
};
use crate::app::{
    entities::{Entities, MembershipKey},
    notice::Problem,
    ticket::EditKey,
};

/// What was typed into a form, with what it was typed over.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The resource.
    pub key: EditKey,
    /// The service it lies in.
    pub service: Sid<Service>,
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
    /// True once a newer state than the one typed over has been seen.
    pub changed_elsewhere: bool,
}

impl Draft {
    /// A form over a channel.
    pub fn channel(channel: &Channel, now: Timestamp) -> Self {
        let name = channel.friendly_name.as_ref().map_or("", |name| name.raw());
        let unique = channel.unique_name.as_ref().map_or("", |name| name.raw());
        Self {
            key: EditKey::Channel(channel.sid),
            service: channel.service_sid,
            title: format!("Edit channel {}", crate::app::places::channels::title(channel)),
            fields: vec![
                Field::line(FieldName::FriendlyName, name),
                Field::line(FieldName::UniqueName, unique),
                Field::json(FieldName::Attributes, channel.attributes.text()),
            ],
            at: 0,
            opened_at: now,
            problem: None,
            set_aside: None,
            changed_elsewhere: false,
        }
    }

    /// A form over a membership.
    pub fn membership(
        service: Sid<Service>,
        membership: &Membership,
        title: String,
        now: Timestamp,
    ) -> Self {
        let key = MembershipKey { user: membership.user_sid, channel: membership.channel_sid };
        let level = membership.notification_level.name().to_owned();
        Self {
            key: EditKey::Membership(key),
            service,
            title,
            fields: vec![Field::choice(
                FieldName::NotificationLevel,
                &["default", "muted"],
                level.as_str(),
            )],
            at: 0,
            opened_at: now,
            problem: None,
            set_aside: None,
            changed_elsewhere: false,
        }
    }

    /// The field that has the focus.
    pub fn focused(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// Moves the focus, around the ends.
    pub fn next_field(&mut self, by: isize) {
        let count = isize::try_from(self.fields.len()).unwrap_or(1).max(1);
        let at = isize::try_from(self.at).unwrap_or(0);
        self.at = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
    }

    /// Whether anything differs from what was there.
    pub fn is_dirty(&self) -> bool {
        self.fields.iter().any(Field::is_dirty)
    }

    /// The first field that may not be sent as it is.
    pub fn first_error(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.is_dirty() && field.syntax_error().is_some())
    }

    /// The text of a field, if it was changed.
    pub fn changed(&self, name: FieldName) -> Option<String> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        field.is_dirty().then(|| field.text())
    }

    /// Puts the server's refusal where the person will look for it: at the field, when the code names one.
    pub fn blame(&mut self, problem: Problem) {
        let name = match problem.code {
            Some(50003 | 50000) => Some(FieldName::FriendlyName),
            Some(50004 | 50306 | 50307) => Some(FieldName::UniqueName),
            Some(50303 | 50304) => Some(FieldName::Attributes),
            Some(50210) => Some(FieldName::NotificationLevel),
            _ => None,
        };
        let at = name.and_then(|name| self.fields.iter().position(|field| field.name == name));
        if let Some((at, field)) = at.and_then(|at| Some((at, self.fields.get_mut(at)?))) {
            field.problem = Some(problem.sentence());
            self.at = at;
        }
        self.problem = Some(problem);
    }

    /// Notes whether the resource differs by now from what was typed over.
    pub fn compare(&mut self, entities: &Entities) {
        let base =
            |name| self.fields.iter().find(|field: &&Field| field.name == name).map(Field::base);
        self.changed_elsewhere = match self.key {
            EditKey::Channel(sid) => entities.confirmed_channel(sid).is_some_and(|channel| {
                let name = channel.friendly_name.as_ref().map_or("", |name| name.raw());
                let unique = channel.unique_name.as_ref().map_or("", |name| name.raw());
                base(FieldName::FriendlyName) != Some(name)
                    || base(FieldName::UniqueName) != Some(unique)
                    || base(FieldName::Attributes) != Some(channel.attributes.text())
            }),
            EditKey::Membership(key) => entities.confirmed_membership(key).is_some_and(|known| {
                base(FieldName::NotificationLevel)
                    != Some(known.notification_level.name().to_owned().as_str())
            }),
        };
    }
}
