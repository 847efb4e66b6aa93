//! The binary in a real terminal: what a person, a shell and a terminal emulator see of it. Keys go in as bytes, what
//! comes out is read by an emulator and kept byte by byte. Nothing sleeps: every wait is for a condition.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

#[path = "terminal/accounts.rs"]
mod accounts;
#[path = "terminal/away.rs"]
mod away;
#[path = "terminal/copying.rs"]
mod copying;
#[path = "terminal/crash.rs"]
mod crash;
#[path = "terminal/disk.rs"]
mod disk;
#[path = "terminal/editor.rs"]
mod editor;
#[path = "terminal/going.rs"]
mod going;
#[path = "terminal/ground.rs"]
mod ground;
#[path = "terminal/leaving.rs"]
mod leaving;
#[path = "terminal/lent.rs"]
mod lent;
#[path = "terminal/mouse.rs"]
mod mouse;
#[path = "terminal/practice.rs"]
mod practice;
#[path = "terminal/pty.rs"]
mod pty;
#[path = "terminal/secret.rs"]
mod secret;
#[path = "terminal/starting.rs"]
mod starting;
#[path = "terminal/together.rs"]
mod together;
#[path = "terminal/walk.rs"]
mod walk;
#[path = "terminal/wire.rs"]
mod wire;
