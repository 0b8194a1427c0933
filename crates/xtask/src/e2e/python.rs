//! Pythons with what the end-to-end tests drive beside the browser: the vendor's library, and what tries an API by its description. Knows where they
//! lie, not what they are for.

use crate::failure::{Failure, Result};
use crate::process::{command, run};
use crate::{say, system, workspace};
use std::fs;
use std::path::PathBuf;

/// A Python with packages of its own.
struct Kit {
    /// The folder below `target`.
    folder: &'static str,
    /// What is to be in it.
    requirements: &'static str,
    /// By which variable the tests find it.
    variable: &'static str,
    /// Which tests cannot do without.
    tests: &'static str,
}

const KITS: [Kit; 2] = [
    Kit {
        folder: "e2e-python",
        requirements: "e2e/sdk/requirements.txt",
        variable: "PUSHER_SDK_PYTHON",
        tests: "the tests of the Python library",
    },
    Kit {
        folder: "e2e-openapi",
        requirements: "e2e/openapi/requirements.txt",
        variable: "OPENAPI_PYTHON",
        tests: "the tests of the API's own description",
    },
];

/// The variables that name the Pythons of the tests' own. One that cannot be had is left out: then the tests that need it are skipped
/// and say so.
pub fn variables() -> Vec<(&'static str, PathBuf)> {
    let had = |kit: &Kit| match install(kit) {
        Ok(python) => Some((kit.variable, python)),
        Err(failure) => {
            say::problem(&format!("{} are skipped: {failure}", kit.tests));
            None
        }
    };
    KITS.iter().filter_map(had).collect()
}

fn install(kit: &Kit) -> Result<PathBuf> {
    let folder = &workspace::target().join(kit.folder);
    let python = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let installed = folder.join("requirements.txt");
    let wanted = fs::read(workspace::root().join(kit.requirements)).unwrap_or_default();
    // Written last, so a broken-off installation counts as none.
    if python.is_file() && fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    run(command(system::PYTHON.ensure()?).args(["-m", "venv"]).arg(folder))?;
    run(command(&python).args(["-m", "pip", "install", "--quiet", "--requirement", kit.requirements]))?;
    fs::write(&installed, wanted)
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", installed.display())))?;
    Ok(python)
}
