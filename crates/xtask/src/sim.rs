//! `cargo xtask sim`: builds the simulation with all optimisations and runs it. Knows where it lies, not what it simulates.

use crate::failure::Result;
use crate::process::{become_program, cargo};
use std::process::ExitCode;

/// Runs the simulation with `arguments`; `sim --help` tells them.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut cargo = cargo();
    cargo.args(["run", "--release", "--quiet", "--package", "simulation", "--"]);
    cargo.args(arguments);
    become_program(&mut cargo)
}
