//! Starting: without credentials, with wrong ones, with a command line that cannot be understood.

use std::process::{Command, Output};

use crate::{practice::Practice, pty::Start};

#[test]
fn without_credentials_the_practice_account_is_one_key_away() {
    let mut console = Start::console(&[]).open();
    console.sees("No Twilio credentials found");
    console.sees("TWILIO_AUTH_TOKEN");
    console.press("1");
    console.until("the services", |seen| seen.has("sandbox") && seen.has("Chat EU"));
    console.press("q");
    assert_eq!(console.ends(), 0);
}

#[test]
fn without_credentials_the_variables_can_be_printed() {
    let mut console = Start::console(&[]).open();
    console.sees("Show the variables");
    console.press("3");
    assert_eq!(console.ends(), 0);
    let seen = console.now();
    for line in ["export TWILIO_ACCOUNT_SID=AC...", "export TWILIO_API_SECRET=..."] {
        assert!(seen.has(line), "{line} after\n{}", seen.text());
    }
}

fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.env_clear().args(arguments).envs(variables.iter().copied());
    command.output().unwrap()
}

#[test]
fn what_cannot_be_understood_is_usage_and_says_why() {
    let channel = "CH00000000000000000000000000000002";
    let account = "AC00000000000000000000000000000001";
    let half = ("TWILIO_API_SECRET", "hush-hush-hush");
    let odd = ("TWILIO_ACCOUNT_SID", "hush-hush-hush");
    let key = ("TWILIO_API_KEY", "SK00000000000000000000000000000003");
    for (arguments, variables, words) in [
        (&["--colour"][..], &[][..], "unexpected argument '--colour'"),
        (&["IS123"], &[], "expected a service sid"),
        (&[channel], &[], "a channel sid needs its service"),
        (&["--base-url", "http://example.org"], &[], "http"),
        (&["--fault", "429=20%"], &[], "needs --sandbox"),
        (&["--channels", "1000"], &[], "need --sandbox"),
        (&["--sandbox", "--fault", "rain=20%"], &[], "unknown fault `rain`"),
        (&[], &[half], "TWILIO_API_KEY is not"),
        (&[], &[key, ("TWILIO_ACCOUNT_SID", account)], "TWILIO_API_SECRET is not"),
        (&[], &[odd, ("TWILIO_AUTH_TOKEN", "hush-hush-hush")], "TWILIO_ACCOUNT_SID"),
        (&["--sandbox"], &[], "needs a terminal"),
    ] {
        let output = run(arguments, variables);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {stderr}");
        assert!(stderr.contains(words) && stderr.contains("--help"), "{arguments:?} {stderr}");
        assert!(!stderr.contains("hush"), "{stderr}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "words are for standard error");
    }
}

#[test]
fn wrong_credentials_are_told_with_their_source_and_never_shown() {
    let practice = Practice::start("0");
    let secret = "wrong-and-still-a-secret-00000000";
    let mut console = practice.console().env("TWILIO_AUTH_TOKEN", secret).open();
    console.sees("Twilio refused the credentials of");
    console.sees("the environment: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN");
    console.press("r");
    console.press("!");
    console.sees("Messages");
    console.press("q");
    console.sees("Twilio refused the credentials of");
    console.press("q");
    assert_eq!(console.ends(), 0);
    assert!(!String::from_utf8_lossy(&console.now().raw).contains(secret), "in the output");
    let files = console.files();
    assert!(files.contains("401"), "there is a log: {files}");
    assert!(!files.contains(secret), "in {files}");
}
