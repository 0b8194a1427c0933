//! The closing lines, copied from the runners.

use super::*;

fn check(count: fn(&str) -> Tally, line: &str, passed: u32, failed: u32) {
    assert_eq!(count(line), Tally { passed, failed }, "{line}");
}

#[test]
fn libtest_lines() {
    check(
        libtest,
        "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
        12,
        0,
    );
    check(
        libtest,
        "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n",
        3,
        2,
    );
    check(
        libtest,
        "test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.50s\n",
        5,
        0,
    );
    check(libtest, "test tally::tests::libtest_lines ... ok\n", 0, 0);
    check(libtest, "running 12 tests\n", 0, 0);
}

#[test]
fn node_lines() {
    check(node, "# pass 7\n", 7, 0);
    check(node, "ℹ pass 7\n", 7, 0);
    check(node, "ℹ fail 2\n", 0, 2);
    check(node, "ℹ cancelled 1\n", 0, 1);
    check(node, "ℹ skipped 4\n", 0, 0);
    check(node, "ℹ duration_ms 182.5\n", 0, 0);
    check(node, "✔ two pages show the same (182.5ms)\n", 0, 0);
}
