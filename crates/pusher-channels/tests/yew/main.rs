//! The hooks for Yew, rendered in a real browser: `cargo test -p pusher-channels --features yew --target wasm32-unknown-unknown
//! --test yew`. Sockets are played by the page of the browser's tests.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "these tests look at less of it")]
#[path = "../browser/page.rs"]
mod page;
mod stage;

mod channels;
mod events;
mod people;
mod resume;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
