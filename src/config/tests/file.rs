//! What may stand in the files.

use super::*;
use crate::api::Webhooks;

/// Every mistake with its place and what was expected. `hush` stands where a secret could.
const MISTAKES: &[(&str, &str)] = &[
    ("profile = 3", "line 1, column 11: profile: expected text in quotes, found a whole number"),
    ("profile = \"hush", "line 1, column 16: invalid basic string, expected `\"`"),
    ("a = 1\na = 2", "line 2, column 1: duplicate key"),
    ("[profiles.acme]\nhush", "line 2, column 5: key with no value, expected `=`"),
    ("journal_days = 31", "line 1, column 16: journal_days: expected a whole number from 0 to 30"),
    ("journal_days = -1", "line 1, column 16: journal_days: expected a whole number from 0 to 30"),
    ("journal_days = 99999999999999", "journal_days: expected a whole number from 0 to 30"),
    ("journal_days = 1.5", "from 0 to 30, found a number with a point"),
    ("index = \"no\"", "line 1, column 9: index: expected true or false, found text"),
    ("journal = \"hush\"", "line 1, column 11: journal: expected \"full\" or \"digest\""),
    ("twilio_cli = \"hush\"", "column 14: twilio_cli: expected true or false, found text"),
    ("theme = 1", "line 1, column 9: theme: expected text in quotes, found a whole number"),
    ("theme = \"hush\"", "line 1, column 9: theme: expected \"auto\" or \"dark\" or \"light\""),
    ("[theme]\nname = \"hush\"", "line 2, column 8: theme.name: expected \"auto\" or \"dark\""),
    ("[theme]\n\n bad = \"#hush\"", "line 3, column 8: theme.bad: expected a colour such as"),
    ("theme = { dim = 7 }", "line 1, column 17: theme.dim: expected text in quotes"),
    ("glyphs = \"hush\"", "line 1, column 10: glyphs: expected \"unicode\" or \"ascii\""),
    ("keys = \"hush\"", "line 1, column 8: keys: expected a table, found text"),
    (
        "[keys]\n open = 3",
        "line 2, column 9: keys.open: expected a key such as \"j\", or a list of",
    ),
    ("[keys]\nopen = [\"hush\", 1]", "line 2, column 8: keys.open: expected a key such as"),
    ("[keys.list]\nopen = true", "line 2, column 8: keys.list.open: expected a key such as"),
    ("profiles = [1]", "expected a table for each profile, [profiles.NAME], found a list"),
    (
        "[profiles]\nacme = \"hush\"",
        "line 2, column 8: profiles: expected a table for each profile",
    ),
    ("[profiles.\"a b\"]", "line 1, column 11: a profile's name has 64 letters"),
    ("[profiles.environment]", "column 11: this name stands for what the environment says"),
    (
        "[profiles.acme]\n  account_sid = \"hush\"",
        "line 2, column 17: profiles.acme.account_sid: an account sid is AC and 32 hex digits",
    ),
    (
        "[profiles.acme]\napi_key = \"AC00000000000000000000000000000001\"",
        "line 2, column 11: profiles.acme.api_key: an API key sid is SK and 32 hex digits",
    ),
    ("[profiles.acme]\nauth_token = 5", "profiles.acme.auth_token: expected text in quotes"),
    ("[profiles.acme]\nauth_token = \"\"", "expected text, found nothing between the quotes"),
    (
        "[profiles.acme]\nauth_token = \"hush\"\nauth_token_env = \"T\"",
        "line 3, column 18: profiles.acme.auth_token_env: the secret is given already",
    ),
    (
        "[profiles.acme]\nauth_token = \"hush\"\nsecret_command = [\"pass\"]",
        "line 3, column 18: profiles.acme.secret_command: the secret is given already",
    ),
    (
        "[profiles.acme]\napi_secret = \"hush\"\nauth_token = \"hush\"",
        "line 3, column 14: profiles.acme.auth_token: give an API key or the auth token, not both",
    ),
    ("[profiles.acme]\nauth_token_env = \"hush=hush\"", "the name of an environment variable"),
    ("[profiles.acme]\nsecret_command = \"hush\"", "expected a list of texts such as [\"pass\""),
    ("[profiles.acme]\nsecret_command = []", "expected a list of texts such as [\"pass\""),
    ("[profiles.acme]\nsecret_command = [\"pass\", 1]", "found a list of something else"),
    ("[profiles.acme]\nregion = \"Hush\"", "region: expected small letters, digits and dashes"),
    ("[profiles.acme]\nregion = \"hush1\"", "region: this region is not known here; name its edge"),
    ("[profiles.acme]\nedge = \"h.ush\"", "edge: expected small letters, digits and dashes"),
    ("[profiles.acme]\nbase_url = \"http://example.org\"", "base_url: expected https://"),
    ("[profiles.acme]\nbase_url = \"hush\"", "base_url: expected a URL such as"),
    ("[profiles.acme]\nbase_url = \"https://u:hush@example.org\"", "expected no user, password"),
    (
        "[profiles.acme]\nregion = \"ie1\"\nbase_url = \"https://example.org\"",
        "line 3, column 12: profiles.acme.base_url: a server of its own has no region",
    ),
    (
        "[profiles.acme]\ncolour = \"hush\"",
        "colour: expected \"red\" or \"yellow\" or \"green\" or \"cyan\" or \"blue\"",
    ),
    ("[profiles.acme]\nread_only = 1", "read_only: expected true or false, found a whole number"),
    ("[profiles.acme]\nproduction = \"hush\"", "production: expected true or false, found text"),
    ("[profiles.acme]\nreview = 1", "review: expected true or false, found a whole number"),
    ("[profiles.acme]\nwebhooks = \"hush\"", "webhooks: expected true or false, found text"),
    ("[profiles.acme]\npage_size = 0", "page_size: expected a whole number from 1 to 1000"),
];

