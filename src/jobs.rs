//! Many writes as one: planned, paced, written down row by row, verified. It knows nothing of the screen, so that the
//! same engine serves the console and the command line.

pub mod outcome;
pub mod pace;
pub mod plan;
pub mod report;
pub mod run;
pub mod survey;
pub mod task;
pub mod verify;
