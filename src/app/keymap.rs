//! One table of keys. Behaviour, footer, help, `switchboard keys` and the README's table are its readers.

mod bindings;
mod token;

pub use self::{bindings::BINDINGS, token::token};
use crate::app::{
    action::Action,
    command::{COMMANDS, Command},
};

/// Where a key means what it means. The model names its contexts from the top; the first that knows the key wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere, even while text is typed.
    Always,
    /// Everywhere but in text.
    Global,
    /// Any list.
    List,
    /// The list of services.
    Services,
    /// The list of channels.
    Channels,
    /// The list of users.
    Users,
    /// The list of members.
    Members,
    /// The list of memberships.
    Memberships,
    /// The messages of a channel.
    Messages,
    /// The invites of a channel.
    Invites,
    /// The roles of a service.
    Roles,
    /// The Flex channels.
    Flex,
    /// The flows.
    Flows,
    /// A Flex channel and its parts.
    FlexChannel,
    /// The journal.
    Journal,
    /// The jobs.
    Jobs,
    /// The rows of a job.
    Job,
    /// A text that is read to its end: a message, a role.
    Text,
    /// A channel.
    Channel,
    /// Any tree of attributes.
    Tree,
    /// A form.
    Form,
    /// A prompt at the foot.
    Prompt,
    /// The command line.
    Command,
    /// The question before deleting: the end of a sid is typed.
    Delete,
    /// The question before migrating.
    Migrate,
    /// A line that is typed inside a question.
    Entry,
    /// Help, messages and other texts laid over the screen.
    Overlay,
    /// The last look before a write.
    Review,
    /// The last look before a write is taken back.
    Undo,
    /// The question before quitting with unsaved text.
    Quit,
    /// The question before switching to another account with unsaved text.
    Switch,
    /// What many writes would do, before they begin.
    Plan,
    /// The rows of such a plan.
    Roll,
    /// The question before leaving a job that is at work.
    Leaving,
    /// The address that was pasted.
    Offer,
    /// What a list can be sorted by.
    Sort,
    /// The saved views.
    Views,
    /// The list of profiles.
    Profiles,
    /// The screen without credentials.
    FirstRun,
}

/// One row of the table.
#[derive(Debug)]
pub struct Binding {
    /// Where it holds.
    pub contexts: &'static [Context],
    /// The keys, as [`token`] spells them; two letters mean one after the other.
    pub keys: &'static [&'static str],
    /// What is wished for.
    pub action: Action,
    /// A word or two for the footer; empty keeps it out.
    pub hint: &'static str,
    /// A line for help and manual.
    pub help: &'static str,
    /// Which hints go first when the footer is narrow: the highest.
    pub rank: u8,
}

