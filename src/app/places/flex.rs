//! The Flex channels of the account. Such a channel tells neither its name nor its service, so a row is joined: by its
//! flow to the chat service, and there to the chat channel and the customer.

use std::collections::HashSet;

use crate::api::{
    chat::{channels::Channel, services::Service},
    flex::channels::FlexChannel,
    page::Page,
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::{Entities, FlexKey},
    list::{Entry, print_of},
    model::Model,
    places::{
        channels,
        flows::{self, Standing},
        names::{self, Wanted},
    },
    query::{Cell, Field, Kind, fold},
    ticket::{EditKey, Lane, Reply},
};

impl Entry for FlexKey {
    type Keys = HashSet<Self>;

    const FIELDS: &'static [Field] = &[
        Field::new("name", "NAME", Kind::Text),
        Field::new("flow", "FLOW", Kind::Text),
        Field::new("user", "USER", Kind::Text),
        Field::new("task", "TASK", Kind::Text),
        Field::new("created", "CREATED", Kind::Moment),
        Field::new("updated", "", Kind::Moment),
        Field::new("sid", "SID", Kind::Text),
    ];

    fn folded(self, entities: &Entities) -> String {
        let chat = channels::folded(self.0, entities);
        let Some(flex) = entities.flex_channel(self.0) else { return chat };
        let raw = |text: Option<&RemoteText>| text.map_or(String::new(), |it| it.raw().to_owned());
        let user = flex.user_sid.and_then(|sid| entities.user(sid));
        let flow = flex.flow_sid.and_then(|sid| entities.flow(sid));
        let identity = raw(user.map(|user| &user.identity));
        let flow = raw(flow.and_then(|flow| flow.friendly_name.as_ref()));
        let sids = [
            flex.flow_sid.map(|sid| sid.to_string()),
            flex.user_sid.map(|sid| sid.to_string()),
            flex.task_sid.map(|sid| sid.to_string()),
        ];
        let sids = sids.map(Option::unwrap_or_default).join("\n");
        format!("{chat}\n{}", fold(&format!("{identity}\n{flow}\n{sids}")))
    }

    fn print(self, entities: &Entities) -> u64 {
        print_of(&entities.flex_channel(self.0))
    }

    fn cell(self, field: usize, entities: &Entities) -> Cell<'_> {
        let Some(flex) = entities.flex_channel(self.0) else { return Cell::Nothing };
        match field {
            0 => Cell::owned(Some(channels::raw_title(entities, self.0))),
            1 => {
                let flow = flex.flow_sid.and_then(|sid| entities.flow(sid));
                let name = flow.and_then(|flow| flow.friendly_name.as_ref());
                Cell::text(name.map(RemoteText::raw))
            }
            2 => {
                let user = flex.user_sid.and_then(|sid| entities.user(sid));
                Cell::text(user.map(|user| user.identity.raw()))
            }
            3 => Cell::owned(flex.task_sid.map(|sid| sid.to_string())),
            4 => Cell::moment(flex.date_created),
            5 => Cell::moment(flex.date_updated),
            6 => Cell::owned(Some(self.0.to_string())),
            _ => Cell::Nothing,
        }
    }
}

/// A page of Flex channels came.
pub fn arrived(model: &mut Model, reply: Reply<Page<FlexChannel>>) -> Vec<Effect> {
    super::arrived(
        model,
        reply,
        |lists| Some(&mut lists.flex),
        |entities, channel, serial| {
            let key = FlexKey(channel.sid);
            entities.put_flex_channel(channel, serial);
            key
        },
    )
}

/// The service in which a Flex channel's chat channel lies: its flow tells, else the chat channel, if it is known.
pub fn service_of(model: &Model, channel: Sid<Channel>) -> Option<Sid<Service>> {
    let flow = model.entities.flex_channel(channel).and_then(|flex| flex.flow_sid);
    let by_flow = flow.and_then(|flow| match flows::look_up(model, flow) {
        Standing::Here(flow) => flow.chat_service_sid,
        _ => None,
    });
    by_flow.or_else(|| model.entities.confirmed_channel(channel).map(|known| known.service_sid))
}

/// What the rows in view, or all rows, take their names from.
pub(super) fn names(model: &Model, all: bool) -> impl Iterator<Item = Wanted> {
    let list = &model.lists.flex;
    let rows = if all { list.first_rows() } else { list.window() };
    rows.iter().flat_map(|key| {
        let user = model.entities.flex_channel(key.0).and_then(|flex| flex.user_sid);
        let lanes = [Some(Lane::Channel(key.0)), user.map(Lane::User)].into_iter().flatten();
        // Which service it is costs more to find out than whether there is anything to ask.
        let lacking = lanes.filter(|lane| !names::is_known(model, *lane));
        lacking.filter_map(|lane| Some((service_of(model, key.0)?, lane)))
    })
}

/// How many rows have a chat channel or a customer whose name is not known.
pub(super) fn unseen(model: &Model) -> usize {
    let named = |sid: Sid<Channel>| {
        model.entities.knows_channel(sid) || model.entities.is_gone(EditKey::Channel(sid))
    };
    let identified = |sid: Sid<Channel>| {
        let user = model.entities.flex_channel(sid).and_then(|flex| flex.user_sid);
        user.is_none_or(|user| {
            model.entities.user(user).is_some() || names::is_gone(model, Lane::User(user))
        })
    };
    model.lists.flex.first_rows().iter().filter(|key| !named(key.0) || !identified(key.0)).count()
}
