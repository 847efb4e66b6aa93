//! Everything that can be done here: what has a key, and what is a command, each once.

use super::{
    Row, Run,
    fuzzy::{Fit, Sought},
};
use crate::app::{
    action::Action,
    command::{COMMANDS, Command, Does},
    keymap::{Bound, name},
    model::{Model, Session},
    permit,
    place::Place,
};

/// What there is to choose from.
struct Choice {
    row: Row,
    others: &'static [&'static str],
    rank: u8,
}

/// The rows that fit what is typed, the best first.
pub(super) fn rows(model: &Model, typed: &str) -> Vec<Row> {
    let mut sought = Sought::new(typed);
    let mut fitting: Vec<(Fit, u8, Row)> = Vec::new();
    for choice in choices(model) {
        let names = std::iter::once(choice.row.name.as_str()).chain(choice.others.iter().copied());
        let best = names.filter_map(|name| sought.name(name)).max();
        let Some(fit) = best.or_else(|| sought.words(&choice.row.words)) else { continue };
        fitting.push((fit, choice.rank, choice.row));
    }
    // Equals stay in the order of the tables.
    fitting.sort_by_key(|(fit, rank, _)| std::cmp::Reverse((*fit, *rank)));
    let is_told = |fit: Fit, row: &Row| row.why_not.is_none() || fit == Fit::Is;
    let told: Vec<Row> = fitting
        .iter()
        .filter(|(fit, _, row)| is_told(*fit, row))
        .map(|(.., row)| row.clone())
        .collect();
    if !told.is_empty() || typed.is_empty() {
        return told;
    }
    // Nothing of it can be done here: why, rather than nothing.
    fitting.into_iter().map(|(.., row)| row).collect()
}

/// Everything there is, whether or not it can be done here.
pub(super) fn all(model: &Model) -> Vec<Row> {
    choices(model).into_iter().map(|choice| choice.row).collect()
}

fn choices(model: &Model) -> Vec<Choice> {
    let contexts = model.ground();
    let mut choices: Vec<Choice> = Vec::new();
    let of_command =
        |action: Action| COMMANDS.iter().find(|command| command.does == Does::Wish(action));
    let mut seen: Vec<Action> = Vec::new();
    for row in model.keymap.within(&contexts).filter(|row| is_offered(row.action)) {
        if seen.contains(&row.action) {
            continue;
        }
        seen.push(row.action);
        choices.push(bound(model, row, of_command(row.action)));
    }
    let is_seen = |command: &Command| match command.does {
        Does::Wish(action) => seen.contains(&action),
        _ => false,
    };
    choices.extend(COMMANDS.iter().filter(|it| !is_seen(it)).map(|it| of(model, it)));
    choices
}

/// What is no use without its key, or while a line is typed.
fn is_offered(action: Action) -> bool {
    !matches!(
        action,
        Action::Down | Action::Up | Action::Command | Action::FoldToDepth | Action::Peel
    )
}

fn bound(model: &Model, row: &Bound, command: Option<&'static Command>) -> Choice {
    let key = model.keymap.key_of(&model.ground(), row.action).unwrap_or_default().to_owned();
    let name = command.map_or_else(|| name(row.action), |it| it.name().to_owned());
    let told = Row {
        line: name.clone(),
        name,
        words: row.help.replace('`', ""),
        key,
        why_not: permit::refusal(model, row.action).map(String::from),
        run: Run::Wish(row.action),
    };
    Choice { row: told, others: command.map_or(&[], |it| it.names), rank: row.rank }
}

/// A command that no key means.
fn of(model: &Model, command: &'static Command) -> Choice {
    let name = command.name();
    let run = match command.does {
        Does::Wish(action) => Run::Wish(action),
        does if does.needs_argument() => Run::Fill,
        _ => Run::Line,
    };
    let blank = if command.argument.is_empty() { "" } else { " " };
    let row = Row {
        name: name.to_owned(),
        words: command.help.replace('`', ""),
        key: String::new(),
        why_not: refusal(model, command.does),
        line: format!("{name}{blank}"),
        run,
    };
    Choice { row, others: command.names, rank: 12 }
}

/// Why a command can do nothing here.
pub(super) fn refusal(model: &Model, does: Does) -> Option<String> {
    let focus = model.path.focus();
    let why = match does {
        Does::Wish(action) => return permit::refusal(model, action).map(String::from),
        Does::Delete => return permit::refusal(model, Action::Delete).map(String::from),
        Does::Profile => return permit::refusal(model, Action::Profiles).map(String::from),
        Does::Set if !matches!(focus, Place::Channels(_)) => {
            "this is for the list of channels; 1 shows it"
        }
        Does::User | Does::Channel if model.service_at(focus).is_none() => "open a service first",
        Does::Sort if model.rows(focus).is_none() => "only lists have an order",
        Does::Sandbox => match &model.session {
            Session::Open(account) if account.practice => return None,
            _ => "only the practice account can be hurt",
        },
        _ => return None,
    };
    Some(why.to_owned())
}