/// What a key means.
#[derive(Debug, Clone, Copy)]
pub enum Lookup {
    /// This binding.
    Found(&'static Binding),
    /// The beginning of a longer one.
    Prefix,
    /// Nothing.
    Nothing,
}

/// Looks a key (after what was pressed before it, if that was a prefix) up in the contexts, the topmost first.
pub fn lookup(contexts: &[Context], pressed: &str) -> Lookup {
    let mut prefix = false;
    for context in contexts {
        for binding in BINDINGS.iter().filter(|binding| binding.contexts.contains(context)) {
            if binding.keys.contains(&pressed) {
                return Lookup::Found(binding);
            }
            prefix |= binding.keys.iter().any(|key| is_prefix(pressed, key));
        }
    }
    if prefix { Lookup::Prefix } else { Lookup::Nothing }
}

/// Two small or one small and one other letter are keys one after the other; `F1` and `Up` are keys of their own.
fn is_prefix(pressed: &str, key: &str) -> bool {
    let is_pair = key.chars().count() == 2 && key.starts_with(|c: char| c.is_ascii_lowercase());
    is_pair && pressed.chars().count() == 1 && key.starts_with(pressed)
}

/// The key with which a binding begins: of two that are pressed one after the other the first.
pub fn first_press(key: &str) -> &str {
    let first = key.chars().next().map_or(0, char::len_utf8);
    match key.split_at_checked(first) {
        Some((first, rest)) if !rest.is_empty() && is_prefix(first, key) => first,
        _ => spelled(key),
    }
}

/// What can follow a key that is pressed: each key with its binding.
pub fn after(contexts: &[Context], prefix: &str) -> Vec<(&'static str, &'static Binding)> {
    let rows = BINDINGS.iter().filter(|row| row.contexts.iter().any(|of| contexts.contains(of)));
    rows.flat_map(|row| row.keys.iter().map(move |key| (*key, row)))
        .filter(|(key, _)| is_prefix(prefix, key))
        .filter_map(|(key, row)| Some((key.strip_prefix(prefix)?, row)))
        .collect()
}

/// A key as people read it.
pub fn spelled(key: &str) -> &str {
    match key {
        "Down" => "↓",
        "Up" => "↑",
        "Left" => "←",
        "Right" => "→",
        other => other,
    }
}

/// The table as Markdown: one section a group of contexts, one row a binding.
pub fn markdown() -> String {
    let mut text = String::new();
    for (title, contexts) in SECTIONS {
        let rows = BINDINGS
            .iter()
            .filter(|row| row.contexts.first().is_some_and(|c| contexts.contains(c)));
        text.extend(["\n**", title, "**\n\n| keys | what |\n|---|---|\n"]);
        for row in rows {
            let keys: Vec<String> = row
                .keys
                .iter()
                .map(|key| format!("`{}`", spelled(key).replace('|', "\\|")))
                .collect();
            text.extend(["| ", &keys.join(" "), " | ", row.help, " |\n"]);
        }
    }
    text.push_str("\n**After `:`** (a beginning that is its own is enough)\n\n| command | what |\n|---|---|\n");
    for command in COMMANDS {
        text.extend(["| `", &command_spelled(command), "` | ", command.help, " |\n"]);
    }
    text.trim_start().to_owned()
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

/// The order in which help and README tell the contexts.
pub const SECTIONS: &[(&str, &[Context])] = &[
    ("Everywhere", &[Context::Global, Context::Always]),
    (
        "In lists",
        &[
            Context::List,
            Context::Services,
            Context::Channels,
            Context::Users,
            Context::Members,
            Context::Memberships,
            Context::Messages,
            Context::Invites,
            Context::Roles,
            Context::Flex,
            Context::Flows,
            Context::FlexChannel,
            Context::Journal,
            Context::Jobs,
            Context::Job,
            Context::Text,
        ],
    ),
    ("In attributes", &[Context::Channel, Context::Tree]),
    ("In forms and prompts", &[Context::Form, Context::Prompt, Context::Command]),
    (
        "Over the screen",
        &[
            Context::Overlay,
            Context::Delete,
            Context::Migrate,
            Context::Entry,
            Context::Review,
            Context::Undo,
            Context::Plan,
            Context::Roll,
            Context::Leaving,
            Context::Quit,
            Context::Offer,
            Context::Sort,
            Context::Views,
            Context::Profiles,
            Context::Switch,
            Context::FirstRun,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_context_gives_a_key_two_meanings() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for context in binding.contexts {
                for key in binding.keys {
                    assert!(seen.insert((*context, *key)), "{context:?} has {key} twice");
                }
            }
        }
    }

    #[test]
    fn no_prefix_hides_behind_a_whole_key() {
        for binding in BINDINGS {
            for context in binding.contexts {
                for key in binding.keys.iter().filter(|key| is_prefix(&key[..1], key)) {
                    let first = &key[..1];
                    assert!(
                        matches!(lookup(&[*context, Context::Global], first), Lookup::Prefix),
                        "{key} cannot be reached in {context:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn letters_are_text_where_text_is_typed() {
        for context in [Context::Form, Context::Prompt, Context::Command, Context::Entry] {
            for letter in (' '..='~').map(String::from) {
                let found = lookup(&[context, Context::Always], &letter);
                assert!(matches!(found, Lookup::Nothing), "{context:?} takes {letter:?}");
            }
        }
    }

    #[test]
    fn the_keys_that_old_terminals_cannot_send_are_not_used() {
        let bad = ["^m", "^i", "^[", "^a"];
        assert!(BINDINGS.iter().all(|row| row.keys.iter().all(|key| !bad.contains(key))));
    }

    #[test]
    fn every_context_has_a_section() {
        for binding in BINDINGS {
            let first = binding.contexts.first().expect("a context");
            assert!(SECTIONS.iter().any(|(_, contexts)| contexts.contains(first)), "{first:?}");
        }
    }
}
