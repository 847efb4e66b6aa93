//! Two consoles at the same time, with one state directory and one account.

use switchboard::state::{Entry, JournalQuery, Standing, State};
use tempfile::TempDir;

use crate::{practice::Practice, pty::Console};

fn open(practice: &Practice, directory: &TempDir, channel: &str) -> Console {
    let mut console = practice.console().in_state(directory.path()).open();
    console.goes_to(channel);
    console.press("e");
    console.sees("Edit channel");
    console
}

fn lines(directory: &TempDir) -> Vec<Entry> {
    let state = State::existing(directory.path()).unwrap().unwrap();
    state.list(&JournalQuery::default()).unwrap()
}

#[test]
fn both_write_at_once_and_every_line_is_there() {
    let practice = Practice::start("0");
    let directory = TempDir::new().unwrap();
    let mut consoles = ["ideas", "incidents"].map(|channel| open(&practice, &directory, channel));
    let mut names = ["Ideas", "Incidents"].map(str::to_owned);
    for round in 0..5 {
        for console in &mut consoles {
            console.send(round.to_string().as_bytes());
            console.press("^s");
        }
        for (console, name) in consoles.iter_mut().zip(&mut names) {
            console.sees(&format!("saved friendly name of {name}"));
            name.push_str(&round.to_string());
            console.points_at(name);
            console.press("e");
            console.sees("Edit channel");
        }
    }
    for (channel, name) in [("ideas", "Ideas01234"), ("incidents", "Incidents01234")] {
        assert_eq!(practice.channel(channel).friendly_name.unwrap().raw(), name);
    }
    let written = lines(&directory);
    assert_eq!(written.len(), 10);
    assert!(written.iter().all(|line| line.standing == Standing::Done), "{written:?}");
    for mut console in consoles {
        console.press("Esc");
        console.sees_no_more("Edit channel");
        console.press("q");
        assert_eq!(console.ends(), 0);
    }
}

#[test]
fn each_changes_another_field_of_one_channel_and_both_stay() {
    let practice = Practice::start("0");
    let directory = TempDir::new().unwrap();
    let mut first = open(&practice, &directory, "ideas");
    let mut second = open(&practice, &directory, "ideas");
    first.send(b" one");
    second.press("Tab");
    second.send(b"-two");
    first.press("^s");
    first.sees("saved friendly name of");
    second.press("^s");
    second.sees("saved unique name of");
    let channel = practice.channel("ideas-two");
    assert_eq!(channel.friendly_name.unwrap().raw(), "Ideas one");
    assert_eq!(lines(&directory).len(), 2);
    for console in [&mut first, &mut second] {
        console.press("q");
        assert_eq!(console.ends(), 0);
    }
}

#[test]
fn what_one_types_is_not_dropped_by_what_another_saves_or_types() {
    let practice = Practice::start("0");
    let directory = TempDir::new().unwrap();
    let mut first = open(&practice, &directory, "ideas");
    let mut second = open(&practice, &directory, "ideas");
    let kept = || {
        let state = State::existing(directory.path()).unwrap().unwrap();
        let drafts = state.drafts(&practice.account).unwrap();
        drafts.into_iter().map(|draft| draft.text).collect::<String>()
    };
    first.send(b" one");
    second.send(b" two");
    first.comes_true("both to be kept", || {
        kept().contains("Ideas one") && kept().contains("Ideas two")
    });
    first.press("^s");
    first.sees("saved friendly name of");
    first.press("q");
    assert_eq!(first.ends(), 0);
    assert!(kept().contains("Ideas two"), "{}", kept());
    second.signal(rustix::process::Signal::KILL);
    second.is_killed();
    let next = practice.console().in_state(directory.path()).open();
    next.sees("not saved in an earlier run: channel Ideas");
}
