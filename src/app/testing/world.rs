//! A small world that answers orders: plain lists, paging by offset, writes that take effect.

use std::collections::VecDeque;

use crate::api::{
    attributes::Attributes,
    chat::{
        channels::{Channel, ChannelPatch, ChannelType, NewChannel, Visibility},
        invites::Invite,
        members::Member,
        memberships::{Membership, MembershipPatch},
        messages::Message,
        migration::Migrated,
        roles::Role,
        services::Service,
        users::User,
    },
    client::Deleted,
    flex::{channels::FlexChannel, flows::FlexFlow},
    page::{NextPage, Page},
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::MembershipKey,
    jobs::{Survey, Surveyed},
    model::Model,
    msg::Msg,
    notice::{Problem, ProblemKind},
    testing,
    ticket::{Lane, Reply, Ticket},
    update::update,
};

/// All that the server has.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// What the journal was told and asked.
    pub(crate) journal: Vec<Effect>,
    pub(crate) services: Vec<Service>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) users: Vec<User>,
    pub(crate) members: Vec<Member>,
    pub(crate) memberships: Vec<Membership>,
    /// The newest first.
    pub(crate) messages: Vec<Message>,
    pub(crate) invites: Vec<Invite>,
    pub(crate) roles: Vec<Role>,
    pub(crate) flows: Vec<FlexFlow>,
    pub(crate) flex: Vec<FlexChannel>,
    /// How many rows a page holds.
    pub(crate) page: usize,
    /// How many channels were made.
    pub(crate) made: u32,
    /// Grows with every row that comes or goes: page tokens of before are stale then.
    pub(crate) version: u32,
}

impl World {
    /// So many services, each with so many channels and users of its own; every user is in every channel.
    /// Service 1 holds channels and users 11, 12 …, service 2 holds 21, 22 …. Whoever comes last is also invited
    /// everywhere, in every channel five things were said, and every channel is one of Flex: the flow of service 1 is
    /// 901. The roles of service 1 are 11 and 12.
    pub(crate) fn of(services: u32, channels: u32, users: u32) -> Self {
        let mut world = Self {
            journal: Vec::new(),
            services: (1..=services).map(testing::service).collect(),
            channels: Vec::new(),
            users: Vec::new(),
            members: Vec::new(),
            memberships: Vec::new(),
            messages: Vec::new(),
            invites: Vec::new(),
            roles: Vec::new(),
            flows: Vec::new(),
            flex: Vec::new(),
            page: 1_000,
            made: 0,
            version: 0,
        };
        let width = if channels.max(users) > 9 { 1_000 } else { 10 };
        for of in 1..=services {
            for channel in 1..=channels {
                let channel = of * width + channel;
                world.channels.push(testing::channel(of, channel));
                world.messages.extend((0..5).rev().map(|at| testing::message(of, channel, at)));
                world.invites.push(testing::invite(of, channel, of * width + users));
                world.flex.push(testing::flex_channel(channel, 900 + of, of * width + users));
            }
            world.roles.extend([1, 2].map(|role| testing::role(of, of * 10 + role)));
            world.flows.push(testing::flow(of, 900 + of));
            for user in 1..=users {
                world.users.push(testing::user(of, of * width + user));
                for channel in 1..=channels {
                    let (user, channel) = (of * width + user, of * width + channel);
                    world.members.push(testing::member(of, channel, user));
                    world.memberships.push(testing::membership(of, user, channel));
                }
            }
        }
        world
    }

    /// The same, with pages of so many rows.
    pub(crate) fn paged(self, page: usize) -> Self {
        Self { page, ..self }
    }

