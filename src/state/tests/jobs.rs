//! Jobs, row by row.

use super::*;

fn rows(count: u32) -> Vec<NewRow> {
    (0..count)
        .map(|nth| NewRow {
            target: format!("CH{nth:032x}"),
            label: format!("Room-{nth}"),
            skipped: (nth % 5 == 4).then(|| "already private".to_owned()),
        })
        .collect()
}

fn planned(state: &State, count: u32) -> JobId {
    let job = NewJob {
        profile: "practice".to_owned(),
        account: ACCOUNT.to_owned(),
        task: r#"{"migrate":{}}"#.to_owned(),
        label: "5 channels of Chat EU".to_owned(),
        rows: rows(count),
    };
    state.plan_job(&job, at(0)).unwrap()
}

fn end(state: RowState) -> RowEnd {
    RowEnd { state, tries: 1, code: None, note: None }
}

fn counts(state: &State, id: JobId) -> Counts {
    state.job(id).unwrap().unwrap().counts
}

#[test]
fn a_job_goes_from_plan_to_end_row_by_row() {
    let dir = dir();
    let state = open(dir.path());
    let id = planned(&state, 5);
    assert_eq!(counts(&state, id), Counts { todo: 4, skipped: 1, ..Counts::default() });
    state.take_job(id).unwrap();
    assert!(state.job(id).unwrap().unwrap().is_running);
    let entry = state.begin_row(id, 0, &renaming(), at(1)).unwrap();
    assert_eq!(counts(&state, id).sent, 1);
    assert_eq!(super::entry(&state, entry).standing, Standing::InFlight);
    state.end_row(id, 0, &end(RowState::Done), Some((entry, &done())), at(2)).unwrap();
    assert_eq!(super::entry(&state, entry).standing, Standing::Done);
    let failed =
        RowEnd { code: Some(50_107), note: Some("no".to_owned()), ..end(RowState::Failed) };
    state.end_row(id, 1, &failed, None, at(2)).unwrap();
    for nth in [2, 3] {
        state.end_row(id, nth, &end(RowState::Skipped), None, at(2)).unwrap();
    }
    state.found_rows(id, &[(0, true)]).unwrap();
    state.leave_job(id, at(3)).unwrap();
    let job = state.job(id).unwrap().unwrap();
    assert_eq!((job.is_running, job.ended), (false, Some(at(3))));
    let expected = Counts { done: 1, skipped: 3, failed: 1, found: 1, ..Counts::default() };
    assert_eq!((job.counts, job.counts.all()), (expected, 5));
    let of_one = state.job_rows(id, Some(RowState::Failed), 0, 10).unwrap();
    assert_eq!((of_one.len(), of_one[0].nth, of_one[0].code), (1, 1, Some(50_107)));
    let first = &state.job_rows(id, None, 0, 1).unwrap()[0];
    assert_eq!((first.tries, first.entry, first.found), (1, Some(entry), Some(true)));
    assert_eq!(first.label, "Room-0");
}

#[test]
fn what_failed_can_be_tried_again_by_code() {
    let dir = dir();
    let state = open(dir.path());
    let id = planned(&state, 4);
    state.take_job(id).unwrap();
    for (nth, code) in [(0, 1), (1, 2), (2, 2), (3, 1)] {
        let failed = RowEnd { code: Some(code), ..end(RowState::Failed) };
        state.end_row(id, nth, &failed, None, at(1)).unwrap();
    }
    state.leave_job(id, at(2)).unwrap();
    assert_eq!(state.retry_rows(id, Some(2)).unwrap(), 2);
    assert_eq!(state.job(id).unwrap().unwrap().ended, None);
    assert_eq!(counts(&state, id), Counts { todo: 2, failed: 2, ..Counts::default() });
    assert_eq!(state.retry_rows(id, None).unwrap(), 2);
    assert_eq!(state.retry_rows(id, None).unwrap(), 0);
}

#[test]
fn what_failed_without_an_answer_stays_sent_when_it_is_tried_again() {
    let dir = dir();
    let state = open(dir.path());
    let id = planned(&state, 4);
    state.take_job(id).unwrap();
    let outcomes = [lost(), lost(), done()];
    for (nth, outcome) in (0..).zip(&outcomes) {
        let entry = state.begin_row(id, nth, &renaming(), at(1)).unwrap();
        state.end_row(id, nth, &end(RowState::Failed), Some((entry, outcome)), at(2)).unwrap();
        if nth == 1 {
            state.settle(entry, &Settlement::NotDone, at(3)).unwrap();
        }
    }
    state.end_row(id, 3, &end(RowState::Failed), None, at(2)).unwrap();
    state.leave_job(id, at(3)).unwrap();
    assert_eq!(state.retry_rows(id, None).unwrap(), 4);
    let states: Vec<RowState> =
        state.job_rows(id, None, 0, 9).unwrap().iter().map(|row| row.state).collect();
    assert_eq!(states, [RowState::Sent, RowState::Todo, RowState::Todo, RowState::Todo]);
}

