//! `cargo xtask bench client` and `bench hub`: builds what they drive, the crates' own programs and pages as they are shipped, and
//! starts the measurement in e2e/bench. Knows what is built how, not what is measured.

use crate::failure::{Failure, Result};
use crate::process::{cargo, command, path_with, run};
use crate::system::{self, WASM};
use crate::{e2e, tools, workspace};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The measurements that need neither the page nor the server of the program itself.
pub const NAMES: &[&str] = &["client", "hub"];

/// A page of bench/, as it is built.
struct Page {
    /// Its folder below target/bench.
    folder: &'static str,
    package: &'static str,
    features: &'static str,
    speed: Speed,
}

/// What the compiler works for.
#[derive(Clone, Copy)]
enum Speed {
    /// As pages are shipped: for size.
    Shipped,
    /// As a page might be shipped that has more time than bytes.
    Fast,
}

const PAGES: [Page; 6] = [
    page("size-bare", "client-size", "", Speed::Shipped),
    page("size-channels", "client-size", "channels", Speed::Shipped),
    page("size-hooks", "client-size", "hooks", Speed::Shipped),
    page("size-encrypted", "client-size", "encrypted", Speed::Shipped),
    page("ear", "client-ear", "", Speed::Shipped),
    page("ear-fast", "client-ear", "", Speed::Fast),
];

const fn page(folder: &'static str, package: &'static str, features: &'static str, speed: Speed) -> Page {
    Page {
        folder,
        package,
        features,
        speed,
    }
}

/// Builds and runs one of [`NAMES`].
///
/// # Errors
/// When something cannot be had, does not compile, or a bound is missed.
pub fn measure(name: &str) -> Result<()> {
    let node = e2e::node_with_packages()?;
    run(cargo().args(["build", "--release", "--package", "hub-load"]))?;
    run(cargo().args(["build", "--release", "--package", "pusher-hub", "--example", "embed"]))?;
    let mut measurement = command(node);
    measurement.arg(format!("e2e/bench/{name}.mjs"));
    measurement.env("HUB_LOAD", program("hub-load"));
    measurement.env("PUSHER_HUB_EXAMPLE", program("examples/embed"));
    if name == "client" {
        measurement.env("CHROMIUM", system::CHROMIUM.ensure()?);
        measurement.env("BENCH_PAGES", build_pages()?);
    }
    run(&mut measurement)
}

fn program(path: &str) -> PathBuf {
    let release = workspace::target().join("release");
    release.join(path).with_extension(std::env::consts::EXE_EXTENSION)
}

/// The folder of all pages.
fn build_pages() -> Result<PathBuf> {
    system::ensure_wasm_target()?;
    let path = path_with(&tools::ensure(&[tools::wasm_bindgen()?])?);
    let pages = workspace::target().join("bench");
    for page in &PAGES {
        page.build(&pages, &path)?;
    }
    Ok(pages)
}

impl Page {
    fn build(&self, pages: &Path, path: &OsStr) -> Result<()> {
        let target = self.target();
        let mut build = cargo();
        build.args(["build", "--profile", "wasm", "--target", WASM]);
        build.args(["--package", self.package, "--features", self.features]);
        build.arg("--target-dir").arg(&target);
        run(self.with_speed(&mut build))?;
        let built = target.join(WASM).join("wasm").join(self.package);
        let mut bind = command("wasm-bindgen");
        bind.env("PATH", path)
            .args(["--target", "web", "--no-typescript", "--out-name", "page"]);
        bind.arg("--out-dir")
            .arg(pages.join(self.folder))
            .arg(built.with_extension("wasm"));
        run(&mut bind).map_err(|failure| Failure::new(format!("the page {}: {failure}", self.folder)))
    }

    /// A folder for each speed: in one, each would throw the other's work away.
    fn target(&self) -> PathBuf {
        match self.speed {
            Speed::Shipped => workspace::target(),
            Speed::Fast => workspace::target().join("bench-fast"),
        }
    }

    fn with_speed<'a>(&self, build: &'a mut Command) -> &'a mut Command {
        match self.speed {
            Speed::Shipped => build,
            Speed::Fast => build.env("CARGO_PROFILE_WASM_OPT_LEVEL", "3"),
        }
    }
}
