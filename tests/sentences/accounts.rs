//! From one account to another, and an account in which nothing may be changed: two practice accounts on two ports.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, sync::Arc};

use switchboard::{
    api::{NewChannel, Webhooks, chat::channels},
    config::{Config, Places},
    runtime::{connect::Accounts, executor},
    sandbox::{self, Options, Sandbox},
};
use tempfile::TempDir;

use crate::desk::{CHAT_EU, Desk, Setting};

/// Known to the first account alone.
const ONLY_FIRST: &str = "Harbour office";

struct Two {
    first: Sandbox,
    second: Sandbox,
    directory: TempDir,
}

impl Two {
    /// Two accounts, the first of them active; `more` is said of the second.
    async fn new(more: &str) -> Self {
        let first = sandbox::start(Options::default()).await.unwrap();
        let second = sandbox::start(Options::default()).await.unwrap();
        let someone = executor::practice_client(&first, None).unwrap();
        let service = CHAT_EU.parse().unwrap();
        let name = |name: &str| Some(name.to_owned());
        let new = NewChannel {
            friendly_name: name(ONLY_FIRST),
            unique_name: name("harbour-office"),
            ..NewChannel::default()
        };
        channels::create(&someone, service, &new, Webhooks::Off).await.unwrap();
        let directory = TempDir::new().unwrap();
        let profile = |name: &str, sandbox: &Sandbox| {
            format!(
                "[profiles.{name}]\naccount_sid = \"{}\"\nauth_token = \"{}\"\nbase_url = \"{}\"\n",
                sandbox.account_sid(),
                sandbox.auth_token(),
                sandbox.url()
            )
        };
        let (one, two) = (profile("first", &first), profile("second", &second));
        let path = directory.path().join("config.toml");
        fs::write(&path, format!("profile = \"first\"\n{one}\n{two}{more}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        Self { first, second, directory }
    }

    async fn desk(&self) -> Desk {
        let config = Some(self.directory.path().to_owned());
        let places = Places { config, twilio_cli: None };
        let config = Config::read(Arc::new(|_: &str| None), &places).unwrap();
        let accounts = Some(Accounts::new(config, switchboard::config::Overrides::default()));
        Desk::with(Setting { accounts, ..Setting::default() }).await
    }
}

impl Two {
    /// Where credentials are entered; and the config, with what it says before.
    async fn at_credentials(&self) -> (Desk, PathBuf, String) {
        let config = self.directory.path().join("config.toml");
        let before = fs::read_to_string(&config).unwrap();
        let mut desk = self.desk().await;
        desk.sees("Chat EU").await;
        desk.press(":sign-in Enter");
        desk.sees("Credentials").await;
        (desk, config, before)
    }
}

/// The head of the screen.
fn head(frame: &str) -> &str {
    frame.lines().next().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_the_first_account_is_left_after_a_switch_to_the_second() {
    let two = Two::new("label = \"The other one\"\ncolour = \"magenta\"").await;
    let mut desk = two.desk().await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 145, all loaded").await;
    desk.press("/harbour Enter");
    desk.points_at(ONLY_FIRST).await;
    // Its next answers come late, to nobody.
    two.first.set_faults("latency=300ms".parse().unwrap());
    desk.press("r Enter");
    desk.press(":profile Space second Enter");
    desk.until("the other account", |frame| head(frame).starts_with(" The other one ")).await;
    // It is gone now: whatever asked it anything more would be told so.
    let Two { first, second, directory: _directory } = two;
    let tokens = [first.auth_token(), second.auth_token()].map(str::to_owned);
    first.stop().await;
    desk.sees("Services 3, all loaded").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    desk.press("/harbour");
    desk.sees("0 of 144, all loaded").await;
    let since = desk.seen.iter().rposition(|frame| head(frame).starts_with(" first "));
    for frame in desk.seen.iter().skip(since.unwrap() + 1) {
        assert!(!frame.contains(ONLY_FIRST) && !frame.contains("offline"), "{frame}");
    }
    desk.press("Esc q");
    let (_, model) = desk.ends_with().await;
    let left = format!("{model:?}");
    assert!(left.contains("Chat EU"), "it tells what it knows");
    assert!(!left.contains("Harbour") && !left.contains("harbour-office"), "{left}");
    assert!(tokens.iter().all(|token| !left.contains(token)), "{left}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_production_profile_is_read_only_and_nothing_is_sent() {
    let two = Two::new("production = true").await;
    let mut desk = two.desk().await;
    desk.sees("Chat EU").await;
    desk.press(":profile Enter");
    desk.sees("you are here").await;
    desk.sees("read-only").await;
    desk.press("j Enter");
    desk.until("the badge", |frame| head(frame).contains("PROD second")).await;
    desk.until("the badge", |frame| head(frame).contains("read-only")).await;
    desk.sees("Services 3, all loaded").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    for keys in ["e", "a", "M", ":delete Enter", ":new Enter"] {
        desk.press(keys);
        desk.sees("read-only: the profile is marked production; --write allows changes").await;
        desk.press("!");
        desk.sees(" Messages ").await;
        desk.press("q");
        desk.until("the messages to go", |frame| !frame.contains(" Messages ")).await;
        assert!(!desk.frame().contains("Friendly name"), "no form opens");
    }
    desk.press(":info Enter");
    desk.sees("This account").await;
    desk.sees("the profile is marked production, config.toml").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typed_text_and_a_secret_that_is_not_there_keep_the_first_account() {
    let more = "[profiles.third]\naccount_sid = \"AC00000000000000000000000000000001\"\n\
                secret_command = [\"/bin/sh\", \"-c\", \"echo hush-hush; exit 4\"]";
    let two = Two::new(more).await;
    let mut desk = two.desk().await;
    desk.sees("Chat EU").await;
    desk.press("Enter");
    desk.sees("Channels 145, all loaded").await;
    desk.press(":profile Space third Enter");
    desk.sees("not switched to third: the secret_command `/bin/sh`").await;
    desk.press("Esc");
    desk.is_told("ended with exit code 4, so there is no secret").await;
    desk.press("/harbour Enter e ! Esc :profile Space second Enter");
    desk.sees("second is another account").await;
    desk.press("n e");
    desk.sees("Harbour office!").await;
    desk.press("Esc :profile Space second Enter");
    desk.sees("second is another account").await;
    desk.press("y");
    desk.until("the other account", |frame| head(frame).starts_with(" second ")).await;
    desk.press("q");
    let (_, model) = desk.ends_with().await;
    assert!(!format!("{model:?}").contains("hush-hush"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_profile_has_its_own_page_size_and_webhooks() {
    let two = Two::new("page_size = 20\nwebhooks = true").await;
    let mut desk = two.desk().await;
    desk.sees("Chat EU").await;
    assert!(!head(desk.frame()).contains("webhooks on"));
    desk.press(":profile Space second Enter");
    desk.until("the badge", |frame| head(frame).contains("webhooks on")).await;
    desk.sees("Services 3, all loaded").await;
    desk.press("Enter");
    desk.sees("Channels 144, all loaded").await;
    assert!(two.second.requests() > 8, "144 rows, 20 a page, after the services");
    desk.press("/incidents Enter");
    desk.points_at("Incidents").await;
    desk.press("e ! ^s");
    desk.sees("saved friendly name of Incidents").await;
    let written = crate::journal::entries(&desk.state);
    let profiles: Vec<&str> = written.iter().map(|it| it.record.profile.as_str()).collect();
    assert_eq!(profiles, ["second"], "the journal knows who wrote");
    assert!(written[0].record.webhooks);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_are_tried_before_they_are_kept() {
    let two = Two::new("").await;
    let (mut desk, config, before) = two.at_credentials().await;
    desk.press(two.second.account_sid());
    desk.press("Enter not-the-token Enter");
    desk.paste(&two.second.url());
    desk.press("Enter ^u third Enter");
    desk.sees("✖").await;
    assert!(desk.frame().contains("20003"), "{}", desk.frame());
    assert!(!desk.seen.iter().any(|frame| frame.contains("not-the")), "the secret is not shown");
    assert_eq!(fs::read_to_string(&config).unwrap(), before, "nothing is kept that does not hold");
    desk.press("S-Tab S-Tab ^u");
    desk.paste(two.second.auth_token());
    desk.press("^s");
    desk.until("the account", |frame| head(frame).contains(" third ")).await;
    desk.is_told("config.toml, which only you can read").await;
    desk.sees("Chat EU").await;
    let now = fs::read_to_string(&config).unwrap();
    let mode = fs::metadata(&config).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    assert!(now.starts_with(&before) && now.contains("[profiles.\"third\"]"), "{now}");
    // It is one of those that can be chosen.
    desk.press(":profile Enter");
    desk.until("the profiles", |frame| frame.contains("third") && frame.contains("second")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_for_this_time_are_kept_nowhere() {
    let two = Two::new("").await;
    let (mut desk, config, before) = two.at_credentials().await;
    desk.paste(two.second.account_sid());
    desk.press("Tab");
    desk.paste(two.second.auth_token());
    desk.press("Tab");
    desk.paste(&two.second.url());
    desk.press("^t");
    desk.until("the account", |frame| head(frame).contains(" main ")).await;
    assert_eq!(fs::read_to_string(&config).unwrap(), before);
}
