use proptest::prelude::*;

use super::*;
use crate::{
    api::{attributes::Attributes, remote_text, sid::Sid},
    app::testing,
};

fn task(deed: Deed) -> Task {
    Task::new(Sid::from_bytes([1; 16]), deed, false)
}

fn of_channel(number: u8, kind: ChannelType, flex: bool) -> Candidate {
    Candidate {
        target: Target::Channel(Sid::from_bytes([number; 16])),
        label: format!("Room {number}"),
        known: Known::Channel(kind, flex),
    }
}

#[test]
fn a_plan_says_what_it_leaves_out_and_why() {
    let migrate = || task(Deed::Migrate { messaging_service: None });
    let candidates = || {
        let gone = Candidate { known: Known::Gone, ..of_channel(5, ChannelType::Public, false) };
        let named =
            Candidate { known: Known::Nothing, ..of_channel(6, ChannelType::Public, false) };
        vec![
            of_channel(1, ChannelType::Public, false),
            of_channel(2, ChannelType::Private, false),
            of_channel(3, ChannelType::Public, true),
            of_channel(4, ChannelType::Private, true),
            of_channel(1, ChannelType::Public, false),
            gone,
            named,
        ]
    };
    let plan = Plan::of(migrate(), false, candidates());
    assert_eq!((plan.rows.len(), plan.count()), (6, 2));
    assert_eq!(plan.reasons(), [("already private", 2), (OF_FLEX, 1), ("gone", 1)]);
    let plan = Plan::of(migrate(), true, candidates());
    assert_eq!(plan.count(), 3);
    assert_eq!(plan.estimate(30.0), Duration::from_millis(100));
}

#[test]
fn a_mute_is_of_memberships() {
    let level = |number: u8, level| Candidate {
        target: Target::Membership(Sid::from_bytes([9; 16]), Sid::from_bytes([number; 16])),
        label: "ana".to_owned(),
        known: Known::Level(level),
    };
    let candidates = vec![
        level(1, NotificationLevel::Default),
        level(2, NotificationLevel::Muted),
        of_channel(3, ChannelType::Public, false),
    ];
    let plan = Plan::of(task(Deed::Mute), false, candidates.clone());
    let reasons = [("already muted", 1), ("a channel, not a membership", 1)];
    assert_eq!((plan.count(), plan.reasons().as_slice()), (1, reasons.as_slice()));
    let named: Vec<Candidate> =
        candidates.iter().map(|it| Candidate { known: Known::Nothing, ..it.clone() }).collect();
    for candidates in [candidates, named.clone()] {
        let plan = Plan::of(task(Deed::Delete), false, candidates);
        assert_eq!(plan.reasons(), [("a membership, not a channel", 2)]);
    }
    let plan = Plan::of(task(Deed::Unmute), false, named);
    assert_eq!((plan.count(), plan.reasons().as_slice()), (2, &reasons[1..]));
}

