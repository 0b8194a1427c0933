//! `cargo xtask test`: every suite, one after the other, and the closing count. Knows the suites; must never stop at the first that
//! fails, and never take silence for success.

use crate::failure::{Failure, Result};
use crate::lint::{self, Lint};
use crate::process::{cargo, path_with, run_counted};
use crate::system::{self, WASM};
use crate::tally::{self, Tally};
use crate::{e2e, say, tools};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Seconds that the page's tests may take together; the runner's own limit of 20 is too short for a loaded machine.
const BROWSER_SECONDS: &str = "300";

/// A part of the run with a count of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suite {
    Lint(Lint),
    Native,
    Browser,
    Firefox,
    EndToEnd,
}

/// How a suite went.
struct Report {
    name: &'static str,
    tally: Tally,
    took: Duration,
}

/// Runs the suites that are named, or all but `firefox`, whose driver takes minutes to build.
pub fn run(names: &[String]) -> Result<ExitCode> {
    let reports: Vec<Report> = chosen(names)?.into_iter().map(Suite::report).collect();
    let mut sum = Tally::default();
    say::heading("suites");
    for report in &reports {
        sum += report.tally;
        say::line(&report.line());
    }
    say::line("");
    say::line(&format!("{} passed, {} failed", sum.passed, sum.failed));
    Ok(if sum.failed == 0 && !sum.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn chosen(names: &[String]) -> Result<Vec<Suite>> {
    if names.is_empty() {
        return chosen(&["lint", "native", "browser", "e2e"].map(String::from));
    }
    let mut suites = Vec::new();
    for name in names {
        match name.as_str() {
            "lint" => suites.extend(lint::ALL.map(Suite::Lint)),
            "native" => suites.push(Suite::Native),
            "browser" => suites.push(Suite::Browser),
            "firefox" => suites.push(Suite::Firefox),
            "e2e" => suites.push(Suite::EndToEnd),
            other => {
                return Err(Failure::new(format!(
                    "there is no suite `{other}`; there are lint, native, browser, firefox, e2e"
                )));
            }
        }
    }
    Ok(suites)
}

impl Suite {
    fn name(self) -> &'static str {
        match self {
            Self::Lint(lint) => lint.name(),
            Self::Native => "native",
            Self::Browser => "browser",
            Self::Firefox => "firefox",
            Self::EndToEnd => "end to end",
        }
    }

    fn report(self) -> Report {
        let name = self.name();
        say::heading(name);
        let began = now();
        let tally = self.run().unwrap_or_else(|failure| {
            say::problem(&failure.to_string());
            Tally::FAILURE
        });
        let tally = if tally.is_empty() {
            say::problem(&format!("the suite `{name}` ran no test"));
            Tally::FAILURE
        } else {
            tally
        };
        Report {
            name,
            tally,
            took: now().duration_since(began),
        }
    }

    fn run(self) -> Result<Tally> {
        match self {
            Self::Lint(lint) => lint.run().map(|()| Tally::SUCCESS),
            Self::Native => native(),
            Self::Browser => browser(),
            Self::Firefox => firefox(),
            Self::EndToEnd => e2e::prepare()?.test(),
        }
    }
}

fn native() -> Result<Tally> {
    system::C_COMPILER.ensure()?;
    let mut sum = run_counted(cargo().args(["test", "--workspace", "--no-fail-fast"]), tally::libtest)?;
    // The workspace uses the client without decryption and TLS, and the hub without its program; both states of a feature have
    // their tests.
    if let Err(failure) = system::NATS.ensure() {
        // Its tests say the same where they are skipped.
        say::problem(&format!("{failure} The tests of several nodes are skipped."));
    }
    let all = "test --package pusher-channels --package pusher-hub --all-features --no-fail-fast".split(' ');
    sum += run_counted(cargo().args(all), tally::libtest)?;
    Ok(sum)
}

fn browser() -> Result<Tally> {
    system::CHROMIUM.ensure()?;
    let driver = Driver {
        variable: "CHROMEDRIVER",
        path: system::CHROMEDRIVER.ensure()?,
    };
    let mut sum = driver.test(&["truestory-app"])?;
    sum += driver.test(&CHANNELS)?;
    Ok(sum)
}

/// Only the channel client, which others use in whatever browser their visitors have.
fn firefox() -> Result<Tally> {
    system::FIREFOX.ensure()?;
    let driver = Driver {
        variable: "GECKODRIVER",
        path: tools::geckodriver().ensure()?.join("geckodriver"),
    };
    driver.test(&CHANNELS)
}

/// `yew` is `browser` and the hooks, which have a binary of their own.
const CHANNELS: [&str; 6] = [
    "pusher-channels",
    "--features",
    "yew",
    "--test",
    "yew",
    "--no-fail-fast",
];

/// The program that steers a browser.
struct Driver {
    /// By which the test runner finds it, and knows which browser it is.
    variable: &'static str,
    path: PathBuf,
}

impl Driver {
    /// Runs the browser's tests of a package, which is named first.
    fn test(&self, package: &[&str]) -> Result<Tally> {
        system::ensure_wasm_target()?;
        let mut cargo = cargo();
        cargo
            .args(["test", "--target", WASM, "--test", "browser", "--package"])
            .args(package);
        // The browser's own settings stand in webdriver.json, which the runner finds in the package's folder.
        cargo
            .env("PATH", path_with(&tools::ensure(&[tools::wasm_bindgen()?])?))
            .env_remove("CHROMEDRIVER")
            .env_remove("GECKODRIVER")
            .env(self.variable, &self.path)
            .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_SECONDS);
        run_counted(&mut cargo, tally::libtest)
    }
}

impl Report {
    fn line(&self) -> String {
        let Tally { passed, failed } = self.tally;
        let mark = if failed == 0 { "ok    " } else { "FAILED" };
        format!(
            "{mark} {:<14} {passed:>5} passed {failed:>5} failed {:>7.1} s",
            self.name,
            self.took.as_secs_f32()
        )
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a suite took is only shown")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests;
