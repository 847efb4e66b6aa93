//! Programmable Chat, version 2: services, their channels and users, who is where, and what is said;
//! of version 3 its one call, the migration. One file a resource, each with its noun, how it is read
//! from an answer, and its calls.

pub mod channels;
pub mod invites;
pub mod members;
pub mod memberships;
pub mod messages;
pub mod migration;
pub mod roles;
pub mod services;
pub mod users;

use super::client::{Family, Listing, Pairs};
use super::hosts::Product;
use super::path::Path;
use super::sid::Sid;
use services::Service;

fn services_path() -> Path {
    Path::new("v2").word("Services")
}

fn service_path(service: Sid<Service>) -> Path {
    services_path().sid(service)
}

fn listing(path: Path, query: Pairs) -> Listing {
    Listing { product: Product::Chat, family: Family::Chat, path, query }
}

#[cfg(test)]
mod tests;
