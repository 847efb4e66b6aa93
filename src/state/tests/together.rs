//! Several consoles on one file.

use std::{collections::BTreeSet, thread};

use super::*;

#[test]
fn two_consoles_write_at_once_and_lose_nothing() {
    let dir = dir();
    let written: Vec<EntryId> = thread::scope(|scope| {
        let consoles: Vec<_> = (0..2).map(|_| scope.spawn(|| many_writes(dir.path()))).collect();
        consoles.into_iter().flat_map(|console| console.join().unwrap()).collect()
    });
    let state = open(dir.path());
    let lines = state.list(&JournalQuery::default()).unwrap();
    assert!(lines.iter().all(|line| line.standing == Standing::Done));
    let distinct: BTreeSet<_> = lines.iter().map(|line| line.id).collect();
    assert_eq!(distinct, written.into_iter().collect());
    assert_eq!(distinct.len(), 100);
}

fn many_writes(dir: &Path) -> Vec<EntryId> {
    let state = open(dir);
    let mut written = Vec::new();
    for nth in 0..50 {
        let id = state.begin(&renaming(), at(nth)).unwrap();
        state.put_draft(ACCOUNT, "k", &nth.to_string(), at(nth)).unwrap();
        state.finish(id, &done(), at(nth)).unwrap();
        written.push(id);
    }
    written
}

#[test]
fn many_starts_at_once_make_one_file() {
    for broken in
        ["", "not a database at all, but of some length; not a database at all, but of some length"]
    {
        let dir = dir();
        fs::write(dir.path().join(file::NAME), broken).unwrap();
        let aside = thread::scope(|scope| {
            let start = || State::open(dir.path(), Keeping::default(), at(0)).unwrap();
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            let opened: Vec<_> = starts.into_iter().map(|start| start.join().unwrap()).collect();
            for each in &opened {
                each.state.begin(&renaming(), at(1)).unwrap();
            }
            assert_eq!(opened[0].state.list(&JournalQuery::default()).unwrap().len(), 8);
            opened.iter().filter(|opened| opened.set_aside.is_some()).count()
        });
        assert_eq!(aside, usize::from(!broken.is_empty()));
    }
}

#[test]
fn threads_share_one_state() {
    let dir = dir();
    let state = open(dir.path());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| state.begin(&renaming(), at(1)).unwrap());
        }
    });
    assert_eq!(state.list(&JournalQuery::default()).unwrap().len(), 4);
}

#[test]
fn an_answer_awaited_elsewhere_is_not_unfinished() {
    let dir = dir();
    let (here, elsewhere) = (open(dir.path()), open(dir.path()));
    let id = elsewhere.begin(&renaming(), at(1)).unwrap();
    assert_eq!(entry(&here, id).standing, Standing::InFlight);
    assert_eq!(here.unfinished(ACCOUNT).unwrap(), []);
    let told = here.settle(id, &Settlement::NotDone, at(2)).unwrap_err();
    assert!(matches!(told, StateError::StillOut(of) if of == id), "{told}");
    drop(elsewhere);
    assert_eq!(entry(&here, id).standing, Standing::Unfinished);
    assert_eq!(here.unfinished(ACCOUNT).unwrap(), [entry(&here, id)]);
    assert_eq!(here.unfinished("AC2").unwrap(), []);
    here.settle(id, &Settlement::NotDone, at(2)).unwrap();
    assert_eq!(entry(&here, id).standing, Standing::SettledNotDone);
}

#[test]
fn the_signs_of_the_dead_are_cleared_away() {
    let dir = dir();
    let left = dir.path().join("switchboard.00000000deadbeef.live");
    fs::write(&left, "").unwrap();
    let first = open(dir.path());
    assert!(!left.exists());
    let second = open(dir.path());
    let signs = || {
        let files = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|end| end == "live")).count()
    };
    assert_eq!(signs(), 2);
    drop((first, second));
    assert_eq!(signs(), 0);
}

#[test]
fn a_file_that_another_program_holds_is_told_as_busy() {
    let dir = dir();
    let state = open(dir.path());
    state.connection().busy_timeout(Duration::ZERO).unwrap();
    let other = Connection::open(state.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let told = state.begin(&renaming(), at(1)).unwrap_err();
    assert!(matches!(told, StateError::Busy { .. }), "{told}");
    assert_eq!(state.list(&JournalQuery::default()).unwrap(), [], "reading goes on");
}
