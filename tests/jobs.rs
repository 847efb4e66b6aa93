//! The engine of jobs against the practice account: real requests, a real ledger on disk, and everything that can go wrong.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on should stop; it is the edge whose clock is asked"
)]

#[path = "jobs/command.rs"]
mod command;
#[path = "jobs/kills.rs"]
mod kills;
#[path = "jobs/lists.rs"]
mod lists;
#[path = "jobs/many.rs"]
mod many;
#[path = "jobs/shell.rs"]
mod shell;

use std::{path::Path, sync::Arc, time::Duration};

use jiff::Timestamp;
use proptest::prelude::*;
use switchboard::{
    api::{
        Client,
        chat::{
            channels::{self, Channel, ChannelType},
            services::Service,
        },
        sid::Sid,
    },
    jobs::{
        run::{Event, Halt, Run, Wish},
        task::{Deed, Task},
        verify::{Found, verify},
    },
    runtime::executor,
    sandbox::{self, Options, Sandbox},
    state::{
        Counts, Job, JobId, JobRow, JournalQuery, Keeping, NewJob, NewRow, RowState, Standing,
        State,
    },
};
use tempfile::TempDir;
use tokio::{
    sync::{mpsc::unbounded_channel, watch},
    time::timeout,
};

const CHAT_EU: &str = "IS01b6e05a52915a4db0c5aac13790beab";
const DEADLINE: Duration = Duration::from_secs(60);

fn service() -> Sid<Service> {
    CHAT_EU.parse().unwrap()
}

/// A practice account, somebody who looks at it, and a state directory.
struct Place {
    sandbox: Sandbox,
    client: Client,
    dir: TempDir,
}

impl Place {
    async fn new() -> Self {
        let sandbox = sandbox::start(Options::default()).await.unwrap();
        let client = executor::practice_client(&sandbox, None).unwrap();
        Self { sandbox, client, dir: TempDir::new().unwrap() }
    }

    fn state(&self) -> Arc<State> {
        state(self.dir.path())
    }

    /// Channels of the service, public and private.
    async fn channels(&self) -> Vec<Channel> {
        channels::list(&self.client, service(), None).await.unwrap().items
    }

    /// So many of its public channels.
    async fn public(&self, count: usize) -> Vec<Sid<Channel>> {
        let all = self.channels().await;
        let public = all.iter().filter(|channel| channel.kind == ChannelType::Public);
        public.map(|channel| channel.sid).take(count).collect()
    }

    fn run(&self, state: &Arc<State>, job: JobId, task: Task) -> Run {
        Run {
            job,
            task,
            profile: String::new(),
            account: "AC1".to_owned(),
            client: executor::practice_client(&self.sandbox, None).unwrap(),
            state: state.clone(),
            ceiling: 1_000.0,
            now: Timestamp::now,
        }
    }
}

fn state(dir: &Path) -> Arc<State> {
    Arc::new(State::open(dir, Keeping::default(), Timestamp::now()).unwrap().state)
}

fn migration() -> Task {
    Task::new(service(), Deed::Migrate { messaging_service: None }, false)
}

fn planned(state: &State, task: &Task, channels: &[Sid<Channel>]) -> JobId {
    let row = |channel: &Sid<Channel>| NewRow {
        target: channel.to_string(),
        label: "a room".to_owned(),
        skipped: None,
    };
    let job = NewJob {
        profile: String::new(),
        account: "AC1".to_owned(),
        task: serde_json::to_string(task).unwrap(),
        label: "rooms".to_owned(),
        rows: channels.iter().map(row).collect(),
    };
    state.plan_job(&job, Timestamp::now()).unwrap()
}

/// Takes a job, once whoever had it is quite gone.
async fn taken(place: &Place, id: JobId) -> Arc<State> {
    let state = place.state();
    let free = async {
        while state.take_job(id).is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, free).await.unwrap();
    state
}

/// Runs a job to its end.
async fn done(run: Run) -> (Result<(), Halt>, Vec<Event>) {
    let (_wish, wishes) = watch::channel(Wish::Go);
    let (tx, mut rx) = unbounded_channel();
    let ended = timeout(DEADLINE, run.go(wishes, tx)).await.unwrap();
    let mut events = Vec::new();
    while let Ok(event) = rx.try_recv() {
        events.push(event);
    }
    (ended, events)
}

