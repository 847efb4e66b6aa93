//! `switchboard man` and `switchboard completions`: made of the same tables that the program itself reads.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::{
    Man,
    roff::{Roff, bold, italic, roman},
};

use crate::{
    app::keymap,
    cli::Cli,
    commands::{Exit, Failed, headless::tell, print},
    config::{
        look::ROLES,
        options::{COLUMNS, Known, PROFILE, THEME, VARIABLES, WHOLE},
    },
};

/// Prints what makes a shell complete our command lines.
pub(crate) fn completions(shell: Shell) -> Result<Exit, Failed> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "switchboard", &mut script);
    print(&String::from_utf8_lossy(&script)).map(|()| Exit::Ok)
}

/// Prints the first page of the manual, or writes all of them to a directory.
pub(crate) fn man(dir: Option<&Path>) -> Result<Exit, Failed> {
    let Some(dir) = dir else {
        let page = page(Cli::command())?;
        return print(&String::from_utf8_lossy(&page)).map(|()| Exit::Ok);
    };
    fs::create_dir_all(dir).map_err(|error| failed(dir, &error))?;
    let pages = pages()?;
    for (name, page) in &pages {
        let path = dir.join(name);
        fs::write(&path, page).map_err(|error| failed(&path, &error))?;
    }
    tell(&format!("{} pages in {}", pages.len(), dir.display()));
    Ok(Exit::Ok)
}

fn failed(path: &Path, error: &io::Error) -> Failed {
    Failed::new(Exit::Failure, format!("{}: {error}", path.display()))
}

/// All pages, by the names of their files.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut whole = Cli::command().disable_help_subcommand(true);
    whole.build();
    let mut pages = vec![("switchboard-config.5".to_owned(), config()?)];
    let mut left = vec![("switchboard".to_owned(), whole)];
    while let Some((name, command)) = left.pop() {
        for inner in command.get_subcommands() {
            let name = format!("{name}-{}", inner.get_name());
            left.push((name.clone(), inner.clone().display_name(name)));
        }
        pages.push((format!("{name}.1"), page(command)?));
    }
    pages.sort();
    Ok(pages)
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let command = command.disable_help_subcommand(true);
    let mut page = Vec::new();
    Man::new(command).manual("Switchboard").render(&mut page)?;
    Ok(page)
}

/// The page of `config.toml`.
fn config() -> io::Result<Vec<u8>> {
    let mut roff = Roff::new();
    roff.control("TH", ["switchboard-config", "5", "", env!("CARGO_PKG_VERSION"), "Switchboard"]);
    let section = |roff: &mut Roff, title: &str, words: &[&str]| {
        roff.control("SH", [title]);
        for words in words {
            roff.control("PP", []).text([roman(*words)]);
        }
    };
    section(&mut roff, "NAME", &["switchboard-config - accounts and settings of switchboard"]);
    section(
        &mut roff,
        "DESCRIPTION",
        &[
            "config.toml lies in SWITCHBOARD_CONFIG_DIR, else in the platform's config directory \
             (~/.config/switchboard). All of it is optional. What is wrong is told with its line and column, and \
             unknown keys are warned of. switchboard info tells which account it is and who said each part of it.",
            "-p NAME wins over the environment, and that over the active profile; -p environment takes the variables.",
        ],
    );
    section(&mut roff, "KEYS OF THE FILE", &[]);
    keys(&mut roff, WHOLE);
    section(
        &mut roff,
        "KEYS OF A PROFILE",
        &["Below [profiles.NAME], as many profiles as there are accounts:"],
    );
    keys(&mut roff, PROFILE);
    let words = "Below [theme]. A colour is \"#5ccfe6\", one of the terminal's own by its name (black, red, green, yellow, \
                 blue, magenta, cyan, white, each also bright-), or default; \"white on #2a5caa\" names the ground too.";
    section(&mut roff, "COLOURS", &[words]);
    keys(&mut roff, THEME);
    for (name, _, help) in ROLES {
        let key = [bold(*name), roman(" = "), italic("\"COLOUR\"")];
        roff.control("TP", []).text(key).text([roman(*help)]);
    }
    other_keys(&mut roff);
    let words = "Below [columns], one a list: which of its columns show, and in which order. What a list cannot do without \
                 (the name, the type of a channel) shows in any case; on a narrow screen the others give way in their usual \
                 order. A column is called as in a filter, or by its head.";
    section(&mut roff, "COLUMNS", &[words]);
    keys(&mut roff, COLUMNS);
    section(&mut roff, "ENVIRONMENT", &[]);
    for (name, help) in VARIABLES {
        roff.control("TP", []).text([bold(*name)]).text([roman(*help)]);
    }
    section(&mut roff, "SEE ALSO", &["switchboard(1)"]);
    let mut page = Vec::new();
    roff.to_writer(&mut page)?;
    page.flush()?;
    Ok(page)
}

