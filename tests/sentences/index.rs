//! The last listing of a large service stands in until the fresh one is whole: two starts with one state directory.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};

use switchboard::{
    api::{Address, Webhooks, chat::channels},
    config::{Config, Overrides, Places},
    runtime::{connect::Accounts, executor},
    sandbox::{self, Options, Sandbox},
};
use tempfile::TempDir;

use crate::desk::{CHAT_EU, Desk, Setting, WIDE};

/// A server that outlives the consoles, and where they keep things.
struct Kept {
    server: Sandbox,
    config: TempDir,
    state: TempDir,
}

impl Kept {
    /// With this in the config, before the profile.
    async fn new(settings: &str) -> Self {
        let options = Options { max_page_size: 100, channels: 1_500, ..Options::default() };
        let server = sandbox::start(options).await.unwrap();
        let (config, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let kept = Self { server, config, state };
        kept.set(settings);
        kept
    }

    fn set(&self, settings: &str) {
        let path = self.config.path().join("config.toml");
        let profile = format!(
            "[profiles.acme]\naccount_sid = \"{}\"\nauth_token = \"{}\"\nbase_url = \"{}\"\n",
            self.server.account_sid(),
            self.server.auth_token(),
            self.server.url()
        );
        fs::write(&path, format!("{settings}\n{profile}")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// A console on the services.
    async fn desk(&self) -> Desk {
        let places = Places { config: Some(self.config.path().to_owned()), twilio_cli: None };
        let config = Config::read(Arc::new(|_: &str| None), &places).unwrap();
        let accounts = Some(Accounts::new(config, Overrides::default()));
        let state = Some(self.state.path().to_owned());
        // One pane: the service is not listed before it is entered.
        let mut desk = Desk::with(Setting { accounts, state, ..Setting::default() }).await;
        desk.sees("Services 3, all loaded").await;
        desk
    }

    /// A console that lists "Chat EU" to its end, and is left.
    async fn lists_once(&self) {
        let mut desk = self.desk().await;
        desk.press("Enter");
        desk.sees("Channels 1,500, all loaded ✔").await;
        desk.press("q");
        desk.ends().await;
    }

    fn faults(&self, faults: &str) {
        self.server.set_faults(faults.parse().unwrap());
    }

    /// Someone removes a channel meanwhile.
    async fn removes(&self, unique_name: &str) {
        let someone = executor::practice_client(&self.server, None).unwrap();
        let (service, name) = (CHAT_EU.parse().unwrap(), Address::Name(unique_name.to_owned()));
        let channel = channels::fetch(&someone, service, &name).await.unwrap();
        channels::delete(&someone, service, channel.sid, Webhooks::Off).await.unwrap();
    }
}

/// The files of listings.
fn listings(state: &Path) -> Vec<std::path::PathBuf> {
    let found = fs::read_dir(state.join("listings")).into_iter().flatten();
    found.map(|entry| entry.unwrap().path()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_start_shows_the_rows_before_the_server_answers_and_strikes_what_is_gone() {
    let kept = Kept::new("").await;
    kept.lists_once().await;
    let files = listings(kept.state.path());
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    kept.removes("team-returns").await;
    let mut desk = kept.desk().await;
    kept.faults("latency=1500ms");
    desk.press("Enter");
    desk.sees("Channels 1,500 as of ").await;
    desk.sees("ago, reading anew …").await;
    assert!(desk.frame().contains("old"), "rows are marked\n{}", desk.frame());
    // Keys and the filter work on what is there.
    desk.press("/unique=team-returns Enter");
    desk.sees("1 of 1,500 as of ").await;
    assert!(!desk.seen.iter().any(|frame| frame.contains("read anew …")), "nothing came yet");
    kept.faults("none");
    desk.sees("1 of 1,499, all loaded ✔ · 1 gone").await;
    desk.until("the row to be struck", |frame| frame.contains("gone")).await;
    desk.press("Esc r");
    desk.sees("Channels 1,499, all loaded ✔").await;
    assert!(!desk.frame().contains("gone"), "{}", desk.frame());
    desk.press("q");
    desk.ends().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_that_is_stopped_is_not_kept_and_leaves_the_one_before() {
    let kept = Kept::new("").await;
    kept.lists_once().await;
    let mut desk = kept.desk().await;
    kept.faults("latency=200ms");
    desk.press("Enter");
    desk.sees("read anew …").await;
    desk.press("^c");
    desk.sees("ago · stopped at ").await;
    desk.press("^c ^c");
    desk.ends().await;
    kept.faults("latency=1500ms");
    let mut desk = kept.desk().await;
    desk.press("Enter");
    desk.sees("Channels 1,500 as of ").await;
    desk.press("^c ^c ^c");
    desk.ends().await;
    assert_eq!(listings(kept.state.path()).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_kept_where_the_config_says_so_and_what_was_kept_goes() {
    let kept = Kept::new("").await;
    for off in ["index = false", "journal_days = 0", "journal = \"digest\""] {
        kept.set("");
        kept.lists_once().await;
        assert_eq!(listings(kept.state.path()).len(), 1, "{off}");
        kept.set(off);
        let mut desk = kept.desk().await;
        desk.press("Enter");
        desk.sees("Channels 1,500, all loaded ✔").await;
        assert!(!desk.seen.iter().any(|frame| frame.contains("as of")), "{off}");
        desk.comes_true("the listing to go", |state| listings(state).is_empty()).await;
        desk.press("q");
        desk.ends().await;
        assert_eq!(listings(kept.state.path()).len(), 0, "{off}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_server_with_the_same_sids_shows_nothing_of_it() {
    let kept = Kept::new("").await;
    kept.lists_once().await;
    let other = Kept::new("").await;
    let other = Kept { state: kept.state, ..other };
    let mut desk = other.desk().await;
    other.faults("latency=300ms");
    desk.press("Enter");
    desk.sees("loaded, loading …").await;
    assert!(!desk.seen.iter().any(|frame| frame.contains("as of")), "{}", desk.frame());
    desk.press("^c ^c ^c");
    desk.ends().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_listing_is_passed_over_and_replaced() {
    let kept = Kept::new("").await;
    kept.lists_once().await;
    let file = listings(kept.state.path()).remove(0);
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let mut desk = kept.desk().await;
    desk.press("Enter");
    desk.sees("Channels 1,500, all loaded ✔").await;
    assert!(!desk.seen.iter().any(|frame| frame.contains("as of")), "{}", desk.frame());
    desk.press("q");
    desk.ends().await;
    assert!(fs::metadata(&file).unwrap().len() > whole.len() as u64 / 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_in_view_is_read_by_itself_while_its_row_is_old() {
    let kept = Kept::new("").await;
    kept.lists_once().await;
    kept.faults("latency=400ms");
    let places = Places { config: Some(kept.config.path().to_owned()), twilio_cli: None };
    let config = Config::read(Arc::new(|_: &str| None), &places).unwrap();
    let accounts = Some(Accounts::new(config, Overrides::default()));
    let state = Some(kept.state.path().to_owned());
    let mut desk = Desk::with(Setting { accounts, state, size: WIDE, ..Setting::default() }).await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    // In the title of the list, and in the pane of the channel.
    desk.until("the pane to say so", |frame| frame.matches("as of ").count() == 2).await;
    desk.until("the pane to be read", |frame| frame.matches("as of ").count() == 1).await;
    desk.press("^c ^c ^c");
    desk.ends().await;
}
