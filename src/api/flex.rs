//! Flex, version 1: the chat channels that its flows open for customers, and the flows. Nothing here
//! has webhooks, and nothing can be changed.

pub mod channels;
pub mod flows;

use super::client::{Family, Listing, Pairs};
use super::hosts::Product;
use super::path::Path;

fn path(word: &'static str) -> Path {
    Path::new("v1").word(word)
}

fn listing(path: Path, query: Pairs) -> Listing {
    Listing { product: Product::Flex, family: Family::Flex, path, query }
}

#[cfg(test)]
mod tests;
