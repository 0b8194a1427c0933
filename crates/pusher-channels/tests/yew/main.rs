//! The hooks for Yew.
#![cfg(target_arch = "wasm32")]
