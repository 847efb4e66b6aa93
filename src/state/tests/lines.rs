//! A line from its begin to its end.

use super::*;

#[test]
fn a_line_is_there_before_its_answer_and_complete_after_it() {
    let dir = dir();
    let state = open(dir.path());
    let id = state.begin(&renaming(), at(1)).unwrap();
    let begun = Entry {
        id,
        begun: at(1),
        record: renaming(),
        kept: Kept::Full,
        standing: Standing::InFlight,
        ended: None,
        status: None,
        code: None,
        message: None,
        request_id: None,
        duration: None,
        made: None,
        undone_by: None,
    };
    assert_eq!(entry(&state, id), begun);
    state.finish(id, &done(), at(2)).unwrap();
    let finished = Entry {
        standing: Standing::Done,
        ended: Some(at(2)),
        status: Some(200),
        request_id: Some("RQ17".to_owned()),
        duration: Some(Duration::from_millis(48)),
        made: Some(CHANNEL.to_owned()),
        ..begun
    };
    assert_eq!(entry(&state, id), finished);
    drop(state);
    assert_eq!(entry(&open(dir.path()), id), finished, "another start reads the same");
}

#[test]
fn every_end_reads_as_what_it_is() {
    let dir = dir();
    let state = open(dir.path());
    let ended = |end, standing| {
        let id = state.begin(&renaming(), at(1)).unwrap();
        let told = Outcome { code: Some(50_300), message: Some("no".to_owned()), ..outcome(end) };
        state.finish(id, &told, at(2)).unwrap();
        let entry = entry(&state, id);
        assert_eq!((entry.standing, entry.code), (standing, Some(50_300)));
        assert_eq!(entry.message.as_deref(), Some("no"));
        assert_eq!(entry.made, None);
    };
    ended(End::Done { made: None }, Standing::Done);
    ended(End::Refused, Standing::Refused);
    ended(End::Failed, Standing::Failed);
    ended(End::Lost, Standing::Unknown);
}

#[test]
fn a_line_ends_once() {
    let dir = dir();
    let state = open(dir.path());
    let id = state.begin(&renaming(), at(1)).unwrap();
    state.finish(id, &done(), at(2)).unwrap();
    let again = state.finish(id, &outcome(End::Refused), at(3)).unwrap_err();
    assert!(matches!(again, StateError::Ended(of) if of == id), "{again}");
    let settled = state.settle(id, &Settlement::NotDone, at(3)).unwrap_err();
    assert!(matches!(settled, StateError::Ended(of) if of == id), "{settled}");
    assert_eq!(entry(&state, id).ended, Some(at(2)));
    let nobody = EntryId::new(4_711);
    let none = state.finish(nobody, &done(), at(3)).unwrap_err();
    assert_eq!(none.to_string(), "the journal has no line 4711");
    assert_eq!(state.get(nobody).unwrap(), None);
}

#[test]
fn a_lost_answer_is_settled_by_reading_again() {
    let dir = dir();
    let state = open(dir.path());
    let settled = |found: &Settlement| {
        let id = state.begin(&renaming(), at(1)).unwrap();
        state.finish(id, &lost(), at(2)).unwrap();
        assert_eq!(state.unfinished(ACCOUNT).unwrap(), [entry(&state, id)]);
        state.settle(id, found, at(9)).unwrap();
        assert_eq!(state.unfinished(ACCOUNT).unwrap(), []);
        let entry = entry(&state, id);
        assert_eq!(entry.ended, Some(at(9)));
        assert_eq!(entry.duration, Some(Duration::from_millis(48)));
        (entry.standing, entry.made)
    };
    let made = Some(CHANNEL.to_owned());
    let found = Settlement::Done { made: made.clone() };
    assert_eq!(settled(&found), (Standing::SettledDone, made));
    assert_eq!(settled(&Settlement::NotDone), (Standing::SettledNotDone, None));
}

#[test]
fn an_answer_that_comes_late_outweighs_what_was_read() {
    let dir = dir();
    let state = open(dir.path());
    let id = state.begin(&renaming(), at(1)).unwrap();
    // Its own console may: it knows that its request is not out any more.
    state.settle(id, &Settlement::NotDone, at(3)).unwrap();
    assert_eq!(entry(&state, id).standing, Standing::SettledNotDone);
    state.finish(id, &done(), at(5)).unwrap();
    assert_eq!(entry(&state, id).standing, Standing::Done);
    assert_eq!(entry(&state, id).ended, Some(at(5)));
}

#[test]
fn only_an_undo_that_was_done_undoes() {
    let dir = dir();
    let state = open(dir.path());
    let write = |undoes, end| {
        let id = state.begin(&Record { undoes, ..renaming() }, at(1)).unwrap();
        state.finish(id, &outcome(end), at(2)).unwrap();
        id
    };
    let renamed = write(None, End::Done { made: None });
    write(Some(renamed), End::Refused);
    assert_eq!(entry(&state, renamed).undone_by, None);
    let lost = write(Some(renamed), End::Lost);
    assert_eq!(entry(&state, renamed).undone_by, None);
    state.settle(lost, &Settlement::Done { made: None }, at(3)).unwrap();
    assert_eq!(entry(&state, renamed).undone_by, Some(lost));
    let undone = write(Some(renamed), End::Done { made: None });
    assert_eq!(entry(&state, renamed).undone_by, Some(undone));
    assert_eq!(entry(&state, undone).record.undoes, Some(renamed));
}

#[test]
fn what_is_not_fit_is_refused_and_nowhere_in_the_file() {
    let dir = dir();
    let state = open(dir.path());
    let unfit = [
        Record { path: "https://AC1:hush-1@chat.example.org/v2".to_owned(), ..renaming() },
        Record { path: "//AC1:hush-1@chat.example.org/v2".to_owned(), ..renaming() },
        Record { path: String::new(), ..renaming() },
        Record { before: Some("[\"hush-1\"]".to_owned()), ..renaming() },
        Record { after: Some("{\"hush-1\"".to_owned()), ..renaming() },
    ];
    for record in unfit {
        let refused = state.begin(&record, at(1)).unwrap_err().to_string();
        assert!(refused.starts_with("it cannot be written down"), "{refused}");
        assert!(!refused.contains("hush-1"), "{refused}");
    }
    state.begin(&renaming(), at(1)).unwrap();
    assert_eq!(files_with(dir.path(), "hush-1"), [] as [PathBuf; 0]);
    assert!(!files_with(dir.path(), "Support EMEA").is_empty(), "the search finds what is there");
}

#[test]
fn a_line_tells_its_request_to_a_shell() {
    let dir = dir();
    let state = open(dir.path());
    let id = state.begin(&renaming(), at(1)).unwrap();
    assert_eq!(
        entry(&state, id).curl("https://chat.example.org").unwrap(),
        format!(
            "curl -X POST https://chat.example.org/v2/Services/{SERVICE}/Channels/{CHANNEL} \
             -H 'X-Twilio-Webhook-Enabled: true' --data-urlencode 'FriendlyName=Support EMEA' \
             -u \"$TWILIO_ACCOUNT_SID\""
        )
    );
}
