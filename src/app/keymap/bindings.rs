//! The table itself.

use super::{Binding, Context};
use crate::app::action::Action;

const fn row(
    contexts: &'static [Context],
    keys: &'static [&'static str],
    action: Action,
    hint: &'static str,
    help: &'static str,
    rank: u8,
) -> Binding {
    Binding { contexts, keys, action, hint, help, rank }
}

/// All keys of Switchboard.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(&[Context::Global, Context::Overlay], &["j", "Down"], Action::Down, "", "one row down", 0),
    row(&[Context::Global, Context::Overlay], &["k", "Up"], Action::Up, "", "one row up", 0),
    row(&[Context::Global, Context::Overlay], &["g", "Home"], Action::Top, "", "to the top", 0),
    row(&[Context::Global, Context::Overlay], &["G", "End"], Action::Bottom, "", "to the bottom", 0),
    row(&[Context::Global, Context::Overlay], &["^d"], Action::HalfDown, "", "half a page down", 0),
    row(&[Context::Global, Context::Overlay], &["^u"], Action::HalfUp, "", "half a page up", 0),
    row(&[Context::Global, Context::Overlay], &["^f", "PgDn"], Action::PageDown, "", "a page down", 0),
    row(&[Context::Global, Context::Overlay], &["^b", "PgUp"], Action::PageUp, "", "a page up", 0),
    row(&[Context::Global], &["h", "Left", "Backspace"], Action::Back, "", "back, to the same row with the same filter", 0),
    row(&[Context::Global], &["Esc"], Action::Peel, "", "take the topmost layer away: the filter or search, then the place; never quits", 0),
    row(&[Context::Global], &["1"], Action::ViewChannels, "channels", "the channels of this service", 30),
    row(&[Context::Global], &["2"], Action::ViewUsers, "users", "the users of this service", 52),
    row(&[Context::Global], &["3"], Action::ViewMembers, "members", "the members of the channel", 50),
    row(&[Context::Global], &["4"], Action::ViewFlex, "Flex", "the Flex channels of the account", 18),
    row(&[Context::Global], &["6"], Action::ViewMessages, "messages", "the messages of the channel, the newest first", 19),
    row(&[Context::Global], &["7"], Action::ViewInvites, "invites", "who was asked into the channel and has not come yet", 16),
    row(&[Context::Global], &["8"], Action::ViewRoles, "roles", "the roles of this service", 15),
    row(&[Context::Global], &["9"], Action::ViewFlows, "flows", "the flows of Flex", 14),
    row(&[Context::Global], &["Tab"], Action::NextPane, "", "the pane to the right (deeper)", 0),
    row(&[Context::Global], &["S-Tab"], Action::PrevPane, "", "the pane to the left (back)", 0),
    row(&[Context::Global], &["i"], Action::Inspect, "inspect", "the attributes on the whole screen, and back", 54),
    row(&[Context::Global], &["e"], Action::Edit, "edit", "edit in a form: a channel's names and attributes, a membership's notification level", 80),
    row(&[Context::Global], &["m"], Action::Mute, "mute", "mute or unmute the membership in place", 85),
    row(&[Context::Channels, Context::Flex, Context::Flows], &["a"], Action::New, "new", "make a new channel in this service, or a new Flex channel", 48),
    row(&[Context::Global], &["M"], Action::Migrate, "migrate", "make a public channel private, for good; asks first", 62),
    row(&[Context::Global], &[":"], Action::Command, "command", "type a command: `:delete`, `:new`, `:webhooks` and more", 56),
    row(&[Context::Global], &["r"], Action::Refresh, "refresh", "read again from the server", 40),
    row(&[Context::Global], &["T"], Action::AbsoluteTimes, "", "times relative or absolute", 0),
    row(&[Context::Global], &["!"], Action::Messages, "", "all messages so far", 0),
    row(&[Context::Global, Context::FirstRun], &["?"], Action::Help, "help", "all keys of where you are", 90),
    row(&[Context::Global, Context::FirstRun], &["q"], Action::Quit, "quit", "close what lies on top, else quit; asks if typed text would be lost", 20),
    row(&[Context::Always], &["F1"], Action::Help, "", "all keys of where you are, also while typing", 0),
    row(&[Context::Always], &["^c"], Action::Cancel, "", "give up waiting; twice within 2 s: quit", 0),
    row(&[Context::Always], &["^l"], Action::Redraw, "", "paint the screen anew", 0),
    row(&[Context::Always], &["^z"], Action::Suspend, "", "suspend to the shell", 0),

    row(&[Context::List, Context::FlexChannel], &["Enter", "l", "Right"], Action::Open, "open", "open the row", 95),
    row(&[Context::List], &["/"], Action::Filter, "filter", "filter: words that rows must hold, `!word` must not", 70),

    row(&[Context::Channel, Context::Tree], &["l", "Right"], Action::Unfold, "", "unfold, or into the first child", 0),
    row(&[Context::Channel, Context::Tree], &["h", "Left"], Action::Fold, "", "fold, or to the parent; at the root: back", 0),
    row(&[Context::Channel, Context::Tree], &["Enter", "Space"], Action::Toggle, "fold", "fold or unfold", 65),
    row(&[Context::Channel, Context::Tree], &["zM"], Action::FoldAll, "", "fold everything", 0),
    row(&[Context::Channel, Context::Tree], &["zR"], Action::UnfoldAll, "", "unfold everything", 0),
    row(&[Context::Channel, Context::Tree], &["z1", "z2", "z3", "z4", "z5", "z6", "z7", "z8", "z9"], Action::FoldToDepth, "", "unfold to this depth", 0),
    row(&[Context::Channel, Context::Tree], &["J"], Action::NextSibling, "", "next sibling", 0),
    row(&[Context::Channel, Context::Tree], &["K"], Action::PrevSibling, "", "previous sibling", 0),
    row(&[Context::Channel, Context::Tree], &["/"], Action::Search, "search", "search keys and values", 70),
    row(&[Context::Channel, Context::Tree], &["n"], Action::SearchNext, "", "next hit", 0),
    row(&[Context::Channel, Context::Tree], &["N"], Action::SearchPrev, "", "previous hit", 0),

    row(&[Context::Form], &["^s"], Action::Save, "save", "save", 90),
    row(&[Context::Form], &["Tab"], Action::NextField, "next field", "next field (in a one-line field also Enter)", 80),
    row(&[Context::Form], &["S-Tab"], Action::PrevField, "", "previous field", 0),
    row(&[Context::Form], &["F5"], Action::Revert, "start over", "start over from what is stored now; again: back to what was typed", 50),
    row(&[Context::Form], &["F8"], Action::SwitchWebhooks, "webhooks", "whether this save tells the service's webhooks", 45),
    row(&[Context::Form], &["Esc"], Action::Leave, "leave", "leave; what was typed is kept for the next `e`", 85),
    row(&[Context::Prompt], &["Enter"], Action::Accept, "keep", "keep the filter or search and go back to the rows", 90),
    row(&[Context::Prompt], &["Esc"], Action::Dismiss, "drop", "back to what was there before", 85),

    row(&[Context::Command], &["Enter"], Action::RunCommand, "run", "run the command", 90),
    row(&[Context::Command], &["Tab"], Action::Complete, "complete", "complete the command's name", 88),
    row(&[Context::Command], &["Esc"], Action::Dismiss, "drop", "back to what was there before", 85),

    row(&[Context::Delete], &["Enter"], Action::Confirm, "delete", "delete, when the end of the sid is typed", 90),
    row(&[Context::Delete, Context::Migrate], &["w"], Action::SwitchWebhooks, "webhooks", "whether the service's webhooks are told", 80),
    row(&[Context::Delete], &["Esc"], Action::Leave, "leave", "leave everything as it is", 85),
    row(&[Context::Migrate], &["y"], Action::Confirm, "migrate, for good", "migrate the channel", 90),
    row(&[Context::Migrate], &["g"], Action::NameMessagingService, "messaging service", "name the messaging service that carries it to phones", 70),
    row(&[Context::Migrate], &["Esc", "n", "q", "h"], Action::Leave, "leave", "leave everything as it is", 85),
    row(&[Context::Entry], &["Enter", "Esc"], Action::Leave, "done", "back to the question", 90),
    row(&[Context::Overlay], &["Esc", "q", "h", "Left", "Backspace", "Enter", "?", "!"], Action::Leave, "close", "close", 90),
    row(&[Context::Quit], &["y"], Action::QuitAnyway, "quit, drop what was typed", "quit and drop what was typed", 90),
    row(&[Context::Quit], &["Esc", "n", "q", "h"], Action::Leave, "stay", "stay", 85),
    row(&[Context::FirstRun], &["1", "Enter", "l"], Action::Practise, "try the sandbox", "start the practice account", 95),
    row(&[Context::FirstRun], &["2"], Action::ShowVariables, "show the variables", "print the variables to export, and quit", 70),
];
