//! What counts as lost, doubled, divergent and stuck.
