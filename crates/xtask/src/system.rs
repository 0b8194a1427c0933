//! What comes from outside cargo: parts of the Rust toolchain, a C compiler, a browser, node. Knows which package of Debian holds
//! what, and what to tell a person on another system.

use crate::failure::{Failure, Result};
use crate::process::{command, find, read, run};
use crate::say;
use std::path::{Path, PathBuf};

/// The target of the page.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A program of the operating system.
pub struct Program {
    /// What a person calls it.
    pub name: &'static str,
    /// An environment variable that names another place.
    variable: Option<&'static str>,
    /// The names to look for on PATH; the first that is there is taken.
    names: &'static [&'static str],
    /// The packages of Debian that hold it.
    pub packages: &'static [&'static str],
    /// What it is needed for.
    pub purpose: &'static str,
}

/// Compiles the SQLite inside the server, and links every Rust program.
pub const C_COMPILER: Program = Program {
    name: "C compiler",
    variable: Some("CC"),
    names: &["cc", "gcc", "clang"],
    packages: &["gcc", "libc6-dev"],
    purpose: "start, test",
};
/// The browser of the tests.
pub const CHROMIUM: Program = Program {
    name: "Chromium",
    variable: Some("CHROMIUM"),
    names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    packages: &["chromium"],
    purpose: "test",
};
/// What lets the wasm test runner steer the browser.
pub const CHROMEDRIVER: Program = Program {
    name: "ChromeDriver",
    variable: Some("CHROMEDRIVER"),
    names: &["chromedriver"],
    packages: &["chromium-driver"],
    purpose: "test",
};
/// Another engine, in which the channel client is tested when it is asked for.
pub const FIREFOX: Program = Program {
    name: "Firefox",
    variable: Some("FIREFOX"),
    names: &["firefox-esr", "firefox"],
    packages: &["firefox-esr"],
    purpose: "test firefox",
};
/// Runs the end-to-end tests.
pub const NODE: Program = Program {
    name: "Node.js",
    variable: None,
    names: &["node", "nodejs"],
    packages: &["nodejs"],
    purpose: "test",
};
/// Installs what the end-to-end tests import.
pub const NPM: Program = Program {
    name: "npm",
    variable: None,
    names: &["npm"],
    packages: &["npm"],
    purpose: "test",
};
/// Runs the vendor's library for Python, which the end-to-end tests of the hub drive.
pub const PYTHON: Program = Program {
    name: "Python",
    variable: None,
    names: &["python3", "python"],
    packages: &["python3", "python3-venv"],
    purpose: "test",
};

/// The broker between several nodes of the hub. Debian keeps it where only root looks.
pub const NATS: Program = Program {
    name: "NATS",
    variable: Some("NATS_SERVER"),
    names: &["nats-server", "/usr/sbin/nats-server"],
    packages: &["nats-server"],
    purpose: "test",
};

impl Program {
    /// Where it is, or `None` when it is missing.
    pub fn found(&self) -> Option<PathBuf> {
        let named = self.variable.and_then(std::env::var_os).map(PathBuf::from);
        let named = named.and_then(|path| {
            if path.is_file() {
                Some(path)
            } else {
                find(path.to_str()?)
            }
        });
        named.or_else(|| self.names.iter().find_map(|name| find(name)))
    }

    /// Where it is, installed first when it is missing and this is a Debian on which we may.
    ///
    /// # Errors
    /// When it is missing and cannot be installed; says what to install.
    pub fn ensure(&self) -> Result<PathBuf> {
        if let Some(path) = self.found() {
            return Ok(path);
        }
        if !may_install() {
            let (name, packages) = (self.name, self.packages.join(" "));
            return Err(Failure::new(format!(
                "{name} is missing. Install it with your system's package manager (on Debian as root: apt-get install {packages}) and try again."
            )));
        }
        say::step(&format!(
            "installing {} from Debian's packages (about a minute)",
            self.name
        ));
        apt(&["update", "--quiet=2"])?;
        let mut install = vec!["install", "--yes", "--quiet=2", "--no-install-recommends"];
        install.extend(self.packages);
        apt(&install)?;
        self.found()
            .ok_or_else(|| Failure::new(format!("{} was installed but is not on PATH", self.name)))
    }
}

/// Adds the standard library for the page's target where it is missing.
///
/// # Errors
/// When rustup is missing or cannot fetch it.
pub fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    say::step("adding the Rust target of the page (seconds)");
    rustup(&["target", "add", WASM])
}

/// Whether the toolchain can compile for the page.
pub fn has_wasm_target() -> bool {
    let sysroot = read(command("rustc").args(["--print", "sysroot"]));
    sysroot.is_some_and(|folder| Path::new(&folder).join("lib/rustlib").join(WASM).join("lib").is_dir())
}

/// Adds rustfmt and clippy where a minimal toolchain lacks them.
///
/// # Errors
/// When rustup is missing or cannot fetch them.
pub fn ensure_linters() -> Result<()> {
    let missing = |call: [&str; 2]| read(command(call[0]).arg(call[1])).is_none();
    if missing(["cargo-fmt", "--version"]) || missing(["cargo-clippy", "--version"]) {
        say::step("adding rustfmt and clippy (seconds)");
        rustup(&["component", "add", "rustfmt", "clippy"])?;
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    if find("rustup").is_none() {
        let needed = arguments.last().copied().unwrap_or_default();
        return Err(Failure::new(format!(
            "rustup is missing, and with it `{needed}`. Install Rust through rustup, or add this part by your system's package manager."
        )));
    }
    run(command("rustup").args(arguments))
}

fn may_install() -> bool {
    find("apt-get").is_some() && read(command("id").arg("-u")).as_deref() == Some("0")
}

fn apt(arguments: &[&str]) -> Result<()> {
    run(command("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(arguments))
}
