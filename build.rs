//! What `--version` tells: from which commit this was built, for what, and by which compiler. None of it is needed: a
//! copy without history, or a packaged crate, says so.

use std::{env, fs, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SWITCHBOARD_COMMIT");
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=SWITCHBOARD_TARGET={target}");
    let rustc = env::var("RUSTC").ok().and_then(|rustc| said(Command::new(rustc).arg("--version")));
    println!("cargo::rustc-env=SWITCHBOARD_RUSTC={}", rustc.as_deref().unwrap_or("unknown"));
    let commit = commit().unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=SWITCHBOARD_COMMIT={commit}");
}

/// The commit: as whoever builds says, as the packaged crate says, or as git says of this very directory.
fn commit() -> Option<String> {
    if let Some(told) = env::var("SWITCHBOARD_COMMIT").ok().filter(|told| !told.trim().is_empty()) {
        return Some(told.trim().chars().take(64).collect());
    }
    let home = env::var("CARGO_MANIFEST_DIR").ok()?;
    packaged(Path::new(&home)).or_else(|| of_git(Path::new(&home)))
}

fn packaged(home: &Path) -> Option<String> {
    let text = fs::read_to_string(home.join(".cargo_vcs_info.json")).ok()?;
    let (_, behind) = text.split_once("\"sha1\"")?;
    let sha = behind.split('"').nth(1)?;
    let is_sha = sha.len() >= 12 && sha.chars().all(|digit| digit.is_ascii_hexdigit());
    is_sha.then(|| sha.chars().take(12).collect())
}

fn of_git(home: &Path) -> Option<String> {
    let git = |arguments: &[&str]| said(Command::new("git").arg("-C").arg(home).args(arguments));
    // Not the repository that a copy of the sources happens to lie in.
    let top = fs::canonicalize(git(&["rev-parse", "--show-toplevel"])?).ok()?;
    if top != fs::canonicalize(home).ok()? {
        return None;
    }
    // Between commits a debug build is made often, and nobody asks it where it comes from.
    if env::var("PROFILE").is_ok_and(|profile| profile != "release") {
        return Some("not noted in a debug build".to_owned());
    }
    for watched in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", watched]) {
            println!("cargo::rerun-if-changed={}", home.join(path).display());
        }
    }
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let day = git(&["show", "-s", "--format=%cs", "HEAD"]).unwrap_or_default();
    Some(format!("{commit} of {day}"))
}

/// What a program says, where it succeeds.
fn said(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!said.is_empty() && !said.contains('\n')).then_some(said)
}
