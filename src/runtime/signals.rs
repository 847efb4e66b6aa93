//! The signals that end a console, and those that tell of its editor.

/// What is listened for.
#[cfg(unix)]
#[derive(Debug)]
pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    quit: tokio::signal::unix::Signal,
    child: tokio::signal::unix::Signal,
    /// Keys of another program were heard that has the terminal.
    has_heard_keys: bool,
}

#[cfg(unix)]
mod unix {
    use std::{io, time::Duration};

    use futures_util::FutureExt;
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};

    use super::Signals;

    /// After this long no signal comes any more that was sent together with one that has come.
    const ON_THEIR_WAY: Duration = Duration::from_millis(500);

    impl Signals {
        /// Listens from now on.
        ///
        /// # Errors
        /// When the system has no room for a listener.
        pub fn listen() -> io::Result<Self> {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                hangup: signal(SignalKind::hangup())?,
                interrupt: signal(SignalKind::interrupt())?,
                quit: signal(SignalKind::quit())?,
                child: signal(SignalKind::child())?,
                has_heard_keys: false,
            })
        }

        /// Waits for one that ends the console.
        pub(in crate::runtime) async fn next(&mut self) {
            tokio::select! {
                _ = self.terminate.recv() => {}
                _ = self.hangup.recv() => {}
                _ = self.interrupt.recv() => {}
                _ = self.quit.recv() => {}
            }
        }

        /// The same while another program has the terminal: what its keys `^c` and `^\` send is for that program.
        /// `None` when there may be news of a child.
        pub(in crate::runtime) async fn away(&mut self) -> Option<Signal> {
            let (keys, told) = tokio::select! {
                biased;
                _ = self.terminate.recv() => (false, Some(Signal::TERM)),
                _ = self.hangup.recv() => (false, Some(Signal::HUP)),
                _ = self.interrupt.recv() => (true, None),
                _ = self.quit.recv() => (true, None),
                _ = self.child.recv() => (false, None),
            };
            self.has_heard_keys |= keys;
            told
        }

        /// Forgets what that program's keys have sent. Where they have ended it, they were sent to us too, and may be on
        /// their way yet.
        pub(in crate::runtime) async fn forget_keys(&mut self, have_ended_it: bool) {
            if have_ended_it && !self.has_heard_keys {
                let keys = futures_util::future::select(
                    Box::pin(self.interrupt.recv()),
                    Box::pin(self.quit.recv()),
                );
                // Somebody may have sent them to it alone.
                let _ = tokio::time::timeout(ON_THEIR_WAY, keys).await;
            }
            self.has_heard_keys = false;
            while self.interrupt.recv().now_or_never().is_some() {}
            while self.quit.recv().now_or_never().is_some() {}
        }
    }
}

/// Elsewhere there are no such signals; keys end the console.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens to nothing.
    ///
    /// # Errors
    /// Never.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    pub(in crate::runtime) async fn next(&mut self) {
        std::future::pending::<()>().await;
    }
}
