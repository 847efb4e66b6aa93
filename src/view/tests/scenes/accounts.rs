//! Accounts: read-only, production, what is known of them, and switching.

use super::{Extent, account};
use crate::app::{
    account::{Account, Choice},
    model::{Model, Session},
    notice::{Problem, ProblemKind},
    place::Place,
    profiles::Profiles,
    testing::{console_at, fail, first_run, press, sid, write},
};
use crate::config::{Colour, Fact};

/// The names of [`of_account`].
pub(in crate::view::tests) const ACCOUNTS: [&str; 17] = [
    "production",
    "production_read_only",
    "read_only_help",
    "read_only_refused",
    "read_only_memberships",
    "info",
    "profiles",
    "profiles_switching",
    "profiles_failed",
    "profiles_question",
    "profiles_completion",
    "profiles_refused_credentials",
    "profiles_first_run",
    "sign_in",
    "sign_in_trying",
    "sign_in_refused",
    "tour",
];

fn choices() -> Vec<Choice> {
    let choice = |name: &str, label: &str, production: bool| Choice {
        name: name.to_owned(),
        label: label.to_owned(),
        source: "in config.toml".to_owned(),
        production,
        reads_only: production,
        colour: production.then_some(Colour::Red),
        lacks: None,
    };
    let lacks = "the profile old has no credentials: it names neither a token nor an API key";
    vec![
        choice("acme", "Acme live", true),
        choice("staging", "staging", false),
        Choice { lacks: Some(lacks.to_owned()), ..choice("old", "old", false) },
    ]
}

fn acme(reads_only: bool) -> Account {
    let fact =
        |part, value: &str, by: &str| Fact { part, value: value.to_owned(), by: by.to_owned() };
    let why = "the profile is marked production; --write allows changes";
    Account {
        label: "Acme live".to_owned(),
        source: "the profile acme in config.toml".to_owned(),
        profile: Some("acme".to_owned()),
        reads_only: reads_only.then(|| why.to_owned()),
        production: true,
        facts: vec![
            fact("profile", "acme", "config.toml line 1"),
            fact("account", "AC…0001", "config.toml line 4"),
            fact("signs in", "by the API key SK…0002", "config.toml line 5"),
            fact("secret", "told by `pass`", "config.toml line 6"),
            fact("server", "twilio ie1 dublin", "config.toml line 7"),
            fact("access", "read-only", "the profile is marked production, config.toml line 8"),
            fact("webhooks", "not told of writes", "by default"),
            fact("page size", "1000", "by default"),
            fact("profiles", "acme, staging, old", ""),
        ],
        ..Account::default()
    }
}

/// One of [`ACCOUNTS`].
pub(in crate::view::tests) fn of_account(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let places = match name {
        "read_only_memberships" => {
            vec![Place::Users(sid(1)), Place::Memberships(sid(1), sid(1_001))]
        }
        _ => vec![Place::Channels(sid(1))],
    };
    let mut model = console_at(&mut world, size, &places);
    model.session = Session::Open(acme(name != "production" && name != "profiles_question"));
    model.profiles = Profiles::of(choices(), None);
    match name {
        "read_only_help" => drop(press(&mut model, "?")),
        "read_only_refused" => drop(press(&mut model, "e")),
        "info" => command(&mut model, "info"),
        "profiles" => command(&mut model, "profile"),
        "profiles_switching" => command(&mut model, "profile staging"),
        "profiles_failed" => {
            press(&mut model, ":");
            write(&mut model, "profile staging");
            let asked = press(&mut model, "Enter");
            let why = "the secret_command `pass` ended with exit code 1, so there is no secret";
            fail(&mut model, &asked[0], Problem::new(ProblemKind::Refused, why));
        }
        "profiles_question" => {
            press(&mut model, "e");
            write(&mut model, " and Africa");
            press(&mut model, "Esc");
            command(&mut model, "profile staging");
        }
        "profiles_completion" => {
            press(&mut model, ":");
            write(&mut model, "profile st");
            press(&mut model, "Tab");
        }
        "profiles_refused_credentials" => {
            let asked = press(&mut model, "r");
            let why = "Authenticate (status 401, code 20003)";
            fail(&mut model, &asked[0], Problem::new(ProblemKind::Auth, why));
        }
        "profiles_first_run" => {
            let profiles = std::mem::take(&mut model.profiles);
            model = first_run(size.0, size.1);
            model.profiles = profiles;
        }
        "sign_in" | "sign_in_trying" | "sign_in_refused" => sign_in(&mut model, name),
        "tour" => {
            model.session = Session::Open(Account::practice(None));
            command(&mut model, "tour");
        }
        _ => {}
    }
    model
}

fn sign_in(model: &mut Model, name: &str) {
    command(model, "sign-in");
    write(model, "SK0000000000000000000000000000000f");
    press(model, "Enter");
    write(model, "made-up-secret");
    if name == "sign_in" {
        return;
    }
    let asked = press(model, "^s");
    if name == "sign_in_refused" {
        let why = "Authenticate (status 401, code 20003)";
        fail(model, &asked[0], Problem::new(ProblemKind::Auth, why));
    }
}

fn command(model: &mut Model, text: &str) {
    press(model, ":");
    write(model, text);
    press(model, "Enter");
}
