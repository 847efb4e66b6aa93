//! What a client tells while it works, so that a screen can say why it waits. Numbers only.

use std::sync::Arc;

/// Called from the task that runs the request; it must not block.
pub type Observer = Arc<dyn Fn(Traffic) + Send + Sync>;

/// Something that happened between the client and the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traffic {
    /// An answer came, good or bad.
    Answered {
        /// Its HTTP status.
        status: u16,
        /// From the begin of this request to the end of its answer.
        millis: u64,
    },
    /// The client waits before it tries again.
    Waiting {
        /// How long.
        millis: u64,
        /// What for.
        why: Waiting,
        /// The request that failed, from 1.
        attempt: u32,
    },
}

/// Why a client waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// The server asks for patience.
    Throttled,
    /// The server answers with an error of its own.
    Unavailable,
    /// No connection, or none that lasted.
    Unreachable,
}
