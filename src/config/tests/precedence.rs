//! Whose word counts.

use super::*;
use crate::api::{Access, Webhooks};

fn two() -> Home {
    Home::with(&format!(
        "profile = \"live\"\n[profiles.live]\naccount_sid = \"{AC}\"\nauth_token_env = \"LIVE\"\n\
         production = true\nwebhooks = true\npage_size = 100\nedge = \"dublin\"\n\
         [profiles.test]\naccount_sid = \"{OTHER}\"\nauth_token_env = \"TEST\"\n\
         base_url = \"http://127.0.0.1:4010\"\nread_only = true\n[profiles.bare]\n"
    ))
}

fn with_environment() -> Home {
    two().env("TWILIO_API_KEY", SK).env("TWILIO_API_SECRET", "s").env("TWILIO_REGION", "ie1")
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_active_profile() {
    for (home, overrides, name, by_whom) in [
        (two(), Overrides::default(), "live", "config.toml line 1"),
        (two(), profile("test"), "test", "--profile"),
        (with_environment(), Overrides::default(), ENVIRONMENT, "the environment"),
        (with_environment(), profile("live"), "live", "--profile"),
        (with_environment(), profile(ENVIRONMENT), ENVIRONMENT, "--profile"),
    ] {
        let chosen = home.chosen(&overrides);
        assert_eq!(by(&chosen, "profile"), (name, by_whom));
    }
}

#[test]
fn the_only_profile_needs_no_naming_and_one_of_several_does() {
    let text = format!("[profiles.a]\naccount_sid = \"{AC}\"\nauth_token_env = \"T\"\n");
    let chosen = Home::with(&text).chosen(&Overrides::default());
    assert_eq!(by(&chosen, "profile"), ("a", "it is the only profile"));
    let config = Home::with(&format!("{text}[profiles.b]\n")).config();
    assert!(config.choose(&Overrides::default()).unwrap().is_none());
    assert!(config.looked_at().contains("several profiles"), "{}", config.looked_at());
}

#[test]
fn a_profile_that_cannot_be_used_is_told_when_it_is_chosen() {
    let config = two().config();
    for (name, words) in [
        ("nope", "there is no profile nope (named by --profile); there are live, test, bare"),
        ("bare", "the profile bare has no credentials: it names neither a token nor an API key"),
        ("environment", "there is no profile environment"),
        ("\u{1b}[31m", "there is no profile ␛[31m"),
    ] {
        let error = config.choose(&profile(name)).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
    let error = Home::with("profile = \"gone\"").config().choose(&Overrides::default());
    let error = error.unwrap_err().to_string();
    assert_eq!(error, "there is no profile gone (named by config.toml line 1); there are none");
}

#[test]
fn what_a_profile_lacks_to_sign_in_is_said() {
    let sid = format!("account_sid = \"{AC}\"\n");
    let key = format!("api_key = \"{SK}\"\n");
    for (text, words) in [
        (key.as_str(), "api_key needs api_secret, api_secret_env or secret_command beside it"),
        ("api_secret_env = \"S\"", "an API secret needs its api_key beside it"),
        ("auth_token_env = \"T\"", "a token needs its account_sid beside it"),
        ("secret_command = [\"pass\"]", "a token needs its account_sid beside it"),
        (sid.as_str(), "it names neither a token nor an API key"),
    ] {
        let config = Home::with(&format!("[profiles.a]\n{text}")).config();
        let error = config.choose(&Overrides::default()).unwrap_err().to_string();
        assert_eq!(error, format!("the profile a has no credentials: {words}"));
    }
}

#[test]
fn the_server_is_told_by_the_command_line_else_the_profile_else_region_and_edge() {
    let url = Overrides { base_url: Some("http://127.0.0.1:9".to_owned()), ..profile("test") };
    for (home, overrides, server) in [
        (two(), url, ("127.0.0.1:9", "--base-url")),
        (two(), profile("test"), ("127.0.0.1:4010", "config.toml line 12")),
        (two(), profile("live"), ("twilio us1 dublin", "config.toml line 8")),
        (
            two().env("TWILIO_EDGE", "sydney").env("TWILIO_REGION", "au1"),
            profile("live"),
            ("twilio us1 sydney", "TWILIO_EDGE"),
        ),
        (with_environment(), profile(ENVIRONMENT), ("twilio ie1 dublin", "TWILIO_REGION")),
    ] {
        assert_eq!(by(&home.chosen(&overrides), "server"), server);
    }
}

#[test]
fn production_only_reads_unless_it_or_the_command_line_says_otherwise() {
    let with = |name: &str, access| {
        let overrides = Overrides { access, ..profile(name) };
        let chosen = two().chosen(&overrides);
        (chosen.access(), by(&chosen, "access").1.to_owned())
    };
    let told = |access, by: &str| (access, by.to_owned());
    let (reads, writes) = (Access::ReadOnly, Access::ReadWrite);
    let production = "the profile is marked production, config.toml line 5";
    assert_eq!(with("live", None), told(reads, production));
    assert_eq!(with("live", Some(writes)), told(writes, "--write"));
    assert_eq!(with("live", Some(reads)), told(reads, "--read-only"));
    let said = "the profile says read_only, config.toml line 13";
    assert_eq!(with("test", None), told(reads, said));
    let text = format!(
        "[profiles.a]\naccount_sid = \"{AC}\"\nauth_token_env = \"T\"\nproduction = true\n\
         read_only = false"
    );
    let chosen = Home::with(&text).chosen(&Overrides::default());
    assert_eq!(chosen.access(), writes);
    assert_eq!(by(&chosen, "access"), ("reads and writes", "config.toml line 5"));
}

#[test]
fn of_the_command_line_only_read_only_holds_after_a_switch() {
    let config = with_environment().config();
    let writes = Overrides { access: Some(Access::ReadWrite), webhooks: true, ..profile("test") };
    let later = config.choose_later("live", &writes).unwrap();
    assert_eq!(later.access(), Access::ReadOnly, "--write was said of another account");
    let environment = config.choose_later(ENVIRONMENT, &writes).unwrap();
    assert_eq!((environment.access(), environment.webhooks), (Access::ReadWrite, Webhooks::Off));
    let reads = Overrides { access: Some(Access::ReadOnly), ..Overrides::default() };
    let environment = config.choose_later(ENVIRONMENT, &reads).unwrap();
    assert_eq!(environment.access(), Access::ReadOnly);
}

#[test]
fn a_key_wins_over_a_token() {
    let home = Home::new()
        .env("TWILIO_ACCOUNT_SID", AC)
        .env("TWILIO_AUTH_TOKEN", "t")
        .env("TWILIO_API_KEY", SK)
        .env("TWILIO_API_SECRET", "s");
    let chosen = home.chosen(&Overrides::default());
    assert_eq!(chosen.source, "the environment: TWILIO_API_KEY and TWILIO_API_SECRET");
    assert_eq!(by(&chosen, "signs in"), ("by the API key SK…0002", "TWILIO_API_KEY"));
}

#[test]
fn empty_variables_are_unset() {
    let home = Home::new().env("TWILIO_ACCOUNT_SID", AC).env("TWILIO_AUTH_TOKEN", "");
    let config = home.config();
    assert!(config.choose(&Overrides::default()).unwrap().is_none());
    assert!(config.looked_at().contains("neither TWILIO_AUTH_TOKEN"), "{}", config.looked_at());
}

#[test]
fn half_a_pair_and_wrong_sids_are_told_without_their_values() {
    for (variable, value, words) in [
        ("TWILIO_API_KEY", SK, "TWILIO_API_KEY is set, but TWILIO_API_SECRET is not"),
        ("TWILIO_API_SECRET", "hush", "TWILIO_API_SECRET is set, but TWILIO_API_KEY is not"),
        ("TWILIO_AUTH_TOKEN", "hush", "TWILIO_AUTH_TOKEN is set, but TWILIO_ACCOUNT_SID is not"),
        (
            "TWILIO_ACCOUNT_SID",
            "hush",
            "TWILIO_ACCOUNT_SID is not what it should be: an account sid is",
        ),
    ] {
        let home = two().env(variable, value);
        let error = home.config().choose(&Overrides::default()).unwrap_err().to_string();
        assert!(error.starts_with(words) && !error.contains("hush"), "{error}");
        assert_eq!(home.chosen(&profile("live")).name, "live", "it was not asked about");
    }
}
