//! The end of every command that writes much: what would be done is shown, agreed to, and begun.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Read},
};

use crate::{
    cli::Bulk,
    commands::{
        Exit, Failed,
        headless::{Desk, now, plan_text, tell},
        print,
    },
    jobs::{
        plan::{self, Candidate, Known, Plan},
        task::{Deed, Task},
    },
};

/// Shows what would be done; does it, if that was asked for and nobody objects.
pub(super) async fn planned(
    desk: &Desk,
    bulk: &Bulk,
    task: Task,
    include_flex: bool,
    candidates: Vec<Candidate>,
) -> Result<Exit, Failed> {
    let task = match bulk.rate {
        Some(rate) => task.at_most(rate),
        None => task,
    };
    let named = candidates.len();
    let unseen = candidates.iter().filter(|it| it.known == Known::Nothing).count();
    let plan = Plan::of(task.clone(), include_flex, candidates);
    let count = plan.count();
    tell(&format!("{}: {count} of {}", task.deed.words(), plan.rows.len()));
    if named > plan.rows.len() {
        tell(&format!("  {} named more than once: planned once", named - plan.rows.len()));
    }
    if unseen > 0 {
        tell("  what a file names is looked at when its turn comes, not before");
    }
    for (reason, count) in plan.reasons() {
        tell(&format!("  {count} left out: {reason}"));
    }
    if bulk.dry_run {
        tell("nothing was sent");
        return print(&plan_text(bulk.output, &plan)?).map(|()| Exit::Ok);
    }
    if count == 0 {
        tell("there is nothing to do");
        return Ok(Exit::Ok);
    }
    if !task.deed.has_undo() {
        tell("this cannot be undone");
    }
    let estimate = plan.estimate(task.ceiling()).as_secs().max(1);
    tell(&format!(
        "webhooks {}, at most {} a second, about {estimate} s",
        on(task.webhooks),
        task.ceiling()
    ));
    if !bulk.yes && !agreed(count)? {
        tell("nothing was sent");
        return Ok(Exit::Failure);
    }
    let label = format!("{count} in {}", task.service);
    let new = plan.job(desk.profile.clone(), desk.account.clone(), label);
    let job = desk.state()?.plan_job(&new, now())?;
    tell(&format!("job {job}"));
    desk.run(job, task, bulk.verify_all, bulk.output).await
}

fn on(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

/// Asks for the count; whoever cannot be asked must have said so before.
fn agreed(count: usize) -> Result<bool, Failed> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let words = "nobody can be asked here: add --yes to begin, or --dry-run to see the plan";
        return Err(Failed::new(Exit::Usage, words));
    }
    tell(&format!("type {count} to begin, anything else to leave:"));
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed)?;
    Ok(typed.trim() == count.to_string())
}

/// What the file names, if one was given.
pub(super) fn named(bulk: &Bulk, deed: &Deed) -> Result<Option<Vec<Candidate>>, Failed> {
    let Some(path) = &bulk.from else { return Ok(None) };
    let usage = |why: String| Failed::new(Exit::Usage, format!("{}: {why}", path.display()));
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let text = text.map_err(|error| usage(error.to_string()))?;
    plan::read(&text, deed).map(Some).map_err(|error| usage(error.to_string()))
}
