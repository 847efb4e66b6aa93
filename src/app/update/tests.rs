//! Facts in, model and exact orders out.

mod accounts;
mod contact;
mod deeds;
mod flex;
mod forms;
mod lists;
mod panes;
mod reading;
mod writes;
