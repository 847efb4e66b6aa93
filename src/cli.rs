//! The command line as data.

use clap::{Args, Parser, Subcommand};

use crate::sandbox::Faults;

/// A keyboard-driven terminal console for Twilio chat: channels, members, memberships.
#[derive(Debug, Parser)]
#[command(name = "switchboard", version, arg_required_else_help = false)]
pub struct Cli {
    /// Open here: a service sid (IS…), or any address that holds one and a channel (CH…) or user (US…) sid
    pub address: Option<String>,
    /// Practise on the built-in account: no credentials, nothing leaves this machine
    #[arg(long, conflicts_with = "base_url")]
    pub sandbox: bool,
    #[command(flatten)]
    pub practice: Practice,
    /// Talk to this server instead of Twilio (https; plain http only to this machine)
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Tell the service's webhooks of every write (X-Twilio-Webhook-Enabled), unless its form or question says otherwise
    #[arg(long)]
    pub webhooks: bool,
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

/// How the practice account shall behave.
#[derive(Debug, Args)]
pub struct Practice {
    /// What shall go wrong: 429=20%, 500=5%, 500-writes=5%, latency=800ms, drop=5% (the answer is lost, the work
    /// is done), drop-writes=5% (the same for changes only), cut=2%, offline (repeat, or join by commas)
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<Faults>,
    /// The largest page the practice account answers with; newer documents say 100
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub max_page_size: u32,
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
    /// Print the table of keys as Markdown
    Keys,
}
