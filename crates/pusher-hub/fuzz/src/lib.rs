//! What must hold for any bytes. The fuzzer searches for bytes for which it does not; `tests/corpus.rs` tries those that it found
//! worth keeping. Knows the crate's public parts, no socket and no clock.

mod core;
mod signed;

pub use self::core::hub;
pub use signed::{api, auth};

/// Tries some bytes; a panic is a finding.
pub type Check = fn(&[u8]);

/// Every check, by the name of its target and of its folder in `corpus`.
pub const CHECKS: [(&str, Check); 3] = [("hub", hub), ("auth", auth), ("api", api)];
