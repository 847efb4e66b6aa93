//! What can follow a command's name, from what is loaded: no key asks the server anything.

use super::{
    Row, Run, actions,
    fuzzy::{Fit, Sought},
};
use crate::api::{
    chat::services::Service,
    remote_text::{RemoteText, shown},
    sid::Sid,
};
use crate::app::{
    columns::sortable,
    command::{self, Command, Does},
    entities::ChannelRow,
    find,
    model::Model,
    place::Place,
    places::services,
    query::Query,
    views,
};

/// So many are ranked; of more the first that hold the text.
const RANKED: usize = 2_000;
/// So many are shown at most.
const SHOWN: usize = 50;

/// The rows for a command whose argument is being typed.
pub(super) fn rows(model: &Model, name: &str, argument: &str) -> Vec<Row> {
    let matching: Vec<&Command> = command::with_argument(name);
    let [command] = matching.as_slice() else {
        return matching.iter().map(|command| usage(model, command, argument)).collect();
    };
    let argument = argument.trim_start();
    let completed = match command.does {
        Does::Service => of_services(model, argument),
        Does::User => of_users(model, argument),
        Does::Channel => of_channels(model, argument),
        Does::Profile => of_profiles(model, argument),
        Does::View => of_views(model, argument),
        Does::Sort => of_fields(model, argument),
        Does::Columns => of_columns(model, argument),
        Does::Webhooks => of_words(command, &["on", "off"], argument),
        Does::Sandbox => of_words(command, FAULTS, argument),
        _ => Vec::new(),
    };
    if let Some(why) = actions::refusal(model, command.does) {
        return vec![Row { why_not: Some(why), ..usage(model, command, argument) }];
    }
    let takes_any = matches!(
        command.does,
        Does::User
            | Does::Channel
            | Does::View
            | Does::Columns
            | Does::Sandbox
            | Does::Delete
            | Does::Set
            | Does::Find
    );
    let is_there = completed.iter().any(|row| row.name == format!("{} {argument}", command.name()));
    let mut rows = completed;
    let is_needed = argument.is_empty() && command.does.needs_argument();
    if (takes_any && !is_there && !is_needed) || (argument.is_empty() && !is_needed) {
        let own = usage(model, command, argument);
        // What was typed in full comes first where there is nothing to look up.
        let is_looked_up = match command.does {
            Does::User | Does::Channel => true,
            Does::View => !argument.contains(' '),
            // After a name that is whole, what stands there can be run.
            Does::Columns => !argument.is_empty() && !argument.ends_with([',', ' ']),
            _ => false,
        };
        let at = if is_looked_up { rows.len() } else { 0 };
        rows.insert(at, own);
    }
    rows
}

/// What can go wrong in a practice run, as it is typed.
pub const FAULTS: &[&str] = &[
    "none",
    "429 20%",
    "500 5%",
    "500-writes 5%",
    "latency 800ms",
    "drop 5%",
    "drop-writes 5%",
    "cut 2%",
    "limit 30/s",
    "offline",
];

/// The line as it stands.
fn usage(model: &Model, command: &Command, argument: &str) -> Row {
    let line = format!("{} {argument}", command.name());
    let words = match command.does {
        Does::User if !argument.is_empty() => "ask the server for this identity".to_owned(),
        Does::Channel if !argument.is_empty() => "ask the server for this unique name".to_owned(),
        _ => format!("{}: {}", command.argument, command.help.replace('`', "")),
    };
    let run =
        if argument.is_empty() && command.does.needs_argument() { Run::Fill } else { Run::Line };
    let why_not = actions::refusal(model, command.does);
    Row { name: shown(&line).text(), words, key: String::new(), why_not, line, run }
}

fn row(command: &str, value: &str, words: String, run: Run) -> Row {
    let line = format!("{command} {value}");
    Row { name: shown(&line).text(), words, key: String::new(), why_not: None, line, run }
}

/// The best of them first; equals stay as they were.
fn ranked(mut fitting: Vec<(Fit, Row)>) -> Vec<Row> {
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    fitting.truncate(SHOWN);
    fitting.into_iter().map(|(_, row)| row).collect()
}

/// A name that can be typed, else the sid.
fn typeable(name: Option<&str>, sid: &impl ToString) -> String {
    let is_plain = |name: &&str| !name.trim().is_empty() && !shown(name).has_escapes();
    name.filter(is_plain).map_or_else(|| sid.to_string(), str::to_owned)
}

fn of_services(model: &Model, argument: &str) -> Vec<Row> {
    let mut sought = Sought::new(argument);
    let fitting = model.lists.services.first_rows().iter().filter_map(|&service| {
        let title = services::title(&model.entities, service);
        let fit = sought.name(&title).max(sought.name(&service.to_string()))?;
        let run = Run::Go(vec![Place::Channels(service)]);
        let name = model.entities.service(service).and_then(|it| it.friendly_name.as_ref());
        let value = typeable(name.map(RemoteText::raw), &service);
        Some((fit, row("service", &value, service.to_string(), run)))
    });
    ranked(fitting.collect())
}

fn of_users(model: &Model, argument: &str) -> Vec<Row> {
    let Some(service) = model.service_at(model.path.focus()) else { return Vec::new() };
    let Some(list) = model.lists.users.get(&service) else { return Vec::new() };
    let held = find::sifted(list.first_rows(), &Query::holding(argument), &model.entities);
    let all = list.first_rows();
    let rows = if held.is_empty() && all.len() <= RANKED { all } else { &held };
    let mut sought = Sought::new(argument);
    let fitting = rows.iter().take(RANKED).filter_map(|&sid| {
        let user = model.entities.user(sid)?;
        let identity = user.identity.raw();
        let friendly = user.friendly_name.as_ref();
        let of_name = friendly.and_then(|name| sought.name(name.raw())).map(lesser);
        let fit = sought.name(identity).max(of_name).max(sought.name(&sid.to_string()))?;
        let run = Run::Go(vec![Place::Users(service), Place::Memberships(service, sid)]);
        let words = friendly.map_or_else(|| sid.to_string(), |name| name.shown().text());
        Some((fit, row("user", &typeable(Some(identity), &sid), words, run)))
    });
    ranked(fitting.collect())
}

