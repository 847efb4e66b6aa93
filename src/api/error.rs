//! What can go wrong with a call, kept as it was told: the vendor's code, message, link and request
//! id stay together. The sentences are safe to show; what to do about them is decided elsewhere.

mod refusal;

use std::time::Duration;

use super::remote_text::{RemoteText, shown};

pub use refusal::Refusal;

/// Why a call did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server answered, and the answer is no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No connection came about, so nothing was sent.
    #[error("the server could not be reached: {}{}", root_cause(.source), after(*.tries))]
    Unreachable {
        /// Requests tried.
        tries: u32,
        /// What the network said.
        source: reqwest::Error,
    },
    /// The request was sent, and no answer came in time.
    #[error("the server did not answer in time{}", after(*.tries))]
    TimedOut {
        /// Requests tried.
        tries: u32,
        /// What the network said.
        source: reqwest::Error,
    },
    /// The request was sent, and the connection died before a whole answer.
    #[error("the connection was lost before the whole answer came: {}{}", root_cause(.source), after(*.tries))]
    Lost {
        /// Requests tried.
        tries: u32,
        /// What the network said.
        source: reqwest::Error,
    },
    /// An answer that is not what the documents describe.
    #[error("{}", not_understood(*.status, .content_type.as_ref(), .excerpt, .why))]
    NotUnderstood {
        /// The HTTP status of the answer.
        status: u16,
        /// What the answer says it is.
        content_type: Option<RemoteText>,
        /// Its first 200 bytes.
        excerpt: RemoteText,
        /// What was expected of it.
        why: String,
    },
    /// An answer points to a server that must not see the credentials.
    #[error("the answer points to {}, which is not the configured server; it was not followed", .host.shown().text())]
    ForeignHost {
        /// Where it points.
        host: RemoteText,
    },
    /// A list leads back to the page that was just read.
    #[error("its next page is the very page that was just read; it was not read again")]
    Circle,
    /// A name that no URL can carry: nothing at all, or dots alone.
    #[error("a {noun} whose name is empty or only dots cannot be asked for by name; use its sid")]
    Unaddressable {
        /// What kind of thing was named.
        noun: &'static str,
    },
    /// A write was asked of a client that only reads; nothing was sent.
    #[error("read-only: nothing was sent")]
    ReadOnly,
    /// Whoever keeps a record of writes did not consent to this one; nothing was sent.
    #[error("nothing was sent, because it could not be written down first: {why}")]
    NotWitnessed {
        /// Why not; safe to show.
        why: String,
    },
    /// The client itself could not be made.
    #[error(transparent)]
    Setup(#[from] Setup),
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum Setup {
    /// HTTPS cannot be trusted on this machine.
    #[error(
        "HTTPS cannot be checked on this machine: {}; install its CA certificates (often the package \
         ca-certificates) or name a file of them in SSL_CERT_FILE",
        root_cause(.source)
    )]
    Trust {
        /// What the TLS library said.
        source: reqwest::Error,
    },
    /// Anything else about HTTP.
    #[error("the HTTP client could not be made: {}", root_cause(.source))]
    Http {
        /// What the HTTP library said.
        source: reqwest::Error,
    },
}

/// Whether a write that failed may have taken effect all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It surely changed nothing.
    NotApplied,
    /// It may have been carried out: look before trying again.
    Unknown,
}

impl Error {
    /// Whether a write that ended so may have taken effect.
    pub fn certainty(&self) -> Certainty {
        match self {
            // A server that gives up half-way answers 5xx, or 408 from a proxy before it.
            Self::Refused(refusal) if refusal.status >= 500 || refusal.status == 408 => {
                Certainty::Unknown
            }
            Self::TimedOut { .. } | Self::Lost { .. } | Self::NotUnderstood { .. } => {
                Certainty::Unknown
            }
            Self::Refused(_)
            | Self::Unreachable { .. }
            | Self::ForeignHost { .. }
            | Self::Circle
            | Self::Unaddressable { .. }
            | Self::ReadOnly
            | Self::NotWitnessed { .. }
            | Self::Setup(_) => Certainty::NotApplied,
        }
    }

    /// The same refusal as an answer that cannot be relied on.
    pub(super) fn in_doubt(self, why: &str) -> Self {
        match self {
            Self::Refused(refusal) => Self::NotUnderstood {
                status: refusal.status,
                content_type: None,
                excerpt: refusal.message,
                why: why.to_owned(),
            },
            other => other,
        }
    }

    /// The HTTP status, where there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            Self::NotUnderstood { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The vendor's error code, where there was one.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Refused(refusal) => refusal.code,
            _ => None,
        }
    }

    /// Whether the credentials were refused: ask nothing more with them.
    pub fn is_auth(&self) -> bool {
        self.status() == Some(401)
    }

    /// Whether the resource is not there. Any 404 counts: the codes for it differ and change.
    pub fn is_gone(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether the server asks for patience.
    pub fn is_throttled(&self) -> bool {
        self.status() == Some(429)
    }

    /// How long the server asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }

    /// Whether the server could not be reached at all.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }
}

/// The innermost cause, which says what happened where the outer ones say that something did.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    shown(&cause.to_string()).text()
}

fn after(tries: u32) -> String {
    if tries > 1 { format!(" (after {tries} tries)") } else { String::new() }
}

fn not_understood(
    status: u16,
    content_type: Option<&RemoteText>,
    excerpt: &RemoteText,
    why: &str,
) -> String {
    let kind = content_type.map(|kind| format!(", {}", kind.shown().text())).unwrap_or_default();
    let begin = if excerpt.is_empty() {
        "it is empty".to_owned()
    } else {
        format!("it begins with: {}", excerpt.shown().text())
    };
    format!("the answer (status {status}{kind}) was not understood: {}; {begin}", shown(why).text())
}

#[cfg(test)]
mod tests;
