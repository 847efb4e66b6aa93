//! Facts in, model and exact orders out.

mod accounts;
mod arrange;
mod collisions;
mod contact;
mod copying;
mod deeds;
mod editor;
mod find;
mod flex;
mod forms;
mod index;
mod jobs;
mod lists;
mod menu;
mod mouse;
mod palette;
mod panes;
mod reading;
mod walking;
mod writes;
