//! Screens as a person sees them, kept as text; read them when they change.

use super::{
    drawn,
    scenes::{self, ACCOUNTS, CHANNEL, DEEDS, Extent, OVERLAYS, State},
};
use crate::app::model::Model;

const SMALL: Extent = (80, 24);
const MIDDLE: Extent = (120, 40);
const LARGE: Extent = (200, 50);

fn keep(name: &str, model: &Model) {
    let size = model.size;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!(format!("{name}@{}x{}", size.width, size.height), drawn(model));
    });
}

fn keep_list(name: &str, states: &[State], size: Extent) {
    let (_, place, keys) =
        scenes::lists().into_iter().find(|(of, ..)| *of == name).expect("a list");
    for &state in states {
        let model = scenes::list(place, keys, state, size);
        keep(&format!("{name}_{state:?}").to_lowercase(), &model);
    }
}

#[test]
fn services() {
    keep_list(
        "services",
        &State::ALL.map(|state| if state == State::Pending { State::Many } else { state }),
        SMALL,
    );
    keep_list("services", &[State::Many], MIDDLE);
    keep_list("services", &[State::Many], LARGE);
}

#[test]
fn channels() {
    keep_list("channels", &State::ALL, SMALL);
    let main = [State::Loading, State::Many, State::Offline, State::Pending];
    keep_list("channels", &main, MIDDLE);
    keep_list("channels", &main, LARGE);
}

#[test]
fn arranged_lists() {
    for name in scenes::ARRANGED {
        keep(name, &scenes::arranged(name, SMALL));
    }
    for name in ["sorted_and_marked", "wrong_filter", "spread", "wide", "zoomed"] {
        keep(name, &scenes::arranged(name, MIDDLE));
        keep(name, &scenes::arranged(name, LARGE));
    }
}

#[test]
fn rows_of_an_earlier_run() {
    for name in scenes::REMEMBERED {
        keep(name, &scenes::remembered(name, SMALL));
        keep(name, &scenes::remembered(name, MIDDLE));
    }
}

#[test]
fn what_was_found() {
    for name in scenes::FOUND {
        for size in [SMALL, MIDDLE, LARGE] {
            keep(name, &scenes::found(name, size));
        }
    }
}

#[test]
fn many_at_once() {
    for name in scenes::JOBS {
        keep(&format!("jobs_{name}"), &scenes::of_jobs(name, SMALL));
    }
    for name in ["plan", "running", "list", "rows"] {
        keep(&format!("jobs_{name}"), &scenes::of_jobs(name, MIDDLE));
        keep(&format!("jobs_{name}"), &scenes::of_jobs(name, LARGE));
    }
    keep("jobs_running", &scenes::of_jobs("running", (40, 10)));
    keep("jobs_plan", &scenes::of_jobs("plan", (40, 10)));
}

#[test]
fn users() {
    keep_list("users", &State::ALL, SMALL);
    keep_list("users", &[State::Many], MIDDLE);
    keep_list("users", &[State::Many], LARGE);
}

#[test]
fn members() {
    keep_list("members", &State::ALL, SMALL);
    keep_list("members", &[State::Many], MIDDLE);
    keep_list("members", &[State::Many], LARGE);
}

#[test]
fn memberships() {
    keep_list("memberships", &State::ALL, SMALL);
    keep_list("memberships", &[State::Many, State::Pending], MIDDLE);
    keep_list("memberships", &[State::Many, State::Pending], LARGE);
}

#[test]
fn messages() {
    let states = State::ALL.into_iter().filter(|state| *state != State::Pending);
    keep_list("messages", &states.collect::<Vec<_>>(), SMALL);
    keep_list("messages", &[State::Many], MIDDLE);
    keep_list("messages", &[State::Many], LARGE);
}

#[test]
fn flex_channels() {
    let states = State::ALL.into_iter().filter(|state| *state != State::Pending);
    keep_list("flex", &states.collect::<Vec<_>>(), SMALL);
    keep_list("flex", &[State::Many], MIDDLE);
    keep_list("flex", &[State::Many], LARGE);
}

