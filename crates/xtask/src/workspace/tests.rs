//! The lock file as cargo writes it.

use super::*;

const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
"#;

#[test]
fn a_version_belongs_to_the_whole_name() {
    assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
    assert_eq!(version_in(LOCK, "wasm-bindgen-futures").as_deref(), Some("0.4.80"));
    assert_eq!(version_in(LOCK, "wasm"), None);
}

#[test]
fn the_root_holds_the_lock_file() {
    assert!(root().join("Cargo.lock").is_file());
}
