//! A JSON document folded, searched and pointed at.
