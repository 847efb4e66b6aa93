//! Making, migrating, deleting: forms, questions, the command line, and the rows after it.

use super::{Extent, account};
use crate::app::{
    model::Model,
    notice::ProblemKind,
    place::Place,
    testing::{World, console_at, fail, flex_channel, press, problem, refusal, sid, write},
};

/// The names of [`deed`].
pub(in crate::view::tests) const DEEDS: [&str; 16] = [
    "new_channel",
    "new_channel_with_errors",
    "new_channel_refused",
    "new_channel_unknown",
    "membership_indices",
    "delete",
    "delete_typed",
    "deleting",
    "deleted",
    "remove",
    "migrate",
    "migrate_flex",
    "migrate_messaging_service",
    "migrate_refused",
    "command",
    "command_unknown",
];

fn command(model: &mut Model, text: &str) {
    press(model, ":");
    write(model, text);
}

/// One of [`DEEDS`].
pub(in crate::view::tests) fn deed(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let service = sid(1);
    let places = match name {
        "remove" | "membership_indices" => {
            vec![Place::Users(service), Place::Memberships(service, sid(1_001))]
        }
        _ => vec![Place::Channels(service)],
    };
    let mut model = console_at(&mut world, size, &places);
    let tail = world.channels[0].sid.to_string()[30..].to_owned();
    match name {
        "new_channel" => drop(press(&mut model, "a")),
        "new_channel_with_errors" => {
            press(&mut model, "a");
            write(&mut model, &"long name ".repeat(8));
            press(&mut model, "Tab Tab Right S-Tab S-Tab S-Tab");
            write(&mut model, "17.5.2024");
            press(&mut model, "^s F8");
        }
        "new_channel_refused" => {
            press(&mut model, "a x Tab");
            write(&mut model, "support-0");
            let asked = press(&mut model, "^s");
            fail(&mut model, &asked[0], refusal(50_307, "Unique name already exists"));
        }
        "new_channel_unknown" => {
            press(&mut model, "a x");
            let asked = press(&mut model, "^s");
            fail(&mut model, &asked[0], problem(ProblemKind::OutcomeUnknown));
        }
        "membership_indices" => {
            press(&mut model, "e Tab ^u");
            write(&mut model, "-1");
            press(&mut model, "^s");
        }
        "delete" => {
            command(&mut model, "delete");
            press(&mut model, "Enter");
        }
        "delete_typed" | "deleting" | "deleted" => {
            command(&mut model, &format!("delete {tail}"));
            press(&mut model, "Enter w");
            if name != "delete_typed" {
                let asked = press(&mut model, "Enter");
                if name == "deleted" {
                    world.serve(&mut model, asked);
                }
            }
        }
        "remove" => {
            command(&mut model, "del");
            press(&mut model, "Enter");
        }
        _ if name.starts_with("migrate") => migration(name, &mut model, &mut world),
        "command" => command(&mut model, "me"),
        _ => {
            command(&mut model, "delte 12");
            press(&mut model, "Enter");
        }
    }
    model
}

fn migration(name: &str, model: &mut Model, world: &mut World) {
    if name == "migrate_flex" {
        model.entities.put_flex_channel(flex_channel(1_001, 1, 1_001), 0);
    }
    press(model, "M");
    if name == "migrate_messaging_service" {
        press(model, "g M G 1 Enter y");
    }
    if name == "migrate_refused" {
        press(model, "g");
        write(model, &format!("MG{}", "0".repeat(32)));
        let asked = world.send(model, "Enter y");
        let why = "Messaging service does not belong to this account";
        fail(model, &asked[0], refusal(50_342, why));
    }
}
