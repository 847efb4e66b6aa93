//! Slots for what comes from the network. A value gets in by the answer to the newest question only, so a stale
//! answer cannot land.

use jiff::Timestamp;

use crate::app::{
    notice::Problem,
    ticket::{Lane, Reply, Ticket, Tickets},
};

/// A value that is asked for, with the state of the asking. The old value stays while a new one loads.
#[derive(Debug)]
pub struct Remote<T> {
    value: Option<T>,
    status: Status,
    fresh_at: Option<Timestamp>,
}

#[derive(Debug)]
enum Status {
    Idle,
    Stopped,
    Loading { ticket: Ticket, since: Timestamp },
    Failed(Problem),
}

/// What became of an answer.
#[derive(Debug, PartialEq)]
pub enum Settled {
    /// It was to an older question: nothing changed.
    Stale,
    /// The value was taken in.
    Fresh,
    /// The question failed; the old value stays.
    Failed(Problem),
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { value: None, status: Status::Idle, fresh_at: None }
    }
}

impl<T> Remote<T> {
    /// Asks anew; whatever was asked before will be stale when it comes.
    pub fn ask(&mut self, tickets: &mut Tickets, lane: Lane, now: Timestamp) -> Ticket {
        let ticket = tickets.issue(lane);
        let since = self.loading_since().unwrap_or(now);
        self.status = Status::Loading { ticket, since };
        ticket
    }

    /// Takes in the answer if it is to the newest question; `absorb` folds it into the value.
    pub fn settle<A>(
        &mut self,
        reply: Reply<A>,
        now: Timestamp,
        absorb: impl FnOnce(&mut Option<T>, A),
    ) -> Settled {
        if !self.awaits(reply.ticket) {
            return Settled::Stale;
        }
        match reply.result {
            Ok(answer) => {
                self.status = Status::Idle;
                self.fresh_at = Some(now);
                absorb(&mut self.value, answer);
                Settled::Fresh
            }
            Err(problem) => {
                self.status = Status::Failed(problem.clone());
                Settled::Failed(problem)
            }
        }
    }

    /// Whether this ticket is the newest question.
    pub fn awaits(&self, asked: Ticket) -> bool {
        matches!(self.status, Status::Loading { ticket, .. } if ticket == asked)
    }

    /// Gives up waiting: the answer, should it come, is stale. True when something was awaited.
    pub fn cancel(&mut self) -> bool {
        let was_loading = self.is_loading();
        if was_loading {
            self.status = Status::Stopped;
        }
        was_loading
    }

    /// Whether the last thing that happened is that waiting was given up.
    pub fn is_stopped(&self) -> bool {
        matches!(self.status, Status::Stopped)
    }

    /// The value, however old.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Whether an answer is awaited.
    pub fn is_loading(&self) -> bool {
        matches!(self.status, Status::Loading { .. })
    }

    /// Since when an answer is awaited; pages of one listing count as one wait.
    pub fn loading_since(&self) -> Option<Timestamp> {
        match self.status {
            Status::Loading { since, .. } => Some(since),
            Status::Idle | Status::Stopped | Status::Failed(_) => None,
        }
    }

    /// Why the newest question failed.
    pub fn problem(&self) -> Option<&Problem> {
        match &self.status {
            Status::Failed(problem) => Some(problem),
            Status::Idle | Status::Stopped | Status::Loading { .. } => None,
        }
    }

    /// Whether nothing was ever asked.
    pub fn is_untouched(&self) -> bool {
        matches!(self.status, Status::Idle) && self.value.is_none()
    }

    /// When the last answer came.
    pub fn fresh_at(&self) -> Option<Timestamp> {
        self.fresh_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANE: Lane = Lane::Connect;

    fn reply(ticket: Ticket, value: u8) -> Reply<u8> {
        Reply { ticket, result: Ok(value) }
    }

    fn put(slot: &mut Option<u8>, value: u8) {
        *slot = Some(value);
    }

    #[test]
    fn only_the_newest_question_is_answered() {
        let now = Timestamp::UNIX_EPOCH;
        let mut tickets = Tickets::default();
        let mut remote = Remote::default();
        let old = remote.ask(&mut tickets, LANE, now);
        let new = remote.ask(&mut tickets, LANE, now);
        assert_eq!(remote.settle(reply(old, 1), now, put), Settled::Stale);
        assert_eq!(remote.value(), None);
        assert_eq!(remote.settle(reply(new, 2), now, put), Settled::Fresh);
        assert_eq!(remote.settle(reply(new, 3), now, put), Settled::Stale, "an answer counts once");
        assert_eq!(remote.value(), Some(&2));
    }

    #[test]
    fn the_old_value_outlives_a_failure_and_a_cancel() {
        let now = Timestamp::UNIX_EPOCH;
        let mut tickets = Tickets::default();
        let mut remote = Remote::default();
        let first = remote.ask(&mut tickets, LANE, now);
        remote.settle(reply(first, 1), now, put);
        let second = remote.ask(&mut tickets, LANE, now);
        let problem = Problem::bug("boom");
        let settled =
            remote.settle(Reply { ticket: second, result: Err(problem.clone()) }, now, put);
        assert_eq!(settled, Settled::Failed(problem.clone()));
        assert_eq!((remote.value(), remote.problem()), (Some(&1), Some(&problem)));
        let third = remote.ask(&mut tickets, LANE, now);
        assert!(remote.cancel() && remote.is_stopped() && !remote.is_untouched());
        assert_eq!(remote.settle(reply(third, 9), now, put), Settled::Stale);
        assert_eq!(remote.value(), Some(&1));
    }
}
