//! The practice server from outside, over plain HTTP: as any client of the documents would see it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "sandbox/access.rs"]
mod access;
#[path = "sandbox/bench.rs"]
mod bench;
#[path = "sandbox/channels.rs"]
mod channels;
#[path = "sandbox/codes.rs"]
mod codes;
#[path = "sandbox/documented.rs"]
mod documented;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/flex.rs"]
mod flex;
#[path = "sandbox/grown.rs"]
mod grown;
#[path = "sandbox/lists.rs"]
mod lists;
#[path = "sandbox/lives.rs"]
mod lives;
#[path = "sandbox/messages.rs"]
mod messages;
#[path = "sandbox/names.rs"]
mod names;
#[path = "sandbox/people.rs"]
mod people;
#[path = "sandbox/random.rs"]
mod random;
#[path = "sandbox/services.rs"]
mod services;
#[path = "sandbox/shapes.rs"]
mod shapes;
#[path = "sandbox/wire.rs"]
mod wire;