#[test]
fn invites_roles_and_flows() {
    for name in ["invites", "roles", "flows"] {
        keep_list(name, &[State::Empty, State::Many, State::Partly, State::Filtered], SMALL);
        keep_list(name, &[State::Many], MIDDLE);
        keep_list(name, &[State::Many], LARGE);
    }
}

#[test]
fn texts() {
    for name in scenes::TEXTS {
        keep(name, &scenes::of_text(name, SMALL));
    }
    for name in ["message", "role", "nasty_message"] {
        keep(name, &scenes::of_text(name, MIDDLE));
        keep(name, &scenes::of_text(name, LARGE));
    }
    keep("message", &scenes::of_text("message", (40, 10)));
}

#[test]
fn the_journal() {
    for name in scenes::JOURNAL {
        keep(&format!("journal_{name}"), &scenes::of_journal(name, SMALL));
    }
    for size in [MIDDLE, LARGE, (40, 10)] {
        for name in ["list", "attributes"] {
            keep(&format!("journal_{name}"), &scenes::of_journal(name, size));
        }
    }
}

#[test]
fn a_flex_channel() {
    for name in scenes::FLEX {
        keep(&format!("flex_channel_{name}"), &scenes::of_flex(name, SMALL));
    }
    for name in ["whole", "flow_gone"] {
        keep(&format!("flex_channel_{name}"), &scenes::of_flex(name, MIDDLE));
        keep(&format!("flex_channel_{name}"), &scenes::of_flex(name, LARGE));
        keep(&format!("flex_channel_{name}"), &scenes::of_flex(name, (40, 10)));
    }
}

#[test]
fn a_channel() {
    for name in CHANNEL {
        keep(&format!("channel_{name}"), &scenes::of_channel(name, SMALL));
    }
    for size in [MIDDLE, LARGE] {
        keep("channel_plain", &scenes::of_channel("plain", size));
        keep("channel_searched", &scenes::of_channel("searched", size));
    }
    keep("user_attributes", &scenes::of_user(SMALL));
}

#[test]
fn what_lies_over_the_panes() {
    for name in OVERLAYS {
        keep(name, &scenes::overlay(name, SMALL));
    }
    for name in ["help", "menu", "palette", "form", "form_refused", "refused_credentials"] {
        keep(name, &scenes::overlay(name, MIDDLE));
    }
    for name in ["help_filtered", "menu", "palette"] {
        keep(name, &scenes::overlay(name, (40, 10)));
    }
    keep("help", &scenes::overlay("help", LARGE));
    keep("review", &scenes::overlay("review", (40, 10)));
}

#[test]
fn deeds() {
    for name in DEEDS {
        keep(name, &scenes::deed(name, SMALL));
    }
    for name in ["new_channel", "delete_typed", "deleted", "migrate", "membership_indices"] {
        keep(name, &scenes::deed(name, MIDDLE));
    }
    for name in ["new_channel_with_errors", "delete", "migrate"] {
        keep(name, &scenes::deed(name, (40, 10)));
    }
}

#[test]
fn accounts() {
    for name in ACCOUNTS {
        keep(&format!("account_{name}"), &scenes::of_account(name, SMALL));
    }
    for name in ["production", "production_read_only", "info", "profiles", "sign_in", "tour"] {
        keep(&format!("account_{name}"), &scenes::of_account(name, MIDDLE));
        keep(&format!("account_{name}"), &scenes::of_account(name, (40, 10)));
    }
}

#[test]
fn nasty_names() {
    for size in [SMALL, MIDDLE, LARGE] {
        keep("nasty_names", &scenes::nasty(false, size));
        keep("nasty_channel", &scenes::nasty(true, size));
    }
}

#[test]
fn too_small() {
    for size in [(39, 24), (80, 9), (20, 3), (40, 10), (60, 15)] {
        keep("small", &scenes::overlay("prompt", size));
    }
}
