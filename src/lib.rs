//! Switchboard: a keyboard-driven terminal console for Twilio chat.

pub mod api;
pub mod app;
pub mod json;
pub mod sandbox;
