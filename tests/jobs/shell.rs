//! What helps in a shell: the doctor, the manual, completions, where things are.

use std::process::Command;

use super::{command::Practice, *};

#[test]
fn the_doctor_says_what_is_well_and_what_to_do_about_the_rest() {
    let mut practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let doctor = |practice: &Practice| {
        let mut command = practice.command(dir.path(), &["doctor"]);
        command.env("SWITCHBOARD_CONFIG_DIR", dir.path());
        let ended = command.output().unwrap();
        (ended.status.code().unwrap(), String::from_utf8(ended.stdout).unwrap())
    };
    let (code, told) = doctor(&practice);
    assert_eq!(code, 0, "{told}");
    for expected in [
        "warn  terminal",
        "pass  state",
        "pass  config",
        "answers and lets us in",
        "its clock and ours agree",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let token = std::mem::replace(&mut practice.token, "hush-hush".to_owned());
    let (code, told) = doctor(&practice);
    assert!(code == 1 && told.contains("FAIL  account environment"), "{told}");
    assert!(!told.contains("hush") && told.contains("→ the server refuses"), "{told}");
    practice.token = token;
    practice.child.kill().unwrap();
    practice.child.wait().unwrap();
    let (code, told) = doctor(&practice);
    assert!(code == 1 && told.contains("takes no connection on port"), "{told}");
    std::fs::write(dir.path().join("config.toml"), "profile = 7").unwrap();
    let (code, told) = doctor(&practice);
    assert!(code == 1 && told.contains("FAIL  config") && told.contains("line 1"), "{told}");
}

fn say(arguments: &[&str]) -> String {
    let dir = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.env_clear().env("SWITCHBOARD_STATE_DIR", dir.path().join("state"));
    command.env("SWITCHBOARD_CONFIG_DIR", dir.path());
    let ended = command.args(arguments).output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    String::from_utf8(ended.stdout).unwrap()
}

#[test]
fn the_version_tells_where_it_comes_from() {
    let (long, short) = (say(&["--version"]), say(&["-V"]));
    assert_eq!(short.lines().count(), 1);
    for part in [short.trim(), "commit ", "target ", "built by rustc "] {
        assert!(long.contains(part), "{long}");
    }
}

#[test]
fn the_manual_and_the_places_of_things_can_be_had() {
    let dir = TempDir::new().unwrap();
    let manual = dir.path().join("man");
    say(&["man", manual.to_str().unwrap()]);
    for page in ["switchboard.1", "switchboard-migrate.1", "switchboard-config.5"] {
        assert!(manual.join(page).is_file(), "{page}");
    }
    assert!(say(&["man"]).contains(".TH"));
    assert!(say(&["completions", "bash"]).contains("_switchboard"));
    let info = say(&["info"]);
    for place in ["state dir", "config dir", "switchboard.log", "SWITCHBOARD_STATE_DIR"] {
        assert!(info.contains(place), "{info}");
    }
}
