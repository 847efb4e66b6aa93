//! What Twilio offers, as Rust.
