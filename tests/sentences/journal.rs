//! Proof of what was done: every write is written down, can be taken back, and is settled if it was cut off.

use std::path::Path;

use jiff::Timestamp;
use switchboard::{
    api::chat::channels::ChannelPatch,
    state::{Entry, JournalQuery, Keeping, Record, Standing, State, fields_text},
};
use tempfile::TempDir;

use crate::desk::{ANA, CHAT_EU, Desk, Setting};

fn state(directory: &Path) -> State {
    State::open(directory, Keeping::default(), now()).unwrap().state
}

/// What is too old is wiped, so what is made here must be young.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no console here whose clock could be asked"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

pub(crate) fn entries(directory: &Path) -> Vec<Entry> {
    state(directory).list(&JournalQuery::default()).unwrap()
}

fn named(name: &str) -> String {
    fields_text(&vec![("FriendlyName".to_owned(), Some(name.to_owned()))])
}

async fn rename(desk: &mut Desk) {
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e -typed");
    desk.sees("Incidents-typed").await;
    desk.press("^s");
    desk.sees("saved friendly name of").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_is_written_down_with_what_it_was_and_became() {
    let mut desk = Desk::at_channels().await;
    rename(&mut desk).await;
    let lines = entries(&desk.state);
    assert_eq!(lines.len(), 1);
    let of = &lines[0].record;
    assert_eq!(of.kind, "channel.update");
    assert_eq!(of.before, Some(named("Incidents")));
    assert_eq!(of.after, Some(named("Incidents-typed")));
    let form = [("FriendlyName".to_owned(), "Incidents-typed".to_owned())];
    assert_eq!((of.method.as_str(), of.form.as_slice()), ("POST", form.as_slice()));
    assert_eq!(of.sids[1], CHAT_EU);
    assert!(of.path.starts_with(&format!("/v2/Services/{CHAT_EU}/Channels/CH")));
    assert_eq!(of.account, desk.sandbox.account_sid());
    assert_eq!((lines[0].standing, lines[0].status), (Standing::Done, Some(200)));
    desk.press("@");
    desk.sees("Journal 1, all loaded").await;
    desk.sees("friendly name").await;
    desk.press("Enter");
    desk.sees("+ Incidents-typed").await;
    desk.sees("curl -X POST").await;
    desk.sees("http://127.0.0.1:").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_write_is_taken_back_after_a_look() {
    let mut desk = Desk::at_channels().await;
    rename(&mut desk).await;
    desk.press("u");
    desk.sees("Undo friendly name of Incidents").await;
    desk.sees("+       Incidents").await;
    desk.press("Enter");
    desk.sees("taken back: saved friendly name of").await;
    assert_eq!(desk.channel("incidents").await.friendly_name.unwrap().raw(), "Incidents");
    let lines = entries(&desk.state);
    assert_eq!(lines[0].record.undoes, Some(lines[1].id), "it is journalled itself");
    desk.press("u");
    desk.sees("there is nothing that could be taken back").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn taking_back_keeps_what_others_changed_since() {
    let mut desk = Desk::at_channels().await;
    rename(&mut desk).await;
    let theirs = ChannelPatch { friendly_name: Some("Theirs".into()), ..ChannelPatch::default() };
    desk.change("incidents", theirs).await;
    desk.press("u");
    desk.sees("✖ Friendly name: changed again since then").await;
    desk.press("Esc");
    desk.sees("not taken back").await;
    assert_eq!(desk.channel("incidents").await.friendly_name.unwrap().raw(), "Theirs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mute_is_taken_back_and_a_migration_says_that_it_cannot_be() {
    let mut desk = Desk::at_memberships().await;
    desk.points_at("default").await;
    desk.press("m");
    desk.sees(" muted ana.weiss").await;
    desk.press("u");
    desk.sees("Undo notification level of").await;
    desk.press("Enter");
    desk.sees("taken back: unmuted ana.weiss").await;
    assert_eq!(desk.first_level(ANA).await, "default");
    desk.press("1 /coffee Enter M y");
    desk.sees("it is private now, for good").await;
    desk.press("@");
    desk.sees("make it private").await;
    desk.press("u");
    desk.sees("no call makes a channel public again").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_made_is_taken_back_by_deleting_it_which_asks() {
    let mut desk = Desk::at_channels().await;
    desk.press("a Night ^s");
    desk.sees("created Night").await;
    desk.press("u");
    desk.sees("Delete this channel?").await;
    desk.press("Esc");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_settled_in_the_journal() {
    let mut desk = Desk::at_memberships().await;
    desk.points_at("default").await;
    desk.faults("drop-writes=100%,latency=100ms");
    desk.press("m");
    desk.sees("(answer failed: ").await;
    desk.press("@");
    desk.sees("Journal 1, all loaded").await;
    let line = &entries(&desk.state)[0];
    assert_eq!(line.standing, Standing::SettledDone);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_was_cut_off_is_told_at_the_next_start() {
    for (sent, words) in [("Incidents", "the server has it"), ("Other", "nobody can tell")] {
        let directory = TempDir::new().unwrap();
        let account = Desk::open().await.sandbox.account_sid().to_owned();
        let sid = Desk::open().await.channel("incidents").await.sid;
        let record = Record {
            account,
            kind: "channel.update".to_owned(),
            path: format!("/v2/Services/{CHAT_EU}/Channels/{sid}"),
            label: "Incidents".to_owned(),
            before: Some(named("Before")),
            after: Some(named(sent)),
            ..Record::default()
        };
        let id = state(directory.path()).begin(&record, now()).unwrap();
        let setting = Setting { state: Some(directory.path().to_owned()), ..Setting::default() };
        let mut desk = Desk::with(setting).await;
        desk.is_told("cut off before its answer").await;
        desk.is_told(words).await;
        desk.press("Esc @");
        desk.sees("Journal 1, all loaded").await;
        let line = state(directory.path()).get(id).unwrap().unwrap();
        let expected =
            if sent == "Incidents" { Standing::SettledDone } else { Standing::Unfinished };
        assert_eq!(line.standing, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_journal_nothing_is_written_and_everything_can_be_read() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mut desk =
        Desk::with(Setting { state: Some(file.join("state")), ..Setting::default() }).await;
    desk.sees("no journal, so nothing can be changed").await;
    desk.sees("Services 3, all loaded").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    let told = desk.seen.len();
    desk.press("e");
    desk.is_told("no journal, so nothing can be changed").await;
    assert!(!desk.seen.iter().skip(told).any(|frame| frame.contains("Edit channel")));
    assert_eq!(desk.channel("incidents").await.friendly_name.unwrap().raw(), "Incidents");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_is_set_aside_and_the_console_goes_on() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("switchboard.db");
    std::fs::write(&file, "no database at all, but long enough to have been one, had it been one")
        .unwrap();
    let setting = Setting { state: Some(directory.path().to_owned()), ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.sees("the journal was damaged").await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    rename(&mut desk).await;
    assert_eq!(entries(directory.path()).len(), 1);
    let kept = std::fs::read_dir(directory.path()).unwrap();
    let aside = kept.filter(|file| {
        file.as_ref().unwrap().file_name().to_string_lossy().ends_with(".damaged.db")
    });
    assert_eq!(aside.count(), 1);
}

async fn leaves_typed_text(directory: &Path, how: &str) {
    let setting = Setting { state: Some(directory.to_owned()), ..Setting::default() };
    let mut desk = Desk::with(setting).await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e -typed");
    desk.sees("Incidents-typed").await;
    desk.press(how);
    if how == "Esc q" {
        desk.sees("it is kept for the next start").await;
        desk.press("y");
    }
    desk.ends().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_and_not_saved_is_there_at_the_next_start() {
    for how in ["Esc q", "^c ^c ^c"] {
        let directory = TempDir::new().unwrap();
        leaves_typed_text(directory.path(), how).await;
        let setting = Setting { state: Some(directory.path().to_owned()), ..Setting::default() };
        let mut desk = Desk::with(setting).await;
        desk.is_told("not saved in an earlier run: channel Incidents").await;
        desk.sees("Chat EU").await;
        desk.press("Enter");
        desk.sees("Channels 144, all loaded").await;
        desk.press("/incidents Enter");
        desk.points_at("Incidents").await;
        let theirs = ChannelPatch { created_by: Some("theirs".into()), ..ChannelPatch::default() };
        desk.change("incidents", theirs).await;
        desk.press("e");
        desk.sees("Incidents-typed").await;
        desk.sees("not saved, back · F3 changes · F5 starts over").await;
        desk.press("F3");
        desk.sees("+       Incidents-typed").await;
        desk.press("Esc");
        desk.sees("Edit channel").await;
        desk.press("^s");
        desk.sees("saved friendly name of").await;
        desk.press("q");
        desk.ends().await;
        let account = desk.sandbox.account_sid().to_owned();
        assert_eq!(state(directory.path()).drafts(&account).unwrap(), [], "saved, so not kept");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_is_kept_on_a_pause_and_dropped_when_it_is_given_up() {
    let mut desk = Desk::at_channels().await;
    let account = desk.sandbox.account_sid().to_owned();
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e -typed");
    desk.sees("Incidents-typed").await;
    let kept = |directory: &Path| state(directory).drafts(&account).unwrap();
    desk.comes_true("it is on the disk", |directory| kept(directory).len() == 1).await;
    assert!(kept(&desk.state)[0].text.contains("Incidents-typed"));
    desk.press("F5 Esc");
    desk.comes_true("it is dropped", |directory| kept(directory).is_empty()).await;
}
