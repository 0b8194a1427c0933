//! A Pusher Channels client on one sans-IO core, and the words of the wire for either end.
//!
//! This file knows what the crate offers and nothing of how it works.
#![forbid(unsafe_code)]

pub mod protocol;
