//! How near a job comes to what a server allows, and what it costs. Run with `cargo bench --bench jobs`, or for ten
//! thousand channels with `ROWS=10000 cargo bench --bench jobs`, which takes six minutes. The practice account and the job are
//! processes of their own; the server takes thirty changes a second, as the documents say, and answers 429 above. `LIMIT=20`
//! makes it take fewer than the job knows of.

#![expect(clippy::print_stdout, reason = "what is measured is printed")]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement, not the console"
)]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use switchboard::state::{Counts, Entry, JournalQuery, State};

const BINARY: &str = env!("CARGO_BIN_EXE_switchboard");
const CHAT_EU: &str = "IS01b6e05a52915a4db0c5aac13790beab";
/// Changes a second that the server takes, where `LIMIT` does not say otherwise.
const DOCUMENTED: f64 = 30.0;

fn set<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// A practice account that ends with the measurement.
struct Practice {
    child: Child,
    url: String,
    account: String,
    token: String,
}

impl Practice {
    fn start(rows: usize, limit: f64) -> Self {
        // About one of three is public.
        let channels = (rows * 4 + 200).to_string();
        let mut command = Command::new(BINARY);
        command.args(["sandbox", "--port", "0", "--channels", &channels]);
        command.args(["--fault", &format!("limit={limit}/s")]).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut told =
            |before: &str| lines.next().unwrap().unwrap().strip_prefix(before).unwrap().to_owned();
        let url = told("listening on ");
        let account = told("export TWILIO_ACCOUNT_SID=");
        let token = told("export TWILIO_AUTH_TOKEN=");
        Self { child, url, account, token }
    }

    fn command(&self, dir: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.env_clear().env("SWITCHBOARD_STATE_DIR", dir);
        command.env("TWILIO_ACCOUNT_SID", &self.account).env("TWILIO_AUTH_TOKEN", &self.token);
        command.args(["--base-url", &self.url, "migrate", "--service", CHAT_EU]).args(arguments);
        command
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Resident kilobytes of a process, now and at most so far.
fn resident(process: u32) -> Option<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    };
    Some((field("VmRSS:")?, field("VmHWM:")?))
}

fn counts(dir: &Path, account: &str) -> Option<Counts> {
    let state = State::existing(dir).ok()??;
    Some(state.jobs(account).ok()?.first()?.counts)
}

/// A plan of so many channels, as a file.
fn planned(practice: &Practice, dir: &Path, rows: usize) -> String {
    let plan = practice.command(dir, &["--dry-run", "-o", "jsonl"]).output().unwrap();
    let plan = String::from_utf8(plan.stdout).unwrap();
    let sid = |line: &str| line.split('"').find(|part| part.starts_with("CH")).unwrap().to_owned();
    let will = plan.lines().filter(|line| line.contains(r#""plan":"migrate""#));
    let sids: Vec<String> = will.take(rows).map(sid).collect();
    assert_eq!(sids.len(), rows, "so many are public");
    let file = dir.join("plan.txt");
    fs::write(&file, sids.join("\n")).unwrap();
    file.to_str().unwrap().to_owned()
}

/// Resident kilobytes as the first rows ended, and the most there were.
fn watched(mut job: Child, dir: &Path, account: &str) -> (u64, u64) {
    let (mut first, mut most) = (0, 0);
    while job.try_wait().unwrap().is_none() {
        if let Some((now, peak)) = resident(job.id()) {
            let has_begun = || counts(dir, account).is_some_and(|counts| counts.done >= 50);
            if first == 0 && has_begun() {
                first = now;
            }
            most = peak;
        }
        sleep(Duration::from_millis(500));
    }
    assert!(job.wait().unwrap().success());
    (first, most)
}

fn main() {
    let rows = set("ROWS").unwrap_or(600);
    let limit: f64 = set("LIMIT").unwrap_or(DOCUMENTED);
    let dir = tempfile::tempdir().unwrap();
    let practice = Practice::start(rows, limit);
    let plan = planned(&practice, dir.path(), rows);
    let mut command = practice.command(dir.path(), &["--from", &plan, "--yes"]);
    let job = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (first, most) = watched(job, dir.path(), &practice.account);
    let state = State::existing(dir.path()).unwrap().unwrap();
    let writes: Vec<Entry> = state.list(&JournalQuery::default()).unwrap();
    let done = writes.iter().filter(|entry| entry.standing.is_done()).count();
    assert_eq!(done, rows, "each channel was migrated once");
    let refused = writes.iter().filter(|entry| entry.status == Some(429)).count();
    let begun = writes.iter().map(|entry| entry.begun).min().unwrap();
    let ended = writes.iter().filter_map(|entry| entry.ended).max().unwrap();
    let seconds = ended.duration_since(begun).as_secs_f64();
    let rate = rows as f64 / seconds;
    println!("{rows} channels in {seconds:.1} s, {limit} writes a second allowed");
    println!("achieved rate ÷ limit           {:.3}   (to reach: 0.95)", rate / limit);
    println!(
        "writes answered 429             {:.2} %   (at most: 2 %)",
        100.0 * refused as f64 / writes.len() as f64
    );
    println!(
        "memory beyond the first 50 rows {} kB, {:.0} bytes a row (at most {most} kB in all)",
        most.saturating_sub(first),
        1024.0 * most.saturating_sub(first) as f64 / rows as f64
    );
}
