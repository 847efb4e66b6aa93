//! Every call with something that may not be. What is refused here by the client never leaves; the rest is refused by
//! the server. Calls that take nothing but sids have no line here: their types leave nothing invalid to say.

use std::collections::BTreeSet;

use switchboard::api::chat::{
    channels, invites, members, memberships, messages, migration, roles, services, users,
};
use switchboard::api::{
    Address, ChannelPatch, Client, Consumed, Error, MembershipPatch, NewChannel, NewFlexChannel,
    Visibility, Webhooks, flex,
};

use crate::bench::{Bench, Ground, code, made_up, named};
use crate::calls::{CALLS, Deed, Outcome};

/// A call of that name, made wrongly, and how it ends: with a status and code, or, with zeros, at home.
struct Wrong {
    name: &'static str,
    run: fn(Client, Ground) -> Outcome,
    refusal: (u16, u32),
}

macro_rules! wrong {
    ($($name:literal $status:literal $code:literal |$client:ident, $on:ident| $call:expr;)*) => {
        const WRONG: &[Wrong] = &[$(Wrong {
            name: $name,
            run: |$client, $on| Box::pin(async move {
                // Some calls need nothing to stand on.
                let _ = $on;
                $call.await.map(drop)
            }),
            refusal: ($status, $code),
        }),*];
    };
}

/// Calls to which nothing wrong can be said, for sids are all they take.
const ONLY_SIDS: &[&str] = &[
    "services fetch",
    "channels delete",
    "memberships delete",
    "flex channels fetch",
    "flex channels delete",
];

wrong! {
    "channels fetch" 0 0 |client, on| channels::fetch(&client, on.service, &named(".."));
    "channels create" 400 50304 |client, on|
        channels::create(&client, on.service, &no_json_to_create(), Webhooks::On);
    "channels update" 400 50304 |client, on|
        channels::update(&client, on.service, on.channel, &no_json(), Webhooks::Off);
    "channels update with" 400 50347 |client, on|
        channels::update(&client, on.service, on.channel, &ChannelPatch::default(), Webhooks::On);
    "migration migrate" 400 50342 |client, on|
        migration::migrate(&client, on.service, on.channel, Some(made_up()), Webhooks::On);
    "users fetch" 0 0 |client, on| users::fetch(&client, on.service, &named("."));
    "messages list" 0 0 |client, on| messages::list(&client, on.service, &named(""), None);
    "invites list" 0 0 |client, on| invites::list(&client, on.service, &named(".."), None);
    "members list" 0 0 |client, on| members::list(&client, on.service, &named(".."), None);
    "memberships list" 0 0 |client, on| memberships::list(&client, on.service, &named(".."), None);
    "memberships fetch" 0 0 |client, on|
        memberships::fetch(&client, on.service, &named(".."), &Address::Sid(on.channel));
    "memberships fetch" 0 0 |client, on|
        memberships::fetch(&client, on.service, &Address::Sid(on.user), &named(""));
    "memberships update" 400 50406 |client, on|
        memberships::update(&client, on.service, on.user, on.channel, &too_far());
    "memberships update" 400 20161 |client, on|
        memberships::update(&client, on.service, on.user, on.channel, &MembershipPatch::default());
    "flex channels create" 400 50304 |client, on| flex::channels::create(&client, &no_json_for_flex(on));
}

fn wrong_text() -> String {
    "{\"a\":1,}".to_owned()
}

fn no_json() -> ChannelPatch {
    ChannelPatch { attributes: Some(wrong_text()), ..ChannelPatch::default() }
}

fn no_json_to_create() -> NewChannel {
    NewChannel { attributes: Some(wrong_text()), ..NewChannel::default() }
}

fn too_far() -> MembershipPatch {
    let last_consumed_message_index = Some(Consumed::UpTo(1 << 40));
    MembershipPatch { last_consumed_message_index, ..MembershipPatch::default() }
}

fn no_json_for_flex(on: Ground) -> NewFlexChannel {
    NewFlexChannel {
        pre_engagement_data: Some(wrong_text()),
        ..NewFlexChannel::new(on.flow, "new", "New", "?")
    }
}

#[tokio::test]
async fn what_may_not_be_is_refused() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let before = bench.channel("all-hands").await;
    for Wrong { name, run, refusal } in WRONG {
        let (outcome, requests) = bench.counted(run(bench.client.clone(), on)).await;
        if *refusal == (0, 0) {
            assert!(matches!(outcome, Err(Error::Unaddressable { .. })), "{name}: {outcome:?}");
            assert_eq!(requests, 0, "{name}");
        } else {
            assert_eq!((code(outcome), requests), (*refusal, 1), "{name}");
        }
    }
    assert_eq!(bench.channel("all-hands").await, before);
}

