//! The console itself.

use std::{
    io::{self, IsTerminal},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::SystemTime,
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use ratatui::layout::Size;
use tokio::{runtime::Handle, sync::mpsc};

use crate::{
    api::{Access, Webhooks, remote_text},
    app::{
        address, find,
        keymap::Keymap,
        model::{Account, Model, Session},
        mouse::Mouse,
        msg::Msg,
        place::Place,
        profiles::Profiles,
        remote::Remote,
        views::{self, Wrong},
    },
    cli::Cli,
    commands::{Exit, Failed, accounts, log, look, panic_report, practice, print, sieve::marked},
    config::{Chosen, Columns, Config, ConfigError, Look, Settings, ThemeName},
    paths,
    runtime::{
        self, Console, Signals,
        background::{self, Asked},
        clipboard::{self, Clipboard},
        connect::{self, Accounts},
        editor::{self, Editor},
        executor::{self, Executor},
        index::Index,
        input,
        journal::Journal,
        terminal,
    },
    sandbox::{self, Sandbox},
    state::{self, Borders, Views},
};

/// Opens the console and stays until it is left.
pub(crate) fn open(cli: &Cli) -> Result<Exit, Failed> {
    let usage = |words: String| Failed::new(Exit::Usage, words);
    let leads_to = cli.address.as_deref().map_or_else(|| Ok(LeadsTo::default()), LeadsTo::of);
    let leads_to = leads_to.map_err(usage)?;
    if !cli.sandbox && !cli.practice.faults.is_empty() {
        return Err(usage("--fault hurts the practice account: it needs --sandbox".to_owned()));
    }
    if !cli.sandbox && cli.practice.channels.max(cli.practice.users) > 0 {
        let text = "--channels and --users grow the practice account: they need --sandbox";
        return Err(usage(text.to_owned()));
    }
    let begin = if cli.sandbox { Begin::Practice } else { Begin::configured(cli)? };
    let keymap = begin.keymap()?;
    // Before anybody is asked for a secret.
    leads_to.begin(&mut begin.rehearsal(), cli)?;
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Failed::new(
            Exit::Usage,
            "the console needs a terminal; see --help for what works without one",
        ));
    }
    log::begin(cli.log_file.as_deref(), cli.log_level)?;
    panic_report::prepare();
    let work =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    // The loop has a thread of its own, and what it waits for wakes that thread directly.
    let loops = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let Some(prepared) = work.block_on(prepare(cli, begin, keymap, leads_to))? else {
            return Ok(Exit::Interrupted);
        };
        loops.block_on(run(prepared, work.handle().clone()))
    }));
    // A write that is out has been waited for; nothing else is worth waiting for.
    work.shutdown_background();
    ran.unwrap_or(Ok(Exit::Internal))
}

/// All that a console needs but a terminal.
struct Prepared {
    model: Model,
    executor: Executor,
    answers: mpsc::UnboundedReceiver<Msg>,
    /// Held here, so that it lives as long as the console.
    practising: Option<Sandbox>,
    theme: Option<ThemeName>,
    look: Look,
}

/// The account to begin with.
#[derive(Debug)]
enum Begin {
    /// The practice account.
    Practice,
    /// One that was configured, or none of them.
    Configured { accounts: Box<Accounts>, chosen: Option<Box<Chosen>> },
}

impl Begin {
    fn configured(cli: &Cli) -> Result<Self, Failed> {
        let (config, overrides) = (accounts::read()?, accounts::overrides(&cli.account));
        let chosen = config.choose(&overrides);
        let chosen = chosen.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
        let accounts = Box::new(Accounts::new(config, overrides));
        Ok(Self::Configured { accounts, chosen: chosen.map(Box::new) })
    }

    /// The keys, with what is odd in them. Whoever practises is not kept from it by a config that is wrong.
    fn keymap(&self) -> Result<(Keymap, Vec<String>), Failed> {
        match self {
            Self::Practice => Ok(practised(accounts::config().as_ref())),
            Self::Configured { accounts, .. } => {
                let read = accounts::keymap(accounts.config());
                read.map_err(|error| Failed::new(Exit::Usage, error.to_string()))
            }
        }
    }

    /// A console like the one that will be, to see whether it can begin as it is asked to.
    fn rehearsal(&self) -> Model {
        let session = match self {
            Self::Practice => Session::Open(Account::practice(None)),
            Self::Configured { chosen: Some(chosen), .. } => {
                Session::Open(Account { profile: Some(chosen.name.clone()), ..Account::default() })
            }
            Self::Configured { chosen: None, accounts } => Session::FirstRun {
                looked_at: accounts.config().looked_at(),
                starting: Remote::default(),
                tour: false,
            },
        };
        Model::new(session, Size::default(), Timestamp::UNIX_EPOCH, TimeZone::system())
    }

