//! Whatever strangers write comes back as it was.

use proptest::prelude::*;

use super::*;

fn round_trip(state: &State, text: &str) {
    let fields = serde_json::json!({ "a": text, text: 1 }).to_string();
    let record = Record {
        profile: text.to_owned(),
        account: text.to_owned(),
        kind: text.to_owned(),
        method: text.to_owned(),
        path: format!("/v2{text}"),
        form: vec![(text.to_owned(), text.to_owned()), ("A".to_owned(), text.to_owned())],
        webhooks: false,
        sids: vec![text.to_owned()],
        label: text.to_owned(),
        before: Some(fields.clone()),
        after: Some(format!(" {fields}\n")),
        undoes: None,
    };
    let id = state.begin(&record, at(1)).unwrap();
    let end = End::Done { made: Some(text.to_owned()) };
    let told = Outcome {
        message: Some(text.to_owned()),
        request_id: Some(text.to_owned()),
        ..outcome(end)
    };
    state.finish(id, &told, at(2)).unwrap();
    let entry = entry(state, id);
    assert_eq!(entry.record, record);
    assert_eq!((entry.message.as_deref(), entry.made), (Some(text), Some(text.to_owned())));
    assert_eq!(entry.request_id.as_deref(), Some(text));
    let query = JournalQuery {
        account: Some(text.to_owned()),
        profile: Some(text.to_owned()),
        resource: Some(text.to_owned()),
        text: Some(text.to_owned()),
        ..JournalQuery::default()
    };
    assert_eq!(state.list(&query).unwrap().first().map(|entry| entry.id), Some(id));
    state.put_draft(text, text, text, at(1)).unwrap();
    assert_eq!(state.drafts(text).unwrap()[0].text, text);
}

#[test]
fn nasty_texts_come_back_as_they_were() {
    let dir = dir();
    let state = open(dir.path());
    let long = "\u{1b}[31m漢'\"".repeat(100_000);
    let nasty = [
        "",
        "\0",
        "a\0b",
        "\u{1b}]0;x\u{7}",
        "'; DROP TABLE journal; --",
        "\u{202e}abc",
        "%_?",
        "👩‍👩‍👧",
        &long,
    ];
    for text in nasty {
        round_trip(&state, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back_as_it_was(texts in proptest::collection::vec(any::<String>(), 1..8)) {
        let dir = dir();
        let state = open(dir.path());
        for text in &texts {
            round_trip(&state, text);
        }
    }

    /// What is there in place of a file (one byte counts as an empty file) never makes opening panic, and is never lost.
    #[test]
    fn any_file_is_used_or_kept(bytes in proptest::collection::vec(any::<u8>(), 2..2_000)) {
        let dir = dir();
        fs::write(dir.path().join(file::NAME), &bytes).unwrap();
        let opened = State::open(dir.path(), Keeping::default(), at(0)).unwrap();
        prop_assert_eq!(fs::read(opened.set_aside.unwrap().path).unwrap(), bytes);
        opened.state.begin(&renaming(), at(1)).unwrap();
    }

    /// Bytes that change in a good file make it unusable, or show in what is read; nothing panics.
    #[test]
    fn any_damage_is_survived(at_byte in any::<prop::sample::Index>(), with in proptest::collection::vec(any::<u8>(), 1..64)) {
        let dir = dir();
        let path = {
            let state = open(dir.path());
            let id = state.begin(&renaming(), at(1)).unwrap();
            state.finish(id, &done(), at(2)).unwrap();
            state.path().to_owned()
        };
        let mut bytes = fs::read(&path).unwrap();
        let from = at_byte.index(bytes.len());
        let until = (from + with.len()).min(bytes.len());
        bytes[from..until].copy_from_slice(&with[..until - from]);
        fs::write(&path, &bytes).unwrap();
        let opened = State::open(dir.path(), Keeping::default(), at(3)).unwrap();
        let read = opened.state.list(&JournalQuery::default());
        let told = matches!(read, Ok(_) | Err(StateError::Damaged { .. } | StateError::Database { .. }));
        prop_assert!(told, "{:?}", read);
        if let Some(aside) = opened.set_aside {
            prop_assert_eq!(fs::read(aside.path).unwrap(), bytes);
        }
    }
}
