//! The tools that cargo builds: Trunk, and wasm-bindgen's program and test runner. Knows their versions, where they are kept,
//! and how to build them cheaply. Must never change a setting of the user: tools lie in a cache folder that only our children see.

use crate::failure::{Failure, Result};
use crate::process::{self, cargo, command, find};
use crate::{say, workspace};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The last version that compiles with the Rust this project asks for; 0.22 wants a newer one.
const TRUNK: &str = "0.21.14";

/// Steers every Firefox since 115.
const GECKODRIVER: &str = "0.37.1";

/// A program from a crate.
pub struct Tool {
    /// The crate's name.
    package: &'static str,
    /// The exact version that is wanted.
    pub version: String,
    /// What it is called in the cache: `<folder>-<version>`.
    folder: &'static str,
    /// Its programs; each answers `--version`.
    pub programs: &'static [&'static str],
    /// Arguments of `cargo install` beside the version.
    options: &'static [&'static str],
    /// How long building it takes on two cores.
    pub takes: &'static str,
}

/// The bundler. Without default features it has no TLS, which only its downloads would use: everything it needs is on PATH.
pub fn trunk() -> Tool {
    Tool {
        package: "trunk",
        version: TRUNK.to_owned(),
        folder: "trunk",
        programs: &["trunk"],
        options: &["--no-default-features"],
        takes: "3 to 6 minutes",
    }
}

/// The program that finishes a WebAssembly file, and the runner of the tests in a browser. Its version must equal the library's.
///
/// # Errors
/// When Cargo.lock has no wasm-bindgen.
pub fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version: workspace::locked_version("wasm-bindgen")?,
        folder: "wasm-bindgen",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        options: &[],
        takes: "2 to 3 minutes",
    })
}

/// What lets the wasm test runner steer Firefox. Debian has no package of it.
pub fn geckodriver() -> Tool {
    Tool {
        package: "geckodriver",
        version: GECKODRIVER.to_owned(),
        folder: "geckodriver",
        programs: &["geckodriver"],
        options: &[],
        takes: "2 to 4 minutes",
    }
}

impl Tool {
    /// The folder that holds the programs: of PATH when the version fits, else of the cache. `None` when they are missing.
    pub fn found(&self) -> Option<PathBuf> {
        let on_path = self.programs.iter().all(|name| self.is_wanted(command(name)));
        let on_path = on_path
            .then(|| find(self.programs[0])?.parent().map(PathBuf::from))
            .flatten();
        on_path.or_else(|| {
            let folder = self.home().join("bin");
            self.programs
                .iter()
                .all(|name| self.is_wanted(command(folder.join(name))))
                .then_some(folder)
        })
    }

    /// The folder that holds the programs, built first where they are missing.
    ///
    /// # Errors
    /// When cargo cannot build it.
    pub fn ensure(&self) -> Result<PathBuf> {
        if let Some(folder) = self.found() {
            return Ok(folder);
        }
        say::step(&format!(
            "building {} {} (once; {} on two cores)",
            self.package, self.version, self.takes
        ));
        // The published lock file is what its authors tested, but it can name a version that has been withdrawn since.
        if let Err(failure) = process::run(self.install().arg("--locked")) {
            say::step(&format!("{failure}; trying again without its lock file"));
            process::run(&mut self.install())?;
        }
        self.found().ok_or_else(|| {
            let home = self.home();
            Failure::new(format!(
                "{} {} was built into {}, but does not run",
                self.package,
                self.version,
                home.display()
            ))
        })
    }

    fn install(&self) -> Command {
        let mut install = cargo();
        install
            .args(["install", self.package, "--quiet", "--version"])
            .arg(format!("={}", self.version))
            .arg("--root");
        install.arg(self.home()).args(self.options);
        // Compiling is what takes the time; these programs run for seconds.
        install
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off");
        install
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        install.env("CARGO_TARGET_DIR", build_folder());
        // Flags for the project's own build would only make these differ.
        install
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET");
        install
    }

    fn is_wanted(&self, mut program: Command) -> bool {
        let answer = process::read(program.arg("--version"));
        answer.is_some_and(|text| says_version(&text, &self.version))
    }

    fn home(&self) -> PathBuf {
        cache().join(format!("{}-{}", self.folder, self.version))
    }
}

/// Has each of `tools`; the answer is the folders to put before PATH.
///
/// # Errors
/// When one of them cannot be built.
pub fn ensure(tools: &[Tool]) -> Result<Vec<PathBuf>> {
    let folders = tools.iter().map(Tool::ensure).collect();
    // Some hundred MB that only the building needed, shared among the tools.
    let _ = fs::remove_dir_all(build_folder());
    folders
}

/// `trunk 0.21.14`, `wasm-bindgen 0.2.130 (c1b2a3)`: the version is a word of its own.
fn says_version(text: &str, version: &str) -> bool {
    text.split_whitespace().any(|word| word == version)
}

fn build_folder() -> PathBuf {
    cache().join("build")
}

fn cache() -> PathBuf {
    let home = || std::env::home_dir().map(|home| home.join(".cache"));
    let set = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute());
    set.or_else(home).unwrap_or_else(workspace::target).join("truestory")
}

#[cfg(test)]
mod tests;
