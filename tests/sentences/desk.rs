//! A console at work, and a second operator beside it.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::stream;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use ratatui::{backend::TestBackend, buffer::Buffer, layout::Size, text::Span};
use reqwest::Method;
use switchboard::{
    api::{
        Address, Client, Webhooks,
        chat::{
            channels::{self, Channel},
            memberships::{self, Membership},
            migration::migrate,
            services::Service,
        },
        sid::Sid,
    },
    app::{
        address,
        model::{Model, Session},
        msg::Msg,
        profiles::Profiles,
    },
    config::Overrides,
    runtime::{
        self, Console, Ended, Signals, Surface,
        connect::Accounts,
        editor::Editor,
        executor::{self, Executor},
        index::Index,
        journal::Journal,
    },
    sandbox::{self, Options, Sandbox},
    state::Keeping,
    view::theme::Theme,
};
use tempfile::TempDir;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};

/// Long enough for a busy machine; a test that waits this long has failed.
const DEADLINE: Duration = Duration::from_secs(10);

pub(crate) const CHAT_EU: &str = "IS01b6e05a52915a4db0c5aac13790beab";
pub(crate) const ANA: &str = "ana.weiss";

/// Narrow enough for one pane.
pub(crate) const NARROW: Size = Size::new(80, 24);
/// Wide enough for two.
pub(crate) const WIDE: Size = Size::new(120, 40);

/// A console, its server, and a client of someone else.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    /// The state directory.
    pub(crate) state: PathBuf,
    _own: TempDir,
    operator: Client,
    keys: UnboundedSender<io::Result<Event>>,
    frames: UnboundedReceiver<String>,
    /// Every frame that was waited through; the last is the one that the test stands at.
    pub(crate) seen: Vec<String>,
    running: JoinHandle<(io::Result<Ended>, Model)>,
}

/// What differs from the usual.
pub(crate) struct Setting {
    pub(crate) size: Size,
    pub(crate) address: Option<String>,
    pub(crate) faults: &'static str,
    pub(crate) max_page_size: u32,
    /// How many channels "Chat EU" has at least.
    pub(crate) channels: u32,
    /// The profiles, which the console begins with; without them it begins on the practice account.
    pub(crate) accounts: Option<Accounts>,
    /// The state directory, where it is not one of its own.
    pub(crate) state: Option<PathBuf>,
    /// How long a list rests that is read again by itself.
    pub(crate) refresh: SignedDuration,
}

impl Default for Setting {
    fn default() -> Self {
        let (accounts, state) = (None, None);
        let (max_page_size, channels) = (1000, 0);
        let (size, address, faults) = (NARROW, None, "");
        let refresh = SignedDuration::from_secs(30);
        Self { size, address, faults, max_page_size, channels, accounts, state, refresh }
    }
}

impl Desk {
    /// Opens the console on the services.
    pub(crate) async fn open() -> Self {
        Self::with(Setting::default()).await
    }

    /// Opens the console on the channels of "Chat EU", all of them loaded.
    pub(crate) async fn at_channels() -> Self {
        let mut desk = Self::open().await;
        desk.sees("Chat EU").await;
        desk.press("Enter");
        desk.sees("Channels 144, all loaded").await;
        desk
    }

    /// Opens the console on the memberships of ana.weiss, their names known.
    pub(crate) async fn at_memberships() -> Self {
        let mut desk = Self::at_channels().await;
        desk.press("2");
        desk.sees("Users 102, all loaded").await;
        desk.press("/ana.weiss Enter Enter");
        desk.sees("Memberships of ana.weiss 51, all loaded").await;
        desk.sees("Team: billing").await;
        desk
    }

