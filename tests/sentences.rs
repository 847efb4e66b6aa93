//! Keys in, a screen out: the real loop with a real practice account, drawn to memory. Each test reads like what a
//! person does and sees; faults of the server are part of the sentence.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

#[path = "sentences/accounts.rs"]
mod accounts;
#[path = "sentences/deeds.rs"]
mod deeds;
#[path = "sentences/desk.rs"]
mod desk;
#[path = "sentences/editing.rs"]
mod editing;
#[path = "sentences/find.rs"]
mod find;
#[path = "sentences/flex.rs"]
mod flex;
#[path = "sentences/flows.rs"]
mod flows;
#[path = "sentences/index.rs"]
mod index;
#[path = "sentences/jobs.rs"]
mod jobs;
#[path = "sentences/journal.rs"]
mod journal;
#[path = "sentences/messages.rs"]
mod messages;
#[path = "sentences/palette.rs"]
mod palette;
#[path = "sentences/reading.rs"]
mod reading;
#[path = "sentences/streaming.rs"]
mod streaming;
#[path = "sentences/trouble.rs"]
mod trouble;
