//! `cargo xtask start`: from a fresh clone to a running server. Knows the order of the steps; each step lies elsewhere.

use crate::failure::Result;
use crate::process::{become_program, cargo, command, run as run_to_end};
use crate::{front_end, say, system, workspace};
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds what is out of date, then becomes `truestory serve` with `arguments`.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let program = build_release()?;
    if arguments.is_empty() {
        say::step("starting Truestory; `cargo xtask start -- --demo` fills a sample project, Ctrl-C ends it");
    }
    become_program(command(program).arg("serve").args(arguments))
}

/// Builds the page and the server that holds it; the answer is the program.
///
/// # Errors
/// When something it needs cannot be had, or does not compile.
pub fn build_release() -> Result<PathBuf> {
    let program = workspace::target()
        .join("release")
        .join("truestory")
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !program.is_file() {
        say::step("the first build takes 5 to 15 minutes on two cores, most of it for tools that are built once");
    }
    system::C_COMPILER.ensure()?;
    front_end::ensure()?;
    if !program.is_file() {
        say::step("building the server (3 to 5 minutes)");
    }
    run_to_end(cargo().args(["build", "--release", "--package", "truestory-server"]))?;
    Ok(program)
}
