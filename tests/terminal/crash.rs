//! A console that is killed at any step of a write: whatever its journal says afterwards is true of the server, and the
//! next start finds out what it could not say.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};
use switchboard::state::{Entry, JournalQuery, Standing, State};
use tempfile::TempDir;

use crate::{
    practice::Practice,
    pty::{Console, Start},
};

/// Stands between a console and its server, and kills the console at a step that was chosen: each piece of a request or
/// an answer is one step when it comes and one more when it was passed on.
#[derive(Clone, Default)]
struct Relay {
    trap: Arc<Mutex<Option<(Pid, usize)>>>,
}

impl Relay {
    /// Its address.
    fn begin(&self, server: &str) -> String {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let relay = self.clone();
        // They end with the test.
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
                let ways = [(client.try_clone(), server.try_clone()), (Ok(server), Ok(client))];
                for (from, to) in ways {
                    let relay = relay.clone();
                    thread::spawn(move || relay.pass(from.unwrap(), to.unwrap()));
                }
            }
        });
        url
    }

    /// From now on so many steps are left to this process.
    fn arm(&self, console: Pid, steps: usize) {
        *self.trap.lock().unwrap() = Some((console, steps));
    }

    /// Whether the console was killed. From now on it is not.
    fn disarm(&self) -> bool {
        self.trap.lock().unwrap().take().is_none()
    }

    fn pass(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut bytes = [0; 8 * 1024];
        while let Ok(count) = from.read(&mut bytes) {
            if count == 0 {
                break;
            }
            // What came as the console was killed goes no further: it may have been on its way for long.
            let ends_here = self.step() || to.write_all(&bytes[..count]).is_err();
            if ends_here || self.step() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    }

    /// Whether this was the step.
    fn step(&self) -> bool {
        let mut trap = self.trap.lock().unwrap();
        match &mut *trap {
            Some((console, 0)) => {
                kill_process(*console, Signal::KILL).unwrap();
                *trap = None;
                return true;
            }
            Some((_, steps)) => *steps -= 1,
            None => {}
        }
        false
    }
}

fn lines(directory: &Path) -> Vec<Entry> {
    let state = State::existing(directory).unwrap().unwrap();
    state.list(&JournalQuery::default()).unwrap()
}

/// What was typed and not saved.
fn drafts(directory: &Path, practice: &Practice) -> String {
    let state = State::existing(directory).unwrap().unwrap();
    state.drafts(&practice.account).unwrap().into_iter().map(|draft| draft.text).collect()
}

fn at_ideas(start: Start, directory: &Path) -> Console {
    let mut console = start.in_state(directory).open();
    console.goes_to("ideas");
    console
}

/// What a line says of the server: whether it has what was sent. `None` if it says that it does not know.
fn claim(line: &Entry) -> Option<bool> {
    match line.standing {
        Standing::Done | Standing::SettledDone => Some(true),
        Standing::Refused | Standing::Failed | Standing::SettledNotDone => Some(false),
        Standing::Unfinished | Standing::Unknown => None,
        Standing::InFlight => panic!("its console was killed: {line:?}"),
    }
}

