//! Plans byte for byte, in a browser; crates/backlog/tests/plans.rs holds the native program to the same file.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../golden/plans.rs"]
mod golden;

#[wasm_bindgen_test]
fn seeded_projects_have_the_plans_of_the_file() {
    golden::check();
}
