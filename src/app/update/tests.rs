//! Facts in, model and exact orders out.

mod contact;
mod deeds;
mod forms;
mod lists;
mod panes;
mod writes;