/// The section of `[keys]`.
fn other_keys(roff: &mut Roff) {
    const WORDS: [&str; 3] = [
        "Below [keys] an action gets other keys: open = [\"Enter\", \"o\"], mute = \"M\", or with [] none. list.open = \"o\" \
         holds in lists alone. A key is a letter, two letters pressed one after the other (a small one first), ^d, \
         Enter, Space, Tab, S-Tab, Backspace, Delete, Insert, Home, End, PgUp, PgDn, Up, Down, Left, Right, F1 to F12, \
         or Alt-x.",
        "Esc, F1 and ^c stay what they are, and quit keeps a key. Where text is typed letters stay text. Two meanings \
         of one key in one context are refused; one that another context hides is warned of. What deletes has no key.",
        "switchboard keys --actions prints the keys in force with the actions' names and where each holds.",
    ];
    roff.control("SH", ["KEYS OF THE CONSOLE"]);
    for words in WORDS {
        roff.control("PP", []).text([roman(words)]);
    }
    let names = |names: Vec<String>| names.join(", ");
    let actions = names(keymap::actions().iter().map(keymap::name).collect());
    let contexts = names(keymap::contexts().iter().map(keymap::name).collect());
    roff.control("TP", []).text([bold("actions")]).text([roman(actions)]);
    roff.control("TP", []).text([bold("contexts")]).text([roman(contexts)]);
}

fn keys(roff: &mut Roff, keys: &[Known]) {
    for known in keys {
        let key = [bold(known.key), roman(" = "), italic(known.takes)];
        roff.control("TP", []).text(key).text([roman(known.help)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_page_and_every_key_its_line() {
        let pages = pages().unwrap();
        let text = |name: &str| {
            let page = pages.iter().find(|(page, _)| page == name);
            String::from_utf8(page.unwrap_or_else(|| panic!("{name}")).1.clone()).unwrap()
        };
        for command in Cli::command().get_subcommands() {
            let page = text(&format!("switchboard-{}.1", command.get_name()));
            assert!(page.contains(".TH") && page.contains("SYNOPSIS"), "{page}");
        }
        assert!(text("switchboard-jobs-resume.1").contains("retry"));
        assert!(text("switchboard.1").contains("sandbox"));
        let config = text("switchboard-config.5");
        for known in WHOLE.iter().chain(PROFILE).chain(COLUMNS) {
            assert!(config.contains(&format!("\\fB{}\\fR", known.key)), "{config}");
        }
        // Roff writes a dash as \\-.
        let plain = config.replace('\\', "");
        for action in keymap::actions() {
            assert!(plain.contains(&keymap::name(action)), "{action:?}");
        }
    }

    #[test]
    fn every_shell_has_completions() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "switchboard", &mut script);
            let script = String::from_utf8(script).unwrap();
            assert!(script.contains("messaging-service"), "{shell}");
        }
    }

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }
}
