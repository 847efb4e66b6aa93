//! The keys as Markdown, for the README and `switchboard keys`.

use super::{Bound, Keymap, SECTIONS, name, spelled};
use crate::app::command::{COMMANDS, Command};

/// How much of a row is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// Keys, and what they do.
    Plain,
    /// Also what `[keys]` in the config calls the action, and where it holds.
    WithActions,
}

impl Keymap {
    /// The keys in force: one section a group of contexts, one row a binding.
    pub fn markdown(&self, telling: Telling) -> String {
        let mut text = String::new();
        let heads = match telling {
            Telling::Plain => "| keys | what |\n|---|---|\n",
            Telling::WithActions => "| keys | action | where | what |\n|---|---|---|---|\n",
        };
        for (title, contexts) in SECTIONS {
            let of = |row: &&Bound| row.contexts.first().is_some_and(|c| contexts.contains(c));
            text.extend(["\n**", title, "**\n\n", heads]);
            // What has no key is told to those who want to give it one.
            let told = |row: &&Bound| telling == Telling::WithActions || !row.keys.is_empty();
            for row in self.rows().iter().filter(of).filter(told) {
                text.push_str(&line(row, telling));
            }
        }
        text.push_str("\n**After `:`** (a beginning that is its own is enough)\n\n| command | what |\n|---|---|\n");
        for command in COMMANDS {
            text.extend(["| `", &command_spelled(command), "` | ", command.help, " |\n"]);
        }
        text.trim_start().to_owned()
    }
}

fn line(row: &Bound, telling: Telling) -> String {
    let key = |key: &String| format!("`{}`", spelled(key).replace('|', "\\|"));
    let keys: Vec<String> = row.keys.iter().map(key).collect();
    let (keys, help) = (keys.join(" "), row.help);
    if telling == Telling::Plain {
        return format!("| {keys} | {help} |\n");
    }
    let contexts: Vec<String> = row.contexts.iter().map(name).collect();
    format!("| {keys} | `{}` | {} | {help} |\n", name(row.action), contexts.join(", "))
}

/// A command as people read it.
pub fn command_spelled(command: &Command) -> String {
    let names: Vec<String> = command.names.iter().map(|name| format!(":{name}")).collect();
    let argument = match command.argument {
        "" => String::new(),
        words => format!(" ({words})"),
    };
    format!("{}{argument}", names.join(" "))
}