fn job(state: &State, id: JobId) -> Job {
    state.job(id).unwrap().unwrap()
}

fn rows(state: &State, id: JobId) -> Vec<JobRow> {
    state.job_rows(id, None, 0, usize::MAX).unwrap()
}

/// No channel was written again after a write to it was done, and every line of the journal tells the truth.
fn nothing_twice(state: &State) {
    let mut lines = state.list(&JournalQuery::default()).unwrap();
    lines.reverse();
    for (nth, line) in lines.iter().enumerate() {
        let known = line.standing != Standing::Unfinished && line.standing != Standing::Unknown;
        assert!(known, "{line:?}");
        if line.standing.is_done() {
            let again = lines.iter().skip(nth + 1).find(|it| it.record.sids == line.record.sids);
            assert_eq!(again, None, "written again after {line:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn public_channels_become_private_and_every_row_says_so() {
    let place = Place::new().await;
    let state = place.state();
    let mut channels = place.public(20).await;
    let private = place.channels().await;
    let private = private.iter().find(|channel| channel.kind == ChannelType::Private).unwrap().sid;
    channels.push(private);
    channels.push(Sid::from_bytes([7; 16]));
    let id = planned(&state, &migration(), &channels);
    state.take_job(id).unwrap();
    let (ended, events) = done(place.run(&state, id, migration())).await;
    ended.unwrap();
    let job = job(&state, id);
    assert_eq!(job.counts, Counts { done: 20, skipped: 2, ..Counts::default() });
    assert!(job.ended.is_some() && !job.is_running);
    let notes: Vec<_> = rows(&state, id).into_iter().filter_map(|row| row.note).collect();
    assert_eq!(notes, ["already private", "not found in this service"]);
    let told = events.iter().filter(|event| matches!(event, Event::Row { .. })).count();
    assert_eq!(told, 22);
    for channel in place.channels().await {
        let is_private = channel.kind == ChannelType::Private;
        assert!(is_private || !channels.contains(&channel.sid), "{channel:?}");
    }
    nothing_twice(&state);
    assert_eq!(state.list(&JournalQuery::default()).unwrap().len(), 20);
    let found = verify(&place.client, &state, id, &migration(), false).await.unwrap();
    assert_eq!(found, Found { read: 20, so: 20, done: 20 });
    assert_eq!(self::job(&state, id).counts.found, 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_to_stop_ends_what_is_out_and_begins_nothing() {
    let place = Place::new().await;
    place.sandbox.set_faults("latency=20ms".parse().unwrap());
    let state = place.state();
    let channels = place.public(60).await;
    let id = planned(&state, &migration(), &channels);
    state.take_job(id).unwrap();
    let (wish, wishes) = watch::channel(Wish::Go);
    let (tx, mut rx) = unbounded_channel();
    // So slow that most of it is left, however busy the machine is.
    let run = Run { ceiling: 5.0, ..place.run(&state, id, migration()) };
    let running = tokio::spawn(run.go(wishes, tx));
    // Whichever they are: one that is tried again is told later.
    for _ in 0..4 {
        while !matches!(rx.recv().await.unwrap(), Event::Row { .. }) {}
    }
    wish.send(Wish::Pause).unwrap();
    // What is out ends; then nothing is told any more until it goes on.
    let settled = async {
        while state.job(id).unwrap().unwrap().counts.sent > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(DEADLINE, settled).await.unwrap();
    wish.send(Wish::Stop).unwrap();
    timeout(DEADLINE, running).await.unwrap().unwrap().unwrap();
    let counts = job(&state, id).counts;
    assert!(counts.sent == 0 && counts.todo > 0 && counts.done > 0, "{counts:?}");
    state.take_job(id).unwrap();
    done(place.run(&state, id, migration())).await.0.unwrap();
    assert_eq!(job(&state, id).counts, Counts { done: 60, ..Counts::default() });
    nothing_twice(&state);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_held_by_a_pause_is_done_when_it_goes_on() {
    let place = Place::new().await;
    let state = place.state();
    let channels = place.public(30).await;
    let id = planned(&state, &migration(), &channels);
    state.take_job(id).unwrap();
    let (wish, wishes) = watch::channel(Wish::Go);
    let (tx, mut rx) = unbounded_channel();
    let run = Run { ceiling: 60.0, ..place.run(&state, id, migration()) };
    let running = tokio::spawn(run.go(wishes, tx));
    while !matches!(rx.recv().await.unwrap(), Event::Row { .. }) {}
    for wanted in [Wish::Pause, Wish::Go, Wish::Pause, Wish::Go] {
        wish.send(wanted).unwrap();
        tokio::task::yield_now().await;
    }
    timeout(DEADLINE, running).await.unwrap().unwrap().unwrap();
    assert_eq!(job(&state, id).counts, Counts { done: 30, ..Counts::default() });
    nothing_twice(&state);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_away_halts_the_job_and_a_refused_key_too() {
    let place = Place::new().await;
    let state = place.state();
    let channels = place.public(5).await;
    let id = planned(&state, &migration(), &channels);
    state.take_job(id).unwrap();
    let run = place.run(&state, id, migration());
    drop(place.sandbox);
    let (ended, _) = done(run).await;
    assert!(matches!(ended, Err(Halt::Away(_))), "{ended:?}");
    assert_eq!(job(&state, id).counts, Counts { todo: 5, ..Counts::default() });
    assert!(!job(&state, id).is_running, "it can be taken again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attributes_are_set_and_everything_else_in_them_stays() {
    let place = Place::new().await;
    let state = place.state();
    let all = place.channels().await;
    let before = |sid| all.iter().find(|channel| channel.sid == sid).unwrap();
    let channels: Vec<_> = all.iter().map(|channel| channel.sid).take(40).collect();
    let deed = Deed::Set { pointer: "/routing/queue".to_owned(), value: "\"tier-9\"".to_owned() };
    let task = Task { deed, ..migration() };
    let id = planned(&state, &task, &channels);
    state.take_job(id).unwrap();
    done(place.run(&state, id, task)).await.0.unwrap();
    let after = place.channels().await;
    for row in rows(&state, id) {
        let sid = row.target.parse().unwrap();
        let (before, after) = (before(sid), after.iter().find(|it| it.sid == sid).unwrap());
        let value = serde_json::from_str::<serde_json::Value>(after.attributes.text());
        match row.state {
            RowState::Done => {
                assert_eq!(value.unwrap().pointer("/routing/queue").unwrap(), "tier-9");
                let all = |it: &Channel| it.attributes.text().len();
                assert!(all(after) > all(before) || before.attributes.text().contains("queue"));
            }
            state => {
                assert_eq!(before.attributes.text(), after.attributes.text(), "{row:?}");
                assert!(state == RowState::Skipped && row.tries == 0, "{row:?}");
            }
        }
    }
    assert!(job(&state, id).counts.done > 20, "{:?}", job(&state, id).counts);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_are_deleted_and_those_that_were_gone_say_so() {
    let place = Place::new().await;
    place.sandbox.set_faults("429=10%,drop-writes=20%,500-writes=10%".parse().unwrap());
    let state = place.state();
    let before = place.channels().await;
    let mut channels: Vec<_> = before.iter().map(|channel| channel.sid).take(12).collect();
    channels.push(Sid::from_bytes([7; 16]));
    let task = Task { deed: Deed::Delete, ..migration() };
    let id = planned(&state, &task, &channels);
    state.take_job(id).unwrap();
    done(place.run(&state, id, task.clone())).await.0.unwrap();
    assert_eq!(job(&state, id).counts, Counts { done: 12, skipped: 1, ..Counts::default() });
    place.sandbox.set_faults("429=0%,drop-writes=0%,500-writes=0%".parse().unwrap());
    let after = place.channels().await;
    assert_eq!(after.len(), before.len() - 12);
    assert!(after.iter().all(|channel| !channels.contains(&channel.sid)));
    nothing_twice(&state);
    let found = verify(&place.client, &state, id, &task, true).await.unwrap();
    assert_eq!(found, Found { read: 12, so: 12, done: 12 });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_is_stopped_does_not_wait_for_turns() {
    let place = Place::new().await;
    let state = place.state();
    let id = planned(&state, &migration(), &place.public(6).await);
    state.take_job(id).unwrap();
    let (wish, wishes) = watch::channel(Wish::Go);
    let (tx, mut rx) = unbounded_channel();
    let slow = Run { ceiling: 0.005, ..place.run(&state, id, migration()) };
    let running = tokio::spawn(slow.go(wishes, tx));
    while !matches!(timeout(DEADLINE, rx.recv()).await.unwrap(), Some(Event::Row { .. })) {}
    wish.send(Wish::Stop).unwrap();
    timeout(DEADLINE, running).await.unwrap().unwrap().unwrap();
    assert_eq!(job(&state, id).counts, Counts { done: 1, todo: 5, ..Counts::default() });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_row_fails_because_its_reading_was_asked_for_patience() {
    let place = Place::new().await;
    let state = place.state();
    let channels = place.public(6).await;
    let id = planned(&state, &migration(), &channels);
    state.take_job(id).unwrap();
    place.sandbox.set_faults("429=100%".parse().unwrap());
    let (wish, wishes) = watch::channel(Wish::Go);
    let (tx, mut rx) = unbounded_channel();
    let running = tokio::spawn(place.run(&state, id, migration()).go(wishes, tx));
    let throttled = async { while !matches!(rx.recv().await, Some(Event::Throttled { .. })) {} };
    timeout(DEADLINE, throttled).await.unwrap();
    wish.send(Wish::Stop).unwrap();
    timeout(DEADLINE, running).await.unwrap().unwrap().unwrap();
    assert_eq!(job(&state, id).counts, Counts { todo: 6, ..Counts::default() });
    state.take_job(id).unwrap();
    let (_wish, wishes) = watch::channel(Wish::Go);
    let (tx, mut rx) = unbounded_channel();
    let running = tokio::spawn(place.run(&state, id, migration()).go(wishes, tx));
    while !matches!(timeout(DEADLINE, rx.recv()).await.unwrap(), Some(Event::Throttled { .. })) {}
    place.sandbox.set_faults("429=0%".parse().unwrap());
    timeout(DEADLINE, running).await.unwrap().unwrap().unwrap();
    assert_eq!(job(&state, id).counts, Counts { done: 6, ..Counts::default() });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The task that runs a job is dropped at any moment, under every fault; going on until the end makes the server's
    /// state the plan, with nothing written twice.
    #[test]
    fn a_job_that_is_cut_off_goes_on_to_its_end(cuts in proptest::collection::vec(1_u32..30, 1..4)) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let place = Place::new().await;
            let channels = place.public(12).await;
            let id = planned(&place.state(), &migration(), &channels);
            place.sandbox.set_faults("429=20%,drop-writes=5%,500-writes=5%".parse().unwrap());
            for events in cuts {
                let state = taken(&place, id).await;
                let (_wish, wishes) = watch::channel(Wish::Go);
                let (tx, mut rx) = unbounded_channel();
                let running = tokio::spawn(place.run(&state, id, migration()).go(wishes, tx));
                for _ in 0..events {
                    if rx.recv().await.is_none() {
                        break;
                    }
                }
                running.abort();
                let _ = running.await;
                if state.job(id).unwrap().unwrap().counts.left() == 0 {
                    break;
                }
            }
            for _ in 0..20 {
                let state = taken(&place, id).await;
                let _ = done(place.run(&state, id, migration())).await;
                state.retry_rows(id, None).unwrap();
                if job(&state, id).counts.left() == 0 {
                    break;
                }
            }
            place.sandbox.set_faults("429=0%,drop-writes=0%,500-writes=0%".parse().unwrap());
            let state = place.state();
            let counts = job(&state, id).counts;
            assert_eq!((counts.done + counts.skipped, counts.all()), (12, 12), "{counts:?}");
            for channel in place.channels().await {
                let is_private = channel.kind == ChannelType::Private;
                assert!(is_private || !channels.contains(&channel.sid));
            }
            nothing_twice(&state);
        });
    }
}
