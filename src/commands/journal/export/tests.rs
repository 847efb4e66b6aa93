use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::state::{JournalQuery, Keeping, Record, State};

/// Two lines with a text wherever one can be.
fn entries(text: &str) -> Vec<Entry> {
    let dir = tempfile::tempdir().unwrap();
    let state = State::open(dir.path(), Keeping::default(), Timestamp::UNIX_EPOCH).unwrap().state;
    let record = Record {
        profile: text.to_owned(),
        path: "/v2".to_owned(),
        sids: vec!["CH1".to_owned(), "IS1".to_owned()],
        label: text.to_owned(),
        form: vec![("A".to_owned(), text.to_owned())],
        before: Some(format!("{{\r\n\"a\" :\n{}}}", Value::from(text))),
        ..Record::default()
    };
    for _ in 0..2 {
        state.begin(&record, Timestamp::UNIX_EPOCH).unwrap();
    }
    state.list(&JournalQuery::default()).unwrap()
}

fn holds(object: &Value, text: &str) {
    assert_eq!(object["label"], text);
    assert_eq!(object["form"][0][1], text);
    assert_eq!(object["before"]["a"], text);
    assert_eq!(object["sids"][1], "IS1");
    assert_eq!(object["standing"], "in flight");
    assert_eq!(object["after"], Value::Null);
}

#[test]
fn the_columns_are_the_fields() {
    let line: Value = serde_json::from_str(&object(&entries("x")[0]).unwrap()).unwrap();
    let names: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, COLUMNS);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), COLUMNS.len());
}

#[test]
fn nothing_is_still_well_formed() {
    assert_eq!(json(&[]).unwrap(), "[]\n");
    assert_eq!(jsonl(&[]).unwrap(), "");
    assert_eq!(separated(&[], b',').unwrap(), COLUMNS.join(",") + "\n");
    assert_eq!(separated(&[], b'\t').unwrap(), COLUMNS.join("\t") + "\n");
}

#[test]
fn what_is_there_stays_as_it_was_and_what_is_not_is_null() {
    let mut entry = entries("x").remove(0);
    let text = "{\"z\":18446744073709551616,\"a\":1e400}";
    entry.record.before = Some(text.to_owned());
    assert!(object(&entry).unwrap().contains(text));
    entry.kept = Kept::Nothing;
    entry.record.before = Some("{by hand".to_owned());
    let line: Value = serde_json::from_str(&object(&entry).unwrap()).unwrap();
    assert_eq!(line["before"], "{by hand");
    assert_eq!((&line["label"], &line["form"]), (&Value::Null, &Value::Null));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_back_by_another_program(text in any::<String>()) {
        let found = entries(&text);
        let array: Value = serde_json::from_str(&json(&found).unwrap()).unwrap();
        prop_assert_eq!(array.as_array().unwrap().len(), 2);
        array.as_array().unwrap().iter().for_each(|object| holds(object, &text));
        let lines = jsonl(&found).unwrap();
        prop_assert_eq!(lines.lines().count(), 2);
        for line in lines.split_terminator('\n') {
            holds(&serde_json::from_str(line).unwrap(), &text);
        }
        for delimiter in *b",\t" {
            let printed = separated(&found, delimiter).unwrap();
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(printed.as_bytes());
            let records: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(records.len(), 2);
            prop_assert_eq!(&records[0][9], text.as_str());
            let before: Value = serde_json::from_str(&records[0][21]).unwrap();
            prop_assert_eq!(&before["a"], text.as_str());
        }
    }
}
