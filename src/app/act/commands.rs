//! The command line: running what is chosen. A command that cannot be run stays there to be mended.

use crate::api::client::Webhooks;
use crate::app::{
    act::{self, arrange},
    action::Action,
    columns,
    command::{self, Does},
    effect::Effect,
    find, goto, jobs,
    model::Model,
    notice::Tone,
    palette::{self, Run},
    permit, profiles, save, views,
};
use crate::jobs::task::Deed;

/// Runs what is chosen.
pub(super) fn run(model: &mut Model) -> Vec<Effect> {
    let Some(typed) = palette::typed(model).map(str::to_owned) else { return Vec::new() };
    // What nothing fits is run as it stands, to be told what is wrong with it.
    let (line, run, why_not) = match model.palette.chosen() {
        Some(row) => (row.line.clone(), row.run.clone(), row.why_not.clone()),
        None => (typed, Run::Line, None),
    };
    if let Some(why) = why_not {
        model.prompt = None;
        model.notices.say(model.now, Tone::Info, why);
        return Vec::new();
    }
    if run == Run::Fill {
        palette::fill(model, &format!("{} ", line.trim_end()));
        return Vec::new();
    }
    let prompt = model.prompt.take();
    match perform(model, &line, run) {
        Ok(effects) => {
            model.palette.remember(&line);
            effects
        }
        Err(words) => {
            model.notices.say(model.now, Tone::Bad, words);
            model.prompt = prompt;
            Vec::new()
        }
    }
}

/// Does what a row stands for that was chosen elsewhere: in the menu, in help.
pub(in crate::app) fn run_apart(model: &mut Model, line: &str, run: Run) -> Vec<Effect> {
    if run == Run::Fill {
        palette::open(model, &format!("{} ", line.trim_end()));
        return Vec::new();
    }
    perform(model, line, run).unwrap_or_else(|words| {
        model.notices.say(model.now, Tone::Bad, words);
        Vec::new()
    })
}

fn perform(model: &mut Model, line: &str, run: Run) -> Result<Vec<Effect>, String> {
    match run {
        Run::Wish(action) => Ok(act::act(model, action, "")),
        Run::Go(way) => Ok(goto::go(model, way)),
        Run::Sort(field) => {
            arrange::sort_by(model, field);
            Ok(Vec::new())
        }
        Run::Line | Run::Fill => {
            let (found, argument) = command::parse(line)?;
            carry_out(model, found.does, argument)
        }
    }
}

fn carry_out(model: &mut Model, does: Does, argument: &str) -> Result<Vec<Effect>, String> {
    match does {
        Does::Wish(action) => return Ok(act::act(model, action, "")),
        Does::Delete => match permit::refusal(model, Action::Delete) {
            Some(reason) => model.notices.say(model.now, Tone::Info, reason),
            None if jobs::is_for_many(model, Action::Delete) => {
                return Ok(jobs::ask(model, Deed::Delete));
            }
            None => return Ok(save::ask_delete(model, argument)),
        },
        Does::Set => return jobs::ask_set(model, argument),
        Does::Profile => match permit::refusal(model, Action::Profiles) {
            Some(reason) => return Err(reason.into_owned()),
            None if argument.is_empty() => profiles::open(model),
            None => return profiles::switch(model, argument),
        },
        Does::Columns => columns::command(model, argument)?,
        Does::View => return views::command(model, argument),
        Does::Find => return find::begin(model, argument),
        Does::Service => return goto::service(model, argument),
        Does::User => return goto::user(model, argument),
        Does::Channel => return goto::channel(model, argument),
        Does::Sort => return Err("this list has no such column to sort by".to_owned()),
        Does::Sandbox => return Ok(vec![Effect::Hurt { faults: faults(argument) }]),
        Does::Webhooks => {
            model.webhooks = match argument {
                "on" => Webhooks::On,
                "off" => Webhooks::Off,
                _ => return Err(":webhooks on, or :webhooks off".to_owned()),
            };
            let text = match model.webhooks {
                Webhooks::On => "webhooks on: writes of this session tell the service's webhooks",
                Webhooks::Off => "webhooks off: writes of this session tell nobody",
            };
            model.notices.say(model.now, Tone::Info, text);
        }
    }
    Ok(Vec::new())
}

/// `429 20%` as the practice account reads it: `429=20%`.
fn faults(typed: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut words = typed.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let stands_alone = word.contains('=') || matches!(word, "none" | "offline");
        match words.next_if(|_| !stands_alone) {
            Some(value) => parts.push(format!("{word}={value}")),
            None => parts.push(word.to_owned()),
        }
    }
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_typed_as_one_likes() {
        assert_eq!(faults("429 20%"), "429=20%");
        assert_eq!(faults("429=20%,latency 1s offline"), "429=20%,latency=1s,offline");
        assert_eq!(faults("none"), "none");
        assert_eq!(faults("429"), "429");
    }
}
