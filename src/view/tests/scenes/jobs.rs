//! Many at once: the plan, the line of the job at work, the list of jobs, the rows of one.

use super::{Extent, account};
use crate::app::{
    effect::Effect,
    jobs::{End, News, RowNews},
    model::{Model, Overlay},
    msg::Msg,
    notice::ProblemKind,
    place::Place,
    testing::{
        World, console_at, fail, job, job_row, page, press, problem, reply, sid, wait, write,
    },
    update::update,
};
use crate::jobs::verify::Found;
use crate::state::{Counts, RowEnd, RowState};

/// The names of [`of_jobs`].
pub(in crate::view::tests) const JOBS: [&str; 17] = [
    "plan",
    "plan_reading",
    "plan_unread",
    "plan_typed",
    "plan_with_flex",
    "plan_hidden",
    "plan_rows",
    "plan_set",
    "plan_delete",
    "plan_mute",
    "plan_read_only",
    "running",
    "paused",
    "ended",
    "leaving",
    "list",
    "rows",
];

fn filter(model: &mut Model, world: &mut World, text: &str) {
    press(model, "/");
    let orders: Vec<Effect> = write(model, text);
    world.serve(model, orders);
    world.press(model, "Enter");
}

/// One of [`JOBS`].
pub(in crate::view::tests) fn of_jobs(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let service = sid(1);
    world.flex.truncate(4);
    let places = match name {
        "plan_mute" => vec![Place::Users(service), Place::Memberships(service, sid(1_001))],
        _ => vec![Place::Channels(service)],
    };
    let mut model = console_at(&mut world, size, &places);
    match name {
        _ if name.starts_with("plan") => plan(name, &mut model, &mut world),
        _ => at_work(name, &mut model, &mut world),
    }
    model
}

fn plan(name: &str, model: &mut Model, world: &mut World) {
    if name == "plan_read_only"
        && let crate::app::model::Session::Open(account) = &mut model.session
    {
        account.reads_only = Some("--read-only was given".to_owned());
    }
    let marks = "Space Space Space Space Space Space Space Space";
    world.press(model, marks);
    match name {
        "plan_reading" => {
            let asked = press(model, "M");
            if let Effect::Survey { ticket, .. } = asked[0] {
                update(model, Msg::Surveying(ticket, 2_000));
            }
        }
        "plan_unread" => {
            let asked = press(model, "M");
            fail(model, &asked[0], problem(ProblemKind::Refused));
        }
        "plan_typed" => {
            world.press(model, "M g M G Enter 2 Enter");
        }
        "plan_with_flex" => {
            world.press(model, "M f w");
        }
        "plan_hidden" => {
            filter(model, world, "type:private");
            world.press(model, "M");
        }
        "plan_rows" => {
            world.press(model, "M v");
        }
        "plan_set" | "plan_delete" => {
            press(model, ":");
            let typed = if name == "plan_set" { "set /routing/queue \"tier-9\"" } else { "delete" };
            write(model, typed);
            world.press(model, "Enter");
        }
        "plan_mute" => {
            world.press(model, "m");
        }
        "plan_read_only" => {
            world.press(model, "M 2 Enter");
        }
        _ => {
            world.press(model, "M");
        }
    }
}

fn ended(nth: u64, state: RowState, code: Option<u32>, note: Option<&str>) -> RowNews {
    let end = RowEnd { state, tries: 1, code, note: note.map(str::to_owned) };
    RowNews { nth, target: None, end: Some(end) }
}

fn at_work(name: &str, model: &mut Model, world: &mut World) {
    world.press(model, "* M");
    let begun = press(model, "Enter");
    assert_eq!(begun, [], "the count is not typed");
    let Some(Overlay::Plan(proposal)) = &model.overlay else { return };
    let count = proposal.plan().count();
    let begun = press(model, &format!("{count} Enter"));
    let taken = job(3, 120);
    update(model, Msg::JobBegan(reply(&begun[0], Box::new(taken.clone()))));
    let mut asked = Vec::new();
    if matches!(name, "list" | "rows") {
        asked = press(model, "5");
        let done = Counts { done: 9, failed: 1, found: 9, ..Counts::default() };
        let older = crate::state::Job { counts: done, ..job(2, 10) };
        update(model, Msg::JobsArrived(reply(&asked[0], page(vec![taken, older], None))));
        asked = if name == "list" { wait(model, 200) } else { press(model, "Enter") };
    }
    let rows = asked.iter().find(|order| matches!(order, Effect::ListJobRows { .. }));
    if let Some(order) = rows {
        let rows = (0..120).map(job_row).collect();
        update(model, Msg::JobRowsArrived(reply(order, page(rows, None))));
    }
    wait(model, 4_000);
    let mut rows: Vec<RowNews> =
        (0..33).map(|nth| ended(nth, RowState::Done, None, None)).collect();
    rows.push(ended(33, RowState::Skipped, None, Some("already private")));
    rows.push(ended(34, RowState::Failed, Some(50_107), Some("status 403, code 50107: no")));
    rows.push(ended(35, RowState::Failed, Some(50_107), Some("status 403, code 50107: no")));
    rows.extend((36..40).map(|nth| RowNews { nth, target: None, end: None }));
    let news = News { rows, throttled: 2, rate: Some(9.8) };
    update(model, Msg::JobWent("3".parse().expect("a number"), news));
    match name {
        "paused" => {
            press(model, "^c");
            let rows = (36..40).map(|nth| ended(nth, RowState::Done, None, None)).collect();
            let news = News { rows, ..News::default() };
            update(model, Msg::JobWent("3".parse().expect("a number"), news));
        }
        "ended" => {
            let counts = Counts { done: 117, skipped: 1, failed: 2, ..Counts::default() };
            let found = Found { read: 117, so: 117, done: 117 };
            let end = End { counts: Some(counts), halt: None, found: Some(Ok(found)) };
            update(model, Msg::JobEnded("3".parse().expect("a number"), Box::new(end)));
        }
        "leaving" => drop(press(model, "q")),
        _ => {}
    }
}
