//! What must hold for any bytes that people send. The fuzzer searches for bytes for which it does not; `tests/corpus.rs` tries those that it found
//! worth keeping. Knows what decides, no socket, no store and no clock.

#[path = "../../src"]
mod source {
    #[allow(dead_code, reason = "not all that the server asks of it is asked here")]
    pub mod markdown;
}

mod checks;

pub use checks::{csv, search, sync};

/// Tries some bytes; a panic is a finding.
pub type Check = fn(&[u8]);

/// Any text has HTML, in which nothing runs and nothing is loaded.
pub fn markdown(bytes: &[u8]) {
    checks::markdown(bytes, |project, people, text| {
        source::markdown::Renderer::new(project, people).html(text)
    });
}