fn of_channels(model: &Model, argument: &str) -> Vec<Row> {
    let Some(service) = model.service_at(model.path.focus()) else { return Vec::new() };
    let Some(list) = model.lists.channels.get(&service) else { return Vec::new() };
    let held = find::sifted(list.first_rows(), &Query::holding(argument), &model.entities);
    let all = list.first_rows();
    let rows = if held.is_empty() && all.len() <= RANKED { all } else { &held };
    let mut sought = Sought::new(argument);
    let fitting = rows.iter().take(RANKED);
    let fitting = fitting.filter_map(|&row| of_channel(model, service, row, &mut sought));
    ranked(fitting.collect())
}

fn of_channel(
    model: &Model,
    service: Sid<Service>,
    at: ChannelRow,
    sought: &mut Sought,
) -> Option<(Fit, Row)> {
    let channel = model.entities.channel_at(at)?;
    let unique = channel.unique_name.as_ref().map(RemoteText::raw);
    let friendly = channel.friendly_name.as_ref();
    let of_name = friendly.and_then(|name| sought.name(name.raw())).map(lesser);
    let of_unique = unique.and_then(|name| sought.name(name));
    let fit = of_unique.max(of_name).max(sought.name(&channel.sid.to_string()))?;
    let run = Run::Go(vec![Place::Channels(service), Place::Channel(service, channel.sid)]);
    let words = friendly.map_or_else(String::new, |name| name.shown().text());
    Some((fit, row("channel", &typeable(unique, &channel.sid), words, run)))
}

/// A name that many may bear is never as good as the one that only one bears.
fn lesser(fit: Fit) -> Fit {
    match fit {
        Fit::Is => Fit::Begins,
        fit => fit,
    }
}

fn of_profiles(model: &Model, argument: &str) -> Vec<Row> {
    let mut sought = Sought::new(argument);
    let fitting = model.profiles.choices.iter().filter_map(|choice| {
        let fit = sought.name(&choice.name)?;
        let words = choice.lacks.clone().unwrap_or_else(|| choice.label.clone());
        Some((fit, row("profile", &choice.name, shown(&words).text(), Run::Line)))
    });
    ranked(fitting.collect())
}

fn of_views(model: &Model, argument: &str) -> Vec<Row> {
    let (verb, typed, words) = match argument.split_once(' ') {
        Some(("delete", rest)) => ("delete ", rest.trim_start(), "delete this view"),
        // No other name than the typed one is saved under.
        Some(("save", _)) => return Vec::new(),
        _ => ("", argument, "a saved view"),
    };
    let mut sought = Sought::new(typed);
    let fitting = views::names(model).filter_map(|name| {
        let fit = sought.name(&shown(name).text())?;
        Some((fit, row("view", &format!("{verb}{name}"), words.to_owned(), Run::Line)))
    });
    ranked(fitting.collect())
}

fn of_fields(model: &Model, argument: &str) -> Vec<Row> {
    let Some(rows) = model.rows(model.path.focus()) else { return Vec::new() };
    let present = rows.sort().map(|sort| sort.field);
    let mut sought = Sought::new(argument);
    let first = (None, "server", "the server's order");
    let fields = sortable(model, model.path.focus()).into_iter().map(|(at, field)| {
        let again = if present == Some(at) { "the other way round" } else { field.title };
        (Some(at), field.name, again)
    });
    let fitting = fields.chain([first]).filter_map(|(at, name, words)| {
        Some((sought.name(name)?, row("sort", name, words.to_lowercase(), Run::Sort(at))))
    });
    ranked(fitting.collect())
}

/// The columns that are not named yet, for the name that is typed last.
fn of_columns(model: &Model, argument: &str) -> Vec<Row> {
    let Some(of) = model.path.focus().listed() else { return Vec::new() };
    let begins = argument.rfind([',', ' ']).map_or(0, |at| at + 1);
    let (before, typed) = argument.split_at(begins);
    let named: Vec<&str> = before.split([',', ' ']).map(str::trim).collect();
    let mut sought = Sought::new(typed);
    let free = of.columns().iter().filter(|column| !named.contains(&column.name));
    let fitting = free.filter_map(|column| {
        let value = format!("{before}{}", column.name);
        let words = column.title.to_lowercase();
        Some((sought.name(column.name)?, row("columns", &value, words, Run::Line)))
    });
    ranked(fitting.collect())
}

fn of_words(command: &Command, words: &[&str], argument: &str) -> Vec<Row> {
    let mut sought = Sought::new(argument);
    let fitting = words.iter().filter_map(|word| {
        Some((sought.name(word)?, row(command.name(), word, String::new(), Run::Line)))
    });
    ranked(fitting.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::COMMANDS;

    #[test]
    fn what_is_offered_to_go_wrong_is_read_by_the_practice_account() {
        for fault in FAULTS {
            let spelled = fault.replace(' ', "=");
            assert!(spelled.parse::<crate::sandbox::Faults>().is_ok(), "{fault}");
        }
        assert!(COMMANDS.iter().any(|command| command.does == Does::Sandbox));
    }
}