/// Kills a console after so many steps of a renaming. False when the write was over before that.
fn kills_after(steps: usize, practice: &Practice, relay: &Relay, url: &str) -> bool {
    let directory = TempDir::new().unwrap();
    practice.rename("ideas", "Ideas");
    let mut console = at_ideas(practice.console_by(url), directory.path());
    console.press("e");
    console.sees("Edit channel");
    console.send(format!("-{steps}").as_bytes());
    let typed = format!("Ideas-{steps}");
    console.comes_true("it to be kept", || drafts(directory.path(), practice).contains(&typed));
    relay.arm(console.pid(), steps);
    console.press("^s");
    console.until_or_killed("the end of the write", |seen| seen.has("saved friendly name of"));
    let was_killed = relay.disarm();
    if was_killed {
        console.is_killed();
    } else {
        console.press("q");
        console.ends();
    }
    drop(console);
    let is_there = || practice.channel("ideas").friendly_name.unwrap().raw() != "Ideas";
    let written = lines(directory.path());
    assert!(written.len() <= 1, "{written:?}");
    match written.first() {
        None => assert!(!is_there(), "step {steps}: it was sent and not written down"),
        Some(line) => {
            let claim = claim(line);
            assert!(claim.is_none_or(|it| it == is_there()), "step {steps}: {line:?}");
        }
    }
    // The next start reads what the server has and tells; what was typed is there if it was not sent.
    let mut next = at_ideas(practice.console(), directory.path());
    if let Some(line) = written.first().filter(|line| claim(line).is_none()) {
        let standing = || lines(directory.path())[0].standing;
        let truth = || if is_there() { Standing::SettledDone } else { Standing::SettledNotDone };
        next.comes_true("it to be settled", || standing() == truth());
        assert_eq!(lines(directory.path())[0].id, line.id);
    }
    next.press("e");
    next.sees("Edit channel");
    let kept = next.now().has(&typed);
    assert!(kept || is_there(), "step {steps}: what was typed is neither sent nor kept");
    was_killed
}

#[test]
fn the_journal_is_true_after_a_kill_at_any_step_of_a_write() {
    let practice = Practice::start("0");
    let relay = Relay::default();
    let url = relay.begin(&practice.url);
    let killed = (0..64).take_while(|&steps| kills_after(steps, &practice, &relay, &url));
    // A reading and a write, each a question and an answer, each with a step before and one after.
    assert!(killed.count() >= 8);
}

#[test]
fn what_was_typed_survives_a_kill() {
    let practice = Practice::start("0");
    let directory = TempDir::new().unwrap();
    let mut console = at_ideas(practice.console(), directory.path());
    console.press("e");
    console.sees("Edit channel");
    console.send(b" of the night");
    console.sees("Ideas of the night");
    let drafts = || drafts(directory.path(), &practice);
    console.comes_true("it to be kept", || drafts().contains("Ideas of the night"));
    console.signal(Signal::KILL);
    console.is_killed();
    let mut next = at_ideas(practice.console(), directory.path());
    next.press("e");
    next.until("the text, and since when", |seen| {
        seen.has("Ideas of the night") && seen.has("not saved, back · F3 changes")
    });
    next.press("^s");
    next.sees("saved friendly name of");
    assert_eq!(practice.channel("ideas").friendly_name.unwrap().raw(), "Ideas of the night");
    next.press("q");
    assert_eq!(next.ends(), 0);
    assert_eq!(drafts(), "", "saved, so not kept");
}

#[test]
fn what_was_typed_stays_until_its_form_was_opened_however_often_one_starts() {
    let practice = Practice::start("0");
    let directory = TempDir::new().unwrap();
    let mut console = at_ideas(practice.console(), directory.path());
    console.press("e");
    console.sees("Edit channel");
    console.send(b" of Fred, F5");
    console.sees("Ideas of Fred, F5");
    console.comes_true("it to be kept", || drafts(directory.path(), &practice).contains("of Fred"));
    console.signal(Signal::KILL);
    console.is_killed();
    for _ in 0..2 {
        let mut between = practice.console().in_state(directory.path()).open();
        between.sees("not saved in an earlier run: channel Ideas");
        between.points_at("Chat EU");
        between.press("Enter");
        between.sees("Channels 144, all loaded");
        between.press("q");
        assert_eq!(between.ends(), 0);
        assert!(drafts(directory.path(), &practice).contains("of Fred"), "it is still there");
    }
    let mut last = at_ideas(practice.console(), directory.path());
    last.press("e");
    last.sees("Ideas of Fred, F5");
    last.press("^s");
    last.sees("saved friendly name of");
    last.press("q");
    assert_eq!(last.ends(), 0);
    assert_eq!(drafts(directory.path(), &practice), "");
}
