//! What the domain costs, natively and in a browser: one binary that `cargo xtask bench NAME` runs both ways. Each measurement is a test
//! that is ignored elsewhere, and prints lines that begin with `bench`.

mod plan;
mod search;
mod stopwatch;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