#[test]
fn one_console_has_a_job_and_the_next_takes_it_when_that_one_ended() {
    let dir = dir();
    let (first, second) = (open(dir.path()), open(dir.path()));
    let id = planned(&first, 3);
    first.take_job(id).unwrap();
    for state in [&first, &second] {
        let refused = state.take_job(id).unwrap_err();
        assert_eq!(refused.to_string(), format!("job {id} is run by another console"));
    }
    let refused = second.retry_rows(id, None).unwrap_err();
    assert!(matches!(refused, StateError::JobTaken(of) if of == id), "{refused}");
    let refused = second.begin_row(id, 0, &renaming(), at(1)).unwrap_err();
    assert!(matches!(refused, StateError::JobTaken(of) if of == id), "{refused}");
    assert_eq!(second.list(&JournalQuery::default()).unwrap(), [], "no line of what cannot leave");
    let entry = first.begin_row(id, 0, &renaming(), at(1)).unwrap();
    drop(first);
    assert_eq!(super::entry(&second, entry).standing, Standing::Unfinished);
    second.take_job(id).unwrap();
    assert_eq!(counts(&second, id).sent, 1);
    second.begin_row(id, 0, &renaming(), at(2)).unwrap();
    assert_eq!(second.job_rows(id, None, 0, 1).unwrap()[0].tries, 2);
    let other = "4711".parse().unwrap();
    assert_eq!(second.take_job(other).unwrap_err().to_string(), "there is no job 4711");
}

#[test]
fn a_row_that_ended_takes_no_other_request() {
    let dir = dir();
    let state = open(dir.path());
    let id = planned(&state, 1);
    state.take_job(id).unwrap();
    state.end_row(id, 0, &end(RowState::Done), None, at(1)).unwrap();
    state.begin_row(id, 0, &renaming(), at(1)).unwrap_err();
    assert_eq!(state.list(&JournalQuery::default()).unwrap(), []);
}

#[test]
fn values_go_with_time_and_in_a_digest_when_they_are_written() {
    let task = r#"{"service":"IS1","deed":{"set":{"pointer":"/phone","value":"\"secret-7\""}}}"#;
    let job = NewJob { task: task.to_owned(), rows: rows(1), ..NewJob::default() };
    let dir = dir();
    let state = open(dir.path());
    let id = state.plan_job(&job, at(0)).unwrap();
    state.purge(days(29)).unwrap();
    assert_eq!(state.job(id).unwrap().unwrap().task, task);
    state.purge(days(30)).unwrap();
    let forgotten = task.replace("\\\"secret-7\\\"", "");
    assert_eq!(state.job(id).unwrap().unwrap().task, forgotten);
    assert_eq!(files_with(dir.path(), "secret-7"), [] as [PathBuf; 0]);
    let state = opened(dir.path(), Keeping { days: 30, bodies: Bodies::Digest });
    let id = state.plan_job(&job, days(30)).unwrap();
    state.take_job(id).unwrap();
    state.leave_job(id, days(30)).unwrap();
    assert_eq!(state.job(id).unwrap().unwrap().task, task, "it is not done yet");
    state.take_job(id).unwrap();
    state.end_row(id, 0, &end(RowState::Done), None, days(30)).unwrap();
    state.leave_job(id, days(30)).unwrap();
    assert_eq!(state.job(id).unwrap().unwrap().task, forgotten);
}

#[test]
fn names_go_with_time_and_the_rows_stay() {
    let dir = dir();
    let state = open(dir.path());
    let id = planned(&state, 5);
    state.purge(days(30)).unwrap();
    assert_eq!(state.job(id).unwrap().unwrap().label, "");
    assert_eq!(counts(&state, id).all(), 5);
    assert_eq!(state.job_rows(id, None, 0, 1).unwrap()[0].target, format!("CH{:032x}", 0));
    assert_eq!(files_with(dir.path(), "Room-0"), [] as [PathBuf; 0]);
    let digest = opened(dir.path(), Keeping { days: 30, bodies: Bodies::Digest });
    planned(&digest, 5);
    assert_eq!(files_with(dir.path(), "Room-1"), [] as [PathBuf; 0]);
}

#[test]
fn a_file_of_the_first_version_gets_the_ledger() {
    let dir = dir();
    let path = {
        let state = open(dir.path());
        state.begin(&renaming(), at(1)).unwrap();
        let back = "DROP TABLE job_row; DROP TABLE job; PRAGMA user_version = 1;";
        state.connection().execute_batch(back).unwrap();
        state.path().to_owned()
    };
    let state = open(dir.path());
    assert_eq!(state.path(), path);
    assert_eq!(state.list(&JournalQuery::default()).unwrap().len(), 1);
    planned(&state, 2);
    assert_eq!(state.jobs(ACCOUNT).unwrap().len(), 1);
    assert_eq!(state.jobs("AC2").unwrap(), []);
}
