//! The page in a real browser: one binary, because each is built, loaded and run for itself.
//!
//! It runs on a stage: the shipping board, components and services, with a ledger in the place of the server. The channel
//! client has browser tests of its own in its crate; everything together runs against the real server in e2e/.
#![cfg(target_arch = "wasm32")]

mod clicking;
mod device;
mod dragging;
mod drawing;
mod leaving;
mod past;
mod plans;
mod signing_out;
mod stage;
mod typing;
mod zones;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