#[test]
fn every_mistake_is_told_with_its_place_and_without_its_value() {
    for (text, words) in MISTAKES {
        let error = Home::with(text).error();
        assert!(
            error.starts_with("config.toml, line ") && error.contains(words),
            "{text}\n{error}"
        );
        assert!(!error.contains("hush"), "{error}");
    }
}

#[test]
fn columns_count_characters() {
    let error = Home::with("\"日本\" = 1\n[profiles.a]\nlabel = \"日\"\ncolour=\"日本\"").error();
    assert!(error.starts_with("config.toml, line 4, column 8: profiles.a.colour"), "{error}");
}

#[test]
fn unknown_keys_are_warned_of_and_change_nothing() {
    let text =
        "later = 1\n[profiles.acme]\n auth_tokn = \"hush\"\nread_only = true\n[extra]\na = 1";
    let home = Home::with(text);
    let config = home.config();
    assert_eq!(
        config.warnings,
        [
            "config.toml, line 1, column 1: later is not known and does nothing",
            "config.toml, line 5, column 2: extra is not known and does nothing",
            "config.toml, line 3, column 2: profiles.acme.auth_tokn is not known and does nothing",
        ]
    );
    assert!(config.profile("acme").unwrap().reads_only().is_some());
}

#[test]
fn all_that_may_be_said_is_taken_in() {
    let home = Home::with(&format!(
        "profile = \"acme\"\njournal_days = 7\njournal = \"digest\"\n[profiles.acme]\n\
         account_sid = \"{AC}\"\napi_key = \"{SK}\"\napi_secret = \"hush\"\nregion = \"de1\"\n\
         label = \"Acme live\"\ncolour = \"red\"\nproduction = true\nwebhooks = true\nreview = true\npage_size = 50\n"
    ));
    let config = home.config();
    assert_eq!(config.settings.journal, Journal { days: 7, kept: Kept::Digest });
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
    let chosen = home.chosen(&Overrides::default());
    assert_eq!((chosen.name.as_str(), chosen.label.as_str()), ("acme", "Acme live"));
    assert_eq!(chosen.source, "the profile acme in config.toml");
    assert_eq!(chosen.hosts.label(), "twilio de1 frankfurt");
    assert!(chosen.production && chosen.review && chosen.webhooks == Webhooks::On);
    assert_eq!((chosen.colour, chosen.page_size), (Some(Colour::Red), 50));
    assert!(!format!("{config:?} {chosen:?}").contains("hush"));
}

