//! Counts tests in what a runner prints. Knows the closing lines of cargo's, wasm-bindgen's and node's runners.

use std::ops::AddAssign;

/// How many tests passed and how many did not.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed, were cancelled, or could not be built.
    pub failed: u32,
}

impl Tally {
    /// One step that went well.
    pub const SUCCESS: Self = Self { passed: 1, failed: 0 };
    /// One step that went wrong.
    pub const FAILURE: Self = Self { passed: 0, failed: 1 };

    /// Whether no test ran at all.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; ..`, as libtest and wasm-bindgen-test end each binary.
pub fn libtest(line: &str) -> Tally {
    let Some((_, counts)) = line
        .split_once("test result: ")
        .and_then(|(_, rest)| rest.split_once(". "))
    else {
        return Tally::default();
    };
    let count = |word: &str| {
        let part = counts.split(';').find_map(|part| part.trim().strip_suffix(word));
        part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    Tally {
        passed: count("passed"),
        failed: count("failed"),
    }
}

/// `# pass 12` or `ℹ pass 12`, as node's tap and spec reporters end a run.
pub fn node(line: &str) -> Tally {
    let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "));
    let Some((word, number)) = rest.and_then(|rest| rest.trim().split_once(' ')) else {
        return Tally::default();
    };
    let number = number.parse().unwrap_or(0);
    match word {
        "pass" => Tally {
            passed: number,
            failed: 0,
        },
        "fail" | "cancelled" => Tally {
            passed: 0,
            failed: number,
        },
        _ => Tally::default(),
    }
}

#[cfg(test)]
mod tests;
