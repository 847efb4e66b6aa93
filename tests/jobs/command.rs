//! Jobs as a shell sees them: plans, questions, exit codes, and a process that is killed.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::Arc,
    time::Instant,
};

use switchboard::{
    api::{Access, Client, ClientConfig, Credentials, Hosts},
    state::{RowState, State},
};

use super::*;

/// A practice account as a process of its own.
pub(super) struct Practice {
    pub(super) child: Child,
    url: String,
    account: String,
    pub(super) token: String,
}

impl Practice {
    pub(super) fn start(faults: &str) -> Self {
        Self::grown(faults, "0")
    }

    /// One with so many channels.
    pub(super) fn grown(faults: &str, channels: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
        command.args(["sandbox", "--port", "0", "--fault", faults, "--channels", channels]);
        command.stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut told =
            |before: &str| lines.next().unwrap().unwrap().strip_prefix(before).unwrap().to_owned();
        let url = told("listening on ");
        let account = told("export TWILIO_ACCOUNT_SID=");
        let token = told("export TWILIO_AUTH_TOKEN=");
        Self { child, url, account, token }
    }

    pub(super) fn command(&self, dir: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
        command.env_clear().env("SWITCHBOARD_STATE_DIR", dir).env("TZ", "UTC");
        command.env("TWILIO_ACCOUNT_SID", &self.account).env("TWILIO_AUTH_TOKEN", &self.token);
        command.args(["--base-url", &self.url]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The exit code, standard output and standard error.
    pub(super) fn says(&self, dir: &Path, arguments: &[&str]) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(dir, arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    /// The channels of the service.
    pub(super) async fn channels(&self) -> Vec<Channel> {
        let credentials =
            Credentials::auth_token(self.account.parse().unwrap(), self.token.as_str().into());
        let client = Client::new(ClientConfig {
            credentials,
            hosts: Hosts::base_url(&self.url).unwrap(),
            access: Access::ReadOnly,
            page_size: 1_000,
            timeout: DEADLINE,
            observer: None,
        });
        channels::list(&client.unwrap(), service(), None).await.unwrap().items
    }

    async fn public(&self) -> usize {
        let all = self.channels().await;
        all.iter().filter(|channel| channel.kind == ChannelType::Public).count()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

const MIGRATE: [&str; 3] = ["migrate", "--service", CHAT_EU];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&MIGRATE, more].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_written_cut_down_and_run_from_its_file() {
    let practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let before = practice.public().await;
    let (code, plan, words) = practice.says(dir.path(), &with(&["--dry-run", "-o", "csv"]));
    // A name may be of several lines.
    let rows = csv::Reader::from_reader(plan.as_bytes()).into_records().count();
    assert_eq!((code, rows), (0, before), "{words}");
    assert!(words.ends_with("nothing was sent\n"), "{words}");
    assert_eq!(practice.public().await, before);
    let file = dir.path().join("plan.csv");
    let cut: Vec<&str> = plan.lines().take(6).collect();
    std::fs::write(&file, cut.join("\n")).unwrap();
    let from = with(&["--from", file.to_str().unwrap()]);
    let (code, _, words) = practice.says(dir.path(), &from);
    assert_eq!(code, 2, "nobody can be asked: {words}");
    assert!(words.contains("add --yes"), "{words}");
    let (code, rows, words) =
        practice.says(dir.path(), &[from.as_slice(), &["--yes", "-o", "jsonl"]].concat());
    assert_eq!((code, rows.lines().count()), (0, 5), "{words}");
    assert!(rows.lines().all(|row| row.contains(r#""state":"done""#)), "{rows}");
    assert!(words.contains("read again 5 of 5: all are so in fact"), "{words}");
    assert_eq!(practice.public().await, before - 5);
    // A line that is there twice is planned once, and that is told.
    let twice = dir.path().join("twice.csv");
    std::fs::write(&twice, [cut.as_slice(), &cut[1..]].concat().join("\n")).unwrap();
    let from_twice = with(&["--from", twice.to_str().unwrap(), "--dry-run", "-o", "csv"]);
    let (code, _, words) = practice.says(dir.path(), &from_twice);
    assert_eq!(code, 0, "{words}");
    assert!(words.contains("5 named more than once: planned once"), "{words}");
    // What was planned is not so any more.
    let (code, rows, _) =
        practice.says(dir.path(), &[from.as_slice(), &["--yes", "-o", "jsonl"]].concat());
    assert_eq!(code, 0);
    assert!(rows.lines().all(|row| row.contains("already private")), "{rows}");
    let (code, jobs, _) = practice.says(dir.path(), &["jobs"]);
    assert_eq!((code, jobs.lines().count()), (0, 3), "{jobs}");
}

#[test]
fn what_is_wrong_has_its_own_exit_code() {
    let mut practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let code = |practice: &Practice, arguments: &[&str]| practice.says(dir.path(), arguments).0;
    assert_eq!(code(&practice, &["migrate", "--service", "IS1", "--yes"]), 2);
    assert_eq!(code(&practice, &with(&["--from", "/nowhere", "--yes"])), 2);
    assert_eq!(code(&practice, &["--read-only", "migrate", "--service", CHAT_EU, "--yes"]), 2);
    let other = "IS00000000000000000000000000000001";
    assert_eq!(code(&practice, &["migrate", "--service", other, "--yes"]), 4);
    assert_eq!(code(&practice, &["mute", "--service", CHAT_EU, "--yes"]), 2);
    assert_eq!(code(&practice, &["jobs", "resume", "7"]), 4);
    assert_eq!(code(&practice, &["jobs", "resume", "7", "--profile", "environment"]), 4);
    let token = std::mem::replace(&mut practice.token, "wrong".to_owned());
    assert_eq!(code(&practice, &with(&["--yes"])), 3);
    practice.token = token;
    let url = std::mem::replace(&mut practice.url, "http://127.0.0.1:1".to_owned());
    assert_eq!(code(&practice, &["jobs"]), 0, "no server is needed to look");
    practice.url = url;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_leaves_a_job_to_go_on_with() {
    let practice = Practice::start("429=5%,500-writes=5%,drop-writes=5%,latency=5ms");
    let dir = TempDir::new().unwrap();
    let begun = |arguments: &[&str], ended: u64| {
        let mut child = practice.command(dir.path(), arguments).spawn().unwrap();
        let since = Instant::now();
        let counts = || {
            let state = State::existing(dir.path()).unwrap()?;
            let jobs = state.jobs(&practice.account).unwrap();
            Some(jobs.first()?.counts)
        };
        while counts().is_none_or(|counts| counts.all() - counts.left() < ended) {
            assert!(since.elapsed() < DEADLINE && child.try_wait().unwrap().is_none());
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    };
    begun(&with(&["--yes"]), 3);
    begun(&["jobs", "resume", "1"], 7);
    begun(&["jobs", "resume", "1"], 12);
    let (_, jobs, _) = practice.says(dir.path(), &["jobs"]);
    assert!(jobs.contains("stopped"), "{jobs}");
    let (code, _, words) = practice.says(dir.path(), &["jobs", "resume", "1", "--retry"]);
    assert_eq!(code, 0, "{words}");
    let state = Arc::new(State::existing(dir.path()).unwrap().unwrap());
    let jobs = state.jobs(&practice.account).unwrap();
    let rows = state.job_rows(jobs[0].id, None, 0, usize::MAX).unwrap();
    assert!(rows.iter().all(|row| row.state == RowState::Done && row.found == Some(true)));
    nothing_twice(&state);
    assert_eq!(practice.public().await, 0);
}
