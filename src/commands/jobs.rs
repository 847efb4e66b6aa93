//! `switchboard jobs`: what was begun, how far it came, and going on with it.

use jiff::tz::TimeZone;

use crate::{
    cli::{Account, Jobs},
    commands::{
        Exit, Failed,
        headless::{Desk, rows_text, tell, wait},
        print,
        table::table,
    },
    jobs::task::Task,
    state::{Job, JobId},
};

/// Lists jobs, shows one, or goes on with one.
pub(crate) fn jobs(what: Option<&Jobs>, account: &Account) -> Result<Exit, Failed> {
    let named = what.map(|what| what.account().after(account));
    let account = named.as_ref().unwrap_or(account);
    wait(async {
        let desk = Desk::open(account).await?;
        match what {
            None => list(&desk),
            Some(Jobs::Show { job, output, .. }) => {
                let job = found(&desk, job)?;
                print(&rows_text(*output, &desk.rows(job.id)?)?).map(|()| Exit::Ok)
            }
            Some(Jobs::Resume { job, retry, rate, verify_all, output, .. }) => {
                let job = found(&desk, job)?;
                let task = Task::read(&job.task).map_err(|error| {
                    Failed::new(Exit::Failure, format!("job {}: {error}", job.id))
                })?;
                desk.may_write()?;
                if *retry {
                    desk.state()?.retry_rows(job.id, None)?;
                }
                desk.run(
                    job.id,
                    rate.map_or(task.clone(), |rate| task.at_most(rate)),
                    *verify_all,
                    *output,
                )
                .await
            }
        }
    })
}

fn list(desk: &Desk) -> Result<Exit, Failed> {
    let jobs = desk.state()?.jobs(&desk.account)?;
    if jobs.is_empty() {
        tell("this account has no job yet");
        return Ok(Exit::Ok);
    }
    let zone = TimeZone::system();
    let row = |job: &Job| {
        let deed = serde_json::from_str::<Task>(&job.task).map(|task| task.deed.words());
        let counts = job.counts;
        vec![
            job.id.to_string(),
            job.made.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string(),
            deed.unwrap_or_default(),
            standing(job).to_owned(),
            format!("{}/{}", counts.all() - counts.left(), counts.all()),
            counts.done.to_string(),
            counts.skipped.to_string(),
            counts.failed.to_string(),
        ]
    };
    let heads = ["JOB", "MADE", "WHAT", "STANDING", "ENDED", "OK", "SKIPPED", "FAILED"];
    let rows: Vec<Vec<String>> = jobs.iter().rev().map(row).collect();
    print(&table(&heads, &rows)).map(|()| Exit::Ok)
}

fn standing(job: &Job) -> &'static str {
    match job {
        job if job.is_running => "running",
        job if job.counts.left() > 0 => "stopped",
        _ => "ended",
    }
}

/// The job of this account that was named.
fn found(desk: &Desk, typed: &str) -> Result<Job, Failed> {
    let id: JobId =
        typed.parse().map_err(|error| Failed::new(Exit::Usage, format!("{error}, not {typed}")))?;
    let job = desk.state()?.job(id)?.filter(|job| job.account == desk.account);
    job.ok_or_else(|| Failed::new(Exit::NotFound, format!("this account has no job {id}")))
}
