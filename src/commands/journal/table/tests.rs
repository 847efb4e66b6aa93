use jiff::Timestamp;

use super::*;
use crate::state::{End, Keeping, Outcome, Record, State};

fn record(label: &str) -> Record {
    Record {
        kind: "channel.update".to_owned(),
        method: "POST".to_owned(),
        path: "/v2/Services/IS1".to_owned(),
        sids: vec!["CH00000000000000000000000000000003".to_owned()],
        label: label.to_owned(),
        ..Record::default()
    }
}

fn entries(labels: &[&str]) -> Vec<Entry> {
    let dir = tempfile::tempdir().unwrap();
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let state = State::open(dir.path(), Keeping::default(), now).unwrap().state;
    for (nth, label) in labels.iter().enumerate() {
        let id = state.begin(&record(label), now).unwrap();
        let outcome = Outcome {
            end: if nth == 0 { End::Done { made: None } } else { End::Refused },
            status: Some(if nth == 0 { 200 } else { 400 }),
            code: (nth > 0).then_some(50_300),
            message: None,
            request_id: None,
            duration: std::time::Duration::ZERO,
        };
        state.finish(id, &outcome, now).unwrap();
    }
    state.list(&crate::state::JournalQuery::default()).unwrap()
}

#[test]
fn columns_stand_under_each_other_whatever_the_names() {
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    let table =
        text(&entries(&["Support EU", "Sales 日本", "\u{1b}[31mx", &"w".repeat(90)]), &zone);
    let expected = "\
TIME                 STANDING  WHAT            NAME                                SID                                 STATUS  CODE   LINE
2026-11-21 13:00:00  done      channel.update  Support EU                          CH00000000000000000000000000000003  200            1
2026-11-21 13:00:00  refused   channel.update  Sales 日本                          CH00000000000000000000000000000003  400     50300  2
2026-11-21 13:00:00  refused   channel.update  ␛[31mx                              CH00000000000000000000000000000003  400     50300  3
2026-11-21 13:00:00  refused   channel.update  wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww…  CH00000000000000000000000000000003  400     50300  4
";
    assert_eq!(table, expected);
}

#[test]
fn nothing_prints_nothing() {
    assert_eq!(text(&[], &TimeZone::UTC), "");
}

proptest::proptest! {
    #[test]
    fn no_name_reaches_the_terminal_as_a_command(name in ".*", wide in proptest::bool::ANY) {
        let name = if wide { name.repeat(20) } else { name };
        let table = text(&entries(&[&name]), &TimeZone::UTC);
        proptest::prop_assert_eq!(table.lines().count(), 2);
        proptest::prop_assert!(!table.chars().any(|c| c.is_control() && c != '\n'));
    }
}
