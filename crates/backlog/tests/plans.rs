//! Plans byte for byte, natively; tests/browser/plans.rs holds a browser to the same file.

#[path = "../../../tests/golden/plans.rs"]
mod plans;

#[test]
fn seeded_projects_have_the_plans_of_the_file() {
    plans::check();
}

/// Where a rule of planning was changed on purpose: `cargo test -p backlog --test plans -- --ignored`, and look at what became different.
#[test]
#[ignore = "writes the file anew"]
fn the_file_written_anew() {
    let lines: Vec<String> = (0..plans::SEEDS).map(|seed| plans::line(seed) + "\n").collect();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/plans.txt");
    std::fs::write(file, lines.concat()).unwrap();
}
