//! Waiting for the editor. It is in our process group, so that the terminal's keys reach it; what they send us too
//! while it works is not for us.

use std::process::ExitStatus;

use crate::runtime::signals::Signals;

/// How the waiting ended.
#[derive(Debug)]
pub(in crate::runtime) enum End {
    /// The editor ended.
    Editor(ExitStatus),
    /// The system ends the console.
    Terminated,
}

#[cfg(unix)]
pub(in crate::runtime) use self::unix::until_ended;

#[cfg(unix)]
mod unix {
    use std::{io, os::unix::process::ExitStatusExt, process::Child, time::Duration};

    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
    use tokio::time::{sleep, timeout};

    use super::{End, Signals};
    use crate::runtime::terminal;

    /// After this long an editor that is stopped alone is seen to have been: a shell that stops or resumes the whole job
    /// is faster.
    const STOPPED_FOR: Duration = Duration::from_millis(200);
    /// How long an editor that was told to end may take.
    const LAST_WORDS: Duration = Duration::from_secs(2);

    /// Waits until the editor ends, or the system ends the console.
    ///
    /// # Errors
    /// When the system does not know the editor.
    pub(in crate::runtime) async fn until_ended(
        child: &mut Child,
        signals: &mut Signals,
    ) -> io::Result<End> {
        let pid = Pid::from_child(child);
        loop {
            if let Some(status) = child.try_wait()? {
                let ended_by = status.signal();
                let keys = [Signal::INT, Signal::QUIT].map(|key| Some(key.as_raw()));
                signals.forget_keys(keys.contains(&ended_by)).await;
                return Ok(End::Editor(status));
            }
            let told = tokio::select! {
                told = signals.away() => told,
                () = sleep(STOPPED_FOR), if is_stopped(pid) => {
                    if is_stopped(pid) {
                        stop_with(pid);
                    }
                    None
                }
            };
            if let Some(signal) = told {
                end(child, pid, signal, signals).await;
                return Ok(End::Terminated);
            }
        }
    }

    fn is_stopped(pid: Pid) -> bool {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        matches!(waitid(WaitId::Pid(pid), options), Ok(Some(_)))
    }

    /// An editor that has stopped itself is on its way to the shell: we go there with it, and it goes on when we do.
    /// Where there is nobody to resume us, the system does not stop us, and it goes on at once.
    fn stop_with(pid: Pid) {
        // Neither can fail for a child that is still there; for one that is not there is nothing to do.
        let _ = terminal::stop_until_resumed();
        let _ = kill_process(pid, Signal::CONT);
    }

    /// Passes the signal on, so that the editor can put its text and the terminal in order.
    async fn end(child: &mut Child, pid: Pid, signal: Signal, signals: &mut Signals) {
        let _ = kill_process(pid, signal);
        let _ = kill_process(pid, Signal::CONT);
        let ended = async {
            while matches!(child.try_wait(), Ok(None)) {
                signals.away().await;
            }
        };
        // One that does not listen is left to whoever ends us all.
        let _ = timeout(LAST_WORDS, ended).await;
    }
}

#[cfg(not(unix))]
pub(in crate::runtime) use self::elsewhere::until_ended;

#[cfg(not(unix))]
mod elsewhere {
    use std::{io, os::unix::process::ExitStatusExt, process::Child, time::Duration};

    use tokio::time::sleep;

    use super::{End, Signals};

    /// Waits until the editor ends.
    ///
    /// # Errors
    /// When the system does not know the editor.
    pub(in crate::runtime) async fn until_ended(
        child: &mut Child,
        _signals: &mut Signals,
    ) -> io::Result<End> {
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(End::Editor(status));
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}
