//! One table of keys. Behaviour, footer, help, palette, `switchboard keys` and the README's table are its readers; what
//! the person's config says otherwise is laid over it once, at the start.

mod bindings;
mod map;
mod markdown;
mod names;
mod rebind;
mod token;

pub use self::{
    bindings::BINDINGS,
    map::{Bound, Keymap, Lookup},
    markdown::{Telling, command_spelled},
    names::{actions, contexts, name},
    rebind::Odd,
    token::token,
};
use crate::app::action::Action;

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
    /// Messages and other texts laid over the screen.
    Overlay,
    /// The sheet of keys.
    Help,
    /// What can be done to the row.
    Menu,
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
    /// The list of profiles.
    Profiles,
    /// The screen without credentials.
    FirstRun,
    /// Credentials being typed.
    SignIn,
    /// The walk through the practice account.
    Tour,
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

/// What lies below a context when it is the topmost but for the places, the topmost first.
const BELOW_LIST: [Context; 3] = [Context::List, Context::Global, Context::Always];

/// The contexts that can hold together, the topmost first.
pub fn stacks() -> Vec<Vec<Context>> {
    let of_list = PLACES.iter().map(|place| [&[*place][..], &BELOW_LIST].concat());
    let global = |above: &[Context]| [above, &BELOW_LIST[1..]].concat();
    let alone = |context: &Context| vec![*context, Context::Always];
    let mut stacks: Vec<Vec<Context>> = of_list.collect();
    stacks.push(BELOW_LIST.to_vec());
    stacks.extend([
        global(&[Context::Channel, Context::Tree]),
        global(&[Context::Tree]),
        global(&[Context::FlexChannel]),
        global(&[Context::Journal, Context::Text]),
        global(&[Context::Text]),
    ]);
    stacks.extend(ALONE.iter().map(alone));
    stacks
}

/// Lists that have keys of their own.
const PLACES: &[Context] = &[
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
    Context::Journal,
    Context::Jobs,
    Context::Job,
];

/// What lies over the places and hides their keys.
const ALONE: &[Context] = &[
    Context::Form,
    Context::Prompt,
    Context::Command,
    Context::Delete,
    Context::Migrate,
    Context::Entry,
    Context::Overlay,
    Context::Help,
    Context::Menu,
    Context::Review,
    Context::Undo,
    Context::Quit,
    Context::Switch,
    Context::Plan,
    Context::Roll,
    Context::Leaving,
    Context::Offer,
    Context::Sort,
    Context::Profiles,
    Context::FirstRun,
    Context::SignIn,
    Context::Tour,
];

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
            Context::Help,
            Context::Menu,
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
            Context::Profiles,
            Context::Switch,
            Context::FirstRun,
            Context::SignIn,
            Context::Tour,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn lookup(contexts: &[Context], pressed: &str) -> Lookup<'static> {
        static KEYMAP: std::sync::LazyLock<Keymap> = std::sync::LazyLock::new(Keymap::default);
        KEYMAP.lookup(contexts, pressed)
    }

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
        for context in [
            Context::Form,
            Context::Prompt,
            Context::Command,
            Context::Entry,
            Context::Help,
            Context::SignIn,
        ] {
            for letter in (' '..='~').map(String::from) {
                let found = lookup(&[context, Context::Always], &letter);
                // Nobody looks for a key by it, and it closes what it opened.
                if (context, letter.as_str()) == (Context::Help, "?") {
                    continue;
                }
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
    fn every_context_stands_in_a_stack() {
        let stacks = stacks();
        for context in contexts() {
            assert!(stacks.iter().any(|stack| stack.contains(&context)), "{context:?}");
        }
    }

    #[test]
    fn every_context_has_a_section() {
        for binding in BINDINGS {
            let first = binding.contexts.first().expect("a context");
            assert!(SECTIONS.iter().any(|(_, contexts)| contexts.contains(first)), "{first:?}");
        }
    }
}
