//! A Python with the vendor's library, which the end-to-end tests of the hub drive. Knows where it lies, not what it is for.

use crate::failure::{Failure, Result};
use crate::process::{command, run};
use crate::{say, system, workspace};
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be in it.
const REQUIREMENTS: &str = "e2e/sdk/requirements.txt";

/// A Python of the tests' own. None where it cannot be had: then the tests that need it are skipped and say so.
pub fn with_library() -> Option<PathBuf> {
    let folder = workspace::target().join("e2e-python");
    match install(&folder) {
        Ok(python) => Some(python),
        Err(failure) => {
            say::problem(&format!("the tests of the Python library are skipped: {failure}"));
            None
        }
    }
}

fn install(folder: &Path) -> Result<PathBuf> {
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let installed = folder.join("requirements.txt");
    let wanted = fs::read(workspace::root().join(REQUIREMENTS)).unwrap_or_default();
    // Written last, so a broken-off installation counts as none.
    if python.is_file() && fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    run(command(system::PYTHON.ensure()?).args(["-m", "venv"]).arg(folder))?;
    run(command(&python).args(["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]))?;
    fs::write(&installed, wanted)
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", installed.display())))?;
    Ok(python)
}
