//! The command line as data.

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::sandbox::Faults;

/// A keyboard-driven terminal console for Twilio chat: channels, members, memberships.
#[derive(Debug, Parser)]
#[command(name = "switchboard", version, arg_required_else_help = false)]
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
    /// Print the jobs of the account, and how far they came
    Jobs {
        /// What to do instead
        #[command(subcommand)]
        what: Option<Jobs>,
        #[command(flatten)]
        account: Account,
    },
    /// Print the table of keys as Markdown
    Keys,
    /// Print which account would be used, and who said which part of it; no secret, and nothing is asked of anybody
    Info {
        #[command(flatten)]
        account: Account,
    },
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
    /// Print the plan and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Begin without asking
    #[arg(long)]
    pub yes: bool,
    /// Writes a second at most; the documents allow 30 in a service
    #[arg(long, value_name = "N", default_value_t = crate::jobs::pace::DOCUMENTED, value_parser = rate)]
    pub rate: f64,
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
        /// Writes a second at most
        #[arg(long, value_name = "N", default_value_t = crate::jobs::pace::DOCUMENTED, value_parser = rate)]
        rate: f64,
        /// Read every row again afterwards
        #[arg(long)]
        verify_all: bool,
        /// In which form the result is printed
        #[arg(short, long, value_enum, default_value_t)]
        output: Output,
    },
    /// Print the rows of a job
    Show {
        /// Its number
        job: String,
        /// In which form
        #[arg(short, long, value_enum, default_value_t)]
        output: Output,
    },
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
