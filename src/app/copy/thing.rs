//! What a row stands for, and what there is to copy of it.

use std::fmt::Write;

use jiff::Timestamp;

use super::What;
use crate::{
    api::{
        chat::{
            channels::Channel, invites::Invite, members::Member, messages::Message, roles::Role,
            services::Service, users::User,
        },
        flex::flows::FlexFlow,
        remote_text::RemoteText,
        sid::Sid,
    },
    app::{
        entities::{Entities, FlexKey, MembershipKey},
        list::Entry,
        model::Model,
        places::{found::Hit, job::RowKey},
        query::{Cell, Kind},
    },
    curl::{self, Call},
    spreadsheet::disarmed,
    state::{EntryId, JobId},
};

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A service.
    Service(Sid<Service>),
    /// A channel of a service.
    Channel(Sid<Service>, Sid<Channel>),
    /// A user of a service.
    User(Sid<Service>, Sid<User>),
    /// A member of a channel.
    Member(Sid<Service>, Sid<Channel>, Sid<Member>),
    /// A user's place in a channel.
    Membership(Sid<Service>, MembershipKey),
    /// A message in a channel.
    Message(Sid<Service>, Sid<Channel>, Sid<Message>),
    /// An invite into a channel.
    Invite(Sid<Service>, Sid<Channel>, Sid<Invite>),
    /// A role of a service.
    Role(Sid<Service>, Sid<Role>),
    /// A Flex channel.
    Flex(Sid<Channel>),
    /// A flow.
    Flow(Sid<FlexFlow>),
    /// A line of the journal.
    Write(EntryId),
    /// What was found in all services.
    Found(Hit),
    /// A job.
    Job(JobId),
    /// A row of a job.
    JobRow(RowKey),
}

/// A product of the vendor's, by its place among the model's origins.
const CHAT: usize = 0;
const FLEX: usize = 1;

fn raw(text: Option<&RemoteText>) -> Option<String> {
    text.map(|text| text.raw().to_owned())
}

impl Thing {
    /// What there is to copy of it.
    pub fn tells(self, model: &Model, what: What) -> Option<String> {
        let entities = &model.entities;
        if let (Self::Found(hit), false) = (self, what == What::Row) {
            return Self::of_hit(hit, entities)?.tells(model, what);
        }
        let told = match what {
            What::Sid => self.sid(entities),
            What::Name => self.name(entities),
            What::UniqueName => self.unique_name(entities),
            What::Attributes => self.attributes(entities),
            What::Row => self.row(entities),
            What::Url => self.url(model),
            What::Curl => self.curl(model),
            What::Pointer | What::JqPath => None,
        };
        told.filter(|text| !text.is_empty())
    }

    /// What was found, as it stands in its own list.
    fn of_hit(hit: Hit, entities: &Entities) -> Option<Self> {
        let service = hit.service(entities)?;
        Some(match hit {
            Hit::Channel(row) => Self::Channel(service, entities.channel_sid(row)?),
            Hit::User(user) => Self::User(service, user),
        })
    }

    fn sid(self, entities: &Entities) -> Option<String> {
        Some(match self {
            Self::Service(sid) => sid.to_string(),
            Self::Channel(_, sid) | Self::Flex(sid) => sid.to_string(),
            Self::User(_, sid) => sid.to_string(),
            Self::Member(.., sid) => sid.to_string(),
            // It has none of its own; its row is about the channel.
            Self::Membership(_, key) => key.channel.to_string(),
            Self::Message(.., sid) => sid.to_string(),
            Self::Invite(.., sid) => sid.to_string(),
            Self::Role(_, sid) => sid.to_string(),
            Self::Flow(sid) => sid.to_string(),
            Self::Write(id) => {
                let entry = entities.journal_entry(id)?;
                entry.record.sids.first().or(entry.made.as_ref())?.clone()
            }
            Self::Job(_) | Self::Found(_) => return None,
            Self::JobRow(key) => {
                let target = entities.job_row(key)?.target.as_str();
                target.rsplit_once('/').map_or(target, |(_, sid)| sid).to_owned()
            }
        })
    }

    fn name(self, entities: &Entities) -> Option<String> {
        match self {
            Self::Service(sid) => raw(entities.service(sid)?.friendly_name.as_ref()),
            Self::Channel(_, sid) | Self::Flex(sid) => {
                raw(entities.channel(sid)?.friendly_name.as_ref())
            }
            Self::Membership(_, key) => raw(entities.channel(key.channel)?.friendly_name.as_ref()),
            Self::User(_, sid) => raw(entities.user(sid)?.friendly_name.as_ref()),
            Self::Member(..) | Self::Invite(..) => self.unique_name(entities),
            Self::Message(.., sid) => raw(entities.message(sid)?.body.as_ref()),
            Self::Role(_, sid) => raw(entities.role(sid)?.friendly_name.as_ref()),
            Self::Flow(sid) => raw(entities.flow(sid)?.friendly_name.as_ref()),
            Self::Write(id) => Some(entities.journal_entry(id)?.record.label.clone()),
            Self::Found(_) => None,
            Self::Job(id) => Some(entities.job(id)?.label.clone()),
            Self::JobRow(key) => Some(entities.job_row(key)?.label.clone()),
        }
    }

