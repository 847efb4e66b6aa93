//! The pure core.
pub mod tree;