#[test]
fn keys_are_taken_in_with_their_places() {
    let text = "[keys]\nmute = [ \"M\", \"F9\"]\nlist.open = \"o\"\n\"form.save\" = []\n[keys.job]\n'日' = 'x'";
    let keys = Home::with(text).config().keys;
    assert!(keys.file.ends_with("config.toml"));
    let spot = |text: &str, line, column| Spot { text: text.to_owned(), line, column };
    let rebinding = |context, action, keys| Rebinding { context, action, keys };
    assert_eq!(
        keys.rebindings,
        [
            rebinding(None, spot("mute", 2, 1), vec![spot("M", 2, 10), spot("F9", 2, 15)]),
            rebinding(Some(spot("list", 3, 1)), spot("open", 3, 6), vec![spot("o", 3, 13)]),
            rebinding(Some(spot("form", 4, 1)), spot("save", 4, 1), vec![]),
            rebinding(Some(spot("job", 5, 7)), spot("日", 6, 1), vec![spot("x", 6, 7)]),
        ]
    );
}

#[test]
fn a_label_that_is_too_long_is_cut_and_told() {
    let long = "日".repeat(41);
    let home = Home::with(&format!(
        "[profiles.acme]\nlabel = \"{long}\"\naccount_sid = \"{AC}\"\nauth_token_env = \"T\"\n[profiles.b]\n"
    ));
    let config = home.config();
    let [warning] = config.warnings.as_slice() else { panic!("{:?}", config.warnings) };
    assert!(warning.ends_with(
        "line 2, column 9: profiles.acme.label: expected 40 characters at most; the first of them are shown"
    ));
    let label = config.profile("acme").unwrap().label.clone().unwrap().value;
    assert_eq!(label, format!("{}…", "日".repeat(39)));
}

#[test]
fn no_file_is_no_mistake() {
    let config = Home::new().config();
    assert!(config.file.is_none() && config.profiles().is_empty() && config.warnings.is_empty());
    assert!(config.choose(&Overrides::default()).unwrap().is_none());
    assert!(config.looked_at().contains("found no config.toml"), "{}", config.looked_at());
}

#[test]
fn what_is_not_a_readable_text_file_is_refused() {
    let home = Home::new();
    fs::create_dir(home.path().join("config.toml")).unwrap();
    assert_eq!(home.error(), "config.toml cannot be read: it is not a file");
    let home = Home::new();
    fs::write(home.path().join("config.toml"), b"profile = \"\xff\"").unwrap();
    assert_eq!(home.error(), "config.toml cannot be read: it is not text in UTF-8");
    let home = Home::with(&"#".repeat(1024 * 1024 + 1));
    assert_eq!(home.error(), "config.toml cannot be read: it is larger than 1 MiB");
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_may_read_is_refused_and_what_to_type_is_said() {
    let secret = format!("[profiles.acme]\naccount_sid = \"{AC}\"\nauth_token = \"hush\"\n");
    for mode in [0o644, 0o640, 0o604, 0o620, 0o601] {
        let home = Home::new();
        home.write("config.toml", &secret, mode);
        let error = home.error();
        let words = format!(
            "config.toml, line 3, column 14: profiles.acme.auth_token: others may read this secret \
             (mode {mode:04o}); type: chmod 600 'config.toml'"
        );
        assert_eq!(error, words);
    }
    for mode in [0o600, 0o400] {
        let home = Home::new();
        home.write("config.toml", &secret, mode);
        assert!(home.read().is_ok(), "{mode:o}");
    }
    let home = Home::new();
    home.write("config.toml", &secret.replace("auth_token", "auth_token_env"), 0o644);
    assert!(home.read().is_ok(), "the name of a variable is no secret");
}

#[cfg(unix)]
#[test]
fn a_program_or_a_server_that_others_may_change_is_refused() {
    let command = "[profiles.acme]\nsecret_command = [\"pass\"]";
    let server = "[profiles.acme]\nbase_url = \"https://example.org\"";
    for (text, key) in [(command, "secret_command"), (server, "base_url")] {
        for mode in [0o664, 0o646, 0o622] {
            let home = Home::new();
            home.write("config.toml", text, mode);
            let error = home.error();
            assert!(error.starts_with("config.toml, line 2, column "), "{error}");
            let words = format!("profiles.acme.{key}: others may change this (mode {mode:04o})");
            assert!(
                error.contains(&words) && error.ends_with("chmod go-w 'config.toml'"),
                "{error}"
            );
        }
        let home = Home::new();
        home.write("config.toml", text, 0o644);
        assert!(home.read().is_ok());
    }
}

fn twilio_cli(text: &str, mode: u32) -> Home {
    let home = Home::with("twilio_cli = true");
    home.write("config.json", text, mode);
    home
}

#[test]
fn twilio_clis_profiles_are_read_when_asked_for() {
    let text = format!(
        r#"{{"edge": null, "email": {{}}, "projects": [], "profiles": {{
            "shop": {{"accountSid": "{AC}", "region": "ie1", "apiKey": "{SK}", "apiSecret": "hush"}},
            "old": {{"accountSid": "{AC}"}},
            "odd name": {{"accountSid": "{AC}", "apiKey": "{SK}", "apiSecret": "hush"}}
        }}, "activeProject": "shop"}}"#
    );
    let home = twilio_cli(&text, 0o644);
    let config = home.config();
    let chosen = home.chosen(&Overrides::default());
    assert_eq!(chosen.source, "the profile shop of twilio-cli");
    assert_eq!(by(&chosen, "profile"), ("shop", "twilio-cli's config.json"));
    assert_eq!(chosen.hosts.label(), "twilio ie1 dublin");
    assert_eq!(config.profiles().len(), 1);
    assert!(config.warnings[0].contains("profile old is left out: it has no apiKey"));
    assert!(config.warnings[1].contains("profile odd name is left out"));
    assert!(config.warnings[2].contains("chmod 600"), "{:?}", config.warnings);
    assert!(!format!("{config:?}{:?}", config.warnings).contains("hush"));
    home.write("config.toml", "", 0o600);
    assert!(home.config().profiles().is_empty(), "not asked for");
}

