//! `cargo xtask start`: from a fresh clone to a running server. Knows the order of the steps; each step lies elsewhere.

use crate::failure::{Failure, Result};
use crate::process::{cargo, command, run as run_to_end};
use crate::{front_end, say, system, workspace};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

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

/// Replaces this process, so that signals and the exit code are the program's own.
#[cfg(unix)]
fn become_program(program: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(Failure::new(format!("cannot start the server: {}", program.exec())))
}

#[cfg(not(unix))]
fn become_program(program: &mut Command) -> Result<ExitCode> {
    let status = program
        .status()
        .map_err(|e| Failure::new(format!("cannot start the server: {e}")))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
