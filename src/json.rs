//! A JSON document as text.