#[test]
fn twilio_clis_file_may_be_missing_or_broken() {
    let home = Home::with("twilio_cli = true");
    assert!(home.config().warnings[0].starts_with("twilio_cli = true, but there is no "));
    let error = twilio_cli("{\n  \"profiles\": hush}", 0o600).error();
    assert_eq!(error, "config.json, line 2, column 15: expected JSON, as twilio-cli writes it");
}

#[test]
fn a_profile_of_the_config_hides_twilio_clis_of_the_same_name() {
    let text = format!(
        r#"{{"profiles": {{"shop": {{"accountSid": "{AC}", "apiKey": "{SK}", "apiSecret": "x"}}}}}}"#
    );
    let home = twilio_cli(&text, 0o600);
    let own = "twilio_cli = true\n[profiles.shop]\nauth_token_env = \"T\"\naccount_sid = ";
    home.write("config.toml", &format!("{own}\"{OTHER}\""), 0o600);
    let chosen = home.chosen(&profile("shop"));
    assert_eq!(by(&chosen, "account"), ("AC…0003", "config.toml line 4"));
    assert_eq!(home.config().warnings, ["twilio-cli's profile shop is hidden by another"]);
}

#[test]
fn a_theme_is_named_in_short_or_with_other_colours() {
    use crate::config::look::{Glyphs, Look, Paint, Role, Shade};

    let look = |text: &str| {
        let config = Home::with(text).config();
        (config.look, config.warnings)
    };
    let short = Look { theme: Some(ThemeName::Light), ..Look::default() };
    assert_eq!(look("theme = \"light\""), (short, vec![]));
    let paint = Paint { shade: Shade::Rgb(255, 0, 0), ground: None };
    let full = Look {
        theme: Some(ThemeName::HighContrast),
        roles: vec![(Role::Bad, paint)],
        glyphs: Some(Glyphs::Ascii),
        ..Look::default()
    };
    let text =
        "glyphs = \"ascii\"\n[theme]\nname = \"high-contrast\"\nbad = \"#ff0000\"\nbda = \"x\"";
    let warning = "config.toml, line 5, column 1: theme.bda is not known and does nothing";
    assert_eq!(look(text), (full, vec![warning.to_owned()]));
}

#[test]
fn the_mouse_and_the_zone_of_times_are_told() {
    use crate::config::look::Times;

    let look = |text: &str| Home::with(text).config().look;
    assert_eq!((look("").mouse, look("").times), (None, Times::Local));
    let told = look("mouse = false\ntimes = \"utc\"");
    assert_eq!((told.mouse, told.times), (Some(false), Times::Utc));
    assert_eq!(told.times.zone(), jiff::tz::TimeZone::UTC);
    let error = Home::with("times = \"gmt\"").error();
    assert_eq!(error, "config.toml, line 1, column 9: times: expected \"local\" or \"utc\"");
}
