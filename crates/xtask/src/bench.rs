//! `cargo xtask bench NAME`: builds a release and runs one measurement. Knows where they lie, not what they measure.

use crate::failure::{Failure, Result};
use crate::process::{cargo, path_with, run as run_program};
use crate::system::{self, WASM};
use crate::{e2e, say, tools, workspace};
use std::process::{Command, ExitCode};
use std::{env, fs};

mod channels;

/// What crates/backlog/tests/bench measures, natively and in a browser.
const DOMAIN: &[&str] = &["plan", "search"];
/// Seconds that a measurement may take in the browser.
const BROWSER_SECONDS: &str = "600";

/// Runs e2e/bench/NAME.mjs, or what is called so in crates/backlog/tests/bench.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let pages = e2e::files_ending(&workspace::root().join("e2e/bench"), ".mjs")?;
    let pages: Vec<&str> = pages.iter().filter_map(|file| file.strip_suffix(".mjs")).collect();
    match arguments {
        [name] if channels::NAMES.contains(&name.as_str()) => channels::measure(name)?,
        [name] if pages.contains(&name.as_str()) => e2e::prepare()?.measure(name)?,
        [name] if DOMAIN.contains(&name.as_str()) => measure_domain(name)?,
        _ => {
            return Err(Failure::new(format!(
                "cargo xtask bench NAME, where NAME is one of: {}",
                [&pages, DOMAIN].concat().join(", ")
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs a measurement of the domain as the server would run it, and as the page does.
fn measure_domain(name: &str) -> Result<()> {
    system::C_COMPILER.ensure()?;
    system::ensure_wasm_target()?;
    system::CHROMIUM.ensure()?;
    let driver = system::CHROMEDRIVER.ensure()?;
    let path = path_with(&tools::ensure(&[tools::wasm_bindgen()?])?);
    say::line(&machine());
    run_program(&mut measurement(&["--release"], name))?;
    run_program(
        measurement(&["--profile", "wasm", "--target", WASM], name)
            .env("PATH", &path)
            .env("CHROMEDRIVER", &driver)
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                workspace::root().join("webdriver.json"),
            )
            .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_SECONDS),
    )
}

fn measurement(built: &[&str], name: &str) -> Command {
    let mut cargo = cargo();
    cargo.args(["test", "--package", "backlog", "--test", "bench"]);
    cargo
        .args(built)
        .args(["--", "--include-ignored", "--nocapture"])
        .arg(format!("bench_{name}"));
    cargo
}

/// What the figures were taken on, as far as the system says.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let (_, model) = model.unwrap_or(("", env::consts::ARCH));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {model}")
}