    pub(crate) async fn with(setting: Setting) -> Self {
        let Setting { size, address, faults, max_page_size, channels, accounts, .. } = setting;
        let (state, refresh) = (setting.state, setting.refresh);
        let own = TempDir::new().unwrap();
        let state = state.unwrap_or_else(|| own.path().to_owned());
        let journal = Journal::in_directory(Some(state.clone()), Keeping::default(), String::new());
        let options = Options {
            port: 0,
            faults: faults.parse().unwrap(),
            max_page_size,
            channels,
            ..Options::default()
        };
        let sandbox = sandbox::start(options.clone()).await.unwrap();
        let (tx, answers) = unbounded_channel::<Msg>();
        let observer = executor::observer(tx.clone());
        let client = executor::practice_client(&sandbox, Some(observer)).unwrap();
        let operator = executor::practice_client(&sandbox, None).unwrap();
        let (connected, profiles, accounts) = match accounts {
            Some(accounts) => {
                let chosen = accounts.config().choose(&Overrides::default()).unwrap().unwrap();
                let observer = executor::observer(tx.clone());
                let connected = accounts.begin(chosen, Some(observer)).await.unwrap();
                let profiles = Profiles::of(accounts.choices(), accounts.closed());
                (connected, profiles, Some(accounts))
            }
            None => ((client, executor::practice_account()), Profiles::default(), None),
        };
        let (client, account) = connected;
        let executor = Executor::new(Some(client), options, journal, tx);
        let mut executor = executor.with_switches(sandbox.switches());
        if let Some(accounts) = accounts {
            let days = accounts.config().settings.index_days();
            let index = Index::in_directory(Some(state.clone()), days);
            index.tidy();
            executor = executor.with_accounts(accounts).with_index(index);
        }
        let session = Session::Open(account);
        let mut model = Model::new(session, size, Timestamp::UNIX_EPOCH, TimeZone::UTC);
        model.profiles = profiles;
        model.auto.every = refresh;
        for place in address.map(|typed| address::places(&typed).unwrap()).unwrap_or_default() {
            model.path.enter(place);
        }
        let mut console = Console {
            model,
            theme: Theme::colour(),
            surface: Surface::new(TestBackend::new(size.width, size.height)).unwrap(),
            executor,
            editor: Editor::new(None, |_| None, []),
            answers,
            signals: Signals::listen().unwrap(),
        };
        let (keys, mut pressed) = unbounded_channel();
        let (drawn, frames) = unbounded_channel();
        let running = tokio::spawn(async move {
            let input = stream::poll_fn(move |context| pressed.poll_recv(context));
            // The test may have seen enough.
            let ran =
                runtime::run(&mut console, input, |frame| drop(drawn.send(text(frame)))).await;
            (ran, console.model)
        });
        let seen = vec![String::new()];
        Self { sandbox, state, _own: own, operator, keys, frames, seen, running }
    }

    /// Presses keys, written as words: `Enter`, `^s`, `S-Tab` are keys, `Space` is a blank, any other word is typed.
    pub(crate) fn press(&self, keys: &str) {
        for key in keys.split_whitespace().flat_map(keys_of) {
            self.keys.send(Ok(Event::Key(key))).unwrap();
        }
    }

    /// Pastes a text.
    pub(crate) fn paste(&self, text: &str) {
        self.keys.send(Ok(Event::Paste(text.to_owned()))).unwrap();
    }

    /// The terminal tells something else than a key.
    pub(crate) fn tells(&self, event: Event) {
        self.keys.send(Ok(event)).unwrap();
    }

    /// The frame that the test stands at.
    pub(crate) fn frame(&self) -> &str {
        self.seen.last().map_or("", String::as_str)
    }

    /// Goes on to the first frame that fulfils the condition. No frame is passed over unseen.
    pub(crate) async fn until(&mut self, what: &str, holds: impl Fn(&str) -> bool) {
        let reading = async {
            while !holds(self.seen.last().map_or("", String::as_str)) {
                match self.frames.recv().await {
                    Some(frame) => self.seen.push(frame),
                    None => panic!("it ended before {what}; the last frame is\n{}", self.frame()),
                }
            }
        };
        let is_met = timeout(DEADLINE, reading).await.is_ok();
        assert!(is_met, "waited in vain for {what}; the screen is\n{}", self.frame());
    }

    /// Goes on to the next frame, whatever it shows; whether there is one.
    pub(crate) async fn is_drawn_again(&mut self) -> bool {
        let frame = timeout(DEADLINE, self.frames.recv()).await;
        let frame = frame.unwrap_or_default();
        let is_drawn = frame.is_some();
        self.seen.extend(frame);
        is_drawn
    }

    pub(crate) async fn sees(&mut self, text: &str) {
        self.until(&format!("{text:?}"), |frame| frame.contains(text)).await;
    }

    /// Opens the messages and goes on until they tell this, however it is broken into lines; then closes them.
    pub(crate) async fn is_told(&mut self, text: &str) {
        self.press("!");
        self.until(&format!("the message {text:?}"), |frame| {
            let words: Vec<&str> =
                frame.split(['│', '\n']).flat_map(str::split_whitespace).collect();
            frame.contains("Messages") && words.join(" ").contains(text)
        })
        .await;
        self.press("q");
        self.until("the messages to go", |frame| !frame.contains(" Messages ")).await;
    }

    /// Goes on until the cursor's row holds this.
    pub(crate) async fn points_at(&mut self, text: &str) {
        self.until(&format!("the cursor on {text:?}"), |frame| marked(frame).contains(text)).await;
    }

    /// From the next request on, the server shows these faults.
    pub(crate) fn faults(&self, faults: &str) {
        self.sandbox.set_faults(faults.parse().unwrap());
    }

    /// Presses keys now and again until the screen shows this.
    pub(crate) async fn presses_until(&mut self, keys: &str, words: &str) {
        let shown = async {
            loop {
                self.press(keys);
                let a_moment = timeout(Duration::from_millis(250), self.sees(words));
                if a_moment.await.is_ok() {
                    return;
                }
            }
        };
        timeout(DEADLINE, shown).await.unwrap_or_else(|_| panic!("waited in vain for {words:?}"));
    }

