//! `cargo xtask check`: what can be said of a change within a minute. Runs no program of the project.

use crate::failure::Result;
use crate::lint::Lint;
use crate::{say, tidy};
use std::process::ExitCode;

/// Runs every quick check, also after one that failed.
pub fn run() -> Result<ExitCode> {
    let lints = [Lint::Format, Lint::Clippy, Lint::ClippyPage];
    let failures = lints
        .iter()
        .filter_map(|lint| lint.run().err().map(|failure| format!("{}: {failure}", lint.name())));
    let mut failures: Vec<String> = failures.collect();
    failures.extend(tidy::violations()?);
    for failure in &failures {
        say::problem(failure);
    }
    if failures.is_empty() {
        say::line("format, clippy and tidy have nothing to say");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
