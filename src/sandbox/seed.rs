//! The data of a new practice account, from a file written to be read: short rows, filled up here.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    clock,
    places::ACCOUNT_SCOPE,
    schema::Kind,
    sid::sid,
    table::{Doc, text},
    world::{Account, World},
};

const SEED: &str = include_str!("../../assets/sandbox.json");

#[derive(Deserialize)]
struct Head {
    account: AccountSeed,
}

#[derive(Deserialize)]
struct Seed {
    services: Vec<Doc>,
    roles: Vec<Doc>,
    users: Vec<Doc>,
    channels: Vec<Doc>,
    memberships: Vec<Memberships>,
    webhooks: Vec<Doc>,
    flex_flows: Vec<Doc>,
    flex_channels: Vec<Doc>,
}

#[derive(Deserialize)]
struct AccountSeed {
    sid: String,
    auth_token: String,
    key_sid: String,
    key_secret: String,
    messaging_services: Vec<String>,
}

/// The people of one channel.
#[derive(Debug, Deserialize)]
struct Memberships {
    channel: String,
    people: Vec<Person>,
}

/// `[identity, last consumed index or null, level?, status?]`
#[derive(Debug, Deserialize)]
struct Person(
    String,
    Option<u64>,
    #[serde(default)] Option<String>,
    #[serde(default)] Option<String>,
);

/// The account alone; what it holds is passed over.
pub(super) fn account() -> Result<Account, serde_json::Error> {
    let Head { account } = serde_json::from_str(SEED)?;
    let AccountSeed { sid, auth_token, key_sid, key_secret, messaging_services } = account;
    Ok(Account { sid, auth_token, key_sid, key_secret, messaging_services })
}

/// Lets an account have all that it has when the server starts.
pub(super) fn fill(world: &mut World) -> Result<(), serde_json::Error> {
    let seed: Seed = serde_json::from_str(SEED)?;
    let rows = [
        (Kind::Service, seed.services),
        (Kind::Role, seed.roles),
        (Kind::User, seed.users),
        (Kind::Channel, seed.channels),
        (Kind::Webhook, seed.webhooks),
        (Kind::FlexFlow, seed.flex_flows),
        (Kind::FlexChannel, seed.flex_channels),
    ];
    for (kind, docs) in rows {
        for doc in docs {
            world.table_mut(kind).insert(doc);
        }
    }
    for Memberships { channel, people } in seed.memberships {
        for (place, person) in (0..).zip(people) {
            let Some(doc) = membership(world, &channel, place, person) else { continue };
            if text(&doc, "status") == "invited" {
                world.table_mut(Kind::Invite).insert(invite(&doc));
            }
            world.table_mut(Kind::Membership).insert(doc);
        }
    }
    Ok(())
}

fn membership(world: &World, channel: &str, place: i64, person: Person) -> Option<Doc> {
    let Person(identity, read, level, status) = person;
    let services = world.table(Kind::Service).all(ACCOUNT_SCOPE);
    let (service, channel) = services.map(|(_, service)| service).find_map(|service| {
        let channels = world.table(Kind::Channel);
        let channel = channels.named(text(&service, "sid"), channel)?;
        Some((service, channel))
    })?;
    let user = world.table(Kind::User).named(text(&service, "sid"), &identity)?;
    let joined = matches!(status.as_deref(), None | Some("joined"));
    let member = sid("MB", &format!("{} {identity}", text(&channel, "sid")));
    let since = clock::later(text(&channel, "date_created"), place * 97);
    let doc = json!({
        "sid": member,
        "service_sid": service.get("sid"),
        "channel_sid": channel.get("sid"),
        "user_sid": user.get("sid"),
        "member_sid": joined.then_some(&member),
        "identity": identity,
        "role_sid": service.get("default_channel_role_sid"),
        "status": status.unwrap_or_else(|| "joined".to_owned()),
        "last_consumed_message_index": read,
        "last_consumption_timestamp": read.and_then(|_| channel.get("date_updated")),
        "notification_level": level.unwrap_or_else(|| "default".to_owned()),
        "date_created": since,
        "date_updated": since,
    });
    match doc {
        Value::Object(doc) => Some(doc),
        _ => None,
    }
}

/// What the channel shows of somebody who has not come yet.
fn invite(membership: &Doc) -> Doc {
    let mut invite = membership.clone();
    let invited = format!("{} was invited", text(membership, "sid"));
    invite.insert("sid".to_owned(), Value::from(sid("IN", &invited)));
    invite.insert("created_by".to_owned(), Value::from("system"));
    invite
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_row_of_the_seed_arrives() {
        let seed: Seed = serde_json::from_str(SEED).unwrap();
        let mut world = World::new(account().unwrap());
        fill(&mut world).unwrap();
        let mut people = 0;
        for channel in &seed.memberships {
            let mut names = HashSet::new();
            assert!(channel.people.iter().all(|person| names.insert(&person.0)), "{channel:?}");
            people += channel.people.len();
        }
        let (mut arrived, mut sids) = (0, HashSet::new());
        for (_, service) in world.table(Kind::Service).all(ACCOUNT_SCOPE) {
            for (_, user) in world.table(Kind::User).all(text(&service, "sid")) {
                arrived += world.table(Kind::Membership).count(text(&user, "sid"));
                assert!(sids.insert(text(&user, "sid").to_owned()));
            }
            for (_, channel) in world.table(Kind::Channel).all(text(&service, "sid")) {
                assert!(sids.insert(text(&channel, "sid").to_owned()));
            }
        }
        assert_eq!(arrived, people);
        assert_eq!(sids.len(), seed.users.len() + seed.channels.len());
        assert!(sids.iter().all(|sid| sid.len() == 34 && &sid[14..22] == "5a4db0c5"));
    }
}
