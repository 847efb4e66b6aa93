//! What is asked for where the server tells sids alone.

use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    api::{
        Client, Error,
        chat::{
            channels::{self, Channel},
            memberships::Membership,
            services::Service,
            users,
        },
        flex::{channels::FlexChannel, flows::FlexFlow},
        sid::Sid,
    },
    commands::{
        Failed,
        list::AT_ONCE,
        noun::{NamedFlex, NamedMembership},
    },
};

/// What channels are called.
pub(crate) struct Names<'a> {
    client: &'a Client,
    service: Sid<Service>,
    sids: bool,
    /// Many users are in the same few channels.
    known: HashMap<Sid<Channel>, Option<Channel>>,
}

/// So many names are remembered.
const KNOWN: usize = 10_000;

impl<'a> Names<'a> {
    /// Asks `client`, unless sids are enough.
    pub(crate) fn new(client: &'a Client, service: Sid<Service>, sids: bool) -> Self {
        Self { client, service, sids, known: HashMap::new() }
    }

    /// The memberships with their channels.
    pub(crate) async fn of(
        &mut self,
        rows: Vec<Membership>,
    ) -> Result<Vec<NamedMembership>, Failed> {
        let mut missing: Vec<_> = rows.iter().map(|row| row.channel_sid).collect();
        missing.retain(|sid| !self.sids && !self.known.contains_key(sid));
        missing.sort_unstable();
        missing.dedup();
        if self.known.len() + missing.len() > KNOWN {
            self.known.clear();
            missing = rows.iter().map(|row| row.channel_sid).filter(|_| !self.sids).collect();
        }
        let (client, service) = (self.client, self.service);
        let asked = stream::iter(missing).map(async |sid| {
            let channel = found(channels::fetch(client, service, &sid.into()).await)?;
            Ok::<_, Failed>((sid, channel))
        });
        let named: Vec<_> = asked.buffered(AT_ONCE).try_collect().await?;
        self.known.extend(named);
        let name = |membership: Membership| NamedMembership {
            channel: self.known.get(&membership.channel_sid).cloned().flatten(),
            membership,
        };
        Ok(rows.into_iter().map(name).collect())
    }
}

/// A Flex channel with what is known of it elsewhere; sids may be enough.
pub(crate) async fn named_flex(
    client: &Client,
    flex: FlexChannel,
    flow: Option<FlexFlow>,
    sids: bool,
) -> Result<NamedFlex, Failed> {
    let service = flow.as_ref().and_then(|flow| flow.chat_service_sid).filter(|_| !sids);
    let Some(service) = service else {
        return Ok(NamedFlex { flex, flow, channel: None, user: None });
    };
    let channel = found(channels::fetch(client, service, &flex.sid.into()).await)?;
    let user = match flex.user_sid {
        Some(user) => found(users::fetch(client, service, &user.into()).await)?,
        None => None,
    };
    Ok(NamedFlex { flex, flow, channel, user })
}

/// Nothing where there is no such thing any more.
fn found<T>(answer: Result<T, Error>) -> Result<Option<T>, Failed> {
    match answer {
        Err(error) if error.is_gone() => Ok(None),
        answer => Ok(Some(answer?)),
    }
}
