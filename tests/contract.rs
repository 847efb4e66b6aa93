//! The client of the library against the practice server: two readings of the same documents, held against each other
//! call by call. Every call is tried as it should be, with what is not there, with what may not be, with a wrong
//! secret, and with a server that asks for patience; then come the faults of the network.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

#[path = "contract/around.rs"]
mod around;
#[path = "contract/bench.rs"]
mod bench;
#[path = "contract/calls.rs"]
mod calls;
#[path = "contract/channels.rs"]
mod channels;
#[path = "contract/deletes.rs"]
mod deletes;
#[path = "contract/every_call.rs"]
mod every_call;
#[path = "contract/flex.rs"]
mod flex;
#[path = "contract/invalid.rs"]
mod invalid;
#[path = "contract/lives.rs"]
mod lives;
#[path = "contract/memberships.rs"]
mod memberships;
#[path = "contract/migration.rs"]
mod migration;
#[path = "contract/network.rs"]
mod network;
#[path = "contract/pages.rs"]
mod pages;
#[path = "contract/people.rs"]
mod people;
#[path = "contract/reading_marks.rs"]
mod reading_marks;
#[path = "contract/samples.rs"]
mod samples;
