//! Where secrets come from, and where they do not go.

use std::time::Duration;

use secrecy::ExposeSecret;

use super::*;
use crate::config::secret::fetch;

fn told(words: &[&str]) -> Secret {
    Secret::Command(words.iter().map(|word| (*word).to_owned()).collect())
}

fn shell(script: &str) -> Secret {
    told(&["/bin/sh", "-c", script])
}

async fn fetched(secret: &Secret, hidden: &[&str]) -> Result<String, String> {
    let env: Env = Arc::new(|_: &str| None);
    let hidden: Vec<String> = hidden.iter().map(|name| (*name).to_owned()).collect();
    let fetched = fetch(secret, &env, &hidden, Duration::from_secs(20)).await;
    fetched.map(|it| it.expose_secret().to_owned()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_secret_by_value_by_name_and_by_command() {
    let home = Home::with(&format!(
        "[profiles.value]\naccount_sid = \"{AC}\"\nauth_token = \"hush\"\n\
         [profiles.name]\napi_key = \"{SK}\"\napi_secret_env = \"ACME\"\n\
         [profiles.command]\napi_key = \"{SK}\"\nsecret_command = [\"printf\", \"hush\"]\n\
         [profiles.unset]\napi_key = \"{SK}\"\napi_secret_env = \"GONE\"\n"
    ))
    .env("ACME", "hush");
    for (name, username) in [("value", AC), ("name", SK), ("command", SK)] {
        assert_eq!(credentials(&home, name).await.unwrap().username(), username, "{name}");
    }
    let error = credentials(&home, "unset").await.unwrap_err().to_string();
    assert_eq!(error, "the variable GONE, which should hold the secret, is not set");
    assert!(!format!("{:?}", home.config()).contains("hush"), "not even as an argument");
    let places = [("value", "written in the file"), ("command", "told by `printf`")];
    for (name, place) in places {
        assert_eq!(by(&home.chosen(&profile(name)), "secret").0, place);
    }
    assert_eq!(by(&home.chosen(&profile("name")), "secret").0, "the variable ACME");
    let unset = home.chosen(&profile("unset"));
    assert_eq!(by(&unset, "secret").0, "the variable GONE, which is not set");
}

#[test]
fn the_variables_to_keep_from_programs_are_known() {
    let home = Home::with(&format!(
        "[profiles.a]\napi_key = \"{SK}\"\napi_secret_env = \"ACME\"\n\
         [profiles.b]\naccount_sid = \"{AC}\"\nauth_token_env = \"BETA\"\n"
    ));
    let names = ["TWILIO_AUTH_TOKEN", "TWILIO_API_SECRET", "ACME", "BETA"];
    assert_eq!(home.config().secret_variables(), names);
}

#[cfg(unix)]
#[tokio::test]
async fn one_newline_is_taken_off_what_a_program_prints() {
    for (script, secret) in [
        ("printf hush", "hush"),
        ("echo hush", "hush"),
        ("printf 'hush\\r\\n'", "hush"),
        ("printf ' hu sh \\n'", " hu sh "),
        ("cat; echo hush", "hush"),
        ("echo loud >&2; echo hush", "hush"),
    ] {
        assert_eq!(fetched(&shell(script), &[]).await.as_deref(), Ok(secret), "{script}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_goes_wrong_with_a_program_is_told_without_what_it_printed() {
    for (script, words) in [
        ("echo hush; exit 3", "ended with exit code 3, so there is no secret"),
        ("echo hush; kill -9 $$", "was ended by signal 9"),
        ("exit 0", "it should be one line, and it prints none"),
        ("echo", "it should be one line, and it prints none"),
        ("echo hush; echo user: ana", "it should be one line of text and nothing else"),
        ("printf '\\377'", "it should be text"),
        ("head -c 9000 /dev/zero | tr '\\0' h", "it should be one line, and it prints far more"),
    ] {
        let error = fetched(&shell(script), &[]).await.unwrap_err();
        assert!(error.contains("secret_command `/bin/sh`") && error.contains(words), "{error}");
        assert!(!error.contains("hush") && !error.contains(script), "{error}");
    }
    let error = fetched(&told(&["/nowhere/at-all", "hush"]), &[]).await.unwrap_err();
    assert!(error.contains("`/nowhere/at-all` could not be run: No such file"), "{error}");
    assert!(!error.contains("hush"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_takes_too_long_is_ended_with_all_that_it_started() {
    let env: Env = Arc::new(|_: &str| None);
    let directory = TempDir::new().unwrap();
    let pipe = directory.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    // The grandchild holds the pipe open; when all are ended, its reader sees the end.
    let script = format!("(exec sleep 600 > {}) & sleep 600", pipe.display());
    let reading = std::thread::spawn(move || fs::read(pipe).unwrap());
    let limit = Duration::from_millis(300);
    let error = fetch(&shell(&script), &env, &[], limit).await.unwrap_err();
    assert!(matches!(error, SecretError::TooSlow { .. }), "{error}");
    assert!(reading.join().unwrap().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_is_started_without_the_secrets_of_the_environment() {
    // PATH and HOME stand for variables that hold a secret; no test may change its own environment.
    let told = fetched(&shell("echo \"${HOME-none} ${PATH:+path}\""), &["HOME"]).await;
    assert_eq!(told.as_deref(), Ok("none path"));
}
