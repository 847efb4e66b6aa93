//! One role: what it allows.