/// A next page of each list, asked for when the list has changed.
macro_rules! stale {
    ($bench:ident; $($name:literal, $change:expr, |$next:ident| $call:expr;)*) => {{
        let mut names = BTreeSet::new();
        $({
            let read = async |$next: Option<&_>| $call.await;
            let next = read(None).await.unwrap().next;
            assert!(next.is_some(), "{} has one page", $name);
            assert!(read(next.as_ref()).await.is_ok(), "{}", $name);
            let (path, form): (&str, &[(&str, &str)]) = $change;
            let path = path.replace("{service}", &format!("/v2/Services/{}", crate::bench::home()));
            assert_eq!($bench.post_to(&path, form).await.0, 201, "{}", $name);
            assert_eq!(code(read(next.as_ref()).await), (400, 21481), "{}", $name);
            let (rows, _) = crate::bench::all(read).await;
            assert!(!rows.is_empty(), "{}, begun anew", $name);
            names.insert($name);
        })*
        names
    }};
}

#[tokio::test]
async fn the_next_page_of_a_changed_list_is_refused() {
    let bench = Bench::new().await;
    let client = &bench.client(|config| config.page_size = 1);
    let on = bench.ground().await;
    let (hall, ana) = (on.channel.into(), on.user.into());
    for person in ["first", "second"] {
        bench.post("/Channels/all-hands/Invites", &[("Identity", person)]).await;
    }
    let role = [("FriendlyName", "x"), ("Type", "channel"), ("Permission", "sendMessage")];
    let flow = on.flow.to_string();
    let customer = [
        ("FlexFlowSid", flow.as_str()),
        ("Identity", "visitor"),
        ("ChatUserFriendlyName", "Visitor"),
        ("ChatFriendlyName", "A question"),
    ];
    let service = on.service.to_string();
    let new_flow = [
        ("FriendlyName", "Harbour"),
        ("ChatServiceSid", service.as_str()),
        ("ChannelType", "web"),
        ("Integration.Url", "https://hooks.example.com/flex"),
    ];
    let sid = bench.post("/Channels", &[]).await.1["sid"].as_str().unwrap().to_owned();
    let seats = format!("{{service}}/Channels/{sid}/Members");
    let tried = stale! { bench;
        "services list", ("/v2/Services", &[("FriendlyName", "Harbour")]),
            |next| services::list(client, next);
        "channels list", ("{service}/Channels", &[]),
            |next| channels::list(client, on.service, next);
        "channels list of", ("{service}/Channels", &[]),
            |next| channels::list_of(client, on.service, Visibility::Public, next);
        "users list", ("{service}/Users", &[("Identity", "mia")]),
            |next| users::list(client, on.service, next);
        "members list", ("{service}/Channels/all-hands/Members", &[("Identity", "noah")]),
            |next| members::list(client, on.service, &hall, next);
        "messages list", ("{service}/Channels/all-hands/Messages", &[("Body", "hello")]),
            |next| messages::list(client, on.service, &hall, next);
        "invites list", ("{service}/Channels/all-hands/Invites", &[("Identity", "third")]),
            |next| invites::list(client, on.service, &hall, next);
        "roles list", ("{service}/Roles", &role), |next| roles::list(client, on.service, next);
        "memberships list", (&seats, &[("Identity", "ana.weiss")]),
            |next| memberships::list(client, on.service, &ana, next);
        "flex channels list", ("/v1/Channels", &customer),
            |next| flex::channels::list(client, next);
        "flex flows list", ("/v1/FlexFlows", &new_flow),
            |next| flex::flows::list(client, None, next);
    };
    let lists = CALLS.iter().filter(|call| call.deed == Deed::List).map(|call| call.name);
    assert_eq!(tried, lists.collect());
}

#[test]
fn every_call_is_here_or_cannot_be() {
    let wrong: BTreeSet<&str> = WRONG.iter().map(|wrong| wrong.name).collect();
    for call in CALLS {
        // Lists of all kinds are tried with page sizes and tokens.
        let is_tried = wrong.contains(call.name) || call.deed == Deed::List;
        assert_ne!(is_tried, ONLY_SIDS.contains(&call.name), "{}", call.name);
    }
}
