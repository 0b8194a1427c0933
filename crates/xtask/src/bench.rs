//! `cargo xtask bench NAME`: builds a release and runs one measurement. Knows where they lie, not what they measure.

use crate::failure::{Failure, Result};
use crate::{e2e, workspace};
use std::process::ExitCode;

/// Runs e2e/bench/NAME.mjs.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let there = e2e::files_ending(&workspace::root().join("e2e/bench"), ".mjs")?;
    let there: Vec<&str> = there.iter().filter_map(|file| file.strip_suffix(".mjs")).collect();
    match arguments {
        [name] if there.contains(&name.as_str()) => {
            e2e::prepare()?.measure(name)?;
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Failure::new(format!(
            "cargo xtask bench NAME, where NAME is one of: {}",
            there.join(", ")
        ))),
    }
}
