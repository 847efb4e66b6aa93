//! The command line as data.

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{config::ThemeName, sandbox::Faults};

/// What `--version` tells, and `-V` does not.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit ",
    env!("SWITCHBOARD_COMMIT"),
    "\ntarget ",
    env!("SWITCHBOARD_TARGET"),
    "\nbuilt by ",
    env!("SWITCHBOARD_RUSTC"),
);

/// A keyboard-driven terminal console for Twilio chat: channels, members, memberships.
#[derive(Debug, Parser)]
#[command(name = "switchboard", version, long_version = LONG_VERSION, arg_required_else_help = false)]
pub struct Cli {
    /// Open here: a service sid (IS…), or any address that holds one and a channel (CH…) or user (US…) sid
    pub address: Option<String>,
    /// Practise on the built-in account: no credentials, nothing leaves this machine
    #[arg(long, conflicts_with_all = ["base_url", "profile"])]
    pub sandbox: bool,
    #[command(flatten)]
    pub account: Account,
    #[command(flatten)]
    pub practice: Practice,
    /// In these colours, whatever the config and `NO_COLOR` say
    #[arg(long, value_enum, value_name = "NAME")]
    pub theme: Option<ThemeName>,
    /// Leave the mouse to the terminal, whatever the config says; `%` turns it on
    #[arg(long)]
    pub no_mouse: bool,
    /// Write the log here instead of to the state directory
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<std::path::PathBuf>,
    /// How much to log: error, warn, info, debug or trace
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    pub log_level: tracing::Level,
    /// What to do instead of opening the console
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Which account, and what may be done to it.
#[derive(Debug, Args)]
pub struct Account {
    /// Take this profile of config.toml, or `environment` for the TWILIO_ variables
    #[arg(short, long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Talk to this server instead of Twilio (https; plain http only to this machine)
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Change nothing: every write is refused before it is sent
    #[arg(long)]
    pub read_only: bool,
    /// Allow changes although the profile is read-only or production
    #[arg(long, conflicts_with = "read_only")]
    pub write: bool,
    /// Tell the service's webhooks of every write (X-Twilio-Webhook-Enabled), unless its form or question says otherwise
    #[arg(long)]
    pub webhooks: bool,
}

impl Account {
    /// The same, with what was said before the subcommand; what is said after it counts more.
    #[must_use]
    pub fn after(&self, before: &Self) -> Self {
        Self {
            profile: self.profile.clone().or_else(|| before.profile.clone()),
            base_url: self.base_url.clone().or_else(|| before.base_url.clone()),
            read_only: self.read_only || (before.read_only && !self.write),
            write: self.write || (before.write && !self.read_only),
            webhooks: self.webhooks || before.webhooks,
        }
    }
}

/// How the practice account shall behave.
#[derive(Debug, Args)]
pub struct Practice {
    /// What shall go wrong: 429=20%, limit=30/s (429 above so many changes a second), 500=5%, 500-writes=5%,
    /// latency=800ms, drop=5% (the answer is lost, the work is done), drop-writes=5% (the same for changes only), cut=2%, offline (repeat, or join by commas)
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<Faults>,
    /// The largest page the practice account answers with; newer documents say 100
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub max_page_size: u32,
    /// Let the practice account's first service, Chat EU, have this many channels in all, public and private; all
    /// beyond the built-in ones are made up as somebody looks, the same every time
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub channels: u32,
    /// Let Chat EU have this many users in all. Some sit in grown channels, nobody in more than 150 of them
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub users: u32,
}

/// Everything besides the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the practice account alone, for any client
    Sandbox {
        /// The port on this machine; 0 takes any free one
        #[arg(long, default_value_t = 4010)]
        port: u16,
        #[command(flatten)]
        practice: Practice,
    },
    /// Print the journal: every write that was made from here, and what became of it
    Journal {
        /// In which form; all but the table hold every field, and text as it was
        #[arg(short, long, value_enum, default_value_t)]
        output: Output,
        /// Only what was begun since: a span (2d, 12h, 1w), a day (2026-11-01) or a time (2026-11-01T09:30Z)
        #[arg(long, value_name = "WHEN")]
        since: Option<String>,
        /// Only the newest so many
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        limit: Option<u32>,
    },
    /// Make public channels of a service private (v3 migration), for good; Flex channels are left out
    Migrate {
        #[command(flatten)]
        bulk: Bulk,
        /// Migrate channels that Flex owns, too
        #[arg(long)]
        include_flex: bool,
        /// The messaging service (MG…) that carries them to phones
        #[arg(long, value_name = "SID")]
        messaging_service: Option<String>,
    },
    /// Set one value in the attributes of channels; every other byte of them stays as it is
    Set {
        /// Where: a JSON pointer (/routing/queue). Objects that are missing on the way are made
        pointer: String,
        /// The value: JSON, so that a text needs its quotes ('"tier-1"')
        value: String,
        #[command(flatten)]
        bulk: Bulk,
        /// Every channel of the service
        #[arg(long, conflicts_with_all = ["from", "filter"])]
        all: bool,
    },
    /// Delete channels with everything said in them, for good; Flex channels are left out
    ///
    /// Which ones is said by --filter or --from. After a filter the count has to be typed: --yes is only taken with
    /// --from, for a list that somebody had before their eyes. `--filter … --dry-run -o csv` writes such a list.
    Delete {
        #[command(flatten)]
        bulk: Bulk,
        /// Delete channels that Flex owns, too
        #[arg(long)]
        include_flex: bool,
    },
    /// Mute memberships: all of one user, or those that a file names as US…/CH…
    Mute {
        #[command(flatten)]
        bulk: Bulk,
        /// All channels of this user: an identity, or a sid (US…)
        #[arg(long, value_name = "IDENTITY")]
        user: Option<String>,
    },
    /// Unmute memberships: all of one user, or those that a file names as US…/CH…
    Unmute {
        #[command(flatten)]
        bulk: Bulk,
        /// All channels of this user: an identity, or a sid (US…)
        #[arg(long, value_name = "IDENTITY")]
        user: Option<String>,
    },
    #[command(flatten)]
    List(List),
    /// Write a list for other programs: the same as to print it, with -o csv where nothing else is said
    Export {
        /// What
        #[command(subcommand)]
        what: List,
    },
    /// Print the jobs of the account, and how far they came
    Jobs {
        /// What to do instead
        #[command(subcommand)]
        what: Option<Jobs>,
        #[command(flatten)]
        account: Account,
    },
    /// Print the table of keys as Markdown, with what [keys] in config.toml changes of it
    Keys {
        /// As it is where the config changes nothing
        #[arg(long)]
        default: bool,
        /// Name the actions too, as [keys] calls them, and where each holds
        #[arg(long)]
        actions: bool,
    },
    /// Look whether everything works here: terminal, config, state file, and each account; says what to do about the rest
    Doctor {
        #[command(flatten)]
        account: Account,
    },
    /// Print what makes a shell complete these command lines
    Completions {
        /// Of which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual, or write all its pages to a directory: one a command, and switchboard-config.5
    Man {
        /// Where to write them; it is made if it is not there
        dir: Option<std::path::PathBuf>,
    },
    /// Print which account would be used, and who said which part of it; no secret, and nothing is asked of anybody
    Info {
        #[command(flatten)]
        account: Account,
    },
}

/// What can be listed.
#[derive(Debug, Subcommand)]
pub enum List {
    /// Print the services of the account
    Services {
        #[command(flatten)]
        listing: Listing,
    },
    /// Print the channels of a service
    Channels {
        #[command(flatten)]
        of: OfService,
    },
    /// Print the users of a service
    Users {
        #[command(flatten)]
        of: OfService,
    },
    /// Print the members of a channel, or of all channels of a service
    Members {
        #[command(flatten)]
        of: OfService,
        /// Of this channel: a sid (CH…) or a unique name; of all without it
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<String>,
    },
    /// Print the memberships of a user, or of all users of a service
    Memberships {
        #[command(flatten)]
        of: OfService,
        /// Of this user: an identity, or a sid (US…); of all without it
        #[arg(long, value_name = "IDENTITY")]
        user: Option<String>,
        /// Do not ask what the channels are called, which is a request for each
        #[arg(long)]
        sids: bool,
    },
    /// Print the Flex channels of the account
    Flex {
        #[command(flatten)]
        listing: Listing,
        /// Do not ask what channels and users are called, which is two requests for each
        #[arg(long)]
        sids: bool,
    },
}

/// A list of a service.
#[derive(Debug, Args)]
pub struct OfService {
    /// Of which service (IS…)
    #[arg(long, value_name = "SID")]
    pub service: String,
    #[command(flatten)]
    pub listing: Listing,
}

/// How a list is printed.
#[derive(Debug, Args)]
pub struct Listing {
    /// Only rows that pass, in the language of / in the console: type:public members>50
    #[arg(long, value_name = "QUERY")]
    pub filter: Option<String>,
    /// In which form; all but the table hold every field, and text as it was
    #[arg(short, long, value_enum)]
    pub output: Option<Output>,
    /// Write to this file, which only you can read, instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub file: Option<std::path::PathBuf>,
    /// Write the file anew if it is there already
    #[arg(long, requires = "file")]
    pub force: bool,
    #[command(flatten)]
    pub account: Account,
}

/// A job of many writes.
#[derive(Debug, Args)]
pub struct Bulk {
    /// In which service (IS…)
    #[arg(long, value_name = "SID")]
    pub service: String,
    /// Only what this file names: a plan of --dry-run, any CSV with a column sid, or one sid a line; - reads standard
    /// input
    #[arg(long, value_name = "FILE")]
    pub from: Option<std::path::PathBuf>,
    /// Only what passes, in the language of / in the console: type:public messages=0 updated<2024-01-01
    #[arg(long, value_name = "QUERY", conflicts_with = "from")]
    pub filter: Option<String>,
    /// Print the plan and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Begin without asking
    #[arg(long)]
    pub yes: bool,
    /// Writes a second at most; 30, as the documents allow in a service, where nothing is said
    #[arg(long, value_name = "N", value_parser = rate)]
    pub rate: Option<f64>,
    /// Read every row again afterwards; above 1,000 a sample of as many otherwise
    #[arg(long)]
    pub verify_all: bool,
    /// In which form plan and result are printed
    #[arg(short, long, value_enum, default_value_t)]
    pub output: Output,
    #[command(flatten)]
    pub account: Account,
}

fn rate(typed: &str) -> Result<f64, String> {
    let rate = typed.parse().ok().filter(|rate: &f64| rate.is_finite() && *rate > 0.0);
    rate.ok_or_else(|| "expected a number above 0".to_owned())
}

/// What can be done with jobs.
#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// Go on with a job that was cut off or stopped; everything is read again first
    Resume {
        /// Its number
        job: String,
        /// Try again what failed, too
        #[arg(long)]
        retry: bool,
        /// Writes a second at most; as many as it began with where nothing is said
        #[arg(long, value_name = "N", value_parser = rate)]
        rate: Option<f64>,
        /// Read every row again afterwards
        #[arg(long)]
        verify_all: bool,
        /// In which form the result is printed
        #[arg(short, long, value_enum, default_value_t)]
        output: Output,
        #[command(flatten)]
        account: Account,
    },
    /// Print the rows of a job
    Show {
        /// Its number
        job: String,
        /// In which form
        #[arg(short, long, value_enum, default_value_t)]
        output: Output,
        #[command(flatten)]
        account: Account,
    },
}

impl Jobs {
    /// The account that was named last.
    pub fn account(&self) -> &Account {
        let (Self::Resume { account, .. } | Self::Show { account, .. }) = self;
        account
    }
}

/// In which form rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Output {
    /// For people: the newest last, what a terminal would obey made visible
    #[default]
    Table,
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// Comma-separated, with a header
    Csv,
    /// Tab-separated, with a header
    Tsv,
}
