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
}

#[cfg(unix)]
mod unix {
    use std::io;

    use futures_util::FutureExt;
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};

    use super::Signals;

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
            tokio::select! {
                biased;
                _ = self.terminate.recv() => Some(Signal::TERM),
                _ = self.hangup.recv() => Some(Signal::HUP),
                _ = self.interrupt.recv() => None,
                _ = self.quit.recv() => None,
                _ = self.child.recv() => None,
            }
        }

        /// Forgets what that program's keys have sent.
        pub(in crate::runtime) fn forget_keys(&mut self) {
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
