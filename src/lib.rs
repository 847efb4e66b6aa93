//! Switchboard: a keyboard-driven terminal console for people who run chat on Twilio.
//!
//! Rooms and their one-way imports:
//!
//! ```text
//! main ─▶ commands ─▶ runtime ─▶ view ─▶ app ─▶ api's nouns          sandbox ─▶ nothing of ours
//!                         └────▶ api (calls), state ─▶ curl          cli, config, curl, paths, json: ground floor
//! ```
//!
//! One key press, all the way: `runtime/input` makes a [`app::msg::Msg`] of it, `app/keymap` finds the
//! [`app::action::Action`] for the contexts the person is in, the core answers with [`app::effect::Effect`]s, the
//! executor turns each into a task, and its result comes back as a message. Then one frame is drawn, if anything
//! happened at all.

pub mod api;
pub mod app;
pub mod cli;
pub mod commands;
pub mod config;
pub mod curl;
pub mod jobs;
pub mod json;
pub mod paths;
pub mod runtime;
pub mod sandbox;
pub mod spreadsheet;
pub mod state;
pub mod view;
