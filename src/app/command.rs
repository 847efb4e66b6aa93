//! The commands of the `:` line: one table, read by the line itself, by help and by the README.

use crate::app::action::Action;

/// One command.
#[derive(Debug)]
pub struct Command {
    /// Its names, the full one first.
    pub names: &'static [&'static str],
    /// What follows the name, in words; empty where nothing may.
    pub argument: &'static str,
    /// What it does.
    pub does: Does,
    /// A line for help and manual.
    pub help: &'static str,
}

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// The same as a key.
    Wish(Action),
    /// Asks before deleting; the argument is what has to be typed there.
    Delete,
    /// Plans to set a value in attributes; the argument is a pointer and a value.
    Set,
    /// Switches the webhooks of this session.
    Webhooks,
    /// Switches to the profile of this name; without one lists them.
    Profile,
    /// Looks for a text in all services; without one goes back to what was found.
    Find,
    /// Goes to the service of this name or sid.
    Service,
    /// Goes to the memberships of the user of this identity or sid.
    User,
    /// Goes to the channel of this unique name or sid.
    Channel,
    /// Sorts the list by this column.
    Sort,
    /// Lets the practice account go wrong.
    Sandbox,
}

impl Does {
    /// Whether it is nothing without its argument.
    pub const fn needs_argument(self) -> bool {
        matches!(
            self,
            Self::Set
                | Self::Webhooks
                | Self::Service
                | Self::User
                | Self::Channel
                | Self::Sort
                | Self::Sandbox
        )
    }
}

impl Command {
    /// Its full name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}

const fn wish(names: &'static [&'static str], action: Action, help: &'static str) -> Command {
    Command { names, argument: "", does: Does::Wish(action), help }
}

/// All commands.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    wish(&["new"], Action::New, "make a channel in this service, or a Flex channel where those are listed"),
    Command { names: &["delete"], argument: "last 4 of the sid", does: Does::Delete, help: "delete the channel, or all that are marked, or remove the user from the channel, that the cursor is on; asks first" },
    Command { names: &["set"], argument: "/pointer value", does: Does::Set, help: "set a value (JSON) in the attributes of the channels that are marked, or filtered, or of the one under the cursor; shows a plan first" },
    wish(&["edit"], Action::Edit, "edit what the cursor is on"),
    wish(&["migrate"], Action::Migrate, "make the public channel private, or all that are marked or filtered, for good; asks first"),
    wish(&["mute"], Action::Mute, "mute or unmute the membership"),
    wish(&["mute-all"], Action::MuteAll, "mute all memberships of the user; shows a plan first"),
    wish(&["unmute-all"], Action::UnmuteAll, "unmute all memberships of the user; shows a plan first"),
    wish(&["channels"], Action::ViewChannels, "the channels of this service"),
    wish(&["users"], Action::ViewUsers, "the users of this service"),
    wish(&["members"], Action::ViewMembers, "the members of the channel"),
    Command { names: &["webhooks"], argument: "on or off", does: Does::Webhooks, help: "whether writes tell the service's webhooks, for this session; each form and question can still switch it" },
    Command { names: &["profile"], argument: "name", does: Does::Profile, help: "switch to another account; without a name lists them" },
    wish(&["sign-in"], Action::SignIn, "enter the credentials of another account; they are tried before they are kept"),
    wish(&["tour"], Action::Tour, "a walk through the practice account"),
    wish(&["info"], Action::Info, "the account, and who said which part of it"),
    Command { names: &["find"], argument: "text", does: Does::Find, help: "look in all services for channels and users that hold the text in a name, unique name, identity or sid; without one: back to what was found" },
    Command { names: &["service"], argument: "name or sid", does: Does::Service, help: "go to the channels of a service" },
    Command { names: &["user", "u"], argument: "identity or sid", does: Does::User, help: "go to the memberships of a user of this service; one that is not loaded is looked up" },
    Command { names: &["channel"], argument: "unique name or sid", does: Does::Channel, help: "go to a channel of this service; one that is not loaded is looked up" },
    Command { names: &["sort"], argument: "column", does: Does::Sort, help: "sort the list by a column; the same column again: the other way round" },
    Command { names: &["sandbox"], argument: "fault and how much", does: Does::Sandbox, help: "let the practice account go wrong, as in `:sandbox 429 20%`; `:sandbox none` ends that" },
    wish(&["refresh"], Action::Refresh, "read again from the server"),
    wish(&["messages"], Action::ViewMessages, "what was said in the channel"),
    wish(&["invites"], Action::ViewInvites, "who was asked into the channel"),
    wish(&["roles"], Action::ViewRoles, "the roles of this service"),
    wish(&["flex"], Action::ViewFlex, "the Flex channels of the account"),
    wish(&["flows"], Action::ViewFlows, "the flows of Flex"),
    wish(&["journal"], Action::ViewJournal, "every write of this account"),
    wish(&["jobs"], Action::ViewJobs, "the jobs of this account, the newest first"),
    wish(&["print"], Action::PrintBelow, "print all that can be copied below the screen, for terminals without a clipboard"),
    wish(&["undo"], Action::Undo, "take the last write back; shows first what it would do"),
    wish(&["notices"], Action::Messages, "all notices so far"),
    wish(&["help"], Action::Help, "all keys and commands of where you are"),
    wish(&["quit", "q"], Action::Quit, "quit; asks if typed text would be lost"),
];

