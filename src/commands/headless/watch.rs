//! A job while it runs: its progress for whoever looks, and the signals that stop it.

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, unbounded_channel},
        watch,
    },
    time::Instant,
};

use crate::{
    commands::signals,
    jobs::run::{Event, Halt, Run, Wish},
    state::{Counts, RowState},
};

/// How often the line is written anew.
const OFTEN: Duration = Duration::from_millis(100);

/// How far it came.
struct Progress {
    counts: Counts,
    throttled: u64,
    rate: f64,
    /// Rows that ended in this run, and since when.
    ended: u32,
    begun: Instant,
    is_shown: bool,
}

/// Runs a job; tells how it ended, and whether somebody stopped it.
pub(super) async fn over(run: Run, counts: Counts) -> (Result<(), Halt>, bool) {
    let (wish, wishes) = watch::channel(Wish::Go);
    let (tx, events) = unbounded_channel();
    let mut progress = Progress {
        counts,
        throttled: 0,
        rate: 0.0,
        ended: 0,
        begun: Instant::now(),
        is_shown: io::stderr().is_terminal(),
    };
    let running = tokio::spawn(run.go(wishes, tx));
    let stopper = tokio::spawn(stopped(wish));
    progress.follow(events).await;
    progress.clear();
    let ended = running.await.unwrap_or(Err(Halt::Bug));
    let was_stopped = stopper.is_finished();
    stopper.abort();
    (ended, was_stopped)
}

/// Tells the job to stop at the first signal; at the second the process ends at once.
async fn stopped(wish: watch::Sender<Wish>) {
    signals::interrupted().await;
    let _ = wish.send(Wish::Stop);
    super::tell("stopping: what is out ends first; once more leaves at once");
    tokio::spawn(async {
        signals::interrupted().await;
        std::process::exit(130);
    });
}

impl Progress {
    async fn follow(&mut self, mut events: UnboundedReceiver<Event>) {
        let mut shown = Instant::now();
        while let Some(event) = events.recv().await {
            match event {
                Event::Out { .. } => {}
                Event::Row { end, .. } => self.row(end.state),
                Event::Throttled { .. } => self.throttled += 1,
                Event::Pace(rate) => self.rate = rate,
            }
            if self.is_shown && shown.elapsed() >= OFTEN {
                self.show();
                shown = Instant::now();
            }
        }
    }

    fn row(&mut self, state: RowState) {
        let counts = &mut self.counts;
        match state {
            RowState::Todo | RowState::Sent => return,
            RowState::Done => counts.done += 1,
            RowState::Skipped => counts.skipped += 1,
            RowState::Failed => counts.failed += 1,
        }
        if counts.todo > 0 {
            counts.todo -= 1;
        } else {
            counts.sent = counts.sent.saturating_sub(1);
        }
        self.ended += 1;
    }

    fn show(&self) {
        let Counts { done, skipped, failed, .. } = self.counts;
        let (all, left) = (self.counts.all(), self.counts.left());
        let each = self.begun.elapsed().as_secs_f64() / f64::from(self.ended.max(1));
        #[expect(clippy::cast_precision_loss, reason = "an estimate of seconds")]
        let eta = each * left as f64;
        let line = format!(
            "{}/{all}  ok {done}  skipped {skipped}  failed {failed}  429s {}  {:.1}/s  eta {eta:.0} s",
            all - left,
            self.throttled,
            self.rate,
        );
        let mut stderr = io::stderr();
        // Whoever looked may have gone.
        let _ = write!(stderr, "\r\x1b[K{line}").and_then(|()| stderr.flush());
    }

    fn clear(&self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
