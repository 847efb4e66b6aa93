//! The pure core: what Switchboard knows and decides.
//!
//! Everything here is a function of the [`model::Model`] and a [`msg::Msg`]. No room below does I/O, reads a
//! clock, spawns a task or names the network: wishes leave as [`effect::Effect`]s and facts come back as messages.

pub mod account;
pub mod act;
pub mod action;
pub mod address;
pub mod auto;
pub mod change;
pub mod columns;
pub mod command;
pub mod confirm;
pub mod contact;
pub mod copy;
pub mod course;
pub mod drafts;
pub mod editor;
pub mod effect;
pub mod entities;
pub mod find;
pub mod form;
pub mod goto;
pub mod header;
pub mod help;
pub mod hints;
pub mod history;
pub mod index;
pub mod jobs;
pub mod journal;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod menu;
pub mod merge;
pub mod model;
pub mod moments;
pub mod mouse;
pub mod msg;
pub mod notice;
pub mod palette;
pub mod permit;
pub mod place;
pub mod places;
pub mod preview;
pub mod profiles;
pub mod prompt;
pub mod prose;
pub mod query;
pub mod quit;
pub mod reading;
pub mod remote;
pub mod review;
pub mod save;
pub mod sheet;
pub mod sign_in;
#[cfg(test)]
pub(crate) mod testing;
pub mod ticket;
pub mod tour;
pub mod tree;
pub mod undo;
pub mod update;
pub mod views;
pub mod work;
