//! What a call of `cargo xtask fuzz` means, and that it knows every target that there is.

use super::*;
use crate::e2e::files_ending;

fn check(arguments: &str, expected: Option<(&[&str], u64)>) {
    let arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
    let expected = expected.map(|(targets, seconds)| Wish {
        targets: targets.iter().copied().map(str::to_owned).collect(),
        seconds,
    });
    assert_eq!(Wish::read(&arguments).ok(), expected, "{arguments:?}");
}

#[test]
fn arguments() {
    check("", Some((&[], 180)));
    check("hub --seconds 5 names", Some((&["hub", "names"], 5)));
    check("--seconds", None);
    check("--seconds soon", None);
    check("nothing", None);
}

#[test]
fn every_target_is_known() {
    for (folder, targets) in CRATES {
        let folder = workspace::root().join(folder).join("fuzz/fuzz_targets");
        let files = files_ending(&folder, ".rs").unwrap();
        let mut known: Vec<String> = targets.iter().map(|target| format!("{target}.rs")).collect();
        known.sort();
        assert_eq!(files, known);
    }
}
