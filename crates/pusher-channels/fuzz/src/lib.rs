//! What must hold for any bytes. The fuzzer searches for bytes for which it does not; `tests/corpus.rs` tries those that it found
//! worth keeping. Knows the crate's public parts, no socket and no clock.

mod core;
mod http;
mod words;

pub use self::core::client;
pub use http::link;
pub use words::{frames, names};

/// Tries some bytes; a panic is a finding.
pub type Check = fn(&[u8]);

/// Every check, by the name of its target and of its folder in `corpus`.
pub const CHECKS: [(&str, Check); 4] = [("frames", frames), ("names", names), ("client", client), ("link", link)];