    /// Waits until something is so in the state directory.
    pub(crate) async fn comes_true(&self, what: &str, is_so: impl Fn(&Path) -> bool) {
        let so = async {
            while !is_so(&self.state) {
                tokio::task::yield_now().await;
            }
        };
        timeout(DEADLINE, so).await.unwrap_or_else(|_| panic!("waited in vain: {what}"));
    }

    /// Waits for the end of the console.
    pub(crate) async fn ends(&mut self) -> Ended {
        self.ends_with().await.0
    }

    /// Waits for the end of the console; also what it knew then.
    pub(crate) async fn ends_with(&mut self) -> (Ended, Model) {
        let (ended, model) = timeout(DEADLINE, &mut self.running).await.unwrap().unwrap();
        (ended.unwrap(), model)
    }

    /// A channel of "Chat EU" as it is stored.
    pub(crate) async fn channel(&self, unique_name: &str) -> Channel {
        let name = Address::Name(unique_name.to_owned());
        channels::fetch(&self.operator, service(), &name).await.unwrap()
    }

    /// All channels of "Chat EU" as they are stored.
    pub(crate) async fn channels(&self) -> Vec<Sid<Channel>> {
        self.listed().await.into_iter().map(|channel| channel.sid).collect()
    }

    /// The public ones of them.
    pub(crate) async fn public_channels(&self) -> Vec<Sid<Channel>> {
        let is_public = |channel: &Channel| channel.kind == channels::ChannelType::Public;
        self.listed().await.into_iter().filter(is_public).map(|channel| channel.sid).collect()
    }

    async fn listed(&self) -> Vec<Channel> {
        let (mut rows, mut next) = (Vec::new(), None);
        loop {
            let page = channels::list(&self.operator, service(), next.as_ref()).await.unwrap();
            rows.extend(page.items);
            next = page.next;
            if next.is_none() {
                return rows;
            }
        }
    }

    /// Someone else changes a channel of "Chat EU".
    pub(crate) async fn change(&self, unique_name: &str, patch: channels::ChannelPatch) {
        let sid = self.channel(unique_name).await.sid;
        channels::update(&self.operator, service(), sid, &patch, Webhooks::Off).await.unwrap();
    }

    /// Someone else makes a channel in "Chat EU", or removes one.
    pub(crate) async fn someone(&self, method: Method, channel: &str, form: &[(&str, &str)]) {
        let url = format!("{}/v2/Services/{CHAT_EU}/Channels{channel}", self.sandbox.url());
        let request = reqwest::Client::new().request(method, url).form(form);
        let (account, token) = (self.sandbox.account_sid(), self.sandbox.auth_token());
        let answer = request.basic_auth(account, Some(token)).send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}");
    }

    /// Someone else migrates a channel of "Chat EU".
    pub(crate) async fn migrates(&self, channel: Sid<Channel>) {
        migrate(&self.operator, service(), channel, None, Webhooks::Off).await.unwrap();
    }

    /// All memberships of a user of "Chat EU" as they are stored, in the server's order.
    pub(crate) async fn memberships(&self, identity: &str) -> Vec<Membership> {
        let user = Address::Name(identity.to_owned());
        memberships::list(&self.operator, service(), &user, None).await.unwrap().items
    }

    /// The level of a user's first membership as it is stored.
    pub(crate) async fn first_level(&self, identity: &str) -> String {
        self.memberships(identity).await[0].notification_level.name().to_owned()
    }
}

/// The cursor's row, without its frame.
pub(crate) fn marked(frame: &str) -> &str {
    let row = frame.lines().find_map(|line| Some(line.split_once('▶')?.1)).unwrap_or_default();
    row.trim_end_matches(['│', ' ']).trim()
}

fn service() -> Sid<Service> {
    CHAT_EU.parse().unwrap()
}

fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut text = String::new();
    for row in buffer.content.chunks(width) {
        // A wide symbol covers the cells after it.
        let mut covered = 0;
        for cell in row {
            if covered > 0 {
                covered -= 1;
            } else {
                text.push_str(cell.symbol());
                covered = Span::raw(cell.symbol()).width().saturating_sub(1);
            }
        }
        text.push('\n');
    }
    text
}

fn keys_of(word: &str) -> Vec<KeyEvent> {
    let code = match word {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "S-Tab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "F3" => KeyCode::F(3),
        "F5" => KeyCode::F(5),
        _ => {
            return match word.strip_prefix('^').and_then(|rest| rest.chars().next()) {
                Some(letter) => vec![KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)],
                None => word.chars().map(|letter| KeyEvent::from(KeyCode::Char(letter))).collect(),
            };
        }
    };
    vec![KeyEvent::from(code)]
}
