//! What the tools answer to `--version`.

use super::*;

#[test]
fn a_version_is_a_whole_word() {
    assert!(says_version("trunk 0.21.14", "0.21.14"));
    assert!(says_version("wasm-bindgen 0.2.130 (c1b2a3d4e)", "0.2.130"));
    assert!(!says_version("trunk 0.21.140", "0.21.14"));
    assert!(!says_version("trunk 0.21.1", "0.21.14"));
}