    /// How the console shall look and behave. What is wrong with a config keeps nobody from practising.
    fn taste(&self) -> Taste {
        match self {
            Self::Practice => accounts::config().as_ref().map(Taste::of).unwrap_or_default(),
            Self::Configured { accounts, .. } => Taste::of(accounts.config()),
        }
    }
}

/// The keys of whoever practises, and what they have to know of their config: what is wrong with it is no reason to hold
/// them up, and none to be silent.
fn practised(config: Result<&Config, &ConfigError>) -> (Keymap, Vec<String>) {
    let config = match config {
        Ok(config) => config,
        Err(error) => return (Keymap::default(), vec![format!("the config is left out: {error}")]),
    };
    let (keymap, odd) = accounts::keymap(config).unwrap_or_else(|error| {
        (Keymap::default(), vec![format!("these are the usual keys: {error}")])
    });
    (keymap, config.warnings.iter().cloned().chain(odd).collect())
}

/// What a person wants of any account's console.
#[derive(Debug)]
struct Taste {
    look: Look,
    columns: Columns,
    /// Seconds.
    refresh: u32,
}

impl Taste {
    fn of(config: &Config) -> Self {
        let refresh = config.settings.refresh;
        Self { look: config.look.clone(), columns: config.columns.clone(), refresh }
    }
}

impl Default for Taste {
    fn default() -> Self {
        let refresh = Settings::default().refresh;
        Self { look: Look::default(), columns: Columns::default(), refresh }
    }
}

/// Where the command line leads to.
#[derive(Debug, Default)]
struct LeadsTo {
    places: Vec<Place>,
    /// What has to be looked for.
    sought: Option<String>,
}

impl LeadsTo {
    fn of(typed: &str) -> Result<Self, String> {
        match (address::places(typed), address::lone_sid(typed)) {
            (Ok(places), _) => Ok(Self { places, sought: None }),
            (Err(_), Some(sid)) => Ok(Self { places: Vec::new(), sought: Some(sid) }),
            (Err(words), None) => Err(words),
        }
    }

    /// Puts a console that has not begun where it shall begin.
    fn begin(&self, model: &mut Model, cli: &Cli) -> Result<(), Failed> {
        let usage = |words: String| Failed::new(Exit::Usage, words);
        model.now = runtime::now();
        for &place in &self.places {
            model.path.enter(place);
        }
        if let Some(sid) = &self.sought {
            find::begin_at(model, sid);
        }
        let (view, filter) = (cli.view.as_deref(), cli.filter.as_deref());
        let saved = match (view, paths::state_dir()) {
            (Some(_), Some(dir)) => state::read_views(&dir),
            _ => Ok(Views::new()),
        };
        let saved = saved.map_err(|error| remote_text::shown(&error.to_string()).text());
        views::begin(model, saved, (view, filter)).map_err(|wrong| match wrong {
            Wrong::Words(words) => usage(words),
            Wrong::Filter(fault) => usage(marked(filter.unwrap_or_default(), &fault)),
        })
    }
}

/// Prepares a console; `None` when the person gave up waiting for a secret.
async fn prepare(
    cli: &Cli,
    begin: Begin,
    (keymap, odd): (Keymap, Vec<String>),
    leads_to: LeadsTo,
) -> Result<Option<Prepared>, Failed> {
    let (tx, answers) = mpsc::unbounded_channel();
    let options = practice::options(0, &cli.practice);
    let mut practising: Option<Sandbox> = None;
    let observer = executor::observer(tx.clone());
    let access = if cli.account.read_only { Access::ReadOnly } else { Access::ReadWrite };
    let failed = |words: String| Failed::new(Exit::Failure, words);
    let Taste { look, columns, refresh } = begin.taste();
    let (connected, looked_at, accounts) = match begin {
        Begin::Practice => {
            let started = sandbox::start(options.clone()).await;
            let sandbox = started.map_err(|error| failed(error.to_string()))?;
            let connected = connect::practise(&sandbox, Some(observer), access).map_err(failed)?;
            practising = Some(sandbox);
            (Some(connected), String::new(), None)
        }
        Begin::Configured { accounts, chosen: Some(chosen) } => {
            let beginning = accounts.begin(*chosen, Some(observer));
            let Some(connected) = accounts::patiently(beginning).await else {
                return Ok(None);
            };
            (Some(connected.map_err(failed)?), String::new(), Some(accounts))
        }
        Begin::Configured { accounts, chosen: None } => {
            (None, accounts.config().looked_at(), Some(accounts))
        }
    };
    let (client, session) = match connected {
        Some((client, account)) => (Some(client), Session::Open(account)),
        None => (None, Session::FirstRun { looked_at, starting: Remote::default(), tour: false }),
    };
    let mut model = model(cli, session, accounts.as_deref(), &look);
    model.keymap = Arc::new(keymap);
    model.profiles.warnings.extend(odd);
    model.columns.by_config = columns;
    model.auto.every = SignedDuration::from_secs(refresh.into());
    leads_to.begin(&mut model, cli)?;
    let settings = accounts.as_ref().map(|it| it.config().settings).unwrap_or_default();
    let mut executor = Executor::new(client, options, journal(settings, &model), tx);
    executor = executor.with_practice(access);
    if let Some(sandbox) = &practising {
        executor = executor.with_switches(sandbox.switches());
    }
    if let Some(accounts) = accounts {
        executor = executor.with_index(index(accounts.config().settings));
        executor = executor.with_accounts(*accounts);
    }
    Ok(Some(Prepared { model, executor, answers, practising, theme: cli.theme, look }))
}

