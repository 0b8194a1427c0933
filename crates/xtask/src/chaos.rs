//! `cargo xtask chaos`: builds a release of the program and runs the process chaos against it. Knows where both lie, not what the
//! chaos does.

use crate::failure::Result;
use crate::process::{cargo, command, run as run_to_end};
use crate::{start, workspace};
use std::process::ExitCode;

/// Runs the chaos with `arguments`; `chaos --help` tells them.
///
/// # Errors
/// When something cannot be built, or the chaos found something.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let truestory = start::build_release()?;
    run_to_end(cargo().args(["build", "--release", "--package", "chaos"]))?;
    let chaos = workspace::target()
        .join("release/chaos")
        .with_extension(std::env::consts::EXE_EXTENSION);
    run_to_end(command(chaos).arg("--program").arg(truestory).args(arguments))?;
    Ok(ExitCode::SUCCESS)
}
