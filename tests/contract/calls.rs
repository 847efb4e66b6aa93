//! Every call of the client, in one table: what is said of all of them is tried with all of them.

use std::pin::Pin;

use switchboard::api::chat::{
    channels, invites, members, memberships, messages, migration, roles, services, users,
};
use switchboard::api::flex;
use switchboard::api::{
    Address, ChannelPatch, Client, Error, MembershipPatch, NewChannel, NewFlexChannel,
    NotificationLevel, Visibility, Webhooks,
};

use crate::bench::Ground;

/// What became of a call, whatever it answers.
pub(crate) type Outcome = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Fetch,
    List,
    Create,
    Change,
    Delete,
}

/// What has to be there for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Needs {
    Nothing,
    Service,
    /// Something in the service.
    More,
}

/// One call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    pub(crate) name: &'static str,
    pub(crate) deed: Deed,
    pub(crate) needs: Needs,
    run: fn(Client, Ground) -> Outcome,
}

impl Call {
    pub(crate) fn run(&self, client: &Client, ground: Ground) -> Outcome {
        (self.run)(client.clone(), ground)
    }

    pub(crate) fn writes(&self) -> bool {
        !matches!(self.deed, Deed::Fetch | Deed::List)
    }
}

macro_rules! calls {
    ($($name:literal $deed:ident $needs:ident |$client:ident, $on:ident| $call:expr;)*) => {
        pub(crate) const CALLS: &[Call] = &[$(Call {
            name: $name,
            deed: Deed::$deed,
            needs: Needs::$needs,
            run: |$client, $on| Box::pin(async move {
                // Some calls need nothing to stand on.
                let _ = $on;
                $call.await.map(drop)
            }),
        }),*];
    };
}

calls! {
    "services list" List Nothing |client, on| services::list(&client, None);
    "services fetch" Fetch Service |client, on| services::fetch(&client, on.service);
    "channels list" List Service |client, on| channels::list(&client, on.service, None);
    "channels fetch" Fetch More |client, on|
        channels::fetch(&client, on.service, &on.channel.into());
    "channels update" Change More |client, on|
        channels::update(&client, on.service, on.channel, &renamed(), Webhooks::Off);
    "channels list of" List Service |client, on|
        channels::list_of(&client, on.service, Visibility::Public, None);
    "channels create" Create Service |client, on|
        channels::create(&client, on.service, &NewChannel::default(), Webhooks::On);
    "channels update with" Change More |client, on|
        channels::update(&client, on.service, on.channel, &renamed(), Webhooks::On);
    "channels delete" Delete More |client, on|
        channels::delete(&client, on.service, on.channel, Webhooks::On);
    "migration migrate" Change More |client, on|
        migration::migrate(&client, on.service, on.channel, None, Webhooks::On);
    "messages list" List More |client, on|
        messages::list(&client, on.service, &on.channel.into(), None);
    "invites list" List More |client, on|
        invites::list(&client, on.service, &on.channel.into(), None);
    "roles list" List Service |client, on| roles::list(&client, on.service, None);
    "users list" List Service |client, on| users::list(&client, on.service, None);
    "users fetch" Fetch More |client, on| users::fetch(&client, on.service, &on.user.into());
    "members list" List More |client, on|
        members::list(&client, on.service, &on.channel.into(), None);
    "memberships list" List More |client, on|
        memberships::list(&client, on.service, &on.user.into(), None);
    "memberships fetch" Fetch More |client, on|
        memberships::fetch(&client, on.service, &on.user.into(), &Address::Sid(on.channel));
    "memberships update" Change More |client, on|
        memberships::update(&client, on.service, on.user, on.channel, &muted());
    "memberships delete" Delete More |client, on|
        memberships::delete(&client, on.service, on.user, on.channel, Webhooks::On);
    "flex channels list" List Nothing |client, on| flex::channels::list(&client, None);
    "flex channels fetch" Fetch More |client, on|
        flex::channels::fetch(&client, on.flex_channel);
    "flex channels create" Create Nothing |client, on|
        flex::channels::create(&client, &NewFlexChannel::new(on.flow, "new", "New", "A question"));
    "flex channels delete" Delete More |client, on|
        flex::channels::delete(&client, on.flex_channel);
    "flex flows list" List Nothing |client, on| flex::flows::list(&client, None, None);
}

/// The calls of which this is true.
pub(crate) fn calls(which: impl Fn(&Call) -> bool) -> Vec<Call> {
    let found: Vec<Call> = CALLS.iter().copied().filter(which).collect();
    assert!(!found.is_empty());
    found
}

pub(crate) fn renamed() -> ChannelPatch {
    ChannelPatch { friendly_name: Some("Renamed".to_owned()), ..ChannelPatch::default() }
}

pub(crate) fn muted() -> MembershipPatch {
    let notification_level = Some(NotificationLevel::Muted);
    MembershipPatch { notification_level, ..MembershipPatch::default() }
}
