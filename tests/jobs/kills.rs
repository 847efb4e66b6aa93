//! Processes that are killed at any moment, again and again: `SWITCHBOARD_RUNS=200 cargo test --test jobs kill`.

#![expect(
    clippy::print_stderr,
    reason = "with --nocapture it tells how far it is, and what to try again"
)]

use std::{
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};

use super::*;

const FAULTS: &str = "429=20%,drop=5%,500=5%";
const NONE: &str = "429=0%,drop=0%,500=0%";
/// Runs where nobody asks for more.
const FEW: u64 = 3;
/// They mostly wait.
const AT_ONCE: usize = 8;
/// Channels of a job.
const CHANNELS: usize = 12;

/// One job, from its plan to its end.
struct Life {
    place: Place,
    url: String,
    chance: StdRng,
    kills: u32,
}

impl Life {
    async fn new(seed: u64) -> Self {
        let place = Place::new().await;
        let url = place.sandbox.url();
        Self { place, url, chance: StdRng::seed_from_u64(seed), kills: 0 }
    }

    fn begin(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
        command.env_clear().env("SWITCHBOARD_STATE_DIR", self.place.dir.path());
        command.env("TWILIO_ACCOUNT_SID", self.place.sandbox.account_sid());
        command.env("TWILIO_AUTH_TOKEN", self.place.sandbox.auth_token());
        command.args(["--base-url", &self.url]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// The job, once there is one.
    fn job(&self) -> Option<Job> {
        let state = State::existing(self.place.dir.path()).unwrap()?;
        state.jobs(self.place.sandbox.account_sid()).unwrap().into_iter().next()
    }

    fn ended(&self) -> u64 {
        self.job().map_or(0, |job| job.counts.all() - job.counts.left())
    }

    /// Lets a process work, and kills it as soon as so many rows have ended; a little later, or earlier, for luck.
    fn kill(&mut self, mut child: Child, rows: u64) {
        let since = Instant::now();
        while self.ended() < rows && child.try_wait().unwrap().is_none() {
            assert!(since.elapsed() < DEADLINE, "nothing happens");
            std::thread::yield_now();
        }
        for _ in 0..self.chance.random_range(0..5_000) {
            std::thread::yield_now();
        }
        self.kills += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Kills one process after the other, then lets the last one come to the end.
    fn lead(&mut self, migrate: &[&str]) {
        for _ in 0..self.chance.random_range(1..4) {
            let more = self.ended() + self.chance.random_range(0..5);
            let child = match self.job() {
                None => self.begin(migrate),
                Some(job) => self.begin(&["jobs", "resume", &job.id.to_string()]),
            };
            self.kill(child, more);
        }
        let since = Instant::now();
        loop {
            assert!(since.elapsed() < DEADLINE, "it has no end");
            let mut last = match self.job() {
                None => self.begin(migrate),
                Some(job) => self.begin(&["jobs", "resume", &job.id.to_string(), "--retry"]),
            };
            last.wait().unwrap();
            let counts = self.job().map(|job| job.counts);
            if counts.is_some_and(|counts| counts.left() + counts.failed == 0) {
                return;
            }
        }
    }
}

async fn one(seed: u64) -> u32 {
    let mut life = Life::new(seed).await;
    let before = life.place.channels().await;
    let mut public = life.place.public(usize::MAX).await;
    public.shuffle(&mut life.chance);
    public.truncate(CHANNELS);
    let file = life.place.dir.path().join("plan.txt");
    std::fs::write(&file, public.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        .unwrap();
    life.place.sandbox.set_faults(FAULTS.parse().unwrap());
    let lived = tokio::task::spawn_blocking(move || {
        let from = file.to_str().unwrap().to_owned();
        let arguments = ["migrate", "--service", CHAT_EU, "--yes", "--include-flex", "--from"];
        life.lead(&[&arguments[..], &[&from]].concat());
        life
    });
    let life = lived.await.unwrap();
    life.place.sandbox.set_faults(NONE.parse().unwrap());
    let after = life.place.channels().await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.sid, after.sid);
        let kind = if public.contains(&after.sid) { &ChannelType::Private } else { &before.kind };
        assert_eq!(&after.kind, kind, "the server is as planned, and nothing else changed");
    }
    let state = life.place.state();
    let job = life.job().unwrap();
    assert!(job.ended.is_some() && job.counts.all() == public.len() as u64, "{job:?}");
    for row in rows(&state, job.id) {
        assert!(
            row.state == RowState::Done && public.iter().any(|sid| sid.to_string() == row.target),
            "{row:?}"
        );
    }
    nothing_twice(&state);
    life.kills
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_that_are_killed_at_any_moment_come_to_their_end() {
    let runs = std::env::var("SWITCHBOARD_RUNS").ok().and_then(|runs| runs.parse().ok());
    let runs: u64 = runs.unwrap_or(FEW);
    let first: u64 = rand::random_range(0..1_000_000);
    let (begun, kills) = (AtomicU64::new(0), AtomicU64::new(0));
    let work = async || {
        loop {
            let nth = begun.fetch_add(1, Ordering::Relaxed);
            if nth >= runs {
                return;
            }
            let seed = first + nth;
            eprintln!("run {nth}, seed {seed}");
            kills.fetch_add(u64::from(one(seed).await), Ordering::Relaxed);
        }
    };
    let at_once = (0..AT_ONCE).map(|_| work());
    futures_util::future::join_all(at_once).await;
    let kills = kills.load(Ordering::Relaxed);
    eprintln!("{runs} runs, {kills} processes killed at work");
}
