//! Which columns each list has.

use super::Column;
use crate::app::place::Place;

const SERVICES: &[Column] = &[
    Column::filling("NAME", 12),
    Column::new("SID", 34, 2),
    Column::new("CREATED", 10, 1),
    Column::new("REACHABILITY", 12, 3),
];

const CHANNELS: &[Column] = &[
    Column::new("TYPE", 7, 0),
    Column::filling("NAME", 14),
    Column::new("UNIQUE NAME", 16, 4),
    Column::number("MBR", 4, 1),
    Column::number("MSG", 6, 2),
    Column::new("UPDATED", 7, 3),
    Column::new("", 4, 0),
];

const USERS: &[Column] = &[
    Column::filling("IDENTITY", 14),
    Column::new("FRIENDLY NAME", 20, 1),
    Column::new("ONLINE", 7, 3),
    Column::number("CHANNELS", 8, 2),
    Column::new("UPDATED", 8, 4),
    Column::new("", 4, 0),
];

const MEMBERS: &[Column] = &[
    Column::filling("IDENTITY", 14),
    Column::number("CONSUMED", 8, 1),
    Column::new("CONSUMED AT", 16, 3),
    Column::new("JOINED", 8, 2),
    Column::new("", 4, 0),
];

const MEMBERSHIPS: &[Column] = &[
    Column::filling("CHANNEL", 14),
    Column::new("STATUS", 17, 1),
    Column::number("UNREAD", 6, 2),
    Column::number("CONSUMED", 8, 3),
    Column::new("LEVEL", 17, 0),
];

const MESSAGES: &[Column] = &[
    Column::number("INDEX", 6, 3),
    Column::new("FROM", 16, 0),
    Column::filling("BODY", 24),
    Column::new("WHEN", 7, 1),
    Column::new("", 6, 2),
];

const INVITES: &[Column] = &[
    Column::filling("IDENTITY", 14),
    Column::new("ROLE", 16, 1),
    Column::new("INVITED BY", 16, 2),
    Column::new("WHEN", 7, 3),
    Column::new("", 4, 0),
];

const ROLES: &[Column] = &[
    Column::filling("NAME", 14),
    Column::new("TYPE", 10, 0),
    Column::number("PERMISSIONS", 11, 1),
    Column::new("UPDATED", 7, 2),
    Column::new("", 4, 0),
];

const FLEX: &[Column] = &[
    Column::filling("NAME", 14),
    Column::new("FLOW", 16, 2),
    Column::new("USER", 12, 1),
    Column::new("TASK", 11, 4),
    Column::new("CREATED", 7, 3),
    Column::new("", 4, 0),
];

const FLOWS: &[Column] = &[
    Column::filling("NAME", 18),
    Column::new("INTEGRATION", 11, 2),
    Column::new("CHANNEL", 8, 3),
    Column::new("SERVICE", 14, 1),
    Column::new("ENABLED", 7, 4),
    Column::new("LONG-LIVED", 10, 5),
    Column::new("JANITOR", 7, 6),
];

const JOURNAL: &[Column] = &[
    Column::new("WHEN", 8, 0),
    Column::filling("NAME", 14),
    Column::new("WHAT", 22, 1),
    Column::new("OUTCOME", 10, 0),
    Column::number("STATUS", 6, 2),
    Column::number("MS", 6, 3),
];

const FOUND: &[Column] = &[
    Column::new("KIND", 7, 0),
    Column::filling("NAME", 12),
    Column::new("UNIQUE, IDENTITY", 16, 1),
    Column::new("SERVICE", 12, 0),
    Column::new("MATCHED", 11, 2),
    Column::new("UPDATED", 7, 3),
    Column::new("", 4, 0),
];

const JOBS: &[Column] = &[
    Column::number("JOB", 4, 0),
    Column::new("WHAT", 9, 0),
    Column::filling("OF", 14),
    Column::new("STANDING", 13, 0),
    Column::number("DONE", 9, 1),
    Column::number("OK", 6, 5),
    Column::number("SKIPPED", 7, 6),
    Column::number("FAILED", 6, 2),
    Column::new("IN FACT", 12, 3),
    Column::new("MADE", 8, 4),
];

const JOB: &[Column] = &[
    Column::new("STATE", 8, 0),
    Column::filling("CHANNEL", 14),
    Column::new("SID", 11, 2),
    Column::number("TRY", 3, 3),
    Column::number("CODE", 5, 1),
    Column::new("NOTE", 22, 0),
];

/// All columns of a place; none where it is no list.
pub(super) const fn of(place: Place) -> &'static [Column] {
    match place {
        Place::Services => SERVICES,
        Place::Channels(_) => CHANNELS,
        Place::Users(_) => USERS,
        Place::Members(..) => MEMBERS,
        Place::Memberships(..) => MEMBERSHIPS,
        Place::Messages(..) => MESSAGES,
        Place::Invites(..) => INVITES,
        Place::Roles(_) => ROLES,
        Place::Flex => FLEX,
        Place::Flows => FLOWS,
        Place::Journal => JOURNAL,
        Place::Found => FOUND,
        Place::Jobs => JOBS,
        Place::Job(_) => JOB,
        Place::Channel(..)
        | Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::FlexChannel(_)
        | Place::JournalEntry(_) => &[],
    }
}
