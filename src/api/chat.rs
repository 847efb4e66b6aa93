//! Programmable Chat, version 2: services, their channels and users, and who is where. One file a
//! resource, each with its noun, how it is read from an answer, and its calls.

pub mod channels;
pub mod members;
pub mod memberships;
pub mod services;
pub mod users;
