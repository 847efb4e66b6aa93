//! The practice account.
