//! What runs on node in e2e/: its packages, its tests, its measurements. Knows the variables that tell them what to drive.

mod python;

use crate::failure::{Failure, Result};
use crate::process::{cargo, command, run, run_counted};
use crate::tally::{self, Tally};
use crate::{example, start, system, workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// What the programs in e2e/ drive.
pub struct Bench {
    node: PathBuf,
    chromium: PathBuf,
    truestory: PathBuf,
    hub_example: PathBuf,
    hub_program: PathBuf,
}

/// Installs and builds all of it.
///
/// # Errors
/// When something cannot be had or does not compile.
pub fn prepare() -> Result<Bench> {
    let node = node_with_packages()?;
    let chromium = system::CHROMIUM.ensure()?;
    let truestory = start::build_release()?;
    run(cargo().args([
        "build",
        "--package",
        "pusher-hub",
        "--features",
        "bin",
        "--bins",
        "--example",
        "embed",
    ]))?;
    let hub_example = workspace::target().join("debug/examples/embed");
    let hub_program = workspace::target().join("debug/pusher-hub");
    Ok(Bench {
        node,
        chromium,
        truestory,
        hub_example,
        hub_program,
    })
}

/// Node, with what the programs in e2e/ import.
///
/// # Errors
/// When one of both cannot be had.
pub fn node_with_packages() -> Result<PathBuf> {
    let node = system::NODE.ensure()?;
    let npm = system::NPM.ensure()?;
    let folder = workspace::root().join("e2e");
    if !packages_are_fresh(&folder) {
        run(command(npm)
            .current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
    }
    Ok(node)
}

impl Bench {
    /// Runs every e2e/*.test.mjs, one file after the other: two browsers at a time are enough for two cores.
    ///
    /// # Errors
    /// When an example cannot be built or node cannot be started.
    pub fn test(&self) -> Result<Tally> {
        example::build_all()?;
        let pythons = python::variables();
        let mut sum = Tally::default();
        for file in files_ending(&workspace::root().join("e2e"), ".test.mjs")? {
            let mut node = self.node();
            node.args(["--test", "--test-reporter=spec"]).arg(format!("e2e/{file}"));
            node.envs(pythons.iter().map(|(name, python)| (name, python)));
            sum += run_counted(&mut node, tally::node)?;
        }
        Ok(sum)
    }

    /// Runs e2e/bench/`name`.mjs.
    ///
    /// # Errors
    /// When it ends badly.
    pub fn measure(&self, name: &str) -> Result<()> {
        run(self.node().arg(format!("e2e/bench/{name}.mjs")))
    }

    fn node(&self) -> Command {
        let mut node = command(&self.node);
        node.env("TRUESTORY_BIN", &self.truestory)
            .env("CHROMIUM", &self.chromium);
        node.env("PUSHER_HUB_EXAMPLE", &self.hub_example)
            .env("PUSHER_HUB_BIN", &self.hub_program);
        node.env("EXAMPLES", example::programs())
            .env("EXAMPLE_PAGES", example::pages());
        node
    }
}

/// The names of the files in `folder` that end in `ending`, sorted; none when there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn files_ending(folder: &Path, ending: &str) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|e| Failure::new(format!("cannot read {}: {e}", folder.display())))?;
    let names = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(ending)).collect();
    names.sort();
    Ok(names)
}

/// npm writes its own lock file last, so a broken-off installation counts as none.
fn packages_are_fresh(folder: &Path) -> bool {
    let written = |name: &str| -> Option<SystemTime> { fs::metadata(folder.join(name)).ok()?.modified().ok() };
    let installed = written("node_modules/.package-lock.json");
    installed.is_some() && installed >= written("package-lock.json") && installed >= written("package.json")
}