    fn unique_name(self, entities: &Entities) -> Option<String> {
        match self {
            Self::Channel(_, sid) | Self::Flex(sid) => {
                raw(entities.channel(sid)?.unique_name.as_ref())
            }
            Self::Membership(_, key) => raw(entities.channel(key.channel)?.unique_name.as_ref()),
            Self::User(_, sid) => Some(entities.user(sid)?.identity.raw().to_owned()),
            Self::Member(.., sid) => Some(entities.member(sid)?.identity.raw().to_owned()),
            Self::Invite(.., sid) => Some(entities.invite(sid)?.identity.raw().to_owned()),
            _ => None,
        }
    }

    fn attributes(self, entities: &Entities) -> Option<String> {
        let attributes = match self {
            Self::Channel(_, sid) | Self::Flex(sid) => entities.channel(sid)?.attributes,
            Self::Membership(_, key) => entities.channel(key.channel)?.attributes,
            Self::User(_, sid) => entities.user(sid)?.attributes.clone(),
            Self::Member(.., sid) => entities.member(sid)?.attributes.clone(),
            Self::Message(.., sid) => entities.message(sid)?.attributes.clone(),
            Self::Flow(sid) => entities.flow(sid)?.integration.clone(),
            _ => return None,
        };
        Some(attributes.text().to_owned())
    }

    fn row(self, entities: &Entities) -> Option<String> {
        match self {
            Self::Service(sid) => Some(row(sid, entities)),
            Self::Channel(_, sid) => Some(row(entities.channel_row(sid)?, entities)),
            Self::User(_, sid) => Some(row(sid, entities)),
            Self::Member(.., sid) => Some(row(sid, entities)),
            Self::Membership(_, key) => Some(row(key, entities)),
            Self::Message(.., sid) => Some(row(sid, entities)),
            Self::Invite(.., sid) => Some(row(sid, entities)),
            Self::Role(_, sid) => Some(row(sid, entities)),
            Self::Flex(sid) => Some(row(FlexKey(sid), entities)),
            Self::Flow(sid) => Some(row(sid, entities)),
            Self::Write(id) => Some(row(id, entities)),
            Self::Found(hit) => Some(row(hit, entities)),
            Self::Job(id) => Some(row(id, entities)),
            Self::JobRow(key) => Some(row(key, entities)),
        }
    }

    /// Where the API has it: the product, and the path there.
    fn path(self, model: &Model) -> Option<(usize, String)> {
        let chat = |service: Sid<Service>, rest: &str| {
            Some((CHAT, format!("/v2/Services/{service}{rest}")))
        };
        match self {
            Self::Service(service) => chat(service, ""),
            Self::Channel(service, sid) => chat(service, &format!("/Channels/{sid}")),
            Self::User(service, sid) => chat(service, &format!("/Users/{sid}")),
            Self::Member(service, channel, sid) => {
                chat(service, &format!("/Channels/{channel}/Members/{sid}"))
            }
            Self::Membership(service, MembershipKey { user, channel }) => {
                chat(service, &format!("/Users/{user}/Channels/{channel}"))
            }
            Self::Message(service, channel, sid) => {
                chat(service, &format!("/Channels/{channel}/Messages/{sid}"))
            }
            Self::Invite(service, channel, sid) => {
                chat(service, &format!("/Channels/{channel}/Invites/{sid}"))
            }
            Self::Role(service, sid) => chat(service, &format!("/Roles/{sid}")),
            Self::Flex(sid) => Some((FLEX, format!("/v1/Channels/{sid}"))),
            Self::Flow(sid) => Some((FLEX, format!("/v1/FlexFlows/{sid}"))),
            Self::Write(id) => {
                let path = &model.entities.journal_entry(id)?.record.path;
                Some((if path.starts_with("/v1/") { FLEX } else { CHAT }, path.clone()))
            }
            Self::Job(_) | Self::JobRow(_) | Self::Found(_) => None,
        }
    }

    fn url(self, model: &Model) -> Option<String> {
        let (product, path) = self.path(model)?;
        Some(format!("{}{path}", origin(model, product)?))
    }

    fn curl(self, model: &Model) -> Option<String> {
        let (product, path) = self.path(model)?;
        let base_url = origin(model, product)?;
        if let Self::Write(id) = self {
            return model.entities.journal_entry(id)?.curl(base_url);
        }
        let call = Call { method: "GET", base_url, path: &path, form: &[], webhooks: false };
        Some(curl::line(&call))
    }
}

/// How the URLs of a product begin, once that is known.
fn origin(model: &Model, product: usize) -> Option<&str> {
    let origin = model.origins.get(product)?.trim_end_matches('/');
    (!origin.is_empty()).then_some(origin)
}

/// The fields of a row, tabs between them; no cell can end another, or is taken for a formula.
fn row<K: Entry>(key: K, entities: &Entities) -> String {
    let mut line = String::new();
    let fields = K::FIELDS.iter().enumerate().filter(|(_, field)| field.kind != Kind::Json);
    for (nth, (at, field)) in fields.enumerate() {
        if nth > 0 {
            line.push('\t');
        }
        match (key.cell(at, entities), field.kind) {
            (Cell::Nothing, _) => {}
            (Cell::Number(number), Kind::Moment) => {
                let moment = Timestamp::from_microsecond(number);
                // No answer holds a moment that cannot be told.
                line.extend(moment.map(|at| at.to_string()));
            }
            (Cell::Number(number), Kind::Flag) => {
                line.push_str(if number == 0 { "no" } else { "yes" });
            }
            (Cell::Number(number), _) => {
                // A text takes whatever is written to it.
                let _ = write!(line, "{number}");
            }
            (Cell::Text(text), _) => line.push_str(&disarmed(&text.replace('\t', " "))),
        }
    }
    super::in_one_line(&line)
}
