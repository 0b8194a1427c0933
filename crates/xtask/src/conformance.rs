//! `cargo xtask conformance`: builds the check of Pusher-compatible servers and runs it. Knows where it lies, not what it checks.

use crate::failure::Result;
use crate::process::{become_program, cargo};
use std::process::ExitCode;

/// Runs the check with `arguments`; `conformance --help` tells them.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--package", "conformance", "--"]);
    cargo.args(arguments);
    become_program(&mut cargo)
}
