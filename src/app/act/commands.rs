//! The command line: completing and running what was typed. A command that cannot be run stays there to be mended.

use crate::api::client::Webhooks;
use crate::app::{
    act,
    action::Action,
    columns,
    command::{self, Does},
    effect::Effect,
    find,
    form::line::Entry,
    jobs,
    model::Model,
    notice::Tone,
    permit, profiles, save, views,
};
use crate::jobs::task::Deed;

pub(super) fn complete(model: &mut Model) {
    let Some(prompt) = &model.prompt else { return };
    let whole = match prompt.text().trim_start().split_once(' ') {
        Some((name, typed)) => {
            let typed = typed.trim_start();
            let whole = match command::parse(name).map(|(it, _)| it.does) {
                Ok(Does::Profile) => model.profiles.completed(typed).map(str::to_owned),
                Ok(Does::View) => views::completed(model, typed),
                _ => None,
            };
            whole.map(|whole| format!("{name} {whole}"))
        }
        None => command::completed(prompt.text()),
    };
    if let (Some(whole), Some(prompt)) = (whole, &mut model.prompt) {
        prompt.entry = Entry::new(&whole);
    }
}

pub(super) fn run(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = model.prompt.take() else { return Vec::new() };
    if prompt.text().trim().is_empty() {
        return Vec::new();
    }
    let ran = match command::parse(prompt.text()) {
        Ok((found, argument)) => carry_out(model, found.does, argument),
        Err(words) => Err(words),
    };
    match ran {
        Ok(effects) => effects,
        Err(words) => {
            model.notices.say(model.now, Tone::Bad, words);
            model.prompt = Some(prompt);
            Vec::new()
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
