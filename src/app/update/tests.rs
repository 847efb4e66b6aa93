//! Facts in, model and exact orders out.

mod contact;
mod forms;
mod lists;
mod panes;
mod writes;
