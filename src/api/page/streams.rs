//! How far a list has come that is read as two streams.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::NextPage;

/// What it takes to go on with two streams where they are, or without them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::api) struct Streams {
    /// The way on from where the list was still one.
    pub(in crate::api) whole: NextPage,
    /// Whether rows come from later places to earlier ones.
    pub(in crate::api) descending: bool,
    /// The sids of the rows that were told while the list was still one, and whether they were private then.
    pub(in crate::api) first: Arc<HashMap<[u8; 16], bool>>,
    /// The place of the last of them. No other row stands before.
    pub(in crate::api) begin: i64,
    /// The next page of public rows, of which some may be told already.
    pub(in crate::api) public: Step,
    /// The next page of private rows, of which some may be told already.
    pub(in crate::api) private: Step,
    /// How many places a page of private rows spans, more or less.
    pub(in crate::api) span: i64,
    /// The place up to which all public rows are told.
    pub(in crate::api) mark: i64,
    /// The place up to which all private rows are told for certain.
    pub(in crate::api) private_mark: i64,
    /// What is told of the very place `mark`: sids, and whether they were private then.
    pub(in crate::api) told: HashSet<([u8; 16], bool)>,
}

/// What a stream asks for next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::api) enum Step {
    /// Its first page.
    Begin,
    /// The page that lies there.
    To(NextPage),
    /// Nothing: it has ended.
    End,
}

impl Step {
    /// What comes after a page.
    pub(in crate::api) fn after(next: Option<NextPage>) -> Self {
        next.map_or(Self::End, Self::To)
    }
}
