//! The journal: lines of every standing, and entries of every kind.

use std::time::Duration;

use super::{Extent, ROUTING, account};
use crate::{
    api::page::Page,
    app::{
        model::Model,
        msg::Msg,
        place::Place,
        testing::{console_at, press, sid, ticket, written},
        ticket::Reply,
        update::update,
    },
    state::{Entry, Kept, Record, Standing},
};

/// The names of [`of_journal`].
pub(in crate::view::tests) const JOURNAL: [&str; 9] = [
    "list",
    "none",
    "filtered",
    "renamed",
    "attributes",
    "refused",
    "unfinished",
    "digests",
    "gone",
];

const SERVICE: &str = "IS01010101010101010101010101010101";
const CHANNEL: &str = "CH0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a";

/// The journal in a state.
pub(in crate::view::tests) fn of_journal(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let mut model = console_at(&mut world, size, &[Place::Channels(sid(1))]);
    model.origins = ["https://chat.example.com", "https://flex.example.com"].map(str::to_owned);
    let asked = press(&mut model, "@");
    let items = if name == "none" { Vec::new() } else { entries() };
    let at = items.iter().position(|entry| entry.record.profile == name);
    let page = Page { items, next: None, unreadable: 0 };
    update(&mut model, Msg::JournalArrived(Reply { ticket: ticket(&asked[0]), result: Ok(page) }));
    match (name, at) {
        ("filtered", _) => drop(press(&mut model, "/ m u t e d Enter")),
        (_, Some(at)) => {
            let down = "j ".repeat(at);
            press(&mut model, &format!("{down}Enter"));
        }
        _ => {}
    }
    model
}

/// A channel's renaming; everything else is told as what differs from it.
fn renamed() -> Entry {
    let record = Record {
        profile: "renamed".to_owned(),
        account: "AC00000000000000000000000000000001".to_owned(),
        kind: "channel.update".to_owned(),
        method: "POST".to_owned(),
        path: format!("/v2/Services/{SERVICE}/Channels/{CHANNEL}"),
        form: vec![("FriendlyName".to_owned(), "Support EMEA".to_owned())],
        sids: vec![CHANNEL.to_owned(), SERVICE.to_owned()],
        label: "Support EU".to_owned(),
        before: Some(r#"{"FriendlyName":"Support EU"}"#.to_owned()),
        after: Some(r#"{"FriendlyName":"Support EMEA"}"#.to_owned()),
        ..Record::default()
    };
    Entry {
        request_id: Some("RQ00000000000000000000000000000017".to_owned()),
        duration: Some(Duration::from_millis(148)),
        ..written("1", record)
    }
}

fn of(name: &str, kind: &str, label: &str, fields: [Option<String>; 2]) -> Entry {
    let [before, after] = fields;
    let (kind, label) = (kind.to_owned(), label.to_owned());
    let record = Record { kind, label, before, after, ..renamed().record };
    Entry { record: Record { profile: name.to_owned(), ..record }, ..renamed() }
}

fn attributes() -> Entry {
    let named = |text: &str| Some(serde_json::json!({ "Attributes": text }).to_string());
    let after = ROUTING.replace("tier-2", "tier-1").replace(", \"note\": null", "");
    let changed =
        of("attributes", "channel.update", "Night shift", [named(ROUTING), named(&after)]);
    let form = vec![("Attributes".to_owned(), after)];
    let record = Record { form, webhooks: true, ..changed.record };
    Entry { record, undone_by: "9".parse().ok(), ..changed }
}

fn refused() -> Entry {
    let named = |name: &str| Some(format!("{{\"UniqueName\":\"{name}\"}}"));
    let refused =
        of("refused", "channel.update", "Sales 日本", [named("sales"), named("billing-1")]);
    Entry {
        standing: Standing::Refused,
        status: Some(409),
        code: Some(50_307),
        message: Some("Channel with provided unique name already exists".to_owned()),
        ..refused
    }
}

fn unanswered(name: &str, standing: Standing) -> Entry {
    let named = |level: &str| Some(format!("{{\"NotificationLevel\":\"{level}\"}}"));
    let label = "fumiko.tanaka in Returns and complaints, northern region";
    let entry = of(name, "membership.update", label, [named("default"), named("muted")]);
    Entry { standing, ended: None, status: None, request_id: None, duration: None, ..entry }
}

/// The newest first.
fn entries() -> Vec<Entry> {
    let private =
        [Some(r#"{"Type":"public"}"#.to_owned()), Some(r#"{"Type":"private"}"#.to_owned())];
    let digest = |text: &str| format!("sha256:{}", text.repeat(32));
    let digested = |text: &str| Some(format!("{{\"FriendlyName\":\"{}\"}}", digest(text)));
    let digests = of("digests", "channel.update", &digest("5e"), [digested("5e"), digested("a7")]);
    let gone = of("gone", "channel.delete", "", [None, None]);
    let all = [
        unanswered("waiting", Standing::InFlight),
        renamed(),
        attributes(),
        refused(),
        unanswered("unfinished", Standing::Unfinished),
        of("private", "channel.migrate", "Lobby", private),
        Entry { standing: Standing::SettledNotDone, ..unanswered("lost", Standing::Unknown) },
        unanswered("unknown", Standing::Unknown),
        Entry { kept: Kept::Digest, ..digests },
        Entry { kept: Kept::Nothing, ..gone },
    ];
    let mut number = all.len();
    let numbered = all.map(|entry| {
        number -= 1;
        Entry { id: number.to_string().parse().unwrap(), ..entry }
    });
    numbered.to_vec()
}
