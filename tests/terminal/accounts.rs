//! Profiles, and accounts in which nothing may be changed, as a shell and a terminal see them.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::{
    practice::Practice,
    pty::{Seen, Start},
};

/// A directory with a config that only its owner may read, or that has this mode.
fn config(text: &str, mode: u32) -> TempDir {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("config.toml");
    fs::write(&path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    directory
}

fn profile(practice: &Practice, name: &str, secret: &str) -> String {
    let Practice { url, account, .. } = practice;
    format!("[profiles.{name}]\naccount_sid = \"{account}\"\nbase_url = \"{url}\"\n{secret}\n")
}

fn run(directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.env_clear().env("SWITCHBOARD_CONFIG_DIR", directory).args(arguments);
    command.envs(variables.iter().copied()).output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn read_only_refuses_every_change_and_says_why() {
    let mut console = Start::console(&["--sandbox", "--read-only"]).open();
    console.until("the badge", |seen| seen.has("Chat EU") && seen.has("read-only"));
    console.press("Enter");
    console.sees("all loaded");
    console.press("e");
    console.sees("read-only: --read-only was given");
    console.press("?");
    console.sees("what is dim does nothing");
    console.press("?");
    console.sees_no_more("what is dim does nothing");
    console.press(":info Enter");
    console.sees("the built-in practice account");
    console.press("q");
    console.sees_no_more("This account");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn a_config_that_cannot_be_used_is_usage_and_tells_where() {
    let token = "[profiles.a]\naccount_sid = \"AC00000000000000000000000000000001\"\n\
                 auth_token = \"hush-hush\"\n";
    for (text, mode, at) in [
        (token, 0o644, "config.toml, line 3, column 14: profiles.a.auth_token: others may read"),
        ("[profiles.a]\nread_only = \"hush\"", 0o600, "line 2, column 13: profiles.a.read_only"),
        ("profile = \"hush", 0o600, "config.toml, line 1, column 16: invalid basic string"),
        ("profile = \"b\"", 0o600, "there is no profile b (named by config.toml line 1)"),
        ("[profiles.a]", 0o600, "the profile a has no credentials"),
        ("[keys]\n open = 5", 0o600, "config.toml, line 2, column 9: keys.open: expected a key"),
    ] {
        let directory = config(text, mode);
        for arguments in [&[][..], &["info"]] {
            let output = run(directory.path(), arguments, &[]);
            let stderr = words(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{stderr}");
            assert!(stderr.contains(at) && !stderr.contains("hush"), "{stderr}");
            assert_eq!(words(&output.stdout), "");
        }
    }
}

#[test]
fn the_sandbox_and_the_keys_need_no_config() {
    let directory = config("profile = \"hush", 0o600);
    assert!(run(directory.path(), &["keys"], &[]).status.success());
    let console = Start::console(&["--sandbox"]);
    let directory = directory.path().to_str().unwrap();
    let mut console = console.env("SWITCHBOARD_CONFIG_DIR", directory).open();
    console.sees("Chat EU");
    console.sees("the config is left out");
    console.press("q");
    assert_eq!(console.ends(), 0);
    let clash = config("later = true\n[keys]\nmute = \"e\"\n", 0o600);
    let console = Start::console(&["--sandbox"]);
    let mut console = console.env("SWITCHBOARD_CONFIG_DIR", clash.path().to_str().unwrap()).open();
    console.sees("these are the usual keys");
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn keys_are_bound_by_the_config() {
    let directory = config("[keys]\nmute = \"U\"\nedit = []\nopen = [\"Enter\", \"o\"]\n", 0o600);
    let keys = |arguments: &[&str]| {
        let output = run(directory.path(), arguments, &[]);
        assert!(output.status.success());
        (words(&output.stdout), words(&output.stderr))
    };
    let (stdout, stderr) = keys(&["keys"]);
    assert!(stdout.contains("| `U` | mute or unmute the membership in place"), "{stdout}");
    assert!(!stdout.contains("| `e` |") && stdout.contains("| `Enter` `o` | open the row |"));
    assert!(stderr.contains("line 4, column 18: keys: o is export-table in jobs"), "{stderr}");
    let (stdout, _) = keys(&["keys", "--actions"]);
    assert!(stdout.contains("| `U` | `mute` | global | mute or unmute"), "{stdout}");
    assert!(stdout.contains("|  | `edit` | global | edit in a form"), "{stdout}");
    let (stdout, stderr) = keys(&["keys", "--default"]);
    assert!(stdout.contains("| `m` | mute or unmute the membership"), "{stdout}");
    assert_eq!(stderr, "");
}

#[test]
fn keys_that_clash_are_told_with_their_place_before_anything_starts() {
    let directory = config("[keys]\nmute = \"e\"\n", 0o600);
    let output = run(directory.path(), &[], &[]);
    let stderr = words(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("config.toml, line 2, column 8: keys: e is edit in global"),
        "{stderr}"
    );
}

#[test]
fn what_cannot_be_said_together_is_usage() {
    let directory = config("", 0o600);
    for arguments in [
        &["--read-only", "--write"][..],
        &["--sandbox", "-p", "a"],
        &["info", "--read-only", "--write"],
    ] {
        let output = run(directory.path(), arguments, &[]);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(words(&output.stderr).contains("cannot be used with"), "{arguments:?}");
    }
}

#[test]
fn info_says_who_said_what_and_asks_nobody() {
    let text = "profile = \"acme\"\nodd = 1\n[profiles.acme]\n\
                account_sid = \"AC00000000000000000000000000000001\"\n\
                secret_command = [\"/bin/false\", \"hush-hush\"]\nproduction = true\n";
    let directory = config(text, 0o644);
    let output = run(directory.path(), &["info"], &[("TWILIO_EDGE", "dublin")]);
    let (stdout, stderr) = (words(&output.stdout), words(&output.stderr));
    assert!(output.status.success(), "{stderr}");
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "profile acme (config.toml line 1)",
        "account AC…0001 (config.toml line 4)",
        "secret told by `/bin/false` (config.toml line 5)",
        "server twilio us1 dublin (TWILIO_EDGE)",
        "access read-only (the profile is marked production, config.toml line 6)",
        "page size 1000 (by default)",
    ] {
        assert!(stdout.lines().any(|it| plain(it) == line), "{line} in\n{stdout}");
    }
    assert!(stderr.contains("line 2, column 1: odd is not known"), "{stderr}");
    assert!(!stdout.contains("hush") && !stderr.contains("hush"));
    for order in [&["-p", "acme", "info"][..], &["info", "-p", "acme"], &["--write", "info"]] {
        let output = run(directory.path(), order, &[("TWILIO_EDGE", "dublin")]);
        assert!(plain(&words(&output.stdout)).starts_with("profile acme ("), "{order:?}");
    }
    let nobody = run(TempDir::new().unwrap().path(), &["info"], &[]);
    assert!(
        plain(&words(&nobody.stdout)).starts_with("account none; looked at --profile, TWILIO_")
    );
    assert!(nobody.status.success());
}

#[test]
fn a_profile_is_connected_to_and_left_for_another_and_no_secret_is_seen() {
    let practice = Practice::start("0");
    let token = &practice.token;
    let text = [
        "profile = \"told\"\n".to_owned(),
        // The environment holds the other's secret; this program must not see it.
        profile(
            &practice,
            "told",
            &format!(
                "secret_command = [\"/bin/sh\", \"-c\", \"test -z \\\"$NAMED\\\" && echo {token}\"]"
            ),
        ),
        profile(&practice, "named", "auth_token_env = \"NAMED\"\nproduction = true"),
        profile(&practice, "wrong", "auth_token = \"hush-hush-hush\"\nread_only = true"),
    ];
    let directory = config(&text.concat(), 0o600);
    let path = directory.path().to_str().unwrap();
    let console = Start::console(&["--log-level", "trace"]).env("SWITCHBOARD_CONFIG_DIR", path);
    let mut console = console.env("NAMED", token).open();
    // The list of profiles names them all; only the head says which one it is.
    let is_at = |seen: &Seen, name: &str| seen.text().starts_with(name) && seen.has("Chat EU");
    console.until("the first", |seen| is_at(seen, " told "));
    console.press(":prof Tab na Tab Enter");
    console.until("the second", |seen| is_at(seen, " PROD named "));
    console.sees("read-only");
    console.press(":profile Space wrong Enter");
    console.sees("Twilio refused the credentials of wrong");
    console.press(":profile Enter");
    console.sees("you are here");
    console.press("g Enter");
    console.until("the first again", |seen| is_at(seen, " told "));
    console.press("q");
    assert_eq!(console.ends(), 0);
    let (raw, files) = (String::from_utf8_lossy(&console.now().raw).into_owned(), console.files());
    for secret in [token.as_str(), "hush-hush-hush"] {
        assert!(!raw.contains(secret) && !files.contains(secret), "{secret}");
    }
    assert!(files.contains("Switched") || files.contains("Connect"), "there is a log: {files}");
}

#[test]
fn a_secret_command_that_fails_is_told_before_the_console_opens() {
    let practice = Practice::start("0");
    let failing = "secret_command = [\"/bin/sh\", \"-c\", \"echo hush-hush; exit 9\"]";
    let directory = config(&profile(&practice, "told", failing), 0o600);
    let path = directory.path().to_str().unwrap();
    let console = Start::console(&[]).env("SWITCHBOARD_CONFIG_DIR", path).open();
    assert_eq!(console.ends(), 1);
    let seen = console.now();
    assert!(seen.has("the secret_command `/bin/sh` ended with exit code 9"), "{}", seen.text());
    assert!(!seen.has("hush"), "{}", seen.text());
}