/// Runs a console on this thread; its orders are carried out by the runtime's.
async fn run(prepared: Prepared, work: Handle) -> Result<Exit, Failed> {
    let Prepared { model, executor, answers, practising, theme, look } = prepared;
    let executor = executor.working_on(work);
    let ended = Box::pin(in_terminal((theme, look), model, executor, answers)).await;
    drop(practising);
    let ended = ended?;
    if let Some(text) = ended.print {
        let printed = print(&text);
        // A window that was closed takes no words any more.
        if !ended.terminated {
            printed?;
        }
    }
    Ok(if ended.terminated { Exit::Interrupted } else { Exit::Ok })
}

fn model(cli: &Cli, session: Session, accounts: Option<&Accounts>, look: &Look) -> Model {
    let now = Timestamp::UNIX_EPOCH;
    let mut model = Model::new(session, Size::default(), now, look.times.zone());
    let begun = look::mouse(cli.no_mouse, look, &|name| std::env::var(name).ok());
    model.mouse = Mouse::begun(begun);
    let borders = paths::state_dir().map(|state| Borders::recall(&state));
    model.arrangement.borders = borders.unwrap_or_default();
    if cli.account.webhooks {
        model.webhooks = Webhooks::On;
    }
    if let Some(accounts) = accounts {
        model.profiles = Profiles::of(accounts.choices(), accounts.closed());
        model.profiles.warnings.clone_from(&accounts.config().warnings);
    } else {
        let closed = "this console was started with --sandbox; start another one for an account";
        model.profiles = Profiles::of(Vec::new(), Some(closed));
    }
    model
}

/// The journal, kept as the config says, told of the writes of the profile to begin with.
fn journal(settings: Settings, model: &Model) -> Journal {
    let keeping = accounts::keeping(settings);
    let profile = match &model.session {
        Session::Open(account) => account.profile.clone(),
        Session::FirstRun { .. } => None,
    };
    Journal::in_directory(paths::state_dir(), keeping, profile.unwrap_or_default())
}

/// The last listings of the accounts that are configured; what is too old, or not to be kept any more, goes.
fn index(settings: Settings) -> Index {
    let index = Index::in_directory(paths::state_dir(), settings.index_days());
    index.tidy();
    index
}

/// The person's editor; what editing has left behind long ago is removed.
fn editor(now: SystemTime, secrets: Vec<String>) -> Editor {
    let state = paths::state_dir();
    if let Some(state) = &state {
        editor::purge(state, now);
    }
    Editor::new(state, |name| std::env::var_os(name), secrets)
}

/// Takes the terminal, runs the console in it, gives the terminal back.
async fn in_terminal(
    (flag, look): (Option<ThemeName>, Look),
    mut model: Model,
    executor: Executor,
    answers: mpsc::UnboundedReceiver<Msg>,
) -> Result<runtime::Ended, Failed> {
    // With NO_COLOR set crossterm would drop bold and reverse too; our mono theme has no colours to begin with.
    crossterm::style::force_color_output(true);
    let signals = Signals::listen()?;
    let _guard = terminal::Guard;
    terminal::take()?;
    let mut asked = Asked::default();
    let theme = look::theme(flag, &look, &|name| std::env::var(name).ok(), || {
        asked = background::ask().unwrap_or_default();
        asked.ground
    });
    let surface = terminal::open()?;
    let size = surface.size()?;
    model.size = Size::new(size.width, size.height);
    let secrets = executor.secret_variables();
    let env = |name: &str| std::env::var(name).ok();
    let clipboard = Clipboard::new(env, clipboard::is_there).withholding(secrets.clone());
    let executor = executor.with_clipboard(clipboard);
    let editor = editor(SystemTime::from(runtime::now()), secrets);
    let mut console = Console { model, theme, surface, executor, editor, answers, signals };
    let ended = runtime::run(&mut console, input::TerminalInput::after(asked), |_| {}).await;
    Ok(ended?)
}