/// Finds what was typed: the command and its argument.
///
/// # Errors
/// What is wrong, in words that are safe to show.
pub fn parse(typed: &str) -> Result<(&'static Command, &str), String> {
    let typed = typed.trim();
    let (name, argument) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let argument = argument.trim();
    let matching = matching(name);
    let exact = matching.iter().find(|command| command.names.contains(&name));
    let command = match (exact, matching.as_slice()) {
        (Some(command), _) => command,
        (None, [only]) => only,
        (None, []) => {
            return Err(format!("there is no command {}; F1 lists them", quoted(name)));
        }
        (None, several) => {
            let names: Vec<&str> =
                several.iter().filter_map(|it| it.names.first()).copied().collect();
            return Err(format!("{} could be {}", quoted(name), names.join(" or ")));
        }
    };
    if command.argument.is_empty() && !argument.is_empty() {
        let name = command.names.first().copied().unwrap_or_default();
        return Err(format!(":{name} takes nothing after its name"));
    }
    Ok((command, argument))
}

fn quoted(text: &str) -> String {
    format!("“{}”", crate::api::remote_text::shown(text).text())
}

/// The commands that begin so.
pub fn matching(name: &str) -> Vec<&'static Command> {
    let begins = |command: &&Command| command.names.iter().any(|it| it.starts_with(name));
    COMMANDS.iter().filter(begins).collect()
}

/// The commands that take an argument and begin so; one alone where it is called that.
pub fn with_argument(name: &str) -> Vec<&'static Command> {
    if let Some(exact) = COMMANDS.iter().find(|command| command.names.contains(&name)) {
        return if exact.argument.is_empty() { Vec::new() } else { vec![exact] };
    }
    matching(name).into_iter().filter(|command| !command.argument.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn does(typed: &str) -> Result<(Does, &str), String> {
        parse(typed).map(|(command, argument)| (command.does, argument))
    }

    #[test]
    fn a_command_is_found_by_its_name_or_a_beginning_that_is_its_own() {
        assert_eq!(does("q"), Ok((Does::Wish(Action::Quit), "")));
        assert_eq!(does(" quit "), Ok((Does::Wish(Action::Quit), "")));
        assert_eq!(does("del e07c"), Ok((Does::Delete, "e07c")));
        assert_eq!(does("webhooks   on"), Ok((Does::Webhooks, "on")));
        assert_eq!(
            does("m").unwrap_err(),
            "“m” could be migrate or mute or mute-all or members or messages"
        );
        assert_eq!(does("nope").unwrap_err(), "there is no command “nope”; F1 lists them");
        assert_eq!(does("q now").unwrap_err(), ":quit takes nothing after its name");
        assert!(does("\u{1b}[31m").unwrap_err().contains('␛'));
    }

    #[test]
    fn what_takes_an_argument_is_found_by_its_beginning() {
        let names = |typed: &str| -> Vec<&str> {
            with_argument(typed).iter().map(|command| command.name()).collect()
        };
        assert_eq!(names("u"), ["user"]);
        assert_eq!(names("chan"), ["channel"]);
        assert_eq!(names("se"), ["set", "service"]);
        assert_eq!(names("quit"), [""; 0]);
    }

    #[test]
    fn no_two_commands_share_a_name() {
        let mut seen = std::collections::HashSet::new();
        assert!(COMMANDS.iter().flat_map(|command| command.names).all(|name| seen.insert(name)));
    }
}