    /// Answers orders and what comes of them, until nothing is asked any more; what has no answer is given back.
    pub(crate) fn serve(&mut self, model: &mut Model, orders: Vec<Effect>) -> Vec<Effect> {
        let mut waiting = VecDeque::from(orders);
        let mut rest = Vec::new();
        while let Some(order) = waiting.pop_front() {
            match self.answer(&order) {
                Some(answer) => waiting.extend(update(model, answer)),
                None if matches!(
                    order,
                    Effect::Settle { .. }
                        | Effect::SettleEntry { .. }
                        | Effect::RecallJournal { .. }
                ) =>
                {
                    self.journal.push(order);
                }
                None => rest.push(order),
            }
        }
        rest
    }

    /// Presses keys, and answers what comes of each before the next.
    pub(crate) fn press(&mut self, model: &mut Model, keys: &str) -> Vec<Effect> {
        let mut rest = Vec::new();
        for key in keys.split_whitespace() {
            let orders = testing::press(model, key);
            rest.extend(self.serve(model, orders));
        }
        rest
    }

    /// Presses keys that begin a write, and answers the reading that goes before it; the rest is given back.
    pub(crate) fn send(&mut self, model: &mut Model, keys: &str) -> Vec<Effect> {
        let mut rest = Vec::new();
        for order in testing::press(model, keys) {
            let is_reading = matches!(testing::ticket_of(&order), Some(it) if matches!(it.lane, Lane::Reread(_)));
            match self.answer(&order).filter(|_| is_reading) {
                Some(answer) => rest.extend(update(model, answer)),
                None => rest.push(order),
            }
        }
        rest
    }

    fn channel_called(&self, unique_name: &str) -> Option<&Channel> {
        let is_called = |name: &RemoteText| name.raw() == unique_name;
        self.channels.iter().find(|it| it.unique_name.as_ref().is_some_and(is_called))
    }

