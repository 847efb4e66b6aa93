//! What may stand in `config.toml`, for the manual page. Tests see to it that nothing else is read.

/// One key of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub key: &'static str,
    /// What it takes, as it is written.
    pub takes: &'static str,
    /// What it does.
    pub help: &'static str,
}

const fn known(key: &'static str, takes: &'static str, help: &'static str) -> Known {
    Known { key, takes, help }
}

/// Keys before the first profile: they hold for all.
pub const WHOLE: &[Known] = &[
    known(
        "profile",
        "\"NAME\"",
        "The active profile, where neither -p nor the environment names an account. A single profile needs no naming.",
    ),
    known(
        "journal_days",
        "0 to 30",
        "For how many days names and values stay in the journal, in drafts and in the ledger of jobs; with 0 none are \
         kept. 30 where nothing is said.",
    ),
    known(
        "journal",
        "\"full\" or \"digest\"",
        "What the journal keeps of names and values: all, or a digest of each by which two can be told to be the same.",
    ),
    known(
        "index",
        "true or false",
        "Whether the last whole listing of each service's channels is kept on disk, for as many days as the journal keeps \
         values, and shown at once when the service is opened. True where nothing is said; a journal that keeps no values \
         keeps no listings either.",
    ),
    known(
        "twilio_cli",
        "true or false",
        "Whether the profiles of twilio-cli's own config.json are offered too. They are read, never changed.",
    ),
    known(
        "theme",
        "\"NAME\"",
        "The colours: auto, dark, light, deuteranopia, high-contrast, mono, or terminal, which are the sixteen of its own \
         palette. auto asks the terminal whether it is dark or light, and is what holds where nothing is said. --theme \
         and NO_COLOR count more. Single roles get other colours in a table [theme] in its place, the name within it.",
    ),
    known(
        "glyphs",
        "\"unicode\" or \"ascii\"",
        "What frames, marks and bars are drawn with. unicode where nothing is said, and the terminal is not a dumb one. \
         Names and texts of the account stay as they are.",
    ),
    known(
        "mouse",
        "true or false",
        "Whether the mouse points, opens and scrolls from the start. Where nothing is said it does, but not over SSH. % \
         turns it on and off, --no-mouse counts more. In texts that are read it is off in any case, so that the \
         terminal's own marking works.",
    ),
    known(
        "times",
        "\"local\" or \"utc\"",
        "In which zone the console shows times and begins the days of a filter. local where nothing is said. A time in \
         full says which: Z, or the offset.",
    ),
];

/// Keys of a profile, below `[profiles.NAME]`.
pub const PROFILE: &[Known] = &[
    known("account_sid", "\"AC…\"", "The account. With an API key it may be left out."),
    known("api_key", "\"SK…\"", "The API key to sign in with; its secret is named beside it."),
    known(
        "api_secret",
        "\"…\"",
        "The secret of the API key itself. The file must then be mode 0600.",
    ),
    known(
        "api_secret_env",
        "\"VARIABLE\"",
        "The environment variable that holds the secret of the API key.",
    ),
    known(
        "auth_token",
        "\"…\"",
        "The account's token itself, in place of a key. The file must then be mode 0600.",
    ),
    known(
        "auth_token_env",
        "\"VARIABLE\"",
        "The environment variable that holds the account's token.",
    ),
    known(
        "secret_command",
        "[\"program\", \"argument\", …]",
        "A program that prints the secret, of the key or the account, and nothing else. It is run without a shell, for \
         60 seconds at most, when an account is connected to.",
    ),
    known("region", "\"ie1\"", "The vendor's region."),
    known(
        "edge",
        "\"dublin\"",
        "The vendor's edge; the usual one of the region where nothing is said.",
    ),
    known(
        "base_url",
        "\"https://…\"",
        "Another server in the vendor's place. Plain http is for this very machine only.",
    ),
    known("label", "\"Acme live\"", "What the header calls the account, 40 characters at most."),
    known(
        "colour",
        "\"red\"",
        "Its colour in the header: red, yellow, green, cyan, blue, magenta or white.",
    ),
    known(
        "production",
        "true or false",
        "Whether the header says PROD, and the account is read-only unless it is said otherwise.",
    ),
    known("read_only", "true or false", "Whether every write is refused before it is sent."),
    known(
        "webhooks",
        "true or false",
        "Whether the service's webhooks are told of writes (X-Twilio-Webhook-Enabled). They are not where nothing is said.",
    ),
    known(
        "review",
        "true or false",
        "Whether every change is looked at once more before it is sent.",
    ),
    known(
        "page_size",
        "1 to 1000",
        "How many items a page is asked to have. 1000 where nothing is said.",
    ),
];

/// The key of `[theme]` that is no role.
pub const THEME: &[Known] = &[known(
    "name",
    "\"NAME\"",
    "The theme whose other roles stay as they are; auto where nothing is said.",
)];

/// Environment variables that are read, and what they say.
pub const VARIABLES: &[(&str, &str)] = &[
    ("TWILIO_ACCOUNT_SID", "The account, for the profile called environment."),
    ("TWILIO_API_KEY, TWILIO_API_SECRET", "An API key and its secret. They win over a token."),
    ("TWILIO_AUTH_TOKEN", "The account's token."),
    ("TWILIO_REGION, TWILIO_EDGE", "The vendor's region and edge."),
    ("SWITCHBOARD_CONFIG_DIR", "The directory of config.toml, in place of the platform's."),
    (
        "SWITCHBOARD_STATE_DIR",
        "The directory of the journal, drafts, jobs and the log, in place of the platform's.",
    ),
    ("TWILIO_CONFIG_DIR", "The directory of twilio-cli's config.json."),
    ("NO_COLOR", "Anything but nothing: no colour, whatever the file says. --theme counts more."),
    (
        "COLORTERM",
        "truecolor or 24bit: the terminal shows all colours, and is asked whether it is dark or light.",
    ),
    ("COLORFGBG", "Whether the terminal is dark or light, where it does not answer."),
];

/// Whether a key is one of the file's, or of a table in it.
#[cfg(test)]
pub(super) fn is_known(table: Option<&str>, key: &str) -> bool {
    let is_among = |keys: &[Known]| keys.iter().any(|known| known.key == key);
    match table {
        // The profiles themselves.
        None => key == "profiles" || key == "keys" || is_among(WHOLE),
        // Which names there are is told by the table of keys.
        Some(table) if table == "keys" || table.starts_with("keys.") => true,
        Some("theme") => {
            is_among(THEME) || super::look::ROLES.iter().any(|(name, ..)| *name == key)
        }
        Some(_) => is_among(PROFILE),
    }
}
