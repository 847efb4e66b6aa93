//! The console itself.

use std::{
    io::{self, IsTerminal},
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, SystemTime},
};

use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Size;
use tokio::sync::mpsc;

use crate::{
    address,
    api::{Access, Client, ClientConfig, Webhooks},
    app::{
        model::{Account, Model, Session},
        place::Place,
        remote::Remote,
    },
    cli::Cli,
    commands::{Exit, Failed, log, panic_report, practice, print},
    config::{self, Config},
    paths,
    runtime::{
        self, Console, Signals,
        editor::{self, Editor},
        executor::{self, Executor},
        input,
        journal::Journal,
        terminal,
    },
    sandbox::{self, Sandbox},
    state::Keeping,
    view::theme::Theme,
};

/// Short enough that a reading can be tried three times before the client gives up.
const TIMEOUT: Duration = Duration::from_secs(12);

/// Opens the console and stays until it is left.
pub(crate) fn open(cli: &Cli) -> Result<Exit, Failed> {
    let usage = |words: String| Failed::new(Exit::Usage, words);
    let places = cli.address.as_deref().map(address::places).transpose().map_err(usage)?;
    if !cli.sandbox && !cli.practice.faults.is_empty() {
        return Err(usage("--fault hurts the practice account: it needs --sandbox".to_owned()));
    }
    let env = |name: &str| std::env::var(name).ok();
    let config = if cli.sandbox {
        None
    } else {
        let found = config::resolve(&env, cli.base_url.as_deref());
        Some(found.map_err(|error| usage(error.to_string()))?)
    };
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Failed::new(
            Exit::Usage,
            "the console needs a terminal; see --help for what works without one",
        ));
    }
    log::begin(cli.log_file.as_deref(), cli.log_level)?;
    panic_report::prepare();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ran = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(run(cli, config, places.unwrap_or_default()))
    }));
    // A write that is out has been waited for; nothing else is worth waiting for.
    runtime.shutdown_background();
    ran.unwrap_or(Ok(Exit::Internal))
}

async fn run(cli: &Cli, config: Option<Config>, places: Vec<Place>) -> Result<Exit, Failed> {
    let (tx, answers) = mpsc::unbounded_channel();
    let options = practice::options(0, &cli.practice);
    // Held here, so that it lives as long as the console.
    let mut practising: Option<Sandbox> = None;
    let observer = executor::observer(tx.clone());
    let (session, client) = match config {
        None => {
            let started = sandbox::start(options.clone()).await;
            let sandbox = started.map_err(|e| Failed::new(Exit::Failure, e.to_string()))?;
            let client = executor::practice_client(&sandbox, Some(observer));
            let client = client.map_err(|words| Failed::new(Exit::Failure, words))?;
            practising = Some(sandbox);
            (Session::Open(executor::practice_account()), Some(client))
        }
        Some(Config::Nothing { looked_at }) => {
            (Session::FirstRun { looked_at, starting: Remote::default() }, None)
        }
        Some(Config::Account { credentials, hosts, source }) => {
            let account = Account {
                label: config::label(&credentials),
                source,
                host: cli.base_url.is_some().then(|| hosts.label().to_owned()),
                practice: false,
            };
            let client = Client::new(ClientConfig {
                credentials,
                hosts: *hosts,
                access: Access::ReadWrite,
                page_size: 1000,
                timeout: TIMEOUT,
                observer: Some(observer),
            });
            let client = client.map_err(|e| Failed::new(Exit::Failure, e.to_string()))?;
            (Session::Open(account), Some(client))
        }
    };
    let journal = Journal::in_directory(paths::state_dir(), Keeping::default(), String::new());
    let size = Size::default();
    let mut model = Model::new(session, size, Timestamp::UNIX_EPOCH, TimeZone::system());
    for place in places {
        model.path.enter(place);
    }
    model.webhooks = if cli.webhooks { Webhooks::On } else { Webhooks::Off };
    let ended = in_terminal(model, Executor::new(client, options, journal, tx), answers).await;
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

/// The person's editor; what editing has left behind long ago is removed.
fn editor(now: SystemTime) -> Editor {
    let state = paths::state_dir();
    if let Some(state) = &state {
        editor::purge(state, now);
    }
    let secrets = config::SECRETS.map(str::to_owned);
    Editor::new(state, |name| std::env::var_os(name), secrets)
}

/// Takes the terminal, runs the console in it, gives the terminal back.
async fn in_terminal(
    mut model: Model,
    executor: Executor,
    answers: mpsc::UnboundedReceiver<crate::app::msg::Msg>,
) -> Result<runtime::Ended, Failed> {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let theme = if no_colour { Theme::mono() } else { Theme::colour() };
    // With NO_COLOR set crossterm would drop bold and reverse too; our mono theme has no colours to begin with.
    crossterm::style::force_color_output(true);
    let signals = Signals::listen()?;
    let _guard = terminal::Guard;
    terminal::take()?;
    let terminal = terminal::open()?;
    let size = terminal.size()?;
    model.size = Size::new(size.width, size.height);
    let editor = editor(SystemTime::from(runtime::now()));
    let mut console = Console { model, theme, terminal, executor, editor, answers, signals };
    let ended = runtime::run(&mut console, input::TerminalInput::default(), |_| {}).await;
    // The guard gives everything back. The terminal's own drop would complain where the window was closed meanwhile,
    // and panic over a standard error that went with it.
    std::mem::forget(console.terminal);
    Ok(ended?)
}