    /// The true answer to an order; writes take effect.
    #[expect(clippy::too_many_lines, reason = "a table of orders, an answer each")]
    pub(crate) fn answer(&mut self, order: &Effect) -> Option<Msg> {
        Some(match order.clone() {
            Effect::GoOn => Msg::WentOn,
            Effect::ListServices { ticket, next } => {
                let rows = self.services.iter().collect();
                Msg::ServicesArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListChannels { ticket, service, next } => {
                let rows = self.channels.iter().filter(|it| it.service_sid == service).collect();
                Msg::ChannelsArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListUsers { ticket, service, next } => {
                let rows = self.users.iter().filter(|it| it.service_sid == service).collect();
                Msg::UsersArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListMembers { ticket, channel, next, .. } => {
                let rows = self.members.iter().filter(|it| it.channel_sid == channel).collect();
                Msg::MembersArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListMemberships { ticket, user, next, .. } => {
                let rows = self.memberships.iter().filter(|it| it.user_sid == user).collect();
                Msg::MembershipsArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::FetchService { ticket, service } => {
                let found = self.services.iter().find(|it| it.sid == service);
                Msg::ServiceArrived(one(ticket, found))
            }
            Effect::FetchChannel { ticket, service, channel } => {
                let here = self.channel(channel).filter(|it| it.service_sid == service);
                Msg::ChannelArrived(one(ticket, here))
            }
            Effect::RereadChannel { ticket, channel, .. } => {
                Msg::ChannelReread(one(ticket, self.channel(channel)))
            }
            Effect::FetchUser { ticket, user, .. } => {
                Msg::UserArrived(one(ticket, self.users.iter().find(|it| it.sid == user)))
            }
            Effect::FetchPerson { ticket, service, identity } => {
                let mut here = self.users.iter().filter(|it| it.service_sid == service);
                Msg::PersonArrived(one(ticket, here.find(|it| it.identity == identity)))
            }
            Effect::FetchNamed { ticket, unique_name, .. } => {
                Msg::ChannelArrived(one(ticket, self.channel_called(&unique_name)))
            }
            Effect::RereadMembership { ticket, key, .. } => {
                Msg::MembershipReread(one(ticket, self.membership(key)))
            }
            Effect::SaveChannel { ticket, channel, patch, .. } => {
                self.change_channel(channel, &patch);
                Msg::ChannelSaved(one(ticket, self.channel(channel)))
            }
            Effect::SaveMembership { ticket, key, patch, .. } => {
                self.change_membership(key, &patch);
                Msg::MembershipSaved(one(ticket, self.membership(key)))
            }
            write @ (Effect::CreateChannel { .. }
            | Effect::MigrateChannel { .. }
            | Effect::DeleteChannel { .. }
            | Effect::DeleteMembership { .. }
            | Effect::CreateFlexChannel { .. }
            | Effect::DeleteFlexChannel { .. }) => return self.carry_out(write),
            Effect::RereadCreated { ticket, service, unique_name } => {
                let mut here = self.channels.iter().filter(|it| it.service_sid == service);
                let found = here.find(|it| {
                    it.unique_name.as_ref().is_some_and(|name| name.raw() == unique_name)
                });
                Msg::CreatedReread(one(ticket, found))
            }
            Effect::RereadFlexChannel { ticket, channel } => {
                let found = self.flex.iter().find(|it| it.sid == channel);
                Msg::FlexChannelReread(one(ticket, found))
            }
            only_read => return self.answer_reading(only_read),
        })
    }

    fn answer_reading(&self, order: Effect) -> Option<Msg> {
        Some(match order {
            Effect::ListJournal { ticket, .. } => {
                Msg::JournalArrived(Reply { ticket, result: Ok(testing::page(Vec::new(), None)) })
            }
            Effect::RecallListing { ticket, .. } => {
                Msg::ListingRecalled(Reply { ticket, result: Ok(None) })
            }
            Effect::FindUndoable { ticket } => {
                Msg::UndoableFound(Reply { ticket, result: Ok(None) })
            }
            Effect::ListMessages { ticket, channel, next, .. } => {
                let rows = self.messages.iter().filter(|it| it.channel_sid == channel).collect();
                Msg::MessagesArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListInvites { ticket, channel, next, .. } => {
                let rows = self.invites.iter().filter(|it| it.channel_sid == channel).collect();
                Msg::InvitesArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListRoles { ticket, service, next } => {
                let rows = self.roles.iter().filter(|it| it.service_sid == service).collect();
                Msg::RolesArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListFlexChannels { ticket, next } => {
                let rows = self.flex.iter().collect();
                Msg::FlexChannelsArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::ListFlows { ticket, next } => {
                let rows = self.flows.iter().collect();
                Msg::FlowsArrived(self.page_of(ticket, rows, next.as_ref()))
            }
            Effect::FetchFlexChannel { ticket, channel } => {
                Msg::FlexChannelArrived(one(ticket, self.flex.iter().find(|it| it.sid == channel)))
            }
            other => return self.of_jobs(&other),
        })
    }

    /// Makes, migrates and deletes.
    fn carry_out(&mut self, order: Effect) -> Option<Msg> {
        self.version += u32::from(!matches!(order, Effect::MigrateChannel { .. }));
        Some(match order {
            Effect::CreateChannel { ticket, service, new, .. } => {
                let channel = self.make(service, &new);
                Msg::ChannelCreated(one(ticket, Some(&channel)))
            }
            Effect::MigrateChannel { ticket, channel, messaging_service, .. } => {
                let mut all = self.channels.iter_mut();
                let found = all.find(|it| it.sid == channel).map(|channel| {
                    channel.kind = ChannelType::Private;
                    let (channel, messaging_service_sid) = (channel.clone(), messaging_service);
                    Migrated { channel, messaging_service_sid }
                });
                Msg::ChannelMigrated(one(ticket, found.as_ref()))
            }
            Effect::DeleteChannel { ticket, channel, .. } => {
                let was = self.channel(channel).is_some();
                self.channels.retain(|it| it.sid != channel);
                self.members.retain(|it| it.channel_sid != channel);
                self.memberships.retain(|it| it.channel_sid != channel);
                Msg::ChannelDeleted(deleted(ticket, was))
            }
            Effect::DeleteMembership { ticket, key, .. } => {
                let was = self.membership(key).is_some();
                let user = self.users.iter().find(|it| it.sid == key.user);
                let identity = user.map(|user| user.identity.clone());
                self.memberships
                    .retain(|it| (it.user_sid, it.channel_sid) != (key.user, key.channel));
                self.members.retain(|it| {
                    it.channel_sid != key.channel || Some(&it.identity) != identity.as_ref()
                });
                Msg::MembershipDeleted(deleted(ticket, was))
            }
            Effect::CreateFlexChannel { ticket, new, .. } => {
                self.made += 1;
                let like = testing::channel(1, 9_000 + self.made);
                let channel = FlexChannel {
                    sid: like.sid,
                    flow_sid: Some(new.flow),
                    user_sid: None,
                    task_sid: new.task_sid,
                    date_created: like.date_created,
                    date_updated: like.date_updated,
                };
                self.flex.push(channel.clone());
                Msg::FlexChannelCreated(one(ticket, Some(&channel)))
            }
            Effect::DeleteFlexChannel { ticket, channel, .. } => {
                let before = self.flex.len();
                self.flex.retain(|it| it.sid != channel);
                Msg::FlexChannelDeleted(deleted(ticket, self.flex.len() < before))
            }
            _ => return None,
        })
    }

    fn make(&mut self, service: Sid<Service>, new: &NewChannel) -> Channel {
        self.made += 1;
        let text = |text: &Option<String>| text.as_deref().map(RemoteText::new);
        let like = testing::channel(1, 9_000 + self.made);
        let is_private = new.visibility == Some(Visibility::Private);
        let channel = Channel {
            service_sid: service,
            friendly_name: text(&new.friendly_name),
            unique_name: text(&new.unique_name),
            attributes: Attributes::from_text(new.attributes.as_deref().unwrap_or("{}")),
            kind: if is_private { ChannelType::Private } else { ChannelType::Public },
            created_by: text(&new.created_by).or(like.created_by),
            date_created: new.date_created.or_else(|| Some(testing::start())),
            date_updated: new.date_updated.or(like.date_updated),
            members_count: Some(0),
            messages_count: Some(0),
            sid: like.sid,
        };
        self.channels.push(channel.clone());
        channel
    }

    /// What a plan has to know; of jobs there are none, for no console of this world has a ledger.
    fn of_jobs(&self, order: &Effect) -> Option<Msg> {
        let none = |ticket| Reply { ticket, result: Err(no_ledger()) };
        Some(match *order {
            Effect::Survey { ticket, survey } => {
                let found = match survey {
                    Survey::OfFlex => {
                        Surveyed::OfFlex(self.flex.iter().map(|channel| channel.sid).collect())
                    }
                    Survey::OfUser(_, user) => {
                        let of = self.memberships.iter().filter(|it| it.user_sid == user);
                        Surveyed::OfUser(of.cloned().collect(), 0)
                    }
                };
                Msg::Surveyed(Reply { ticket, result: Ok(found) })
            }
            Effect::BeginJob { ticket, .. } | Effect::ResumeJob { ticket, .. } => {
                Msg::JobBegan(none(ticket))
            }
            Effect::ListJobs { ticket, .. } => {
                Msg::JobsArrived(Reply { ticket, result: Ok(testing::page(Vec::new(), None)) })
            }
            Effect::ListJobRows { ticket, .. } => {
                Msg::JobRowsArrived(Reply { ticket, result: Ok(testing::page(Vec::new(), None)) })
            }
            _ => return None,
        })
    }

    /// A channel as the server has it.
    pub(crate) fn channel(&self, sid: Sid<Channel>) -> Option<&Channel> {
        self.channels.iter().find(|it| it.sid == sid)
    }

    /// A membership as the server has it.
    pub(crate) fn membership(&self, key: MembershipKey) -> Option<&Membership> {
        self.memberships.iter().find(|it| it.user_sid == key.user && it.channel_sid == key.channel)
    }

    fn change_channel(&mut self, sid: Sid<Channel>, patch: &ChannelPatch) {
        let Some(channel) = self.channels.iter_mut().find(|it| it.sid == sid) else { return };
        let text = |text: &String| Some(RemoteText::new(text.as_str()));
        if let Some(name) = &patch.friendly_name {
            channel.friendly_name = text(name);
        }
        if let Some(name) = &patch.unique_name {
            channel.unique_name = text(name);
        }
        if let Some(attributes) = &patch.attributes {
            channel.attributes = Attributes::from_text(attributes.as_str());
        }
        if let Some(by) = &patch.created_by {
            channel.created_by = text(by);
        }
        channel.date_created = patch.date_created.or(channel.date_created);
        channel.date_updated = patch.date_updated.or(channel.date_updated);
    }

    fn change_membership(&mut self, key: MembershipKey, patch: &MembershipPatch) {
        let mut all = self.memberships.iter_mut();
        let found = all.find(|it| it.user_sid == key.user && it.channel_sid == key.channel);
        let Some(membership) = found else { return };
        if let Some(level) = &patch.notification_level {
            membership.notification_level = level.clone();
        }
        if let Some(consumed) = patch.last_consumed_message_index {
            membership.last_consumed_message_index = consumed.index();
        }
    }

    fn page_of<T: Clone>(
        &self,
        ticket: Ticket,
        rows: Vec<&T>,
        next: Option<&NextPage>,
    ) -> Reply<Page<T>> {
        let token = next.map(|next| next.leads_to().split_once('@').expect("a token"));
        if token.is_some_and(|(_, version)| version != self.version.to_string()) {
            return Reply { ticket, result: Err(testing::refusal(21_481, "invalid page token")) };
        }
        let from: usize = token.map_or(0, |(from, _)| from.parse().expect("a number"));
        let end = (from + self.page).min(rows.len());
        let next = (end < rows.len()).then(|| NextPage::made_up(format!("{end}@{}", self.version)));
        let items = rows.into_iter().skip(from).take(self.page).cloned().collect();
        Reply { ticket, result: Ok(Page { items, next, unreadable: 0 }) }
    }
}

fn no_ledger() -> Problem {
    Problem::new(ProblemKind::Refused, "nothing can be written down")
}

fn deleted(ticket: Ticket, was_there: bool) -> Reply<Deleted> {
    let deleted = if was_there { Deleted::Done } else { Deleted::AlreadyGone };
    Reply { ticket, result: Ok(deleted) }
}

fn one<T: Clone>(ticket: Ticket, found: Option<&T>) -> Reply<T> {
    let gone = || Problem::new(ProblemKind::Gone, "the server does not know it");
    Reply { ticket, result: found.cloned().ok_or_else(gone) }
}

/// The answer that an order failed.
pub(crate) fn failure(order: &Effect, problem: Problem) -> Option<Msg> {
    fn failed<T>(ticket: Ticket, problem: Problem) -> Reply<T> {
        Reply { ticket, result: Err(problem) }
    }
    let ticket = testing::ticket_of(order)?;
    Some(match order {
        Effect::StartSandbox { .. } => Msg::Connected(failed(ticket, problem)),
        Effect::Connect { .. } => Msg::Switched(failed(ticket, problem)),
        Effect::SignIn { .. } => Msg::SignedIn(failed(ticket, problem)),
        Effect::ListServices { .. } => Msg::ServicesArrived(failed(ticket, problem)),
        Effect::ListChannels { .. } => Msg::ChannelsArrived(failed(ticket, problem)),
        Effect::RecallListing { .. } => Msg::ListingRecalled(failed(ticket, problem)),
        Effect::ListUsers { .. } => Msg::UsersArrived(failed(ticket, problem)),
        Effect::ListMembers { .. } => Msg::MembersArrived(failed(ticket, problem)),
        Effect::ListMemberships { .. } => Msg::MembershipsArrived(failed(ticket, problem)),
        Effect::FetchService { .. } => Msg::ServiceArrived(failed(ticket, problem)),
        Effect::FetchChannel { .. } | Effect::FetchNamed { .. } => {
            Msg::ChannelArrived(failed(ticket, problem))
        }
        Effect::FetchUser { .. } => Msg::UserArrived(failed(ticket, problem)),
        Effect::FetchPerson { .. } => Msg::PersonArrived(failed(ticket, problem)),
        Effect::ListMessages { .. } => Msg::MessagesArrived(failed(ticket, problem)),
        Effect::ListInvites { .. } => Msg::InvitesArrived(failed(ticket, problem)),
        Effect::ListRoles { .. } => Msg::RolesArrived(failed(ticket, problem)),
        Effect::ListFlexChannels { .. } => Msg::FlexChannelsArrived(failed(ticket, problem)),
        Effect::ListFlows { .. } => Msg::FlowsArrived(failed(ticket, problem)),
        Effect::ListJournal { .. } => Msg::JournalArrived(failed(ticket, problem)),
        Effect::FindUndoable { .. } => Msg::UndoableFound(failed(ticket, problem)),
        Effect::Survey { .. } => Msg::Surveyed(failed(ticket, problem)),
        Effect::BeginJob { .. } | Effect::ResumeJob { .. } => {
            Msg::JobBegan(failed(ticket, problem))
        }
        Effect::ListJobs { .. } => Msg::JobsArrived(failed(ticket, problem)),
        Effect::ListJobRows { .. } => Msg::JobRowsArrived(failed(ticket, problem)),
        Effect::FetchFlexChannel { .. } => Msg::FlexChannelArrived(failed(ticket, problem)),
        Effect::SaveChannel { .. } => Msg::ChannelSaved(failed(ticket, problem)),
        Effect::SaveMembership { .. } => Msg::MembershipSaved(failed(ticket, problem)),
        Effect::RereadChannel { .. } => Msg::ChannelReread(failed(ticket, problem)),
        Effect::RereadMembership { .. } => Msg::MembershipReread(failed(ticket, problem)),
        Effect::CreateChannel { .. } => Msg::ChannelCreated(failed(ticket, problem)),
        Effect::MigrateChannel { .. } => Msg::ChannelMigrated(failed(ticket, problem)),
        Effect::DeleteChannel { .. } => Msg::ChannelDeleted(failed(ticket, problem)),
        Effect::DeleteMembership { .. } => Msg::MembershipDeleted(failed(ticket, problem)),
        Effect::CreateFlexChannel { .. } => Msg::FlexChannelCreated(failed(ticket, problem)),
        Effect::DeleteFlexChannel { .. } => Msg::FlexChannelDeleted(failed(ticket, problem)),
        Effect::RereadCreated { .. } => Msg::CreatedReread(failed(ticket, problem)),
        Effect::RereadFlexChannel { .. } => Msg::FlexChannelReread(failed(ticket, problem)),
        Effect::Adopt { .. }
        | Effect::Abort(_)
        | Effect::GoOn
        | Effect::TakeMouse(_)
        | Effect::KeepBorders(_)
        | Effect::Redraw
        | Effect::Suspend
        | Effect::Copy { .. }
        | Effect::Hurt { .. }
        | Effect::PrintBelow { .. }
        | Effect::RecallJournal { .. }
        | Effect::Settle { .. }
        | Effect::SettleEntry { .. }
        | Effect::TellJob(_)
        | Effect::SavePlan { .. }
        | Effect::SaveReport { .. }
        | Effect::KeepDraft { .. }
        | Effect::DropDraft { .. }
        | Effect::OpenEditor { .. }
        | Effect::Exit { .. } => return None,
    })
}