#[test]
fn what_is_so_already_or_cannot_be_is_known_before_anything_is_sent() {
    let set = task(Deed::set("/a/b", "1").unwrap());
    let channel = |number, attributes: &str| {
        let attributes = Attributes::from_text(attributes);
        let channel = Channel { attributes, ..testing::channel(1, number) };
        Candidate::of_task(&set, &channel, false)
    };
    let candidates = vec![
        channel(1, "{}"),
        channel(2, r#"{"a":{"b":1}}"#),
        channel(3, "{"),
        channel(4, r#"{"a":7}"#),
    ];
    let plan = Plan::of(set.clone(), false, candidates);
    let reasons = [
        ("already so", 1),
        ("blocked: attributes: it is not JSON", 1),
        ("blocked: attributes: /a is not an object", 1),
    ];
    assert_eq!((plan.count(), plan.reasons().as_slice()), (1, reasons.as_slice()));
    let delete = task(Deed::Delete);
    let of =
        |number, is_of_flex| Candidate::of_task(&delete, &testing::channel(1, number), is_of_flex);
    let plan =
        |include_flex| Plan::of(delete.clone(), include_flex, vec![of(1, true), of(2, false)]);
    assert_eq!((plan(false).count(), plan(true).count()), (1, 2));
    assert_eq!(plan(false).reasons(), [("owned by Flex, where its conversation goes on", 1)]);
}

#[test]
fn a_file_is_read_in_every_form() {
    let sid = |number: u8| Target::Channel(Sid::from_bytes([number; 16]));
    for text in [
        format!("{}\n{}\n", sid(1), sid(2)),
        format!("\u{feff}# public ones\n\n{}\r\n  {}  \n", sid(1), sid(2)),
        format!("name,sid\n\"a, b\",{}\nc,{}\n", sid(1), sid(2)),
        format!("sid;name\r\n{};a, b\r\n{};\r\n", sid(1), sid(2)),
        format!("sid\tplan\n{}\twill\n{}\tdelete\n", sid(1), sid(2)),
        format!(
            "[{{\"sid\":\"{}\"}},\n{{\"sid\":\"{}\",\"plan\":\"will\",\"state\":1}}]",
            sid(1),
            sid(2)
        ),
        format!("{{\"sid\":\"{}\",\"reason\":null}}\n{{\"sid\":\"{}\"}}\n", sid(1), sid(2)),
    ] {
        let named = read(&text, &Deed::Delete).unwrap();
        assert_eq!(
            named.iter().map(|it| it.target).collect::<Vec<_>>(),
            [sid(1), sid(2)],
            "{text}"
        );
        assert!(named.iter().all(|it| it.known == Known::Nothing));
    }
    for (text, why) in [
        ("", "it names no sid"),
        ("sid,name\n", "it names no sid"),
        ("CH12\n", "line 1: CH12: a channel sid is CH and 32 hex digits"),
        ("sid,name\n,x\n", "line 2: there is no sid"),
        ("[]", "it names no sid"),
        ("[{\"name\":\"x\"}]", "row 1: there is no sid"),
        ("{\"sid\":\n", "line 2: it is not JSON"),
        ("[[[7]]]", "row 1: it is no row of a plan"),
        ("x\u{1b}[2J\n", "line 1: x␛[2J: a channel sid is CH and 32 hex digits"),
    ] {
        assert_eq!(read(text, &Deed::Delete).unwrap_err().to_string(), why);
    }
    let odd = format!("sid,plan\n{},perhaps\n", sid(1));
    assert_eq!(
        read(&odd, &Deed::Delete).unwrap_err().to_string(),
        "line 2: plan says perhaps; here it is delete or skip"
    );
}

proptest! {
    #[test]
    fn a_plan_that_was_written_is_read_as_it_was(
        rows in proptest::collection::vec((any::<u8>(), any::<String>(), proptest::option::of("[a-z ]{1,9}[a-z]")), 1..9),
    ) {
        let rows: Vec<Planned> = rows
            .into_iter()
            .map(|(number, label, skipped)| Planned {
                target: Target::Channel(Sid::from_bytes([number; 16])),
                label: if label.is_empty() { "x".to_owned() } else { label },
                skipped,
            })
            .collect();
        let plan = Plan { task: task(Deed::Delete), rows };
        let safe = |label: &str| remote_text::shown(label).text();
        let written = [csv(&plan).unwrap(), tsv(&plan).unwrap(), json(&plan).unwrap()];
        for (form, text) in written.iter().enumerate() {
            let named = read(text, &plan.task.deed).unwrap();
            prop_assert_eq!(named.len(), plan.rows.len());
            for (named, row) in named.iter().zip(&plan.rows) {
                prop_assert_eq!(named.target, row.target);
                let label = if form == 2 { row.label.clone() } else { safe(&row.label) };
                prop_assert_eq!(&named.label, &label);
                let known = row.skipped.clone().map_or(Known::Nothing, Known::Rejected);
                prop_assert_eq!(&named.known, &known);
            }
            for line in text.lines() {
                let tabs = line.replace('\t', " ");
                prop_assert!(!remote_text::shown(&tabs).has_escapes(), "{}", line.escape_debug());
            }
        }
        let will = plan.rows.iter().any(|row| row.skipped.is_none());
        prop_assert_eq!(read(&written[0], &Deed::Mute).is_err(), will);
        let parsed: serde_json::Value = serde_json::from_str(&json(&plan).unwrap()).unwrap();
        prop_assert_eq!(parsed.as_array().unwrap().len(), plan.rows.len());
    }
}
